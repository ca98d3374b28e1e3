import type { PreparedCall } from '../../src/api/client';
import type { ApiFault } from '../../src/api/errors';
import { BATCH_CALLS, CALLS_PER_MINUTE } from '../../src/api/limits';
import type { NoAnswer } from '../../src/api/ports';
import { faultOf } from '../fakes/thrown-fault';
import { answer, clientOver, type Reply } from './fakes';

const LOST: NoAnswer = { noAnswer: 'connection reset', neverSent: false };
const who = {
  tenant: { id: 1, name: 'Firm', subdomain: 'firm' },
  user: { id: 2, firstName: 'Ann', lastName: null, email: 'a@b.c' },
};
const entry = (id: number) => ({ id, list_id: 1, entity_id: id, entity: {}, created_at: '2026-01-01T00:00:00Z' });
const entryAt = (url: string) => entry(Number(url.slice(url.lastIndexOf('/') + 1)));
const fieldValue = { id: 9, field_id: 3, list_entry_id: null, entity_id: 4, value: 'x' };

const create = { body: { field_id: 3, entity_id: 4, value: 'x' } };
const one = { path: { field_value_id: 9 } };

describe('a call', () => {
  test('gives its decoded answer and leaves unknown fields out', () => {
    const { client } = clientOver(() => answer(200, { ...who, plan: { type: 'api-key' } }));
    expect(client.account.whoami()).toEqual(who);
  });

  test('carries path, query, body and the key in the right places', () => {
    const { client, requests } = clientOver((request) =>
      answer(200, request.method === 'GET' ? { list_entries: [] } : fieldValue),
    );
    client.listEntries.page({ path: { list_id: 5 }, query: { page_size: 200, page_token: 'a b/+' } });
    client.fieldValues.create(create);
    expect(requests).toEqual([
      {
        method: 'GET',
        url: 'https://api.affinity.co/lists/5/list-entries?page_size=200&page_token=a%20b%2F%2B',
        headers: { authorization: 'Basic OnNlY3JldA==', accept: 'application/json' },
        body: null,
      },
      {
        method: 'POST',
        url: 'https://api.affinity.co/field-values',
        headers: {
          authorization: 'Basic OnNlY3JldA==',
          accept: 'application/json',
          'content-type': 'application/json',
        },
        body: JSON.stringify(create.body),
      },
    ]);
  });

  test('escapes what stands in a path', () => {
    const { client, requests } = clientOver(() => answer(404, ''));
    faultOf(() => client.lists.get({ path: { list_id: '../whoami?x=1' } }));
    expect(requests[0]?.url).toBe('https://api.affinity.co/lists/..%2Fwhoami%3Fx%3D1');
  });

  test('with an answer of another shape is a fault that names the path and not the value', () => {
    const { client } = clientOver(() => answer(200, { ...who, user: { ...who.user, email: 12345 } }));
    const fault = faultOf(() => client.account.whoami());
    expect(fault).toMatchObject({ code: 'api/unreadable-answer', decode: 'response.user.email: expected text' });
    expect(JSON.stringify(fault)).not.toContain('12345');
  });

  test('with an HTML page for an answer is unreadable', () => {
    const { client } = clientOver(() => answer(200, '<html>Sorry</html>'));
    expect(faultOf(() => client.account.whoami())).toMatchObject({
      code: 'api/unreadable-answer',
      decode: 'response: expected JSON',
    });
  });

  test('refused because its record was merged names the record that is left', () => {
    const { client } = clientOver(() => answer(422, ['This person was merged into person 77.']));
    expect(faultOf(() => client.persons.get({ path: { person_id: 5 } }))).toMatchObject({
      code: 'api/merged',
      survivorId: 77,
    });
  });
});

describe('many calls', () => {
  test('come back in order, one outcome for each, with faults in their places', () => {
    const { client } = clientOver(({ url }) => (url.endsWith('/13') ? answer(404, '') : answer(200, entryAt(url))));
    const calls = Array.from({ length: 250 }, (_, index) =>
      client.prepare.listEntries.get({ path: { list_id: 1, list_entry_id: index } }),
    );
    const outcomes = client.all(calls);
    expect(outcomes.map((outcome) => (outcome.ok ? outcome.value.id : outcome.fault.code))).toEqual(
      calls.map((_, index) => (index === 13 ? 'api/not-found' : index)),
    );
  });

  test('keep their order when some are tried again', () => {
    const { client } = clientOver(({ url }, time) =>
      /[13579]$/.test(url) && time === 1 ? answer(503, '') : answer(200, entryAt(url)),
    );
    const calls = Array.from({ length: 20 }, (_, index) =>
      client.prepare.listEntries.get({ path: { list_id: 1, list_entry_id: index } }),
    );
    expect(client.all(calls).map((outcome) => outcome.ok && outcome.value.id)).toEqual(calls.map((_, index) => index));
  });

  test('go out in batches of the agreed size', () => {
    const { client, batches } = clientOver(() => answer(200, who));
    client.all(Array.from({ length: 2 * BATCH_CALLS + 1 }, () => client.prepare.account.whoami()));
    expect(batches).toEqual([BATCH_CALLS, BATCH_CALLS, 1]);
  });

  test('go out in larger batches where the caller asks for it', () => {
    const { client, batches } = clientOver(() => answer(200, who));
    const calls = Array.from({ length: 700 }, () => client.prepare.account.whoami());
    client.all(calls, 500);
    expect(batches).toEqual([500, 200]);
  });

  test('refused for being too many at a time go out in half of that, of whatever size the batch was', () => {
    const most = 80;
    const { client, batches } = clientOver(() =>
      (batches[batches.length - 1] ?? 0) > most
        ? answer(429, '', { 'x-ratelimit-limit-user-remaining': '500', 'x-ratelimit-limit-org-remaining': '500' })
        : answer(200, who),
    );
    const outcomes = client.all(
      Array.from({ length: 300 }, () => client.prepare.account.whoami()),
      300,
    );
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(batches.slice(0, 3)).toEqual([300, 150, 75]);
    expect(batches.filter((size) => size > most).length).toBeLessThan(6);
  });

  test('beyond the minute wait for the next one', () => {
    const { client, clock, batches } = clientOver(() => answer(200, who));
    const begin = clock.now();
    client.all(Array.from({ length: CALLS_PER_MINUTE + 1 }, () => client.prepare.account.whoami()));
    expect(batches.reduce((sum, calls) => sum + calls, 0)).toBe(CALLS_PER_MINUTE + 1);
    expect(clock.now() - begin).toBeGreaterThanOrEqual(60_000);
    expect(clock.now() - begin).toBeLessThan(61_000);
  });

  test.each([
    ['soon: they wait for it', 59_200, [BATCH_CALLS]],
    ['not for long: some go out at once', 30_000, [20, 80]],
  ])('the minute has room for all of them %s', (_when, agoMs, expected) => {
    const now = clientOver(() => answer(200, who)).clock.now();
    const sentBefore = [
      { at: now - agoMs, calls: 500 },
      { at: now - 100, calls: CALLS_PER_MINUTE - 520 },
    ];
    const { client, batches } = clientOver(() => answer(200, who), { sentBefore });
    client.all(Array.from({ length: BATCH_CALLS }, () => client.prepare.account.whoami()));
    expect(batches).toEqual(expected);
  });

  test('none is no request', () => {
    const { client, requests } = clientOver(() => answer(200, who));
    expect(client.all([])).toEqual([]);
    expect(requests).toEqual([]);
  });

  test('a transport that answers too little leaves no call without an outcome', () => {
    const { client } = clientOver(() => answer(200, who), { transport: { sendAll: () => [] } });
    expect(client.all([client.prepare.account.whoami()])).toMatchObject([
      { ok: false, fault: { code: 'api/no-answer' } },
    ]);
  });
});

describe('after an unknown outcome', () => {
  const unknown: readonly (readonly [string, Reply])[] = [
    ['no answer', LOST],
    ['a 500', answer(500, '')],
    ['a 503', answer(503, '')],
    ['a 200 that can’t be read', answer(200, '<html>')],
  ];

  test.each(unknown)('%s: a POST is not sent again, and says that it may have been carried out', (_name, reply) => {
    const { client, requests } = clientOver(() => reply);
    expect(faultOf(() => client.fieldValues.create(create)).outcomeUnknown).toBe(true);
    expect(requests).toHaveLength(1);
  });

  test.each(unknown)('%s: a PUT is sent again', (_name, reply) => {
    const { client, requests } = clientOver((_request, time) => (time === 1 ? reply : answer(200, fieldValue)));
    expect(client.fieldValues.update({ ...one, body: { value: 'x' } }).id).toBe(9);
    expect(requests).toHaveLength(2);
  });

  test.each(unknown.slice(0, 3))('%s: a DELETE that then finds nothing has done its work', (_name, reply) => {
    const { client } = clientOver((_request, time) => (time === 1 ? reply : answer(404, ['not found'])));
    expect(client.fieldValues.remove(one)).toBe(true);
  });

  test('a DELETE that finds nothing at once is a fault', () => {
    const { client } = clientOver(() => answer(404, ''));
    expect(faultOf(() => client.fieldValues.remove(one)).code).toBe('api/not-found');
  });

  test('a DELETE that was refused by the minute and then finds nothing is a fault', () => {
    const { client } = clientOver((_request, time) => answer(time === 1 ? 429 : 404, ''));
    expect(faultOf(() => client.fieldValues.remove(one)).code).toBe('api/not-found');
  });

  test('a GET that then finds nothing is a fault', () => {
    const { client } = clientOver((_request, time) => (time === 1 ? LOST : answer(404, '')));
    expect(faultOf(() => client.lists.get({ path: { list_id: 1 } })).code).toBe('api/not-found');
  });
});

describe('a POST', () => {
  test.each([
    ['refused by the minute', answer(429, '')],
    ['refused with a first 401', answer(401, '')],
    ['that the platform did not send', { noAnswer: 'not permitted', neverSent: true }],
  ] as const)('%s is sent again: it was not carried out', (_name, reply) => {
    const { client, requests } = clientOver((_request, time) => (time === 1 ? reply : answer(200, fieldValue)));
    client.fieldValues.create(create);
    expect(requests).toHaveLength(2);
  });
});

describe('the run’s time', () => {
  test('over before the start: nothing is sent', () => {
    const { client, requests } = clientOver(() => answer(200, who), { deadline: 0 });
    expect(faultOf(() => client.account.whoami())).toMatchObject({ code: 'api/out-of-time', outcomeUnknown: false });
    expect(requests).toEqual([]);
  });

  test('over in between: what was answered counts, the rest is out of time', () => {
    const { client } = clientOver(() => answer(200, who), { deadline: 1_000_000 + 30_000 });
    const outcomes = client.all(Array.from({ length: 1000 }, () => client.prepare.account.whoami()));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(900);
    expect(outcomes.slice(900).every((outcome) => !outcome.ok && outcome.fault.code === 'api/out-of-time')).toBe(true);
  });

  const waits: readonly (readonly [string, Reply, ApiFault['code']])[] = [
    ['a wait after a 429', answer(429, '', { 'retry-after': '900' }), 'api/rate-limited'],
    ['a wait after a 503', answer(503, ''), 'api/server-trouble'],
    ['a wait after no answer', LOST, 'api/no-answer'],
    ['a wait after a first 401', answer(401, ''), 'api/out-of-time'],
    ['a wait after an answer that can’t be read', answer(200, '<html>'), 'api/unreadable-answer'],
  ];
  test.each(waits)('%s that would outlast it is not begun', (_name, reply, code) => {
    const { client, clock } = clientOver(() => reply, { deadline: 1_000_000 + 500 });
    expect(faultOf(() => client.account.whoami()).code).toBe(code);
    expect(clock.slept).toEqual([]);
  });

  test('a call that was tried before says that it may have been carried out', () => {
    const calls = (client: ReturnType<typeof clientOver>['client']): readonly PreparedCall<unknown>[] => [
      client.prepare.fieldValues.update({ ...one, body: { value: 'x' } }),
      ...Array.from({ length: 899 }, () => client.prepare.account.whoami()),
    ];
    const { client } = clientOver(({ method }) => (method === 'PUT' ? LOST : answer(200, who)), {
      deadline: 1_000_000 + 50_000,
    });
    expect(client.all(calls(client))[0]).toMatchObject({
      ok: false,
      fault: { code: 'api/out-of-time', outcomeUnknown: true },
    });
  });
});

describe('the key', () => {
  const leaks: readonly (readonly [string, Reply])[] = [
    ['in a refusal', answer(422, ['key secret is not known'])],
    ['in its encoded form', answer(400, { message: 'bad header Basic OnNlY3JldA==' })],
    ['in the reason for no answer', { noAnswer: 'could not fetch with OnNlY3JldA==', neverSent: false }],
    ['in plain text', answer(500, 'secret')],
    ['where a long refusal is cut', answer(422, [`${'x'.repeat(497)}secret`])],
  ];
  test.each(leaks)('%s is in no fault', (_name, reply) => {
    const { client } = clientOver(() => reply);
    const fault = faultOf(() => client.account.whoami());
    expect(JSON.stringify(fault)).not.toMatch(/sec|OnNlY3/);
  });

  test('is in no report for the log, nor are query, path and body', () => {
    const reports: unknown[] = [];
    const { client } = clientOver(() => answer(200, fieldValue), { onCall: (report) => reports.push(report) });
    client.fieldValues.create(create);
    expect(reports).toEqual([{ endpoint: 'fieldValues.create', status: 200, tries: 1, code: 'good' }]);
  });
});

describe('a fault of the whole connection', () => {
  const hundreds = (reply: Reply) => {
    const { client, requests } = clientOver(() => reply);
    client.all(Array.from({ length: 500 }, () => client.prepare.account.whoami()));
    return requests.length;
  };

  test.each([
    ['a key that is not accepted', answer(401, '')],
    ['a month that is used up', answer(429, '', { 'x-ratelimit-limit-org-remaining': '0' })],
    ['a platform quota that is used up', { noAnswer: 'too many', neverSent: true, platformQuota: true }],
  ] as const)('%s ends the list after its first batch', (_name, reply) => {
    expect(hundreds(reply)).toBeLessThanOrEqual(2 * BATCH_CALLS);
  });
});
