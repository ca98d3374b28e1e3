/**
 * The way of a pull through the pages of a list, block by block: after each the checkpoint, and no block that would not end in time. What
 * no page had is marked as gone at the end.
 */
import { repeatedPage } from '../../api/paging';
import type { Listing, RecordPage, Source } from '../datasets/dataset';
import { LEAST_ROWS_PER_BLOCK, ROWS_PER_BLOCK } from '../limits';
import { type Checkpoint, writeCheckpoint } from '../state/checkpoint';
import { count } from './count';
import { isOnlyTime } from './going-on';
import { markGone } from './gone-rows';
import { applyBlock, applyEmptied, doubtOf, type Pull, type Question, type Tally } from './pull-block';
import { openRecall } from './recall';
import { nameStrangeIds } from './strange-rows';

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

/** Calls that are left for the names of a block’s rows where the calls are few, and of these at most. */
const CALLS_FOR_NAMES = 20;
const SHARE_FOR_NAMES = 1 / 3;
const rowsWith = (calls: number): number => calls - Math.min(CALLS_FOR_NAMES, Math.floor(calls * SHARE_FOR_NAMES));

/**
 * How many of the rows to come are read next: as many as a block takes and the minute has room for before this run is over; 0 when
 * the run has to pause. Half a block that is read and then thrown away would be paid for twice.
 */
const roomFor = ({ run, latest }: Pick<Pull, 'run' | 'latest'>, rows: number): number => {
  if (run.clock.now() >= latest) return 0;
  const most = Math.min(rows, run.rowsPerBlock ?? ROWS_PER_BLOCK, rowsWith(run.api.perMinute()));
  if (run.api.readyAt(most) <= latest) return most;
  const room = Math.min(most, rowsWith(run.api.room()));
  return room >= Math.min(most, LEAST_ROWS_PER_BLOCK) ? room : 0;
};

type Block = Pick<RecordPage, 'records' | 'unread'>;

/**
 * As much of a block, from its start, as has all its names: what was read is kept where the time ends while these are asked for. `keys`: of its
 * rows in their order; none for a block that stays whole. @throws ApiError
 */
const withNames = ({ run, source }: Pull, keys: readonly string[], block: Block): Block => {
  try {
    run.names.learn(source.columns, block.records);
    return block;
  } catch (fault) {
    const unknown = new Set(
      block.records.filter((record) => !run.names.knows(source.columns, record)).map(({ key }) => key),
    );
    const end = keys.findIndex((key) => unknown.has(key));
    if (end < 1 || !isOnlyTime(fault)) throw fault;
    const known = new Set(keys.slice(0, end));
    const isKnown = ({ key }: { readonly key: string }): boolean => known.has(key);
    return { records: block.records.filter(isKnown), unread: block.unread.filter(isKnown) };
  }
};

/** All keys by one more reading; null where that costs too much. */
const keysOf = (source: Source): ReadonlySet<string> | null => {
  const keys = source.keys();
  return keys === null ? null : new Set(keys);
};

/** Reads and applies blocks until the end (true), until the run's time, or the minute, is over (false), or until it has to ask. */
export const readPages = (pull: Pull, from: Checkpoint, tally: Tally): boolean | Question => {
  const { run, source, emptied } = pull;
  const importId = pull.saved.id;
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
      let block = page.read(at, at + rows);
      try {
        block = withNames(pull, page.isWhole ? [] : page.keys.slice(at, at + rows), block);
        applyBlock(
          pull,
          block.records.filter(({ key }) => !seen.has(key)),
          tally,
        );
      } catch (fault) {
        // Names that were learnt until then are not asked for again.
        recall.note([]);
        throw fault;
      }
      const keys = [...block.records, ...block.unread].map(({ key }) => key);
      for (const key of keys) seen.add(key);
      at += page.isWhole ? rows : keys.length;
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
      if (tokens.has(token)) throw repeatedPage('listEntries.page');
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
