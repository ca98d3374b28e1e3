/**
 * The pull: brings a list into its table, page by page, and can stop anywhere. Import and refresh are one thing: rows that are not
 * in the sheet are appended, rows that are there are merged. After each page: cells, flush, baseline, flush, checkpoint.
 */

import { ApiError } from '../../api/errors';
import type { Source } from '../datasets/dataset';
import { explain, policy } from '../errors';
import { HEAD_START_MS, LEAST_ROWS_PER_BLOCK, LONGEST_BLOCK_MS } from '../limits';
import { indexTable } from '../merge/plan';
import { once } from '../once';
import { openBaseline } from '../state/baseline';
import { CHECKPOINT_VERSION, type Checkpoint, readCheckpoint, removeCheckpoint } from '../state/checkpoint';
import { NO_TAB, readImport, type SavedImport, writeImport } from '../state/saved-import';
import { recallAgreed } from './apply';
import { Cancelled } from './cancel';
import { count } from './count';
import { openDigest } from './digest';
import { doubledMessages } from './edits';
import { openEmptied } from './emptied';
import { isOnlyTime, waitOf } from './going-on';
import { linkedTable } from './linked-table';
import type { Ground, Question, Tally } from './pull-block';
import { readPages } from './read-pages';
import { asShown, relabelled } from './relabel';
import { contextOf, type Run } from './run';
import { settleFirst } from './settle-open';
import { withTab } from './start-import';
import { openTyped } from './tie-typed';
import { openVerification } from './verify';

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

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

const endedEarly = (how: string, { rows }: Tally): string =>
  `${how} after ${count(rows, 'row')}. Refresh again to go on from there.`;

const tallyFrom = ({ rowsDone, rowsAdded, cellsChanged }: Checkpoint): Tally => ({
  rows: rowsDone,
  rowsAdded,
  cellsChanged,
  rowsHeld: 0,
  rowsGone: 0,
  messages: [],
});

/** What a pull has come to, kept up while it runs: whatever ends it, this is what there is to tell and to save. */
interface Standing {
  /** With its tab and the texts of its headers, as soon as they are known. */
  saved: SavedImport;
  /** What the list is called in Affinity. */
  title: string;
  tally: Tally;
}

/** How far one attempt came by itself; it may be ended by a fault as well. */
type Reached =
  | { readonly end: 'all' /** A sentence on what was verified, or null. */; readonly verify: () => string | null }
  | { readonly end: 'time' }
  | { readonly end: 'question'; readonly question: Question };

export type Ending = Pick<PullResult, 'kind' | 'code' | 'goesOn' | 'waitMs'> & {
  /** What the person reads first; '' where the rest says it. */
  readonly text: string;
};

interface Attempted {
  readonly run: Run;
  readonly openSource: (saved: SavedImport) => Source;
  /** Instant, in milliseconds since 1970, after which no block is begun. */
  readonly latest: number;
}

/** Reads and applies from a checkpoint on, as far as the time goes. @throws ApiError, SheetError, Cancelled */
const attempt = ({ run, openSource, latest }: Attempted, from: Checkpoint, standing: Standing): Reached => {
  const { saved } = standing;
  const state = run.workbook.state(saved.id);
  const tally = tallyFrom(from);
  standing.tally = tally;
  /** What stands in the file already; nothing of it costs a call. */
  const prepare = (): Omit<Ground, 'typed'> => {
    const table = linkedTable(run, standing.saved);
    return {
      table,
      index: indexTable({ ...table.ids(), title: '', columns: new Map() }),
      baseline: openBaseline(state),
    };
  };
  // While the minute may still be full, everything that needs no call is done first.
  let before = saved.tabId === NO_TAB ? null : prepare();
  const opened = openSource(saved);
  const source = before === null ? opened : asShown(opened, before.table);
  standing.title = source.title;
  if (before !== null) {
    const { table, baseline } = before;
    table.recover(recallAgreed(baseline, source.columns, contextOf(run)));
    const settled = settleFirst({ run, saved, source, table, baseline });
    if (settled.isIndexOld) before = prepare();
    tally.messages.push(...doubledMessages(before.index, 'refreshed'));
  }
  // A tab that is still to be made waits until the first rows are here: Affinity’s minute runs meanwhile.
  const ground = once((): Ground => {
    if (before === null) standing.saved = withTab(run, standing.saved, source);
    const place = before ?? prepare();
    return { ...place, typed: openTyped({ run, saved: standing.saved, source, ...place }) };
  });
  const verification = openVerification(run, saved, from, source.history);
  const digest = openDigest({ run, saved, source, startedAt: Date.parse(from.startedAt), known: [] });
  const emptied = openEmptied(run, saved, source.columns, from);
  const { agreed } = from;
  const end = readPages(
    { run, saved, source, latest, standing: ground, digest, emptied, agreed, verification },
    from,
    tally,
  );
  if (end === false) return { end: 'time' };
  if (end !== true) return { end: 'question', question: end };
  const { table } = ground();
  const named = relabelled(standing.saved, opened.columns, table);
  standing.saved = { ...standing.saved, labels: named.labels };
  tally.messages.push(...named.messages);
  const alarms = new Map(source.columns.flatMap(({ key, alarm }) => (alarm === undefined ? [] : [[key, alarm]])));
  if (readImport(state).settings.marks) table.mark(true, alarms);
  return { end: 'all', verify: verification.end };
};

/** A token that the server does not take any more: the pull starts from the first page, which repeats work and loses none. */
const isStaleToken = (fault: unknown, checkpoint: Checkpoint | null): boolean =>
  fault instanceof ApiError && fault.fault.code === 'api/rejected' && checkpoint?.token != null;

/** How a pull ends that came this far. Tells of it first, where the rest does not say it. */
const endingOf = (run: Run, reached: Reached, { tally }: Standing): Ending => {
  const ended = { kind: 'paused', code: '', goesOn: false, waitMs: 0, text: '' } as const;
  if (reached.end === 'all') return { ...ended, kind: 'done' };
  if (reached.end === 'time') {
    const waitMs = Math.max(0, run.api.readyAt(LEAST_ROWS_PER_BLOCK) - run.clock.now() - HEAD_START_MS);
    return { ...ended, goesOn: true, waitMs, text: endedEarly('Paused', tally) };
  }
  const { code, about } = reached.question;
  return { ...ended, kind: 'stopped', code, text: policy[code].say({ message: about, run: run.id }) };
};

/** How a pull ends that a fault of Affinity ended. @throws the fault where it is none */
export const endingAfter = (run: Run, fault: unknown): Ending => {
  const explanation = fault instanceof ApiError ? explain(fault, run.id) : null;
  if (explanation === null) throw fault;
  const { action, code, text } = explanation;
  const kind = action === 'pause' ? 'paused' : 'stopped';
  return { kind, code, goesOn: isOnlyTime(fault), waitMs: waitOf(fault), text };
};

const cancelled = ({ tally }: Standing): Ending => ({
  kind: 'paused',
  code: '',
  goesOn: false,
  waitMs: 0,
  text: endedEarly('Cancelled', tally),
});

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
  const before = readImport(state);
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
  const latest = run.deadline - Math.min(LONGEST_BLOCK_MS, (run.deadline - run.clock.now()) / 4);
  const standing: Standing = { saved: before, title: before.title, tally: tallyFrom(found ?? start) };
  const reach = (from: Checkpoint): Reached => attempt({ run, openSource, latest }, from, standing);
  let reached: Reached | null = null;
  let ending: Ending;
  try {
    try {
      reached = reach(found ?? start);
    } catch (fault) {
      if (!isStaleToken(fault, found)) throw fault;
      reached = reach(start);
    }
    ending = endingOf(run, reached, standing);
  } catch (fault) {
    ending = fault instanceof Cancelled ? cancelled(standing) : endingAfter(run, fault);
  }
  const { saved, title, tally } = standing;
  const { kind, code, goesOn, waitMs, text } = ending;
  if (text !== '') tally.messages.unshift(text);
  const verdict = reached?.end === 'all' ? reached.verify() : null;
  if (verdict !== null) tally.messages.push(verdict);
  // Whoever agrees, or looks again, begins anew.
  if (reached?.end === 'all' || reached?.end === 'question') removeCheckpoint(run.store, importId);
  writeImport(state, {
    ...saved,
    title,
    // Somebody may have changed these meanwhile.
    settings: readImport(state).settings,
    lastPull: {
      dataAsOf: kind === 'done' ? (found ?? start).startedAt : (saved.lastPull?.dataAsOf ?? null),
      at: iso(run.clock.now()),
      result: kind,
      // What a run that ended early did not come to is still in the table.
      rows: kind === 'done' ? tally.rows : Math.max(tally.rows, saved.lastPull?.rows ?? 0),
      message: tally.messages[0] ?? '',
    },
  });
  run.workbook.flush();
  run.log.write({ event: 'pull', import: importId, kind, rows: tally.rows, cellsChanged: tally.cellsChanged });
  return { kind, code, goesOn, waitMs, ...tally };
};
