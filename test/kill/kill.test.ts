/**
 * Every stop is survivable: a run of the built bundle is killed at its n-th effect, before and after it took place, for every n; its
 * unflushed writes are lost; it is run again; the world then equals the clean run's. Source: design, promise P1.
 */
import type { Desktop } from '../bundle/desktop';
import { picture } from './picture';
import { SCENARIOS, type Scenario } from './scenarios';

/** What counts as an effect: calls to Affinity, flushes, stored properties. */
const EFFECTS: readonly string[] = ['fetch', 'flush', 'property-write'];

/** Runs the scenario's act, killed at the n-th effect; false when it has fewer. */
const killedAt = (desktop: Desktop, scenario: Scenario, n: number, verdict: 'kill-before' | 'kill-after'): boolean => {
  let seen = 0;
  let isKilled = false;
  const stop = desktop.google.onServiceCall((call) => {
    if (!EFFECTS.includes(call.effect)) return undefined;
    seen += 1;
    if (seen !== n) return undefined;
    isKilled = true;
    return verdict;
  });
  try {
    scenario.act(desktop);
  } catch (fault) {
    if (!isKilled) throw fault;
  } finally {
    stop();
  }
  return isKilled;
};

let points = 0;
let differences = 0;

describe.each(SCENARIOS)('$name', (scenario) => {
  const clean = scenario.prepare();
  scenario.act(clean);
  const expected = picture(clean);

  test.each(['kill-before', 'kill-after'] as const)(
    '%s each effect, then run again: as if it had never been killed',
    (verdict) => {
      const different: string[] = [];
      for (let n = 1; ; n += 1) {
        const desktop = scenario.prepare();
        if (!killedAt(desktop, scenario, n, verdict)) break;
        points += 1;
        // The lease of the dead run runs out.
        desktop.clock.advance(200_000);
        scenario.act(desktop);
        try {
          expect(picture(desktop)).toEqual(expected);
        } catch (fault) {
          differences += 1;
          different.push(`${verdict} ${n}: ${String(fault).slice(0, 900)}`);
        }
      }
      expect(different).toEqual([]);
    },
  );
});

afterAll(() => {
  console.log(`${points} kill points, ${differences} differences`);
});
