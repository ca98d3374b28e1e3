/** Each value type in a cell, single and several: the round trip with hostile texts, what edited cells mean, and what is refused. */

import { type Cell, cellText, dayCell, sameCell } from '../../src/sync/cells/cell';
import { dropdownScalar, rankedDropdownScalar } from '../../src/sync/cells/dropdown';
import { codecFor } from '../../src/sync/cells/for-field';
import { manyValue, type Place, sameValue, type Value } from '../../src/sync/cells/value';
import { columnOf, directoryOf, OPTIONS, PEOPLE, type TypeName } from './columns';
import { contextWith } from './fakes';

const context = contextWith(directoryOf(...PEOPLE), directoryOf({ id: 21, name: 'Acme', keys: ['acme.com'] }));
const german = { ...context, decimal: ',' as const };

const place = (parts: Partial<Place>): Place => ({
  street_address: null,
  city: null,
  state: null,
  country: null,
  continent: null,
  ...parts,
});

const HOSTILE = [
  '=1+1',
  '+49 30 1234',
  '-5',
  '@handle',
  "'quoted",
  '#N/A',
  'TRUE',
  '007',
  '1e5',
  '2026-03-31',
  '1/2',
  '12:30',
  ' leading',
  'trailing ',
  ' ',
  'line\nbreak',
  'tab\there',
  'a; b',
  ';',
  '"',
  '""',
  '"a"; "b"',
  'a "quoted" word',
  'naïve – “curly” 😀',
  '\u200bzero width',
  '\ud83d',
  'a,b',
  'a|b',
  'a=b',
  'back\\slash',
];

const PLACES = [
  place({ city: 'Paris' }),
  place({ city: 'Paris', country: 'France' }),
  place({ city: 'Austin', state: 'Texas', country: 'United States' }),
  place({ street_address: '1 Main St', city: 'Austin', state: 'Texas', country: 'United States' }),
  place({ country: 'France' }),
  place({ street_address: '1 Main St' }),
  place({ state: 'Texas', country: 'United States' }),
  place({ continent: 'Europe' }),
  place({ city: 'Washington, D.C.' }),
  place({ city: 'A; B', country: '"C"' }),
  place({ city: 'a|b', state: 'c\\', country: ' d ' }),
  place({ city: 'a=b', country: '\\|' }),
  place({ city: 'city=Paris | country=France' }),
  place({ city: '\\', country: '|' }),
  place({ street_address: '1 Main St\nBack door', country: 'x' }),
];

const scalars: Readonly<Record<TypeName, readonly Exclude<Value, null | readonly unknown[]>[]>> = {
  text: HOSTILE,
  filterableText: HOSTILE,
  number: [0, -1.5, 0.1 + 0.2, 1e21, 1e-7, 2 ** 53 - 1, Number.MAX_VALUE, 5e-324],
  date: ['2026-03-31', '2024-02-29', '1900-01-01', '1899-12-31', '0001-01-01', '9999-12-31'],
  location: PLACES,
  dropdown: OPTIONS.map(({ text }) => text),
  rankedDropdown: OPTIONS.map(({ id }) => id),
  person: PEOPLE.map(({ id }) => id),
  organization: [21],
  unknown: [],
};

describe.each(Object.entries(scalars) as [TypeName, readonly never[]][])('%s', (type, values) => {
  const one = columnOf(type).codec;
  const many = columnOf(type, true).codec;

  test('each comes back from a cell of its own', () => {
    for (const value of values) {
      for (const surroundings of [context, german]) {
        expect(one.fromCell(one.toCell(value, surroundings), surroundings)).toEqual({ ok: true, value });
      }
    }
  });

  test('several come back as the same set', () => {
    const value = manyValue(values);
    for (const surroundings of [context, german]) {
      const read = many.fromCell(many.toCell(value, surroundings), surroundings);
      expect(read.ok && sameValue(read.value, value)).toBe(true);
    }
  });

  test('each alone comes back from a cell for several', () => {
    for (const value of values) {
      const read = many.fromCell(many.toCell([value], context), context);
      expect(read).toEqual({ ok: true, value: [value] });
    }
  });

  test('an empty cell is no value, and no value an empty cell', () => {
    for (const codec of [one, many]) {
      expect(codec.fromCell(null, context)).toEqual({ ok: true, value: null });
      expect(codec.toCell(null, context)).toBeNull();
    }
  });

  test('a formula is refused, and the way out is named', () => {
    for (const codec of [one, many]) {
      const read = codec.fromCell({ formula: '=A1', shows: 5 }, context);
      expect(read.ok ? '' : read.problem).toMatch(
        type === 'unknown' ? /./ : /holds a formula\. Replace it by its value/,
      );
    }
  });

  test('what comes over the wire goes back over it', () => {
    for (const value of values) {
      if (type === 'date' || type === 'location' || type === 'rankedDropdown') continue;
      expect(one.fromWire(one.toWire(value))).toEqual(value);
    }
  });

  test('nothing over the wire is no value', () => {
    expect(one.fromWire(null)).toBeNull();
    expect(one.fromWire(undefined)).toBeNull();
    expect(one.fromWire('')).toBeNull();
  });
});

type Edit = readonly [name: string, type: TypeName, isMany: boolean, cell: Cell, value: Value];
const edits: readonly Edit[] = [
  ['a number typed into text is its text', 'text', false, 5, '5'],
  ['TRUE typed into text is its text', 'text', false, true, 'TRUE'],
  ['blanks in text are kept', 'text', false, '  ', '  '],
  ['items are trimmed, unless quoted', 'text', true, ' a ;  " b "', ['a', ' b ']],
  ['empty items count for nothing', 'text', true, 'a;; b;', ['a', 'b']],
  ['only separators are no value', 'text', true, ' ; ;', null],
  ['the same item twice counts once', 'text', true, 'a; a', ['a']],
  ['a quote inside an item is a quote', 'text', true, '5" pipe; b', ['5" pipe', 'b']],
  ['a number as text is a number', 'number', false, ' 1250.5 ', 1250.5],
  ['-0 is 0', 'number', false, -0, 0],
  ['blanks for a number are no value', 'number', false, '  ', null],
  ['several numbers', 'number', true, '1; -2.5; 3e2', [1, -2.5, 300]],
  ['a number cell in a column of several', 'number', true, 7, [7]],
  ['a day with a time of day is that day', 'date', false, { day: '2026-03-31', time: '09:30:00' }, '2026-03-31'],
  ['a day as text', 'date', false, ' 2026-03-31 ', '2026-03-31'],
  ['several days', 'date', true, '2026-03-31; 2026-04-01', ['2026-03-31', '2026-04-01']],
  ['a city', 'location', false, 'Paris', place({ city: 'Paris' })],
  ['a city and a country', 'location', false, 'Paris,France', place({ city: 'Paris', country: 'France' })],
  ['a country by name', 'location', false, 'Country = France', place({ country: ' France' })],
  ['a ranked option by its text', 'rankedDropdown', false, 'New', 11],
  ['a person by e-mail address', 'person', false, 'BO@HOME.COM', 2],
  ['a person by name and address', 'person', false, 'Anything <ann@c.com>', 3],
  ['a person by number', 'person', false, '#4', 4],
  ['a person in other letters and blanks', 'person', false, ' bo   BERG ', 2],
  ['an organization by domain', 'organization', false, 'acme.com', 21],
];

test.each(edits)('%s', (_name, type, isMany, cell, value) => {
  expect(columnOf(type, isMany).codec.fromCell(cell, context)).toEqual({ ok: true, value });
});

test.each([
  ['1250,5', 1250.5],
  ['-3', -3],
] as const)('with a decimal comma, %s is a number', (text, value) => {
  expect(columnOf('number').codec.fromCell(text, german)).toEqual({ ok: true, value });
});

type Refusal = readonly [name: string, type: TypeName, isMany: boolean, cell: Cell, problem: RegExp];
const refusals: readonly Refusal[] = [
  ['a word for a number', 'number', false, 'many', /"many" is not a number\. Write a number such as 1250\.5\./],
  ['thousands marks', 'number', false, '1,250', /is not a number/],
  ['a percentage as text', 'number', false, '5%', /is not a number/],
  ['a hexadecimal', 'number', false, '0x10', /is not a number/],
  ['infinity', 'number', false, '1e999', /is not a number/],
  ['an error text for a number', 'number', false, '#N/A', /is not a number/],
  [
    'a day for a number',
    'number',
    false,
    dayCell('2026-03-31'),
    /made a date of this \(2026-03-31\)\. Write a number\./,
  ],
  ['TRUE for a number', 'number', false, true, /TRUE or FALSE is not a number/],
  ['one bad number of several', 'number', true, '1; two', /"two" is not a number/],
  ['a number for a date', 'date', false, 45_000, /45000 is not a date\. Write a date such as 2026-03-31\./],
  ['TRUE for a date', 'date', false, true, /TRUE is not a date/],
  ['a day that does not exist', 'date', false, '2026-02-30', /"2026-02-30" is not a date/],
  ['another order of day and month', 'date', false, '31.03.2026', /is not a date.*such as 2026-03-31/],
  ['a month', 'date', false, '2026-03', /is not a date/],
  [
    'a day in a column of text',
    'text',
    false,
    dayCell('2026-03-31'),
    /made a date of this \(2026-03-31\)\. Type ' in front/,
  ],
  ['a quote that is never closed', 'text', true, 'a; "b', /double quotes do not match/],
  ['text after a closing quote', 'text', true, '"a" b', /double quotes do not match/],
  ['an option with another case', 'dropdown', false, 'won', /no option "won"\. Did you mean "Won"\?/],
  ['an option with blanks', 'dropdown', false, 'Won ', /Did you mean "Won"\?/],
  ['the beginning of an option', 'dropdown', false, 'bla', /Did you mean " Blank ends "\?/],
  ['no option at all', 'dropdown', false, 'Lost', /Choose one of: New, Won/],
  ['one bad option of several', 'dropdown', true, 'New; Lost', /no option "Lost"/],
  ['a ranked option that two share', 'rankedDropdown', false, 'Won', /Did you mean "Won #12"\?/],
  ['a place of five parts', 'location', false, 'a, b, c, d, e', /this place can't be read\. Write a place as city/],
  ['a place with an empty part', 'location', false, 'Paris, , France', /this place can't be read/],
  ['a part that a place has not', 'location', false, 'planet=Mars', /this place can't be read/],
  ['a part with nothing in it', 'location', false, 'city=', /this place can't be read/],
  ['a person whom nobody knows', 'person', false, 'Zed', /no person "Zed"\. Write the name or the e-mail address/],
  ['a name that several bear', 'person', false, 'Ann Lee', /more than one person.*Ann Lee <ann@a\.com>.*Ann Lee #4/],
  ['one unknown person of several', 'person', true, 'Bo Berg; Zed', /no person "Zed"/],
  ['a number that is nobody’s', 'person', false, '#99', /no person "#99"/],
  ['an organization that nobody knows', 'organization', false, 'Zed', /no organization "Zed".*domain/],
  ['a value of an unknown type', 'unknown', false, 'x', /shown only/],
];

test.each(refusals)('refused: %s', (_name, type, isMany, cell, problem) => {
  const read = columnOf(type, isMany).codec.fromCell(cell, context);
  expect(read.ok ? `accepted ${JSON.stringify(read.value)}` : read.problem).toMatch(problem);
});

test('a refusal names a few options, each in a few words, however many and long they are', () => {
  const options = Array.from({ length: 500 }, (_, id) => ({
    id,
    text: `${id} ${'long '.repeat(1000)}`,
    rank: id,
    color: 0,
  }));
  for (const scalar of [dropdownScalar(options), rankedDropdownScalar(options)]) {
    for (const text of ['none of them', '7 LONG']) {
      const read = scalar.fromText(text, context);
      expect(read.ok ? '' : read.problem).toMatch(text === 'none of them' ? /and 488 more/ : /Did you mean "7 long/);
      expect(read.ok ? '' : read.problem.length).toBeLessThan(700);
    }
  }
});

test('long texts in a problem are cut', () => {
  for (const [type, isMany] of [
    ['number', false],
    ['dropdown', false],
    ['person', false],
    ['date', false],
  ] as const) {
    const read = columnOf(type, isMany).codec.fromCell('x'.repeat(5000), context);
    expect(read.ok ? '' : read.problem.length).toBeLessThan(400);
  }
});

describe('a dropdown value whose option is gone', () => {
  // A plain dropdown holds texts, and a text without an option is refused, even where it stood in the cell already.
  test('stays readable in a cell of several where it stood before, so that the others can be edited', () => {
    const { codec } = columnOf('dropdown', true);
    const before = { ...context, kept: new Set(['New', 'Gone']) };
    expect(codec.fromCell('Gone', before)).toEqual({ ok: true, value: ['Gone'] });
    expect(codec.fromCell('Gone', context).ok).toBe(false);
  });

  test('of a ranked one keeps the text that came with it', () => {
    const { codec } = columnOf('rankedDropdown');
    const value = codec.fromWire({ id: 99, text: 'Gone' });
    expect(codec.toCell(value, context)).toBe('Gone #99');
    expect(codec.fromCell('Gone #99', context)).toEqual({ ok: true, value: 99 });
  });
});

test('ranked options whose texts look like our labels stay apart', () => {
  const options = [
    { id: 5, text: 'A', rank: 1, color: 0 },
    { id: 6, text: 'A', rank: 2, color: 0 },
    { id: 7, text: 'A #5', rank: 3, color: 0 },
  ];
  const { codec } = columnOf('rankedDropdown', false, {
    codec: codecFor({ value_type: 7, allows_multiple: false, dropdown_options: options }),
  });
  for (const { id } of options)
    expect(codec.fromCell(codec.toCell(id, context), context)).toEqual({ ok: true, value: id });
});

describe('a text longer than a cell', () => {
  const long = 'x'.repeat(60_000);

  test('is shown cut, says so, and can’t be edited', () => {
    const { codec } = columnOf('text');
    const cell = codec.toCell(long, context);
    expect(String(cell)).toMatch(/… \(cut: 60000 characters in Affinity\)$/);
    expect(String(cell).length).toBeLessThan(50_000);
    expect(codec.lock?.(long)).toMatch(/longer than a cell can hold/);
  });

  test('of exactly the limit is locked, one less is not', () => {
    const { codec } = columnOf('text');
    expect(codec.lock?.('x'.repeat(50_000))).not.toBeNull();
    expect(codec.lock?.('x'.repeat(49_999))).toBeNull();
  });

  test('made of several values is locked whenever its cell is cut', () => {
    const { codec } = columnOf('text', true);
    const value = ['"'.repeat(24_000), 'y'.repeat(5000)];
    expect(String(codec.toCell(value, context))).toMatch(/\(cut:/);
    expect(codec.lock?.(value)).not.toBeNull();
  });
});

describe('dates over the wire', () => {
  const { fromWire, toWire } = columnOf('date').codec;
  test.each([
    ['2026-07-01T07:00:00.000Z', '2026-07-01'],
    ['2026-01-01T08:00:00.000Z', '2026-01-01'],
    ['2026-01-01T00:00:00.000-08:00', '2026-01-01'],
    ['2026-07-01T00:00:00.000-07:00', '2026-07-01'],
    ['2026-07-01T12:00:00Z', '2026-07-01'],
    ['2026-07-01', '2026-07-01'],
    ['not a date', null],
    [5, null],
  ])('%s is %s', (raw, day) => {
    expect(fromWire(raw)).toBe(day);
  });

  test('a day is sent as noon UTC, which is that day in Pacific time', () => {
    expect(toWire('2026-07-01')).toBe('2026-07-01T12:00:00Z');
  });
});

describe('a place over the wire', () => {
  const { fromWire, toWire } = columnOf('location').codec;
  test('is sent without its continent, which can’t be written', () => {
    expect(toWire(place({ city: 'Paris', continent: 'Europe' }))).toEqual({
      street_address: null,
      city: 'Paris',
      state: null,
      country: null,
    });
  });

  test('counts its continent only where nothing else is known', () => {
    expect(fromWire({ city: 'Paris', continent: 'Europe' })).toEqual(place({ city: 'Paris' }));
    expect(fromWire({ city: ' ', continent: 'Europe' })).toEqual(place({ continent: 'Europe' }));
    expect(fromWire({ city: null })).toBeNull();
  });

  // A place of a continent alone reads back, as it must; an edit to another continent would send a place without any part.
  test('is never sent without any part', () => {
    const { codec } = columnOf('location');
    const read = codec.fromCell('continent=Asia', context);
    expect(read.ok && codec.unsendable?.(read.value)).toMatch(/a continent alone can’t be sent/);
    const city = codec.fromCell('city=Oslo', context);
    expect(city.ok && codec.unsendable?.(city.value)).toBeNull();
  });
});

describe('a value of an unknown type', () => {
  const { codec } = columnOf('unknown');
  test('is shown as it came', () => {
    expect(codec.toCell(codec.fromWire('as text'), context)).toBe('as text');
    expect(codec.toCell(codec.fromWire({ a: [1] }), context)).toBe('{"a":[1]}');
  });
});

describe('names in an edited cell', () => {
  test('are all of its items', () => {
    expect(columnOf('person', true).codec.references?.labels('Bo Berg; "Semi; Colon"')).toEqual([
      'Bo Berg',
      'Semi; Colon',
    ]);
  });
  test('are the whole text where one is held', () => {
    expect(columnOf('person').codec.references?.labels('Bo; Berg')).toEqual(['Bo; Berg']);
  });
  test('are none in an empty cell, a formula, or a cell whose quotes do not match', () => {
    const { references } = columnOf('person', true).codec;
    for (const cell of [null, { formula: '=A1', shows: 'x' }, 'a; "b']) expect(references?.labels(cell)).toEqual([]);
  });
});

describe('cells', () => {
  test.each([
    [5, 5, true],
    [5, '5', false],
    [null, '', false],
    [dayCell('2026-03-31'), dayCell('2026-03-31'), true],
    [dayCell('2026-03-31'), '2026-03-31', false],
    [dayCell('2026-03-31'), { day: '2026-03-31', time: '09:30:00' }, false],
    [{ formula: '=A1', shows: 1 }, { formula: '=A1', shows: 2 }, true],
    [{ formula: '=A1', shows: 1 }, { formula: '=A2', shows: 1 }, false],
    [{ formula: '=A1', shows: 1 }, 1, false],
  ] as const)('%j and %j: same is %s', (a, b, same) => {
    expect(sameCell(a, b)).toBe(same);
    expect(sameCell(b, a)).toBe(same);
  });

  test.each([
    [null, ''],
    [true, 'TRUE'],
    [1.5, '1.5'],
    [dayCell('2026-03-31'), '2026-03-31'],
    [{ formula: '=A1', shows: 1 }, '=A1'],
  ] as const)('%j in words is %j', (cell, text) => {
    expect(cellText(cell)).toBe(text);
  });

  test('long words are cut to the limit', () => {
    expect(cellText('x'.repeat(500), 80)).toHaveLength(80);
  });
});
