/** Charts of the tables about stages: drawn once, alive, and the person's own from then on. Five seconds. */
import { chartData } from '../../local/google/chart-data';
import { Desktop } from './desktop';

const PIPELINE = 'Deal Pipeline';
const HISTORY = 'More from Affinity/Show field history';
const AGAIN = 'More from Affinity/Draw the charts again';
const enter = (text: string) => ({ button: 'OK' as const, text });
const VIEWS = { stageTimes: '2', funnel: '3', stageMoves: '4' };

const opened = (): Desktop => {
  const desktop = new Desktop({ affinity: { entries: 30 } });
  desktop.connect();
  desktop.importList();
  desktop.person().select(PIPELINE, 'A1');
  return desktop;
};

/** Makes the table; gives the name of its tab. */
const show = (desktop: Desktop, view: keyof typeof VIEWS): string => {
  desktop.click(HISTORY, enter('Status'), enter(VIEWS[view]), 'OK');
  return desktop.file.workbook.activeSheet.name;
};
const tabOf = (desktop: Desktop, name: string) => {
  const sheet = desktop.file.workbook.sheetByName(name);
  if (sheet === undefined) throw new Error(`no tab ${name}`);
  return sheet;
};
const titles = (desktop: Desktop, tab: string) => tabOf(desktop, tab).charts.map(({ options }) => options['title']);
const chart = (desktop: Desktop, tab: string, title: string) => {
  const sheet = tabOf(desktop, tab);
  const found = sheet.charts.find(({ options }) => options['title'] === title);
  if (found === undefined) throw new Error(`no chart ${title}`);
  return { ...found, ...chartData(sheet, found) };
};
/** A column of the table as it is shown. */
const column = (desktop: Desktop, tab: string, header: string): string[] => {
  const [headers = [], ...rows] = desktop.table(tab);
  return rows.flatMap((row) => (row[0] === '' ? [] : [row[headers.indexOf(header)] ?? '']));
};
const numbers = (texts: readonly string[]) => texts.map((text) => (text === '' ? null : Number(text)));

const FUNNEL = ['Rows in each stage', 'Moved on from each stage, %', 'Days in each stage, median'];

test('the funnel comes with charts of what stands in its table', () => {
  const desktop = opened();
  const tab = show(desktop, 'funnel');
  expect(titles(desktop, tab)).toEqual(FUNNEL);
  const rows = chart(desktop, tab, 'Rows in each stage');
  expect(rows.labels).toEqual(column(desktop, tab, 'Stage'));
  expect(rows.labels.length).toBeGreaterThan(4);
  expect(rows.series).toEqual([
    { name: 'Rows that were in it', values: numbers(column(desktop, tab, 'Rows that were in it')) },
    { name: 'In it now', values: numbers(column(desktop, tab, 'In it now')) },
  ]);
  expect(chart(desktop, tab, 'Moved on from each stage, %').series[0]?.values).toEqual(
    numbers(column(desktop, tab, 'Moved on, %')),
  );
  expect(chart(desktop, tab, 'Days in each stage, median').series[0]?.values).toEqual(
    numbers(column(desktop, tab, 'Days in it, median')),
  );
  // To the right of the table and below each other, so that they hide nothing.
  const places = tabOf(desktop, tab).charts.map(({ row, column: at }) => [row, at]);
  expect(places.every(([, at]) => (at ?? 0) > tabOf(desktop, tab).cells.lastColumn)).toBe(true);
  expect(new Set(places.map(([row]) => row)).size).toBe(3);
});

test('the other two tables have theirs: how long stays were, and which moves there are', () => {
  const desktop = opened();
  const stays = show(desktop, 'stageTimes');
  const days = numbers(column(desktop, stays, 'Days'));
  const counted = chart(desktop, stays, 'How many days stays lasted').series[0]?.values ?? [];
  expect(counted.reduce((sum: number, count) => sum + (count ?? 0), 0)).toBe(days.length);
  desktop.person().select(PIPELINE, 'A1');
  const moves = show(desktop, 'stageMoves');
  const shares = chart(desktop, moves, 'Moves between stages, % of all from there');
  const [from] = column(desktop, moves, 'From');
  const [to] = column(desktop, moves, 'To');
  expect(shares.labels[0]).toBe(`${from} → ${to}`);
  expect(shares.series[0]?.values).toEqual(numbers(column(desktop, moves, 'Of all moves from there, %')));
});

test('a chart follows a refresh, rows that come with it included, wherever the person put it', () => {
  const desktop = opened();
  const moves = show(desktop, 'stageMoves');
  const before = chart(desktop, moves, 'Moves between stages, % of all from there');
  const person = desktop.person();
  person.moveChart(moves, before.id, 'H5');
  person.setChartOption(moves, before.id, 'colors', ['#ff0000']);
  person.insertColumns(moves, 1, 1);
  const options = desktop
    .api<{ name: string; dropdown_options: { id: number; text: string }[] }[]>('GET', '/fields?list_id=4974')
    .find(({ name }) => name === 'Status')?.dropdown_options;
  const last = options?.at(-1);
  const first = options?.[0];
  for (const id of desktop.ids().slice(0, 6)) {
    for (const option of [first, last]) {
      if (desktop.valueOf(id, 'Status') === undefined || option === undefined) continue;
      desktop.colleagueSets(id, 'Status', option.id);
      desktop.clock.advance(86_400_000);
    }
  }
  person.select(moves, 'A1');
  desktop.click('Refresh from Affinity', 'OK');
  const [after] = tabOf(desktop, moves).charts;
  expect(after).toMatchObject({ row: 4, column: 8, options: { colors: ['#ff0000'] } });
  const shown = chart(desktop, moves, 'Moves between stages, % of all from there');
  expect(shown.labels).toContain(`${first?.text} → ${last?.text}`);
  expect(shown.labels.length).toBeGreaterThan(before.labels.length);
  const [headers = [], ...rows] = desktop.table(moves);
  const share = headers.indexOf('Of all moves from there, %');
  expect(shown.series[0]?.values).toEqual(numbers(rows.flatMap((row) => (row[1] === '' ? [] : [row[share] ?? '']))));
});

test('a deleted chart stays away until it is asked for, and then only that one comes', () => {
  const desktop = opened();
  const tab = show(desktop, 'funnel');
  const person = desktop.person();
  person.setChartOption(tab, chart(desktop, tab, 'Rows in each stage').id, 'title', 'My funnel');
  person.deleteChart(tab, chart(desktop, tab, 'Moved on from each stage, %').id);
  person.select(tab, 'A1');
  desktop.click('Refresh from Affinity', 'OK');
  expect(titles(desktop, tab)).toEqual(['My funnel', 'Days in each stage, median']);
  person.type(tab, 'M5', 'a note of mine');
  expect(desktop.click(AGAIN, 'OK')).toBe('One chart was drawn again. It stands to the right of the table.');
  expect(titles(desktop, tab)).toEqual(['My funnel', 'Days in each stage, median', 'Moved on from each stage, %']);
  // Not over what somebody wrote beside the table.
  expect(chart(desktop, tab, 'Moved on from each stage, %').column).toBeGreaterThan(12);
  expect(desktop.click(AGAIN, 'OK')).toBe('The charts of this table are all there.');
  person.select(PIPELINE, 'A1');
  expect(desktop.click(AGAIN, 'OK')).toMatch(/no charts/);
});

test('killed anywhere while the table is made, it has each chart once after the next run', () => {
  const clean = opened();
  let judged = 0;
  for (const [member, times] of Object.entries({ insertChart: 3, getCharts: 1, flush: 4 })) {
    for (let nth = 1; nth <= times; nth += 1) {
      for (const moment of ['kill-before', 'kill-after'] as const) {
        const desktop = clean.copy();
        let met = 0;
        const stop = desktop.google.onServiceCall((call) => {
          if (call.member !== member) return undefined;
          met += 1;
          return met === nth ? moment : undefined;
        });
        desktop.google.ui.answer(enter('Status'), enter(VIEWS.funnel), 'OK');
        try {
          desktop.google.clickMenu(HISTORY, { spreadsheet: desktop.file });
        } catch {
          // Killed, as planned.
        }
        stop();
        desktop.google.ui.clear();
        desktop.clock.advance(600_000);
        const refresh = (text: string) => desktop.click('Refresh from Affinity', enter(text), 'OK');
        desktop.file.workbook.activeSheetId = desktop.file.workbook.sheets[0]?.id ?? 0;
        // Killed before the import was noted, there is nothing to go on with.
        if (desktop.imports() < 2) continue;
        refresh('2');
        judged += 1;
        const made = desktop.file.workbook.sheets.filter(({ charts }) => charts.length > 0);
        expect([member, nth, moment, made.map(({ charts }) => charts.map(({ options }) => options['title']))]).toEqual([
          ...[member, nth, moment],
          [FUNNEL],
        ]);
      }
    }
  }
  expect(judged).toBeGreaterThan(8);
});
