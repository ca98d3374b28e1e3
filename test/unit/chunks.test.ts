import { STATE_CELL_CHARACTERS } from '../../src/sync/limits';
import { cut, paste } from '../../src/sync/state/chunks';

const LIMIT = STATE_CELL_CHARACTERS;
const texts: readonly (readonly [string, string, number])[] = [
  ['nothing', '', 0],
  ['a short text', 'abc', 1],
  ['a text of exactly one cell', 'x'.repeat(LIMIT), 1],
  ['one character more', 'x'.repeat(LIMIT + 1), 2],
  ['three cells', 'x'.repeat(3 * LIMIT), 3],
  ['a pair of surrogates across the edge', `${'x'.repeat(LIMIT - 1)}😀y`, 2],
  ['a pair of surrogates at the very end', `${'x'.repeat(LIMIT - 2)}😀`, 1],
  ['only pairs', '😀'.repeat(LIMIT), 2],
  ['half a pair at the edge', `${'x'.repeat(LIMIT - 1)}\ud83dx`, 2],
];

test.each(texts)('%s', (_name, text, pieces) => {
  const cells = cut(text);
  expect(paste(cells)).toBe(text);
  expect(cells).toHaveLength(pieces);
  for (const cell of cells) expect(cell.length).toBeLessThanOrEqual(LIMIT);
});

test('no cell ends between the two halves of a character', () => {
  const [first] = cut(`${'x'.repeat(LIMIT - 1)}😀`);
  expect(first).toBe('x'.repeat(LIMIT - 1));
});
