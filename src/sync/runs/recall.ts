/**
 * What a pull knows beside its checkpoint, kept from slice to slice: the names it met and the keys it saw. It is a memory only: what
 * is lost is asked for again, and nothing is decided by it that Affinity is not asked about.
 */
import type { Checkpoint } from '../state/checkpoint';
import type { Run } from './run';

/** First line of a memory that goes back to the first page. */
const BEGIN = 'begin';
const SEEN = 'seen ';

export interface Recall {
  /** Keys met since the first page; null when a part of them is not known any more. */
  readonly seen: Set<string> | null;
  /** Keeps what was learnt and met since the last note. */
  note(keys: readonly string[]): void;
}

/** `from`: where this slice begins. */
export const openRecall = (run: Run, importId: string, from: Checkpoint): Recall => {
  const name = `${importId}.${from.startedAt}`;
  const isFirst = from.token === null && from.after === null;
  const lines = isFirst ? null : run.memory.read(name);
  run.names.recall(lines ?? []);
  const isWhole = isFirst || lines?.[0] === BEGIN;
  const met = (lines ?? []).flatMap((line) => (line.startsWith(SEEN) ? line.slice(SEEN.length).split(' ') : []));
  const seen = isWhole ? new Set(met) : null;
  let isBegun = !isFirst;
  return {
    seen,
    note(keys) {
      for (const key of keys) seen?.add(key);
      const fresh = [...run.names.news(), ...(keys.length === 0 ? [] : [SEEN + keys.join(' ')])];
      if (fresh.length === 0) return;
      if (isBegun) run.memory.add(name, fresh);
      else run.memory.write(name, [BEGIN, ...fresh]);
      isBegun = true;
    },
  };
};
