/** Where lines stand in pixels: sizes, hidden ones, and which line is at a place. */
import type { SheetView } from '../../protocol';

const ROW_HEIGHT = 21;
const COLUMN_WIDTH = 100;

export class Axis {
  /** Start of each line, and the end of the last one. */
  readonly #starts: Float64Array;
  readonly count: number;
  readonly frozen: number;

  constructor(count: number, frozen: number, sizeOf: (line: number) => number) {
    this.count = count;
    this.frozen = Math.min(frozen, count);
    this.#starts = new Float64Array(count + 1);
    for (let line = 0; line < count; line++) this.#starts[line + 1] = (this.#starts[line] ?? 0) + sizeOf(line);
  }

  start(line: number): number {
    return this.#starts[Math.max(0, Math.min(line, this.count))] ?? 0;
  }
  size(line: number): number {
    return this.start(line + 1) - this.start(line);
  }
  get total(): number {
    return this.start(this.count);
  }
  get frozenSize(): number {
    return this.start(this.frozen);
  }
  /** The line that covers a place; the first or last one beyond the ends. */
  at(place: number): number {
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= place) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }
  /** The next line in a direction that is not hidden; the same one when there is none. */
  step(line: number, by: 1 | -1): number {
    for (let next = line + by; next >= 0 && next < this.count; next += by) if (this.size(next) > 0) return next;
    return line;
  }
}

export interface Geometry {
  readonly rows: Axis;
  readonly columns: Axis;
}

const known = new WeakMap<SheetView, Geometry>();

export const geometryOf = (sheet: SheetView): Geometry => {
  const before = known.get(sheet);
  if (before) return before;
  const heights = new Map(sheet.heights);
  const widths = new Map(sheet.widths);
  const hiddenColumns = new Set(sheet.hiddenColumns);
  const hiddenRows = new Set<number>();
  for (const [from, to] of sheet.hiddenRows) for (let row = from; row <= to; row++) hiddenRows.add(row);
  const made = {
    rows: new Axis(sheet.rows, sheet.frozenRows, (row) => (hiddenRows.has(row) ? 0 : (heights.get(row) ?? ROW_HEIGHT))),
    columns: new Axis(sheet.columns, sheet.frozenColumns, (column) =>
      hiddenColumns.has(column) ? 0 : (widths.get(column) ?? COLUMN_WIDTH),
    ),
  };
  known.set(sheet, made);
  return made;
};
