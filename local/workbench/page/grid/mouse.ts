/** The mouse over the grid: what is under it, and what pressing and dragging there means. */
import type { Area, Cell } from './a1';
import type { GridDesk } from './desk';
import { HEAD_HEIGHT, HEAD_WIDTH, type View } from './panes';
import { at } from './selection';

export type Hit =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'corner' }
  | { readonly kind: 'cell' | 'column' | 'row' | 'fill'; readonly cell: Cell }
  | { readonly kind: 'column-edge'; readonly column: number };

export type Drag =
  | { readonly kind: 'select'; readonly whole: 'cells' | 'rows' | 'columns' }
  | { readonly kind: 'fill'; readonly from: Area }
  | { readonly kind: 'width'; readonly column: number; readonly from: number; readonly size: number; width: number };

const EDGE = 5;
const HANDLE = 6;

export const hitAt = (desk: GridDesk, element: HTMLElement, view: View, event: MouseEvent): Hit => {
  const { geometry } = desk;
  const box = element.getBoundingClientRect();
  const x = event.clientX - box.left;
  const y = event.clientY - box.top;
  if (!geometry || x < 0 || y < 0 || x >= view.width || y >= view.height) return { kind: 'nothing' };
  const { rows, columns } = geometry;
  const inColumns = x - HEAD_WIDTH + (x - HEAD_WIDTH < columns.frozenSize ? 0 : view.left);
  const inRows = y - HEAD_HEIGHT + (y - HEAD_HEIGHT < rows.frozenSize ? 0 : view.top);
  if (x < HEAD_WIDTH && y < HEAD_HEIGHT) return { kind: 'corner' };
  const cell = { row: rows.at(Math.max(0, inRows)), column: columns.at(Math.max(0, inColumns)) };
  if (y < HEAD_HEIGHT) {
    if (columns.start(cell.column + 1) - inColumns < EDGE) return { kind: 'column-edge', column: cell.column };
    if (cell.column > 0 && inColumns - columns.start(cell.column) < EDGE) {
      return { kind: 'column-edge', column: columns.step(cell.column, -1) };
    }
    return { kind: 'column', cell };
  }
  if (x < HEAD_WIDTH) return { kind: 'row', cell };
  if (inRows > rows.total || inColumns > columns.total) return { kind: 'nothing' };
  const { area } = desk;
  const corner = { x: columns.start(area.column + area.columns), y: rows.start(area.row + area.rows) };
  const isHandle = Math.abs(inColumns - corner.x) < HANDLE && Math.abs(inRows - corner.y) < HANDLE;
  return isHandle && desk.selection.whole === 'cells' ? { kind: 'fill', cell } : { kind: 'cell', cell };
};

/** The main button went down: selects, or begins to resize or fill. */
export const pressed = (desk: GridDesk, hit: Hit, event: MouseEvent): Drag | null => {
  const { geometry, selection } = desk;
  if (!geometry || hit.kind === 'nothing') return null;
  if (hit.kind === 'corner') {
    desk.select({ ...selection, whole: 'all' }, false);
    return null;
  }
  if (hit.kind === 'column-edge') {
    const size = geometry.columns.size(hit.column);
    return { kind: 'width', column: hit.column, from: event.clientX, size, width: size };
  }
  if (hit.kind === 'fill') return { kind: 'fill', from: desk.area };
  const whole = hit.kind === 'column' ? 'columns' : hit.kind === 'row' ? 'rows' : 'cells';
  const cell = whole === 'columns' ? { ...hit.cell, row: 0 } : whole === 'rows' ? { ...hit.cell, column: 0 } : hit.cell;
  if (event.shiftKey) desk.select({ ...selection, end: cell, whole }, false);
  else desk.select({ ...at(cell), whole }, false);
  return { kind: 'select', whole };
};

/** The mouse moved with the button down. */
export const dragged = (desk: GridDesk, drag: Drag, hit: Hit, event: MouseEvent): void => {
  if (drag.kind === 'width') {
    drag.width = Math.max(20, drag.size + event.clientX - drag.from);
    return;
  }
  if (hit.kind !== 'cell' && hit.kind !== 'row' && hit.kind !== 'column' && hit.kind !== 'fill') return;
  const { selection } = desk;
  if (drag.kind === 'fill') {
    const last = drag.from.column + drag.from.columns - 1;
    const row = Math.max(drag.from.row + drag.from.rows - 1, hit.cell.row);
    desk.select({
      active: { row: drag.from.row, column: drag.from.column },
      end: { row, column: last },
      whole: 'cells',
    });
    return;
  }
  const end =
    drag.whole === 'columns' ? { ...hit.cell, row: 0 } : drag.whole === 'rows' ? { ...hit.cell, column: 0 } : hit.cell;
  if (end.row === selection.end.row && end.column === selection.end.column) return;
  desk.select({ ...selection, end });
};

export const released = (desk: GridDesk, drag: Drag): void => {
  const { sheet } = desk;
  if (!sheet) return;
  if (drag.kind === 'width' && drag.width !== drag.size) desk.resize(drag.column, drag.width);
  if (drag.kind === 'fill') desk.fillDown(desk.area, drag.from.rows);
};
