/**
 * The tabs that tell how imports stand and which runs there were. They are made when the first schedule is set. Whether data are out of
 * date is a formula on NOW() there: it is true also when nothing of ours runs any more.
 */
import { LOG_ROWS_KEPT } from '../limits';
import { FIRST_REPORT_ROW, type ReportCell, type ReportRow } from '../ports';
import { type Desk, savedImports } from './desk';
import { createDigest } from './digest';
import { cadenceWords } from './schedule';
import { type Standing, standingOf } from './standing';

const STATUS_TITLE = 'Sync status';
const STATUS_HEADERS = [
  'Import',
  'Now',
  'Changes as of',
  'All columns as of',
  'Out of date from',
  'Last result',
  'Next run',
  'Schedule',
  'Owner',
  'Calls of the last run',
  'Calls left this month',
] as const;

const LOG_TITLE = 'Sync log';
const LOG_HEADERS = [
  'Time',
  'Import',
  'Run',
  'Who',
  'Result',
  'Rows',
  'Changed',
  'Sent',
  'Calls',
  'What happened',
] as const;

/** Columns of the status tab that its formula looks at. */
const CHANGES_AS_OF = 'C';
const FRESH_UNTIL = 'E';
const NEXT_RUN = 'G';

/** What the data of a row are worth at the moment of looking. An hour after its time a run counts as missed. */
const stateFormula = (row: number): string => {
  const cell = (column: string) => `$${column}${row}`;
  const late = `IF(AND(${cell(NEXT_RUN)}<>"";NOW()>${cell(NEXT_RUN)}+1/24);"Late: a scheduled run is missing";"Up to date")`;
  const scheduled = `IF(${cell(FRESH_UNTIL)}="";"No schedule";IF(NOW()>${cell(FRESH_UNTIL)};"Out of date";${late}))`;
  return `=IF(${cell(CHANGES_AS_OF)}="";"Never complete";${scheduled})`;
};

const instant = (at: number | null): ReportCell => (at === null ? null : { instant: at });

const resultWords = ({ saved, course, trouble }: Standing): string => {
  if (trouble !== null) return trouble.text;
  const last = saved.lastPull;
  if (course !== null && (last === null || course.at >= last.at)) return course.message;
  if (last === null) return 'Not refreshed yet.';
  return last.message !== '' ? last.message : `${last.rows} ${last.rows === 1 ? 'row' : 'rows'}, complete.`;
};

const statusRow = (standing: Standing, row: number): ReportRow => {
  const { saved, dataFrom, schedule, course, nextRun } = standing;
  const owner = schedule === null ? '' : schedule.owner === '' ? 'not told by Google' : schedule.owner;
  const words =
    schedule === null ? 'By hand' : `${cadenceWords(schedule.cadence)}${schedule.sendsEdits ? ', sends edits' : ''}`;
  return [
    saved.title,
    { formula: stateFormula(row) },
    instant(standing.changesFrom),
    instant(dataFrom),
    instant(standing.freshUntil),
    resultWords(standing),
    instant(nextRun),
    words.charAt(0).toUpperCase() + words.slice(1),
    owner,
    course?.calls ?? null,
    course?.monthRemaining ?? null,
  ];
};

/** Makes the tabs unless they are there. */
export const createReports = (desk: Desk): void => {
  const workbook = desk.workbook();
  workbook.createReport('status', STATUS_TITLE, STATUS_HEADERS);
  workbook.createReport('log', LOG_TITLE, LOG_HEADERS);
  createDigest(workbook);
};

/** Writes how all imports stand, where the tab is. Buffered until the workbook is flushed. */
export const reportStatus = (desk: Desk, now: number): void => {
  const tab = desk.workbook().report('status');
  if (tab === null) return;
  tab.fill(savedImports(desk).map((saved, index) => statusRow(standingOf(desk, saved, now), FIRST_REPORT_ROW + index)));
};

/** A run for the log: numbers are null where the run does no such thing. */
export interface LogEntry {
  readonly at: number;
  readonly title: string;
  readonly run: string;
  readonly who: string;
  readonly result: 'done' | 'paused' | 'stopped';
  readonly rows: number | null;
  readonly changed: number | null;
  readonly sent: number | null;
  readonly calls: number;
  readonly message: string;
}

const RESULTS = { done: 'Done', paused: 'Paused', stopped: 'Stopped' } as const;

/** Adds runs to the log, where the tab is. Buffered until the workbook is flushed. */
export const reportRuns = (desk: Pick<Desk, 'workbook'>, entries: readonly LogEntry[]): void => {
  if (entries.length === 0) return;
  const rows = entries.map(
    ({ at, title, run, who, result, rows, changed, sent, calls, message }): ReportRow => [
      { instant: at },
      title,
      run,
      who,
      RESULTS[result],
      rows,
      changed,
      sent,
      calls,
      message,
    ],
  );
  desk
    .workbook()
    .report('log')
    ?.add([...rows].reverse(), LOG_ROWS_KEPT);
};
