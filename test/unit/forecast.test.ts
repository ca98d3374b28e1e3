import { forecast, forecastSentence, type GoogleDay } from '../../src/sync/runs/forecast';

const MINUTE = 60_000;
const consumer: GoogleDay = { calls: 20_000, triggerMs: 87 * MINUTE };
const workspace: GoogleDay = { calls: 100_000, triggerMs: 357 * MINUTE };

test.each([
  ['one call', 1, workspace, { minutes: 0, slices: 1, firings: 1, days: { watched: 1, alone: 1 } }],
  ['the first minute’s calls go at once', 900, workspace, { minutes: 0, slices: 1, firings: 1 }],
  ['the next one waits for a minute', 901, workspace, { minutes: 1, slices: 2, firings: 1 }],
  ['what a firing has time for', 4_500, workspace, { minutes: 4, slices: 5, firings: 1 }],
  ['one more', 4_501, workspace, { minutes: 5, slices: 6, firings: 2 }],
  ['10,000 rows', 10_049, workspace, { minutes: 11, slices: 12, firings: 3, days: { watched: 1, alone: 1 } }],
  ['100,000 rows in Workspace', 100_450, workspace, { minutes: 111, firings: 23, days: { watched: 2, alone: 2 } }],
  ['100,000 rows of a consumer', 100_450, consumer, { days: { watched: 6, alone: 6 } }],
  ['little trigger time', 20_000, { calls: 100_000, triggerMs: 9 * MINUTE }, { days: { watched: 1, alone: 3 } }],
] as const)('%s', (_name, calls, day, expected) => {
  expect(forecast(calls, day)).toMatchObject(expected);
});

test('says nothing of what ends while a person waits, hours where a schedule takes hours, days where it takes days', () => {
  expect(forecastSentence(1_000, consumer)).toBe('');
  expect(forecastSentence(10_049, consumer)).toMatch(/in about 3 hours with nobody here/);
  expect(forecastSentence(100_450, consumer)).toMatch(/20000 outside calls a day, so it takes at least 6 days/);
});
