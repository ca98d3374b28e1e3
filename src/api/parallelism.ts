/**
 * How many calls go out side by side. Affinity has a limit on concurrent requests that it does not disclose, so the width is
 * found by trying: halved by a 429 that the minute's budget does not explain, grown again while it is quiet.
 */
import { BATCH_CALLS } from './limits';

export interface Parallelism {
  /** Calls that may run at once; 1 or more, and `most` at most. */
  width(most?: number): number;
  /** A batch of this many calls met no such refusal. */
  quiet(calls: number): void;
  /** At least one call of a batch of so many was refused for running beside too many others. */
  crowded(calls: number): void;
}

export const createParallelism = (): Parallelism => {
  let known = Number.POSITIVE_INFINITY;
  return {
    width: (most = BATCH_CALLS) => Math.min(most, known),
    quiet(calls) {
      // A batch narrower than the width says nothing about the width.
      if (calls >= known) known += Math.max(1, Math.floor(known / 8));
    },
    crowded(calls) {
      known = Math.max(1, Math.floor(Math.min(calls, known) / 2));
    },
  };
};
