/**
 * How properties are run: many cases, a fixed time, and a failure that says its seed. To run one case again:
 * `PROPERTY_SEED=… PROPERTY_PATH=… npm test -- test/property`. What a property finds becomes a small case in a unit test, or, where it
 * needs a whole story, a file in test/regressions, which is replayed first.
 */
import fc from 'fast-check';

const { PROPERTY_SEED, PROPERTY_PATH, PROPERTY_RUNS } = process.env;

/** Checks a property; the message of a failure has the seed, the path and the smallest case. */
export const holds = <T>(property: fc.IProperty<T>, runs = 500): void => {
  fc.assert(property, {
    numRuns: PROPERTY_RUNS === undefined ? runs : Number(PROPERTY_RUNS),
    ...(PROPERTY_SEED === undefined ? {} : { seed: Number(PROPERTY_SEED) }),
    ...(PROPERTY_PATH === undefined ? {} : { path: PROPERTY_PATH }),
  });
};
