/** Every example response of the official text decodes, and nothing that the product reads is lost on the way. */
import { DecodeError } from '../../../src/api/codec';
import type { Endpoint } from '../../../src/api/endpoint';
import { WEBHOOK_EVENTS } from '../../../src/api/enums';
import { affinity } from '../../../src/api/table';
import { OFFICIAL_EXAMPLES } from './official-examples';

const rows = new Map<string, Endpoint>(
  Object.entries(affinity).flatMap(([group, calls]) =>
    Object.entries(calls as Record<string, Endpoint>).map(([call, row]) => [`${group}.${call}`, row] as const),
  ),
);

const decode = (name: string, body: unknown): unknown => {
  const row = rows.get(name.replace('[]', ''));
  if (row === undefined) throw new RangeError(`no row ${name}`);
  return row.response.decode(name.endsWith('[]') ? [body] : body, 'response');
};

const cases = OFFICIAL_EXAMPLES.filter(({ decodes }) => decodes !== 'event').map(
  (example) => [`${example.section} (line ${example.line})`, example] as const,
);

test.each(cases)('%s', (_place, { decodes, body }) => {
  const value = decode(decodes, body);
  expect(value).toBeDefined();
  // The ids of what is shown are there: an empty result would decode as well.
  const ids = [...JSON.stringify(body).matchAll(/"id":(\d+)/g)].map(([, id]) => id);
  if (typeof value === 'object' && decodes !== 'account.whoami') {
    const kept = JSON.stringify(value);
    expect(ids.filter((id) => !kept.includes(`"id":${id}`))).toEqual([]);
  }
});

test('what a webhook is sent has an event that is known and a body that the API answers with', () => {
  const envelopes = OFFICIAL_EXAMPLES.filter(({ decodes }) => decodes === 'event').map(({ body }) => body);
  expect(envelopes).toHaveLength(1);
  const [{ type, body, sent_at }] = envelopes as [{ type: string; body: unknown; sent_at: number }]; // counted above
  expect(WEBHOOK_EVENTS).toContain(type);
  expect(decode('listEntries.get', body)).toMatchObject({ entity_type: 0 });
  expect(sent_at).toBeLessThan(1e10);
});

test('the examples are all there: 94 of them, each row of the table that has one in the text', () => {
  expect(OFFICIAL_EXAMPLES).toHaveLength(94);
  const shown = new Set(OFFICIAL_EXAMPLES.map(({ decodes }) => decodes.replace('[]', '')));
  expect([...rows.keys()].filter((name) => !shown.has(name))).toEqual(['entityFiles.download']);
});

test('an example with one value of another type is refused by its path, and the value is not told', () => {
  const [, example] = cases.find(([place]) => place.startsWith('The Reminder Resource')) ?? [];
  const broken = { ...(example?.body as object), id: 'confidential' };
  expect(() => decode('reminders.get', broken)).toThrow(new DecodeError('response.id', 'integer'));
});

test('unknown keys, unknown codes and unknown value types are read all the same', () => {
  const field = { id: 1, name: 'F', value_type: 99, allows_multiple: false, shade: 'blue' };
  expect(decode('fields.all', [field])).toMatchObject([{ value_type: 99 }]);
  const value = { id: 1, field_id: 1, entity_id: 1, value: { odd: [1, { deep: true }] } };
  expect(decode('fieldValues.list', [value])).toMatchObject([{ value: value.value }]);
  expect(decode('interactions.get', { id: 1, type: 9, date: '2026-01-01T00:00:00Z', mood: 'good' })).toMatchObject({
    type: 9,
  });
});
