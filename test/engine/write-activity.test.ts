/** Single writes from the menu whose answer is lost or refused: said, and never sent a second time. Two seconds. */

import type { Run } from '../../src/sync/runs/run';
import {
  completeReminders,
  logInteraction,
  type Written,
  writeNotes,
  writeReminders,
  writeReply,
} from '../../src/sync/runs/write-activity';
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

const WRITES: readonly (readonly [string, string, (run: Run, at: Opened) => Written])[] = [
  ['a note', 'notes.create', (run, { deal }) => writeNotes(run, { content: 'Once' }, [[`8:${deal}`]])],
  ['a reply', 'notes.create', (run, { root }) => writeReply(run, { content: 'Once' }, root?.id ?? 0)],
  [
    'a reminder',
    'reminders.create',
    (run, { deal, world }) =>
      writeReminders(run, { content: 'Once', due: { day: '2026-12-31' }, ownerId: world.users[0]?.id ?? 0 }, [
        `8:${deal}`,
      ]),
  ],
  ['a completion', 'reminders.update', (run, { recurring }) => completeReminders(run, [String(recurring?.id)])],
  [
    'an interaction',
    'interactions.create',
    (run, { someone, world }) =>
      logInteraction(run, {
        type: 1,
        date: '2026-06-30T09:00:00Z',
        personIds: [someone, world.users[0]?.id ?? 0],
        content: 'Once',
      }),
  ],
];

describe.each(WRITES)('%s', (_what, endpoint, write) => {
  test('is sent once and said to be done', () => {
    const at = opened();
    at.stage.affinity.counter.reset();
    expect(write(at.stage.run(), at)).toMatchObject({ made: 1, unknown: 0, problems: [] });
    expect(at.stage.affinity.counter.read().byEndpoint[endpoint]).toBe(1);
  });

  test.each(['reply-lost', 'applied-error-500', 'html'] as const)(
    'whose answer is lost (%s) is not sent again',
    (kind) => {
      const at = opened();
      at.stage.affinity.counter.reset();
      at.stage.affinity.faults.add({ kind, endpoint, times: 1 });
      expect(write(at.stage.run(), at)).toMatchObject({ made: 0, unknown: 1, problems: [] });
      expect(at.stage.affinity.counter.read().byEndpoint[endpoint]).toBe(1);
    },
  );
});

test('what Affinity refuses is told in its words', () => {
  const { stage, world } = opened();
  const run = stage.run();
  const replyTo = world.notes.all().find(({ parent_id }) => parent_id !== null);
  expect(writeReply(run, { content: 'No' }, replyTo?.id ?? 0)).toEqual({
    made: 0,
    unknown: 0,
    problems: [expect.stringMatching(/A reply cannot have replies/)],
  });
});

test('a reminder that is completed already is left alone', () => {
  const { stage, world } = opened();
  const done = world.reminders.all().find(({ completed_at }) => completed_at !== null);
  stage.affinity.counter.reset();
  expect(completeReminders(stage.run(), [String(done?.id)])).toMatchObject({ made: 0, open: 0 });
  expect(stage.affinity.counter.read().writes).toBe(0);
});
