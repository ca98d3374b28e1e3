/** Edits on both sides: what meets, what is held, what goes through. */
import { LIST_IDS } from '../../local/affinity';
import { previewPush, pushImport, refreshImport } from '../../src/sync/runs/desk';
import { choiceKey } from '../../src/sync/runs/send-rows';
import { Stage } from './stage';

const nothing = { sendClears: false, choices: new Map() };

const opened = (entries = 12) => {
  const stage = new Stage({ entries });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const valueIn = (id: string, header: string) =>
    stage
      .client()
      .fieldValues.list({ query: { list_entry_id: Number(id) } })
      .find((value) => `field.${value.field_id}` === stage.column(header));
  /** A row whose cell has a value, so that a colleague can change it. */
  const filled = (header: string): string => {
    const id = stage.ids().find((key) => stage.cell(key, header) !== null);
    if (id === undefined) throw new Error(`no row with ${header}`);
    return id;
  };
  const colleagueSets = (id: string, header: string, value: unknown) => {
    const stored = valueIn(id, header);
    if (stored === undefined) throw new Error(`no value of ${header}`);
    stage.colleague().fieldValues.update({ path: { field_value_id: stored.id }, body: { value } });
  };
  return { stage, importId, valueIn, filled, colleagueSets };
};

test('two different edits of one cell are a conflict: shown, held, and neither side is changed', () => {
  const { stage, importId, valueIn, filled, colleagueSets } = opened();
  const id = filled('Amount');
  const before = stage.cell(id, 'Amount');
  stage.type(id, 'Amount', 111);
  colleagueSets(id, 'Amount', 222);

  expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({ cellsChanged: 0, rowsHeld: 1 });
  expect(stage.cell(id, 'Amount')).toBe(111);
  expect(stage.cell(id, 'Sync status')).toMatch(/Amount: changed here and in Affinity. Here “111”, in Affinity “222”./);

  expect(previewPush(stage.run(), importId).cells).toEqual([
    expect.objectContaining({ state: 'conflict', mine: '111', theirs: '222', base: String(before) }),
  ]);
  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 0, conflicts: 1 });
  expect(valueIn(id, 'Amount')?.value).toBe(222);
  expect(stage.cell(id, 'Amount')).toBe(111);
});

test('a conflict settled for the sheet is sent; one settled for Affinity takes its value', () => {
  const { stage, importId, valueIn, filled, colleagueSets } = opened();
  const [mine = '', theirs = ''] = stage.ids().filter((id) => stage.cell(id, 'Amount') !== null);
  for (const id of [mine, theirs]) {
    stage.type(id, 'Amount', 111);
    colleagueSets(id, 'Amount', 222);
  }
  const column = stage.column('Amount');
  const choices = new Map([
    [choiceKey(mine, column), 'mine' as const],
    [choiceKey(theirs, column), 'theirs' as const],
  ]);

  expect(pushImport(stage.desk, stage.run(), importId, { sendClears: false, choices })).toMatchObject({
    cells: 1,
    conflicts: 0,
  });

  expect(valueIn(mine, 'Amount')?.value).toBe(111);
  expect(valueIn(theirs, 'Amount')?.value).toBe(222);
  expect(stage.cell(theirs, 'Amount')).toBe(222);
  expect(previewPush(stage.run(), importId).cells).toEqual([]);
  expect(filled('Amount')).toBeDefined();
});

test('edits of different cells of one row both go through', () => {
  const { stage, importId, valueIn, colleagueSets } = opened();
  const id = stage.ids().find((key) => stage.cell(key, 'Amount') !== null && stage.cell(key, 'Status') !== null) ?? '';
  stage.type(id, 'Status', 'Won');
  colleagueSets(id, 'Amount', 222);

  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 1, conflicts: 0 });
  expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({ cellsChanged: 1, rowsHeld: 0 });

  expect(valueIn(id, 'Status')?.value).toMatchObject({ text: 'Won' });
  expect(stage.cell(id, 'Amount')).toBe(222);
  expect(stage.cell(id, 'Status')).toBe('Won');
});

test('the same edit on both sides is no conflict and is not sent again', () => {
  const { stage, importId, filled, colleagueSets } = opened();
  const id = filled('Amount');
  stage.type(id, 'Amount', 222);
  colleagueSets(id, 'Amount', 222);
  stage.affinity.counter.reset();

  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 0, conflicts: 0 });
  expect(stage.affinity.counter.read().writes).toBe(0);
  expect(previewPush(stage.run(), importId).cells).toEqual([]);
});

test('an emptied cell clears the value in Affinity only when the analyst says so', () => {
  const { stage, importId, valueIn, filled } = opened();
  const id = filled('Amount');
  stage.type(id, 'Amount', null);

  expect(previewPush(stage.run(), importId).cells).toEqual([expect.objectContaining({ state: 'cleared' })]);
  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 0, clearsKept: 1 });
  expect(valueIn(id, 'Amount')).toBeDefined();
  expect(refreshImport(stage.desk, stage.run(), importId).cellsChanged).toBe(0);
  expect(stage.cell(id, 'Amount')).toBeNull();

  expect(pushImport(stage.desk, stage.run(), importId, { ...nothing, sendClears: true })).toMatchObject({ cells: 1 });
  expect(valueIn(id, 'Amount')).toBeUndefined();
});

test('a conflict that arises between preview and push is held', () => {
  const { stage, importId, valueIn, filled, colleagueSets } = opened();
  const id = filled('Amount');
  stage.type(id, 'Amount', 111);
  expect(previewPush(stage.run(), importId).cells).toEqual([expect.objectContaining({ state: 'pending' })]);
  colleagueSets(id, 'Amount', 222);

  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 0, conflicts: 1 });
  expect(valueIn(id, 'Amount')?.value).toBe(222);
});

test('an order of several values is no edit; adding and removing one sends just these two', () => {
  const { stage, importId } = opened();
  const id = stage.ids().find((key) => String(stage.cell(key, 'Owners') ?? '').split('; ').length > 2) ?? '';
  const owners = String(stage.cell(id, 'Owners')).split('; ');
  stage.type(id, 'Owners', [...owners].reverse().join('; '));
  expect(previewPush(stage.run(), importId).cells).toEqual([]);

  const other = ['Grace Oyelaran', 'Henrik Aalto', 'Tomás Ferreira', 'Maya Lindqvist'].find(
    (name) => !owners.includes(name),
  );
  stage.type(id, 'Owners', [...owners.slice(1), other].join('; '));
  stage.affinity.counter.reset();
  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 1 });
  const { byEndpoint } = stage.affinity.counter.read();
  expect([
    byEndpoint['fieldValues.create'],
    byEndpoint['fieldValues.remove'],
    byEndpoint['fieldValues.update'],
  ]).toEqual([1, 1, undefined]);
});

test('a global field of an entity that is on the list twice: one edit is sent once, two different ones are refused', () => {
  const stage = new Stage({ entries: 40 });
  const { importId } = stage.import(LIST_IDS.companies);
  const entries = stage.client().listEntries.page({ path: { list_id: LIST_IDS.companies } }).list_entries;
  const twice = entries.find((a) => entries.some((b) => b.id !== a.id && b.entity_id === a.entity_id));
  const ids = entries.filter((entry) => entry.entity_id === twice?.entity_id).map((entry) => String(entry.id));
  expect(ids).toHaveLength(2);
  const [first = '', second = ''] = ids;
  const fields = stage.client().fields.all({ query: { entity_type: 1 } });
  const shared = fields.find(
    (field) => field.list_id === null && field.value_type === 6 && field.enrichment_source === 'none',
  );
  if (shared === undefined) throw new Error('the seed has no writable global text field on organizations');
  stage.type(first, shared.name, 'one');
  stage.type(second, shared.name, 'another');
  expect(previewPush(stage.run(), importId).cells.map(({ state }) => state)).toEqual(['refused', 'refused']);

  stage.type(second, shared.name, 'one');
  stage.affinity.counter.reset();
  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 2, failed: 0 });
  expect(stage.affinity.counter.read().writes).toBe(1);
  expect(previewPush(stage.run(), importId).cells).toEqual([]);
});
