/** The key is in no fault, no report for the log and no thrown value, whatever fails and whatever the server sends back. */
import { Affinity, createControl, type Fault, SEED_NOW, simulatedClock } from '../../../local/affinity';
import { FAULT_KINDS } from '../../../local/affinity/faults';
import { createClient } from '../../../src/api/client';
import type { NoAnswer, Transport, WireRequest, WireResponse } from '../../../src/api/ports';
import { affinity as table } from '../../../src/api/table';

/** A key that occurs nowhere else, in all its forms. */
const KEY = 'MARKED-KEY-8f3a61c2';
const ENCODED = Buffer.from(`:${KEY}`).toString('base64');
const MARKS = [KEY, ENCODED, ENCODED.slice(0, 12), 'MARKED-KEY', '8f3a61c2'];

/** Everything that a value shows to somebody who prints it: its own text, its JSON, its hidden fields, its causes. */
const seenIn = (value: unknown, depth = 0): string => {
  if (value === null || typeof value !== 'object' || depth > 6) return String(value);
  const names = Object.getOwnPropertyNames(value);
  const parts = names.map((name) => seenIn((value as Record<string, unknown>)[name], depth + 1));
  return [String(value), JSON.stringify(value), ...names, ...parts].join('\n');
};

const run = (around: (inner: Transport) => Transport, prepare: (control: ReturnType<typeof createControl>) => void) => {
  const clock = simulatedClock(SEED_NOW);
  const affinity = new Affinity({ entries: 30, adminKey: KEY, clock });
  prepare(createControl(affinity));
  const seen: string[] = [];
  const client = createClient(table, {
    transport: around(affinity.transport()),
    clock,
    random: () => 0.5,
    credentials: { header: `Basic ${ENCODED}`, secrets: [KEY, ENCODED] },
    deadline: clock.now() + 3_600_000,
    onCall: (report) => seen.push(seenIn(report)),
  });
  const calls = Object.entries(client.prepare).flatMap(([group, rows]) =>
    Object.keys(rows).map((call) => [group, call] as const),
  );
  for (const [group, call] of calls) {
    // Each call by name, with arguments that are good for some and refused for others.
    const method = (client as unknown as Record<string, Record<string, (args: object) => unknown>>)[group]?.[call];
    const path = Object.fromEntries(
      ['list_id', 'list_entry_id', 'id', 'field_value_id', 'person_id', 'organization_id', 'opportunity_id', 'note_id']
        .concat(['notes_id', 'entity_file_id', 'reminder_id', 'webhook_subscription_id'])
        .map((name) => [name, 43_001]),
    );
    try {
      method?.({ path, body: { files: [{ name: 'a', text: KEY }], value: 1 } });
    } catch (thrown) {
      seen.push(seenIn(thrown));
    }
  }
  seen.push(seenIn(client.counts()), seenIn(client.quota()));
  return seen.join('\n');
};

const straight = (inner: Transport): Transport => inner;
const expectNoKey = (text: string): void => {
  for (const mark of MARKS) expect([mark, text.includes(mark)]).toEqual([mark, false]);
};

test('the search finds a key where there is one', () => {
  const fault = new Error('outer', { cause: { hidden: [KEY] } });
  expect(MARKS.some((mark) => seenIn(fault).includes(mark))).toBe(true);
});

const kinds = Object.keys(FAULT_KINDS) as Fault['kind'][]; // the keys of a constant
test.each(kinds)('after %s at every call', (kind) => {
  expectNoKey(run(straight, (control) => control.addFault({ kind, times: 'always', latencyMs: 10 })));
});

const answers: readonly (readonly [string, (request: WireRequest) => WireResponse | NoAnswer])[] = [
  ...[200, 302, 400, 401, 403, 404, 422, 429, 500, 503].map(
    (status) =>
      [
        `a ${status} that repeats the request`,
        (request: WireRequest): WireResponse => ({
          status,
          headers: { 'retry-after': '1', location: `https://elsewhere.example/?k=${KEY}`, 'x-echo': KEY },
          body: JSON.stringify({ message: `${JSON.stringify(request)} ${KEY}`, errors: [KEY] }),
        }),
      ] as const,
  ),
  ['plain text with the key', () => ({ status: 422, headers: {}, body: `the key ${KEY} (${ENCODED}) is not good` })],
  ['a page with the key', () => ({ status: 200, headers: {}, body: `<html>${KEY}</html>` })],
  ['JSON whose names are the key', () => ({ status: 200, headers: {}, body: JSON.stringify({ [KEY]: KEY }) })],
  [
    'no answer for a reason with the key',
    (request) => ({ noAnswer: `could not send ${request.headers.authorization}`, neverSent: false }),
  ],
  ['a refusal of the platform with the key', () => ({ noAnswer: `not allowed: ${KEY}`, neverSent: true })],
];

test.each(answers)('after %s', (_name, answer) => {
  expectNoKey(
    run(
      () => ({ sendAll: (requests) => requests.map(answer) }),
      () => {},
    ),
  );
});

test('the key goes to the API only: a file is fetched without it', () => {
  const clock = simulatedClock(SEED_NOW);
  const affinity = new Affinity({ entries: 30, adminKey: KEY, clock });
  const inner = affinity.transport();
  const sent: WireRequest[] = [];
  const client = createClient(table, {
    transport: {
      sendAll: (requests) => {
        sent.push(...requests);
        return inner.sendAll(requests);
      },
    },
    clock,
    random: () => 0.5,
    credentials: { header: `Basic ${ENCODED}`, secrets: [KEY, ENCODED] },
    deadline: clock.now() + 60_000,
  });
  const file = client.entityFiles.download({ path: { entity_file_id: 43_001 } });
  expect(Buffer.from(file.base64, 'base64').length).toBe(affinity.world.entityFiles.get(43_001)?.bytes.length);
  expect(sent.map(({ url }) => new URL(url).host)).toEqual(['api.affinity.co', 'userfiles.affinity.co']);
  expectNoKey(JSON.stringify(sent[1]));
});
