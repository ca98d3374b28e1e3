/**
 * How fresh the columns of an import are, where a refresh read only what Affinity recorded as changed. All columns are as of the last
 * complete refresh (`dataAsOf` of the import); these are newer. Kept with the file's small texts. Format 1.
 */
import { array, type Decoded, integer, nullable, object, text } from '../../api/codec';
import type { FileStore } from '../ports';
import { keptText } from './kept-text';

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

const freshnesses = keptText('freshness', FRESHNESS_VERSION, format);
export const writeFreshness = freshnesses.write;
export const removeFreshness = freshnesses.remove;

/** What is known beyond the complete refresh at `fullAsOf`; null for nothing. */
export const readFreshness = (store: FileStore, importId: string, fullAsOf: string | null): Freshness | null => {
  const freshness = freshnesses.read(store, importId);
  return freshness !== null && freshness.fullAsOf === fullAsOf ? freshness : null;
};

export const BASIS_VERSION = 1;

const basis = object({
  version: integer,
  /** When the complete refresh began that is under way: what refreshes by recorded changes may build on once it is done. */
  startedAt: text,
  fingerprint: text,
  /** Cells that were found to have changed without a record of it; null where nobody could tell. */
  unrecorded: nullable(integer),
});
export const BASIS_SHAPE = basis.shape;
export type Basis = Decoded<typeof basis>;

const bases = keptText('basis', BASIS_VERSION, basis);
export const readBasis = bases.read;
export const writeBasis = bases.write;
export const removeBasis = bases.remove;
