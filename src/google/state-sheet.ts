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

export const openStateSheet = (spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet, importId: string): StateSheet => {
  const sheet = find(spreadsheet, importId);
  if (sheet === null) throw new SheetError('sheet/state-gone', importId);
  let grid: readonly (readonly unknown[])[] | null = null;
  const read = () => {
    grid ??= sheet.getDataRange().getValues();
    return grid;
  };
  let measured: TextRules | null = null;
  const textRules = (): TextRules => {
    measured ??= textRulesOf(read()[0] ?? []);
    if (measured === null) throw new SheetError('sheet/state-unreadable', 'probe');
    return measured;
  };
  return {
    textRules,
    read() {
      const rules = textRules();
      return read()
        .slice(PROBE_ROW)
        .map((row) => {
          const texts = row.map((cell) => unprotect(String(cell), rules));
          while (texts.length > 0 && texts[texts.length - 1] === '') texts.pop();
          return texts;
        });
    },
    write(start, rows) {
      const top = PROBE_ROW + 1 + start;
      // Cells right of a shorter row must not keep pieces of what stood there.
      const width = Math.max(sheet.getLastColumn(), ...rows.map((row) => row.length));
      grow(sheet, top + rows.length - 1, width);
      const rules = textRules();
      const values = rows.map((row) => Array.from({ length: width }, (_, column) => protect(row[column] ?? '', rules)));
      sheet.getRange(top, 1, rows.length, width).setNumberFormat('@').setValues(values);
      grid = null;
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

export const createStateSheet = (
  spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet,
  importId: string,
): StateSheet => {
  const shown = spreadsheet.getActiveSheet();
  const sheet = spreadsheet.insertSheet(`_list-sync-${importId}`, spreadsheet.getNumSheets());
  spreadsheet.setActiveSheet(shown);
  sheet.hideSheet();
  sheet.addDeveloperMetadata(META_KEY, importId, SpreadsheetApp.DeveloperMetadataVisibility.DOCUMENT);
  // Blank cells count against the ten million of a file.
  sheet.deleteColumns(FIRST_COLUMNS + 1, sheet.getMaxColumns() - FIRST_COLUMNS);
  sheet.deleteRows(FIRST_ROWS + 1, sheet.getMaxRows() - FIRST_ROWS);
  sheet.getRange(1, 1, FIRST_ROWS, FIRST_COLUMNS).setNumberFormat('@');
  sheet.getRange(1, 1, 1, PROBES.length).setValues([[...PROBES]]);
  return openStateSheet(spreadsheet, importId);
};

/** Deletes the hidden sheet of an import, if it is there. */
export const removeStateSheet = (spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet, importId: string): void => {
  const sheet = find(spreadsheet, importId);
  if (sheet !== null) spreadsheet.deleteSheet(sheet);
};
