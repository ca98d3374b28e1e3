/** Every state of one cell, and how edits of both sides meet. */
import { type Cell, dayCell, type PlainCell } from '../../src/sync/cells/cell';
import type { CellContext } from '../../src/sync/cells/codec';
import type { Value } from '../../src/sync/cells/value';
import type { Column } from '../../src/sync/datasets/dataset';
import { isUnedited, mergeCell, openLabels } from '../../src/sync/merge/merge-cell';
import type { BaselineCell } from '../../src/sync/state/baseline';
import { columnOf, directoryOf } from './columns';
import { contextWith } from './fakes';

const context = contextWith(
  directoryOf({ id: 1, name: 'Ann Lee', keys: ['ann@a.com'] }, { id: 2, name: 'Bo Berg', keys: [] }),
);
/** Since the last run somebody else of the same name came along. */
const crowded = contextWith(
  directoryOf(
    { id: 1, name: 'Ann Lee', keys: ['ann@a.com'] },
    { id: 2, name: 'Bo Berg', keys: [] },
    { id: 3, name: 'Ann Lee', keys: ['ann@c.com'] },
  ),
);

const text = columnOf('text');
const texts = columnOf('text', true);
const number = columnOf('number');
const date = columnOf('date');
const person = columnOf('person');
const persons = columnOf('person', true);
const ranked = columnOf('rankedDropdown');
const unknown = columnOf('unknown');
const locked = columnOf('text', false, { locked: 'Affinity fills this column itself.' });

const none = undefined;
const of = (value: Value, written?: string): BaselineCell =>
  written === undefined ? { value } : { value, text: written };

const computed = (shows: PlainCell): Cell => ({ formula: '=X1', shows });

type Case = readonly [
  name: string,
  column: Column,
  base: BaselineCell | undefined,
  sheet: Cell,
  theirs: Value,
  plan: object,
  context?: CellContext,
];

const nobody: readonly Case[] = [
  ['nobody changed anything', text, of('a'), 'a', 'a', { state: 'same' }],
  ['empty on all sides', text, of(null), null, null, { state: 'same' }],
  ['empty without a baseline', text, none, null, null, { state: 'same' }],
  ['the same number', number, of(1.5), 1.5, 1.5, { state: 'same' }],
  ['the same day', date, of('2026-03-31'), dayCell('2026-03-31'), '2026-03-31', { state: 'same' }],
  ['a number retyped as text', number, of(1.5), ' 1.50 ', 1.5, { state: 'same' }],
  [
    'a day that now shows a time',
    date,
    of('2026-03-31'),
    { day: '2026-03-31', time: '09:30:00' },
    '2026-03-31',
    { state: 'same' },
  ],
  ['several in another order', texts, of(['a', 'b']), 'b; a', ['b', 'a'], { state: 'same' }],
  ['several, reordered in the sheet only', texts, of(['a', 'b']), 'b;a', ['a', 'b'], { state: 'same' }],
  ['several, reordered in Affinity only', texts, of(['a', 'b']), 'a; b', ['b', 'a'], { state: 'same' }],
  ['the same person', person, of(1, 'Ann Lee'), 'Ann Lee', 1, { state: 'same' }],
  ['the same person in other words', person, of(1, 'Ann Lee'), 'ann@a.com', 1, { state: 'same' }],
  [
    'a person who had another name when it was written',
    person,
    of(1, 'Ann Smith'),
    'Ann Smith',
    1,
    { state: 'theirs', next: 'Ann Lee', theirs: 1, isNews: false },
  ],
  [
    'a name that became ambiguous',
    person,
    of(1, 'Ann Lee'),
    'Ann Lee',
    1,
    { state: 'theirs', next: 'Ann Lee <ann@a.com>', theirs: 1, isNews: false },
    crowded,
  ],
  ['an unknown value', unknown, of({ unknown: '1' }), '1', { unknown: '1' }, { state: 'same' }],
  ['a locked cell', locked, of('a'), 'a', 'a', { state: 'same' }],
];

const theirs: readonly Case[] = [
  ['a new value', text, of('a'), 'a', 'b', { state: 'theirs', next: 'b', theirs: 'b', isNews: true }],
  ['a value for an empty cell', text, of(null), null, 'b', { state: 'theirs', next: 'b', theirs: 'b', isNews: true }],
  [
    'a value for an empty cell without a baseline',
    text,
    none,
    null,
    'b',
    { state: 'theirs', next: 'b', theirs: 'b', isNews: true },
  ],
  ['no value any more', text, of('a'), 'a', null, { state: 'theirs', next: null, theirs: null, isNews: true }],
  [
    'one more of several',
    texts,
    of(['a']),
    'a',
    ['a', 'b'],
    { state: 'theirs', next: 'a; b', theirs: ['a', 'b'], isNews: true },
  ],
  [
    'another day',
    date,
    of('2026-03-31'),
    dayCell('2026-03-31'),
    '2026-04-01',
    { state: 'theirs', next: dayCell('2026-04-01'), theirs: '2026-04-01', isNews: true },
  ],
  [
    'another person',
    person,
    of(1, 'Ann Lee'),
    'Ann Lee',
    2,
    { state: 'theirs', next: 'Bo Berg', theirs: 2, isNews: true },
  ],
  [
    'another value of a locked cell',
    locked,
    of('a'),
    'a',
    'b',
    { state: 'theirs', next: 'b', theirs: 'b', isNews: true },
  ],
  [
    'no person any more',
    person,
    of(1, 'Ann Lee'),
    'Ann Lee',
    null,
    { state: 'theirs', next: null, theirs: null, isNews: true },
  ],
];

const mine: readonly Case[] = [
  ['an edit', text, of('a'), 'b', 'a', { state: 'pending', mine: 'b', theirs: 'a' }],
  ['a value typed into an empty cell', text, of(null), 'b', null, { state: 'pending', mine: 'b', theirs: null }],
  ['an emptied cell', text, of('a'), null, 'a', { state: 'cleared', mine: null, theirs: 'a' }],
  [
    'a cell of blanks is emptied, where blanks are no value',
    number,
    of(5),
    '  ',
    5,
    { state: 'cleared', mine: null, theirs: 5 },
  ],
  [
    'a cell of blanks is an edit, where blanks are text',
    text,
    of('a'),
    '  ',
    'a',
    { state: 'pending', mine: '  ', theirs: 'a' },
  ],
  ['an edit of case only', text, of('a'), 'A', 'a', { state: 'pending', mine: 'A', theirs: 'a' }],
  [
    'an emptied cell of several',
    texts,
    of(['a', 'b']),
    null,
    ['b', 'a'],
    { state: 'cleared', mine: null, theirs: ['b', 'a'] },
  ],
  [
    'one less of several',
    texts,
    of(['a', 'b']),
    'a',
    ['a', 'b'],
    { state: 'pending', mine: ['a'], theirs: ['a', 'b'] },
  ],
  ['a ranked option', ranked, of(11, 'New'), 'Won #12', 11, { state: 'pending', mine: 12, theirs: 11 }],
  [
    'a person added beside one whose name became ambiguous',
    persons,
    of([1], 'Ann Lee'),
    'Ann Lee; Bo Berg',
    [1],
    { state: 'pending', mine: [1, 2], theirs: [1] },
    crowded,
  ],
  [
    'a person replaced by a namesake in full words',
    person,
    of(1, 'Ann Lee'),
    'Ann Lee <ann@c.com>',
    1,
    { state: 'pending', mine: 3, theirs: 1 },
    crowded,
  ],
];

const both: readonly Case[] = [
  ['the same edit', text, of('a'), 'b', 'b', { state: 'agreed', next: 'b', theirs: 'b' }],
  ['the same edit in other words', number, of(1), '2.0', 2, { state: 'agreed', next: 2, theirs: 2 }],
  [
    'the same set in another order',
    texts,
    of(['a']),
    'b; a',
    ['a', 'b'],
    { state: 'agreed', next: 'a; b', theirs: ['a', 'b'] },
  ],
  ['both emptied', text, of('a'), null, null, { state: 'agreed', next: null, theirs: null }],
  ['a row without a baseline that says the same', text, none, 'a', 'a', { state: 'agreed', next: 'a', theirs: 'a' }],
  [
    'a locked cell typed as Affinity has it now',
    locked,
    of('a'),
    'b',
    'b',
    { state: 'agreed', next: 'b', theirs: 'b' },
  ],
  ['different edits', text, of('a'), 'b', 'c', { state: 'conflict', base: 'a', mine: 'b', theirs: 'c' }],
  [
    'an edit where Affinity has nothing any more',
    text,
    of('a'),
    'b',
    null,
    { state: 'conflict', base: 'a', mine: 'b', theirs: null },
  ],
  [
    'an emptied cell where Affinity has something new',
    text,
    of('a'),
    null,
    'c',
    { state: 'conflict', base: 'a', mine: null, theirs: 'c' },
  ],
  [
    'different values without a baseline',
    text,
    none,
    'b',
    'c',
    { state: 'conflict', base: undefined, mine: 'b', theirs: 'c' },
  ],
  [
    'a typed value without a baseline where Affinity has none',
    text,
    none,
    'b',
    null,
    { state: 'conflict', base: undefined, mine: 'b', theirs: null },
  ],
];

const sets: readonly Case[] = [
  [
    'each side added one: both are sent',
    texts,
    of(['a', 'b']),
    'c; b; a',
    ['b', 'd', 'a'],
    { state: 'pending', mine: ['b', 'd', 'a', 'c'], theirs: ['b', 'd', 'a'], own: ['c', 'b', 'a'] },
  ],
  [
    'each side removed one: neither comes back',
    texts,
    of(['a', 'b', 'c']),
    'b; c',
    ['a', 'c'],
    { state: 'pending', mine: ['c'], theirs: ['a', 'c'], own: ['b', 'c'] },
  ],
  [
    'one added here, one removed there',
    texts,
    of(['a', 'b']),
    'a; b; c',
    ['b'],
    { state: 'pending', mine: ['b', 'c'], theirs: ['b'], own: ['a', 'b', 'c'] },
  ],
  [
    'the first values of a cell, on both sides',
    texts,
    of(null),
    'c; c',
    ['d'],
    { state: 'pending', mine: ['d', 'c'], theirs: ['d'], own: ['c'] },
  ],
  [
    'Affinity has what was added here, and more: the cell takes it',
    texts,
    of(['a']),
    'b; a',
    ['a', 'b', 'c'],
    { state: 'agreed', next: 'a; b; c', theirs: ['a', 'b', 'c'], own: ['b', 'a'] },
  ],
  [
    'persons',
    persons,
    of([1], 'Ann Lee'),
    'Bo Berg; Ann Lee',
    [1, 3],
    { state: 'pending', mine: [1, 3, 2], theirs: [1, 3], own: [2, 1] },
  ],
  [
    'emptied here, one added there: clearing is an intent, and meets an addition as a conflict',
    texts,
    of(['a']),
    null,
    ['a', 'b'],
    { state: 'conflict', base: ['a'], mine: null, theirs: ['a', 'b'] },
  ],
  [
    'one added here, emptied there',
    texts,
    of(['a']),
    'a; b',
    null,
    { state: 'conflict', base: ['a'], mine: ['a', 'b'], theirs: null },
  ],
  [
    'removals that leave nothing together: nobody emptied it',
    texts,
    of(['a', 'b']),
    'a',
    ['b'],
    { state: 'conflict', base: ['a', 'b'], mine: ['a'], theirs: ['b'] },
  ],
  [
    'sets without a baseline',
    texts,
    none,
    'a',
    ['b'],
    { state: 'conflict', base: undefined, mine: ['a'], theirs: ['b'] },
  ],
  [
    'a formula is not put together with anything',
    texts,
    of(['a']),
    computed('a; b'),
    ['a', 'c'],
    { state: 'conflict', base: ['a'], mine: ['a', 'b'], theirs: ['a', 'c'] },
  ],
];

const formulas: readonly Case[] = [
  ['what both sides agreed on', number, of(1), computed(1), 1, { state: 'same' }],
  ['a person in other words', person, of(1, 'Ann Lee'), computed('ann@a.com'), 1, { state: 'same' }],
  ['something new', number, of(1), computed(2), 1, { state: 'formula', mine: 2, theirs: 1 }],
  ['a value for an empty cell', number, of(null), computed(2), null, { state: 'formula', mine: 2, theirs: null }],
  ['a person', person, of(2, 'Bo Berg'), computed('Ann Lee'), 2, { state: 'formula', mine: 1, theirs: 2 }],
  [
    'a day',
    date,
    of('2026-03-31'),
    computed(dayCell('2026-04-01')),
    '2026-03-31',
    { state: 'formula', mine: '2026-04-01', theirs: '2026-03-31' },
  ],
  ['what Affinity has by now', number, of(1), computed(2), 2, { state: 'agreed', next: 2, theirs: 2 }],
  [
    'what was agreed on, while Affinity changed: no refresh writes over a formula',
    number,
    of(1),
    computed(1),
    2,
    { state: 'conflict', base: 1, mine: 1, theirs: 2 },
  ],
  [
    'something else than Affinity has by now',
    number,
    of(1),
    computed(2),
    3,
    { state: 'conflict', base: 1, mine: 2, theirs: 3 },
  ],
];

const refused: readonly Case[] = [
  [
    'what can’t be read',
    number,
    of(1),
    'many',
    1,
    { state: 'refused', problem: expect.stringMatching(/not a number/), theirs: 1 },
  ],
  [
    'what can’t be read, though Affinity changed',
    number,
    of(1),
    'many',
    2,
    { state: 'refused', problem: expect.stringMatching(/not a number/), theirs: 2 },
  ],
  [
    'a formula without a result',
    number,
    of(1),
    computed('#DIV/0!'),
    1,
    { state: 'refused', problem: expect.stringMatching(/shows #DIV\/0!\./), theirs: 1 },
  ],
  [
    'a formula that refers to itself',
    text,
    of('#REF!'),
    computed('#REF!'),
    '#REF!',
    { state: 'refused', problem: expect.stringMatching(/refers to itself/), theirs: '#REF!' },
  ],
  [
    'a formula that shows nothing',
    text,
    of('a'),
    computed(null),
    'a',
    { state: 'refused', problem: expect.stringMatching(/clears no value/), theirs: 'a' },
  ],
  [
    'a formula whose result can’t be read',
    number,
    of(1),
    computed('many'),
    1,
    { state: 'refused', problem: expect.stringMatching(/not a number/), theirs: 1 },
  ],
  [
    'a formula in a locked cell',
    locked,
    of('a'),
    computed('b'),
    'a',
    { state: 'refused', problem: 'Affinity fills this column itself.', theirs: 'a' },
  ],
  [
    'an edit of a locked cell',
    locked,
    of('a'),
    'b',
    'a',
    { state: 'refused', problem: 'Affinity fills this column itself.', theirs: 'a' },
  ],
  [
    'an emptied locked cell',
    locked,
    of('a'),
    null,
    'a',
    { state: 'refused', problem: 'Affinity fills this column itself.', theirs: 'a' },
  ],
  [
    'an edit of a locked cell that changed in Affinity',
    locked,
    of('a'),
    'b',
    'c',
    { state: 'refused', problem: 'Affinity fills this column itself.', theirs: 'c' },
  ],
  [
    'an edit of a value of an unknown type',
    unknown,
    of({ unknown: '1' }),
    '2',
    { unknown: '1' },
    { state: 'refused', problem: expect.stringMatching(/shown only/), theirs: { unknown: '1' } },
  ],
  [
    'an edit of a text that was shown cut',
    text,
    of('x'.repeat(60_000)),
    'y',
    'x'.repeat(60_000),
    { state: 'refused', problem: expect.stringMatching(/the value is longer than a cell/), theirs: 'x'.repeat(60_000) },
  ],
  [
    'a namesake added by the name that several bear',
    persons,
    of([2], 'Bo Berg'),
    'Bo Berg; Ann Lee',
    [2],
    { state: 'refused', problem: expect.stringMatching(/more than one person/), theirs: [2] },
    crowded,
  ],
];

describe.each([
  ['nobody edited', nobody],
  ['Affinity has', theirs],
  ['the sheet has', mine],
  ['both have', both],
  ['of several values', sets],
  ['a formula computes', formulas],
  ['refused is', refused],
] as const)('%s', (_group, cases) => {
  test.each(cases.map((one: Case) => [one[0], one] as const))('%s', (_name, one) => {
    const [, column, base, sheet, value, plan, surroundings = context] = one;
    expect(mergeCell({ column, base, sheet, theirs: value, context: surroundings })).toEqual(plan);
  });
});

test('whatever Affinity says, an edited cell is never overwritten', () => {
  const edited: readonly Case[] = [...mine, ...both, ...sets, ...formulas, ...refused].filter(
    ([, column]) => column !== unknown,
  );
  for (const [, column, base, sheet, , , surroundings = context] of edited) {
    for (const value of ['c', null, 'b', 5]) {
      expect(mergeCell({ column, base, sheet, theirs: value, context: surroundings }).state).not.toBe('theirs');
    }
  }
});

describe('whether a cell was edited', () => {
  test.each([
    ['a row without a baseline and an empty cell', text, none, null, true],
    ['a row without a baseline and something in the cell', text, none, 'a', false],
    ['the text as it was written', person, of(99, 'Somebody Gone'), 'Somebody Gone', true],
    ['other words for the same', person, of(1, 'Ann Lee'), '#1', true],
    ['a locked cell in other words', locked, of('a'), 'A', false],
    ['something that can’t be read', number, of(5), 'x', false],
  ] as const)('%s: unedited is %s', (_name, column, base, sheet, expected) => {
    expect(isUnedited({ column, base, sheet, context })).toBe(expected);
  });
});

describe('names to look up in an edited cell', () => {
  test('are those that its baseline does not explain', () => {
    expect(openLabels(persons, of([1], 'Ann Lee'), 'Ann Lee; Zed')).toEqual(['Zed']);
  });
  test('are all without a baseline', () => {
    expect(openLabels(persons, none, 'Ann Lee; Zed')).toEqual(['Ann Lee', 'Zed']);
  });
  test('are none in a column without names', () => {
    expect(openLabels(text, none, 'Ann Lee')).toEqual([]);
  });
});
