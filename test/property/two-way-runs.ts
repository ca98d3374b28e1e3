/** Runs random histories and counts those that diverge. Apart from the test, so that engines broken on purpose are run by it too. */
import fc from 'fast-check';
import { seed } from './run';
import { play } from './two-way-model';
import { history, type Step } from './two-way-steps';

const { PROPERTY_PATH, PROPERTY_RUNS } = process.env;

/** Every so many histories are also played with the rows in the other order at each push: the end is the same. */
const REORDERED = 25;

export interface Histories {
  readonly histories: number;
  readonly divergences: number;
  readonly seed: number;
  /** What the smallest divergence is and how to see it again; '' for none. */
  readonly report: string;
}

/** Ends at the first divergence, which is made as small as can be. */
export const runHistories = (runs: number, shrinks = true): Histories => {
  let histories = 0;
  const property = fc.property(history, (steps: readonly Step[]) => {
    histories += 1;
    play(steps);
    if (histories % REORDERED !== 0) return;
    // With a colleague in the middle of a push it does matter which row was sent before.
    const alone = steps.filter(({ kind }) => kind !== 'push-meanwhile');
    if (play(alone) !== play(alone, true)) {
      throw new Error('the order of the rows of a push changed its outcome');
    }
  });
  const details = fc.check(property, {
    numRuns: PROPERTY_RUNS === undefined ? runs : Number(PROPERTY_RUNS),
    endOnFailure: !shrinks,
    ...(seed === undefined ? {} : { seed }),
    ...(PROPERTY_PATH === undefined ? {} : { path: PROPERTY_PATH }),
  });
  return {
    histories: details.numRuns,
    divergences: details.failed ? 1 : 0,
    seed: details.seed,
    report: details.failed ? `${String(details.errorInstance)}\n${fc.defaultReportMessage(details) ?? ''}` : '',
  };
};
