/** The refresh by recorded changes: what it costs, and when a complete one has to do it. */
import { createControl, LIST_IDS } from '../../local/affinity';
import { previewPush, pushImport, refreshChanged, refreshImport } from '../../src/sync/runs/desk';
import { openLines } from '../../src/sync/runs/keep-journal';
import { CHECKPOINT_VERSION, writeCheckpoint } from '../../src/sync/state/checkpoint';
import { Stage } from './stage';

const HOUR = 3_600_000;

const opened = (entries = 80) => {
  const stage = new Stage({ entries });
  const { importId } = stage.import(LIST_IDS.pipeline);

  const set = (id: string, header: string, value: unknown) => {
    const api = stage.colleague();
    const column = stage.column(header);
    const stored = api.fieldValues
      .list({ query: { list_entry_id: Number(id) } })
      .find(({ field_id }) => `field.${field_id}` === column);
    if (stored === undefined) throw new Error(`${id} has no ${header}`);
    api.fieldValues.update({ path: { field_value_id: stored.id }, body: { value } });
  };
  const cheap = () => refreshChanged(stage.desk, stage.run(), importId);
  const withAmount = () => stage.ids().filter((id) => stage.cell(id, 'Amount') !== null);
  const hours = (n: number) => stage.affinity.world.clock.advance(n * HOUR);
  // The seeded history ends as the import begins: read once, it is known.
  hours(1);
  cheap();
  return { stage, importId, set, cheap, withAmount, hours };
};

test('ten changed rows of 80: a call a tracked field, the pages, and a call a changed row', () => {
  const { stage, set, cheap, withAmount, hours } = opened();
  hours(1);
  const ids = withAmount().slice(0, 10);
  for (const id of ids) set(id, 'Amount', 777);
  const fields = stage.client().lists.get({ path: { list_id: LIST_IDS.pipeline } }).fields;
  stage.affinity.counter.reset();
  expect(cheap()).toMatchObject({ kind: 'done', rows: 80, cellsChanged: 10 });
  expect(ids.map((id) => stage.cell(id, 'Amount'))).toEqual(ids.map(() => 777));
  const { byEndpoint, total } = stage.affinity.counter.read();
  expect(byEndpoint['fieldValues.list']).toBe(10);
  expect(byEndpoint['fieldValueChanges.list']).toBeLessThanOrEqual(
    fields.filter((field) => field.track_changes).length,
  );
  expect(total).toBeLessThan(40);
});

test('nothing changed: nothing is read but histories and pages', () => {
  const { stage, cheap, hours } = opened();
  hours(1);
  stage.affinity.counter.reset();
  expect(cheap()).toMatchObject({ kind: 'done', cellsChanged: 0 });
  expect(stage.affinity.counter.read().byEndpoint['fieldValues.list']).toBeUndefined();
});

test('what a push left open is settled, and nothing more is read for it than the rows it is about', () => {
  const { stage, importId, cheap, withAmount, hours } = opened();
  hours(1);
  const [id = '', other = ''] = withAmount();
  stage.type(id, 'Amount', 777);
  stage.affinity.faults.add({ kind: 'reply-lost', method: 'PUT', nth: 1, times: 9 });
  pushImport(stage.desk, stage.run(), importId, { sendClears: false, choices: new Map() });
  stage.affinity.faults.clear();
  stage.type(other, 'Amount', 888);
  expect(openLines(stage.run(), importId)).toHaveLength(1);
  stage.affinity.counter.reset();
  expect(cheap()).toMatchObject({ kind: 'done', cellsChanged: 0 });
  expect(stage.affinity.counter.read().byEndpoint['fieldValues.list']).toBeLessThan(5);
  expect(openLines(stage.run(), importId)).toEqual([]);
  expect(previewPush(stage.run(), importId).cells).toMatchObject([{ id: other, state: 'pending' }]);
});

test('a row that a push made without hearing of it gets its id, and is not doubled', () => {
  const { stage, importId, cheap, hours } = opened();
  hours(1);
  stage.typeRow({ Name: 'Zephyr Round A' });
  const before = stage.affinity.world.entries.size;
  stage.affinity.faults.add({ kind: 'reply-lost', method: 'POST', nth: 1, times: 9 });
  pushImport(stage.desk, stage.run(), importId, { sendClears: false, choices: new Map() });
  stage.affinity.faults.clear();
  expect(cheap()).toMatchObject({ kind: 'done', rowsAdded: 0 });
  expect(stage.affinity.world.entries.size).toBe(before + 1);
  expect(stage.ids()).toHaveLength(stage.tab.rows.length);
});

test('a complete one does it after 20 hours, and the clock starts anew with it', () => {
  const { stage, importId, cheap, hours } = opened();
  hours(19);
  expect(cheap()).not.toBeNull();
  hours(2);
  expect(cheap()).toBeNull();
  refreshImport(stage.desk, stage.run(), importId);
  expect(cheap()).not.toBeNull();
});

test('a complete one does it when options are other ones: cells change without a recorded change', () => {
  const { stage, importId, cheap, hours } = opened();
  hours(1);
  const status = stage
    .client()
    .lists.get({ path: { list_id: LIST_IDS.pipeline } })
    .fields.find(({ name }) => name === 'Status');
  const record = stage.affinity.world.fields.get(status?.id ?? 0);
  const [option] = record?.dropdown_options ?? [];
  if (option === undefined) throw new Error('no option');
  (option as { text: string }).text = 'Renamed by an admin';
  expect(cheap()).toBeNull();
  refreshImport(stage.desk, stage.run(), importId);
  expect(cheap()).not.toBeNull();
});

test('a complete one does it for a list with fewer rows than histories', () => {
  const { cheap } = opened(6);
  expect(cheap()).toBeNull();
});

test('a complete one that is under way is not overtaken', () => {
  const { stage, importId, cheap } = opened();
  const startedAt = new Date(stage.clock.now()).toISOString();
  writeCheckpoint(stage.store, importId, {
    version: CHECKPOINT_VERSION,
    held: 0,
    agreed: false,
    token: null,
    after: stage.ids()[0] ?? '',
    rowsDone: 1,
    cellsChanged: 0,
    rowsAdded: 0,
    startedAt,
  });
  expect(cheap()).toBeNull();
});

test('Affinity in trouble: nothing is claimed, and the next one reads what this one would have', () => {
  const { stage, importId, set, cheap, withAmount, hours } = opened();
  hours(1);
  const [id = ''] = withAmount();
  set(id, 'Amount', 777);
  const claimed = () => stage.store.get(`freshness.${importId}`);
  const before = claimed();
  const control = createControl(stage.affinity);
  control.addFault({ kind: 'error-503', endpoint: 'fieldValues.list', times: 'always' });
  expect(cheap()).toMatchObject({ kind: 'paused', code: 'api/server-trouble' });
  expect(claimed()).toBe(before);
  control.clearFaults();
  expect(cheap()).toMatchObject({ kind: 'done', cellsChanged: 1 });
  expect(stage.cell(id, 'Amount')).toBe(777);
  expect(claimed()).not.toBe(before);
});

test('histories that can’t be had: a complete one does it', () => {
  const { stage, cheap, hours } = opened();
  hours(1);
  createControl(stage.affinity).addFault({ kind: 'html', endpoint: 'fieldValueChanges.list', times: 'always' });
  expect(cheap()).toBeNull();
});

describe('the complete refresh after them', () => {
  test('says that they had missed nothing', () => {
    const { stage, importId, set, cheap, withAmount, hours } = opened();
    hours(1);
    const [first = '', second = ''] = withAmount();
    set(first, 'Amount', 777);
    cheap();
    hours(1);
    set(second, 'Amount', 778);
    const { messages } = refreshImport(stage.desk, stage.run(), importId);
    expect(messages.join(' ')).toMatch(/^Verified: .* had missed nothing/);
    expect(stage.cell(second, 'Amount')).toBe(778);
  });

  test('says how many cells they had missed, when Affinity did not record a change', () => {
    const { stage, importId, set, cheap, withAmount, hours } = opened();
    hours(1);
    const [id = ''] = withAmount();
    const control = createControl(stage.affinity);
    control.setRule({ rule: 'changes-are-recorded', on: false });
    set(id, 'Amount', 777);
    control.setRule({ rule: 'changes-are-recorded', on: true });
    expect(cheap()).toMatchObject({ cellsChanged: 0 });
    expect(stage.cell(id, 'Amount')).not.toBe(777);
    const { messages } = refreshImport(stage.desk, stage.run(), importId);
    expect(messages.join(' ')).toMatch(/^1 cell had changed without a record in Affinity/);
    expect(stage.cell(id, 'Amount')).toBe(777);
  });

  test('that died just after it was complete: run again, later ones have the same to build on', () => {
    const { stage, importId, cheap } = opened();
    // The checkpoint is taken away last: its removal is where the run dies.
    writeCheckpoint(stage.store, importId, {
      version: CHECKPOINT_VERSION,
      held: 0,
      agreed: false,
      token: null,
      after: null,
      rowsDone: 0,
      cellsChanged: 0,
      rowsAdded: 0,
      startedAt: new Date(stage.clock.now()).toISOString(),
    });
    const { remove } = stage.store;
    stage.store.remove = (key) => {
      if (key.startsWith('checkpoint.')) throw new RangeError('killed');
      remove.call(stage.store, key);
    };
    expect(() => refreshImport(stage.desk, stage.run(), importId)).toThrow('killed');
    stage.store.remove = remove;
    stage.workbook.lose();
    refreshImport(stage.desk, stage.run(), importId);
    expect(cheap()).not.toBeNull();
  });

  test('says nothing where there was nothing to verify, and asks for no history', () => {
    const { stage, importId } = opened();
    refreshImport(stage.desk, stage.run(), importId);
    stage.affinity.counter.reset();
    expect(refreshImport(stage.desk, stage.run(), importId).messages).toEqual([]);
    expect(stage.affinity.counter.read().byEndpoint['fieldValueChanges.list']).toBeUndefined();
  });
});
