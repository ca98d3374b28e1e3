/**
 * The pull: brings a list into its table, page by page, and can stop anywhere. Import and refresh are one thing: rows that are not
 * in the sheet are appended, rows that are there are merged. After each page: cells, flush, baseline, flush, checkpoint.
 */

import { ApiError } from '../../api/errors';
import type { Cell } from '../cells/cell';
import type { Listing, Source, SyncRecord } from '../datasets/dataset';
import { explain } from '../errors';
import { HEAD_START_MS, LEAST_ROWS_PER_BLOCK, LONGEST_BLOCK_MS, ROWS_PER_BLOCK } from '../limits';
import { indexTable, type PlanInput, planRow, type TableIndex } from '../merge/plan';
import { rowStatus } from '../merge/wording';
import { type RowWrite, SheetError, type TablePort } from '../ports';
import { STATUS_COLUMN } from '../row-id';
import { type Baseline, openBaseline } from '../state/baseline';
import {
  CHECKPOINT_VERSION,
  type Checkpoint,
  readCheckpoint,
  removeCheckpoint,
  writeCheckpoint,
} from '../state/checkpoint';
import { NO_TAB, readImport, type SavedImport, writeImport } from '../state/saved-import';
import { appendRecords, applyPlans, recallAgreed, settle } from './apply';
import { Cancelled } from './cancel';
import { count } from './count';
import { type Digest, openDigest } from './digest';
import { doubledMessages } from './edits';
import { type Emptied, isDoubtful, openEmptied } from './emptied';
import { isOnlyTime, waitOf } from './going-on';
import { linkedTable } from './linked-table';
import { openRecall } from './recall';
import { asShown, relabelled } from './relabel';
import { contextOf, isOver, type Run } from './run';
import { settleFirst } from './settle-open';
import { withTab } from './start-import';
import { nameStrangeIds } from './strange-rows';
import { openTyped, type TypedRows } from './tie-typed';
import { openVerification, type Verification } from './verify';

/** How a pull ended. Whatever the kind, what was read so far stands in the sheet. */
export interface PullResult {
  readonly kind: 'done' | 'paused' | 'stopped';
  /** Code of the fault that ended it; '' for none. */
  readonly code: string;
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

/** Whether a pull stopped to be agreed to. */
export const asksFirst = ({ code }: Pick<PullResult, 'code'>): boolean => code.startsWith('sheet/many-');

/** What a pull counts on its way. */
export interface Tally {
  rows: number;
  rowsAdded: number;
  cellsChanged: number;
  rowsHeld: number;
  rowsGone: number;
  readonly messages: string[];
}

/** The status of a row that is gone. It is the memory of that as well: such a row is not asked for again. */
export const goneStatus = ({ place }: Source): string =>
  `No longer ${place} in Affinity. Delete this row when you don’t need it any more.`;

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** What stands in the file as a run begins; cells are read block by block. */
export interface Ground {
  readonly table: TablePort;
  readonly index: TableIndex;
  readonly baseline: Baseline;
  /** Rows that a person typed and that may be among those that Affinity has. */
  readonly typed: TypedRows;
}

/** What a pull works on. */
export interface Pull {
  readonly run: Run;
  readonly saved: SavedImport;
  readonly source: Source;
  /** Instant, in milliseconds since 1970, after which no block is begun: it would not end in time. */
  readonly latest: number;
  /** Makes the tab, if it is not there yet. */
  readonly standing: () => Ground;
  readonly digest: Digest;
  readonly emptied: Emptied;
  readonly agreed: boolean;
  readonly verification?: Verification;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Something that a person has to agree to first. */
export interface Question {
  readonly code: 'sheet/many-emptied' | 'sheet/many-gone';
  /** What it is about, in words. */
  readonly about: string;
}

/**
 * Marks rows that Affinity no longer has, each confirmed by itself; a change too large to be true is asked about instead. Rows that say
 * already that they are gone are neither counted nor asked for again.
 */
export const markGone = (
  { run, saved, source, standing, digest, agreed }: Pull,
  seenKeys: () => ReadonlySet<string> | null,
  tally: Tally,
): Question | null => {
  const { table, index, baseline } = standing();
  // Rows that this very pull added were there a moment ago.
  if (tally.rowsAdded >= baseline.size) return null;
  const seen = seenKeys();
  // Nobody knows all keys: a pull that does it all in one go finds what is gone.
  if (seen === null) return null;
  const missing = [...baseline.keys].filter((key) => !seen.has(key) && index.positions.has(key));
  if (missing.length === 0) return null;
  const { snapshot, positions } = indexTable(table.readRows(missing));
  const shown = snapshot.columns.get(STATUS_COLUMN);
  const shownOf = (key: string): Cell => shown?.[positions.get(key) ?? -1] ?? null;
  const status = goneStatus(source);
  const news = missing.filter((key) => shownOf(key) !== status);
  if (!agreed && news.length > 0 && (seen.size === 0 || isDoubtful(news.length, baseline.size, saved))) {
    return { code: 'sheet/many-gone', about: `${news.length} of the ${count(baseline.size, 'row')} known here` };
  }
  const gone = news.filter((key) => !isOver(run) && source.presence(key) === 'gone');
  tally.rowsGone += missing.length - news.length + gone.length;
  if (tally.rowsGone === 0) return null;
  const writes = gone.flatMap((key): RowWrite[] =>
    shown === undefined ? [] : [{ id: key, cells: [{ column: STATUS_COLUMN, expected: shownOf(key), next: status }] }],
  );
  if (writes.length > 0) {
    digest.gone(writes.map(({ id }) => id));
    table.write(writes, recallAgreed(baseline, source.columns, contextOf(run)));
  }
  tally.messages.push(
    `${count(tally.rowsGone, 'row')} no longer ${source.place} in Affinity; marked in the status column.`,
  );
  return null;
};

const endedEarly = (how: string, { rows }: Tally): string =>
  `${how} after ${count(rows, 'row')}. Refresh again to go on from there.`;

interface PagedListing extends Omit<Listing, 'readSome'> {
  readonly isWhole: boolean;
  readonly remarks: readonly string[];
}

/** The page at a token, to be read block by block; one that came whole is its own block. */
const listingAt = (source: Source, token: string | null): PagedListing => {
  if (source.listing !== undefined) return { ...source.listing(token), isWhole: false, remarks: [] };
  const { records, unread, next, remarks = [] } = source.page(token);
  const keys = [...records, ...unread].map(({ key }) => key);
  return { keys, next, read: () => ({ records, unread }), isWhole: true, remarks };
};

/**
 * How many of the rows to come are read next: as many as a block takes and the minute has room for before this run is over; 0 when
 * the run has to pause. Half a block that is read and then thrown away would be paid for twice.
 */
const roomFor = ({ run, latest }: Pick<Pull, 'run' | 'latest'>, rows: number): number => {
  if (run.clock.now() >= latest) return 0;
  const most = Math.min(rows, run.rowsPerBlock ?? ROWS_PER_BLOCK);
  if (run.api.readyAt(most) <= latest) return most;
  const room = Math.min(most, run.api.room());
  return room >= Math.min(most, LEAST_ROWS_PER_BLOCK) ? room : 0;
};

/** Brings records into the table: cells, flush, baseline, flush. */
export const applyBlock = (
  { run, source, standing, digest, verification, emptied }: Pull,
  records: readonly SyncRecord[],
  tally: Tally,
): void => {
  const context = contextOf(run);
  run.names.learn(source.columns, records);
  const { table, index, baseline, typed } = standing();
  const missing = records.filter(({ key }) => !index.positions.has(key) && !index.doubled.has(key));
  const tied = typed.tie(missing);
  const present = records.filter(({ key }) => index.positions.has(key) || tied.has(key));
  const absent = missing.filter(({ key }) => !tied.has(key));
  const there = present.length === 0 ? NO_TABLE : indexTable(table.readRows(present.map(({ key }) => key)));
  const input: PlanInput = { columns: source.columns, table: there, baseline, context };
  const planned = present.flatMap((record) => {
    const position = there.positions.get(record.key);
    // A row that went or was copied since this run began is the next one's matter.
    if (position === undefined) return [];
    const plan = emptied.hold(planRow(input, record, position));
    return [{ plan, status: rowStatus(source.columns, plan.cells, context) }];
  });
  const applied = applyPlans(table, there, baseline, planned, source.columns, context);
  const appended = appendRecords(table, baseline, absent, source.columns, context);
  // A row that stands in the sheet without a baseline was appended by a run that died before it could say so.
  const added = [...absent, ...present.filter(({ key }) => baseline.get(key) === undefined)];
  verification?.block(applied.news);
  settle(run.workbook, baseline, [digest.block(applied.news, added), applied.commit, appended.commit]);
  tally.rows += records.length;
  tally.rowsAdded += absent.length;
  tally.cellsChanged += applied.cellsChanged;
  tally.rowsHeld += planned.filter(({ plan }) =>
    [...plan.cells.values()].some(({ state }) => state === 'conflict' || state === 'refused'),
  ).length;
};

/** All keys by one more reading; null where that costs too much. */
const keysOf = (source: Source): ReadonlySet<string> | null => {
  const keys = source.keys();
  return keys === null ? null : new Set(keys);
};

const NO_TABLE: TableIndex = indexTable({ title: '', ids: [], columns: new Map(), firstRowNumber: 1 });

/** Empties what was held back; what else is to be noted of it is noted. */
export const applyEmptied = ({ emptied, standing, digest, verification }: Pull, tally: Tally): void => {
  tally.cellsChanged += emptied.apply(standing(), (news) => {
    verification?.block(news);
    return digest.block(news, []);
  });
  if (emptied.lost > 0) {
    tally.messages.push(`${count(emptied.lost, 'row')} with emptied cells: the next refresh brings these in.`);
  }
};

/** What is to be asked about what would be emptied, or null. */
export const doubtOf = ({ emptied, standing }: Pull): Question | null => {
  const about = emptied.doubt(standing().baseline);
  return about === null ? null : { code: 'sheet/many-emptied', about };
};

/** Reads and applies blocks until the end (true), until the run's time, or the minute, is over (false), or until it has to ask. */
const readPages = (pull: Pull, importId: string, from: Checkpoint, tally: Tally): boolean | Question => {
  const { run, source, emptied } = pull;
  const recall = openRecall(run, importId, from);
  const seen = new Set<string>();
  const tokens = new Set<string>();
  let checkpoint = from;
  const noteDone = (token: string | null, after: string | null): void => {
    const { rows, rowsAdded, cellsChanged } = tally;
    checkpoint = { ...checkpoint, token, after, rowsDone: rows, rowsAdded, cellsChanged, held: emptied.note() };
    writeCheckpoint(run.store, importId, checkpoint);
  };
  for (let token = from.token, isLast = false; !isLast; ) {
    if (roomFor(pull, 1) === 0) return false;
    const page = listingAt(source, token);
    tally.messages.push(...page.remarks.filter((remark) => !tally.messages.includes(remark)));
    // Rows that moved since the last slice are found by their key; where it is gone, the page is read from its start.
    let at = token === checkpoint.token && checkpoint.after !== null ? page.keys.indexOf(checkpoint.after) + 1 : 0;
    do {
      const rows = page.isWhole ? page.keys.length : roomFor(pull, page.keys.length - at);
      if (rows === 0 && at < page.keys.length) return false;
      const block = page.read(at, at + rows);
      at += rows;
      const records = block.records.filter(({ key }) => !seen.has(key));
      const keys = [...block.records, ...block.unread].map(({ key }) => key);
      for (const key of keys) seen.add(key);
      try {
        applyBlock(pull, records, tally);
      } catch (fault) {
        // Names that were learnt until then are not asked for again.
        recall.note([]);
        throw fault;
      }
      if (block.unread.length > 0) {
        tally.messages.push(
          `${count(block.unread.length, 'row')} could not be read from Affinity and stayed as they were.`,
        );
      }
      recall.note(keys);
      const doubt = doubtOf(pull);
      if (doubt !== null) return doubt;
      const isPageDone = at >= page.keys.length;
      if (!isPageDone) noteDone(token, page.keys[at - 1] ?? null);
      else if (page.next !== null) noteDone(page.next, null);
      else if (!page.isWhole) noteDone(token, page.keys[at - 1] ?? null);
      run.onProgress?.({ rowsDone: tally.rows, rowsInAll: Math.max(source.size, tally.rows) });
    } while (at < page.keys.length);
    token = page.next;
    isLast = token === null;
    if (token !== null) {
      if (tokens.has(token)) throw repeatedPage();
      tokens.add(token);
    }
  }
  // Keys that an earlier slice met and this one does not know any more are read once again.
  applyEmptied(pull, tally);
  const question = markGone(pull, () => recall.seen ?? keysOf(source), tally);
  if (question !== null) return question;
  const { table, index, baseline } = pull.standing();
  nameStrangeIds(run, importId, table, index, baseline, source.place);
  return true;
};

/** Assigned in a closure, which the compiler does not follow. */
const questionOf = (question: Question | null): Question | null => question;
/** As above. */
const endOf = (verification: Verification | null): string | null => verification?.end() ?? null;

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
export const pull = (
  run: Run,
  importId: string,
  openSource: (saved: SavedImport) => Source,
  agreed = false,
): PullResult => {
  const state = run.workbook.state(importId);
  let saved = readImport(state);
  const unfinished = readCheckpoint(run.store, importId);
  const found = unfinished === null ? null : { ...unfinished, agreed: unfinished.agreed || agreed };
  const start: Checkpoint = {
    version: CHECKPOINT_VERSION,
    token: null,
    after: null,
    rowsDone: 0,
    cellsChanged: 0,
    rowsAdded: 0,
    startedAt: iso(run.clock.now()),
    held: 0,
    agreed,
  };
  const tallyFrom = ({ rowsDone, rowsAdded, cellsChanged }: Checkpoint): Tally => ({
    rows: rowsDone,
    rowsAdded,
    cellsChanged,
    rowsHeld: 0,
    rowsGone: 0,
    messages: [],
  });
  const latest = run.deadline - Math.min(LONGEST_BLOCK_MS, (run.deadline - run.clock.now()) / 4);
  let tally = tallyFrom(found ?? start);
  let question: Question | null = null;
  let kind: PullResult['kind'] = 'stopped';
  let code = '';
  let goesOn = false;
  let waitMs = 0;
  let title = saved.title;
  let labels: readonly string[] | null = null;
  let verification: Verification | null = null;
  /** What stands in the file already; nothing of it costs a call. */
  const prepare = (): Omit<Ground, 'typed'> => {
    const table = linkedTable(run, saved);
    return {
      table,
      index: indexTable({ ...table.ids(), title: '', columns: new Map() }),
      baseline: openBaseline(state),
    };
  };
  const attempt = (from: Checkpoint): boolean => {
    tally = tallyFrom(from);
    // While the minute may still be full, everything that needs no call is done first.
    let before = saved.tabId === NO_TAB ? null : prepare();
    const opened = openSource(saved);
    const source = before === null ? opened : asShown(opened, before.table);
    title = source.title;
    if (before !== null) {
      const { table, baseline } = before;
      table.recover(recallAgreed(baseline, source.columns, contextOf(run)));
      const settled = settleFirst({ run, saved, source, table, baseline });
      if (settled.isIndexOld) before = prepare();
      tally.messages.push(...doubledMessages(before.index, 'refreshed'));
    }
    // A tab that is still to be made waits until the first rows are here: Affinity’s minute runs meanwhile.
    const standing = once((): Ground => {
      if (before === null) saved = withTab(run, saved, source);
      const ground = before ?? prepare();
      return { ...ground, typed: openTyped({ run, saved, source, ...ground }) };
    });
    verification = openVerification(run, saved, from, source.history);
    const digest = openDigest({ run, saved, source, startedAt: Date.parse(from.startedAt), known: [] });
    const emptied = openEmptied(run, saved, source.columns, from);
    const whole = { run, saved, source, latest, standing, digest, emptied, agreed: from.agreed, verification };
    const end = readPages(whole, importId, from, tally);
    if (typeof end !== 'boolean') question = end;
    if (end !== true) return false;
    const named = relabelled(saved, opened.columns, standing().table);
    labels = named.labels;
    tally.messages.push(...named.messages);
    const alarms = new Map(source.columns.flatMap(({ key, alarm }) => (alarm === undefined ? [] : [[key, alarm]])));
    if (readImport(state).settings.marks) standing().table.mark(true, alarms);
    return true;
  };
  try {
    let isDone: boolean;
    try {
      isDone = attempt(found ?? start);
    } catch (fault) {
      if (!isStaleToken(fault, found)) throw fault;
      isDone = attempt(start);
    }
    const asked = questionOf(question);
    if (asked !== null) throw new SheetError(asked.code, asked.about);
    kind = isDone ? 'done' : 'paused';
    goesOn = !isDone;
    if (!isDone) waitMs = Math.max(0, run.api.readyAt(LEAST_ROWS_PER_BLOCK) - run.clock.now() - HEAD_START_MS);
    if (!isDone) tally.messages.unshift(endedEarly('Paused', tally));
  } catch (fault) {
    const isAsking = questionOf(question) !== null;
    const explanation = fault instanceof ApiError || isAsking ? explain(fault, run.id) : null;
    if (fault instanceof Cancelled) {
      kind = 'paused';
      tally.messages.unshift(endedEarly('Cancelled', tally));
    } else if (explanation !== null) {
      kind = explanation.action === 'pause' ? 'paused' : 'stopped';
      code = explanation.code;
      goesOn = isOnlyTime(fault);
      waitMs = waitOf(fault);
      tally.messages.unshift(explanation.text);
    } else throw fault;
  }
  // Whoever agrees, or looks again, begins anew.
  if (questionOf(question) !== null) removeCheckpoint(run.store, importId);
  if (kind === 'done') {
    const verdict = endOf(verification);
    if (verdict !== null) tally.messages.push(verdict);
    removeCheckpoint(run.store, importId);
  }
  const at = iso(run.clock.now());
  writeImport(state, {
    ...saved,
    title,
    labels: labels ?? saved.labels,
    // Somebody may have changed these meanwhile.
    settings: readImport(state).settings,
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
  return { kind, code, goesOn, waitMs, rows, rowsAdded, cellsChanged, rowsHeld, rowsGone, messages };
};
