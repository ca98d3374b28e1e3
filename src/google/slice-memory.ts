/**
 * What a slice leaves for the next one, in the person's own cache: other people of the file never see it, and nobody has to tidy
 * up. Lines go into numbered pieces; only the last one is written again. Source: apps-script-facts, section 1 (cache limits).
 */
import type { SliceMemory } from '../sync/ports';

/** Characters a piece: 100 KB is the limit, and a character takes three bytes at most. */
const PIECE_CHARACTERS = 30_000;
/** Longest time that the platform keeps an entry, in seconds. */
const KEPT_SECONDS = 21_600;
const VERSION = 1;

export const createSliceMemory = (): SliceMemory => {
  /** Number of pieces and text of the last one, by name. */
  const ends = new Map<string, { readonly pieces: number; readonly last: string }>();
  const keyOf = (name: string, piece?: number): string =>
    `slice${VERSION}.${name}${piece === undefined ? '' : `.${piece}`}`;
  return {
    read(name) {
      const cache = CacheService.getUserCache();
      const pieces = Number(cache.get(keyOf(name)) ?? 0);
      const keys = Array.from({ length: pieces }, (_piece, index) => keyOf(name, index));
      const found = pieces === 0 ? {} : cache.getAll(keys);
      const texts = keys.flatMap((key) => found[key] ?? []);
      if (texts.length < pieces || pieces === 0) return null;
      ends.set(name, { pieces, last: texts[pieces - 1] ?? '' });
      return texts.flatMap((text) => text.split('\n'));
    },
    note(name, lines) {
      if (lines.length === 0) return;
      const end = ends.get(name);
      const texts = [end?.last ?? ''];
      for (const line of lines) {
        const last = texts[texts.length - 1] ?? '';
        const longer = last === '' ? line : `${last}\n${line}`;
        if (longer.length <= PIECE_CHARACTERS || last === '') texts[texts.length - 1] = longer;
        else texts.push(line);
      }
      const first = end === undefined ? 0 : end.pieces - 1;
      const pieces = first + texts.length;
      const written = texts.map((text, index): [string, string] => [keyOf(name, first + index), text]);
      CacheService.getUserCache().putAll(Object.fromEntries([...written, [keyOf(name), String(pieces)]]), KEPT_SECONDS);
      ends.set(name, { pieces, last: texts[texts.length - 1] ?? '' });
    },
  };
};
