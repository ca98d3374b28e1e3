/**
 * Changes of a sheet's lines with everything that follows them: cells, notes, formulas everywhere in the file, metadata,
 * filters, protections, names. Used by script calls and by persons alike. Counts from 0.
 */
import type { Area } from './area';
import { movedArea } from './area';
import { type AxisEdit, movedIndex } from './axis-edit';
import { GridRow } from './cell-store';
import { CellError, type CellValue } from './cell-value';
import { ScriptFault, texts } from './errors';
import { afterEdit, copiedBy } from './formula-text';
import type { SheetModel } from './sheet-model';
import { MAX_COLUMNS, type MetadataEntry, type Workbook } from './workbook';

/** @throws when the grid would become too large, or when no unfrozen line would be left. */
export const requireEdit = (sheet: SheetModel, edit: AxisEdit): void => {
  const byRow = edit.axis === 'row';
  const size = byRow ? sheet.maxRows : sheet.maxColumns;
  if (edit.at < 0 || edit.count < 1 || edit.at > size) throw new ScriptFault(texts.badCoordinates);
  if (edit.kind === 'insert') {
    sheet.workbook.requireRoom(edit.count * (byRow ? sheet.maxColumns : sheet.maxRows));
    if (!byRow && size + edit.count > MAX_COLUMNS) throw new ScriptFault(texts.tooManyCells);
    return;
  }
  if (edit.at + edit.count > size) throw new ScriptFault(texts.outsideGrid);
  if (edit.kind === 'delete') {
    const frozen = byRow ? sheet.frozenRows : sheet.frozenColumns;
    const keptUnfrozen = size - frozen - Math.max(0, edit.at + edit.count - Math.max(edit.at, frozen));
    if (keptUnfrozen < 1) throw new ScriptFault(byRow ? texts.allRows : texts.allColumns);
  }
  if (edit.kind === 'move' && (edit.to < 0 || edit.to > size)) throw new ScriptFault(texts.outsideGrid);
};

const movedMetadata = (entry: MetadataEntry, sheet: SheetModel, edit: AxisEdit): MetadataEntry[] => {
  const { place } = entry;
  if ((place.type !== 'ROW' && place.type !== 'COLUMN') || place.sheetId !== sheet.id) return [entry];
  if ((place.type === 'ROW') !== (edit.axis === 'row')) return [entry];
  const index = movedIndex(edit, place.index);
  if (index === null) return [];
  entry.place = { ...place, index };
  return [entry];
};

/** Inserts, deletes or moves lines. `like` is the line whose look inserted ones take. */
export const editLinesOf = (sheet: SheetModel, edit: AxisEdit, like: number | null = null): void => {
  requireEdit(sheet, edit);
  if (edit.kind === 'move' && edit.to >= edit.at && edit.to <= edit.at + edit.count) return;
  const { workbook } = sheet;
  sheet.edit(edit, like);
  workbook.metadata = workbook.metadata.flatMap((entry) => movedMetadata(entry, sheet, edit));
  workbook.names = workbook.names.flatMap((named) => {
    if (named.sheetId !== sheet.id) return [named];
    const area = movedArea(named.area, edit);
    return area ? [{ ...named, area }] : [];
  });
  workbook.rewriteFormulas((formula, home) => afterEdit(formula, home.name, sheet.name, edit));
};

export type SortKey = { readonly column: number; readonly ascending: boolean };

/** Numbers, then text, then booleans, then errors; blanks go last in both directions. */
const rank = (value: CellValue): number => {
  if (typeof value === 'number') return 0;
  if (typeof value === 'string') return 1;
  return typeof value === 'boolean' ? 2 : 3;
};
const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: false });

const compare = (a: CellValue, b: CellValue): number => {
  const byRank = rank(a) - rank(b);
  if (byRank !== 0) return byRank;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a instanceof CellError && b instanceof CellError) return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return collator.compare(String(a), String(b));
};

const isBlank = (value: CellValue): boolean => value === undefined || value === '';

/** Order of the rows of `area` (offsets from its first row) under the keys; equal rows keep their order. */
export const sortedOrder = (sheet: SheetModel, area: Area, keys: readonly SortKey[]): number[] =>
  Array.from({ length: area.rows }, (_, i) => i).sort((a, b) => {
    for (const key of keys) {
      const left = sheet.cells.value(area.row + a, key.column);
      const right = sheet.cells.value(area.row + b, key.column);
      if (isBlank(left) || isBlank(right)) {
        if (isBlank(left) && isBlank(right)) continue;
        return isBlank(left) ? 1 : -1;
      }
      const order = compare(left, right);
      if (order !== 0) return key.ascending ? order : -order;
    }
    return a - b;
  });

const takeSpan = <T>(map: Map<number, T> | undefined, area: Area): [number, T][] =>
  map ? [...map].filter(([column]) => column >= area.column && column < area.column + area.columns) : [];

const putSpan = <T>(
  map: Map<number, T> | undefined,
  area: Area,
  items: readonly [number, T][],
): Map<number, T> | undefined => {
  const next = map ?? new Map<number, T>();
  for (const column of [...next.keys()]) {
    if (column >= area.column && column < area.column + area.columns) next.delete(column);
  }
  for (const [column, item] of items) next.set(column, item);
  return next.size === 0 ? undefined : next;
};

const putSlice = <T>(line: (T | undefined)[], area: Area, items: readonly (T | undefined)[]): void => {
  while (line.length < area.column) line.push(undefined);
  for (let i = 0; i < area.columns; i++) line[area.column + i] = items[i];
};

/**
 * Reorders the rows of an area: values, formats, notes, validations and formulas move, relative references move with
 * their row; heights and hidden marks stay. `order[i]` is the old offset of the row that comes to offset `i`.
 */
export const reorderRows = (
  sheet: SheetModel,
  area: Area,
  order: readonly number[],
  metadataFollows: boolean,
): void => {
  const taken = order.map((offset) => {
    const row = sheet.cells.rows[area.row + offset] ?? new GridRow();
    return {
      values: row.values.slice(area.column, area.column + area.columns),
      styles: row.styles.slice(area.column, area.column + area.columns),
      formulas: takeSpan(row.formulas, area),
      notes: takeSpan(row.notes, area),
      validations: takeSpan(row.validations, area),
    };
  });
  taken.forEach((part, i) => {
    const row = sheet.cells.rowAt(area.row + i);
    const down = i - (order[i] ?? i);
    putSlice(row.values, area, part.values);
    putSlice(row.styles, area, part.styles);
    row.formulas = putSpan(
      row.formulas,
      area,
      part.formulas.map(([column, formula]): [number, string] => [column, copiedBy(formula, down, 0)]),
    );
    row.notes = putSpan(row.notes, area, part.notes);
    row.validations = putSpan(row.validations, area, part.validations);
  });
  sheet.cells.touched();
  if (metadataFollows) followRows(sheet.workbook, sheet, area, order);
  sheet.workbook.invalidate();
};

const followRows = (workbook: Workbook, sheet: SheetModel, area: Area, order: readonly number[]): void => {
  for (const entry of workbook.metadata) {
    const { place } = entry;
    if (place.type !== 'ROW' || place.sheetId !== sheet.id) continue;
    const to = order.indexOf(place.index - area.row);
    if (to >= 0) entry.place = { ...place, index: area.row + to };
  }
};
