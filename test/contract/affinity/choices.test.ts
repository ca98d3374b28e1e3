/** Where the API is silent: each choice does what it says. */
import { type Choices, LIST_IDS } from '../../../local/affinity';
import { FIELDS, KEYS, startApi } from './api';

const withChoice = (choices: Partial<Choices>) => startApi({ choices });

test('a created record can answer 201', () => {
  const api = withChoice({ createdStatus: 201 });
  expect(api.post('/field-values', { ...api.emptyCell(FIELDS.amount), value: 1 }).status).toBe(201);
});

test.each([
  ['array', ['List 1 does not exist']],
  ['message', { message: 'List 1 does not exist' }],
  ['error', { error: 'List 1 does not exist' }],
  ['errors', { errors: [{ message: 'List 1 does not exist' }] }],
] as const)('an error body can have the form %s', (errorBodies, body) => {
  expect(withChoice({ errorBodies }).get('/lists/1').json).toEqual(body);
});

test('an error body can be plain text', () => {
  const reply = withChoice({ errorBodies: 'text' }).get('/lists/1');
  expect([reply.text, reply.headers['content-type']]).toEqual(['List 1 does not exist', 'text/plain; charset=utf-8']);
});

test.each([
  ['message', /^\{"message"/],
  ['html', /^<!DOCTYPE html>/],
  ['empty', /^$/],
] as const)('the body of a 429 can be %s', (limitBody, form) => {
  const api = withChoice({ limitBody });
  api.control.addFault({ kind: 'concurrency-limit' });
  expect(api.get('/lists').text).toMatch(form);
});

test('a 429 by the minute can carry retry-after, the seconds of the reset', () => {
  const api = withChoice({ retryAfter: true });
  api.control.addFault({ kind: 'minute-limit' });
  const { headers } = api.get('/lists');
  expect(headers['retry-after']).toBe(headers['x-ratelimit-limit-user-reset']);
});

test('a hidden list can be a 404', () => {
  expect(withChoice({ hidden: 404 }).get(`/lists/${LIST_IDS.watchlist}`, KEYS.guest).status).toBe(404);
});

test('POST on a filled single cell can replace the value', () => {
  const api = withChoice({ filledCell: 'replace' });
  const cell = api.emptyCell(FIELDS.amount);
  const first = api.post('/field-values', { ...cell, value: 1 }).json;
  const second = api.post('/field-values', { ...cell, value: 2 }).json;
  expect(second.id).not.toBe(first.id);
  const values = api.get(`/field-values?list_entry_id=${cell.list_entry_id}`).json;
  expect(values.filter((value: { field_id: number }) => value.field_id === FIELDS.amount)).toEqual([second]);
});

test('an unknown text on a dropdown can make a new option', () => {
  const api = withChoice({ unknownOption: 'create' });
  expect(api.post('/field-values', { ...api.emptyCell(FIELDS.sector), value: 'Space' }).status).toBe(200);
  const sector = api.get('/fields?value_type=2').json.find((field: { id: number }) => field.id === FIELDS.sector);
  expect(sector.dropdown_options.map((option: { text: string }) => option.text)).toContain('Space');
});

test('a ranked dropdown can accept the text of an option', () => {
  const api = withChoice({ rankedText: 'accept' });
  const cell = api.emptyCell(FIELDS.priority);
  expect(api.post('/field-values', { ...cell, value: 'High' }).json.value).toMatchObject({ text: 'High', rank: 3 });
});

test('a page size out of bounds can be clamped', () => {
  const api = withChoice({ pageSize: 'clamp' });
  expect(api.get('/persons?page_size=9999').status).toBe(200);
  expect(api.get('/persons?page_size=0').json.persons).toHaveLength(1);
});

test('dates can be printed with an offset', () => {
  const api = withChoice({ dates: 'offset' });
  const { value } = api.post('/field-values', { ...api.emptyCell(FIELDS.closeDate), value: '2026-07-15' }).json;
  expect(value).toBe('2026-07-15T00:00:00.000-07:00');
});

test.each([
  ['always', [true]],
  ['never', [false]],
  ['mixed', [false, true]],
] as const)('field values can carry their types: %s', (valueTypes, forms) => {
  const api = withChoice({ valueTypes });
  const values = api
    .entries(LIST_IDS.pipeline)
    .flatMap((entry: { id: number }) => api.get(`/field-values?list_entry_id=${entry.id}`).json);
  expect([...new Set(values.map((value: object) => 'value_type' in value))].sort()).toEqual(forms);
});

test('entries can come oldest first', () => {
  const newest = startApi().entries(LIST_IDS.pipeline);
  expect(withChoice({ entryOrder: 'oldest-first' }).entries(LIST_IDS.pipeline)).toEqual([...newest].reverse());
});

test("a new person's name can be kept as it was sent", () => {
  const body = { first_name: 'ZOE', last_name: 'mcBain', emails: [] };
  expect(withChoice({ personNames: 'as-sent' }).post('/persons', body).json).toMatchObject(body);
  expect(withChoice({}).post('/persons', body).json).toMatchObject({ first_name: 'Zoe', last_name: 'Mcbain' });
});

test('a new field can track nothing, as the example in the text shows', () => {
  const body = { name: 'Size', entity_type: 1, value_type: 3 };
  expect(withChoice({ newFieldTracks: 'never' }).post('/fields', body).json.track_changes).toBe(false);
  expect(withChoice({}).post('/fields', body).json.track_changes).toBe(true);
  expect(withChoice({}).post('/fields', { ...body, value_type: 6 }).json.track_changes).toBe(false);
});

test('the history of a field can demand an id', () => {
  const api = withChoice({ changesSelector: 'required' });
  expect(api.get('/field-value-changes?field_id=61223').status).toBe(422);
  const { id } = api.entries(LIST_IDS.pipeline)[0];
  expect(api.get(`/field-value-changes?field_id=61223&list_entry_id=${id}`).status).toBe(200);
});

test.each([
  ['microseconds', /\.\d{6}-0[78]:00$/],
  ['milliseconds', /\.\d{3}-0[78]:00$/],
] as const)('changed_at can have %s', (changedAt, form) => {
  const [step] = withChoice({ changedAt }).get('/field-value-changes?field_id=61223').json;
  expect(step.changed_at).toMatch(form);
});

test('notes can come as the bare array that the text shows', () => {
  const notes = withChoice({ notesForm: 'array' }).get('/notes').json;
  expect(notes).toEqual(withChoice({}).get('/notes').json.notes);
});

test('an upload can answer with success alone', () => {
  const body = [
    '--b',
    'Content-Disposition: form-data; name="file"; filename="a.txt"',
    '',
    'a',
    '--b',
    'Content-Disposition: form-data; name="person_id"',
    '',
    '40008',
    '--b--',
    '',
  ].join('\r\n');
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  const upload = (uploadAnswer: Choices['uploadAnswer']) =>
    withChoice({ uploadAnswer }).send('POST', '/entity-files', { body, headers });
  expect(upload('success').json).toEqual({ success: true });
  expect(upload('with-files').json).toMatchObject({ success: true, entity_files: [{ name: 'a.txt', size: 1 }] });
});

test('a single file can have its keys in one style or in both', () => {
  expect(withChoice({ fileKeys: 'snake' }).get('/entity-files/43001').json).not.toHaveProperty('uploaderId');
  const both = withChoice({}).get('/entity-files/43001').json;
  expect(both.uploaderId).toBe(both.uploader_id);
});

test('a change of an interaction can demand its persons', () => {
  const meeting = { type: 0, person_ids: [40_001, 40_008], content: 'a', date: '2026-06-01' };
  const change = (interactionPersons: Choices['interactionPersons']) => {
    const api = withChoice({ interactionPersons });
    return api.put(`/interactions/${api.post('/interactions', meeting).json.id}`, { type: 0, content: 'b' }).status;
  };
  expect([change('optional'), change('required')]).toEqual([200, 422]);
});
