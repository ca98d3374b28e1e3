/** Charts as a sheet stores them, and what they show: the cells of their ranges as they are by now. Counts from 0. */
import { type Area, movedArea } from './area';
import { type AxisEdit, movedIndex } from './axis-edit';
import { readDisplay } from './cell-writer';
import type { SheetModel } from './sheet-model';

export type ChartModel = {
  readonly id: number;
  /** A name of `ChartType`. */
  readonly type: string;
  /** On the chart's own sheet; none where all of them were deleted. */
  readonly ranges: readonly Area[];
  readonly headers: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly row: number;
  readonly column: number;
  /** Pixels from the corner of its cell. */
  readonly offsetX: number;
  readonly offsetY: number;
};

/** Where a chart and its ranges go when lines are inserted, deleted or moved; it stays on the sheet when all it shows is gone. */
export const movedChart = (chart: ChartModel, edit: AxisEdit): ChartModel => {
  const at = edit.axis === 'row' ? chart.row : chart.column;
  const anchor = movedIndex(edit, at) ?? Math.max(0, edit.at - 1);
  return {
    ...chart,
    ranges: chart.ranges.flatMap((area) => movedArea(area, edit) ?? []),
    ...(edit.axis === 'row' ? { row: anchor } : { column: anchor }),
  };
};

export type ChartData = {
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
};

/** Widths of a histogram's classes that read well. */
const niceStep = (atLeast: number): number => {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return ([1, 2, 5, 10].find((factor) => factor * power >= atLeast) ?? 10) * power;
};

const CLASSES = 10;

const histogram = (name: string, values: readonly number[]): ChartData => {
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const least = values.reduce((a, b) => Math.min(a, b), 0);
  const step = niceStep((most - least) / CLASSES || 1);
  const first = Math.floor(least / step);
  const count = values.length === 0 ? 0 : Math.floor(most / step) - first + 1;
  const bounds = Array.from({ length: count }, (_, i) => (first + i) * step);
  const round = (bound: number): number => Number(bound.toPrecision(12));
  return {
    labels: bounds.map((bound) => `${round(bound)} – ${round(bound + step)}`),
    series: [{ name, values: bounds.map((_, i) => values.filter((v) => Math.floor(v / step) - first === i).length) }],
  };
};

/** Hidden rows and columns are left out, as they are unless a chart says otherwise; so are blank rows. Ranges stand side by side. */
export const chartData = (sheet: SheetModel, chart: ChartModel): ChartData => {
  const isShown = (column: number): boolean => !sheet.columns[column]?.hidden;
  const columns = chart.ranges
    .flatMap((area) => Array.from({ length: area.columns }, (_, i) => ({ area, column: area.column + i })))
    .filter(({ column }) => isShown(column));
  const top = columns[0]?.area.row ?? 0;
  const last = Math.min(sheet.cells.lastRow, ...columns.map(({ area }) => area.row + area.rows));
  const rows = Array.from(
    { length: Math.max(0, last - top - chart.headers) },
    (_, i) => top + chart.headers + i,
  ).filter((row) => {
    const model = sheet.cells.rows[row];
    return (
      !model?.hiddenByUser &&
      !model?.hiddenByFilter &&
      columns.some(({ column }) => readDisplay(sheet, row, column) !== '')
    );
  });
  const nameOf = (column: number): string => (chart.headers > 0 ? readDisplay(sheet, top, column) : '');
  const numberAt = (row: number, column: number): number | null => {
    const value = sheet.cells.value(row, column);
    return typeof value === 'number' ? value : null;
  };
  const [first, ...others] = columns;
  if (first === undefined) return { labels: [], series: [] };
  if (chart.type === 'HISTOGRAM') {
    const values = rows.flatMap((row) => numberAt(row, first.column) ?? []);
    return histogram(nameOf(first.column), values);
  }
  return {
    labels: rows.map((row) => readDisplay(sheet, row, first.column)),
    series: others.map(({ column }) => ({ name: nameOf(column), values: rows.map((row) => numberAt(row, column)) })),
  };
};
