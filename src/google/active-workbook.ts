/** The open spreadsheet as the engine's workbook: tables on tabs, states on hidden sheets, one flush for all. */
import { once } from '../sync/once';
import { type ColumnLook, SheetError, type TablePort, type Workbook } from '../sync/ports';
import { ID_COLUMN } from '../sync/row-id';
import { createDayReader, createLocalClock, DAY_FORMAT, TIME_FORMAT } from './calendar-day';
import type { CellReading } from './cell-conversion';
import { protect, type TextRules } from './cell-text';
import { drawCharts } from './charts';
import { createEditNotes, type EditEvent, forgetEdits, noteEdit } from './edit-notes';
import { openLayoutMemory } from './layout-memory';
import { createReport, openReport } from './report-tab';
import { withinLimits } from './sheet-faults';
import { createSheetTable } from './sheet-table';
import { createStateSheet, openStateSheet, removeStateSheet, type StateSheet, stateIds } from './state-sheet';
import { findTable, layoutMade, markLayout, readLayout, unmarkLayout } from './table-layout';

type Spreadsheet = GoogleAppsScript.Spreadsheet.Spreadsheet;
type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

const HEADER_ROW = 1;
/** Longest list that a picker takes. Source: apps-script-facts, section 9. */
const PICKER_ITEMS = 500;
/** Longest tab name. */
const TITLE_CHARACTERS = 100;

const freeTitle = (spreadsheet: Spreadsheet, wanted: string): string => {
  // A tab's name can't be blank or hold these; it is shortened to leave room for a number.
  const base =
    wanted
      .replace(/[[\]*?:/\\]/g, ' ')
      .trim()
      .slice(0, TITLE_CHARACTERS - 6)
      .trim() || 'Affinity list';
  const taken = new Set(spreadsheet.getSheets().map((sheet) => sheet.getName().toLowerCase()));
  let title = base;
  for (let n = 2; taken.has(title.toLowerCase()); n += 1) title = `${base} (${n})`;
  return title;
};

const FORMATS: Readonly<Record<ColumnLook['format'], string | null>> = {
  text: '@',
  number: null,
  day: DAY_FORMAT,
  time: TIME_FORMAT,
};

/** Widths in pixels: an instant and most texts have room, and so has the header where that is not too long. */
const WIDTHS: Readonly<Record<ColumnLook['format'], number>> = { text: 150, number: 100, day: 100, time: 130 };
const WIDEST_HEADER = 210;
/** Of the first text, which names the row, and of sentences. */
const NAME_WIDTH = 230;
const LONG_WIDTH = 260;
const widthOf = ({ format, header, isEditable, isLong = false }: ColumnLook, index: number): number =>
  Math.max(
    isLong ? LONG_WIDTH : index === 1 && format === 'text' ? NAME_WIDTH : WIDTHS[format],
    Math.min(WIDEST_HEADER, 20 + header.length * (isEditable ? 8 : 7)),
  );

/** Neighbours of one width by one call. */
const setWidths = (sheet: Sheet, columns: readonly ColumnLook[]): void => {
  const widths = columns.map(widthOf);
  for (let start = 0; start < widths.length; ) {
    const width = widths[start] ?? 0;
    let end = start + 1;
    while (widths[end] === width) end += 1;
    sheet.setColumnWidths(start + 1, end - start, width);
    start = end;
  }
};

/** Formats whole columns, neighbours of one format by one call, so that what people type later is kept as typed. */
const formatColumns = (sheet: Sheet, columns: readonly ColumnLook[]): void => {
  const rows = sheet.getMaxRows() - HEADER_ROW;
  for (let start = 0; start < columns.length; ) {
    const format = columns[start]?.format ?? 'number';
    let end = start + 1;
    while (columns[end]?.format === format) end += 1;
    const pattern = FORMATS[format];
    if (pattern !== null) sheet.getRange(HEADER_ROW + 1, start + 1, rows, end - start).setNumberFormat(pattern);
    start = end;
  }
  sheet.getRange(HEADER_ROW + 1, 1, rows, 1).setNumberFormat('0');
};

const addPickers = (sheet: Sheet, columns: readonly ColumnLook[]): void => {
  const rows = sheet.getMaxRows() - HEADER_ROW;
  columns.forEach(({ choices }, index) => {
    if (choices === undefined || choices.length === 0 || choices.length > PICKER_ITEMS) return;
    const rule = SpreadsheetApp.newDataValidation()
      .requireValueInList([...choices], true)
      // A warning only: what can't be sent is refused by name, on its row.
      .setAllowInvalid(true)
      .build();
    sheet.getRange(HEADER_ROW + 1, index + 1, rows, 1).setDataValidation(rule);
  });
};

/** A tab that a run made for this import and did not live to note: it carries our mark, or nothing at all stands on it. */
const leftTab = (spreadsheet: Spreadsheet, importId: string, wanted: string): Sheet | null => {
  const marked = findTable(spreadsheet, importId);
  const named = marked === null ? spreadsheet.getSheetByName(wanted) : null;
  return marked ?? (named !== null && named.getLastRow() === 0 ? named : null);
};

const createTable = (
  spreadsheet: Spreadsheet,
  importId: string,
  wanted: string,
  columns: readonly ColumnLook[],
  rules: TextRules,
) => {
  const sheet =
    leftTab(spreadsheet, importId, wanted) ??
    spreadsheet.insertSheet(freeTitle(spreadsheet, wanted), spreadsheet.getNumSheets());
  unmarkLayout(sheet, importId);
  const missing = columns.length - sheet.getMaxColumns();
  if (missing > 0) sheet.insertColumnsAfter(sheet.getMaxColumns(), missing);
  markLayout(
    sheet,
    importId,
    HEADER_ROW,
    columns.map(({ key }) => key),
  );
  sheet
    .getRange(HEADER_ROW, 1, 1, columns.length)
    .setNumberFormat('@')
    .setValues([columns.map(({ header }) => protect(header, rules))])
    .setNotes([columns.map(({ note }) => note ?? '')])
    .setFontWeights([columns.map(({ isEditable }) => (isEditable ? 'bold' : 'normal'))]);
  sheet.setFrozenRows(HEADER_ROW);
  formatColumns(sheet, columns);
  addPickers(sheet, columns);
  setWidths(sheet, columns);
  const tabId = sheet.getSheetId();
  openLayoutMemory(importId, tabId).write(
    layoutMade(
      sheet,
      HEADER_ROW,
      columns.map(({ key }) => key),
    ),
    true,
  );
  return { tabId };
};

/** Locales whose decimal mark is a point, by language or by language and country; all others use a comma. */
const DECIMAL_POINT =
  /^(en(?!_ZA)|ja|zh|ko|th|iw|he|hi|ml|mr|ta|te|kn|gu|pa|bn|ms|fil|cy|ga|my|am|si|es_(MX|US|PR|GT|HN|NI|PA|SV|DO)|de_(CH|LI)|fr_CH|it_CH)/;

/** The file that this execution is about; the only place that asks for it. Null where `isFileGiven` says so. */
export const activeSpreadsheet = (): Spreadsheet => SpreadsheetApp.getActiveSpreadsheet();

/**
 * Whether the platform gave this execution its file, with what belongs to it. Sources disagree whether it does so in a clock trigger of
 * an add-on. Decision: docs/decisions/0013-one-trigger-and-the-hour.md.
 */
export const isFileGiven = (): boolean =>
  (activeSpreadsheet() as Spreadsheet | null) !== null && PropertiesService.getDocumentProperties() !== null; // Google's types leave the null out

/** The selected rows that the person sees: what a filter or a person hid between two of them is not meant. */
const visibleRows = (spreadsheet: Spreadsheet): readonly { readonly first: number; readonly last: number }[] => {
  const sheet = spreadsheet.getActiveSheet();
  const isFiltered = sheet.getFilter() !== null;
  const end = sheet.getLastRow();
  const isSeen = (row: number): boolean =>
    !sheet.isRowHiddenByUser(row) && !(isFiltered && sheet.isRowHiddenByFilter(row));
  return (spreadsheet.getActiveRangeList()?.getRanges() ?? []).flatMap((range) => {
    const first = range.getRow();
    const count = Math.max(0, Math.min(range.getLastRow(), end) - first + 1);
    return Array.from({ length: count }, (_row, index) => first + index)
      .filter(isSeen)
      .map((row) => ({ first: row, last: row }));
  });
};

/** The open spreadsheet, and what only its edit trigger needs of it. */
export interface ActiveWorkbook extends Workbook {
  /** Looks after a person's edit in the table of an import that a run is writing (`isLive`), or was until a moment ago. */
  noteEdit(importId: string, event: EditEvent, isLive: boolean): void;
}

/** @throws when no spreadsheet is open */
export const createActiveWorkbook = (): ActiveWorkbook => createWorkbook(activeSpreadsheet());

const createWorkbook = (spreadsheet: Spreadsheet): ActiveWorkbook => {
  const states = new Map<string, StateSheet>();
  const state = (importId: string, isWhole = false): StateSheet => {
    const opened = states.get(importId) ?? openStateSheet(spreadsheet, importId, isWhole);
    states.set(importId, opened);
    return opened;
  };
  /** Keys of the states. Only this workbook adds to those that a run is about: it holds their lease. */
  let listed: readonly string[] | null = null;
  const stateKeys = (): readonly string[] => {
    listed ??= stateIds(spreadsheet);
    return listed;
  };
  const timeZone = once(() => spreadsheet.getSpreadsheetTimeZone());
  const clock = once(() => createLocalClock(timeZone()));
  /** Texts are written alike in the whole file; any import's state tells how. @throws SheetError sheet/state-gone without an import */
  const rules = (): TextRules => state(stateKeys()[0] ?? '').textRules();
  const decimal = once((): '.' | ',' => (DECIMAL_POINT.test(spreadsheet.getSpreadsheetLocale()) ? '.' : ','));

  const tabOf = (importId: string, tabId: number): Sheet => {
    const sheet = spreadsheet.getSheetById(tabId);
    if (sheet === null) throw new SheetError('sheet/tab-gone', importId);
    return sheet;
  };

  const readingOf = (importId: string): CellReading => ({
    rules: state(importId).textRules(),
    dayOf: createDayReader(timeZone()),
  });

  return {
    spreadsheetId: spreadsheet.getId(),
    get name() {
      return spreadsheet.getName();
    },
    get url() {
      return spreadsheet.getUrl();
    },
    report: (name) => openReport(spreadsheet, name, rules),
    createReport: (name, title, headers) =>
      openReport(spreadsheet, name, rules) ??
      withinLimits(() => createReport(spreadsheet, name, freeTitle(spreadsheet, title), headers, rules)),
    get timeZone() {
      return timeZone();
    },
    get decimal() {
      return decimal();
    },
    localTime: (instant) => clock()(new Date(instant)),
    states: stateKeys,
    state,
    createState(importId, size) {
      const like = [...states.values()].find((one) => one.isProbed())?.textRules() ?? null;
      const created = withinLimits(() => createStateSheet(spreadsheet, importId, stateKeys(), like, size));
      states.set(importId, created);
      listed = [...stateKeys(), importId].sort();
      return created;
    },
    freeTitle: (wanted) => freeTitle(spreadsheet, wanted),
    createTable: (importId, title, columns) =>
      withinLimits(() => createTable(spreadsheet, importId, title, columns, state(importId).textRules())),
    drawCharts: (importId, tabId, charts) =>
      charts.length === 0
        ? 0
        : withinLimits(() => {
            const sheet = tabOf(importId, tabId);
            return drawCharts(sheet, readLayout(sheet, importId, ID_COLUMN), charts);
          }),
    table(importId, tabId): TablePort {
      const sheet = tabOf(importId, tabId);
      return createSheetTable(
        sheet,
        importId,
        once(() => readingOf(importId)),
        openLayoutMemory(importId, tabId),
        createEditNotes(importId),
      );
    },
    noteEdit(importId, event, isLive) {
      try {
        noteEdit(event, importId, readingOf(importId), isLive);
      } catch (fault) {
        // The edit was on another tab, or the import is no more.
        if (!(fault instanceof SheetError)) throw fault;
      }
    },
    activeTabId: () => spreadsheet.getActiveSheet().getSheetId(),
    selectedRows: () => visibleRows(spreadsheet),
    activeTab() {
      const sheet = spreadsheet.getActiveSheet();
      return {
        title: sheet.getName(),
        texts: sheet.getDataRange().getDisplayValues(),
        column: (spreadsheet.getActiveRange()?.getColumn() ?? 1) - 1,
      };
    },
    tabTitle: (tabId) => spreadsheet.getSheetById(tabId)?.getName() ?? null,
    activate: (tabId) => void spreadsheet.getSheetById(tabId)?.activate(),
    forget(importId, tabId) {
      const sheet = spreadsheet.getSheetById(tabId);
      if (sheet !== null) unmarkLayout(sheet, importId);
      openLayoutMemory(importId, tabId).forget();
      removeStateSheet(spreadsheet, importId);
      states.delete(importId);
      listed = null;
    },
    forgetEdits,
    flush: () => withinLimits(() => SpreadsheetApp.flush()),
  };
};
