/** Ids that were typed over, copied, or that belong elsewhere: named on the row, and nothing is sent from it. */
import { LIST_IDS } from '../../local/affinity';
import type { Cell } from '../../src/sync/cells/cell';
import { ID_COLUMN } from '../../src/sync/row-id';
import { previewPush, pushImport, refreshImport } from '../../src/sync/runs/desk';
import { Stage } from './stage';

const nothing = { sendClears: false, choices: new Map() };

const opened = () => {
  const stage = new Stage({ entries: 12 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const [row] = stage.tab.rows;
  if (row === undefined) throw new Error('no rows');
  const status = () => row.cells.get(stage.column('Sync status')) ?? null;
  const setId = (cell: Cell) => row.cells.set(ID_COLUMN, cell);
  const push = () => pushImport(stage.desk, stage.run(), importId, nothing);
  return { stage, importId, row, status, setId, push };
};

test.each<[string, Cell, RegExp]>([
  [
    'a text',
    'abc',
    /^The ID cell of this row holds “abc”, which is no ID of Affinity’s\. Undo that, or empty the cell/,
  ],
  ['TRUE', true, /holds “TRUE”/],
  ['a formula', { formula: '=A3', shows: 7 }, /holds “=A3”/],
  ['a part of a number', 1.5, /holds “1\.5”/],
  ['an id of nothing', 99, /^The ID of this row is not known on this list\./],
])('%s in the id cell is named on the row by a push, and the row is not taken for a new one', (_name, cell, says) => {
  const { stage, importId, row, status, setId, push } = opened();
  setId(cell);
  row.cells.set(stage.column('Amount'), 987_654);
  const entries = stage.affinity.world.entries.size;

  expect(previewPush(stage.run(), importId)).toMatchObject({ newRows: [], cells: [] });
  expect(push()).toMatchObject({
    rowsAdded: 0,
    rowsNotAdded: 0,
    cells: 0,
    messages: [expect.stringMatching(/^Row 2 is not sent\. /)],
  });

  expect(status()).toMatch(says);
  expect(stage.affinity.world.entries.size).toBe(entries);
  expect(row.cells.get(stage.column('Amount'))).toBe(987_654);
});

test('a refresh names it as well', () => {
  const { stage, importId, status, setId } = opened();
  setId('abc');
  refreshImport(stage.desk, stage.run(), importId);
  expect(status()).toMatch(/holds “abc”/);
});

test('an id of another import of the file is named by that import', () => {
  const { stage, importId, row, setId } = opened();
  const [first] = stage.workbook.tabs.values();
  stage.clock.sleep(1000);
  stage.import(LIST_IDS.companies);
  const other = stage.ids()[0] ?? '';
  setId(Number(other));
  expect(first?.rows[0]).toBe(row);
  pushImport(stage.desk, stage.run(), importId, nothing);
  expect(row.cells.get(first?.columns.find(({ header }) => header === 'Sync status')?.key ?? '')).toMatch(
    /^The ID of this row belongs to “Companies”, another import of this file\./,
  );
});

test('every row of a doubled id says so, and says nothing any more when the copy is gone', () => {
  const { stage, importId, row, status, push } = opened();
  const copy = { cells: new Map(row.cells), beside: '' };
  stage.tab.rows.push(copy);
  push();
  const said = /^Rows 2, 14 have the same Affinity row ID\. Delete the copies\.$/;
  expect(status()).toMatch(said);
  expect(copy.cells.get(stage.column('Sync status'))).toMatch(said);

  stage.tab.rows.pop();
  refreshImport(stage.desk, stage.run(), importId);
  expect(status()).toBeNull();
});
