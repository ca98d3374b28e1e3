/** What commands make: in the journal before its call, looked up when its answer is lost, never made twice. Two seconds. */

import { LIST_IDS } from '../../local/affinity';
import type { Written } from '../../src/sync/runs/by-command';
import {
  addOpportunity,
  addOrganization,
  addPerson,
  createField,
  createList,
  subscribe,
  uploadText,
} from '../../src/sync/runs/manage-affinity';
import {
  completeReminders,
  logInteraction,
  writeNotes,
  writeReminders,
  writeReply,
} from '../../src/sync/runs/write-activity';
import { LEASE_OVER_MS, live } from './deaths';
import { Stage } from './stage';

const opened = () => {
  const stage = new Stage({ entries: 12 });
  const { world } = stage.affinity;
  const [deal = 0] = world.opportunities.keys();
  const someone = [...world.persons.values()].find(({ type }) => type === 0)?.id ?? 0;
  const recurring = world.reminders.all().find(({ type, completed_at }) => type === 1 && completed_at === null);
  const [root] = world.notes.all().filter(({ parent_id }) => parent_id === null);
  return { stage, world, deal, someone, recurring, root };
};
type Opened = ReturnType<typeof opened>;

const WRITES: readonly (readonly [string, string, (at: Opened) => Written])[] = [
  [
    'a note',
    'notes.create',
    ({ stage, deal }) => writeNotes(stage.desk, stage.run(), { content: 'Once' }, [[`8:${deal}`]]),
  ],
  [
    'a reply',
    'notes.create',
    ({ stage, root }) => writeReply(stage.desk, stage.run(), { content: 'Once' }, root?.id ?? 0),
  ],
  [
    'a reminder',
    'reminders.create',
    ({ stage, deal, world }) => {
      const due = { content: 'Once', due: { day: '2026-12-31' }, ownerId: world.users[0]?.id ?? 0 };
      return writeReminders(stage.desk, stage.run(), due, [`8:${deal}`]);
    },
  ],
  [
    'a completion',
    'reminders.update',
    ({ stage, recurring }) => completeReminders(stage.desk, stage.run(), [String(recurring?.id)]),
  ],
  [
    'an interaction',
    'interactions.create',
    ({ stage, someone, world }) =>
      logInteraction(stage.desk, stage.run(), {
        type: 1,
        date: '2026-06-30T09:00:00Z',
        personIds: [someone, world.users[0]?.id ?? 0],
        content: 'Once',
      }),
  ],
  [
    'a person',
    'persons.create',
    ({ stage }) => addPerson(stage.desk, stage.run(), 'Zed', 'Zephyr', ['zed@zephyr.works']),
  ],
  [
    'an organization',
    'organizations.create',
    ({ stage }) => addOrganization(stage.desk, stage.run(), 'Zephyr Works', 'zephyr.works'),
  ],
  [
    'an opportunity',
    'opportunities.create',
    ({ stage }) => addOpportunity(stage.desk, stage.run(), 'Zephyr – Seed', LIST_IDS.pipeline),
  ],
  [
    'a list',
    'lists.create',
    ({ stage }) =>
      createList(stage.desk, stage.run(), { name: 'Walks', type: 8, isPublic: true, ownerId: null, permissions: [] }),
  ],
  [
    'a field',
    'fields.create',
    ({ stage }) => {
      const run = stage.run();
      const list = run.api.lists.get({ path: { list_id: LIST_IDS.pipeline } });
      return createField(stage.desk, run, 'Miles', list, 3);
    },
  ],
  [
    'a file',
    'entityFiles.upload',
    ({ stage, deal }) => uploadText(stage.desk, stage.run(), `8:${deal}`, 'walk.txt', 'Once', 'text/plain'),
  ],
  [
    'a webhook',
    'webhooks.create',
    ({ stage }) => subscribe(stage.desk, stage.run(), 'https://zephyr.works/hook', ['note.created']),
  ],
];

/** Lines of the journal of commands: what was made, its name, how it went, its number. */
const lines = ({ stage }: Opened): readonly (readonly string[])[] =>
  stage.workbook
    .state('journal.commands')
    .read()
    .slice(1)
    .filter((row) => row.length > 1)
    .map((row) => [row[4] ?? '', row[6] ?? '', row[7] ?? '', row[18] ?? '']);

describe.each(WRITES)('%s', (what, endpoint, write) => {
  const noun = /(reply|note)$/.test(what) ? 'note' : what.replace(/^an? /, '');
  const posts = ({ stage }: Opened): number => stage.affinity.counter.read().byEndpoint[endpoint] ?? 0;
  const begun = (): Opened => {
    const at = opened();
    at.stage.affinity.counter.reset();
    return at;
  };

  test('is sent once, and the journal lists it with its number', () => {
    const at = begun();
    expect(write(at)).toMatchObject({ made: 1, unknown: 0, problems: [] });
    expect(posts(at)).toBe(1);
    expect(lines(at)).toEqual([[noun, expect.any(String), 'sent', expect.stringMatching(/^([a-z]+-)?\d+$|^$/)]]);
    if (noun !== 'file') expect(lines(at)[0]?.[3]).not.toBe('');
  });

  test('stands in the journal before its call', () => {
    const at = begun();
    const states: (readonly string[])[] = [];
    at.stage.affinity.beforeCall((called) => {
      if (called === endpoint) states.push(...lines(at).map((line) => line));
    });
    write(at);
    expect(states).toEqual([[noun, expect.any(String), 'sending', '']]);
  });

  test.each(['reply-lost', 'applied-error-500', 'html'] as const)(
    'whose answer is lost (%s) is looked up and not sent again',
    (kind) => {
      const at = begun();
      at.stage.affinity.faults.add({ kind, endpoint, times: 1 });
      expect(write(at)).toMatchObject({ made: 1, unknown: 0, problems: [] });
      expect(posts(at)).toBe(1);
      expect(lines(at)).toEqual([[noun, expect.any(String), 'sent', expect.stringMatching(/\d$/)]]);
    },
  );

  test('whose answer is lost with all answers after it is looked up by the next command, which makes nothing twice', () => {
    const at = begun();
    at.stage.affinity.faults.add({ kind: 'reply-lost', endpoint, times: 1 });
    const stop = at.stage.affinity.beforeCall((called) => {
      if (called === endpoint) at.stage.affinity.faults.add({ kind: 'error-503', method: 'GET', times: 'always' });
    });
    expect(write(at)).toMatchObject({ made: 0, unknown: 1 });
    stop();
    at.stage.affinity.faults.clear();
    expect(lines(at)).toMatchObject([[noun, expect.any(String), 'sending', '']]);
    at.stage.clock.sleep(60_000);
    expect(write(at)).toMatchObject({ made: 1, unknown: 0, problems: [] });
    expect(posts(at)).toBe(1);
  });

  test('that never arrived is said not to be made, and leaves no line', () => {
    const at = begun();
    at.stage.affinity.faults.add({ kind: 'reset', endpoint, times: 1 });
    expect(write(at)).toMatchObject({ made: 0, unknown: 0, problems: [expect.stringMatching(/it was not made/)] });
    expect(lines(at)).toEqual([]);
    expect(write(at)).toMatchObject({ made: 1 });
  });
});

test('the same is made again when that is asked for again', () => {
  const at = opened();
  const { stage, deal, world } = at;
  const before = world.notes.size;
  for (const nth of [1, 2]) {
    if (nth === 2) stage.affinity.faults.add({ kind: 'reply-lost', endpoint: 'notes.create', times: 1 });
    expect(writeNotes(stage.desk, stage.run(), { content: 'Called' }, [[`8:${deal}`]])).toMatchObject({ made: 1 });
    stage.clock.sleep(300_000);
  }
  expect(world.notes.size).toBe(before + 2);
  const made = lines(at).map(([, , , id]) => id);
  expect(new Set(made).size).toBe(2);
});

test('what Affinity refuses is told in its words, and stands in the journal as refused', () => {
  const at = opened();
  const { stage, world } = at;
  const replyTo = world.notes.all().find(({ parent_id }) => parent_id !== null);
  expect(writeReply(stage.desk, stage.run(), { content: 'No' }, replyTo?.id ?? 0)).toEqual({
    made: 0,
    unknown: 0,
    problems: [expect.stringMatching(/A reply cannot have replies.*”\. Correct it, then try again\.$/)],
  });
  expect(lines(at)).toEqual([['note', 'No', 'refused', '']]);
});

test('an interaction of colleagues only is refused in Affinity’s words', () => {
  const { stage, world } = opened();
  const personIds = world.users.map(({ id }) => id);
  const logged = { type: 1, date: '2026-06-30T09:00:00Z', personIds, content: 'Among us' } as const;
  expect(logInteraction(stage.desk, stage.run(), logged)).toEqual({
    made: 0,
    unknown: 0,
    problems: [expect.stringMatching(/At least one external person/)],
  });
});

test('a reminder that is completed already is left alone', () => {
  const { stage, world } = opened();
  const done = world.reminders.all().find(({ completed_at }) => completed_at !== null);
  stage.affinity.counter.reset();
  expect(completeReminders(stage.desk, stage.run(), [String(done?.id)])).toMatchObject({ made: 0, open: 0 });
  expect(stage.affinity.counter.read().writes).toBe(0);
});

test('killed at every effect and given again, a command makes one note, or a second one after a first that was noted as made', () => {
  const command = (stage: Stage) =>
    void writeNotes(stage.desk, stage.run(), { content: 'Once' }, [
      [`8:${[...stage.affinity.world.opportunities.keys()][0]}`],
    ]);
  const notes = ({ affinity }: Stage) => affinity.world.notes.all().filter(({ content }) => content === 'Once').length;
  const wasNoted = ({ workbook }: Stage) =>
    workbook.states().includes('journal.commands') &&
    workbook
      .state('journal.commands')
      .read()
      .some((row) => row.includes('sent'));
  const before = new Stage({ entries: 4 });
  const deaths = live(before.copy(), command, null);
  expect(deaths.length).toBeGreaterThan(10);
  for (const death of deaths) {
    const stage = before.copy();
    live(stage, command, death);
    const first = wasNoted(stage) ? 1 : 0;
    stage.clock.sleep(LEASE_OVER_MS);
    command(stage);
    expect([death.name, notes(stage)]).toEqual([death.name, 1 + first]);
  }
});

test('two commands at a time: the second one is told to wait', () => {
  const { stage, deal } = opened();
  let second: unknown = null;
  const stop = stage.affinity.beforeCall((called) => {
    if (called !== 'notes.create') return;
    stop();
    try {
      writeNotes(stage.desk, stage.run(), { content: 'Second' }, [[`8:${deal}`]]);
    } catch (fault) {
      second = fault;
    }
  });
  writeNotes(stage.desk, stage.run(), { content: 'First' }, [[`8:${deal}`]]);
  expect(second).toMatchObject({ code: 'sheet/busy' });
});
