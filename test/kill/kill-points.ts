/**
 * Kills a scenario at each of its effects, runs it again, and counts the worlds that differ from the clean run's. What counts as an
 * effect: a call to Affinity, a flush, a stored property. The calls of one batch travel side by side, so a batch can die when any of
 * them took effect and others did not; where all of a batch only read, that is no other death than before the batch.
 */
import type { ServiceCall } from '../../local/google';
import type { Desktop } from '../bundle/desktop';
import { picture } from './picture';
import type { Scenario } from './scenarios';

/** Longer than the lease of a run that died. */
export const LEASE_OVER_MS = 200_000;

/** One way to die: at the n-th effect, with these of its calls carried out (for a batch) or with the effect as a whole. */
export interface Death {
  /** Number of the service call among those with an effect, from 0. */
  readonly effect: number;
  readonly verdict: 'kill-before' | 'kill-after';
  /** Of a batch: which of its calls get through; absent for all. */
  readonly getsThrough?: (position: number) => boolean;
  readonly name: string;
}

const hasEffect = ({ effect }: ServiceCall): boolean => ['fetch', 'flush', 'property-write'].includes(effect);

const isWrite = (request: unknown): boolean =>
  typeof request === 'object' && request !== null && 'method' in request && request.method !== 'get';

/** The requests of a batch that changes something; empty for everything else. */
const writingBatch = ({ effect, args }: ServiceCall): readonly unknown[] => {
  const requests = effect === 'fetch' && Array.isArray(args[0]) ? args[0] : [];
  return requests.some(isWrite) ? requests : [];
};

/** Records get their ids in the order in which they are made: with the later one made first, another world is as good as this one. */
const makesRecords = (requests: readonly unknown[]): boolean =>
  requests.some(
    (request) =>
      isWrite(request) && /"post"/.test(JSON.stringify(request)) && !/field-values/.test(JSON.stringify(request)),
  );

const deathsOf = (call: ServiceCall, effect: number): readonly Death[] => {
  const at = `${call.service}.${call.member} ${effect + 1}`;
  const batch = writingBatch(call);
  const { length } = batch;
  const within = Array.from({ length: Math.max(0, length - 1) }, (_, index) => index + 1);
  return [
    { effect, verdict: 'kill-before', name: `before ${at}` },
    ...within.map(
      (count): Death => ({
        ...{ effect, verdict: 'kill-after', name: `${at}, first ${count} of ${length} carried out` },
        getsThrough: (position) => position < count,
      }),
    ),
    ...(makesRecords(batch) ? [] : within).map(
      (count): Death => ({
        ...{ effect, verdict: 'kill-after', name: `${at}, last ${length - count} of ${length} carried out` },
        getsThrough: (position) => position >= count,
      }),
    ),
    { effect, verdict: 'kill-after', name: `after ${at}` },
  ];
};

/** Runs the scenario in this world and gives all the ways in which it could have died. */
const deathsIn = (desktop: Desktop, scenario: Scenario): readonly Death[] => {
  const deaths: Death[] = [];
  let effect = 0;
  const stop = desktop.google.onServiceCall((call) => {
    if (!hasEffect(call)) return;
    deaths.push(...deathsOf(call, effect));
    effect += 1;
  });
  scenario.act(desktop);
  stop();
  return deaths;
};

/** Runs the scenario until it dies. @throws when it ends otherwise */
const dieAt = (desktop: Desktop, scenario: Scenario, death: Death): void => {
  let seen = 0;
  let isKilled = false;
  const stop = desktop.google.onServiceCall((call) => {
    if (!hasEffect(call)) return undefined;
    seen += 1;
    if (seen !== death.effect + 1) return undefined;
    isKilled = true;
    let position = 0;
    const { getsThrough } = death;
    if (getsThrough !== undefined) desktop.getsThrough = () => getsThrough(position++);
    return death.verdict;
  });
  try {
    scenario.act(desktop);
  } catch (fault) {
    if (!isKilled) throw fault;
  } finally {
    stop();
    desktop.getsThrough = () => true;
  }
  if (!isKilled) throw new Error(`${scenario.name} did not come to ${death.name}`);
};

export interface KillCount {
  readonly points: number;
  /** How each world that differs died, and the first difference. */
  readonly differences: readonly string[];
}

export interface KillOptions {
  /** Every so many ways to die are tried; 1 for all. */
  readonly every?: number;
  /** Every so many ways to die are tried with a second death in the run after it; absent for none. */
  readonly twiceEvery?: number;
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where two pictures differ, in words; lines that stand in one order or another count as a set. */
const differencesOf = (expected: unknown, found: unknown, at = ''): readonly string[] => {
  if (JSON.stringify(expected) === JSON.stringify(found)) return [];
  if (isList(expected) && isList(found) && typeof (expected[0] ?? found[0]) === 'string') {
    const count = (lines: readonly unknown[], line: unknown) => lines.filter((other) => other === line).length;
    return [...new Set([...expected, ...found])]
      .filter((line) => count(expected, line) !== count(found, line))
      .map((line) => `${at}: ${count(expected, line)} became ${count(found, line)} of ${line}`);
  }
  if ((isList(expected) && isList(found)) || (isGroup(expected) && isGroup(found))) {
    const [a, b] = [new Map(Object.entries(expected)), new Map(Object.entries(found))];
    return [...new Set([...a.keys(), ...b.keys()])].flatMap((key) =>
      differencesOf(a.get(key), b.get(key), `${at}/${key}`),
    );
  }
  return [`${at}: ${JSON.stringify(expected)} became ${JSON.stringify(found)}`];
};

const withoutSentColumns = (whole: unknown): unknown =>
  JSON.parse(JSON.stringify(whole).replace(/Sent [^"]*? at TIME/g, 'Sent at TIME'));

/** Kills the scenario in every way and runs it again each time. `code`: the script, where it is not the built one. */
export const killPoints = (
  scenario: Scenario,
  { every = 1, twiceEvery }: KillOptions = {},
  code?: string,
): KillCount => {
  const before = scenario.prepare(code);
  const clean = scenario.prepare(code);
  // Affinity's minute is over, and what the client remembers of it: a copy has no meters.
  for (const desktop of [before, clean]) desktop.clock.advance(70_000);
  const deaths = deathsIn(clean, scenario);
  const expected = picture(clean);
  const differences: string[] = [];
  let points = 0;
  const attempt = (first: Death, second?: (deaths: readonly Death[]) => Death | undefined): void => {
    points += 1;
    const desktop = before.copy();
    let name = first.name;
    try {
      dieAt(desktop, scenario, first);
      desktop.clock.advance(LEASE_OVER_MS);
      const then = second?.(deathsIn(desktop.copy(), scenario));
      if (then !== undefined) {
        name += `, then ${then.name}`;
        dieAt(desktop, scenario, then);
        desktop.clock.advance(LEASE_OVER_MS);
      }
      scenario.act(desktop);
      const found = picture(desktop);
      // A status names what its own run sent; after two deaths the sending may be spread over three runs.
      const look = then === undefined ? (whole: unknown) => whole : withoutSentColumns;
      const different = differencesOf(look(expected), look(found));
      if (different.length > 0) differences.push([name, ...different].join('\n  '));
    } catch (fault) {
      differences.push(`${name}: ${String(fault)}`);
    }
  };
  deaths.forEach((death, index) => {
    if (index % every === 0) attempt(death);
    // The second death comes at another place each time, spread over the run by a step that shares no factor with most lengths.
    if (twiceEvery !== undefined && index % twiceEvery === 0)
      attempt(death, (later) => later[(index * 7919) % Math.max(1, later.length)]);
  });
  return { points, differences };
};
