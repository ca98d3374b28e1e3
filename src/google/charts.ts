/**
 * Charts over whole columns of a table: what refreshes write into them is shown without a further call. A chart is known by the columns
 * that it shows, so a person may move, rename and restyle it; one that was deleted comes back only when it is asked for.
 */
import type { ChartLook } from '../sync/ports';
import type { TableLayout } from './table-layout';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Pixels. A row is 21 of them high unless somebody changed it. */
const WIDTH = 620;
const HEIGHT = 320;
/** Of bars that have the tab for themselves: they may become many. */
const TALL = 480;
const ROWS_EACH = 16;
const COLORS = ['#1e6b58', '#8fc9b7'];

const shownBy = (chart: GoogleAppsScript.Spreadsheet.EmbeddedChart): string =>
  chart
    .getRanges()
    .flatMap((range) => Array.from({ length: range.getNumColumns() }, (_column, index) => range.getColumn() + index))
    .join();

/** Draws the charts that are not there, to the right of everything; gives how many. Source: official reference, "Class EmbeddedChartBuilder". */
export const drawCharts = (
  sheet: Sheet,
  { headerRow, columns, lastColumn }: Pick<TableLayout, 'headerRow' | 'columns' | 'lastColumn'>,
  charts: readonly ChartLook[],
): number => {
  const there = new Set(sheet.getCharts().map(shownBy));
  const missing = charts.flatMap(({ title, kind, columns: keys }, index) => {
    const places = keys.flatMap((key) => columns.get(key) ?? []);
    return places.length < keys.length || there.has(places.join()) ? [] : [{ title, kind, places, index }];
  });
  if (missing.length === 0) return 0;
  const at = Math.max(lastColumn, sheet.getLastColumn()) + 2;
  const lacking = at - sheet.getMaxColumns();
  if (lacking > 0) sheet.insertColumnsAfter(sheet.getMaxColumns(), lacking);
  const rows = sheet.getMaxRows();
  for (const { title, kind, places, index } of missing) {
    const builder = sheet
      .newChart()
      .setChartType(Charts.ChartType[kind])
      .setMergeStrategy(Charts.ChartMergeStrategy.MERGE_COLUMNS)
      .setNumHeaders(1)
      .setOption('title', title)
      .setOption('width', WIDTH)
      .setOption('height', kind === 'BAR' && charts.length === 1 ? TALL : HEIGHT)
      .setOption('colors', COLORS)
      .setOption('legend', { position: places.length > 2 ? 'top' : 'none' })
      .setPosition(Math.min(rows, headerRow + 1 + index * ROWS_EACH), at, 0, 0);
    for (const place of places) builder.addRange(sheet.getRange(headerRow, place, rows - headerRow + 1, 1));
    sheet.insertChart(builder.build());
  }
  return missing.length;
};
