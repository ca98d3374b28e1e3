import { rectanglesOf, type Spot } from '../../src/google/rectangles';

/** Spots drawn as a picture: a letter is a kind, a dot is nothing. The content is the place. */
const drawn = (...lines: readonly string[]): readonly Spot<string>[] =>
  lines.flatMap((line, row) =>
    [...line].flatMap((kind, column) =>
      kind === '.' ? [] : [{ row: row + 1, column: column + 1, kind, content: `${row + 1}/${column + 1}` }],
    ),
  );

const cases: readonly (readonly [string, readonly string[], number])[] = [
  ['nothing is no rectangle', ['...'], 0],
  ['one cell is one', ['.a.'], 1],
  ['a block is one', ['aaa', 'aaa'], 1],
  ['a column is one', ['a', 'a', 'a'], 1],
  ['two kinds side by side are two', ['ab', 'ab'], 2],
  ['a kind in the middle of another splits its row', ['aba'], 3],
  ['a gap in a row splits it', ['a.a'], 2],
  ['a gap in a column splits it', ['a', '.', 'a'], 2],
  ['a longer row below is its own', ['aa', 'aaa'], 2],
  ['two blocks apart are two', ['aa.aa', 'aa.aa'], 2],
  ['a shifted row is its own', ['aa.', '.aa'], 2],
];

/** The cells of rectangles, as they would be written. */
const painted = (spots: readonly Spot<string>[]): readonly string[] =>
  rectanglesOf(spots).flatMap(({ row, column, kind, contents }) =>
    contents.flatMap((line, down) =>
      line.map((content, right) => `${kind} ${row + down}/${column + right} = ${content}`),
    ),
  );

const wanted = (spots: readonly Spot<string>[]) =>
  spots.map(({ row, column, kind, content }) => `${kind} ${row}/${column} = ${content}`);

test.each(cases)('%s', (_name, picture, count) => {
  const spots = drawn(...picture);
  expect(rectanglesOf(spots)).toHaveLength(count);
  expect([...painted(spots)].sort()).toEqual([...wanted(spots)].sort());
});

test('the order of the spots does not matter', () => {
  const spots = drawn('aab', 'aab');
  expect(rectanglesOf([...spots].reverse())).toEqual(rectanglesOf(spots));
});

test('every row of a rectangle is as wide as the first', () => {
  for (const { contents } of rectanglesOf(drawn('aaa', 'a.a', 'aaa', 'aab'))) {
    expect(new Set(contents.map((line) => line.length)).size).toBe(1);
  }
});

test('200 rows of 10 cells of one kind are one call', () => {
  expect(rectanglesOf(drawn(...Array.from({ length: 200 }, () => 'aaaaaaaaaa')))).toHaveLength(1);
});
