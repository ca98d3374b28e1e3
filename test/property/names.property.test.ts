import fc from 'fast-check';
import { join, split } from '../../src/sync/cells/scalar';
import { directoryOf } from '../unit/columns';
import { holds } from './run';
import { named } from './values';

test('every label leads back to its record, whatever the others are called', () => {
  holds(
    fc.property(named, (known) => {
      const directory = directoryOf(...known);
      for (const { id } of known) expect(directory.find(directory.label(id))).toEqual({ kind: 'one', id });
    }),
    5000,
  );
});

test('no two records have the same label', () => {
  holds(
    fc.property(named, (known) => {
      const directory = directoryOf(...known);
      expect(new Set(known.map(({ id }) => directory.label(id))).size).toBe(known.length);
    }),
    2000,
  );
});

test('labels of many, offered for a text that several bear, each mean one', () => {
  holds(
    fc.property(named, (known) => {
      const directory = directoryOf(...known);
      for (const { name } of known) {
        const found = directory.find(name);
        if (found.kind !== 'many') continue;
        for (const label of found.labels) expect(directory.find(label).kind).toBe('one');
      }
    }),
    2000,
  );
});

test('the order in which records are met does not matter to what their labels mean', () => {
  holds(
    fc.property(named, (known) => {
      const there = directoryOf(...known);
      const back = directoryOf(...[...known].reverse());
      for (const { id } of known) expect(back.find(there.label(id))).toEqual({ kind: 'one', id });
    }),
    2000,
  );
});

test('labels survive being joined in one cell', () => {
  holds(
    fc.property(named, (known) => {
      const directory = directoryOf(...known);
      const labels = known.map(({ id }) => directory.label(id));
      expect(split(join(labels))).toEqual(labels);
    }),
    2000,
  );
});
