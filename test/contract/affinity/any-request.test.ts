/** Whatever is asked, the emulator answers with a documented status, and a refusal changes nothing. */
import fc from 'fast-check';
import { LIST_IDS } from '../../../local/affinity';
import { FIELDS, startApi } from './api';

const DOCUMENTED = [200, 302, 401, 403, 404, 422];

const ids = fc.oneof(fc.constantFrom(40_001, 40_007, 40_012, 0, -1, 2 ** 53), fc.integer());
const segment = fc.oneof(
  fc.constantFrom(
    'lists',
    'list-entries',
    'fields',
    'field-values',
    'persons',
    'organizations',
    'opportunities',
    'interactions',
    'relationships-strengths',
    'field-value-changes',
    'notes',
    'entity-files',
    'download',
    'reminders',
    'webhook',
    'subscribe',
    'auth',
    'whoami',
    '',
    '%',
    '..',
  ),
  fc.constantFrom(...Object.values(LIST_IDS), ...Object.values(FIELDS)).map(String),
  ids.map(String),
  fc.string({ maxLength: 5 }).map(encodeURIComponent),
);
const token = fc.oneof(
  fc.string(),
  fc
    .record({ params: fc.anything(), page_size: fc.integer(), offset: fc.integer() })
    .map((raw) => Buffer.from(JSON.stringify(raw)).toString('base64')),
);
const query = fc.record(
  {
    page_size: fc.oneof(ids.map(String), fc.string({ maxLength: 3 })),
    page_token: token,
    term: fc.string({ maxLength: 3 }),
    person_id: ids.map(String),
    organization_id: ids.map(String),
    opportunity_id: ids.map(String),
    list_entry_id: ids.map(String),
    external_id: ids.map(String),
    field_id: fc.constantFrom(...Object.values(FIELDS)).map(String),
    type: fc.constantFrom('0', '1', '2', '3', '4'),
    start_time: fc.constantFrom('2026-01-01', '2026-01-01T00:00:00Z', 'x'),
    end_time: fc.constantFrom('2026-06-01', '2030-01-01', ''),
    min_last_email_date: fc.constantFrom('2026-01-01', '-1'),
    changed_after: fc.constantFrom('2026-01-01', 'never'),
    limit: ids.map(String),
    order_by: fc.constantFrom('asc', 'desc', 'up'),
    status: fc.constantFrom('0', '1', '2', 'x'),
    with_interaction_dates: fc.constantFrom('true', 'false', '1'),
    with_opportunities: fc.constantFrom('true', 'false', ''),
  },
  { requiredKeys: [] },
);
const value = fc.oneof(
  fc.string(),
  fc.double(),
  fc.constantFrom('2026-03-01', '9999-12-31T23:59:59-12:00', '0001-01-01T00:00:00Z', 'New', 71_001, 40_001, null, true),
  fc.record({ city: fc.oneof(fc.string(), fc.constant(null)) }),
  fc.anything(),
);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE');

test('any path, query and body get a documented status and a JSON body', () => {
  const api = startApi({ quota: { perMinute: 1e9, perMonth: 'unlimited' } });
  fc.assert(
    fc.property(
      method,
      fc.array(segment, { maxLength: 4 }),
      query,
      fc.option(fc.json()),
      (verb, path, parameters, body) => {
        const url = `/${path.join('/')}?${new URLSearchParams(parameters as Record<string, string>)}`; // all are texts
        const reply = api.send(verb as 'GET', url, body === null ? {} : { body });
        expect(DOCUMENTED).toContain(reply.status);
        if (reply.status !== 302) expect(reply.json).toBeDefined();
      },
    ),
    { numRuns: 4000 },
  );
});

test('any value for any field is stored and read back, or refused and nothing changes', () => {
  const api = startApi({ quota: { perMinute: 1e9, perMonth: 'unlimited' } });
  const [entry, other] = api.entries(LIST_IDS.pipeline);
  const read = (id: number = entry.id) => api.get(`/field-values?list_entry_id=${id}`).json;
  const fields = [...api.affinity.world.fields.values()].filter((field) => field.list_id === LIST_IDS.pipeline);
  fc.assert(
    fc.property(fc.constantFrom(...fields), value, (field, sent) => {
      const cell = api.emptyCell(field.id);
      const before = read();
      const created = api.post('/field-values', {
        ...cell,
        field_id: field.id,
        list_entry_id: entry.id,
        entity_id: entry.entity_id,
        value: sent,
      });
      if (created.status === 200) expect(read()).toEqual([...before, created.json]);
      else expect([created.status, read()]).toEqual([422, before]);
      // The other entry keeps its values: updates only.
      const index = read(other.id).findIndex((one: { field_id: number }) => one.field_id === field.id);
      const old = read(other.id)[index];
      if (old === undefined) return;
      const updated = api.put(`/field-values/${old.id}`, { value: sent });
      expect(read(other.id)[index]).toEqual(updated.status === 200 ? updated.json : old);
    }),
    { numRuns: 800 },
  );
});
