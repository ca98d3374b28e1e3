/** Random values, names and columns of every type, with a liking for what spreadsheets misread. */
import fc from 'fast-check';
import type { DropdownOption } from '../../src/api/records';
import type { CellCodec } from '../../src/sync/cells/codec';
import { codecFor } from '../../src/sync/cells/for-field';
import { manyValue, type Place, type Scalar, type Value } from '../../src/sync/cells/value';
import type { Named } from '../../src/sync/names';
import { directoryOf, fieldOf, type TypeName } from '../unit/columns';
import { contextWith } from '../unit/fakes';

const AWKWARD = [
  '=',
  '+',
  '-',
  '@',
  "'",
  '"',
  ';',
  ',',
  '|',
  '\\',
  '#',
  '<',
  '>',
  ' ',
  '\n',
  '\t',
  '0',
  '1',
  'a',
  'A',
  'é',
  '😀',
  '\u00a0',
  '\u200b',
];

const awkward = fc.string({ unit: fc.constantFrom(...AWKWARD), maxLength: 8 });
/** Any text but the empty one, which is no value. */
export const text = fc
  .oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 10 }))
  .filter((one) => one !== '');

const number = fc
  .oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((one) => one + 0);

const day = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** A part of a place as it comes over the wire: blank ones are none. */
const part = fc.option(
  text.filter((one) => one.trim() !== ''),
  { nil: null },
);
const place: fc.Arbitrary<Place> = fc
  .record({ street_address: part, city: part, state: part, country: part, continent: fc.constant(null) })
  .filter((one) => Object.values(one).some((value) => value !== null));
const continent: fc.Arbitrary<Place> = text
  .filter((one) => one.trim() !== '')
  .map((name) => ({ street_address: null, city: null, state: null, country: null, continent: name }));

const unique = { selector: (one: { readonly id: number }) => one.id };
const id = fc.integer({ min: 1, max: 30 });

const options: fc.Arbitrary<readonly DropdownOption[]> = fc.uniqueArray(
  fc.record({ id, text, rank: fc.nat(5), color: fc.constant(0) }),
  { ...unique, minLength: 1, maxLength: 6 },
);

/** Names that collide with each other and with the forms of our labels. */
const name = fc.oneof(
  awkward,
  text,
  fc.constantFrom('', ' ', 'Ann Lee', 'ann  lee', 'ANN LEE', 'Ann Lee #1', 'Ann Lee <a@b.c>', 'a@b.c', '#1', '#2', 'İ'),
  id.map((number) => `#${number}`),
);
const key = fc.oneof(fc.constantFrom('a@b.c', 'A@B.C', 'd@e.f', '#1', 'Ann Lee', 'x>y', '<z>', ' '), text);

export const named: fc.Arbitrary<readonly Named[]> = fc.uniqueArray(
  fc.record({ id, name, keys: fc.array(key, { maxLength: 2 }) }),
  { ...unique, minLength: 1, maxLength: 8 },
);

/** A codec with values that it can hold, and the surroundings in which they have names. */
export interface Sample {
  readonly type: TypeName;
  readonly isMany: boolean;
  readonly codec: CellCodec;
  readonly context: ReturnType<typeof contextWith>;
  readonly values: readonly [Value, Value, Value];
}

const three = (scalar: fc.Arbitrary<Scalar>, isMany: boolean): fc.Arbitrary<readonly [Value, Value, Value]> => {
  const value: fc.Arbitrary<Value> = isMany
    ? fc.array(scalar, { maxLength: 4 }).map((scalars) => manyValue(scalars))
    : fc.option(scalar, { nil: null });
  // Values that differ by chance alone would hardly ever meet.
  return fc.tuple(value, value, value, fc.constantFrom('aaa', 'aab', 'aba', 'abb', 'abc')).map(([a, b, c, form]) => {
    const at = (letter: string | undefined): Value => (letter === 'a' ? a : letter === 'b' ? b : c);
    return [at(form[0]), at(form[1]), at(form[2])] as const;
  });
};

const plain = (type: TypeName, scalar: fc.Arbitrary<Scalar>): fc.Arbitrary<Sample> =>
  fc.tuple(fc.boolean(), fc.constantFrom('.' as const, ',' as const)).chain(([isMany, decimal]) =>
    three(scalar, isMany).map((values) => ({
      type,
      isMany,
      codec: codecFor(fieldOf(type, isMany)),
      context: contextWith(directoryOf(), directoryOf(), decimal),
      values,
    })),
  );

const chosen = (type: 'dropdown' | 'rankedDropdown'): fc.Arbitrary<Sample> =>
  fc.tuple(options, fc.boolean()).chain(([dropdown_options, isMany]) => {
    const scalars = dropdown_options.map((option) => (type === 'dropdown' ? option.text : option.id));
    return three(fc.constantFrom(...scalars), isMany).map((values) => ({
      type,
      isMany,
      codec: codecFor(fieldOf(type, isMany, { dropdown_options })),
      context: contextWith(),
      values,
    }));
  });

const referring = (type: 'person' | 'organization'): fc.Arbitrary<Sample> =>
  fc.tuple(named, fc.boolean()).chain(([known, isMany]) =>
    three(fc.constantFrom(...known.map((one) => one.id)), isMany).map((values) => ({
      type,
      isMany,
      codec: codecFor(fieldOf(type, isMany)),
      context: contextWith(directoryOf(...known), directoryOf(...known)),
      values,
    })),
  );

/** Every type of value that can be sent. */
export const sample: fc.Arbitrary<Sample> = fc.oneof(
  plain('text', text),
  plain('filterableText', text),
  plain('number', number),
  plain('date', day),
  plain('location', fc.oneof(place, continent)),
  chosen('dropdown'),
  chosen('rankedDropdown'),
  referring('person'),
  referring('organization'),
);
