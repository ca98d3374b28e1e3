/**
 * Where a table stands in its tab: its header row by row metadata, its columns by column metadata. Both move with what a person
 * inserts, deletes and drags; header texts are never used to find a column.
 */
import { SheetError } from '../sync/ports';

const HEADER_KEY = 'listSync.header';
const COLUMN_KEY = 'listSync.column';

export interface TableLayout {
  /** Row number of the header, from 1. */
  readonly headerRow: number;
  /** Column number, from 1, by column key. */
  readonly columns: ReadonlyMap<string, number>;
  readonly firstColumn: number;
  readonly lastColumn: number;
  /** The whole header row as it was when the layout was read: while it looks the same, no column has moved. */
  readonly headers: readonly string[];
  /** Marks of columns on the tab, those of other imports among them. */
  readonly marks: number;
}

const marksOn = (
  sheet: GoogleAppsScript.Spreadsheet.Sheet,
): readonly GoogleAppsScript.Spreadsheet.DeveloperMetadata[] =>
  sheet.createDeveloperMetadataFinder().withKey(COLUMN_KEY).find();

export const headersOf = (sheet: GoogleAppsScript.Spreadsheet.Sheet, headerRow: number): readonly string[] =>
  (sheet.getRange(`${headerRow}:${headerRow}`).getValues()[0] ?? []).map(String);

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);

/** The tab that carries an import's mark, or null. */
export const findTable = (
  spreadsheet: GoogleAppsScript.Spreadsheet.Spreadsheet,
  importId: string,
): GoogleAppsScript.Spreadsheet.Sheet | null => {
  const [header] = spreadsheet.createDeveloperMetadataFinder().withKey(HEADER_KEY).withValue(importId).find();
  return header?.getLocation().getRow()?.getSheet() ?? null;
};

/** Ties a new table's header row and columns to the import. */
export const markLayout = (
  sheet: GoogleAppsScript.Spreadsheet.Sheet,
  importId: string,
  headerRow: number,
  keys: readonly string[],
): void => {
  const visibility = SpreadsheetApp.DeveloperMetadataVisibility.DOCUMENT;
  sheet.getRange(`${headerRow}:${headerRow}`).addDeveloperMetadata(HEADER_KEY, importId, visibility);
  const rows = sheet.getMaxRows();
  keys.forEach((key, index) => {
    sheet.getRange(1, index + 1, rows, 1).addDeveloperMetadata(COLUMN_KEY, `${importId}/${key}`, visibility);
  });
};

/** The layout of a table that was marked a moment ago, from the first column on. */
export const layoutMade = (
  sheet: GoogleAppsScript.Spreadsheet.Sheet,
  headerRow: number,
  keys: readonly string[],
): TableLayout => ({
  headerRow,
  columns: new Map(keys.map((key, index) => [key, index + 1])),
  firstColumn: 1,
  lastColumn: keys.length,
  headers: headersOf(sheet, headerRow),
  marks: marksOn(sheet).length,
});

/** Takes the marks of an import off its tab. */
export const unmarkLayout = (sheet: GoogleAppsScript.Spreadsheet.Sheet, importId: string): void => {
  const marks = [HEADER_KEY, COLUMN_KEY].flatMap((key) => sheet.createDeveloperMetadataFinder().withKey(key).find());
  for (const mark of marks) {
    const value = mark.getValue() ?? '';
    if (value === importId || value.startsWith(`${importId}/`)) mark.remove();
  }
};

/** So often a layout is read anew because columns moved while it was read. */
const READINGS = 3;

/** @throws SheetError sheet/header-gone, sheet/id-column-gone */
export const readLayout = (
  sheet: GoogleAppsScript.Spreadsheet.Sheet,
  importId: string,
  idColumn: string,
): TableLayout => {
  const title = sheet.getName();
  for (let reading = 1; ; reading += 1) {
    const [header] = sheet.createDeveloperMetadataFinder().withKey(HEADER_KEY).withValue(importId).find();
    const headerRow = header?.getLocation().getRow()?.getRow();
    if (headerRow === undefined) throw new SheetError('sheet/header-gone', title);
    const headers = headersOf(sheet, headerRow);
    const columns = new Map<string, number>();
    const marks = marksOn(sheet);
    for (const metadata of marks) {
      try {
        const value = metadata.getValue() ?? '';
        const column = metadata.getLocation().getColumn()?.getColumn();
        if (column === undefined || !value.startsWith(`${importId}/`)) continue;
        const key = value.slice(importId.length + 1);
        // A copied column may carry a copy of the mark; the first one is the table's.
        columns.set(key, Math.min(column, columns.get(key) ?? column));
      } catch (fault) {
        // A mark goes with its column, also between being found and being read.
        if (sameTexts(headersOf(sheet, headerRow), headers)) throw fault;
      }
    }
    // Columns that move between two marks would be mistaken for one another.
    if (reading < READINGS && !sameTexts(headersOf(sheet, headerRow), headers)) continue;
    if (!columns.has(idColumn)) throw new SheetError('sheet/id-column-gone', title);
    const numbers = [...columns.values()];
    return {
      headerRow,
      columns,
      firstColumn: Math.min(...numbers),
      lastColumn: Math.max(...numbers),
      headers,
      marks: marks.length,
    };
  }
};

/** Whether the header row still stands where it stood and reads as it read. */
export const hasSameHeaders = (sheet: GoogleAppsScript.Spreadsheet.Sheet, layout: TableLayout): boolean =>
  layout.headerRow <= sheet.getMaxRows() && sameTexts(headersOf(sheet, layout.headerRow), layout.headers);

/** Whether the tab is as large as the table was. */
export const isWithin = (sheet: GoogleAppsScript.Spreadsheet.Sheet, { headerRow, lastColumn }: TableLayout): boolean =>
  headerRow <= sheet.getMaxRows() && lastColumn <= sheet.getMaxColumns();

/** Whether the header row looks another way as soon as one of the table's columns moves. */
export const areDistinct = ({ columns, headers }: TableLayout): boolean =>
  [...columns.values()].every((column) => {
    const header = headers[column - 1] ?? '';
    return header !== '' && headers.filter((other) => other === header).length === 1;
  });

/**
 * Whether the layout still holds, for the price of one read: the header row looks the same and tells its columns apart. Otherwise it
 * has to be read anew.
 */
export const isStillValid = (sheet: GoogleAppsScript.Spreadsheet.Sheet, layout: TableLayout): boolean =>
  areDistinct(layout) && hasSameHeaders(sheet, layout);

/** The same for a layout from an earlier execution: meanwhile a column may have made room for another one of its name. */
export const isValidAgain = (sheet: GoogleAppsScript.Spreadsheet.Sheet, layout: TableLayout): boolean =>
  isStillValid(sheet, layout) && marksOn(sheet).length === layout.marks;
