/** Rows deleted in Affinity by an explicit command: what it takes along, what it leaves, and that it can be repeated. */
import { LIST_IDS } from '../../local/affinity';
import {
  previewRemovalOf,
  previewUndoOf,
  refreshImport,
  removeSelected,
  undoablePushes,
} from '../../src/sync/runs/desk';
import { Stage } from './stage';

const opened = (listId: number, entries = 30) => {
  const stage = new Stage({ entries });
  const { importId } = stage.import(listId);
  const { world } = stage.affinity;
  const isThere = (id: string): boolean => world.entries.has(Number(id));
  return {
    stage,
    importId,
    world,
    isThere,
    ids: stage.ids(),
    preview: (...keys: readonly string[]) => previewRemovalOf(stage.run(), importId, keys),
    remove: (...keys: readonly string[]) => removeSelected(stage.desk, stage.run(), importId, keys),
  };
};

test('the preview names the rows, says that opportunities go with them, and writes nothing', () => {
  const { stage, ids, preview, isThere } = opened(LIST_IDS.pipeline);
  const [first = '', second = ''] = ids;
  stage.type(first, 'Amount', 987_654);
  const before = JSON.stringify([...stage.workbook.stateRows]);

  expect(preview(first, second)).toMatchObject({
    title: 'Deal Pipeline',
    warning: expect.stringMatching(/the opportunity itself is deleted in Affinity/),
    isMany: false,
    rows: [
      { key: first, rowNumber: 2, rowTitle: String(stage.cell(first, 'Name')), unsent: 1 },
      { key: second, rowNumber: 3, unsent: 0 },
    ],
  });
  expect(isThere(first)).toBe(true);
  expect(JSON.stringify([...stage.workbook.stateRows])).toBe(before);
});

test('an organization stays in Affinity, its row of the list goes; the row in the sheet stays, marked', () => {
  const { stage, ids, preview, remove, isThere, world } = opened(LIST_IDS.companies);
  const [first = '', second = ''] = ids;
  const organizations = world.organizations.size;
  expect(preview(first).warning).toMatch(/Each organization itself stays in Affinity/);

  expect(remove(first)).toEqual({ removed: 1, failed: 0, messages: [] });

  expect([isThere(first), isThere(second)]).toEqual([false, true]);
  expect(world.organizations.size).toBe(organizations);
  expect(stage.cell(first, 'Sync status')).toMatch(/^Deleted in Affinity\./);
});

test('an opportunity goes with its row', () => {
  const { ids, remove, isThere, world } = opened(LIST_IDS.pipeline);
  const opportunities = world.opportunities.size;
  expect(remove(ids[0] ?? '')).toMatchObject({ removed: 1 });
  expect(isThere(ids[0] ?? '')).toBe(false);
  expect(world.opportunities.size).toBe(opportunities - 1);
});

test('what somebody else deleted meanwhile counts as deleted', () => {
  const { stage, ids, remove } = opened(LIST_IDS.pipeline);
  const [first = ''] = ids;
  stage.colleague().listEntries.remove({ path: { list_id: LIST_IDS.pipeline, list_entry_id: Number(first) } });
  expect(remove(first)).toMatchObject({ removed: 1, failed: 0 });
});

test('more than a fifth of a table, or more than 20 rows, is asked about by number', () => {
  const { ids, preview } = opened(LIST_IDS.pipeline, 30);
  expect(ids).toHaveLength(30);
  expect(preview(...ids.slice(0, 6)).isMany).toBe(false);
  expect(preview(...ids.slice(0, 7)).isMany).toBe(true);
  const many = opened(LIST_IDS.pipeline, 120);
  expect(many.preview(...many.ids.slice(0, 20)).isMany).toBe(false);
  expect(many.preview(...many.ids.slice(0, 21)).isMany).toBe(true);
});

test('ids that the table does not know are never sent', () => {
  const { remove, preview, world } = opened(LIST_IDS.pipeline);
  const elsewhere = [...world.entriesOf(LIST_IDS.companies)][0]?.id ?? 0;
  expect(preview(String(elsewhere), 'nonsense').rows).toEqual([]);
  expect(remove(String(elsewhere), 'nonsense')).toMatchObject({ removed: 0, failed: 2 });
  expect(world.entries.has(elsewhere)).toBe(true);
});

test('a removal whose answer was lost is found out by the next refresh', () => {
  const { stage, importId, ids, remove } = opened(LIST_IDS.pipeline);
  const [first = ''] = ids;
  for (let nth = 1; nth <= 5; nth += 1)
    stage.affinity.faults.add({ kind: 'reply-lost', method: 'DELETE', nth, times: 1 });
  const result = remove(first);
  stage.affinity.faults.clear();
  // The call may be repeated, and then finds nothing: either way the row is known to be gone after the next run.
  expect(result.removed + result.failed).toBe(1);
  refreshImport(stage.desk, stage.run(), importId);
  expect(stage.cell(first, 'Sync status')).toMatch(/^(Deleted in Affinity|No longer on this list)/);
});

test('a removal is no push: an undo offers nothing of it', () => {
  const { stage, importId, ids, remove } = opened(LIST_IDS.pipeline);
  remove(ids[0] ?? '');
  expect(undoablePushes(stage.desk, stage.run(), importId)).toEqual([]);
  expect(previewUndoOf(stage.run(), importId, 'run-1')).toEqual([]);
});

describe('what the key’s user may not delete stays, and its row says why', () => {
  const COLLEAGUE = 'northlight-colleague-key';

  test.each([
    ['notes', 'northlight-admin-key', /creator of a note/],
    ['organizations', 'northlight-admin-key', /global organization/],
    ['webhooks', COLLEAGUE, /creator or an admin/],
  ] as const)('%s', (dataset, key, why) => {
    const stage = new Stage({ entries: 12 });
    stage.client().webhooks.create({ body: { webhook_url: 'https://ours.example/hook' } });
    const { importId } = stage.importDataset(dataset, { title: 'All', scope: {} });
    const { world } = stage.affinity;
    const me = world.userByKey(key)?.id;
    const mayNot = stage.ids().find((id) => {
      if (dataset === 'notes') return world.notes.get(Number(id))?.creator_id !== me;
      if (dataset === 'webhooks') return world.webhooks.get(Number(id))?.created_by !== me;
      return world.organizations.get(Number(id))?.global === true;
    });
    expect(removeSelected(stage.desk, stage.run(key), importId, [mayNot ?? ''])).toMatchObject({
      removed: 0,
      failed: 1,
    });
    expect(stage.cell(mayNot ?? '', 'Sync status')).toMatch(/^Not deleted\. /);
    expect(stage.cell(mayNot ?? '', 'Sync status')).toMatch(why);
    expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({ kind: 'done', rowsGone: 0 });
  });
});
