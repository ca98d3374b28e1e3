/**
 * What a complete refresh says about those by recorded changes before it: whether they had missed anything. And what later ones may build on:
 * the moment at which it began, and the fields as they were then. Where options were renamed between two of its slices, there is nothing to
 * build on. Decision: docs/decisions/0015-a-cheaper-refresh.md.
 */
import { ApiError } from '../../api/errors';
import type { History, RecordedChange } from '../datasets/dataset';
import { CHANGES_OVERLAP_MS } from '../limits';
import type { Checkpoint } from '../state/checkpoint';
import {
  BASIS_VERSION,
  type Basis,
  FRESHNESS_VERSION,
  type Freshness,
  readBasis,
  readFreshness,
  removeBasis,
  removeFreshness,
  writeBasis,
  writeFreshness,
} from '../state/freshness';
import type { SavedImport } from '../state/saved-import';
import type { NewsCell } from './apply';
import type { Run } from './run';

export interface Verification {
  /** Takes note of what a block brought. */
  block(news: readonly NewsCell[]): void;
  /** Ends the complete refresh; gives a sentence where there was something to verify. */
  end(): string | null;
}

/** What refreshes by recorded changes claimed so far; null where there was none since the last complete one. */
const claimedBy = (run: Run, saved: SavedImport): Freshness | null => {
  const freshness = readFreshness(run.store, saved.id, saved.lastPull?.dataAsOf ?? null);
  return freshness !== null && freshness.asOf !== freshness.fullAsOf ? freshness : null;
};

const cellName = (column: string, owner: string): string => `${column} ${owner}`;

/** Opens the verification of a slice that begins at `from`. */
export const openVerification = (
  run: Run,
  saved: SavedImport,
  from: Checkpoint,
  history: History | undefined,
): Verification => {
  const { store } = run;
  const { startedAt } = from;
  const isFirst = from.token === null && from.after === null;
  const kept = isFirst ? null : readBasis(store, saved.id);
  const isGoing =
    history !== undefined && (isFirst || (kept?.startedAt === startedAt && kept.fingerprint === history.fingerprint));
  if (!isGoing) {
    removeBasis(store, saved.id);
    return {
      block: () => {},
      end: () => {
        removeFreshness(store, saved.id);
        return null;
      },
    };
  }
  const { fingerprint } = history;
  let basis: Basis = kept ?? { version: BASIS_VERSION, startedAt, fingerprint, unrecorded: 0 };
  if (isFirst) writeBasis(store, saved.id, basis);
  const claimed = claimedBy(run, saved);
  let recorded: ReadonlySet<string> | null = null;
  const namesOf = (changes: readonly RecordedChange[]): ReadonlySet<string> =>
    new Set(changes.map(({ column, key, entity }) => cellName(column, key ?? entity)));
  const read = (asOf: string): ReadonlySet<string> | null => {
    try {
      const changes = history.since(Date.parse(asOf) - CHANGES_OVERLAP_MS);
      return changes === null ? null : namesOf(changes);
    } catch (fault) {
      if (!(fault instanceof ApiError)) throw fault;
      return null; // the refresh itself meets the fault again, if it matters
    }
  };
  /** Cells without a record of their change; null where there are no records to look into. */
  const unrecordedAmong = (news: readonly NewsCell[]): number | null => {
    const known = recorded;
    if (known === null) return null;
    const isKnown = ({ column, key, entity }: NewsCell) =>
      known.has(cellName(column.key, key)) || known.has(cellName(column.key, entity));
    return news.filter((cell) => !isKnown(cell)).length;
  };
  return {
    block(news) {
      const tracked = news.filter(({ column }) => history.columns.has(column.key));
      if (claimed === null || basis.unrecorded === null || tracked.length === 0) return;
      recorded ??= read(claimed.asOf);
      // What changed since the history was read is in it by now.
      if (unrecordedAmong(tracked) !== 0) recorded = read(claimed.asOf);
      const missed = unrecordedAmong(tracked);
      if (missed === 0) return;
      basis = { ...basis, unrecorded: missed === null ? null : basis.unrecorded + missed };
      writeBasis(store, saved.id, basis);
    },
    end() {
      const { unrecorded } = basis;
      writeFreshness(store, saved.id, {
        version: FRESHNESS_VERSION,
        fullAsOf: startedAt,
        asOf: startedAt,
        older: [],
        fingerprint,
      });
      // The basis stays until the next complete refresh begins: a run that dies right here ends as this one would have.
      if (claimed === null || unrecorded === null) return null;
      return unrecorded === 0
        ? 'Verified: the refreshes by recorded changes before this complete one had missed nothing.'
        : `${unrecorded} ${unrecorded === 1 ? 'cell' : 'cells'} had changed without a record in Affinity, so the refreshes by recorded changes had missed them. They are right now.`;
    },
  };
};
