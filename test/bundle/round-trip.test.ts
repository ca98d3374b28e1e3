/**
 * Import, refresh, push without an edit sends nothing and changes nothing: every value type and all the hostile text, through the
 * built bundle and real cells, in four time zones and two locales, with a script zone of its own, and with each answer to what is
 * not known about text cells. Source: design, promise P5.
 */
import { Desktop } from './desktop';

const LISTS = ['Deal Pipeline', 'Companies', 'People', 'Partner Watchlist'];
const ZONES = ['Pacific/Kiritimati', 'Asia/Kolkata', 'Europe/London', 'America/Los_Angeles'];
const LOCALES = ['en_US', 'de_DE'];

const cases = ZONES.flatMap((timeZone) => LOCALES.map((locale) => ({ timeZone, locale })));

const roundTrip = (desktop: Desktop, meanwhile = () => {}) => {
  desktop.connect();
  for (const list of LISTS) desktop.importList(list);
  meanwhile();
  const before = desktop.google.snapshot(desktop.file);
  desktop.affinity.counter.reset();
  for (const list of LISTS) {
    desktop.person().select(list, 'A1');
    expect(desktop.refresh()).toMatch(/Everything was up to date/);
    expect(desktop.click('Push my edits', 'OK')).toMatch(/Nothing was edited/);
  }
  expect(desktop.affinity.counter.read().writes).toBe(0);
  const after = desktop.google.snapshot(desktop.file);
  const tables = (snapshot: typeof after) => snapshot.sheets.filter(({ name }) => LISTS.includes(name));
  // Text by text is quick; only where they differ it matters in what.
  if (JSON.stringify(tables(after)) !== JSON.stringify(tables(before))) expect(tables(after)).toEqual(tables(before));
};

test.each(cases)('in $timeZone and $locale nothing is sent and nothing changes', ({ timeZone, locale }) => {
  const desktop = new Desktop({
    affinity: { entries: 60 },
    spreadsheet: { timeZone, locale },
    scriptTimeZone: timeZone === 'Europe/London' ? 'Asia/Tokyo' : 'America/New_York',
  });
  roundTrip(desktop);
});

const unknowns = (['marker', 'kept'] as const).flatMap((apostropheInTextCell) =>
  (['formula', 'text'] as const).map((formulaInTextCell) => ({ apostropheInTextCell, formulaInTextCell })),
);

test.each(unknowns)(
  'with an apostrophe in a text cell $apostropheInTextCell and = giving a $formulaInTextCell',
  (platform) => {
    const desktop = new Desktop({ affinity: { entries: 60 }, google: { platform } });
    roundTrip(desktop);
    // What Affinity holds as text stands in the sheet as text: no cell of ours is a formula or an error.
    for (const sheet of desktop.google.snapshot(desktop.file).sheets) expect(sheet).toMatchObject({ formulas: {} });
  },
);

test('each day of a field stands in the sheet as that day, whatever the zone', () => {
  const days = ZONES.map((timeZone) => {
    const desktop = new Desktop({ affinity: { entries: 60 }, spreadsheet: { timeZone }, scriptTimeZone: 'Asia/Tokyo' });
    desktop.connect();
    desktop.importList();
    const [headers = [], ...rows] = desktop.table();
    const column = headers.indexOf('Close Date');
    return rows.map((row) => row[column]);
  });
  const [first = []] = days;
  expect(first.filter((day) => /^\d{4}-\d{2}-\d{2}$/.test(day ?? '')).length).toBeGreaterThan(20);
  for (const other of days) expect(other).toEqual(first);
});

/** Clock changes of the year in New York and London, each with the zone that it happens in. */
const CLOCK_CHANGES = [
  ['2026-10-24T20:00:00Z', 'Europe/London'],
  ['2026-10-31T20:00:00Z', 'America/Los_Angeles'],
  ['2027-03-13T20:00:00Z', 'America/Los_Angeles'],
  ['2027-03-27T20:00:00Z', 'Europe/London'],
] as const;

test.each(CLOCK_CHANGES)(
  'imported before the clocks change (%s) and looked at after it: nothing is sent',
  (eve, timeZone) => {
    for (const scriptTimeZone of [timeZone, 'Asia/Kolkata']) {
      const desktop = new Desktop({ affinity: { entries: 60 }, spreadsheet: { timeZone }, scriptTimeZone });
      desktop.clock.advance(Date.parse(eve) - desktop.clock.now());
      roundTrip(desktop, () => desktop.clock.advance(36 * 3_600_000));
    }
  },
);

test('a day typed on both sides of a clock change reaches Affinity as that day', () => {
  for (const timeZone of ZONES) {
    const desktop = new Desktop({ affinity: { entries: 12 }, spreadsheet: { timeZone } });
    desktop.connect();
    desktop.importList();
    const ids = desktop.ids();
    const days = ['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01', '2027-01-01'];
    days.forEach((day, index) => {
      desktop.person().type('Deal Pipeline', desktop.at(ids[index] ?? '', 'Close Date'), day);
    });
    expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/5 cells in 5 rows sent/);
    const stored = days.map((_day, index) => desktop.valueOf(ids[index] ?? '', 'Close Date'));
    expect(stored).toEqual(days.map((day) => expect.stringContaining(`${day}T0`)));
  }
});
