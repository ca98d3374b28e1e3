/** When an import is due, in the spreadsheet's zone: the pure part of schedules. */
import {
  cadenceWords,
  dueAt,
  dueJobs,
  freshUntil,
  HOUR_MS,
  isCadence,
  type Job,
  nextRunAt,
  wishedAt,
} from '../../src/sync/runs/schedule';

const at = (text: string): number => Date.parse(`${text}Z`);
const said = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

/** The wall of a named zone, by the computer's own knowledge of zones. */
const wallOf = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant: number): number => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  };
};
const utc = (instant: number) => instant;
const berlin = wallOf('Europe/Berlin');

const job = (change: Partial<Job> = {}): Job => ({
  importId: 'i1',
  cadence: { kind: 'hours', value: 1 },
  since: at('2026-11-02T00:00'),
  dataFrom: at('2026-11-02T08:05'),
  isUnfinished: false,
  ...change,
});

describe('the instant for which a refresh is wished', () => {
  // Cadence, zone, data from → wished, all in UTC. 2026-11-02 is a Monday.
  test.each([
    ['hours', 1, utc, '2026-11-02T08:05', '2026-11-02T09:05'],
    ['hours', 6, utc, '2026-11-02T08:05', '2026-11-02T14:05'],
    ['daily', 8, utc, '2026-11-02T08:05', '2026-11-03T08:00'],
    ['daily', 8, utc, '2026-11-02T07:59', '2026-11-02T08:00'],
    ['daily', 8, utc, '2026-11-02T08:00', '2026-11-03T08:00'],
    ['daily', 0, berlin, '2026-11-02T22:30', '2026-11-02T23:00'],
    ['daily', 8, berlin, '2026-11-02T06:59', '2026-11-02T07:00'],
    ['weekdays', 8, utc, '2026-11-06T09:00', '2026-11-09T08:00'],
    ['weekdays', 23, utc, '2026-11-06T22:00', '2026-11-06T23:00'],
    // Friday 23:30 in UTC is Saturday in Berlin: the next weekday there is Monday.
    ['weekdays', 0, berlin, '2026-11-06T23:30', '2026-11-08T23:00'],
    // The night in which the clocks go back: 08:00 is an hour later in UTC.
    ['daily', 8, berlin, '2026-10-24T07:00', '2026-10-25T07:00'],
    // The night in which they go forward: 02:00 does not exist, the time right after does.
    ['daily', 2, berlin, '2026-03-28T12:00', '2026-03-29T01:00'],
    ['daily', 3, berlin, '2026-03-28T12:00', '2026-03-29T01:00'],
  ] as const)('%s %d after data of %s', (kind, value, wall, from, wished) => {
    expect(said(wishedAt({ kind, value }, at(from), wall))).toBe(wished);
  });

  test('holds in zones of half and quarter hours', () => {
    expect(said(wishedAt({ kind: 'daily', value: 8 }, at('2026-11-02T00:00'), wallOf('Asia/Kathmandu')))).toBe(
      '2026-11-02T02:15',
    );
  });

  test('every day of a year, in zones with and without summer time, the wall shows that hour', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Tokyo', 'America/St_Johns']) {
      const wall = wallOf(zone);
      for (let day = 0; day < 365; day += 1) {
        const from = at('2026-01-01T12:00') + day * 24 * HOUR_MS;
        const wished = wishedAt({ kind: 'daily', value: 9 }, from, wall);
        expect([new Date(wall(wished)).getUTCHours(), new Date(wall(wished)).getUTCMinutes()]).toEqual([9, 0]);
        expect(wished - from).toBeGreaterThan(0);
        expect(wished - from).toBeLessThanOrEqual(25 * HOUR_MS);
      }
    }
  });
});

describe('whether an import is due', () => {
  test('an hourly one at the next firing, also one that comes a little early', () => {
    const due = dueAt(job(), utc);
    expect(due).toBeLessThan(at('2026-11-02T08:50'));
    expect(due).toBeGreaterThan(at('2026-11-02T08:30'));
  });

  test('a daily one at its hour and not before', () => {
    const daily = job({ cadence: { kind: 'daily', value: 9 } });
    expect(dueJobs([daily], at('2026-11-02T08:59'), utc)).toEqual([]);
    expect(dueJobs([daily], at('2026-11-02T09:00'), utc)).toEqual([daily]);
  });

  test('one that was missed stays due until it is done', () => {
    const daily = job({ cadence: { kind: 'daily', value: 9 } });
    expect(dueJobs([daily], at('2026-11-02T23:59'), utc)).toEqual([daily]);
  });

  test('one that was never complete at once', () => {
    const never = job({ dataFrom: null });
    expect(dueJobs([never], never.since, utc)).toEqual([never]);
  });
});

test('unfinished ones come first, then the most overdue', () => {
  const jobs = [
    job({ importId: 'late', dataFrom: at('2026-11-02T05:00') }),
    job({ importId: 'latest', dataFrom: at('2026-11-01T05:00') }),
    job({ importId: 'not due', dataFrom: at('2026-11-02T09:00') }),
    job({ importId: 'begun', dataFrom: at('2026-11-02T09:00'), isUnfinished: true }),
    job({ importId: 'begun long ago', dataFrom: at('2026-11-01T09:00'), isUnfinished: true }),
  ];
  expect(dueJobs(jobs, at('2026-11-02T09:05'), utc).map(({ importId }) => importId)).toEqual([
    'begun long ago',
    'begun',
    'latest',
    'late',
  ]);
});

describe('the next run to be expected', () => {
  const tick = at('2026-11-02T09:05');
  const now = at('2026-11-02T09:20');
  test('is the firing after the due instant', () => {
    expect(nextRunAt(job({ dataFrom: tick }), tick, now, utc)).toBe(at('2026-11-02T10:05'));
    expect(nextRunAt(job({ dataFrom: tick, cadence: { kind: 'hours', value: 3 } }), tick, now, utc)).toBe(
      at('2026-11-02T12:05'),
    );
    expect(nextRunAt(job({ dataFrom: tick, cadence: { kind: 'daily', value: 8 } }), tick, now, utc)).toBe(
      at('2026-11-03T08:05'),
    );
  });
  test('is the next firing for what was begun or is overdue', () => {
    const weekly = job({ dataFrom: tick, cadence: { kind: 'daily', value: 8 }, isUnfinished: true });
    expect(nextRunAt(weekly, tick, now, utc)).toBe(at('2026-11-02T10:05'));
    expect(nextRunAt(job({ dataFrom: at('2026-11-01T00:00') }), tick, now, utc)).toBe(at('2026-11-02T10:05'));
  });
  test('is unknown where the trigger stopped firing, or never did', () => {
    expect(nextRunAt(job(), tick, at('2026-11-02T10:26'), utc)).toBeNull();
    expect(nextRunAt(job(), null, now, utc)).toBeNull();
  });
  test('is never in the past by more than a trigger may be late', () => {
    for (let minutes = 0; minutes < 80; minutes += 1) {
      const moment = tick + minutes * 60_000;
      const next = nextRunAt(job({ dataFrom: tick }), tick, moment, utc) ?? 0;
      expect(next).toBeGreaterThan(moment - 21 * 60_000);
    }
  });
});

test('data are out of date two hours after the refresh that was wished', () => {
  expect(freshUntil(job(), utc)).toBe(at('2026-11-02T11:05'));
  expect(freshUntil(job({ dataFrom: null }), utc)).toBeNull();
});

test('a cadence has words, and limits', () => {
  expect(
    (
      [
        ['hours', 1],
        ['hours', 4],
        ['daily', 8],
        ['weekdays', 17],
      ] as const
    ).map(([kind, value]) => cadenceWords({ kind, value })),
  ).toEqual(['every hour', 'every 4 hours', 'every day at 08:00', 'on weekdays at 17:00']);
  expect([0, 1, 23, 24].map((value) => isCadence({ kind: 'hours', value }))).toEqual([false, true, true, false]);
  expect([-1, 0, 23, 24].map((value) => isCadence({ kind: 'daily', value }))).toEqual([false, true, true, false]);
});
