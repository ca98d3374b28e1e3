import { chartData } from '../../../local/google/chart-data';
import { trial } from './trial';

// Official reference, "Class EmbeddedChartBuilder" and "Class Sheet".
const table = `sheet.getRange('A1:C4').setValues([['Stage', 'Rows', 'Days'], ['New', 5, 2], ['Met', 3, 4.5], ['Won', 1, 9]]);`;
const build = (more = '') =>
  `sheet.newChart().setChartType(Charts.ChartType.BAR).addRange(sheet.getRange('A1:A1000')).addRange(sheet.getRange('B1:B1000')).setNumHeaders(1).setOption('title', 'Funnel')${more}.setPosition(2, 5, 10, 0).build()`;
const ranges = `const shown = () => sheet.getCharts().map((chart) => chart.getRanges().map((range) => range.getA1Notation()).join(' '));`;

const drawn = (of: ReturnType<typeof trial>) => {
  const [sheet] = of.file.workbook.sheets;
  return sheet?.charts.map((chart) => chartData(sheet, chart)) ?? [];
};

describe('charts on a sheet', () => {
  test('a chart is on the sheet once it is inserted, under an id of its own', () => {
    expect(
      trial().act(`${table} const chart = ${build()}; const before = [chart.getChartId(), sheet.getCharts().length];
        sheet.insertChart(chart); sheet.insertChart(chart);
        const ids = sheet.getCharts().map((one) => one.getChartId());
        return [...before, ids.length, typeof ids[0], ids[0] !== ids[1]]`),
    ).toEqual([null, 0, 2, 'number', true]);
  });
  test('its ranges grow with lines put into them, and not with lines put behind them', () => {
    expect(
      trial().act(`${table} ${ranges} sheet.insertChart(${build()}); const seen = [shown()];
        sheet.insertRowsAfter(4, 2); seen.push(shown());
        sheet.insertRowsAfter(1002, 5); seen.push(shown());
        sheet.insertColumnBefore(1); seen.push(shown());
        sheet.deleteRows(3, 1); seen.push(shown());
        sheet.deleteColumn(2); seen.push(shown());
        return seen.flat()`),
    ).toEqual([
      'A1:A1000 B1:B1000',
      'A1:A1002 B1:B1002',
      'A1:A1002 B1:B1002',
      'B1:B1002 C1:C1002',
      'B1:B1001 C1:C1001',
      'B1:B1001',
    ]);
  });
  test('it shows what stands in its ranges by now, without hidden rows', () => {
    const one = trial();
    one.act(`${table} sheet.insertChart(${build()})`);
    one.act(`sheet.getRange('B2').setValue(7); sheet.getRange('A5:B5').setValues([['Lost', 4]]); sheet.hideRows(3)`);
    expect(drawn(one)).toEqual([{ labels: ['New', 'Won', 'Lost'], series: [{ name: 'Rows', values: [7, 1, 4] }] }]);
  });
  test('without a number of header rows the headers are read as contents', () => {
    const one = trial();
    one.act(`${table} sheet.insertChart(${build().replace('.setNumHeaders(1)', '')})`);
    expect(drawn(one)[0]?.labels).toEqual(['Stage', 'New', 'Met', 'Won']);
  });
  test('a histogram counts what falls between round bounds', () => {
    const one = trial();
    one.act(`sheet.getRange('A1:A6').setValues([['Days'], [1], [2], [2.5], [11], [19]]);
      sheet.insertChart(sheet.newChart().setChartType(Charts.ChartType.HISTOGRAM).addRange(sheet.getRange('A1:A1000')).setNumHeaders(1).setPosition(1, 3, 0, 0).build())`);
    const [data] = drawn(one);
    expect(data?.series[0]?.values.reduce((sum: number, count) => sum + (count ?? 0), 0)).toBe(5);
    expect(data?.labels[0]).toMatch(/^0 – \d/);
  });
  test('a changed copy counts when the sheet takes it over, and keeps what was not changed', () => {
    expect(
      trial().act(`${table} ${ranges} sheet.insertChart(${build()}); const [chart] = sheet.getCharts();
        const other = chart.modify().clearRanges().addRange(sheet.getRange('A1:A4')).setPosition(9, 2, 0, 5).build();
        const before = shown(); sheet.updateChart(other);
        const [now] = sheet.getCharts(); const at = now.getContainerInfo();
        return [before, shown(), now.getChartId() === chart.getChartId(), at.getAnchorRow(), at.getAnchorColumn(), at.getOffsetX(), at.getOffsetY(), now.getOptions().get('title')]`),
    ).toEqual([['A1:A1000 B1:B1000'], ['A1:A4'], true, 9, 2, 0, 5, 'Funnel']);
  });
  test('a removed chart is gone, also for those who still hold it', () => {
    const one = trial();
    expect(
      one.act(
        `${table} sheet.insertChart(${build()}); sheet.removeChart(sheet.getCharts()[0]); return sheet.getCharts().length`,
      ),
    ).toBe(0);
    expect(() =>
      one.act(
        `sheet.insertChart(${build()}); const [chart] = sheet.getCharts(); sheet.removeChart(chart); sheet.updateChart(chart.modify().build())`,
      ),
    ).toThrow('chart');
  });
  test.each([
    ['a place outside the grid', build().replace('setPosition(2, 5', 'setPosition(2, 40')],
    ['a place that does not count from 1', build().replace('setPosition(2, 5', 'setPosition(0, 5')],
    ['no kind', build().replace('.setChartType(Charts.ChartType.BAR)', '')],
    ['no range', build().replace(/\.addRange\(sheet\.getRange\('[^']+'\)\)/g, '')],
  ])('%s is refused', (_what, chart) => {
    expect(() => trial().act(`sheet.insertChart(${chart})`)).toThrow();
  });
  test('kinds and members that are not there throw by name', () => {
    expect(() => trial().act(`Charts.ChartType.GAUGE`)).toThrow('local Google does not support ChartType.GAUGE');
    expect(() => trial().act(`Charts.newDataTable()`)).toThrow('local Google does not support Charts.newDataTable');
    expect(() => trial().act(`sheet.newChart().asPieChart()`)).toThrow(
      'local Google does not support EmbeddedChartBuilder.asPieChart',
    );
  });
  test('a range is added once', () => {
    expect(
      trial().act(
        `${ranges} const range = sheet.getRange('A1:B4'); sheet.insertChart(sheet.newChart().setChartType(Charts.ChartType.COLUMN).addRange(range).addRange(sheet.getRange('A1:B4')).build()); return shown()`,
      ),
    ).toEqual(['A1:B4']);
  });
  test('it is lost with an execution that is killed before a flush', () => {
    const one = trial();
    const stop = one.google.onServiceCall((call) => (call.member === 'flush' ? 'kill-before' : undefined));
    expect(() => one.act(`${table} sheet.insertChart(${build()}); SpreadsheetApp.flush()`)).toThrow();
    stop();
    expect(drawn(one)).toEqual([]);
  });
  test('a person deletes it, moves it and gives it another title; a copied tab has one of its own', () => {
    const one = trial();
    one.act(`${table} sheet.insertChart(${build()})`);
    const person = one.google.person(one.file, 'a@x.test');
    const [sheet] = one.file.workbook.sheets;
    const id = sheet?.charts[0]?.id ?? -1;
    person.moveChart('Sheet1', id, 'G9');
    person.setChartOption('Sheet1', id, 'title', 'Mine');
    expect(
      one.act(
        `const [chart] = sheet.getCharts(); return [chart.getContainerInfo().getAnchorRow(), chart.getOptions().get('title')]`,
      ),
    ).toEqual([9, 'Mine']);
    person.duplicateSheet('Sheet1');
    const copied = one.file.workbook.sheets[1]?.charts ?? [];
    expect([copied.length, copied[0]?.id === id]).toEqual([1, false]);
    person.deleteChart('Sheet1', id);
    expect(drawn(one)).toEqual([]);
    expect(person.undo()).toBe(true);
    expect(drawn(one)).toHaveLength(1);
  });
});
