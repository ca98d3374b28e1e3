/** Rows that are gone in Affinity are deleted from the sheet by choice only, with what stands beside them shown. */
import { LIST_IDS } from '../../local/affinity';
import { goneRowsOf, previewPush, refreshImport, tidyRowsOf } from '../../src/sync/runs/desk';
import { Stage } from './stage';

const opened = (entries = 12) => {
  const stage = new Stage({ entries });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const ids = stage.ids();
  const removeThere = (...keys: readonly (string | undefined)[]) => {
    for (const key of keys) {
      stage.colleague().listEntries.remove({ path: { list_id: LIST_IDS.pipeline, list_entry_id: Number(key) } });
    }
  };
  const gone = () => goneRowsOf(stage.run(), importId);
  const tidy = (rows: ReturnType<typeof gone>['rows']) => tidyRowsOf(stage.desk, stage.run(), importId, rows);
  return { stage, importId, ids, removeThere, gone, tidy };
};

test('nothing is gone: nothing is offered', () => {
  expect(opened().gone()).toEqual({ title: 'Deal Pipeline', rows: [], doubt: '' });
});

test('gone rows are listed with what stands beside them and what was never sent; a refresh only marks them', () => {
  const { stage, importId, ids, removeThere, gone } = opened();
  const [first = '', second = ''] = ids;
  stage.row(second).beside = 'met in Lisbon';
  stage.type(second, 'Amount', 987_654);
  removeThere(first, second);

  refreshImport(stage.desk, stage.run(), importId);

  expect(stage.ids()).toEqual(ids);
  expect(gone().rows).toEqual([
    { key: first, rowNumber: 2, rowTitle: String(stage.cell(first, 'Name')), beside: [], unsent: [] },
    {
      key: second,
      rowNumber: 3,
      rowTitle: String(stage.cell(second, 'Name')),
      beside: [{ header: 'Beside', text: 'met in Lisbon' }],
      unsent: [{ header: 'Amount', text: '987654' }],
    },
  ]);
});

test('only the chosen rows are deleted, and the next refresh knows nothing of them', () => {
  const { stage, importId, ids, removeThere, gone, tidy } = opened();
  removeThere(ids[0], ids[1]);
  expect(tidy(gone().rows.slice(0, 1))).toBe(1);
  expect(stage.ids()).toEqual(ids.slice(1));
  expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({ kind: 'done', rowsAdded: 0, rowsGone: 1 });
  expect(previewPush(stage.run(), importId)).toMatchObject({ cells: [], newRows: [] });
});

test('a row that changed since it was shown stays', () => {
  const { stage, ids, removeThere, gone, tidy } = opened();
  removeThere(ids[0], ids[1]);
  const { rows } = gone();
  stage.row(ids[0] ?? '').beside = 'wait';
  stage.type(ids[1] ?? '', 'Amount', 987_654);
  expect(tidy(rows)).toBe(0);
  expect(stage.ids()).toEqual(ids);
});

test('a row that Affinity has is never deleted, whoever asks for it', () => {
  const { stage, ids, tidy } = opened();
  expect(tidy([{ key: ids[0] ?? '', rowNumber: 2, rowTitle: '', beside: [], unsent: [] }])).toBe(0);
  expect(stage.ids()).toEqual(ids);
});

test('a change too large to be true is not believed', () => {
  const { stage, ids, removeThere, gone } = opened(60);
  removeThere(...ids.slice(0, 30));
  expect(gone()).toMatchObject({
    rows: [],
    doubt: expect.stringMatching(/^Affinity has 30 of the 60 rows known here\./),
  });
  expect(stage.ids()).toEqual(ids);
});
