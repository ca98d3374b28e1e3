/**
 * Rows of the table that Affinity has no more. They are only ever marked by themselves; here a person has them deleted from the sheet,
 * after seeing what was written beside them and what was never sent.
 */
import { type Cell, cellText } from '../cells/cell';
import type { Source } from '../datasets/dataset';
import { editedRows } from '../merge/plan';
import type { Beside } from '../ports';
import { STATUS_COLUMN } from '../row-id';
import type { SavedImport } from '../state/saved-import';
import { openWorkplace } from './edits';
import { isDoubtful } from './emptied';
import { goneStatus } from './gone-rows';
import { isOver, type Run } from './run';

/** One row that is gone in Affinity. */
export interface GoneRow {
  readonly key: string;
  /** Row number in the sheet, from 1. */
  readonly rowNumber: number;
  readonly rowTitle: string;
  /** What the person wrote beside it, and in it without sending it. */
  readonly beside: readonly Beside[];
  readonly unsent: readonly Beside[];
}

export interface GoneRows {
  readonly title: string;
  readonly rows: readonly GoneRow[];
  /** Why none is offered although some seem to be gone; '' for no such doubt. */
  readonly doubt: string;
}

/**
 * Finds the rows that are gone: those that the list does not have, each confirmed by itself. A change too large to be true is not
 * believed. Reads only. @throws ApiError, SheetError
 */
export const goneRows = (run: Run, importId: string, openSource: (saved: SavedImport) => Source): GoneRows => {
  const { saved, source, table, index, baseline, input } = openWorkplace(run, importId, openSource, 'reads');
  const there = new Set(source.keys());
  const missing = [...baseline.keys].filter((key) => index.positions.has(key) && !there.has(key));
  const statuses = index.snapshot.columns.get(STATUS_COLUMN);
  // Rows that a refresh found to be gone are not in doubt any more.
  const news = missing.filter((key) => statuses?.[index.positions.get(key) ?? -1] !== goneStatus(source));
  if (news.length > 0 && (there.size === 0 || isDoubtful(news.length, baseline.size, saved))) {
    const doubt = `Affinity has ${there.size} of the ${baseline.size} rows known here. That may be a fault: check the list in Affinity.`;
    return { title: saved.title, rows: [], doubt };
  }
  const gone = missing.filter((key) => !isOver(run) && source.presence(key) === 'gone');
  const beside = table.beside(gone);
  const edits = new Map(editedRows(input).map(({ row, cells }) => [row.key, cells]));
  const rows = gone.map((key): GoneRow => {
    const position = index.positions.get(key) ?? 0;
    const textAt = (column: string): string => cellText(index.snapshot.columns.get(column)?.[position] ?? null, 200);
    return {
      key,
      rowNumber: index.snapshot.firstRowNumber + position,
      rowTitle: textAt(source.columns[0]?.key ?? ''),
      beside: beside.get(key) ?? [],
      unsent: (edits.get(key) ?? []).map(({ column }) => ({
        header: source.columns.find(({ key: one }) => one === column)?.header ?? column,
        text: textAt(column),
      })),
    };
  });
  return { title: saved.title, rows, doubt: '' };
};

const contentOf = ({ beside, unsent }: GoneRow): string => JSON.stringify([beside, unsent]);

/**
 * Deletes rows from the sheet that were shown as gone, where they still are and still look the same. Order: sheet, baseline; a baseline
 * without its row is no harm. Gives how many were deleted. @throws ApiError, SheetError
 */
export const tidyRows = (
  run: Run,
  importId: string,
  shown: readonly GoneRow[],
  openSource: (saved: SavedImport) => Source,
): number => {
  const { table, baseline, index } = openWorkplace(run, importId, openSource, 'writes');
  const now = new Map(goneRows(run, importId, openSource).rows.map((row) => [row.key, row]));
  const same = shown.filter((row) => {
    const found = now.get(row.key);
    return found !== undefined && contentOf(found) === contentOf(row);
  });
  const cellsOf = (key: string): ReadonlyMap<string, Cell> => {
    const position = index.positions.get(key) ?? -1;
    return new Map([...index.snapshot.columns].map(([column, cells]) => [column, cells[position] ?? null]));
  };
  const removed = table.removeRows(new Map(same.map(({ key, beside }) => [key, { beside, cells: cellsOf(key) }])));
  run.workbook.flush();
  for (const key of removed) baseline.forget(key);
  baseline.save();
  run.workbook.flush();
  run.log.write({ event: 'tidy', import: importId, rows: removed.length });
  return removed.length;
};
