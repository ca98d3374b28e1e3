/**
 * The state of one import in a hidden sheet of its own. Row 1 holds the probes for text, the engine's rows follow. Every cell
 * is text. Colleagues share it, and a copied file carries it.
 */
import { SheetError, type StateRows } from '../sync/ports';
import { PROBES, protect, type TextRules, textRulesOf, unprotect } from './cell-text';

const META_KEY = 'listSync.state';
const PROBE_ROW = 1;
const FIRST_COLUMNS = 6;
const FIRST_ROWS = 50;

export interface StateSheet extends StateRows {
  /** Whether the probes for text are there. */
  readonly isProbed: () => boolean;
  /** How texts are written and read in this file. @throws SheetError sheet/state-unreadable */
  readonly textRules: () => TextRules;
}

/** Ids of the imports whose state this file holds, oldest first. */
export const stateIds = (spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet): readonly string[] =>
  spreadsheet
    .createDeveloperMetadataFinder()
    .withKey(META_KEY)
    .find()
    .flatMap((metadata) => metadata.getValue() ?? [])
    .sort();

const find = (spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet, importId: string) => {
  const [metadata] = spreadsheet.createDeveloperMetadataFinder().withKey(META_KEY).withValue(importId).find();
  return metadata?.getLocation().getSheet() ?? null;
};

const PREFIX = '_list-sync-';

/** By its name, which costs nothing, as long as nobody renamed it; a sheet whose making was cut off has no probes. */
const openNamed = (spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet, importId: string): StateSheet | null => {
  const sheet = spreadsheet.getSheetByName(PREFIX + importId);
  const state = sheet === null ? null : stateOn(sheet);
  return state?.isProbed() === true ? state : null;
};

export const openStateSheet = (spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet, importId: string): StateSheet => {
  const named = openNamed(spreadsheet, importId);
  if (named !== null) return named;
  const sheet = find(spreadsheet, importId);
  if (sheet === null) throw new SheetError('sheet/state-gone', importId);
  return stateOn(sheet);
};

const stateOn = (sheet: GoogleAppsScript.Spreadsheet.Sheet): StateSheet => {
  type Grid = readonly (readonly unknown[])[];
  let grid: Grid | null = null;
  let head: Grid | null = null;
  const read = (): Grid => {
    grid ??= sheet.getDataRange().getValues();
    return grid;
  };
  /** The probes and the engine's first row: all that most commands need. */
  const readHead = (): Grid => {
    head ??= (grid ?? sheet.getRange(1, 1, PROBE_ROW + 1, sheet.getMaxColumns()).getValues()).slice(0, PROBE_ROW + 1);
    return head;
  };
  /** Widest row so far: asking the sheet each time would cost a read for each block. Rows of ours only get wider here. */
  let widest: number | null = null;
  let measured: TextRules | null = null;
  const textRules = (): TextRules => {
    measured ??= textRulesOf(readHead()[0] ?? []);
    if (measured === null) throw new SheetError('sheet/state-unreadable', 'probe');
    return measured;
  };
  const isProbed = (): boolean => textRulesOf(readHead()[0] ?? []) !== null;
  const toTexts = (row: readonly unknown[]): readonly string[] => {
    const rules = textRules();
    const texts = row.map((cell) => unprotect(String(cell), rules));
    while (texts.length > 0 && texts[texts.length - 1] === '') texts.pop();
    return texts;
  };
  return {
    isProbed,
    textRules,
    first: () => toTexts(readHead()[PROBE_ROW] ?? []),
    read: () => read().slice(PROBE_ROW).map(toTexts),
    keys() {
      const last = sheet.getLastRow();
      if (last <= PROBE_ROW) return [];
      const column = sheet.getRange(PROBE_ROW + 1, 1, last - PROBE_ROW, 1).getValues();
      const rules = textRules();
      return column.map(([key]) => unprotect(String(key), rules));
    },
    rows(start, count) {
      const top = PROBE_ROW + 1 + start;
      const bottom = Math.min(sheet.getMaxRows(), top + count - 1);
      if (bottom < top) return [];
      return sheet
        .getRange(top, 1, bottom - top + 1, sheet.getMaxColumns())
        .getValues()
        .map(toTexts);
    },
    write(start, rows) {
      const top = PROBE_ROW + 1 + start;
      const rules = textRules();
      // Cells right of a shorter row must not keep pieces of what stood there.
      widest = Math.max(widest ?? head?.[0]?.length ?? sheet.getLastColumn(), ...rows.map((row) => row.length));
      const width = widest;
      grow(sheet, top + rows.length - 1, width);
      const values = rows.map((row) => Array.from({ length: width }, (_, column) => protect(row[column] ?? '', rules)));
      sheet.getRange(top, 1, rows.length, width).setNumberFormat('@').setValues(values);
      grid = null;
      head = null;
    },
    remove(start, count) {
      sheet.deleteRows(PROBE_ROW + 1 + start, count);
      grid = null;
      head = null;
    },
  };
};

const grow = (sheet: GoogleAppsScript.Spreadsheet.Sheet, rows: number, columns: number): void => {
  const missingRows = rows - sheet.getMaxRows();
  // Half as many again: growing for each block would cost a call each.
  if (missingRows > 0) sheet.insertRowsAfter(sheet.getMaxRows(), missingRows + Math.ceil(rows / 2));
  const missingColumns = columns - sheet.getMaxColumns();
  if (missingColumns > 0) sheet.insertColumnsAfter(sheet.getMaxColumns(), missingColumns);
};

/** A run that made a sheet and did not mark it within this time is dead, in milliseconds. */
const DEAD_AFTER_MS = 180_000;

/** Removes sheets of ours that a run made and did not live to mark: nothing stands on them. */
const sweep = (spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet): void => {
  const marked = new Set(stateIds(spreadsheet).map((id) => PREFIX + id));
  for (const sheet of spreadsheet.getSheets()) {
    const name = sheet.getName();
    if (!name.startsWith(PREFIX) || marked.has(name) || sheet.getLastRow() > 0) continue;
    // The id of an import is the moment of its making; the journal has none and is made at once.
    const madeAt = Number.parseInt(name.slice(PREFIX.length + 1), 36);
    if (!(Date.now() - madeAt < DEAD_AFTER_MS)) spreadsheet.deleteSheet(sheet);
  }
};

export const createStateSheet = (
  spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet,
  importId: string,
): StateSheet => {
  sweep(spreadsheet);
  const shown = spreadsheet.getActiveSheet();
  const sheet = spreadsheet.insertSheet(PREFIX + importId, spreadsheet.getNumSheets());
  spreadsheet.setActiveSheet(shown);
  sheet.hideSheet();
  sheet.addDeveloperMetadata(META_KEY, importId, SpreadsheetApp.DeveloperMetadataVisibility.DOCUMENT);
  // Blank cells count against the ten million of a file.
  sheet.deleteColumns(FIRST_COLUMNS + 1, sheet.getMaxColumns() - FIRST_COLUMNS);
  sheet.deleteRows(FIRST_ROWS + 1, sheet.getMaxRows() - FIRST_ROWS);
  sheet.getRange(1, 1, FIRST_ROWS, FIRST_COLUMNS).setNumberFormat('@');
  sheet.getRange(1, 1, 1, PROBES.length).setValues([[...PROBES]]);
  return stateOn(sheet);
};

/** Deletes the hidden sheet of an import, if it is there. */
export const removeStateSheet = (spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet, importId: string): void => {
  const sheet = find(spreadsheet, importId);
  if (sheet !== null) spreadsheet.deleteSheet(sheet);
};
