/** The checkpoint of a pull: how far a run came that did not end. It may lag behind the sheet, never lead. */
import { type Decoded, DecodeError, integer, nullable, object, text } from '../../api/codec';
import type { FileStore } from '../ports';

export const CHECKPOINT_VERSION = 1;

const format = object({
  version: integer,
  /** Token of the next page; null while the first page is not done. */
  token: nullable(text),
  rowsDone: integer,
  cellsChanged: integer,
  rowsAdded: integer,
  /** Instant, ISO 8601 UTC, at which the run began: what was read may be this old. */
  startedAt: text,
});
export const CHECKPOINT_SHAPE = format.shape;
export type Checkpoint = Decoded<typeof format>;

const keyOf = (importId: string): string => `checkpoint.${importId}`;

/** The checkpoint of an unfinished pull, or null. One that can't be read is no checkpoint: the pull starts anew. */
export const readCheckpoint = (store: FileStore, importId: string): Checkpoint | null => {
  const stored = store.get(keyOf(importId));
  if (stored === null) return null;
  try {
    const checkpoint = format.decode(JSON.parse(stored), 'checkpoint');
    return checkpoint.version === CHECKPOINT_VERSION ? checkpoint : null;
  } catch (fault) {
    if (fault instanceof DecodeError || fault instanceof SyntaxError) return null;
    throw fault;
  }
};

export const writeCheckpoint = (store: FileStore, importId: string, checkpoint: Checkpoint): void =>
  store.set(keyOf(importId), JSON.stringify(checkpoint));

export const removeCheckpoint = (store: FileStore, importId: string): void => store.remove(keyOf(importId));
