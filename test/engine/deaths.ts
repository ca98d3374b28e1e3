/**
 * Kills a run of the engine at each of its effects, before it and after it: a batch of calls, a flush, a stored value; within a batch
 * that writes also after a part of it. What was not flushed is lost, and nothing of the dying run has an effect any more.
 */
import { entryKey } from '../../local/affinity/world/field-values';
import type { WireRequest } from '../../src/api/ports';
import { keysInOrder } from '../kill/stored-object';
import type { Stage } from './stage';

/** Longer than the lease of a run that died. */
export const LEASE_OVER_MS = 200_000;

class Killed extends Error {}

interface Death {
  readonly effect: number;
  /** How many of the effect's calls are carried out; all of them where it is one thing. */
  readonly carriedOut: number;
  readonly name: string;
}

const isWrite = ({ method }: WireRequest): boolean => method !== 'GET';

/** Runs `act` in this world until a death, or to its end; gives all the ways in which it could have died. */
export const live = (stage: Stage, act: (stage: Stage) => void, death: Death | null): readonly Death[] => {
  const deaths: Death[] = [];
  let effects = 0;
  let isDead = false;
  const { workbook, store } = stage;
  const step = <T>(name: string, parts: number, carryOut: (count: number) => T): T => {
    if (isDead) throw new Killed(name);
    const effect = effects;
    effects += 1;
    for (let count = 0; count <= parts; count += 1) {
      deaths.push({ effect, carriedOut: count, name: `${name} ${effect + 1}, ${count} of ${parts} carried out` });
    }
    if (death?.effect !== effect) return carryOut(parts);
    isDead = true;
    if (death.carriedOut > 0) carryOut(death.carriedOut);
    throw new Killed(name);
  };
  const flush = workbook.flush.bind(workbook);
  const set = store.set.bind(store);
  const remove = store.remove.bind(store);
  workbook.flush = () => step('flush', 1, flush);
  store.set = (key, value) => step('store.set', 1, () => set(key, value));
  store.remove = (key) => step('store.remove', 1, () => remove(key));
  workbook.before = () => {
    if (isDead) throw new Killed('the platform');
  };
  stage.around = (transport) => ({
    sendAll: (requests) =>
      // A batch that only reads dies in no other way than before it.
      step('calls', requests.some(isWrite) ? requests.length : 1, (count) =>
        transport.sendAll(requests.some(isWrite) ? requests.slice(0, count) : requests),
      ),
  });
  try {
    act(stage);
  } catch (fault) {
    if (!isDead) throw fault;
  } finally {
    workbook.flush = flush;
    store.set = set;
    store.remove = remove;
    workbook.before = () => {};
    stage.around = (transport) => transport;
    if (isDead) workbook.lose();
  }
  if (death !== null && !isDead) throw new Error(`the run did not come to ${death.name}`);
  return deaths;
};

/** The end state of a world as lines, without what differs from run to run by nature: times since its seeding, and run ids. */
export const pictureOf = ({ workbook, store, affinity: { world } }: Stage): readonly string[] => {
  const text = (value: unknown): string =>
    JSON.stringify(value)
      .replace(/2026-07-01[T ]\d\d:\d\d(:\d\d(\.\d+)?Z?)?( UTC)?/g, 'TIME')
      .replace(/\b17829\d{8}\b/g, 'TIME')
      .replace(/(\\*"since\\*"):\d+/g, '$1:TIME')
      .replace(/\{"day":"2026-07-01","time":"[^"]*"\}/g, 'TIME')
      .replace(/\brun-\d+\b/g, 'run-N');
  const tabs = [...workbook.tabs.values()].flatMap(({ title, rows }) =>
    rows.map(({ cells, beside }) => [title, [...cells].filter(([, cell]) => cell !== null).sort(), beside]),
  );
  const states = [...workbook.stateRows].flatMap(([id, rows]) =>
    rows.filter((row) => row.some((cell) => cell !== '')).map((row) => [id, row.map(keysInOrder)]),
  );
  // One that comes again is due so many days after it was made, to the second.
  const reminders = world.reminders
    .all()
    .map((one) => ({ ...one, due_date: Math.floor((one.due_date ?? 0) / 86_400_000) }));
  const shelves = [world.notes.all(), reminders, world.entityFiles.all(), world.webhooks.all()];
  const maps = [world.persons, world.organizations, world.opportunities, world.entries, world.fields, world.lists];
  const values = [...world.entries.keys()].map((id) =>
    world.fieldValues.of(entryKey(id)).map(({ field_id, value }) => [id, field_id, value]),
  );
  const interactions = [...world.persons.keys()].map((id) => world.interactions.of(id));
  const kept = [...store.values.keys()].filter((key) => !key.startsWith('lease'));
  const all = [
    ...tabs,
    ...states,
    ...shelves.flat(),
    ...maps.flatMap((map) => [...map.values()]),
    ...values,
    ...interactions,
    kept,
  ].map(text);
  // What Affinity refuses is tried by each run: a refusal leaves nothing but its line.
  const refusals = new Set(all.filter((line) => line.includes('"refused"')));
  return [...all.filter((line) => !refusals.has(line)), ...refusals].sort();
};

const differences = (expected: readonly string[], found: readonly string[]): readonly string[] => {
  const count = (lines: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
    return counts;
  };
  const [before, after] = [count(expected), count(found)];
  return [...new Set([...expected, ...found])]
    .filter((line) => before.get(line) !== after.get(line))
    .map((line) => `${before.get(line) ?? 0} became ${after.get(line) ?? 0} of ${line}`);
};

/** What is to happen twice: once until it dies, or with an answer lost, and once more. */
type Act = (stage: Stage) => void;

export interface Count {
  points: number;
  readonly differences: string[];
}

/** A world to begin in, the same each time: copies of a file beside a new Affinity, or worlds that are made anew. */
type Start = Stage | (() => Stage);
const begin = (start: Start): Stage => (typeof start === 'function' ? start() : start.copy());

/** The world after the act was done, and done again: what every broken one has to come to. */
const cleanEnd = (before: Start, act: Act): readonly string[] => {
  const clean = begin(before);
  act(clean);
  clean.clock.sleep(LEASE_OVER_MS);
  act(clean);
  return pictureOf(clean);
};

/** Kills the act in every way and does it again each time. */
export const killEverywhere = (before: Start, act: Act): Count => {
  const expected = cleanEnd(before, act);
  const deaths = live(begin(before), act, null);
  const count: Count = { points: 0, differences: [] };
  for (const death of deaths) {
    count.points += 1;
    const stage = begin(before);
    live(stage, act, death);
    stage.clock.sleep(LEASE_OVER_MS);
    act(stage);
    const found = differences(expected, pictureOf(stage));
    if (found.length > 0) count.differences.push([death.name, ...found].join('\n  '));
  }
  return count;
};

const METHODS = ['POST', 'PUT', 'DELETE'] as const;

/** Lets the answer of each write get lost, or come as a server fault, after it was carried out; then does the act again. */
export const loseEveryReply = (before: Start, act: Act): Count => {
  const expected = cleanEnd(before, act);
  const count: Count = { points: 0, differences: [] };
  for (const kind of ['reply-lost', 'applied-error-500'] as const) {
    for (const method of METHODS) {
      for (let nth = 1; ; nth += 1) {
        const stage = begin(before);
        const { faults } = stage.affinity;
        faults.add({ kind, method, nth, times: 1 });
        act(stage);
        const wasMet = faults.list().length === 0;
        if (!wasMet) break;
        count.points += 1;
        stage.clock.sleep(LEASE_OVER_MS);
        act(stage);
        const found = differences(expected, pictureOf(stage));
        if (found.length > 0) count.differences.push([`${kind} of ${method} ${nth}`, ...found].join('\n  '));
      }
    }
  }
  return count;
};
