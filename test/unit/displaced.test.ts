import { displaced, type Line, movedFormula, type Picture, placesBefore } from '../../src/google/displaced';
import type { Cell } from '../../src/sync/cells/cell';

const COLUMNS = ['#id', 'Name', 'mine', 'Amount'];
const line = (row: number, id: string | null, ...cells: Cell[]): Line => ({ row, id, cells: [id, ...cells] });
const picture = (lines: readonly Line[], columns: readonly string[] = COLUMNS): Picture => ({ columns, lines });
const nowhere = () => undefined;

const before = picture([line(2, '1', 'a', 'x', 10), line(3, '2', 'b', 'y', 20), line(4, '3', 'c', 'z', 30)]);

test('nothing moved: nothing is put back', () => {
  const after = picture([line(2, '1', 'a', 'x', 11), line(3, '2', 'b', 'y', 20), line(4, '3', 'c', 'z', 30)]);
  expect(displaced(before, [{ row: 2, column: 4, next: 11 }], after, nowhere)).toEqual([]);
});

test('a sort after the write: the contents moved along', () => {
  const after = picture([line(2, '3', 'c', 'z', 30), line(3, '2', 'b', 'y', 20), line(4, '1', 'a', 'x', 11)]);
  expect(displaced(before, [{ row: 2, column: 4, next: 11 }], after, nowhere)).toEqual([]);
});

test('a sort before the write: the row that was hit gets its own content back', () => {
  const after = picture([line(2, '3', 'c', 'z', 11), line(3, '2', 'b', 'y', 20), line(4, '1', 'a', 'x', 10)]);
  expect(displaced(before, [{ row: 2, column: 4, next: 11 }], after, nowhere)).toEqual([
    { row: 2, column: 4, content: 30, origin: { row: 4, column: 4 } },
  ]);
});

test('a row that was not read before gets what the run knows of it, and nothing where it knows nothing', () => {
  const after = picture([line(2, '9', 'i', '', 11)]);
  const recall = (id: string, column: string) => (id === '9' && column === 'Amount' ? 90 : undefined);
  expect(displaced(before, [{ row: 2, column: 4, next: 11 }], after, recall)).toEqual([
    { row: 2, column: 4, content: 90 },
  ]);
  expect(displaced(before, [{ row: 2, column: 4, next: 11 }], after, nowhere)).toEqual([]);
});

test('a row inserted blank is blank again', () => {
  const after = picture([line(2, null, null, null, 11), line(3, '1', 'a', 'x', 10)]);
  expect(displaced(before, [{ row: 2, column: 4, next: 11 }], after, nowhere)).toEqual([
    { row: 2, column: 4, content: null },
  ]);
});

test('what should stand there anyway stays: two writes that a sort exchanged', () => {
  const after = picture([line(2, '2', 'b', 'y', 5), line(3, '1', 'a', 'x', 5)]);
  const written = [
    { row: 2, column: 4, next: 5 },
    { row: 3, column: 4, next: 5 },
  ];
  expect(displaced(before, written, after, nowhere)).toEqual([]);
});

test('a column inserted at the left: the neighbour gets its content back', () => {
  const after = picture([{ row: 2, id: '1', cells: [null, '1', 'a', 11, 10] }], ['', ...COLUMNS]);
  expect(displaced(before, [{ row: 2, column: 4, next: 11 }], after, nowhere)).toEqual([
    { row: 2, column: 4, content: 'x', origin: { row: 2, column: 3 } },
  ]);
});

test('a content that landed in the id column gives the row its id back', () => {
  const after = picture([{ row: 2, id: '11', cells: [null, null, null, 11] }], ['', 'Amount', 'mine', '#id']);
  const [repair] = displaced(before, [{ row: 2, column: 4, next: 11 }], after, nowhere);
  expect(repair).toEqual({ row: 2, column: 4, content: '1', origin: { row: 2, column: 1 } });
});

test('a row without an id is told by its cells; a formula in it may have shifted with the move', () => {
  const formula = (text: string) => ({ formula: text, shows: null });
  const old = picture([line(4, null, 'typed', formula('=D4*2'), 30)]);
  const after = picture([line(4, null, null, null, 7), line(5, null, 'hit', formula('=D5*2'), 30)]);
  const moved = picture([line(5, null, 'typed', formula('=D5*2'), 7)]);
  expect(displaced(old, [{ row: 4, column: 4, next: 7 }], after, nowhere)).toEqual([
    { row: 4, column: 4, content: null },
  ]);
  expect(displaced(old, [{ row: 5, column: 4, next: 7 }], moved, nowhere)).toEqual([
    { row: 5, column: 4, content: 30, origin: { row: 4, column: 4 } },
  ]);
});

test('columns are told by the longest common order, dragged ones by their name', () => {
  expect(placesBefore(['new', '#id', 'Name', 'Amount'], COLUMNS)).toEqual([undefined, 0, 1, 3]);
  expect(placesBefore(['Amount', '#id', 'Name', 'mine'], COLUMNS)).toEqual([3, 0, 1, 2]);
  expect(placesBefore(['', '#id', ''], ['#id', '', ''])).toEqual([undefined, 0, 1]);
});

test.each([
  ['=B2*2', '=C5*2'],
  ['=$B$2+B$2+$B2', '=$C$2+C$2+$C5'],
  ['=SUM(A2:B4)', '=SUM(A5:C7)'],
  ['=SUM(B:B)+SUM($B:$C)', '=SUM(C:C)+SUM($C:$D)'],
  ['=IF(B2="B2",LOG10(B2),"A1")', '=IF(C5="B2",LOG10(C5),"A1")'],
  ["=Other!B2+'My B2'!B2:B3+B2", "=Other!B2+'My B2'!B2:B3+C5"],
  ['=D2', '=#REF!'],
  ['=ZZ2', '=ZZ5'],
])('a formula three rows down, behind a column that was inserted, another one deleted: %s', (formula, moved) => {
  const now = new Map([
    [1, 1],
    [2, 3],
    [3, 4],
  ]);
  const columnNow = (column: number) => (column > 4 ? column : now.get(column));
  expect(movedFormula(formula, { row: 2, rowNow: 5 }, columnNow)).toBe(moved);
});
