import type { Value } from '../../src/sync/cells/value';
import { STATE_CELL_CHARACTERS } from '../../src/sync/limits';
import { SheetError } from '../../src/sync/ports';
import { BASELINE_VERSION, type BaselineRow, openBaseline } from '../../src/sync/state/baseline';
import { fakeRows } from './fakes';

/** A state whose first row is the saved import, as in the file. */
const start = () => {
  const state = fakeRows();
  state.write(0, [['import', '1', '{}']]);
  state.writes.length = 0;
  return state;
};

const row = (key: string, value: Value = 'x', text?: string): BaselineRow => ({
  key,
  entity: `8:${key}`,
  cells: new Map([['field.1', text === undefined ? { value } : { value, text }]]),
});

const values: readonly (readonly [string, Value])[] = [
  ['text', 'Ünï "quoted" = + - @ \n\t 😀'],
  ['a long text', 'x'.repeat(3 * STATE_CELL_CHARACTERS)],
  ['a number', 0.1 + 0.2],
  ['a large id', 2 ** 53 - 1],
  ['a day', '2026-03-31'],
  ['a place', { street_address: null, city: 'Paris', state: null, country: 'France', continent: null }],
  ['a value of an unknown type', { unknown: '{"a":1}' }],
  ['several values', ['a', 'b', 2]],
];

test.each(values)('%s is read back as it was kept', (_name, value) => {
  const state = start();
  const baseline = openBaseline(state);
  baseline.set(row('1', value, 'as written'));
  baseline.save();
  expect(openBaseline(state).get('1')).toEqual(row('1', value, 'as written'));
});

test('a formula that is held is read back as such, with a value and without', () => {
  const state = start();
  const baseline = openBaseline(state);
  const kept: BaselineRow = {
    key: '1',
    entity: '8:1',
    cells: new Map([
      ['field.1', { value: 7, isHeld: true }],
      ['field.2', { value: null, isHeld: true }],
      ['field.3', { value: 7 }],
    ]),
  };
  baseline.set(kept);
  baseline.save();
  expect(openBaseline(state).get('1')).toEqual(kept);
});

test('format 1, which held nothing, is read', () => {
  const state = start();
  state.write(1, [['1', '1', '{"e":"8:1","v":{"field.1":5},"t":{"field.1":"five"}}']]);
  expect(openBaseline(state).get('1')).toEqual(row('1', 5, 'five'));
});

test('an empty cell is not stored and reads as absent', () => {
  const state = start();
  const baseline = openBaseline(state);
  baseline.set(row('1', null));
  baseline.save();
  expect(openBaseline(state).get('1')?.cells.size).toBe(0);
});

test('an unknown key has no baseline', () => {
  expect(openBaseline(start()).get('1')).toBeUndefined();
});

test('nothing is written before it is saved', () => {
  const state = start();
  openBaseline(state).set(row('1'));
  expect(state.writes).toEqual([]);
});

test('the first row of the state is left to the saved import', () => {
  const state = start();
  const baseline = openBaseline(state);
  baseline.set(row('1'));
  baseline.save();
  expect(state.read()[0]?.[0]).toBe('import');
  expect(state.read()[1]?.[0]).toBe('1');
});

test('new rows of one save are one block', () => {
  const state = start();
  const baseline = openBaseline(state);
  for (let id = 0; id < 200; id += 1) baseline.set(row(String(id)));
  baseline.save();
  expect(state.writes).toEqual([{ start: 1, rows: 200 }]);
});

test('changed rows are written in as few blocks as they form, and only they', () => {
  const state = start();
  const first = openBaseline(state);
  for (let id = 0; id < 10; id += 1) first.set(row(String(id)));
  first.save();
  state.writes.length = 0;
  const again = openBaseline(state);
  for (const id of ['7', '2', '3']) again.set(row(id, 'changed'));
  again.save();
  expect(state.writes).toEqual([
    { start: 3, rows: 2 },
    { start: 8, rows: 1 },
  ]);
  expect(openBaseline(state).get('3')).toEqual(row('3', 'changed'));
  expect(openBaseline(state).get('4')).toEqual(row('4'));
});

/** A baseline of so many rows, and another reading of it in which every third one was changed and saved. */
const scattered = (rows: number, change = 'changed') => {
  const state = start();
  const first = openBaseline(state);
  for (let id = 0; id < rows; id += 1) first.set(row(String(id)));
  first.save();
  state.writes.length = 0;
  const changeAll = (value: string) => {
    const again = openBaseline(state);
    for (let id = 0; id < rows; id += 3) again.set(row(String(id), value));
    again.save();
    return again;
  };
  return { state, changeAll, baseline: changeAll(change) };
};

test('many changed rows that are scattered are one block below all others, and the last of each counts', () => {
  const { state, baseline } = scattered(300);
  expect(state.writes).toEqual([{ start: 301, rows: 100 }]);
  for (const found of [baseline, openBaseline(state)]) {
    expect(found.size).toBe(300);
    expect([...found.keys]).toHaveLength(300);
    expect(found.get('3')).toEqual(row('3', 'changed'));
    expect(found.get('4')).toEqual(row('4'));
  }
});

test('a row that stands in several places is forgotten in all of them', () => {
  const { state } = scattered(300);
  const again = openBaseline(state);
  again.forget('3');
  again.save();
  expect(openBaseline(state).get('3')).toBeUndefined();
  expect(openBaseline(state).size).toBe(299);
});

test('a row that was moved and is changed again, in the same run or later, says the latest', () => {
  const { state, baseline } = scattered(300);
  baseline.set(row('3', 'in the same run'));
  baseline.save();
  expect(openBaseline(state).get('3')).toEqual(row('3', 'in the same run'));
  const later = openBaseline(state);
  later.set(row('3', 'later'));
  later.save();
  expect(openBaseline(state).get('3')).toEqual(row('3', 'later'));
  expect(openBaseline(state).get('6')).toEqual(row('6', 'changed'));
});

test('rows that no longer count are cleared away before they are as many as half of the others', () => {
  const { state, changeAll } = scattered(3_000);
  let longest = 0;
  for (let turn = 0; turn < 12; turn += 1) {
    changeAll(`turn ${turn}`);
    const filled = state.read().filter(([key = '']) => key !== '').length - 1;
    longest = Math.max(longest, filled);
    const found = openBaseline(state);
    expect(found.size).toBe(3_000);
    expect([0, 1, 3, 2_999, 2_997].map((id) => found.get(String(id)))).toEqual([
      row('0', `turn ${turn}`),
      row('1'),
      row('3', `turn ${turn}`),
      row('2999'),
      row('2997', `turn ${turn}`),
    ]);
  }
  expect(longest).toBeGreaterThan(3_000);
  expect(longest).toBeLessThan(5_000);
});

test('after the clearing the same run goes on with true rows', () => {
  const { changeAll } = scattered(3_000);
  changeAll('second');
  const third = changeAll('third');
  expect(third.get('4')).toEqual(row('4'));
  third.set(row('4', 'at the end'));
  third.set(row('new', 'one more'));
  third.save();
  expect(third.get('4')).toEqual(row('4', 'at the end'));
  expect(third.get('new')).toEqual(row('new', 'one more'));
});

test('a second save without changes writes nothing', () => {
  const state = start();
  const baseline = openBaseline(state);
  baseline.set(row('1'));
  baseline.save();
  baseline.save();
  expect(state.writes).toHaveLength(1);
});

test('a forgotten row is gone, and its place is used again', () => {
  const state = start();
  const baseline = openBaseline(state);
  for (const id of ['1', '2', '3']) baseline.set(row(id));
  baseline.save();
  baseline.forget('2');
  baseline.save();
  const again = openBaseline(state);
  expect([...again.keys]).toEqual(['1', '3']);
  again.set(row('4'));
  again.save();
  expect(state.read().map(([key]) => key)).toEqual(['import', '1', '4', '3']);
});

test('forgetting what is not there is nothing', () => {
  const state = start();
  const baseline = openBaseline(state);
  baseline.forget('1');
  baseline.save();
  expect(state.writes).toEqual([]);
});

test('it knows its keys and their number', () => {
  const baseline = openBaseline(start());
  baseline.set(row('1'));
  baseline.set(row('1', 'again'));
  baseline.set(row('2'));
  expect([...baseline.keys]).toEqual(['1', '2']);
  expect(baseline.size).toBe(2);
});

const damaged: readonly (readonly [string, readonly string[]])[] = [
  ['of a newer version', ['1', String(BASELINE_VERSION + 1), '{"e":"","v":{},"t":{}}']],
  ['without a version', ['1']],
  ['that is no JSON', ['1', '1', '{"e":']],
  ['with a part missing', ['1', '1', '{"e":"8:1","v":{}}']],
  ['with a value that is none', ['1', '1', '{"e":"8:1","v":{"a":true},"t":{}}']],
  ['with an empty set', ['1', '1', '{"e":"8:1","v":{"a":[]},"t":{}}']],
  ['with a list for values', ['1', '1', '{"e":"8:1","v":[],"t":{}}']],
];

test.each(damaged)('a row %s is a fault of the state, not of the program', (_name, cells) => {
  const state = start();
  state.write(1, [cells]);
  expect(() => openBaseline(state).get('1')).toThrow(SheetError);
  expect(() => openBaseline(state).get('1')).toThrow(/^sheet\/state-unreadable/);
});

test('a damaged row does not keep the others from being read', () => {
  const state = start();
  const baseline = openBaseline(state);
  baseline.set(row('2'));
  baseline.save();
  state.write(2, [['1', '1', 'nonsense']]);
  expect(openBaseline(state).get('2')).toEqual(row('2'));
});
