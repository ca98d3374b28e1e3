/** The server's copy of what the file shows, so that a page gets its rows while the worker is blocked by an execution. */
import type { BookView, RowPatch, RowsChanged } from './protocol';

const BLANK = '[]';

export class Mirror {
  book: BookView;
  readonly #rows = new Map<number, string[]>();

  constructor(book: BookView) {
    this.book = book;
  }

  /** Takes over changed rows and says which. `length`: how many rows the sheet's content has now. */
  patch(sheet: number, length: number, rows: readonly RowPatch[]): RowsChanged {
    const known = this.#rows.get(sheet) ?? [];
    this.#rows.set(sheet, known);
    const before = known.length;
    for (const [index, json] of rows) known[index] = json;
    known.length = length;
    const touched = rows.map(([index]) => index);
    const least = touched.reduce((a, b) => Math.min(a, b), before);
    const most = touched.reduce((a, b) => Math.max(a, b), Math.max(0, before - 1));
    return length < before ? { sheet, from: Math.min(least, length), to: most } : rangeOf(sheet, touched);
  }

  /** JSON of an array of rows. */
  rowsJson(sheet: number, from: number, count: number): string {
    const known = this.#rows.get(sheet) ?? [];
    const rows = Array.from({ length: count }, (_, i) => known[from + i] ?? BLANK);
    return `[${rows.join(',')}]`;
  }
}

const rangeOf = (sheet: number, touched: readonly number[]): RowsChanged => ({
  sheet,
  from: touched.reduce((a, b) => Math.min(a, b), touched[0] ?? 0),
  to: touched.reduce((a, b) => Math.max(a, b), 0),
});
