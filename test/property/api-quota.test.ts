/** How fast, and how politely: the client against the limits of the minute, alone and beside another program. Simulated time. */
import fc from 'fast-check';
import { LIST_IDS } from '../../local/affinity';
import { type Started, start } from './api-client';

const seed = Number(process.env.FC_SEED ?? 20_260_701);
beforeAll(() => console.info(`seed ${seed} (FC_SEED sets another)`));

const MINUTE = 60_000;

/** One call of field values for each entry. */
const readValues = ({ client, affinity }: Started) =>
  client.all(
    affinity.world
      .entriesOf(LIST_IDS.pipeline)
      .map(({ id }) => client.prepare.fieldValues.list({ query: { list_entry_id: id } })),
  );

test('alone, the client never earns a 429, with fixed or sliding minutes, whatever the latency and the calls', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('fixed' as const, 'sliding' as const),
      fc.integer({ min: 0, max: 4_000 }),
      fc.integer({ min: 0, max: MINUTE }),
      fc.array(fc.integer({ min: 1, max: 2_500 }), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 0, max: 90_000 }),
      fc.array(fc.integer({ min: 0, max: 8_000 }), { minLength: 1, maxLength: 6 }),
      (window, latencyMs, startsAt, batches, pauseMs, waysOut) => {
        let batch = 0;
        // Some batches take long to get there: the server then counts them later than they were sent.
        const wayOutMs = () => waysOut[batch++ % waysOut.length] ?? 0;
        const run = start({ entries: 3, quota: { window }, latencyMs, wayOutMs });
        run.clock.sleep(startsAt);
        for (const calls of batches) {
          const outcomes = run.client.all(Array.from({ length: calls }, () => run.client.prepare.account.whoami()));
          expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
          run.clock.sleep(pauseMs);
        }
        const { byStatus, busiestMinute } = run.control.calls();
        expect(byStatus[429]).toBeUndefined();
        expect(busiestMinute).toBeLessThanOrEqual(900);
      },
    ),
    { numRuns: 25, seed },
  );
});

describe('10,000 entries of field values', () => {
  test.each([
    ['fixed', 0],
    ['sliding', 0],
    ['fixed', 300],
    ['sliding', 300],
  ] as const)(
    'with %s minutes and %i ms a batch use 95 % of 900 calls a minute, and no call too many',
    (window, latencyMs) => {
      const run = start({ entries: 10_000, quota: { window }, latencyMs });
      const before = run.clock.now();
      const outcomes = readValues(run);
      const minutes = (run.clock.now() - before) / MINUTE;
      expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
      expect(run.control.calls()).toMatchObject({ total: 10_000, byStatus: { 200: 10_000 } });
      expect(run.client.counts()).toEqual({ 'fieldValues.list': { sent: 10_000, good: 10_000, faults: 0 } });
      const perMinute = 10_000 / minutes;
      console.info(
        `${window}, ${latencyMs} ms a batch: ${minutes.toFixed(2)} minutes, ${perMinute.toFixed(1)} calls a minute`,
      );
      expect(perMinute).toBeGreaterThanOrEqual(0.95 * 900);
    },
  );
});

describe('beside a second program that takes half the quota', () => {
  /** Another program with the same key that always has 450 calls within the last minute, and is first to take what comes free. */
  const beside = (window: 'fixed' | 'sliding') => {
    let recent: number[] = [];
    let taken = 0;
    const run: Started = start({
      entries: 4_000,
      quota: { window },
      latencyMs: 250,
      onTime: (now) => {
        const from = window === 'fixed' ? now - (now % MINUTE) : now - MINUTE + 1;
        recent = recent.filter((at) => at >= from);
        while (recent.length < 450 && run.affinity.quota.take(40_001, true) === 'taken') {
          recent.push(now);
          taken += 1;
        }
      },
    });
    run.clock.sleep(100);
    return { run, takenByOther: () => taken };
  };

  test.each(['fixed', 'sliding'] as const)(
    'it finishes, with %s minutes, within 10 %% of the time that the rest allows',
    (window) => {
      const { run, takenByOther } = beside(window);
      const before = run.clock.now();
      const outcomes = readValues(run);
      const minutes = (run.clock.now() - before) / MINUTE;
      expect(outcomes.filter((outcome) => !outcome.ok)).toEqual([]);
      const allowed = 4_000 / 450;
      const refused = run.control.calls().byStatus[429] ?? 0;
      const others = takenByOther() / (minutes + 1);
      console.info(
        `${window}: ${minutes.toFixed(2)} minutes, the rest allows ${allowed.toFixed(2)}; the other made ${others.toFixed(0)} calls a minute, we were refused ${refused} times`,
      );
      expect(others).toBeGreaterThan(0.85 * 450);
      expect(minutes).toBeLessThanOrEqual(1.1 * allowed);
      expect(refused).toBeLessThan(50);
    },
  );
});

test('a limit on concurrent calls that nobody told is found, and everything comes through', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), (concurrent) => {
      const run = start({ entries: 600, quota: { concurrent } });
      const outcomes = readValues(run);
      expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
      // Each refusal costs a call of its own; trying wider now and then must not become the rule.
      expect(run.control.calls().total).toBeLessThan(600 * 2.5);
    }),
    { numRuns: 10, seed },
  );
});
