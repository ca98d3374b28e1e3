/**
 * The headers of a table: what stands in them, and new names for columns whose header nobody else changed. Columns may be dragged
 * between a reading and the flush of a write: a header that was hit then is put back.
 */
import type { Relabel } from '../sync/ports';
import type { CellReading } from './cell-conversion';
import { protect, unprotect } from './cell-text';
import { headersOf } from './table-layout';
import { ATTEMPTS, sameList, type TableReader } from './table-reader';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Gives the table's `headers` and `relabel`; see TablePort. */
export const createHeaders = (
  sheet: Sheet,
  { layout, forgetLayout, flush }: TableReader,
  reading: () => CellReading,
): {
  readonly headers: () => ReadonlyMap<string, string>;
  readonly relabel: (changes: ReadonlyMap<string, Relabel>) => readonly string[];
} => {
  const headers = (): ReadonlyMap<string, string> => {
    const at = layout();
    const { rules } = reading();
    return new Map([...at.columns].map(([key, place]) => [key, unprotect(at.headers[place - 1] ?? '', rules)]));
  };

  const put = (row: number, column: number, raw: string): void => {
    sheet.getRange(row, column).setNumberFormat('@').setValue(raw);
    flush();
  };

  /** Whether the header is the new one, at its column and nowhere else. */
  const relabelOne = (key: string, { expected, next }: Relabel): boolean => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const { headerRow, columns, headers: before } = layout();
      const column = columns.get(key);
      const { rules } = reading();
      if (column === undefined || unprotect(before[column - 1] ?? '', rules) !== expected) return false;
      put(headerRow, column, protect(next, rules));
      forgetLayout();
      const after = headersOf(sheet, headerRow);
      if (
        sameList(
          after,
          before.map((text, index) => (index === column - 1 ? (after[index] ?? '') : text)),
        )
      )
        return true;
      // Another column stood there: its header is the one that is missing now.
      const left = [...after];
      const missing = before.filter((text) => {
        const found = left.indexOf(text);
        if (found >= 0) left.splice(found, 1);
        return found < 0;
      });
      const [hit] = missing;
      if (hit === undefined || hit === before[column - 1]) return true;
      put(headerRow, column, hit);
    }
    return false;
  };

  return {
    headers,
    relabel: (changes) => [...changes].flatMap(([key, change]) => (relabelOne(key, change) ? [key] : [])),
  };
};
