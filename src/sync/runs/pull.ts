/**
 * The pull: brings a list into its table, page by page, and can stop anywhere. Import and refresh are one thing: rows that are not
 * in the sheet are appended, rows that are there are merged. After each page: cells, flush, baseline, flush, checkpoint.
 */
import { ApiError } from '../../api/errors';
import type { Source } from '../datasets/dataset';
import { explain } from '../errors';
import { GONE_ROWS_ASKED, GONE_SHARE_ASKED } from '../limits';
import { indexTable, type PlanInput, planRow, type TableIndex } from '../merge/plan';
import { rowStatus } from '../merge/wording';
import type { RowWrite, TablePort } from '../ports';
import { STATUS_COLUMN } from '../row-id';
import { type Baseline, openBaseline } from '../state/baseline';
import {
  CHECKPOINT_VERSION,
  type Checkpoint,
  readCheckpoint,
  removeCheckpoint,
  writeCheckpoint,
} from '../state/checkpoint';
import { readImport, type SavedImport, writeImport } from '../state/saved-import';
import { appendRecords, applyPlans, settle } from './apply';
import { doubledMessages } from './edits';
import { isOnlyTime, waitOf } from './going-on';
import { settleIntents } from './keep-journal';
import { linkedTable } from './linked-table';
import { contextOf, isOver, type Run } from './run';
import { withTab } from './start-import';

/** How a pull ended. Whatever the kind, what was read so far stands in the sheet. */
export interface PullResult {
  readonly kind: 'done' | 'paused' | 'stopped';
  /** Whether the next run may go on at once: this one only ran out of time. */
  readonly goesOn: boolean;
  /** Milliseconds to wait before going on, until Affinity takes calls again; 0 for none. */
  readonly waitMs: number;
  /** Rows read from Affinity, rows added to the sheet, cells that took a new value from Affinity. */
  readonly rows: number;
  readonly rowsAdded: number;
  readonly cellsChanged: number;
  /** Rows with something held: a conflict or an edit that can't be sent. */
  readonly rowsHeld: number;
  readonly rowsGone: number;
  /** Sentences for the analyst, the most important first. */
  readonly messages: readonly string[];
}

interface Tally {
  rows: number;
  rowsAdded: number;
  cellsChanged: number;
  rowsHeld: number;
  rowsGone: number;
  readonly messages: string[];
}

const goneStatus = ({ place }: Source): string =>
  `No longer ${place} in Affinity. Delete this row when you don’t need it any more.`;

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Marks rows that Affinity no longer has, each confirmed by itself; a change too large to be true is not believed. */
const markGone = (
  run: Run,
  source: Source,
  table: TablePort,
  index: TableIndex,
  baseline: Baseline,
  seen: ReadonlySet<string>,
  tally: Tally,
): void => {
  const missing = [...baseline.keys].filter((key) => !seen.has(key) && index.positions.has(key));
  if (missing.length === 0) return;
  if (seen.size === 0 || (missing.length > GONE_ROWS_ASKED && missing.length > baseline.size * GONE_SHARE_ASKED)) {
    tally.messages.push(
      `Affinity sent only ${seen.size} of the ${baseline.size} rows known here. That may be a fault, so nothing was marked as gone. Check the list in Affinity and refresh again.`,
    );
    return;
  }
  const status = goneStatus(source);
  const writes: RowWrite[] = [];
  for (const key of missing) {
    if (isOver(run) || source.presence(key) !== 'gone') continue;
    tally.rowsGone += 1;
    const shown = index.snapshot.columns.get(STATUS_COLUMN)?.[index.positions.get(key) ?? -1] ?? null;
    if (shown !== status && index.snapshot.columns.has(STATUS_COLUMN)) {
      writes.push({ id: key, cells: [{ column: STATUS_COLUMN, expected: shown, next: status }] });
    }
  }
  if (writes.length > 0) table.write(writes);
  if (tally.rowsGone > 0) {
    tally.messages.push(
      `${count(tally.rowsGone, 'row')} no longer ${source.place} in Affinity; marked in the status column.`,
    );
  }
};

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** All keys of the list: those met by this run, or, when an earlier run did a part, those of one more reading. */
const allKeys = (source: Source, seen: ReadonlySet<string>, isResumed: boolean): ReadonlySet<string> =>
  isResumed ? new Set(source.keys()) : seen;

interface Pull {
  readonly run: Run;
  readonly saved: SavedImport;
  readonly source: Source;
  readonly table: TablePort;
  readonly index: TableIndex;
  readonly baseline: Baseline;
}

/** Reads and applies pages until the end (true) or until the run's time is over (false). */
const readPages = ({ run, saved, source, table, index, baseline }: Pull, from: Checkpoint, tally: Tally): boolean => {
  const context = contextOf(run);
  const input: PlanInput = { columns: source.columns, table: index, baseline, context };
  const seen = new Set<string>();
  const tokens = new Set<string>();
  let checkpoint = from;
  const isResumed = from.token !== null;
  for (let token = from.token, isLast = false; !isLast; ) {
    if (isOver(run)) return false;
    const page = source.page(token);
    const records = page.records.filter(({ key }) => !seen.has(key));
    for (const { key } of [...page.records, ...page.unread]) seen.add(key);
    run.names.learn(source.columns, records);
    const present = records.filter(({ key }) => index.positions.has(key));
    const absent = records.filter(({ key }) => !index.positions.has(key) && !index.doubled.has(key));
    const planned = present.map((record) => {
      const plan = planRow(input, record, index.positions.get(record.key) ?? 0);
      return { plan, status: rowStatus(source.columns, plan.cells, context) };
    });
    const applied = applyPlans(table, index, baseline, planned, source.columns, context);
    const appended = appendRecords(table, baseline, absent, source.columns, context);
    settle(run.workbook, baseline, [applied.commit, appended.commit]);
    tally.rows += records.length;
    tally.rowsAdded += absent.length;
    tally.cellsChanged += applied.cellsChanged;
    tally.rowsHeld += planned.filter(({ plan }) =>
      [...plan.cells.values()].some(({ state }) => state === 'conflict' || state === 'refused'),
    ).length;
    if (page.unread.length > 0) {
      tally.messages.push(
        `${count(page.unread.length, 'row')} could not be read from Affinity and stayed as they were.`,
      );
    }
    token = page.next;
    isLast = token === null;
    if (token !== null) {
      if (tokens.has(token)) throw repeatedPage();
      tokens.add(token);
      const { rows, rowsAdded, cellsChanged } = tally;
      checkpoint = { ...checkpoint, token, rowsDone: rows, rowsAdded, cellsChanged };
      writeCheckpoint(run.store, saved.id, checkpoint);
    }
    run.onProgress?.({ rowsDone: tally.rows, rowsInAll: Math.max(source.size, tally.rows) });
  }
  markGone(run, source, table, index, baseline, allKeys(source, seen, isResumed), tally);
  return true;
};

const repeatedPage = (): ApiError =>
  new ApiError({
    code: 'api/unreadable-answer',
    endpoint: 'listEntries.page',
    status: 200,
    message: '',
    decode: 'response.next_page_token: expected a new page',
    outcomeUnknown: false,
  });

/** A token that the server does not take any more: the pull starts from the first page, which repeats work and loses none. */
const isStaleToken = (fault: unknown, checkpoint: Checkpoint | null): boolean =>
  fault instanceof ApiError && fault.fault.code === 'api/rejected' && checkpoint?.token != null;

/**
 * Refreshes a saved import, going on where an earlier run stopped.
 * Faults of Affinity end the pull with `stopped` or `paused` and a sentence; the sheet keeps what was read.
 * @throws SheetError when the table or its state is gone
 */
export const pull = (run: Run, importId: string, openSource: (saved: SavedImport) => Source): PullResult => {
  const state = run.workbook.state(importId);
  let saved = readImport(state);
  const found = readCheckpoint(run.store, importId);
  const start: Checkpoint = {
    version: CHECKPOINT_VERSION,
    token: null,
    rowsDone: 0,
    cellsChanged: 0,
    rowsAdded: 0,
    startedAt: iso(run.clock.now()),
  };
  const tallyFrom = ({ rowsDone, rowsAdded, cellsChanged }: Checkpoint): Tally => ({
    rows: rowsDone,
    rowsAdded,
    cellsChanged,
    rowsHeld: 0,
    rowsGone: 0,
    messages: [],
  });
  let tally = tallyFrom(found ?? start);
  let kind: PullResult['kind'] = 'stopped';
  let goesOn = false;
  let waitMs = 0;
  let title = saved.title;
  const attempt = (from: Checkpoint): boolean => {
    tally = tallyFrom(from);
    const source = openSource(saved);
    saved = withTab(run, saved, source);
    const table = linkedTable(run, saved);
    const snapshot = table.read();
    const baseline = openBaseline(state);
    title = source.title;
    const index = indexTable(snapshot);
    settleIntents({ run, saved, source, table, index, baseline });
    tally.messages.push(...doubledMessages(index, 'refreshed'));
    return readPages({ run, saved, source, table, index, baseline }, from, tally);
  };
  try {
    let isDone: boolean;
    try {
      isDone = attempt(found ?? start);
    } catch (fault) {
      if (!isStaleToken(fault, found)) throw fault;
      isDone = attempt(start);
    }
    kind = isDone ? 'done' : 'paused';
    goesOn = !isDone;
    if (!isDone) tally.messages.unshift(`Paused after ${count(tally.rows, 'row')}. Refresh again to go on from there.`);
  } catch (fault) {
    const explanation = fault instanceof ApiError ? explain(fault, run.id) : null;
    if (explanation === null) throw fault;
    kind = explanation.action === 'pause' ? 'paused' : 'stopped';
    goesOn = isOnlyTime(fault);
    waitMs = waitOf(fault);
    tally.messages.unshift(explanation.text);
  }
  if (kind === 'done') removeCheckpoint(run.store, importId);
  const at = iso(run.clock.now());
  writeImport(state, {
    ...saved,
    title,
    lastPull: {
      dataAsOf: kind === 'done' ? (found ?? start).startedAt : (saved.lastPull?.dataAsOf ?? null),
      at,
      result: kind,
      // What a run that ended early did not come to is still in the table.
      rows: kind === 'done' ? tally.rows : Math.max(tally.rows, saved.lastPull?.rows ?? 0),
      message: tally.messages[0] ?? '',
    },
  });
  run.workbook.flush();
  run.log.write({ event: 'pull', import: importId, kind, rows: tally.rows, cellsChanged: tally.cellsChanged });
  const { rows, rowsAdded, cellsChanged, rowsHeld, rowsGone, messages } = tally;
  return { kind, goesOn, waitMs, rows, rowsAdded, cellsChanged, rowsHeld, rowsGone, messages };
};
