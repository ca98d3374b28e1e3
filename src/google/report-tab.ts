/**
 * Tabs of ours that people look at, found by a mark on the tab and not by its name, so that they may be renamed and moved. Their rows are
 * ours to write over; a tab that somebody deleted stays away until it is made again on purpose.
 */
import { FIRST_REPORT_ROW, type ReportCell, type ReportName, type ReportRow, type ReportTab } from '../sync/ports';
import { protect, type TextRules, unprotect } from './cell-text';

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

const META_KEY = 'listSync.report';
const INSTANT_FORMAT = 'yyyy-mm-dd hh:mm';
const HEADER_ROW = FIRST_REPORT_ROW - 1;
/** Widths of columns in pixels, by their headers: names and sentences have room. */
const WIDTHS: Readonly<Record<string, number>> = {
  User: 200,
  Row: 230,
  'What happened': 320,
  'Last result': 320,
};
const NARROW = 130;

const formatOf = (cell: ReportCell): string => {
  if (typeof cell === 'string') return '@';
  return typeof cell === 'object' && cell !== null && 'instant' in cell ? INSTANT_FORMAT : 'general';
};

const contentOf = (cell: ReportCell, rules: TextRules): string | number | Date => {
  if (cell === null) return '';
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'string') return protect(cell.slice(0, 10_000), rules);
  return 'instant' in cell ? new Date(cell.instant) : cell.formula;
};

/** Formats go first: a text must not be parsed, a formula must be. */
const put = (sheet: Sheet, firstRow: number, rows: readonly ReportRow[], rules: TextRules): void => {
  const width = rows[0]?.length ?? 0;
  if (width === 0) return;
  sheet
    .getRange(firstRow, 1, rows.length, width)
    .setNumberFormats(rows.map((row) => row.map(formatOf)))
    .setValues(rows.map((row) => row.map((cell) => contentOf(cell, rules))));
};

/** At least so many rows and columns: people may have deleted some. */
const grow = (sheet: Sheet, rows: number, columns: number): void => {
  const missingRows = rows - sheet.getMaxRows();
  if (missingRows > 0) sheet.insertRowsAfter(sheet.getMaxRows(), missingRows);
  const missingColumns = columns - sheet.getMaxColumns();
  if (missingColumns > 0) sheet.insertColumnsAfter(sheet.getMaxColumns(), missingColumns);
};

const open = (sheet: Sheet, rules: () => TextRules): ReportTab => ({
  fill(rows) {
    const before = sheet.getLastRow() - HEADER_ROW;
    grow(sheet, HEADER_ROW + rows.length, rows[0]?.length ?? 1);
    if (rows.length > 0) put(sheet, FIRST_REPORT_ROW, rows, rules());
    const left = before - rows.length;
    if (left > 0) sheet.getRange(FIRST_REPORT_ROW + rows.length, 1, left, sheet.getLastColumn()).clearContent();
  },
  add(rows, keep) {
    if (rows.length === 0) return;
    grow(sheet, FIRST_REPORT_ROW, rows[0]?.length ?? 1);
    sheet.insertRowsBefore(FIRST_REPORT_ROW, rows.length);
    put(sheet, FIRST_REPORT_ROW, rows, rules());
    const beyond = sheet.getMaxRows() - (HEADER_ROW + keep);
    if (beyond > 0) sheet.deleteRows(HEADER_ROW + keep + 1, beyond);
  },
  rows(limit) {
    const count = Math.min(limit, sheet.getLastRow() - HEADER_ROW);
    if (count < 1) return [];
    const how = rules();
    const shown = sheet.getRange(FIRST_REPORT_ROW, 1, count, sheet.getLastColumn()).getDisplayValues();
    return shown.map((row) => row.map((text) => unprotect(text, how)));
  },
  show: () => void sheet.activate(),
});

const find = (spreadsheet: Spreadsheet, name: ReportName): Sheet | null => {
  const [mark] = spreadsheet.createDeveloperMetadataFinder().withKey(META_KEY).withValue(name).find();
  return mark?.getLocation().getSheet() ?? null;
};

/** `rules`: how texts are written in this file. */
export const openReport = (spreadsheet: Spreadsheet, name: ReportName, rules: () => TextRules): ReportTab | null => {
  const sheet = find(spreadsheet, name);
  return sheet === null ? null : open(sheet, rules);
};

/** `title` is free in this file. */
export const createReport = (
  spreadsheet: Spreadsheet,
  name: ReportName,
  title: string,
  headers: readonly string[],
  rules: () => TextRules,
): ReportTab => {
  const shown = spreadsheet.getActiveSheet();
  const sheet = spreadsheet.insertSheet(title, spreadsheet.getNumSheets());
  spreadsheet.setActiveSheet(shown);
  sheet.addDeveloperMetadata(META_KEY, name, SpreadsheetApp.DeveloperMetadataVisibility.DOCUMENT);
  // Blank cells count against the ten million of a file.
  if (sheet.getMaxColumns() > headers.length)
    sheet.deleteColumns(headers.length + 1, sheet.getMaxColumns() - headers.length);
  if (sheet.getMaxRows() > FIRST_REPORT_ROW)
    sheet.deleteRows(FIRST_REPORT_ROW + 1, sheet.getMaxRows() - FIRST_REPORT_ROW);
  grow(sheet, FIRST_REPORT_ROW, headers.length);
  sheet
    .getRange(HEADER_ROW, 1, 1, headers.length)
    .setValues([[...headers]])
    .setFontWeight('bold');
  sheet.setFrozenRows(HEADER_ROW);
  sheet.setColumnWidths(1, headers.length, NARROW);
  headers.forEach((header, index) => {
    const width = WIDTHS[header];
    if (width !== undefined) sheet.setColumnWidth(index + 1, width);
  });
  return open(sheet, rules);
};
