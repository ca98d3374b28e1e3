/** What is selected on a tab: an area and the active cell in it. Moves by keys are decided here. */
import { type Area, between, type Cell } from './a1';
import type { Geometry } from './geometry';

export interface Selection {
  /** Where typing goes. */
  readonly active: Cell;
  /** The corner that moves when the selection is extended. */
  readonly end: Cell;
  /** Whole columns or rows were chosen. */
  readonly whole: 'cells' | 'rows' | 'columns' | 'all';
}

export const at = (cell: Cell): Selection => ({ active: cell, end: cell, whole: 'cells' });

export const areaOf = ({ active, end, whole }: Selection, { rows, columns }: Geometry): Area => {
  const area = between(active, end);
  if (whole === 'all') return { row: 0, column: 0, rows: rows.count, columns: columns.count };
  if (whole === 'rows') return { ...area, column: 0, columns: columns.count };
  if (whole === 'columns') return { ...area, row: 0, rows: rows.count };
  return area;
};

export interface Extent {
  readonly lastRow: number;
  readonly lastColumn: number;
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most));

/** Where an arrow key leads from a cell; `far` goes to the end of the content and then of the grid. */
const step = (from: Cell, key: string, far: boolean, { rows, columns }: Geometry, extent: Extent): Cell => {
  const jump = (line: number, content: number, count: number, by: 1 | -1): number => {
    if (by < 0) return 0;
    return line < content - 1 ? content - 1 : count - 1;
  };
  switch (key) {
    case 'ArrowUp':
      return { ...from, row: far ? 0 : rows.step(from.row, -1) };
    case 'ArrowDown':
      return { ...from, row: far ? jump(from.row, extent.lastRow, rows.count, 1) : rows.step(from.row, 1) };
    case 'ArrowLeft':
      return { ...from, column: far ? 0 : columns.step(from.column, -1) };
    default:
      return {
        ...from,
        column: far ? jump(from.column, extent.lastColumn, columns.count, 1) : columns.step(from.column, 1),
      };
  }
};

export interface Press {
  readonly key: string;
  readonly shift: boolean;
  readonly control: boolean;
  /** Rows that fit on the screen. */
  readonly page: number;
}

/** The selection after a key that moves; null when the key does not. */
export const moved = (selection: Selection, press: Press, geometry: Geometry, extent: Extent): Selection | null => {
  const { key, shift, control } = press;
  const { rows, columns } = geometry;
  const from = shift ? selection.end : selection.active;
  const to = ((): Cell | null => {
    if (/^Arrow/.test(key)) return step(from, key, control, geometry, extent);
    if (key === 'Home') return control ? { row: 0, column: 0 } : { ...from, column: 0 };
    if (key === 'End' && control) {
      return {
        row: clamp(extent.lastRow - 1, rows.count - 1),
        column: clamp(extent.lastColumn - 1, columns.count - 1),
      };
    }
    if (key === 'End') return { ...from, column: clamp(extent.lastColumn - 1, columns.count - 1) };
    if (key === 'PageDown') return { ...from, row: clamp(from.row + press.page, rows.count - 1) };
    if (key === 'PageUp') return { ...from, row: clamp(from.row - press.page, rows.count - 1) };
    return null;
  })();
  if (to === null) return null;
  return shift ? { ...selection, end: to } : at(to);
};
