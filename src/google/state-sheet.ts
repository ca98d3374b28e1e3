/**
 * The state of one import in a hidden sheet of its own. Row 1 holds the probe for apostrophes, the engine's rows follow. Every cell
 * is text. Colleagues share it, and a copied file carries it.
 */
import { SheetError, type StateRows } from '../sync/ports';
import { type Apostrophe, apostropheOf, PROBE_WRITTEN, protect, unprotect } from './cell-text';

const META_KEY = 'listSync.state';
const PROBE_ROW = 1;
const FIRST_COLUMNS = 6;
const FIRST_ROWS = 50;

export interface StateSheet extends StateRows {
  readonly apostrophe: Apostrophe;
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
  const measured = (): Apostrophe => {
    const apostrophe = apostropheOf(read()[0]?.[0]);
    if (apostrophe === null) throw new SheetError('sheet/state-unreadable', 'probe');
    return apostrophe;
  };
  return {
    get apostrophe() {
      return measured();
    },
    read() {
      const apostrophe = measured();
      return read()
        .slice(PROBE_ROW)
        .map((row) => {
          const texts = row.map((cell) => unprotect(String(cell), apostrophe));
          while (texts.length > 0 && texts[texts.length - 1] === '') texts.pop();
          return texts;
        });
    },
    write(start, rows) {
      const top = PROBE_ROW + 1 + start;
      // Cells right of a shorter row must not keep pieces of what stood there.
      const width = Math.max(sheet.getLastColumn(), ...rows.map((row) => row.length));
      grow(sheet, top + rows.length - 1, width);
      const values = rows.map((row) => Array.from({ length: width }, (_, column) => protect(row[column] ?? '')));
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
  sheet.getRange(1, 1).setValue(PROBE_WRITTEN);
  return openStateSheet(spreadsheet, importId);
};

/** Deletes the hidden sheet of an import, if it is there. */
export const removeStateSheet = (spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet, importId: string): void => {
  const sheet = find(spreadsheet, importId);
  if (sheet !== null) spreadsheet.deleteSheet(sheet);
};
