import fc from 'fast-check';
import { type AxisEdit, editLines, movedIndex, movedSpan } from '../../local/google/axis-edit';
import { afterEdit, copiedBy, fromR1C1, isWellFormed, toR1C1 } from '../../local/google/formula-text';

const SIZE = 12;
const edits: fc.Arbitrary<AxisEdit> = fc
  .record({
    kind: fc.constantFrom('insert' as const, 'delete' as const, 'move' as const),
    at: fc.integer({ min: 0, max: SIZE - 1 }),
    count: fc.integer({ min: 1, max: 4 }),
    to: fc.integer({ min: 0, max: SIZE }),
  })
  .map(({ kind, at, count, to }): AxisEdit => {
    const fitting = kind === 'insert' ? count : Math.min(count, SIZE - at);
    if (kind !== 'move') return { axis: 'row', kind, at, count: fitting };
    const outside = to > at && to < at + fitting ? at : to;
    return { axis: 'row', kind, at, count: fitting, to: outside };
  })
  .filter((edit) => edit.kind !== 'move' || (edit.to !== edit.at && edit.to !== edit.at + edit.count));

test('a line is where movedIndex says it is', () => {
  fc.assert(
    fc.property(edits, (edit) => {
      const lines: (number | string)[] = Array.from({ length: SIZE }, (_, i) => i);
      editLines(lines, edit, () => 'new');
      for (let i = 0; i < SIZE; i++) expect(lines.indexOf(i)).toBe(movedIndex(edit, i) ?? -1);
    }),
  );
});

test('a span of one line goes with its line', () => {
  fc.assert(
    fc.property(edits, fc.integer({ min: 0, max: SIZE - 1 }), (edit, i) => {
      const index = movedIndex(edit, i);
      expect(movedSpan(edit, { first: i, last: i })).toEqual(index === null ? null : { first: index, last: index });
    }),
  );
});

test('the whole sheet stays the whole sheet when lines move inside it', () => {
  fc.assert(
    fc.property(edits, (edit) => {
      if (edit.kind === 'move')
        expect(movedSpan(edit, { first: 0, last: SIZE - 1 })).toEqual({ first: 0, last: SIZE - 1 });
    }),
  );
});

test('references in quotes, names of functions and other sheets are left alone', () => {
  const edit: AxisEdit = { axis: 'row', kind: 'insert', at: 0, count: 1 };
  expect(afterEdit('=A1&"A1"&LOG10(2)&Other!A1&\'My A1\'!B2&A1', 'Home', 'Home', edit)).toBe(
    '=A2&"A1"&LOG10(2)&Other!A1&\'My A1\'!B2&A2',
  );
  expect(afterEdit("=SUM('My A1'!B2:B)+$C$3", 'Home', 'My A1', edit)).toBe("=SUM('My A1'!B3:B)+$C$3");
});

test('a copied formula keeps what is fixed and loses what leaves the sheet', () => {
  expect(copiedBy('=A1+$A$1+A$1+$A1', 2, 1)).toBe('=B3+$A$1+B$1+$A3');
  expect(copiedBy('=A1', -1, 0)).toBe('=#REF!');
});

test('R1C1 notation survives the way there and back', () => {
  for (const formula of ['=A1+$B$2', '=SUM(C3:D$9)', "='My sheet'!A1*2"]) {
    expect(fromR1C1(toR1C1(formula, 4, 4), 4, 4)).toBe(formula);
  }
});

test('what Sheets would not take as a formula is known', () => {
  expect(['=1 2', '=(1', '=1+', '=@x', '="a', "=it's"].map(isWellFormed)).toEqual(Array(6).fill(false));
  expect(
    ['=1 + 2', '=SUM(A1:A3)', '="a b"&A1', "='My sheet'!A1", '=IF(A1, "x", 2)', '=-abc'].map(isWellFormed),
  ).toEqual(Array(6).fill(true));
});
