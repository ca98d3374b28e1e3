import type { Cell } from '../../src/sync/cells/cell';
import type { Candidate, Evidence, NewRow } from '../../src/sync/datasets/dataset';
import { indexTable } from '../../src/sync/merge/plan';
import { planNewRows, typedRows } from '../../src/sync/merge/plan-new-rows';
import { STATUS_COLUMN } from '../../src/sync/row-id';
import { columnOf } from './columns';

const NAME = columnOf('text', false, { key: 'name', header: 'Name', namesNewRow: true });
const SITE = columnOf('text', false, { key: 'site', header: 'Website', namesNewRow: true });
const STAGE = columnOf('text', false, { key: 'stage', header: 'Stage' });
const COLUMNS = [NAME, SITE, STAGE];

const rowsOf = (ids: readonly Cell[], columns: Readonly<Record<string, readonly Cell[]>>) =>
  typedRows(
    indexTable({ title: 'Companies', ids, columns: new Map(Object.entries(columns)), firstRowNumber: 2 }),
    COLUMNS,
  );

describe('typed rows', () => {
  test('are those with content and an empty id cell', () => {
    const rows = rowsOf([7, null, null, null, true], {
      name: ['Known', 'Acme', null, null, 'Odd'],
      stage: ['New', null, null, 'Won', null],
      [STATUS_COLUMN]: [null, null, 'Not added.', null, null],
    });
    expect(rows.map(({ rowNumber, cells }) => [rowNumber, Object.fromEntries(cells)])).toEqual([
      [3, { name: 'Acme' }],
      [5, { stage: 'Won' }],
    ]);
  });

  test('keep their key where they are moved, and where other cells change', () => {
    const [before] = rowsOf([null], { name: ['Acme  Ltd'], site: ['acme.com'] });
    const [after] = rowsOf([8, null], {
      name: ['Known', ' acme ltd'],
      site: [null, 'ACME.com'],
      stage: [null, 'Won'],
    });
    expect(after?.key).toBe(before?.key);
  });

  test('differ in their key where what names them differs', () => {
    const rows = rowsOf([null, null, null], { name: ['Acme', 'Acme', 'acme.com'], site: ['acme.com', null, 'Acme'] });
    expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
  });

  test('are known by their place where nothing names them', () => {
    const rows = rowsOf([null, null], { stage: ['Won', 'Won'] });
    expect(rows.map(({ key }) => key)).toEqual(['new:@2', 'new:@3']);
  });
});

const row = (rowNumber: number): NewRow => ({ key: `new:${rowNumber}`, rowNumber, cells: new Map() });
const candidate = (label: string, ...keys: readonly string[]): Candidate => ({
  entity: `1:${label}`,
  label,
  says: `the organization ${label}, on 3 lists`,
  records: keys.map((key) => ({ key, entity: `1:${label}`, values: new Map() })),
});
const identity = (weak: string, strong: string | null = null) => ({
  says: `the organization ${weak}`,
  identity: { strong, weak },
});
const evidence = (
  rowNumber: number,
  creation: Evidence['creation'],
  ...candidates: readonly Candidate[]
): Evidence => ({
  row: row(rowNumber),
  candidates,
  creation,
});
/** A table in which the rows 71 and 72 stand. */
const rowNumberOf = (key: string): number | null => ({ '71': 5, '72': 6 })[key] ?? null;

const fates = (...found: readonly Evidence[]) =>
  planNewRows(found, rowNumberOf).map(({ fate, says }) => [fate.kind, says]);

test.each<[string, Evidence, string, string]>([
  ['nothing found', evidence(9, identity('Acme')), 'create', 'Will create the organization Acme.'],
  ['nothing found, and no name', evidence(9, { problem: 'Write a name.' }), 'refused', 'Write a name.'],
  [
    'one found',
    evidence(9, identity('Acme'), candidate('Acme')),
    'attach',
    'Will attach to the organization Acme, on 3 lists.',
  ],
  [
    'several found',
    evidence(9, identity('Acme'), candidate('Acme <a.com>'), candidate('Acme <b.com>')),
    'refused',
    'Affinity has 2 of this name: Acme <a.com>, Acme <b.com>. Write one of these as the name.',
  ],
  [
    'one found, with a row that the table lacks',
    evidence(9, identity('Acme'), candidate('Acme', '99')),
    'tie',
    'Is in Affinity already: this row will be tied to the organization Acme, on 3 lists.',
  ],
  [
    'one found, twice on the list, once in the table',
    evidence(9, identity('Acme'), candidate('Acme', '71', '99')),
    'tie',
    'Is in Affinity already: this row will be tied to the organization Acme, on 3 lists.',
  ],
  [
    'one found, with two rows that the table lacks',
    evidence(9, identity('Acme'), candidate('Acme', '98', '99')),
    'refused',
    'Affinity has 2 rows of Acme that are not in this table. Refresh first.',
  ],
  [
    'one found, in the table',
    evidence(9, identity('Acme'), candidate('Acme', '71')),
    'repeat',
    'Is in this table already, in row 5: Acme.',
  ],
])('%s', (_name, found, kind, says) => {
  expect(fates(found)).toEqual([[kind, says]]);
});

describe('rows that would become the same thing are refused together', () => {
  const both = (a: Evidence, b: Evidence) => fates(a, b).map(([kind]) => kind);

  test.each<[string, Evidence, Evidence, string]>([
    [
      'one candidate for both',
      evidence(8, identity('a'), candidate('Acme')),
      evidence(9, identity('b'), candidate('Acme')),
      'refused',
    ],
    ['one name to create', evidence(8, identity('acme')), evidence(9, identity('acme')), 'refused'],
    [
      'one name, one of them with a website',
      evidence(8, identity('acme', 'acme.com')),
      evidence(9, identity('acme')),
      'refused',
    ],
    [
      'one name, two websites',
      evidence(8, identity('acme', 'a.com')),
      evidence(9, identity('acme', 'b.com')),
      'create',
    ],
    [
      'two names, one website',
      evidence(8, identity('a', 'acme.com')),
      evidence(9, identity('b', 'acme.com')),
      'refused',
    ],
    ['two names', evidence(8, identity('a')), evidence(9, identity('b')), 'create'],
  ])('%s', (_name, a, b, kind) => {
    expect(both(a, b)).toEqual([kind, kind]);
  });

  test('and are named', () => {
    expect(fates(evidence(8, identity('a')), evidence(9, identity('a')))[0]?.[1]).toBe(
      'Rows 8 and 9 mean the same. Keep one of them.',
    );
  });
});
