/** Pacific time by arithmetic against the platform's own zone data. */
import { dayOf, pacificDay, pacificMidnight, withPacificOffset } from '../../../local/affinity/world/pacific';

const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/Los_Angeles',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

test('the day of every sixth hour of twelve years is that of the zone data', () => {
  for (let instant = Date.UTC(2019, 0, 1, 1, 59, 59); instant < Date.UTC(2031, 0, 1); instant += 6 * 3_600_000) {
    expect(pacificDay(instant)).toBe(format.format(instant));
  }
});

test.each([
  ['the hour before summer time', '2026-03-08T09:59:59.999Z', '-08:00'],
  ['the first hour of summer time', '2026-03-08T10:00:00.000Z', '-07:00'],
  ['the last hour of summer time', '2026-11-01T08:59:59.999Z', '-07:00'],
  ['the hour after summer time', '2026-11-01T09:00:00.000Z', '-08:00'],
])('%s', (_name, instant, offset) => {
  expect(withPacificOffset(Date.parse(instant)).endsWith(offset)).toBe(true);
  expect(Date.parse(withPacificOffset(Date.parse(instant)))).toBe(Date.parse(instant));
});

test('midnight of every day of six years is that day, and the millisecond before is not', () => {
  for (let day = Date.UTC(2022, 0, 1); day < Date.UTC(2028, 0, 1); day += 86_400_000) {
    const text = new Date(day).toISOString().slice(0, 10);
    expect(pacificDay(pacificMidnight(text))).toBe(text);
    expect(pacificDay(pacificMidnight(text) - 1)).not.toBe(text);
  }
});

test.each([
  ['2026-03-01', '2026-03-01'],
  ['2026-03-01T12:00:00Z', '2026-03-01'],
  ['2026-03-01T07:59:59Z', '2026-02-28'],
  ['2026-03-01T23:30:00-08:00', '2026-03-01'],
  ['2026-03-01T23:30:00-0800', '2026-03-01'],
  ['2026-03-01T12:00:00', '2026-03-01'],
  ['2026-02-29', null],
  ['2024-02-29', '2024-02-29'],
  ['2026-03-01T25:00:00Z', null],
  ['2026-3-1', null],
  ['03/01/2026', null],
  ['', null],
])('%j is the day %j', (text, day) => expect(dayOf(text)).toBe(day));
