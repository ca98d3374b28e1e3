/** The emulator over real HTTP: what only a socket shows. */
import { request as httpRequest } from 'node:http';
import { type AffinityServer, startAffinity } from '../../../local/affinity';
import { FIELDS, KEYS, LIST_IDS } from './api';

let server: AffinityServer;
beforeEach(async () => {
  server = await startAffinity({ entries: 20 });
});
afterEach(() => server.close());

const basic = (key: string, user = ''): string => `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`;
const get = (path: string, authorization: string = basic(KEYS.admin)) =>
  fetch(server.url + path, { headers: { authorization } });
const control = async (
  name: string,
  argument?: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
) => {
  const body = argument === undefined ? '' : JSON.stringify(argument);
  const answer = await fetch(`${server.url}/_emulator/${name}`, { method: 'POST', headers, body });
  return { status: answer.status, json: await answer.json() };
};

test('the key is taken as Basic password, whatever the user part, or as Bearer token', async () => {
  for (const authorization of [basic(KEYS.admin), basic(KEYS.admin, 'anyone'), `Bearer ${KEYS.admin}`]) {
    const answer = await get('/auth/whoami', authorization);
    expect([authorization, answer.status]).toEqual([authorization, 200]);
  }
  expect((await get('/auth/whoami', KEYS.admin)).status).toBe(401);
});

test('header names are in lower case on the wire', async () => {
  const names = await new Promise<readonly string[]>((done, failed) => {
    const call = httpRequest(`${server.url}/lists`, { headers: { authorization: basic(KEYS.admin) } }, (answer) => {
      answer.resume();
      done(answer.rawHeaders);
    });
    call.on('error', failed);
    call.end();
  });
  expect(names).toContain('x-ratelimit-limit-user-remaining');
});

test('a JSON body with accents, emoji and right-to-left text arrives as it was sent', async () => {
  const value = 'Ünïcödé – 🚀 – مرحبا – "quoted"; \n';
  const body = JSON.stringify({ field_id: FIELDS.personUseCase, entity_id: 40_010, value });
  const headers = { authorization: basic(KEYS.colleague), 'content-type': 'application/json' };
  const answer = await fetch(`${server.url}/field-values`, { method: 'POST', headers, body });
  expect([answer.status, (await answer.json()).value]).toEqual([200, value]);
});

test('a form body is refused where the text shows JSON only', async () => {
  const body = new URLSearchParams({ entity_id: '40010' });
  const answer = await fetch(`${server.url}/lists/${LIST_IDS.people}/list-entries`, {
    method: 'POST',
    headers: { authorization: basic(KEYS.admin) },
    body,
  });
  expect(answer.status).toBe(422);
});

test('a body that is no JSON, or none at all, is a 422', async () => {
  const headers = { authorization: basic(KEYS.admin), 'content-type': 'application/json' };
  for (const body of ['{', '']) {
    const answer = await fetch(`${server.url}/field-values`, { method: 'POST', headers, body });
    expect(answer.status).toBe(422);
  }
});

test('a method that a path does not have is a 404', async () => {
  for (const method of ['PATCH', 'DELETE']) {
    const answer = await fetch(`${server.url}/lists`, { method, headers: { authorization: basic(KEYS.admin) } });
    expect(answer.status).toBe(404);
  }
});

test('a dropped connection carries nothing out, a lost reply does', async () => {
  const entry = server.world.entriesOf(LIST_IDS.companies)[0];
  const path = `/lists/${LIST_IDS.companies}/list-entries/${entry?.id}`;
  const remove = () => fetch(server.url + path, { method: 'DELETE', headers: { authorization: basic(KEYS.admin) } });
  await control('addFault', { kind: 'reset' });
  await expect(remove()).rejects.toThrow();
  expect(server.world.entries.has(entry?.id ?? 0)).toBe(true);
  await control('addFault', { kind: 'reply-lost' });
  await expect(remove()).rejects.toThrow();
  expect(server.world.entries.has(entry?.id ?? 0)).toBe(false);
});

test('latency delays the answer', async () => {
  await control('addFault', { kind: 'latency', latencyMs: 150 });
  const begin = Date.now();
  await get('/lists');
  expect(Date.now() - begin).toBeGreaterThanOrEqual(145);
});

test('calls beyond the concurrency limit are a 429 with calls left', async () => {
  await control('setQuota', { concurrent: 2 });
  await control('addFault', { kind: 'latency', latencyMs: 200, times: 'always' });
  const answers = await Promise.all([get('/lists'), get('/lists'), get('/lists')]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 200, 429]);
  const refused = answers.find((answer) => answer.status === 429);
  expect(Number(refused?.headers.get('x-ratelimit-limit-user-remaining'))).toBeGreaterThan(0);
});

test('the port is taken: starting fails with the reason', async () => {
  const port = Number(new URL(server.url).port);
  await expect(startAffinity({ port, entries: 0 })).rejects.toThrow('EADDRINUSE');
});

describe('the control functions over HTTP', () => {
  test('move the clock, count calls and reset the counts', async () => {
    const before = (await control('now')).json.result;
    const after = (await control('advance', 60_000)).json.result;
    expect(after - before).toBeGreaterThanOrEqual(60_000);
    await get('/lists');
    expect((await control('calls')).json.result).toMatchObject({ total: 1, reads: 1, byEndpoint: { 'lists.all': 1 } });
    await control('resetCalls');
    expect((await control('calls')).json.result.total).toBe(0);
  });

  test('tell users, lists and a part of a list with its values', async () => {
    const state = (await control('state')).json.result;
    expect(state.users.map((user: { role: string }) => user.role)).toEqual(['admin', 'colleague', 'guest']);
    const dump = (await control('dump', { list_id: LIST_IDS.pipeline, limit: 2 })).json.result;
    expect(dump.entries).toHaveLength(2);
    expect(dump.entries[0].values.length).toBeGreaterThan(5);
  });

  test.each([
    ['noSuchFunction', undefined],
    ['constructor', undefined],
    ['addFault', { kind: 'flood' }],
    ['advance', -1],
    ['setRule', { rule: 'no-such-rule', on: true }],
    ['setChoices', { noSuchChoice: 1 }],
    ['dump', { list_id: 1 }],
    ['removeList', 1],
    ['merge', { type: 0, id: 1, into: 2 }],
    ['editInApp', { field_value_id: 1, value: 'x' }],
  ])('%s(%j) is refused with a sentence', async (name, argument) => {
    const { status, json } = await control(name, argument);
    expect([status, typeof json.error]).toEqual([400, 'string']);
  });

  test('want JSON, which a page of another site cannot send', async () => {
    expect((await control('now', undefined, { 'content-type': 'text/plain' })).status).toBe(415);
  });
});
