/** The product's client over all resources: what only some of them need, and what a plan of calls costs. */
import {
  Affinity,
  type AffinityOptions,
  createControl,
  LIST_IDS,
  SEED_NOW,
  simulatedClock,
} from '../../../local/affinity';
import { createClient } from '../../../src/api/client';
import { InteractionType, NoteType, ReminderType } from '../../../src/api/enums';
import { estimate, exactly, pagesOf } from '../../../src/api/estimate';
import { changesInOrder, type Page, type PageQuery, type Reading, rows } from '../../../src/api/paging';
import type { WireRequest } from '../../../src/api/ports';
import { affinity as table } from '../../../src/api/table';
import { faultOf } from '../../fakes/thrown-fault';
import { FIELDS, KEYS } from './api';

const start = (options: AffinityOptions = {}) => {
  const clock = simulatedClock(SEED_NOW);
  const affinity = new Affinity({ entries: 60, clock, ...options });
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
    credentials: { header: `Bearer ${KEYS.admin}`, secrets: [KEYS.admin] },
    deadline: clock.now() + 3_600_000,
  });
  return { affinity, client, clock, control: createControl(affinity), sent };
};

/** All rows of a reading, and what it says at its end. */
const drained = <R>(reading: Generator<R, Reading, undefined>): readonly [readonly R[], Reading] => {
  const all: R[] = [];
  for (;;) {
    const step = reading.next();
    if (step.done === true) return [all, step.value];
    all.push(step.value);
  }
};

describe('one iterator reads every form of paging', () => {
  type Source = readonly [
    name: string,
    read: (api: ReturnType<typeof start>) => {
      readonly fetch: (query: PageQuery) => Page;
      readonly rowsOf: (page: never) => readonly { readonly id: number }[];
    },
    size: (api: ReturnType<typeof start>) => number,
  ];
  const year = { start_time: '2025-07-02', end_time: '2026-07-01' };
  const sources: readonly Source[] = [
    [
      'list entries',
      ({ client }) => ({
        fetch: (query) => client.listEntries.page({ path: { list_id: LIST_IDS.pipeline }, query }),
        rowsOf: (page: { list_entries: { id: number }[] }) => page.list_entries,
      }),
      ({ affinity }) => affinity.world.entriesOf(LIST_IDS.pipeline).length,
    ],
    [
      'persons',
      ({ client }) => ({
        fetch: (query) => client.persons.search({ query }),
        rowsOf: (page: { persons: { id: number }[] }) => page.persons,
      }),
      ({ affinity }) => affinity.world.persons.size,
    ],
    [
      'opportunities',
      ({ client }) => ({
        fetch: (query) => client.opportunities.search({ query }),
        rowsOf: (page: { opportunities: { id: number }[] }) => page.opportunities,
      }),
      ({ affinity }) => affinity.world.opportunities.size,
    ],
    [
      'notes',
      ({ client }) => ({
        fetch: (query) => client.notes.list({ query }),
        rowsOf: (page: { notes: { id: number }[] }) => page.notes,
      }),
      ({ affinity }) => affinity.world.notes.size,
    ],
    [
      'reminders',
      ({ client }) => ({
        fetch: (query) => client.reminders.list({ query }),
        rowsOf: (page: { reminders: { id: number }[] }) => page.reminders,
      }),
      ({ affinity }) => affinity.world.reminders.size,
    ],
    [
      'files',
      ({ client }) => ({
        fetch: (query) => client.entityFiles.list({ query }),
        rowsOf: (page: { entity_files: { id: number }[] }) => page.entity_files,
      }),
      ({ affinity }) => affinity.world.entityFiles.size,
    ],
    [
      'interactions',
      ({ client }) => ({
        fetch: (query) =>
          client.interactions.list({ query: { type: InteractionType.email, person_id: 40_008, ...year, ...query } }),
        rowsOf: (page: { interactions: { id: number }[] }) => page.interactions,
      }),
      ({ affinity }) =>
        affinity.world.interactions
          .of(40_008)
          .filter(
            (one) => one.type === 3 && one.date >= Date.parse(year.start_time) && one.date < Date.parse(year.end_time),
          ).length,
    ],
  ];

  for (const [name, read, size] of sources) {
    test.each(['null', 'empty-page'] as const)(`${name}, when the end is %s`, (lastPage) => {
      const api = start({ choices: { lastPage } });
      const { fetch, rowsOf } = read(api);
      const reading = rows({
        endpoint: name,
        fetch,
        rowsOf: rowsOf as never,
        keyOf: (row: { id: number }) => row.id,
        pageSize: 4,
      });
      const [all, end] = drained(reading);
      expect(all).toHaveLength(size(api));
      expect(end).toMatchObject({ rows: size(api), repeated: 0, missed: null });
    });
  }

  test('a bare array is one page', () => {
    const { client } = start({ choices: { notesForm: 'array' } });
    const reading = rows({
      endpoint: 'notes.list',
      fetch: (query) => client.notes.list({ query }),
      rowsOf: (page) => page.notes,
      keyOf: (note) => note.id,
      pageSize: 5,
    });
    expect(drained(reading)[1]).toMatchObject({ pages: 1, repeated: 0 });
  });
});

describe('a history', () => {
  const read = ({ client }: ReturnType<typeof start>, limit: number) => [
    ...changesInOrder((after) =>
      client.fieldValueChanges.list({ query: { field_id: FIELDS.status, order_by: 'asc', limit, ...after } }),
    ),
  ];

  test.each([1, 7, 1000])('is read whole, oldest first, %i steps a call', (limit) => {
    const api = start();
    const whole = api.client.fieldValueChanges.list({ query: { field_id: FIELDS.status } });
    expect(read(api, limit).map((step) => step.id)).toEqual([...whole].reverse().map((step) => step.id));
  });

  test('is read once from a server that does not know where to go on from', () => {
    const api = start({ rulesOff: ['changes-after-a-time', 'changes-limited'] });
    expect(read(api, 5)).toHaveLength(api.client.fieldValueChanges.list({ query: { field_id: FIELDS.status } }).length);
  });
});

describe('files', () => {
  const bytes = Buffer.from(Uint8Array.from({ length: 300 }, (_item, index) => (index * 7) % 256));

  test('of any bytes go up and come back', () => {
    const { client } = start();
    const files = [
      { name: 'a "b"\n;é.bin', contentType: 'image/png', base64: bytes.toString('base64') },
      { name: 'note.txt', text: 'Grüße – --form' },
    ];
    const { entity_files = [] } = client.entityFiles.upload({ body: { files, person_id: 40_008 } });
    const [first, second] = entity_files.map(({ id }) => client.entityFiles.download({ path: { entity_file_id: id } }));
    expect(first).toEqual({ contentType: 'image/png', name: 'a "b"\n;é.bin', base64: bytes.toString('base64') });
    expect(Buffer.from(second?.base64 ?? '', 'base64').toString()).toBe('Grüße – --form');
  });

  test('are asked for anew when their address has expired on the way', () => {
    const run = start();
    let isFirst = true;
    run.affinity.beforeCall((endpoint) => {
      // The first address is old before it is used: the client waits for nothing, so the clock is moved under it.
      if (endpoint === 'entityFiles.download' && isFirst) {
        isFirst = false;
        const address = run.affinity.fileHost.addressOf.bind(run.affinity.fileHost);
        run.affinity.fileHost.addressOf = (id) => {
          const given = address(id);
          run.clock.advance(61_000);
          run.affinity.fileHost.addressOf = address;
          return given;
        };
      }
    });
    const file = run.client.entityFiles.download({ path: { entity_file_id: 43_001 } });
    expect(file.base64.length).toBeGreaterThan(0);
    expect(run.sent.map(({ url }) => new URL(url).host)).toEqual([
      'api.affinity.co',
      'userfiles.affinity.co',
      'api.affinity.co',
      'userfiles.affinity.co',
    ]);
  });

  test('that do not exist are not found', () => {
    const { client } = start();
    expect(faultOf(() => client.entityFiles.download({ path: { entity_file_id: 1 } })).code).toBe('api/not-found');
  });
});

describe('what must not happen twice', () => {
  test('completing a reminder is sent once, moving its date is sent again', () => {
    const { client, control } = start();
    const path = { reminder_id: 15_002 };
    control.addFault({ kind: 'reply-lost', endpoint: 'reminders.update' });
    expect(faultOf(() => client.reminders.update({ path, body: { is_completed: true } }))).toMatchObject({
      code: 'api/no-answer',
      outcomeUnknown: true,
    });
    expect(control.calls().byEndpoint['reminders.update']).toBe(1);
    control.addFault({ kind: 'reply-lost', endpoint: 'reminders.update' });
    expect(client.reminders.update({ path, body: { content: 'Later' } }).content).toBe('Later');
    expect(control.calls().byEndpoint['reminders.update']).toBe(3);
  });

  test('a write that is given up says that it may have been carried out', () => {
    const { client, control } = start();
    control.addFault({ kind: 'applied-error-500', endpoint: 'notes.update', times: 'always' });
    const { id } = client.notes.create({ body: { content: 'a', type: NoteType.html, person_ids: [40_008] } });
    expect(faultOf(() => client.notes.update({ path: { notes_id: id }, body: { content: 'b' } }))).toMatchObject({
      code: 'api/server-trouble',
      outcomeUnknown: true,
    });
  });
});

describe('a 401', () => {
  test('in the middle of a run that had worked is trouble that passes', () => {
    const { client, control } = start();
    client.lists.all();
    control.addFault({ kind: 'unauthorized', times: 3 });
    expect(client.lists.all()).toHaveLength(4);
  });

  test('that stays is believed in the end, and asked about by one call at a time', () => {
    const { client, control } = start();
    client.lists.all();
    control.resetCalls();
    control.addFault({ kind: 'unauthorized', times: 'always' });
    const outcomes = client.all(Array.from({ length: 500 }, () => client.prepare.lists.all()));
    expect(new Set(outcomes.map((outcome) => (outcome.ok ? 'good' : outcome.fault.code)))).toEqual(
      new Set(['api/bad-key']),
    );
    expect(control.calls().total).toBeLessThan(110);
  });
});

test('calls are counted by endpoint, with their retries and how they ended', () => {
  const { client, control } = start();
  control.addFault({ kind: 'error-503', endpoint: 'lists.all' });
  client.lists.all();
  faultOf(() => client.notes.get({ path: { note_id: 1 } }));
  expect(client.counts()).toEqual({
    'lists.all': { sent: 2, good: 1, faults: 0 },
    'notes.get': { sent: 1, good: 0, faults: 1 },
  });
});

test('a typed call needs no bare number', () => {
  const { client } = start();
  const reminder = client.reminders.create({
    body: { owner_id: 40_001, type: ReminderType.oneTime, due_date: '2026-08-01', content: 'Call' },
  });
  expect(reminder).toMatchObject({ type: ReminderType.oneTime, content: 'Call', owner: { id: 40_001 } });
});

describe('an estimate', () => {
  test('holds for a pull of a list: pages, and one call for each entry', () => {
    const run = start({ entries: 2_000 });
    run.client.lists.all();
    const plan = [pagesOf('listEntries.page', 2_000, 100), exactly('fieldValues.list', 2_000)];
    const told = estimate(plan, run.client.quota());
    const before = run.clock.now();
    const used = run.control.calls().total;
    const reading = rows({
      endpoint: 'listEntries.page',
      fetch: (query) => run.client.listEntries.page({ path: { list_id: LIST_IDS.pipeline }, query }),
      rowsOf: (page) => page.list_entries,
      keyOf: (entry) => entry.id,
      pageSize: 100,
    });
    run.client.all([...reading].map(({ id }) => run.client.prepare.fieldValues.list({ query: { list_entry_id: id } })));
    const calls = run.control.calls().total - used;
    expect(calls).toBeGreaterThanOrEqual(told.calls.least);
    expect(calls).toBeLessThanOrEqual(told.calls.most);
    expect(run.clock.now() - before).toBeLessThanOrEqual(told.timeMs.most + 1_000);
    expect(run.client.quota().monthRemaining).toBeGreaterThanOrEqual(told.monthAfter ?? 0);
  });

  test.each([
    ['nothing costs nothing', [], { minuteRemaining: 900, monthRemaining: 50 }, 0, true],
    [
      'what fits into the minute takes no time',
      [exactly('a', 900)],
      { minuteRemaining: 900, monthRemaining: 5_000 },
      0,
      true,
    ],
    [
      'one call more takes a minute',
      [exactly('a', 901)],
      { minuteRemaining: 900, monthRemaining: 5_000 },
      60_000,
      true,
    ],
    [
      'a minute that is half used counts',
      [exactly('a', 1_000)],
      { minuteRemaining: 100, monthRemaining: 5_000 },
      60_000,
      true,
    ],
    ['the month may not allow it', [exactly('a', 100)], { minuteRemaining: 900, monthRemaining: 100 }, 0, false],
    [
      'a plan without a limit allows all',
      [exactly('a', 100)],
      { minuteRemaining: null, monthRemaining: null },
      0,
      true,
    ],
  ] as const)('%s', (_name, plan, known, timeMs, isAffordable) => {
    const told = estimate(plan, { monthLimit: null, ...known }, 50);
    expect([told.timeMs.most, told.isAffordable]).toEqual([timeMs, isAffordable]);
  });
});
