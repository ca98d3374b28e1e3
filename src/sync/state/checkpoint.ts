/** The checkpoint of a pull: how far a run came that did not end. It may lag behind the sheet, never lead. */

import { type Decoded, flag, integer, nullable, object, text } from '../../api/codec';
import type { FileStore } from '../ports';
import { orNull } from './readable';

export const CHECKPOINT_VERSION = 3;

/** What is in every version. */
const lasting = {
  version: integer,
  /** Token of the page that comes next or is in work; null for the first. */
  token: nullable(text),
  rowsDone: integer,
  cellsChanged: integer,
  rowsAdded: integer,
  /** Instant, ISO 8601 UTC, at which the run began: what was read may be this old. */
  startedAt: text,
};

const ofBlocks = {
  ...lasting,
  /** Key of the last record of that page that is done; null while none is. */
  after: nullable(text),
};

const format = object({
  ...ofBlocks,
  /** Rows with cells that wait to be emptied. */
  held: integer,
  /** Whether somebody agreed to whatever is emptied or gone. */
  agreed: flag,
});
export const CHECKPOINT_SHAPE = format.shape;
export type Checkpoint = Decoded<typeof format>;

const UNHELD = { version: CHECKPOINT_VERSION, held: 0, agreed: false };

/** How each version is read, by its number. Version 1 knew whole pages only, version 2 held nothing back. */
const readers: Readonly<Record<number, (raw: unknown) => Checkpoint>> = {
  1: (raw) => ({ ...object(lasting).decode(raw, 'checkpoint'), ...UNHELD, after: null }),
  2: (raw) => ({ ...object(ofBlocks).decode(raw, 'checkpoint'), ...UNHELD }),
  3: (raw) => format.decode(raw, 'checkpoint'),
};

const keyOf = (importId: string): string => `checkpoint.${importId}`;

/** The checkpoint of an unfinished pull, or null. One that can't be read is no checkpoint: the pull starts anew. */
export const readCheckpoint = (store: FileStore, importId: string): Checkpoint | null => {
  const stored = store.get(keyOf(importId));
  if (stored === null) return null;
  return orNull(() => {
    const raw: unknown = JSON.parse(stored);
    const { version } = object({ version: integer }).decode(raw, 'checkpoint');
    return readers[version]?.(raw) ?? null;
  });
};

export const writeCheckpoint = (store: FileStore, importId: string, checkpoint: Checkpoint): void =>
  store.set(keyOf(importId), JSON.stringify(checkpoint));

export const removeCheckpoint = (store: FileStore, importId: string): void => store.remove(keyOf(importId));
