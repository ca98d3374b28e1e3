/**
 * Rows whose id cell says something that can't be true: an id that stands twice, that was typed over, or that is of another table.
 * Each is named on its row; nothing is written to or sent from it otherwise.
 */
import { type Cell, cellText } from '../cells/cell';
import { indexTable, type TableIndex } from '../merge/plan';
import type { TablePort } from '../ports';
import { ID_COLUMN, idIn, STATUS_COLUMN } from '../row-id';
import { type Baseline, openBaseline } from '../state/baseline';
import { isJournalId } from '../state/journal';
import { readImport } from '../state/saved-import';
import type { Run } from './run';

/** A row that is left alone for its id, in words. */
export interface StrangeRow {
  /** Row number in the sheet, from 1. */
  readonly rowNumber: number;
  readonly says: string;
  /** True where the id stands on several rows. */
  readonly isCopy: boolean;
}

/** Texts, by id, of the imports of this file that know these ids. A state that can't be read knows nothing. */
const knownElsewhere = (run: Run, importId: string, ids: ReadonlySet<string>): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const other of run.workbook.states()) {
    if (other === importId || isJournalId(other) || ids.size === 0) continue;
    try {
      const state = run.workbook.state(other);
      const { title } = readImport(state);
      for (const key of openBaseline(state).keys) if (ids.has(key)) found.set(key, title);
    } catch {
      // A report tab, or an import that was never finished.
    }
  }
  return found;
};

const sentenceOf = (cell: Cell, id: string | null, place: string, other: string | undefined): string => {
  if (other !== undefined)
    return `The ID of this row belongs to “${other}”, another import of this file. Undo the change.`;
  if (id === null || !/^\d+$/.test(id)) {
    return `The ID cell of this row holds “${cellText(cell, 60)}”, which is no ID of Affinity’s. Undo that, or empty the cell to add the row.`;
  }
  return `The ID of this row is not known ${place}. Undo the change, or refresh.`;
};

/** Finds them without asking Affinity. `place`: where rows of this table are, e.g. `on this list`. */
export const strangeRows = (
  run: Run,
  importId: string,
  { snapshot, positions, doubled, unnamed }: TableIndex,
  baseline: Baseline,
  place: string,
): readonly StrangeRow[] => {
  const numberOf = (position: number): number => snapshot.firstRowNumber + position;
  const cellAt = (position: number): Cell => snapshot.ids[position] ?? null;
  const known = new Set(baseline.keys);
  const unknown = [...positions].filter(([id]) => !known.has(id)).map(([, position]) => position);
  // A note of somebody's own below the table, which happens to stand in our first column, is no row.
  const isRow = (position: number): boolean =>
    [...snapshot.columns].some(([key, cells]) => key !== STATUS_COLUMN && (cells[position] ?? null) !== null);
  const odd = [...unknown.filter(isRow), ...unnamed.filter((position) => cellAt(position) !== null)];
  const others = knownElsewhere(run, importId, new Set(odd.flatMap((position) => idIn(cellAt(position)) ?? [])));
  const strange = odd.map((position) => {
    const id = idIn(cellAt(position));
    const says = sentenceOf(cellAt(position), id, place, others.get(id ?? ''));
    return { rowNumber: numberOf(position), says, isCopy: false };
  });
  const copied = [...doubled.values()].flatMap((all) =>
    all.map((position) => ({
      rowNumber: numberOf(position),
      says: `Rows ${all.map(numberOf).join(', ')} have the same Affinity row ID. Delete the copies.`,
      isCopy: true,
    })),
  );
  return [...strange, ...copied].sort((a, b) => a.rowNumber - b.rowNumber);
};

/** Writes on each such row what is wrong with it. */
export const nameStrangeRows = (table: TablePort, { snapshot }: TableIndex, rows: readonly StrangeRow[]): void => {
  const shown = snapshot.columns.get(STATUS_COLUMN);
  if (shown === undefined) return;
  const writes = rows.flatMap(({ rowNumber, says }) => {
    const position = rowNumber - snapshot.firstRowNumber;
    const before = shown[position] ?? null;
    if (before === says) return [];
    const expected = new Map([
      [ID_COLUMN, snapshot.ids[position] ?? null],
      [STATUS_COLUMN, before],
    ]);
    return [{ rowNumber, expected, next: new Map([[STATUS_COLUMN, says]]) }];
  });
  if (writes.length > 0) table.writeAt(writes);
};

/** The same at the end of a refresh, which knows the ids alone so far. */
export const nameStrangeIds = (
  run: Run,
  importId: string,
  table: TablePort,
  ids: TableIndex,
  baseline: Baseline,
  place: string,
): void => {
  const known = new Set(baseline.keys);
  const isStrange = (cell: Cell): boolean => cell !== null && !known.has(idIn(cell) ?? '');
  if (ids.doubled.size === 0 && !ids.snapshot.ids.some(isStrange)) return;
  const index = indexTable(table.read());
  nameStrangeRows(table, index, strangeRows(run, importId, index, baseline, place));
};
