/**
 * How many calls go out side by side. Affinity has a limit on concurrent requests that it does not disclose, so the width is
 * found by trying: halved by a 429 that the minute's budget does not explain, grown again while it is quiet.
 */
import { BATCH_CALLS } from './limits';

export interface Parallelism {
  /** Calls that may run at once; 1 or more. */
  width(): number;
  /** A batch of this many calls met no such refusal. */
  quiet(calls: number): void;
  /** At least one call of a batch was refused for running beside too many others. */
  crowded(): void;
}

/** `most`: the width at the start, and the widest it gets. */
export const createParallelism = (most: number = BATCH_CALLS): Parallelism => {
  let width = most;
  return {
    width: () => width,
    quiet(calls) {
      // A batch narrower than the width says nothing about the width.
      if (calls >= width) width = Math.min(most, width + Math.max(1, Math.floor(width / 8)));
    },
    crowded() {
      width = Math.max(1, Math.floor(width / 2));
    },
  };
};
