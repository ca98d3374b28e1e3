/** Whatever goes wrong, in whatever order: the client gives what it would have given, or says clearly what is known. */
import fc from 'fast-check';
import { type Fault, LIST_IDS } from '../../local/affinity';
import { ApiError, type ApiFault, type Outcome } from '../../src/api/errors';
import { rows } from '../../src/api/paging';
import { type Started, start } from './api-client';

const seed = Number(process.env.FC_SEED ?? 20_260_701);
const report = (numRuns: number) => ({ numRuns, seed });
beforeAll(() => console.info(`seed ${seed} (FC_SEED sets another)`));

const kind = fc.constantFrom<Fault['kind']>(
  'latency',
  'minute-limit',
  'concurrency-limit',
  'error-500',
  'error-503',
  'unauthorized',
  'reset',
  'reply-lost',
  'truncated',
  'html',
  'applied-error-500',
  'month-limit',
);
const fault = fc.record({
  kind,
  nth: fc.integer({ min: 1, max: 12 }),
  times: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 4 }) },
    { weight: 1, arbitrary: fc.constant('always' as const) },
  ),
  share: fc.constantFrom(1, 1, 0.5, 0.2),
  latencyMs: fc.integer({ min: 0, max: 30_000 }),
});
const faults = fc.array(fault, { maxLength: 6 });

const DOCUMENTED = new Set<ApiFault['code']>([
  'api/bad-key',
  'api/rate-limited',
  'api/month-used-up',
  'api/server-trouble',
  'api/no-answer',
  'api/unreadable-answer',
]);

/** Reads all entries page by page, and the values of each in parallel. */
const readAll = ({ client }: Started) => {
  const entries = [
    ...rows({
      endpoint: 'listEntries.page',
      fetch: (query) => client.listEntries.page({ path: { list_id: LIST_IDS.people }, query }),
      rowsOf: (page) => page.list_entries,
      keyOf: (entry) => entry.id,
      pageSize: 10,
    }),
  ];
  const values = client.all(entries.map(({ id }) => client.prepare.fieldValues.list({ query: { list_entry_id: id } })));
  return { entries, values };
};

const clean = readAll(start());

test('any sequence of faults ends with the records of a run without them, or with a fault that says what is known', () => {
  fc.assert(
    fc.property(faults, (wished) => {
      const run = start();
      for (const one of wished) run.control.addFault(one);
      let read: ReturnType<typeof readAll>;
      try {
        read = readAll(run);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(ApiError);
        expect(DOCUMENTED).toContain((thrown as ApiError).fault.code);
        return;
      }
      expect(read.entries).toEqual(clean.entries);
      read.values.forEach((outcome: Outcome<unknown>, index) => {
        if (outcome.ok) expect(outcome).toEqual(clean.values[index]);
        else {
          expect(DOCUMENTED).toContain(outcome.fault.code);
          expect(outcome.fault.endpoint).toBe('fieldValues.list');
          expect(outcome.fault.outcomeUnknown).toBe(false); // reading changes nothing
        }
      });
    }),
    report(250),
  );
});

test('no sequence of faults sends a POST again after an unknown outcome', () => {
  fc.assert(
    fc.property(faults, (wished) => {
      const run = start();
      const before = run.affinity.world.notes.size;
      for (const one of wished) run.control.addFault(one);
      const contents = Array.from({ length: 15 }, (_item, index) => `Note ${index}`);
      const outcomes = run.client.all(
        contents.map((content) => run.client.prepare.notes.create({ body: { content, person_ids: [40_008] } })),
      );
      const made = run.affinity.world.notes.all().slice(before);
      contents.forEach((content, index) => {
        const count = made.filter((note) => note.content === content).length;
        const outcome = outcomes[index];
        expect(count).toBeLessThanOrEqual(1);
        if (outcome?.ok === true) expect(count).toBe(1);
        // What is said to be certain is certain: a note that was made was either answered for or is unknown.
        else if (outcome?.fault.outcomeUnknown === false) expect(count).toBe(0);
      });
    }),
    report(250),
  );
});

test('a reminder that recurs is completed once at most', () => {
  fc.assert(
    fc.property(faults, (wished) => {
      const run = start();
      const [recurring] = run.affinity.world.reminders.all().filter((one) => one.type === 1);
      const path = { reminder_id: recurring?.id ?? 0 };
      for (const one of wished) run.control.addFault({ ...one, endpoint: 'reminders.update' });
      const events: string[] = [];
      run.affinity.world.webhooks.put({
        id: 1,
        webhook_url: 'https://a.example',
        subscriptions: [],
        disabled: false,
        created_by: 1,
      });
      run.affinity.world.onEvent((event) => events.push(event));
      run.client.all([run.client.prepare.reminders.update({ path, body: { is_completed: true } })]);
      expect(events.filter((event) => event === 'reminder.updated').length).toBeLessThanOrEqual(1);
    }),
    report(150),
  );
});

test('an update and a delete end as without faults, or say that they may have been carried out', () => {
  fc.assert(
    fc.property(faults, (wished) => {
      const run = start();
      const [entry] = run.affinity.world.entriesOf(LIST_IDS.companies);
      for (const one of wished) run.control.addFault(one);
      const path = { list_id: LIST_IDS.companies, list_entry_id: entry?.id ?? 0 };
      const [outcome] = run.client.all([run.client.prepare.listEntries.remove({ path })]);
      const isThere = run.affinity.world.entries.has(path.list_entry_id);
      if (outcome?.ok === true) expect(isThere).toBe(false);
      else if (outcome?.fault.outcomeUnknown === false) expect(isThere).toBe(true);
    }),
    report(250),
  );
});

test('rows that move between pages are given once, and none is lost without being counted', () => {
  const change = fc.record({
    kind: fc.constantFrom('row-added' as const, 'row-removed' as const),
    nth: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), (wished) => {
      const run = start();
      const { client, affinity } = run;
      const before = affinity.world.entriesOf(LIST_IDS.companies).map((entry) => entry.id);
      for (const one of wished) run.control.addFault({ ...one, endpoint: 'listEntries.page' });
      const reading = rows({
        endpoint: 'listEntries.page',
        fetch: (query) => client.listEntries.page({ path: { list_id: LIST_IDS.companies }, query }),
        rowsOf: (page) => page.list_entries,
        keyOf: (entry) => entry.id,
        pageSize: 10,
        expected: () => client.lists.get({ path: { list_id: LIST_IDS.companies } }).list_size,
      });
      const read: number[] = [];
      let step = reading.next();
      for (; step.done !== true; step = reading.next()) read.push(step.value.id);
      expect(new Set(read).size).toBe(read.length);
      // Whatever was there from beginning to end was read, or the count says that something may be missing.
      const there = new Set(affinity.world.entriesOf(LIST_IDS.companies).map((entry) => entry.id));
      const lost = before.filter((id) => there.has(id) && !read.includes(id));
      expect([lost, (step.value.missed ?? 0) >= lost.length]).toEqual([lost, true]);
      if (wished.length === 0) expect(step.value).toMatchObject({ repeated: 0, missed: 0 });
    }),
    report(100),
  );
});
