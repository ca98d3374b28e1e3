/** Numbers that look random and are the same for the same seed, on every machine. */
import type { Random } from '../../../src/api/ports';

/** A 32-bit number from a text: every character is mixed in with two multiplications by odd constants. */
export const hashText = (text: string): number => {
  let hash = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  }
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** A stream of numbers in [0, 1): a counter with an odd step, scrambled by shifts and multiplications. */
export const seededRandom = (seed: number): Random => {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
};

/** An integer in [0, below). */
export const below = (random: Random, limit: number): number => Math.floor(random() * limit);

/** One of the items. @throws RangeError when there is none. */
export const pick = <T>(random: Random, items: readonly T[]): T => {
  const item = items[below(random, items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
};
