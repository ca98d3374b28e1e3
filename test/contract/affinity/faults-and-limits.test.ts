/** Trouble on demand hits exactly the calls it names, and the limits count as documented. */
import { KEYS, LIST_IDS, startApi } from './api';

const statuses = (count: number, call: () => { readonly status: number }): readonly number[] =>
  Array.from({ length: count }, () => call().status);

describe('a fault', () => {
  test('hits the next call of anyone when nothing else is said, once', () => {
    const api = startApi();
    api.control.addFault({ kind: 'error-500' });
    expect(statuses(3, () => api.get('/lists'))).toEqual([500, 200, 200]);
    expect(api.control.faults()).toEqual([]);
  });

  test('waits for the nth fitting call and lasts as often as wanted', () => {
    const api = startApi();
    api.control.addFault({ kind: 'error-503', endpoint: 'lists.all', nth: 2, times: 2 });
    expect(api.get('/auth/whoami').status).toBe(200);
    expect(statuses(4, () => api.get('/lists'))).toEqual([200, 503, 503, 200]);
  });

  test('fits by user and method', () => {
    const api = startApi();
    api.control.addFault({ kind: 'unauthorized', user: 'colleague', method: 'GET' });
    expect(api.get('/lists').status).toBe(200);
    expect(api.get('/lists', KEYS.colleague).status).toBe(401);
  });

  test('two faults hit one call after the other', () => {
    const api = startApi();
    api.control.addFault({ kind: 'error-500' });
    api.control.addFault({ kind: 'html' });
    expect(api.get('/lists').status).toBe(500);
    const page = api.get('/lists');
    expect([page.status, page.text.startsWith('<!DOCTYPE html>')]).toEqual([200, true]);
  });

  test('hits a share of the calls, the same ones for the same seed', () => {
    const run = () => {
      const api = startApi();
      api.control.addFault({ kind: 'error-500', share: 0.3, times: 'always' });
      return statuses(200, () => api.get('/lists'));
    };
    const failed = run().filter((status) => status === 500).length;
    expect(failed).toBeGreaterThan(30);
    expect(failed).toBeLessThan(90);
    expect(run()).toEqual(run());
  });

  test('can be cleared', () => {
    const api = startApi();
    api.control.addFault({ kind: 'error-500', times: 'always' });
    api.control.clearFaults();
    expect(api.get('/lists').status).toBe(200);
  });

  test('of limits carries nothing out, and its headers tell the cause', () => {
    const left = (reply: { headers: Readonly<Record<string, string>> }) => [
      reply.headers['x-ratelimit-limit-user-remaining'] === '0',
      reply.headers['x-ratelimit-limit-org-remaining'] === '0',
    ];
    const api = startApi();
    api.control.addFault({ kind: 'minute-limit' });
    expect(left(api.get('/lists'))).toEqual([true, false]);
    api.control.addFault({ kind: 'month-limit' });
    expect(left(api.get('/lists'))).toEqual([false, true]);
    api.control.addFault({ kind: 'concurrency-limit' });
    expect(left(api.get('/lists'))).toEqual([false, false]);
  });

  test('of latency lets the longest wait of a batch pass on the simulated clock', () => {
    const { affinity, control } = startApi();
    control.addFault({ kind: 'latency', latencyMs: 300, endpoint: 'lists.all' });
    control.addFault({ kind: 'latency', latencyMs: 700, endpoint: 'fields.all' });
    const before = control.now();
    const headers = { Authorization: `Bearer ${KEYS.admin}` };
    const answers = affinity
      .transport()
      .sendAll(['/lists', '/fields'].map((url) => ({ method: 'GET', url, headers, body: null })));
    expect(answers.map((answer) => ('noAnswer' in answer ? 0 : answer.status))).toEqual([200, 200]);
    expect(control.now() - before).toBe(700);
  });

  test('cuts the JSON of an answer', () => {
    const api = startApi();
    const whole = api.get('/lists').text;
    api.control.addFault({ kind: 'truncated' });
    const cut = api.get('/lists').text;
    expect(whole.startsWith(cut) && cut.length < whole.length).toBe(true);
    expect(() => JSON.parse(cut)).toThrow();
  });
});

describe('a fault in a header', () => {
  test.each([
    ['error-503', 503],
    ['{"kind":"unauthorized"}', 401],
    ['no-such-kind', 200],
  ])('%s hits the call that carries it and no other', (fault, status) => {
    const api = startApi();
    expect(api.send('GET', '/lists', { headers: { 'x-emulator-fault': fault } }).status).toBe(status);
    expect(api.get('/lists').status).toBe(200);
  });
});

test.each([
  'listEntries.page',
  'notes.list',
  'reminders.list',
  'entityFiles.list',
  'persons.search',
  'organizations.search',
  'opportunities.search',
])('a row that leaves before the second page of %s lets the rows move', (endpoint) => {
  const paths: Record<string, readonly [path: string, key: string]> = {
    'listEntries.page': [`/lists/${LIST_IDS.companies}/list-entries`, 'list_entries'],
    'notes.list': ['/notes', 'notes'],
    'reminders.list': ['/reminders', 'reminders'],
    'entityFiles.list': ['/entity-files', 'entity_files'],
    'persons.search': ['/persons', 'persons'],
    'organizations.search': ['/organizations', 'organizations'],
    'opportunities.search': ['/opportunities', 'opportunities'],
  };
  const [path, key] = paths[endpoint] ?? ['', ''];
  const secondPage = (isFaulty: boolean) => {
    const api = startApi();
    const token = encodeURIComponent(api.get(`${path}?page_size=7`).json.next_page_token);
    if (isFaulty) api.control.addFault({ kind: 'row-removed', endpoint: endpoint as 'notes.list' });
    return api.get(`${path}?page_size=7&page_token=${token}`).json[key].map((row: { id: number }) => row.id);
  };
  const [still, moved] = [secondPage(false), secondPage(true)];
  expect(moved[0]).toBe(still[1]);
});

describe('the minute', () => {
  test('of fixed windows starts anew with the minute of the clock', () => {
    const api = startApi({ quota: { perMinute: 3 } });
    api.control.advance(50_000);
    expect(statuses(4, () => api.get('/lists'))).toEqual([200, 200, 200, 429]);
    expect(api.get('/lists').headers['x-ratelimit-limit-user-reset']).toBe('10');
    api.control.advance(10_000);
    expect(statuses(4, () => api.get('/lists'))).toEqual([200, 200, 200, 429]);
  });

  test('of sliding windows frees each call a minute later', () => {
    const api = startApi({ quota: { perMinute: 2, window: 'sliding' } });
    api.get('/lists');
    api.control.advance(40_000);
    api.get('/lists');
    api.control.advance(19_999);
    expect(api.get('/lists').status).toBe(429);
    api.control.advance(1);
    expect(statuses(2, () => api.get('/lists'))).toEqual([200, 429]);
  });

  test('a refused call does not count', () => {
    const api = startApi({ quota: { perMinute: 1 } });
    statuses(5, () => api.get('/lists'));
    expect(api.affinity.quota.minute(40_001).used).toBe(1);
    expect(api.control.calls()).toMatchObject({ total: 5, byStatus: { 200: 1, 429: 4 } });
  });
});

describe('the month', () => {
  test('ends with the calendar month', () => {
    const api = startApi();
    api.control.setUsedInMonth(100_000);
    const refused = api.get('/lists');
    expect([refused.status, refused.headers['x-ratelimit-limit-org-remaining']]).toEqual([429, '0']);
    api.control.advance(Number(refused.headers['x-ratelimit-limit-org-reset']) * 1000);
    expect(api.get('/lists').status).toBe(200);
    expect(api.get('/rate-limit').json.rate.org_monthly).toMatchObject({ limit: 100_000, remaining: 99_999, used: 1 });
  });

  test('of an unlimited plan has no -org headers, and reads as "unlimited"', () => {
    const api = startApi({ quota: { perMonth: 'unlimited' } });
    const { headers, json } = api.get('/rate-limit');
    expect(Object.keys(headers).filter((name) => name.includes('-org'))).toEqual([]);
    expect(json.rate.org_monthly).toMatchObject({ limit: 'unlimited', remaining: 'unlimited' });
    expect(headers['x-ratelimit-limit-user']).toBe('900');
  });
});

test('calls are counted by endpoint, user, status, and as reads and writes', () => {
  const api = startApi();
  const cell = api.emptyCell(61_225);
  api.control.resetCalls();
  api.post('/field-values', { ...cell, value: 1 }, KEYS.colleague);
  api.get('/lists');
  api.get('/nowhere', 'wrong-key');
  expect(api.control.calls()).toEqual({
    total: 3,
    reads: 2,
    writes: 1,
    byEndpoint: { 'fieldValues.create': 1, 'lists.all': 1, unknown: 1 },
    written: { 'fieldValues.create': 1 },
    byUser: { admin: 1, colleague: 1, nobody: 1 },
    byStatus: { 200: 2, 401: 1 },
    busiestMinute: 1,
  });
});
