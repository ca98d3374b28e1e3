import type { Cell } from '../../src/sync/cells/cell';
import type { Value } from '../../src/sync/cells/value';
import type { Column, SyncRecord } from '../../src/sync/datasets/dataset';
import {
  editedRows,
  indexTable,
  type PlanInput,
  planRow,
  type RowPlan,
  refuseDisagreeing,
} from '../../src/sync/merge/plan';
import type { TableSnapshot } from '../../src/sync/ports';
import { STATUS_COLUMN } from '../../src/sync/row-id';
import type { BaselineCell, BaselineRow } from '../../src/sync/state/baseline';
import { columnOf, directoryOf } from './columns';
import { contextWith } from './fakes';

const context = contextWith(directoryOf({ id: 1, name: 'Ann Lee', keys: [] }));
const NAME = columnOf('text', false, { key: 'name', header: 'Name' });
const STAGE = columnOf('text', false, { key: 'stage', header: 'Stage' });
const SHARED = columnOf('text', false, { key: 'shared', header: 'Shared', isShared: true });
const OWNER = columnOf('person', false, { key: 'owner', header: 'Owner' });

const table = (ids: readonly Cell[], columns: Readonly<Record<string, readonly Cell[]>> = {}): TableSnapshot => ({
  title: 'Deals',
  ids,
  columns: new Map(Object.entries(columns)),
  firstRowNumber: 2,
});

const record = (key: string, values: Readonly<Record<string, Value>>, entity = `8:${key}`): SyncRecord => ({
  key,
  entity,
  title: key,
  values: new Map(Object.entries(values)),
  stored: new Map(),
});

const base = (
  key: string,
  cells: Readonly<Record<string, Value | BaselineCell>>,
  entity = `8:${key}`,
): BaselineRow => ({
  key,
  entity,
  cells: new Map(
    Object.entries(cells).map(([column, cell]) => [
      column,
      typeof cell === 'object' && cell !== null && 'value' in cell ? (cell as BaselineCell) : { value: cell as Value },
    ]),
  ),
});

const input = (snapshot: TableSnapshot, rows: readonly BaselineRow[], columns: readonly Column[]): PlanInput => ({
  columns,
  table: indexTable(snapshot),
  baseline: { get: (key) => rows.find((row) => row.key === key) },
  context,
});

const states = (plan: RowPlan) => Object.fromEntries([...plan.cells].map(([column, { state }]) => [column, state]));

describe('the index of a table', () => {
  test('finds rows by id, whether number or text', () => {
    expect([...indexTable(table([7, '8', ' 9 ', 2_147_483_650])).positions]).toEqual([
      ['7', 0],
      ['8', 1],
      ['9', 2],
      ['2147483650', 3],
    ]);
  });

  test('takes no id from a formula, a fraction or TRUE', () => {
    const index = indexTable(table([{ formula: '=A1', shows: 7 }, 1.5, true, ''], { name: ['a', 'b', 'c', 'd'] }));
    expect(index.positions.size).toBe(0);
    expect(index.unnamed).toEqual([0, 1, 2, 3]);
  });

  test('holds a doubled id apart, with every row that has it', () => {
    const index = indexTable(table([7, 8, 7, 9, '7']));
    expect([...index.positions.keys()]).toEqual(['8', '9']);
    expect([...index.doubled]).toEqual([['7', [0, 2, 4]]]);
  });

  test('tells typed rows from empty ones', () => {
    const index = indexTable(
      table([null, 7, null, null], { name: ['typed', 'a', null, 'typed'], stage: [null, null, null, null] }),
    );
    expect(index.unnamed).toEqual([0, 3]);
  });

  test('of an empty table is empty', () => {
    const { positions, doubled, unnamed } = indexTable(table([]));
    expect([positions.size, doubled.size, unnamed.length]).toEqual([0, 0, 0]);
  });
});

describe('the plan of a row', () => {
  test('has only the cells where something is to be done', () => {
    const plan = planRow(
      input(table([7], { name: ['a'], stage: ['mine'] }), [base('7', { name: 'a', stage: 'old' })], [NAME, STAGE]),
      record('7', { name: 'a', stage: 'old' }),
      0,
    );
    expect(states(plan)).toEqual({ stage: 'pending' });
  });

  test('reads its own position', () => {
    const plan = planRow(
      input(table([7, 8], { name: ['a', 'b'] }), [base('8', { name: 'b' })], [NAME]),
      record('8', { name: 'b' }),
      1,
    );
    expect(states(plan)).toEqual({});
  });

  test('of a column that is not in the sheet is nothing', () => {
    const plan = planRow(
      input(table([7], { name: ['a'] }), [base('7', { name: 'a' })], [NAME, STAGE]),
      record('7', { name: 'a', stage: 'x' }),
      0,
    );
    expect(states(plan)).toEqual({});
  });

  test('takes a column that the record does not cover for unchanged', () => {
    const plan = planRow(input(table([7], { name: ['a'] }), [base('7', { name: 'a' })], [NAME]), record('7', {}), 0);
    expect(states(plan)).toEqual({});
  });

  test('takes an edit of a column that the record does not cover for pending', () => {
    const plan = planRow(input(table([7], { name: ['b'] }), [base('7', { name: 'a' })], [NAME]), record('7', {}), 0);
    expect(states(plan)).toEqual({ name: 'pending' });
  });

  test('fills a column that came later than the row', () => {
    const plan = planRow(
      input(table([7], { name: ['a'], stage: [null] }), [base('7', { name: 'a' })], [NAME, STAGE]),
      record('7', { name: 'a', stage: 'x' }),
      0,
    );
    expect(states(plan)).toEqual({ stage: 'theirs' });
  });

  test('without a baseline takes nothing for granted', () => {
    const plan = planRow(
      input(table([7], { name: ['a'], stage: ['typed'] }), [], [NAME, STAGE]),
      record('7', { name: 'a', stage: 'x' }),
      0,
    );
    expect(states(plan)).toEqual({ name: 'agreed', stage: 'conflict' });
  });
});

describe('edited rows', () => {
  test('are found without Affinity, with the names to look up', () => {
    const found = editedRows(
      input(
        table([7, 8, 9], { name: ['a', 'b', 'changed'], owner: ['Ann Lee', 'Zed', null] }),
        [
          base('7', { name: 'a', owner: { value: 1, text: 'Ann Lee' } }),
          base('8', { name: 'b' }),
          base('9', { name: 'c' }),
        ],
        [NAME, OWNER],
      ),
    );
    expect(found.map(({ row, cells }) => [row.key, cells])).toEqual([
      ['8', [{ column: 'owner', labels: ['Zed'], isComputed: false }]],
      ['9', [{ column: 'name', labels: [], isComputed: false }]],
    ]);
  });

  test('are not those with a doubled id, without an id, or without a baseline', () => {
    const found = editedRows(
      input(table([7, 7, null, 9], { name: ['x', 'y', 'z', 'w'] }), [base('7', { name: 'a' })], [NAME]),
    );
    expect(found).toEqual([]);
  });

  test('are not told by the status column', () => {
    const found = editedRows(
      input(table([7], { name: ['a'], [STATUS_COLUMN]: ['typed over'] }), [base('7', { name: 'a' })], [NAME]),
    );
    expect(found).toEqual([]);
  });
});

describe('edits of a value that rows share', () => {
  /** Rows of entity 1 and one of entity 2, each with what stands in the shared column. */
  const plans = (...shown: readonly Cell[]): readonly RowPlan[] => {
    const keys = shown.map((_, index) => String(index + 1));
    const entity = (key: string) => (key === '4' ? '1:2' : '1:1');
    const given = input(
      table(keys, { shared: shown, stage: shown }),
      keys.map((key) => base(key, { shared: 'old', stage: 'old' }, entity(key))),
      [SHARED, STAGE],
    );
    const rows = keys.map((key, position) =>
      planRow(given, record(key, { shared: 'old', stage: 'old' }, entity(key)), position),
    );
    return refuseDisagreeing(rows, [SHARED, STAGE]);
  };

  test('that agree are sent', () => {
    expect(plans('new', 'new', 'old').map(states)).toEqual([
      { shared: 'pending', stage: 'pending' },
      { shared: 'pending', stage: 'pending' },
      {},
    ]);
  });

  test('that disagree are refused on each of their rows', () => {
    const rows = plans('new', 'other', 'old');
    expect(rows.map(states)).toEqual([
      { shared: 'refused', stage: 'pending' },
      { shared: 'refused', stage: 'pending' },
      {},
    ]);
    expect(rows[0]?.cells.get('shared')).toMatchObject({
      problem: expect.stringMatching(/make them agree/),
      theirs: 'old',
    });
  });

  test('an emptied cell and an edit disagree', () => {
    expect(plans('new', null).map((plan) => plan.cells.get('shared')?.state)).toEqual(['refused', 'refused']);
  });

  test('of another entity are left alone', () => {
    expect(plans('new', 'other', 'old', 'mine').map((plan) => plan.cells.get('shared')?.state)).toEqual([
      'refused',
      'refused',
      undefined,
      'pending',
    ]);
  });

  test('three of which two agree are refused all the same', () => {
    expect(plans('new', 'new', 'other').map((plan) => plan.cells.get('shared')?.state)).toEqual([
      'refused',
      'refused',
      'refused',
    ]);
  });
});
