/** The product's client against the emulator: paging, retries, lost replies, secrets and the quota, on a simulated clock. */

import {
  Affinity,
  type AffinityOptions,
  createControl,
  LIST_IDS,
  SEED_NOW,
  simulatedClock,
} from '../../../local/affinity';
import { type Client, createClient } from '../../../src/api/client';
import { pages } from '../../../src/api/paging';
import type { Transport, WireResponse } from '../../../src/api/ports';
import { type Affinity as AffinityTable, affinity as table } from '../../../src/api/table';
import { faultOf } from '../../fakes/thrown-fault';
import { FIELDS, KEYS } from './api';

interface Setup extends AffinityOptions {
  readonly key?: string;
  /** Puts something between the client and the emulator. */
  readonly around?: (inner: Transport) => Transport;
  readonly budgetMs?: number;
}

const header = (key: string): string => `Basic ${Buffer.from(`:${key}`).toString('base64')}`;

const start = ({ key = KEYS.admin, around = (inner) => inner, budgetMs = 3_600_000, ...options }: Setup = {}) => {
  const clock = simulatedClock(SEED_NOW);
  const affinity = new Affinity({ entries: 60, clock, ...options });
  const client: Client<AffinityTable> = createClient(table, {
    transport: around(affinity.transport()),
    clock,
    random: () => 0.5,
    credentials: { header: header(key), secrets: [key, header(key), header(key).slice(6)] },
    deadline: clock.now() + budgetMs,
  });
  return { affinity, client, clock, control: createControl(affinity) };
};

const pipeline = { list_id: LIST_IDS.pipeline };

describe('paging', () => {
  test.each(['null', 'empty-page', 'alternate'] as const)('reads each entry once when the end is %s', (lastPage) => {
    const { client } = start({ choices: { lastPage } });
    for (let pull = 0; pull < 2; pull += 1) {
      const read = [
        ...pages('listEntries.page', (page_token) =>
          client.listEntries.page({
            path: pipeline,
            query: { page_size: 20, ...(page_token === null ? {} : { page_token }) },
          }),
        ),
      ].flatMap((page) => page.list_entries);
      expect(new Set(read.map((entry) => entry.id)).size).toBe(60);
    }
  });

  test('reads all persons and organizations', () => {
    const { client, affinity } = start();
    const persons = [
      ...pages('persons.search', (page_token) =>
        client.persons.search({ query: { page_size: 7, ...(page_token === null ? {} : { page_token }) } }),
      ),
    ].flatMap((page) => page.persons);
    expect(persons.map((person) => person.id)).toEqual([...affinity.world.persons.keys()]);
    const organizations = [
      ...pages('organizations.search', (page_token) =>
        client.organizations.search({ query: { page_size: 10, ...(page_token === null ? {} : { page_token }) } }),
      ),
    ].flatMap((page) => page.organizations);
    const known = [...affinity.world.organizations.values()].filter((organization) => organization.isKnown);
    expect(organizations.map((organization) => organization.id)).toEqual(known.map((organization) => organization.id));
  });

  test('an entry that comes in between two pages shifts the rows: one comes twice', () => {
    const { client, affinity } = start();
    let call = 0;
    affinity.beforeCall((endpoint) => {
      call += 1;
      if (call !== 2 || endpoint !== 'listEntries.page') return;
      const { world } = affinity;
      const [oldest] = world.entriesOf(LIST_IDS.companies);
      if (oldest !== undefined)
        world.addEntry({ ...oldest, id: world.nextId('listEntry'), created_at: world.clock.now() });
    });
    const read = [
      ...pages('listEntries.page', (page_token) =>
        client.listEntries.page({
          path: { list_id: LIST_IDS.companies },
          query: { page_size: 10, ...(page_token === null ? {} : { page_token }) },
        }),
      ),
    ].flatMap((page) => page.list_entries);
    expect(read.length - new Set(read.map((entry) => entry.id)).size).toBe(1);
  });

  test('a server that names a page again is not believed', () => {
    const { client } = start({
      around: (inner) => ({
        sendAll: (requests) =>
          inner
            .sendAll(requests)
            .map((answer) =>
              'noAnswer' in answer ? answer : { ...answer, body: '{"persons":[],"next_page_token":"b25jZQ=="}' },
            ),
      }),
    });
    const read = () => [...pages('persons.search', () => client.persons.search())];
    expect(faultOf(read)).toMatchObject({
      code: 'api/unreadable-answer',
      decode: expect.stringContaining('next_page_token'),
    });
  });
});

describe('a call that can be repeated', () => {
  test.each([
    'error-500',
    'error-503',
    'reset',
    'reply-lost',
    'html',
    'truncated',
    'applied-error-500',
    'unauthorized',
  ] as const)('is sent again after %s', (kind) => {
    const { client, control } = start();
    control.addFault({ kind, endpoint: 'lists.all' });
    expect(client.lists.all()).toHaveLength(4);
    expect(control.calls().byEndpoint['lists.all']).toBe(2);
  });

  test('waits for the end of the minute after a 429 by the minute', () => {
    const { client, control, clock } = start();
    control.addFault({ kind: 'minute-limit', endpoint: 'lists.all' });
    const before = clock.now();
    client.lists.all();
    expect(clock.now()).toBeGreaterThan(before);
    expect(clock.now() - before).toBeLessThanOrEqual(60_000);
  });

  test('backs off after a 429 by concurrency', () => {
    const { client, control, clock } = start();
    control.addFault({ kind: 'concurrency-limit', endpoint: 'lists.all', times: 2 });
    const before = clock.now();
    expect(client.lists.all()).toHaveLength(4);
    expect(clock.now() - before).toBe(1500);
  });

  test('is given up after five tries', () => {
    const { client, control } = start();
    control.addFault({ kind: 'error-503', times: 'always' });
    expect(faultOf(() => client.lists.all())).toMatchObject({
      code: 'api/server-trouble',
      status: 503,
      outcomeUnknown: false,
    });
    expect(control.calls().total).toBe(5);
  });

  test('is refused at once when the month is used up', () => {
    const { client, control, clock } = start();
    control.addFault({ kind: 'month-limit' });
    const before = clock.now();
    expect(faultOf(() => client.lists.all()).code).toBe('api/month-used-up');
    expect(clock.now()).toBe(before);
    expect(control.calls().total).toBe(1);
  });

  test('a removal whose reply was lost counts as done', () => {
    const { client, control, affinity } = start();
    const [entry] = affinity.world.entriesOf(LIST_IDS.companies);
    control.addFault({ kind: 'reply-lost', endpoint: 'listEntries.remove' });
    const path = { list_id: LIST_IDS.companies, list_entry_id: entry?.id ?? 0 };
    expect(client.listEntries.remove({ path })).toBe(true);
    expect(faultOf(() => client.listEntries.remove({ path })).code).toBe('api/not-found');
  });
});

describe('a call that must not be repeated', () => {
  const newCell = (affinity: Affinity) => {
    const person = [...affinity.world.persons.values()].find((one) => one.type === 0);
    return { field_id: FIELDS.personUseCase, entity_id: person?.id ?? 0, value: 'pilot of the year' };
  };
  const written = (client: Client<AffinityTable>, entityId: number): number =>
    client.fieldValues.list({ query: { person_id: entityId } }).filter((value) => value.value === 'pilot of the year')
      .length;

  test.each([
    ['reply-lost', 'api/no-answer', 1],
    ['reset', 'api/no-answer', 0],
    ['error-500', 'api/server-trouble', 0],
    ['applied-error-500', 'api/server-trouble', 1],
    ['html', 'api/unreadable-answer', 1],
    ['truncated', 'api/unreadable-answer', 1],
  ] as const)('is sent once after %s, and its outcome is unknown', (kind, code, count) => {
    const { client, control, affinity } = start();
    const body = newCell(affinity);
    control.addFault({ kind, endpoint: 'fieldValues.create' });
    expect(faultOf(() => client.fieldValues.create({ body }))).toMatchObject({ code, outcomeUnknown: true });
    expect(control.calls().byEndpoint['fieldValues.create']).toBe(1);
    expect(written(client, body.entity_id)).toBe(count);
  });

  test('is sent again after a 429, which carries nothing out', () => {
    const { client, control, affinity } = start();
    const body = newCell(affinity);
    control.addFault({ kind: 'minute-limit', endpoint: 'fieldValues.create' });
    client.fieldValues.create({ body });
    expect(written(client, body.entity_id)).toBe(1);
  });
});

describe('refusals', () => {
  test('a wrong key is believed the second time', () => {
    const { client, control } = start({ key: 'wrong-key' });
    expect(faultOf(() => client.lists.all()).code).toBe('api/bad-key');
    expect(control.calls().total).toBe(2);
  });

  test('a hidden list is forbidden, a missing entry is not found', () => {
    const { client } = start({ key: KEYS.guest });
    expect(faultOf(() => client.lists.get({ path: { list_id: LIST_IDS.watchlist } })).code).toBe('api/forbidden');
    expect(faultOf(() => client.listEntries.get({ path: { ...pipeline, list_entry_id: 1 } })).code).toBe(
      'api/not-found',
    );
  });

  test('a merged organization names its survivor', () => {
    const { client, control } = start();
    control.merge({ type: 1, id: 40_003, into: 40_004 });
    const fault = faultOf(() => client.organizations.get({ path: { organization_id: 40_003 } }));
    expect(fault).toMatchObject({ code: 'api/merged', survivorId: 40_004 });
  });

  test.each(['mixed', 'array', 'message', 'error', 'errors', 'text'] as const)(
    'the sentence is read from a body of form %s',
    (errorBodies) => {
      const { client } = start({ choices: { errorBodies } });
      expect(faultOf(() => client.fieldValues.list())).toMatchObject({
        code: 'api/rejected',
        message: expect.stringContaining('Exactly one of'),
      });
    },
  );

  test('no fault holds the key, even when the server sends it back', () => {
    const echo =
      (status: number): ((inner: Transport) => Transport) =>
      () => ({
        sendAll: (requests) =>
          requests.map(
            (request): WireResponse => ({
              status,
              headers: {},
              body: JSON.stringify({ message: `${request.headers.authorization} ${KEYS.admin} is not good` }),
            }),
          ),
      });
    for (const status of [401, 403, 404, 422, 429, 500]) {
      const { client } = start({ around: echo(status) });
      expect(JSON.stringify(faultOf(() => client.lists.all()))).not.toContain(KEYS.admin);
      expect(JSON.stringify(faultOf(() => client.lists.all()))).not.toContain(header(KEYS.admin).slice(6));
    }
  });
});

describe('the quota', () => {
  const readAll = ({ client }: ReturnType<typeof start>) => {
    const entries = client.listEntries.page({ path: pipeline }).list_entries;
    return client.all(entries.map((entry) => client.prepare.fieldValues.list({ query: { list_entry_id: entry.id } })));
  };

  test.each(['fixed', 'sliding'] as const)('is never exceeded by a pull of 3,000 cells with %s minutes', (window) => {
    const run = start({ entries: 3000, quota: { window } });
    const outcomes = readAll(run);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(3000);
    expect(run.control.calls().byStatus).toEqual({ 200: 3001 });
    expect(run.control.calls().busiestMinute).toBeLessThanOrEqual(900);
    expect(run.clock.now() - SEED_NOW).toBeLessThan(4 * 60_000);
  });

  test.each(['fixed', 'sliding'] as const)('that is lowered is kept with %s minutes', (window) => {
    const run = start({ entries: 600, quota: { window, perMinute: 100 } });
    expect(readAll(run).every((outcome) => outcome.ok)).toBe(true);
    expect(run.control.calls().byStatus[429] ?? 0).toBeLessThanOrEqual(1);
  });

  test('that another program uses too ends in waits, not in faults', () => {
    const run = start({ entries: 1500 });
    run.affinity.beforeCall(() => {
      if (run.affinity.quota.minute(40_001).remaining > 2) run.affinity.quota.take(40_001, true);
    });
    expect(readAll(run).every((outcome) => outcome.ok)).toBe(true);
  });

  test('shows what is left of the month, and nothing on a plan without a limit', () => {
    const limited = start();
    limited.client.lists.all();
    expect(limited.client.quota()).toMatchObject({ minuteRemaining: 899, monthRemaining: 99_999, monthLimit: 100_000 });
    const unlimited = start({ quota: { perMonth: 'unlimited' } });
    unlimited.client.lists.all();
    expect(unlimited.client.quota()).toMatchObject({ monthRemaining: null, monthLimit: null });
    expect(unlimited.client.account.rateLimit().rate.org_monthly).toMatchObject({ limit: null, remaining: null });
  });

  test('ends a run when its time is over, and says so for each call that was not sent', () => {
    const run = start({ entries: 2000, budgetMs: 30_000 });
    const codes = readAll(run).map((outcome) => (outcome.ok ? 'good' : outcome.fault.code));
    expect(new Set(codes)).toEqual(new Set(['good', 'api/out-of-time']));
    expect(run.clock.now() - SEED_NOW).toBeLessThanOrEqual(30_000);
  });
});
