/** Rows that are gone from Affinity: what a person wrote beside them, and their removal from the sheet. */
import type { Beside } from '../sync/ports';
import type { TableLayout } from './table-layout';
import type { TableReader } from './table-reader';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

type BesideRows = ReadonlyMap<string, readonly Beside[]>;

/** Gives the table's `beside` and `removeRows`; see TablePort. */
export const createRemoval = (
  sheet: Sheet,
  { layout, locate, forgetRows, flush, ids }: TableReader,
): {
  readonly beside: (wanted: readonly string[]) => BesideRows;
  readonly removeRows: (seen: BesideRows) => readonly string[];
} => {
  /** What stands in a row that is not ours. A formula with one above or below it is the column's, and not the row's. */
  const besideRow = (at: TableLayout, row: number): readonly Beside[] => {
    const first = Math.max(at.headerRow + 1, row - 1);
    const range = sheet.getRange(first, 1, Math.min(row + 1, sheet.getMaxRows()) - first + 1, sheet.getMaxColumns());
    const formulas = range.getFormulas();
    const shown = range.getDisplayValues()[row - first] ?? [];
    const notes = range.getNotes()[row - first] ?? [];
    const managed = new Set(at.columns.values());
    return shown.flatMap((text, index) => {
      const header = at.headers[index] ?? '';
      const isFormula = (offset: number): boolean => (formulas[row - first + offset]?.[index] ?? '') !== '';
      const isColumns = isFormula(0) && (isFormula(-1) || isFormula(1));
      const isOwn = !managed.has(index + 1) && text !== '' && !isColumns;
      const note = notes[index] ?? '';
      return [
        ...(isOwn ? [{ header, text }] : []),
        ...(note === '' ? [] : [{ header: `Note on ${header}`, text: note }]),
      ];
    });
  };

  /** Row numbers of these ids, read anew; doubled ones are left out. */
  const rowsOf = (wanted: Iterable<string>): ReadonlyMap<string, number> => {
    ids();
    const list = [...wanted];
    const positions = locate(list);
    return new Map(
      list.flatMap((id) => {
        const [row, ...copies] = positions.get(id) ?? [];
        return row === undefined || copies.length > 0 ? [] : [[id, row] as const];
      }),
    );
  };

  return {
    beside(wanted) {
      const rows = rowsOf(wanted);
      const at = layout();
      return new Map([...rows].map(([id, row]) => [id, besideRow(at, row)]));
    },
    removeRows(seen) {
      const rows = rowsOf(seen.keys());
      const at = layout();
      const unchanged = [...rows].filter(
        ([id, row]) => JSON.stringify(besideRow(at, row)) === JSON.stringify(seen.get(id)),
      );
      // From the bottom up: a deletion moves what is below it.
      for (const [, row] of unchanged.sort(([, a], [, b]) => b - a)) sheet.deleteRow(row);
      forgetRows();
      if (unchanged.length > 0) flush();
      return unchanged.map(([id]) => id);
    },
  };
};
