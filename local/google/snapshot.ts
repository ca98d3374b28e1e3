/** A file as one plain object with a fixed order of everything, for comparison text by text. Cells are keyed by A1. */
import { areaName, cellName, columnLetters } from './area';
import { DEFAULT_COLUMN_WIDTH } from './cell-store';
import { CellError } from './cell-value';
import type { SheetModel } from './sheet-model';
import type { MetadataPlace, Workbook } from './workbook';

export type Snapshot = {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly sheets: readonly SheetSnapshot[];
  readonly metadata: readonly unknown[];
  readonly names: readonly unknown[];
};
export type SheetSnapshot = { readonly id: number; readonly name: string; readonly [part: string]: unknown };

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

type Style = NonNullable<NonNullable<SheetModel['cells']['rows'][number]>['styles'][number]>;
type Look = { readonly numberFormat: string | undefined; readonly look: Record<string, unknown> | null };
/** Cells share their styles: each is taken apart once. */
const looksOf = new WeakMap<Style, Look>();
const lookOf = (style: Style): Look => {
  const known = looksOf.get(style);
  if (known !== undefined) return known;
  const { numberFormat, ...look } = style.attributes;
  const made = {
    numberFormat,
    look: Object.keys(look).length > 0 ? sorted(look as Record<string, unknown>) : null,
  };
  looksOf.set(style, made);
  return made;
};

const cellParts = (sheet: SheetModel): Record<string, Record<string, unknown>> => {
  const values: Record<string, unknown> = {};
  const formulas: Record<string, string> = {};
  const formats: Record<string, string> = {};
  const looks: Record<string, unknown> = {};
  const notes: Record<string, string> = {};
  const validations: Record<string, unknown> = {};
  sheet.cells.rows.forEach((row, r) => {
    if (!row) return;
    row.values.forEach((value, c) => {
      if (value !== undefined) values[cellName(r, c)] = value instanceof CellError ? { error: value.code } : value;
    });
    row.styles.forEach((style, c) => {
      if (!style) return;
      const { numberFormat, look } = lookOf(style);
      if (numberFormat !== undefined) formats[cellName(r, c)] = numberFormat;
      if (look !== null) looks[cellName(r, c)] = look;
    });
    for (const [c, formula] of [...(row.formulas ?? [])].sort(([a], [b]) => a - b)) formulas[cellName(r, c)] = formula;
    for (const [c, note] of [...(row.notes ?? [])].sort(([a], [b]) => a - b)) notes[cellName(r, c)] = note;
    for (const [c, rule] of [...(row.validations ?? [])].sort(([a], [b]) => a - b)) validations[cellName(r, c)] = rule;
  });
  return { values, formulas, formats, looks, notes, validations };
};

const linesOf = (sheet: SheetModel): Record<string, unknown> => {
  const rows = sheet.cells.rows.flatMap((row, i) =>
    row && (row.height !== undefined || row.hiddenByUser || row.hiddenByFilter)
      ? [{ row: i + 1, height: row.height ?? null, hiddenByUser: row.hiddenByUser, hiddenByFilter: row.hiddenByFilter }]
      : [],
  );
  const columns = sheet.columns.flatMap((column, i) =>
    column && (column.width !== DEFAULT_COLUMN_WIDTH || column.hidden) ? [{ column: columnLetters(i), ...column }] : [],
  );
  return { rows, columns };
};

const sheetSnapshot = (sheet: SheetModel): SheetSnapshot => ({
  id: sheet.id,
  name: sheet.name,
  hidden: sheet.hidden,
  tabColor: sheet.tabColor,
  grid: [sheet.maxRows, sheet.maxColumns],
  frozen: [sheet.frozenRows, sheet.frozenColumns],
  ...cellParts(sheet),
  ...linesOf(sheet),
  merges: sheet.merges.map(areaName),
  filter: sheet.filter && {
    area: areaName(sheet.filter.area),
    criteria: [...sheet.filter.criteria].map(([column, criterion]) => ({
      column: columnLetters(column),
      ...criterion,
    })),
  },
  protections: sheet.protections.map((one) => ({
    ...one,
    area: one.area && areaName(one.area),
    unprotected: one.unprotected.map(areaName),
  })),
  charts: sheet.charts.map((chart) => ({ ...chart, ranges: chart.ranges.map(areaName) })),
  conditionalRules: sheet.conditionalRules.map((rule) => ({ ...rule, areas: rule.areas.map(areaName) })),
});

const placeText = (workbook: Workbook, place: MetadataPlace): string => {
  if (place.type === 'SPREADSHEET') return 'spreadsheet';
  const sheet = workbook.sheetById(place.sheetId)?.name ?? place.sheetId;
  if (place.type === 'SHEET') return `sheet ${sheet}`;
  return place.type === 'ROW' ? `row ${sheet}!${place.index + 1}` : `column ${sheet}!${columnLetters(place.index)}`;
};

/** Selections and the active sheet are left out: they are nobody's content. */
export const snapshotOf = (workbook: Workbook): Snapshot => ({
  id: workbook.id,
  name: workbook.name,
  locale: workbook.locale.id,
  timeZone: workbook.timeZone,
  sheets: workbook.sheets.map(sheetSnapshot),
  metadata: workbook.metadata.map(({ id, key, value, visibility, place }) => ({
    id,
    key,
    value,
    visibility,
    at: placeText(workbook, place),
  })),
  names: workbook.names.map(({ name, sheetId, area }) => ({
    name,
    at: `${workbook.sheetById(sheetId)?.name ?? sheetId}!${areaName(area)}`,
  })),
});
