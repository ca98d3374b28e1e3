/**
 * What a slice leaves for the next one, in the person's own cache: other people of the file never see it, and nobody has to tidy
 * up. A text goes into numbered pieces; what is added to it writes only the last one again. Source: apps-script-facts, section 1.
 */
import type { SliceMemory } from '../sync/ports';

/** Characters a piece: 100 KB is the limit, and a character takes three bytes at most. */
const PIECE_CHARACTERS = 30_000;
/** Longest time that the platform keeps an entry, in seconds. */
const KEPT_SECONDS = 21_600;
const VERSION = 1;

const piecesOf = (text: string): readonly string[] => {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + PIECE_CHARACTERS);
    // A pair of surrogates is one character: pieces that end between the two would lose both.
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
};

const keyOf = (name: string, piece?: number): string =>
  `slice${VERSION}.${name}${piece === undefined ? '' : `.${piece}`}`;

export const createSliceMemory = (): SliceMemory => {
  /** Number of pieces and text of the last one, by name. */
  const ends = new Map<string, { readonly pieces: number; readonly last: string }>();

  const put = (name: string, before: number, text: string): void => {
    const fresh = piecesOf(text);
    const pieces = before + fresh.length;
    const written = fresh.map((piece, index): [string, string] => [keyOf(name, before + index), piece]);
    CacheService.getUserCache().putAll(Object.fromEntries([...written, [keyOf(name), String(pieces)]]), KEPT_SECONDS);
    ends.set(name, { pieces, last: fresh[fresh.length - 1] ?? '' });
  };

  return {
    read(name) {
      const cache = CacheService.getUserCache();
      const pieces = Number(cache.get(keyOf(name)) ?? 0);
      const keys = Array.from({ length: pieces }, (_piece, index) => keyOf(name, index));
      const found = pieces === 0 ? {} : cache.getAll(keys);
      const texts = keys.flatMap((key) => found[key] ?? []);
      if (texts.length < pieces || pieces === 0) return null;
      ends.set(name, { pieces, last: texts[pieces - 1] ?? '' });
      return texts.join('').split('\n');
    },
    write: (name, lines) => put(name, 0, lines.join('\n')),
    add(name, lines) {
      const end = ends.get(name);
      if (end === undefined) put(name, 0, lines.join('\n'));
      else put(name, end.pieces - 1, [end.last, ...lines].join('\n'));
    },
  };
};
