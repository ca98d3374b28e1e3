/**
 * How fresh the columns of an import are, where a refresh read only what Affinity recorded as changed. All columns are as of the last
 * complete refresh (`dataAsOf` of the import); these are newer. Kept with the file's small texts. Format 1.
 */
import { array, type Decoded, DecodeError, integer, object, text } from '../../api/codec';
import type { FileStore } from '../ports';

export const FRESHNESS_VERSION = 1;

const format = object({
  version: integer,
  /** Instant, ISO 8601 UTC, of the complete refresh that this builds on: with any other one it says nothing. */
  fullAsOf: text,
  /** Instant as of which the rows of the table and all columns but the older ones are current; `fullAsOf` until it is surpassed. */
  asOf: text,
  /** Headers of columns that are as of `fullAsOf`, as many as are worth naming. */
  older: array(text),
  /** What the history's fingerprint was. */
  fingerprint: text,
});
export const FRESHNESS_SHAPE = format.shape;
export type Freshness = Decoded<typeof format>;

const keyOf = (importId: string): string => `freshness.${importId}`;

/** What is known beyond the complete refresh at `fullAsOf`; null for nothing. */
export const readFreshness = (store: FileStore, importId: string, fullAsOf: string | null): Freshness | null => {
  const stored = store.get(keyOf(importId));
  if (stored === null || fullAsOf === null) return null;
  try {
    const freshness = format.decode(JSON.parse(stored), 'freshness');
    return freshness.version === FRESHNESS_VERSION && freshness.fullAsOf === fullAsOf ? freshness : null;
  } catch (fault) {
    if (fault instanceof DecodeError || fault instanceof SyntaxError) return null; // then everything is as old as the complete refresh
    throw fault;
  }
};

export const writeFreshness = (store: FileStore, importId: string, freshness: Freshness): void =>
  store.set(keyOf(importId), JSON.stringify(freshness));

export const removeFreshness = (store: FileStore, importId: string): void => store.remove(keyOf(importId));
