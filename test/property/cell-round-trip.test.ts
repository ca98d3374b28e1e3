import fc from 'fast-check';
import { isFormula } from '../../src/sync/cells/cell';
import { join, split } from '../../src/sync/cells/scalar';
import { sameValue } from '../../src/sync/cells/value';
import { holds } from './run';
import { sample, text } from './values';

test('a value put into a cell is read back as that value', () => {
  holds(
    fc.property(sample, ({ codec, context, values }) => {
      for (const value of values) {
        const read = codec.fromCell(codec.toCell(value, context), context);
        expect(read.ok && sameValue(read.value, value)).toBe(true);
      }
    }),
    3000,
  );
});

test('a value put into a cell, read, and put there again leaves the cell as it is', () => {
  holds(
    fc.property(sample, ({ codec, context, values: [value] }) => {
      const cell = codec.toCell(value, context);
      const read = codec.fromCell(cell, context);
      expect(read.ok && codec.toCell(read.value, context)).toEqual(cell);
    }),
    1000,
  );
});

test('no value becomes a formula, and none an empty text', () => {
  holds(
    fc.property(sample, ({ codec, context, values }) => {
      for (const value of values) {
        const cell = codec.toCell(value, context);
        expect(isFormula(cell)).toBe(false);
        expect(cell).not.toBe('');
        if (value === null) expect(cell).toBeNull();
      }
    }),
  );
});

test('what goes over the wire is what JSON can carry', () => {
  holds(
    fc.property(sample, ({ codec, values }) => {
      for (const value of values) {
        for (const scalar of Array.isArray(value) ? value : value === null ? [] : [value]) {
          const sent = codec.toWire(scalar);
          expect(JSON.parse(JSON.stringify(sent))).toEqual(sent);
        }
      }
    }),
  );
});

test('joined items are split into the same items', () => {
  holds(
    fc.property(fc.array(text), (items) => {
      expect(split(join(items))).toEqual(items);
    }),
    3000,
  );
});

test('any text is split or refused, never an endless loop or a fault', () => {
  holds(
    fc.property(fc.string({ unit: fc.constantFrom('"', ';', ' ', 'a', '\n') }), (typed) => {
      const items = split(typed);
      if (items !== null) expect(split(join(items))).toEqual(items);
    }),
    2000,
  );
});
