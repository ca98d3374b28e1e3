/**
 * How properties are run: many cases, a fixed time, and a failure that says its seed. To run one case again:
 * `PROPERTY_SEED=… PROPERTY_PATH=… npm test -- test/property`. What a property finds becomes a small case in a unit test, or, where it
 * needs a whole story, a file in test/regressions, which is replayed first.
 */
import fc from 'fast-check';

const { CI, PROPERTY_SEED, PROPERTY_PATH, PROPERTY_RUNS } = process.env;

/**
 * Where the cases begin; undefined for anywhere. A gate that everybody passes plays the same cases each time: what a new seed finds is
 * news about the product, and not about the change that happened to meet it.
 */
export const seed = PROPERTY_SEED === undefined ? (CI === 'true' ? 20_261_123 : undefined) : Number(PROPERTY_SEED);

/** Checks a property; the message of a failure has the seed, the path and the smallest case. */
export const holds = <T>(property: fc.IProperty<T>, runs = 500): void => {
  fc.assert(property, {
    numRuns: PROPERTY_RUNS === undefined ? runs : Number(PROPERTY_RUNS),
    ...(seed === undefined ? {} : { seed }),
    ...(PROPERTY_PATH === undefined ? {} : { path: PROPERTY_PATH }),
  });
};
