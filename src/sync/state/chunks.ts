/** Long texts in rows of a hidden sheet: cut into pieces that fit a cell, and put together again. */
import { STATE_CELL_CHARACTERS } from '../limits';

export const cut = (text: string): readonly string[] => {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + STATE_CELL_CHARACTERS);
    // A pair of surrogates is one character: a cell that ends between the two would lose both.
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
};

export const paste = (pieces: readonly string[]): string => pieces.join('');
