/**
 * What the engine needs of a spreadsheet, a store, a person at the screen and a log. Nouns of our domain; the adapters in
 * `src/google` name the technology. Everything is synchronous, as Apps Script is.
 */
import type { Cell } from './cells/cell';
import type { CellFormat } from './cells/codec';

/** How a managed column is drawn when it is made. */
export interface ColumnLook {
  readonly key: string;
  readonly header: string;
  readonly format: CellFormat;
  /** Shown as a note on the header, e.g. why the column can't be edited. */
  readonly note?: string;
  readonly isEditable: boolean;
  /** Whether its texts are sentences or as long as some. */
  readonly isLong?: boolean;
  /** Texts offered in each cell's picker. */
  readonly choices?: readonly string[];
}

/** The ids of a table, top to bottom; null in rows that have none. */
export interface TableIds {
  readonly ids: readonly Cell[];
  /** Row number, from 1 as the analyst sees it, of `ids[0]`. */
  readonly firstRowNumber: number;
}

/** A table as it stands in the sheet. Rows from top to bottom; `cells[column]` runs parallel to `ids`. */
export interface TableSnapshot {
  readonly title: string;
  /** Content of the id column; null in rows that a person typed and that have no id yet. */
  readonly ids: readonly Cell[];
  /** Managed columns that are still there, with their cells. */
  readonly columns: ReadonlyMap<string, readonly Cell[]>;
  /** Row number, from 1 as the analyst sees it, of `ids[0]`. */
  readonly firstRowNumber: number;
}

export interface CellWrite {
  readonly column: string;
  /** What the plan saw in the cell. The cell is left alone when it holds something else by now. */
  readonly expected: Cell;
  readonly next: Cell;
}

export interface RowWrite {
  readonly id: string;
  readonly cells: readonly CellWrite[];
}

/** What became of a write: cells a person changed meanwhile are `skipped`, and so is a row that is gone or doubled. */
export interface WriteResult {
  readonly written: number;
  readonly skipped: readonly { readonly id: string; readonly column: string }[];
}

export interface RowAppend {
  readonly id: string;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** A row that no id tells apart: known by its place and by what stands in it. */
export interface PlaceWrite {
  /** Row number, from 1 as the analyst sees it, at which the plan saw it. */
  readonly rowNumber: number;
  /** What the plan saw, by column, the id column among them: the row is found again by it where it was moved. */
  readonly expected: ReadonlyMap<string, Cell>;
  readonly next: ReadonlyMap<string, Cell>;
}
/**
 * What a cell of a row should hold when nobody touched it, for rows that a write did not read itself: a move of rows in the moment of
 * a flush can make it land in any of them. Undefined where that is not known.
 */
export type Recall = (id: string, column: string) => Cell | undefined;

/** Something that a person wrote beside the managed columns of a row, or as a note on it. */
export interface Beside {
  /** Header of its column. */
  readonly header: string;
  readonly text: string;
}

/** What a row said when a person was shown it. */
export interface RowSeen {
  readonly beside: readonly Beside[];
  /** Its managed cells, by column. */
  readonly cells: ReadonlyMap<string, Cell>;
}

/** A header that is to change, as long as it is what it was. */
export interface Relabel {
  readonly expected: string;
  readonly next: string;
}

/** One bound table. Rows are found by their id, columns by their metadata, at each call anew. */
export interface TablePort {
  /**
   * Puts back edits that a run overwrote and did not live to look after, unless the cell shows what both sides agreed on. For the start
   * of every run that writes.
   */
  recover(agreed: Recall): void;
  /** @throws SheetError sheet/tab-gone, sheet/id-column-gone, sheet/header-gone */
  read(): TableSnapshot;
  /** The ids alone, as `read` gives them, without the price of the cells. @throws SheetError as `read` */
  ids(): TableIds;
  /** The rows of these ids, as `read` gives them. A row that is gone is missing, a doubled one is there as often as it stands. */
  readRows(ids: readonly string[]): TableSnapshot;
  /**
   * Writes cells of existing rows, in as few blocks as they form, just after reading them again. Real when it returns: an edit or a
   * move of rows and columns that the flush met has been put back by then, and its cells are among the skipped. `alongside` makes
   * buffered writes elsewhere in the file, which become real with the cells, or without any.
   */
  write(rows: readonly RowWrite[], recall: Recall, alongside?: () => void): WriteResult;
  /**
   * Writes into rows that are known by their place. A row whose cells are not as expected is looked for elsewhere; where none or more
   * than one is like it, nothing is written. Real when it returns. Gives the places, in `rows`, of those that were left alone.
   */
  writeAt(rows: readonly PlaceWrite[]): readonly number[];
  /** The headers of the columns that are there, as people see them. @throws SheetError as `read` */
  headers(): ReadonlyMap<string, string>;
  /** Changes headers that nobody else changed; gives the columns of those. Real when it returns. */
  relabel(changes: ReadonlyMap<string, Relabel>): readonly string[];
  /**
   * Colours cells by what the status says of them, or takes the colours away; `alarms`: by column, a text that is coloured wherever it
   * stands there. Real when it returns. @throws SheetError as `read`
   */
  mark(isShown: boolean, alarms?: ReadonlyMap<string, string>): void;
  /** What a person wrote beside these rows, by id; formulas that go on from row to row are not counted. */
  beside(ids: readonly string[]): ReadonlyMap<string, readonly Beside[]>;
  /**
   * Deletes whole rows; gives the ids of those that are gone. One that stands twice, or in or beside which something else stands by now
   * than was seen, is left alone. Real when it returns.
   */
  removeRows(seen: ReadonlyMap<string, RowSeen>): readonly string[];
  /** Adds rows below the last row of the table; whatever stands below moves down. Real when it returns. */
  append(rows: readonly RowAppend[]): void;
}

/** A chart over whole columns of a table. */
export interface ChartLook {
  readonly title: string;
  /** Bars that lie, bars that stand, or how often which numbers are. */
  readonly kind: 'BAR' | 'COLUMN' | 'HISTOGRAM';
  /** Keys of the columns that it shows: the labels first, except in a histogram. */
  readonly columns: readonly string[];
}

/** Rows of text in a hidden sheet: the state of one import. Row 0 is the first. */
export interface StateRows {
  /** Row 0 alone, without the price of all others; empty when there is none. */
  first(): readonly string[];
  read(): readonly (readonly string[])[];
  /** The first cell of every row, top to bottom, without the price of the rest. */
  keys(): readonly string[];
  /** So many rows from `start` on; fewer where the sheet ends. */
  rows(start: number, count: number): readonly (readonly string[])[];
  /** Replaces whole rows from `start` on, growing the sheet as needed. Buffered until `Workbook.flush`. */
  write(start: number, rows: readonly (readonly string[])[]): void;
  /** Takes so many rows from `start` on out; those below move up. Buffered until `Workbook.flush`. */
  remove(start: number, count: number): void;
}

/** The size of a state to begin with, in cells: growing it costs a call each time. */
export interface StateSize {
  readonly columns?: number;
  readonly rows?: number;
}

/** A cell of a tab that tells how things stand: text, number, instant in milliseconds since 1970, or formula; null is blank. */
export type ReportCell =
  | string
  | number
  | null
  | { readonly instant: number }
  /** With `;` between arguments, which every locale takes. */
  | { readonly formula: string };

export type ReportRow = readonly ReportCell[];

/** Tabs of ours that people look at: how each import stands, which runs there were, what the last refreshes brought, what was sent. */
export type ReportName = 'status' | 'log' | 'changes' | 'sent';

/** Row number of the first row below the headers of such a tab. */
export const FIRST_REPORT_ROW = 2;

/** A tab of ours: its headers in row 1, everything below is written by us. Buffered until `Workbook.flush`. */
export interface ReportTab {
  /** Replaces all rows below the headers. */
  fill(rows: readonly ReportRow[]): void;
  /** Puts rows right below the headers, the newest on top; the oldest go when there are more than `keep`. */
  add(rows: readonly ReportRow[], keep: number): void;
  /** At most so many rows from the top, as they are shown. */
  rows(limit: number): readonly (readonly string[])[];
  /** Brings it to the front. */
  show(): void;
}

export interface Workbook {
  readonly spreadsheetId: string;
  /** Name and address of the file, for mails. */
  readonly name: string;
  readonly url: string;
  /** The decimal mark of the spreadsheet's locale. */
  readonly decimal: '.' | ',';
  readonly timeZone: string;
  /** What a clock in the file's time zone shows at an instant (milliseconds since 1970): `YYYY-MM-DDTHH:MM:SS`. */
  localTime(instant: number): string;
  /** A tab of ours, or null where it was never made or somebody deleted it. */
  report(name: ReportName): ReportTab | null;
  /** Makes a tab of ours unless it is there. */
  createReport(name: ReportName, title: string, headers: readonly string[]): ReportTab;
  /** Keys of the states that this file holds. */
  states(): readonly string[];
  /** `isWhole`: whether all of it is wanted. */
  state(importId: string, isWhole?: boolean): StateRows;
  createState(importId: string, size?: StateSize): StateRows;
  /** A name for a new tab that is allowed and not taken, as near to `wanted` as can be. */
  freeTitle(wanted: string): string;
  /**
   * Makes a table on a tab of this name and gives the tab's stable id. An empty tab of this name, left by a run that died, is used.
   * Buffered until `flush`.
   */
  createTable(importId: string, title: string, columns: readonly ColumnLook[]): { readonly tabId: number };
  /**
   * Draws those charts that are not on the table's tab; gives how many. One is there as long as a chart shows the same columns.
   * Buffered until `flush`. @throws SheetError
   */
  drawCharts(importId: string, tabId: number, charts: readonly ChartLook[]): number;
  table(importId: string, tabId: number): TablePort;
  /** The tab that the person looks at. */
  activeTabId(): number;
  /** Rows that the person has selected on that tab, by number from 1, first and last of each block. */
  selectedRows(): readonly { readonly first: number; readonly last: number }[];
  /** The tab that the person looks at, as it is shown, and the column (from 0) of what is selected there. */
  activeTab(): { readonly title: string; readonly texts: readonly (readonly string[])[]; readonly column: number };
  /** A tab's name, or null when there is no such tab. */
  tabTitle(tabId: number): string | null;
  /** Brings a tab to the front. */
  activate(tabId: number): void;
  /** Removes an import's state and its marks on the tab; the cells stay. */
  forget(importId: string, tabId: number): void;
  /** Ends the looking after people's edits in this import's table: a run of it ended well. */
  forgetEdits(importId: string): void;
  /** Makes all buffered writes real. An effect on the sheet counts only after this. */
  flush(): void;
}

/** Small shared texts of this file: checkpoints and leases. Never a key. */
export interface FileStore {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/** Small private texts of the person who runs the add-on. */
export type PersonalStore = FileStore;

/**
 * Lines that a slice of a run leaves for the next one of the same person. They may vanish at any time: what is lost costs calls, and
 * nothing else.
 */
export interface SliceMemory {
  /** Lines noted under this name, oldest first; null when there are none or some were lost. */
  read(name: string): readonly string[] | null;
  /** Replaces what was noted by these lines, none of which holds a line break. */
  write(name: string, lines: readonly string[]): void;
  /** Adds lines to what this execution has read or written; what it has not is replaced. */
  add(name: string, lines: readonly string[]): void;
}

/** Keeps two executions in one file apart for a moment. */
export interface Mutex {
  /** Runs `work` alone; null when the other one did not finish within `waitMs`. Never held across HTTP. */
  within<T>(waitMs: number, work: () => T): { readonly value: T } | null;
}

/** Who runs this, and what tells them from others where Google keeps addresses back. */
export interface Person {
  readonly key: string;
  /** E-mail address, or ''. */
  readonly email: string;
}

/** The clock trigger of this person in this file. There is at most one. */
export interface Timer {
  /** `blind`: it fires, and Google does not tell it the file. */
  state(): 'running' | 'missing' | 'declined' | 'blind';
  /** Makes it unless it is there. @throws ScheduleError schedule/triggers-declined, schedule/too-many-triggers */
  start(): void;
  stop(): void;
  /** Asks for one more firing after so many milliseconds. False where the platform has only the hour. */
  soon(afterMs: number): boolean;
}

/** Mail to the person who runs this. */
export interface Mail {
  /** `declined`: the permission was not given. */
  send(subject: string, body: string): 'sent' | 'declined' | 'failed';
  isAllowed(): boolean;
}

/** Google's trigger time of this person's last day, in milliseconds, over all their files. */
export interface TriggerTime {
  used(): number;
  /** Milliseconds a day, as far as the kind of account is known. */
  readonly limit: number;
  /** Calls to the outside that the same account may make in a day. */
  readonly callsADay: number;
  /** Instant at which the day that is counted ends. */
  endsAt(): number;
  add(milliseconds: number): void;
}

/**
 * Where a person asks a run of theirs to stop, from another execution. `ticket` names the run. What was asked may get lost: then the
 * run ends as it would have.
 */
export interface CancelBox {
  ask(ticket: string): void;
  isAsked(ticket: string): boolean;
}

/**
 * Where a run tells the page that drives it how far it is, from one execution to another. `ticket` names the run. What was told may get
 * lost: then the page knows less until the slice ends.
 */
export interface ProgressBoard {
  tell(ticket: string, text: string): void;
  read(ticket: string): string | null;
}

export interface Log {
  write(line: Readonly<Record<string, string | number | boolean | null>>): void;
}

export type Answer = 'yes' | 'no' | 'cancel';

/** Simple dialogs. Titles and texts are plain text. */
export interface Ui {
  say(title: string, text: string): void;
  toast(text: string): void;
  /** Null when the person cancels. */
  ask(title: string, text: string): string | null;
  confirm(title: string, text: string, buttons: 'ok-cancel' | 'yes-no-cancel'): Answer;
}

/** What a port of the sheet says when it can't do its work. */
export type SheetFaultCode =
  | 'sheet/tab-gone'
  | 'sheet/id-column-gone'
  | 'sheet/header-gone'
  | 'sheet/state-gone'
  | 'sheet/state-unreadable'
  | 'sheet/copied-file'
  | 'sheet/too-large'
  | 'sheet/moving'
  | 'sheet/many-emptied'
  | 'sheet/many-gone'
  | 'sheet/busy';

export class SheetError extends Error {
  readonly code: SheetFaultCode;
  readonly detail: string;
  constructor(code: SheetFaultCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'SheetError';
    this.code = code;
    this.detail = detail;
  }
}

/** What a schedule needs of the platform or the person, and has not got. */
export type ScheduleFaultCode =
  | 'schedule/not-connected'
  | 'schedule/access-declined'
  | 'schedule/triggers-declined'
  | 'schedule/too-many-triggers'
  | 'schedule/trigger-gone'
  | 'schedule/silent'
  | 'schedule/file-unknown'
  | 'schedule/day-used-up'
  | 'schedule/out-of-date'
  | 'schedule/defect';

export class ScheduleError extends Error {
  readonly code: ScheduleFaultCode;
  readonly detail: string;
  constructor(code: ScheduleFaultCode, detail = '') {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'ScheduleError';
    this.code = code;
    this.detail = detail;
  }
}
