/** Small versioned texts about an import, kept with the file's. What can't be read, or is of another version, counts as not there. */

import type { Codec } from '../../api/codec';
import type { FileStore } from '../ports';
import { orNull } from './readable';

/** Where one kind of text is kept, an import each. */
export interface KeptText<T> {
  read(store: FileStore, importId: string): T | null;
  write(store: FileStore, importId: string, value: T): void;
  remove(store: FileStore, importId: string): void;
}

export const keptText = <T extends { readonly version: number }>(
  name: string,
  version: number,
  format: Codec<T>,
): KeptText<T> => {
  const keyOf = (importId: string): string => `${name}.${importId}`;
  return {
    read(store, importId) {
      return orNull(() => {
        const stored = store.get(keyOf(importId));
        const value = stored === null ? null : format.decode(JSON.parse(stored), name);
        return value?.version === version ? value : null;
      });
    },
    write: (store, importId, value) => store.set(keyOf(importId), JSON.stringify(value)),
    remove: (store, importId) => store.remove(keyOf(importId)),
  };
};
