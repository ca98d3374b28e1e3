/** Calls are the cost: their exact number for an import, a refresh, a push and a preview. */
import { LIST_IDS } from '../../local/affinity';
import { previewPush, pushImport, refreshImport } from '../../src/sync/runs/desk';
import { Stage } from './stage';

const nothing = { sendClears: false, choices: new Map() };

const ENTRIES = 1000;
/** Name and the first fifteen fields of the pipeline list. */
const fifteenFields = (stage: Stage): readonly string[] => {
  const { fields } = stage.client().lists.get({ path: { list_id: LIST_IDS.pipeline } });
  return ['entity.name', ...fields.slice(0, 15).map(({ id }) => `field.${id}`)];
};

test('an import of 1,000 entries and 15 fields makes one field value call an entity, plus pages, metadata and directory pages', () => {
  const stage = new Stage({ entries: ENTRIES });
  const columns = fifteenFields(stage);
  stage.affinity.counter.reset();

  const { result } = stage.import(LIST_IDS.pipeline, columns);

  expect(result).toMatchObject({ kind: 'done', rows: ENTRIES, rowsAdded: ENTRIES });
  const { byEndpoint, writes, total } = stage.affinity.counter.read();
  const entities = new Set(
    stage
      .client()
      .listEntries.page({ path: { list_id: LIST_IDS.pipeline } })
      .list_entries.map((entry) => entry.entity_id),
  );
  expect(byEndpoint['fieldValues.list']).toBe(entities.size);
  // The list comes with its own fields, and opportunities have no others.
  expect(byEndpoint['lists.get']).toBe(1);
  expect(byEndpoint['fields.all']).toBeUndefined();
  // A short list comes as one answer.
  expect(byEndpoint['listEntries.page']).toBe(1);
  const directory = ['persons.search', 'persons.get', 'organizations.search', 'organizations.get'];
  const lookUps = directory.reduce((sum, name) => sum + (byEndpoint[name] ?? 0), 0);
  expect(lookUps).toBeLessThanOrEqual(20);
  expect(writes).toBe(0);
  expect(total).toBe(entities.size + 1 + (byEndpoint['listEntries.page'] ?? 0) + lookUps);
});

test('calls of a page go out side by side, never more than 100 at once', () => {
  const stage = new Stage({ entries: 450 });
  const batches: number[] = [];
  const transport = stage.affinity.transport();
  stage.affinity.transport = () => ({
    sendAll(requests) {
      batches.push(requests.length);
      return transport.sendAll(requests);
    },
  });
  stage.import(LIST_IDS.pipeline);
  expect(Math.max(...batches)).toBe(100);
  expect(batches.filter((size) => size === 100)).toHaveLength(4);
});

test('a list that holds an entity twice reads its field values once', () => {
  const stage = new Stage({ entries: 137 });
  stage.affinity.counter.reset();
  const { result } = stage.import(LIST_IDS.companies);
  const { byEndpoint } = stage.affinity.counter.read();
  expect(byEndpoint['fieldValues.list']).toBe(result.rows - 1);
});

test('a preview of one edited row reads one entity, and a push reads it once more and writes once', () => {
  const stage = new Stage({ entries: 60 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const id = stage.ids().find((key) => stage.cell(key, 'Amount') !== null) ?? '';
  stage.type(id, 'Amount', 31337);
  stage.affinity.counter.reset();
  const preview = previewPush(stage.run(), importId);
  expect(stage.affinity.counter.read()).toMatchObject({
    writes: 0,
    byEndpoint: { 'lists.get': 1, 'fieldValues.list': 1 },
    total: 2,
  });
  expect(preview.callsNeeded).toBe(2);
  stage.affinity.counter.reset();
  pushImport(stage.desk, stage.run(), importId, nothing);
  expect(stage.affinity.counter.read()).toMatchObject({
    writes: 1,
    byEndpoint: { 'fieldValues.list': 1, 'fieldValues.update': 1 },
    total: 3,
  });
});

test.each(Object.keys(LIST_IDS) as (keyof typeof LIST_IDS)[])(
  '%s: import, refresh, push without an edit: no write, no changed cell, no touched row',
  (list) => {
    const stage = new Stage({ entries: 137 });
    const { importId } = stage.import(LIST_IDS[list]);
    const picture = () => JSON.stringify(stage.tab.rows.map((row) => [...row.cells]));
    const before = picture();
    stage.affinity.counter.reset();
    expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({
      kind: 'done',
      rowsAdded: 0,
      cellsChanged: 0,
      rowsHeld: 0,
    });
    expect(previewPush(stage.run(), importId).cells).toEqual([]);
    expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({
      cells: 0,
      refused: 0,
      conflicts: 0,
    });
    expect(stage.affinity.counter.read().writes).toBe(0);
    expect(picture()).toBe(before);
  },
);
