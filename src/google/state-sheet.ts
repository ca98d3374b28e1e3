/**
 * The state of one import in a hidden sheet of its own. Row 1 holds the probes for text, the engine's rows follow. Every cell
 * is text. Colleagues share it, and a copied file carries it.
 */
import { SheetError, type StateRows, type StateSize } from '../sync/ports';
import { PROBES, protect, type TextRules, textRulesOf, unprotect } from './cell-text';

const META_KEY = 'listSync.state';
const PREFIX = '_list-sync-';
const PROBE_ROW = 1;
const FIRST_COLUMNS = 6;
const FIRST_ROWS = 50;
/** A state of at most so many rows is read at once where all of it is wanted: the texts of a longer one are too many megabytes. */
const ROWS_AT_ONCE = 20_000;

export interface StateSheet extends StateRows {
  /** Reads all of it, unless that is too much. */
  readonly preload: () => void;
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

/** By its name, which costs nothing, as long as nobody renamed it; a sheet whose making was cut off has no probes. */
const openNamed = (
  spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet,
  importId: string,
  isWhole: boolean,
): StateSheet | null => {
  const sheet = spreadsheet.getSheetByName(PREFIX + importId);
  const state = sheet === null ? null : stateOn(sheet);
  // What is wanted whole is not read by its head first.
  if (isWhole) state?.preload();
  return state?.isProbed() === true ? state : null;
};

/** `isWhole`: whether all of it is wanted. @throws SheetError sheet/state-gone */
export const openStateSheet = (
  spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet,
  importId: string,
  isWhole: boolean,
): StateSheet => {
  const named = openNamed(spreadsheet, importId, isWhole);
  if (named !== null) return named;
  const sheet = find(spreadsheet, importId);
  if (sheet === null) throw new SheetError('sheet/state-gone', importId);
  return stateOn(sheet);
};

type Grid = readonly (readonly unknown[])[];

/** `made`: a sheet made a moment ago, in a file whose rules for texts are known. */
const stateOn = (
  sheet: GoogleAppsScript.Spreadsheet.Sheet,
  made: { readonly rules: TextRules } | null = null,
): StateSheet => {
  let grid: Grid | null = made === null ? null : [[]];
  let head: Grid | null = grid;
  /** What was read of it last: a cell that held a text is formatted for texts. */
  let seen: Grid = [];
  const read = (): Grid => {
    grid ??= sheet.getDataRange().getValues();
    seen = grid;
    return grid;
  };
  const heldText = (row: readonly string[], at: number): boolean =>
    row.every((text, column) => text === '' || String(seen[at]?.[column] ?? '') !== '');
  /** The probes and the engine's first row: all that most commands need. */
  const readHead = (): Grid => {
    head ??= (grid ?? sheet.getRange(1, 1, PROBE_ROW + 1, sheet.getMaxColumns()).getValues()).slice(0, PROBE_ROW + 1);
    return head;
  };
  /** Widest row so far: asking the sheet each time would cost a read for each block. Rows of ours only get wider here. */
  let widest: number | null = null;
  /** So large the sheet is at least: only we make it larger, and never smaller while we write. */
  let room = { rows: 0, columns: 0 };
  let measured: TextRules | null = made?.rules ?? null;
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
  const preload = (): void => {
    if (sheet.getMaxRows() <= ROWS_AT_ONCE) read();
  };
  return {
    preload,
    isProbed,
    textRules,
    first: () => toTexts(readHead()[PROBE_ROW] ?? []),
    read: () => read().slice(PROBE_ROW).map(toTexts),
    keys() {
      if (grid !== null) {
        return read()
          .slice(PROBE_ROW)
          .map(([key]) => unprotect(String(key ?? ''), textRules()));
      }
      const last = sheet.getLastRow();
      if (last <= PROBE_ROW) return [];
      const column = sheet.getRange(PROBE_ROW + 1, 1, last - PROBE_ROW, 1).getValues();
      const rules = textRules();
      return column.map(([key]) => unprotect(String(key), rules));
    },
    rows(start, count) {
      if (grid !== null) return grid.slice(PROBE_ROW + start, PROBE_ROW + start + count).map(toTexts);
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
      const known = widest ?? grid?.[0]?.length ?? head?.[0]?.length ?? sheet.getLastColumn();
      widest = Math.max(known, ...rows.map((row) => row.length));
      const width = widest;
      const last = top + rows.length - 1;
      if (last > room.rows || width > room.columns) {
        grow(sheet, last, width);
        room = { rows: sheet.getMaxRows(), columns: sheet.getMaxColumns() };
      }
      const values = rows.map((row) => Array.from({ length: width }, (_, column) => protect(row[column] ?? '', rules)));
      const range = sheet.getRange(top, 1, rows.length, width);
      if (!rows.every((row, index) => heldText(row, top - 1 + index))) range.setNumberFormat('@');
      range.setValues(values);
      grid = null;
      head = null;
    },
    remove(start, count) {
      sheet.deleteRows(PROBE_ROW + 1 + start, count);
      seen = [];
      room = { rows: 0, columns: 0 };
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

/**
 * Removes sheets of ours that a run made and did not live to mark: nothing stands on them. `known`: states that are marked; `making`: the one
 * that is about to be made.
 */
const sweep = (
  spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet,
  known: readonly string[],
  making: string,
): void => {
  const isOdd = (name: string): boolean => name.startsWith(PREFIX) && !known.includes(name.slice(PREFIX.length));
  const odd = spreadsheet.getSheets().filter((sheet) => isOdd(sheet.getName()));
  // Others may have marked theirs since.
  const marked = new Set(odd.length === 0 ? [] : stateIds(spreadsheet).map((id) => PREFIX + id));
  for (const sheet of odd) {
    const name = sheet.getName();
    if (marked.has(name) || sheet.getLastRow() > 0) continue;
    const id = name.slice(PREFIX.length);
    // The id of an import is the moment of its making. A journal is made by whoever holds its import's lease: nobody else's is dead.
    const madeAt = Number.parseInt(id.slice(1), 36);
    const isDead = id.includes('.') ? id === making : !(Date.now() - madeAt < DEAD_AFTER_MS);
    if (isDead) spreadsheet.deleteSheet(sheet);
  }
};

/**
 * Makes a state. `known`: states that the file has; `like`: how texts are written, where another state of the file tells. `columns` and `rows`:
 * its size to begin with.
 */
export const createStateSheet = (
  spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet,
  importId: string,
  known: readonly string[],
  like: TextRules | null,
  { columns = FIRST_COLUMNS, rows = FIRST_ROWS }: StateSize = {},
): StateSheet => {
  sweep(spreadsheet, known, importId);
  const shown = spreadsheet.getActiveSheet();
  const sheet = spreadsheet.insertSheet(PREFIX + importId, spreadsheet.getNumSheets());
  spreadsheet.setActiveSheet(shown);
  sheet.hideSheet();
  sheet.addDeveloperMetadata(META_KEY, importId, SpreadsheetApp.DeveloperMetadataVisibility.DOCUMENT);
  // Blank cells count against the ten million of a file.
  const [extraColumns, extraRows] = [sheet.getMaxColumns() - columns, sheet.getMaxRows() - rows];
  if (extraColumns > 0) sheet.deleteColumns(columns + 1, extraColumns);
  if (extraRows > 0) sheet.deleteRows(rows + 1, extraRows);
  sheet.getRange(1, 1, Math.min(rows, FIRST_ROWS), columns).setNumberFormat('@');
  sheet.getRange(1, 1, 1, PROBES.length).setValues([[...PROBES]]);
  return stateOn(sheet, like === null ? null : { rules: like });
};

/** Deletes the hidden sheet of an import, if it is there. */
export const removeStateSheet = (spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet, importId: string): void => {
  const sheet = find(spreadsheet, importId);
  if (sheet !== null) spreadsheet.deleteSheet(sheet);
};
