/** What goes when something goes, what moves in a merge, and what an edit in the web app does to a value. */
import { FIELDS, LIST_IDS, startApi } from './api';

interface Row {
  readonly id: number;
  readonly field_id: number;
  readonly entity_id: number;
  readonly list_entry_id: number | null;
}

test('a removed list takes its entries, its fields, their values and its opportunities', () => {
  const api = startApi();
  const [entry] = api.entries(LIST_IDS.pipeline);
  api.control.removeList(LIST_IDS.pipeline);
  expect(api.get(`/lists/${LIST_IDS.pipeline}`).status).toBe(404);
  expect(api.get('/fields').json.filter((field: { list_id: number }) => field.list_id === LIST_IDS.pipeline)).toEqual(
    [],
  );
  expect(api.get(`/field-values?opportunity_id=${entry.entity_id}`).status).toBe(422);
  expect(api.get(`/field-values?list_entry_id=${entry.id}`).status).toBe(422);
});

test('a removed field takes its values, on entries that were looked at and on others', () => {
  const api = startApi();
  const [first, second] = api.entries(LIST_IDS.pipeline);
  const read = (entry: Row): Row[] => api.get(`/field-values?list_entry_id=${entry.id}`).json;
  read(first);
  api.control.removeField(FIELDS.status);
  for (const entry of [first, second]) {
    expect(read(entry).some((value) => value.field_id === FIELDS.status)).toBe(false);
  }
});

test('a removed organization takes its entries and values, and leaves its persons', () => {
  const api = startApi();
  const [entry] = api.entries(LIST_IDS.companies);
  const personIds: number[] = api.get(`/organizations/${entry.entity_id}`).json.person_ids;
  api.control.removeEntity({ type: 1, id: entry.entity_id });
  expect(api.get(`/organizations/${entry.entity_id}`).status).toBe(404);
  expect(api.get(`/lists/${LIST_IDS.companies}/list-entries/${entry.id}`).status).toBe(404);
  expect(api.get(`/field-values?organization_id=${entry.entity_id}`).status).toBe(422);
  for (const id of personIds) {
    expect(api.get(`/persons/${id}`).json.organization_ids).not.toContain(entry.entity_id);
  }
});

test('the list of the other type keeps an entity with the same id', () => {
  const api = startApi();
  const id = api.entries(LIST_IDS.people)[0].entity_id;
  api.control.removeEntity({ type: 1, id });
  expect(api.get(`/persons/${id}`).status).toBe(200);
});

test('a merge moves entries and values to the survivor; in single cells the survivor wins', () => {
  const api = startApi();
  const entries: Row[] = api.entries(LIST_IDS.companies);
  const [old, survivor] = [entries[3], entries[5]];
  if (old === undefined || survivor === undefined) throw new Error('the list is too short');
  const before: Row[] = api.get(`/field-values?list_entry_id=${old.id}`).json;
  api.control.merge({ type: 1, id: old.entity_id, into: survivor.entity_id });
  const moved = api.get(`/lists/${LIST_IDS.companies}/list-entries/${old.id}`).json;
  expect(moved.entity_id).toBe(survivor.entity_id);
  const values: Row[] = api.get(`/field-values?organization_id=${survivor.entity_id}`).json;
  expect(new Set(values.map((value) => value.entity_id))).toEqual(new Set([survivor.entity_id]));
  expect(values.filter((value) => value.list_entry_id === old.id).map((value) => value.id)).toEqual(
    before.map((value) => value.id),
  );
  const singles = values
    .filter((value) => api.affinity.world.fields.get(value.field_id)?.allows_multiple === false)
    .map((value) => `${value.field_id} ${value.list_entry_id}`);
  expect(new Set(singles).size).toBe(singles.length);
});

test('an edit in the web app puts a value with a new id in the place of the old one', () => {
  const api = startApi();
  const cell = api.emptyCell(FIELDS.amount);
  const old = api.post('/field-values', { ...cell, value: 1 }).json;
  const id = api.control.editInApp({ field_value_id: old.id, value: 2 });
  expect(id).not.toBe(old.id);
  expect(api.put(`/field-values/${old.id}`, { value: 3 }).status).toBe(404);
  const values: (Row & { value: unknown })[] = api.get(`/field-values?list_entry_id=${cell.list_entry_id}`).json;
  expect(values.filter((value) => value.field_id === FIELDS.amount)).toMatchObject([{ id, value: 2 }]);
});

test('an update keeps the id and the creation time, and notes its own time', () => {
  const api = startApi();
  const cell = api.emptyCell(FIELDS.amount);
  const created = api.post('/field-values', { ...cell, value: 1 }).json;
  api.control.advance(5000);
  const updated = api.put(`/field-values/${created.id}`, { value: 2 }).json;
  expect(updated).toMatchObject({ id: created.id, created_at: created.created_at, value: 2 });
  expect([created.updated_at, Date.parse(updated.updated_at) - Date.parse(created.created_at)]).toEqual([null, 5000]);
});

test('a refused write leaves the cell as it was', () => {
  const api = startApi();
  const cell = api.emptyCell(FIELDS.amount);
  const created = api.post('/field-values', { ...cell, value: 1 }).json;
  api.put(`/field-values/${created.id}`, { value: 'two' });
  api.post('/field-values', { ...cell, value: 2 });
  const values: Row[] = api.get(`/field-values?list_entry_id=${cell.list_entry_id}`).json;
  expect(values.filter((value) => value.field_id === FIELDS.amount)).toEqual([created]);
});
