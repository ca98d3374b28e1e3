/**
 * A preview writes nothing: the whole world is compared before and after, on the built bundle, and no service call that could write is
 * made. Apart is only the meter of Affinity's minute, which every call moves. Source: design, promise P10.
 */
import type { ServiceCall } from '../../local/google';
import { SCENARIOS } from '../kill/scenarios';
import type { Desktop } from './desktop';

/** Everything that lasts: files, stores, triggers, mail, and all that Affinity holds. */
const world = ({ google, control, file, affinity }: Desktop): string => {
  const { persons, organizations, opportunities, notes, reminders } = affinity.world;
  return JSON.stringify([
    google.snapshot(file),
    google.properties(),
    google.triggers,
    google.mails,
    control.state().lists.map(({ id }) => control.dump({ list_id: id, limit: 10_000 })),
    [persons, organizations, opportunities].map((records) => [...records.values()]),
    [notes.all(), reminders.all()],
  ]);
};

const METER = 'affinityMinute';

const couldWrite = ({ effect, member, args }: ServiceCall): boolean => {
  if (effect === 'cache') return member.startsWith('put') && args[0] !== METER;
  return ['write', 'structure', 'flush', 'property-write', 'trigger', 'mail'].includes(effect);
};

const withoutWriting = (desktop: Desktop, act: () => void): void => {
  const before = world(desktop);
  const writes: string[] = [];
  desktop.affinity.counter.reset();
  const stop = desktop.google.onServiceCall((call) => {
    if (couldWrite(call)) writes.push(`${call.service}.${call.member}`);
  });
  act();
  stop();
  expect(writes).toEqual([]);
  expect(desktop.affinity.counter.read().writes).toBe(0);
  expect(desktop.affinity.counter.read().total).toBeGreaterThan(0);
  expect(world(desktop) === before).toBe(true);
};

const rpc = (desktop: Desktop, name: string, ...args: unknown[]) => {
  const reply = desktop.google.scriptRun('rpc', [JSON.stringify({ name, args })], { spreadsheet: desktop.file });
  const answer = JSON.parse(String(reply));
  if (!answer.ok) throw new Error(String(reply));
  return answer.value;
};

const importOf = (desktop: Desktop): string => rpc(desktop, 'state').imports[0].id;

const PUSHES = SCENARIOS.filter(({ name }) => name.startsWith('push'));

test.each(PUSHES)('before a $name, in the menu and in the sidebar', ({ prepare }) => {
  const desktop = prepare();
  const id = importOf(desktop);
  withoutWriting(desktop, () => desktop.click('Preview my edits', 'OK'));
  withoutWriting(desktop, () => {
    const { cells, newRows } = rpc(desktop, 'preview', id);
    expect(cells.length + newRows.length).toBeGreaterThan(0);
  });
});

test('also where an earlier push died in the middle and is not settled yet', () => {
  const [scenario] = PUSHES;
  if (scenario === undefined) throw new Error('no scenario of a push');
  const desktop = scenario.prepare();
  const id = importOf(desktop);
  let fetches = 0;
  const stop = desktop.google.onServiceCall((call) => {
    const isSending = call.effect === 'fetch' && JSON.stringify(call.args).includes('"post"');
    if (isSending) fetches += 1;
    return isSending && fetches === 1 ? 'kill-after' : undefined;
  });
  expect(() => scenario.act(desktop)).toThrow();
  stop();
  desktop.google.ui.clear();
  withoutWriting(desktop, () => expect(rpc(desktop, 'preview', id).messages[0]).toMatch(/may already be in Affinity/));
});

test('before an undo', () => {
  const scenario = SCENARIOS.find(({ name }) => name === 'undo');
  if (scenario === undefined) throw new Error('no scenario of an undo');
  const desktop = scenario.prepare();
  const id = importOf(desktop);
  const [headers = [], line = []] = desktop.journal();
  const run = line[headers.indexOf('Run')];
  withoutWriting(desktop, () => expect(rpc(desktop, 'previewUndo', id, run).length).toBeGreaterThan(0));
});
