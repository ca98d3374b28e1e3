/**
 * Readings of one bound table: its layout, its ids, blocks of whole rows, each as of one moment as far as the platform allows. People
 * move rows and columns between any two calls, so what belongs together is read together, or read again when it does not fit.
 */
import type { Cell } from '../sync/cells/cell';
import { SheetError, type TableIds, type TableSnapshot } from '../sync/ports';
import { ID_COLUMN, idIn } from '../sync/row-id';
import { type CellReading, isDate, toCell } from './cell-conversion';
import type { Line, Picture } from './displaced';
import type { LayoutMemory } from './layout-memory';
import {
  areDistinct,
  hasSameHeaders,
  isStillValid,
  isValidAgain,
  isWithin,
  readLayout,
  type TableLayout,
} from './table-layout';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** So often a step is begun again because the table moved meanwhile; nobody sorts faster for long. */
export const ATTEMPTS = 3;
/** Rows further apart than this are read in two calls rather than with everything between them. */
const CLUSTER_GAP_ROWS = 100;

/** Groups row numbers that are read together. */
export const clustersOf = (rows: readonly number[]): readonly (readonly number[])[] => {
  const clusters: number[][] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = clusters[clusters.length - 1];
    const previous = last?.[last.length - 1];
    if (last !== undefined && previous !== undefined && row - previous <= CLUSTER_GAP_ROWS) last.push(row);
    else clusters.push([row]);
  }
  return clusters;
};

/** Values and formulas of a block of whole rows, from the first column of the tab on. */
export interface Block {
  readonly firstRow: number;
  readonly values: readonly (readonly unknown[])[];
  readonly formulas: readonly (readonly string[])[];
}

/** A table of more cells than this is not kept for comparison. */
const CELLS_KEPT = 1_000_000;

const isSameValue = (a: unknown, b: unknown): boolean =>
  a === b || (isDate(a) && isDate(b) && a.getTime() === b.getTime());

/** The values of an id column as ids, top to bottom. */
export const idsOf = (cells: readonly Cell[]): readonly (string | null)[] => cells.map(idIn);

export const sameList = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

const NOWHERE: ReadonlyMap<string, readonly number[]> = new Map();

export type TableReader = ReturnType<typeof createTableReader>;

export const createTableReader = (sheet: Sheet, importId: string, reading: () => CellReading, memory: LayoutMemory) => {
  let known: TableLayout | null = null;
  /** What an earlier execution remembers counts until something turned out to have moved. */
  let isFirst = true;
  /** Whether this run may keep what it finds out in the file. */
  let isWriting = false;

  const remembered = (): TableLayout | null => {
    for (const layout of memory.read()) if (isValidAgain(sheet, layout)) return layout;
    return null;
  };

  /** The layout as it is now. @throws SheetError sheet/header-gone, sheet/id-column-gone */
  const layout = (): TableLayout => {
    const isHeld = known !== null && isStillValid(sheet, known);
    if (!isHeld) known = isFirst ? remembered() : null;
    isFirst = false;
    if (known === null) {
      known = readLayout(sheet, importId, ID_COLUMN);
      memory.write(known, isWriting);
    }
    return known;
  };

  /** The layout as it was a moment ago, for a step that looks at the header itself once it has read. @throws as `layout` */
  const layoutSoFar = (): TableLayout =>
    known !== null && areDistinct(known) && isWithin(sheet, known) ? known : layout();

  const beginWriting = (): void => {
    isWriting = true;
  };

  const idColumnOf = ({ columns }: TableLayout): number => columns.get(ID_COLUMN) ?? 0; // `readLayout` made sure of it

  const readColumn = (column: number, firstRow: number, rows: number): readonly Cell[] =>
    rows < 1
      ? []
      : sheet
          .getRange(firstRow, column, rows, 1)
          .getValues()
          .map(([value]) => toCell(value, '', reading()));

  /** Whether the tab goes further down than it did: rows inserted before a reading push the last ones out of it. */
  const isLonger = (last: number): boolean => sheet.getLastRow() > last;

  /**
   * Ids below the header, top to bottom, as far down as the tab has content, with the layout that they were read by: the header comes
   * along, so that no other column is taken for them. @throws SheetError sheet/moving when the table keeps moving
   */
  const readIds = (): { readonly at: TableLayout; readonly ids: readonly Cell[] } => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const at = layout();
      const column = idColumnOf(at);
      const last = sheet.getLastRow();
      const rows = Math.max(1, last - at.headerRow + 1);
      const [header, ...values] = sheet.getRange(at.headerRow, column, rows, 1).getValues();
      if (String(header?.[0] ?? '') === at.headers[column - 1] && !isLonger(last)) {
        return { at, ids: values.map(([value]) => toCell(value, '', reading())) };
      }
      forgetLayout();
    }
    throw new SheetError('sheet/moving', sheet.getName());
  };

  const readBlock = (firstRow: number, rows: number, width: number): Block => {
    const range = sheet.getRange(firstRow, 1, rows, width);
    return { firstRow, values: range.getValues(), formulas: range.getFormulas() };
  };

  const widthOf = (at: TableLayout): number => Math.max(at.lastColumn, sheet.getLastColumn());

  const cellIn = ({ values, formulas }: Block, index: number, column: number): Cell =>
    toCell(values[index]?.[column - 1], formulas[index]?.[column - 1] ?? '', reading());

  const linesOf = (at: TableLayout, block: Block): readonly Line[] =>
    block.values.map((line, index) => ({
      row: block.firstRow + index,
      id: idIn(cellIn(block, index, idColumnOf(at))),
      cells: line.map((_value, place) => cellIn(block, index, place + 1)),
    }));

  /** Columns by their names: a managed one's key, any other's header. */
  const namesOf = (at: TableLayout, width: number): readonly string[] => {
    const keys = new Map([...at.columns].map(([key, column]) => [column, key]));
    return Array.from({ length: width }, (_, index) => keys.get(index + 1) ?? at.headers[index] ?? '');
  };

  const textsOf = (line: readonly unknown[] | undefined, width: number): readonly string[] =>
    Array.from({ length: width }, (_, index) => String(line?.[index] ?? ''));

  /** The reading of the whole table, while nobody is known to have done anything since. */
  let kept: { readonly at: TableLayout; readonly block: Block } | null = null;

  /** Formulas count as unknown from now on: somebody edited something. */
  const forgetFormulas = (): void => {
    kept = null;
  };

  /** These rows' formulas, where the whole table was read with none in them and each of their cells still has the value of then. */
  const noFormulas = (firstRow: number, values: Block['values']): Block['formulas'] | null => {
    if (kept === null || kept.at !== known) return null;
    const { block } = kept;
    const first = firstRow - block.firstRow;
    const isAsThen = values.every((line, index) => {
      const [before = [], formulas = []] = [block.values[first + index], block.formulas[first + index]];
      return line.every((value, place) => formulas[place] === '' && isSameValue(value, before[place]));
    });
    return isAsThen ? block.formulas.slice(first, first + values.length) : null;
  };

  /**
   * A block just before it is written. Its formulas are the price of a second reading: where there were none a moment ago, no value has
   * changed and no edit is known of, there are none.
   */
  const readAgain = (firstRow: number, rows: number, width: number): Block => {
    const range = sheet.getRange(firstRow, 1, rows, width);
    const values = range.getValues();
    return { firstRow, values, formulas: noFormulas(firstRow, values) ?? range.getFormulas() };
  };

  /** As far to the right as the table goes, and the person's own columns with a header beside it. */
  const widthSeen = ({ lastColumn, headers }: TableLayout): number =>
    headers.reduce((last, header, index) => (header === '' ? last : Math.max(last, index + 1)), lastColumn);

  /** The whole table, read as of one moment: its header, its ids and its formulas belong together. */
  const readWhole = (): { readonly at: TableLayout; readonly block: Block; readonly rows: number } => {
    for (let attempt = 1; ; attempt += 1) {
      const at = layoutSoFar();
      const last = sheet.getLastRow();
      const rows = Math.max(0, last - at.headerRow);
      const width = widthSeen(at);
      const block = readBlock(at.headerRow, rows + 1, width);
      const hasMoved =
        isLonger(last) ||
        !sameList(textsOf(block.values[0], width), at.headers.slice(0, width)) ||
        // Formulas are a second reading: without any there is nothing to be mistaken.
        (block.formulas.some((line) => line.some((formula) => formula !== '')) &&
          !(
            hasSameHeaders(sheet, at) &&
            sameList(
              idsOf(readColumn(idColumnOf(at), at.headerRow + 1, rows)),
              block.values.slice(1).map((line) => idIn(toCell(line[idColumnOf(at) - 1], '', reading()))),
            )
          ));
      kept = !hasMoved && (rows + 1) * width <= CELLS_KEPT ? { at, block } : null;
      if (!hasMoved || attempt === ATTEMPTS) return { at, block, rows };
      known = null;
    }
  };

  /** The tab as it stands now, columns and rows alike: as of one moment, or read again. */
  const pictureNow = (): { readonly at: TableLayout; readonly picture: Picture } => {
    for (let attempt = 1; ; attempt += 1) {
      known = null;
      const at = layout();
      const width = widthOf(at);
      const last = Math.max(at.headerRow + 1, sheet.getLastRow());
      const block = readBlock(at.headerRow + 1, last - at.headerRow, width);
      const lines = linesOf(at, block);
      const ids = idsOf(readColumn(idColumnOf(at), at.headerRow + 1, lines.length));
      const isOne = !isLonger(last) && hasSameHeaders(sheet, at) && lines.every(({ id }, index) => ids[index] === id);
      if (isOne || attempt === ATTEMPTS) return { at, picture: { columns: namesOf(at, width), lines } };
    }
  };

  /** The ids when they were last read, and the row numbers of each: a guess, which every use checks. */
  let newest: ReturnType<typeof readIds> | null = null;
  let guessed: ReadonlyMap<string, readonly number[]> | null = null;

  /** None before ids were read. Most runs that only add rows never ask. */
  const guess = (): ReadonlyMap<string, readonly number[]> => {
    guessed ??= newest === null ? NOWHERE : rowsOf(newest.at, newest.ids);
    return guessed;
  };

  const rowsOf = (at: TableLayout, ids: readonly Cell[]): ReadonlyMap<string, readonly number[]> => {
    const found = new Map<string, number[]>();
    ids.forEach((cell, index) => {
      const id = idIn(cell);
      if (id === null) return;
      const rows = found.get(id);
      if (rows === undefined) found.set(id, [at.headerRow + 1 + index]);
      else rows.push(at.headerRow + 1 + index);
    });
    return found;
  };

  const ids = (): TableIds => {
    const found = readIds();
    newest = found;
    guessed = null;
    return { ids: found.ids, firstRowNumber: found.at.headerRow + 1 };
  };

  /** Where these ids stand, or stood a moment ago: whoever uses it looks at the rows' ids as well. */
  const locate = (wanted: readonly string[]): ReadonlyMap<string, readonly number[]> => {
    if (!wanted.every((id) => guess().get(id)?.length === 1)) ids();
    return guess();
  };

  const snapshotOf = ({ at, block, rows }: ReturnType<typeof readWhole>): TableSnapshot => {
    const cellsOf = (column: number): readonly Cell[] =>
      Array.from({ length: rows }, (_, index) => cellIn(block, index + 1, column));
    const columns = new Map([...at.columns].map(([key, column]) => [key, cellsOf(column)]));
    const found = columns.get(ID_COLUMN) ?? [];
    columns.delete(ID_COLUMN);
    return { title: sheet.getName(), ids: found, columns, firstRowNumber: at.headerRow + 1 };
  };

  const readAll = (): TableSnapshot => {
    const whole = readWhole();
    const snapshot = snapshotOf(whole);
    guessed = rowsOf(whole.at, snapshot.ids);
    return snapshot;
  };

  /** The rows where these ids are thought to stand; null when something stands elsewhere by now. */
  const readGuessed = (wanted: readonly string[]): TableSnapshot | null => {
    const at = layout();
    const found: Cell[] = [];
    const columns = new Map([...at.columns.keys()].map((key): [string, Cell[]] => [key, []]));
    columns.delete(ID_COLUMN);
    for (const cluster of clustersOf(wanted.flatMap((id) => guess().get(id) ?? []))) {
      const first = cluster[0] ?? 0;
      const count = (cluster[cluster.length - 1] ?? first) - first + 1;
      if (first + count - 1 > sheet.getMaxRows()) return null;
      const block = readBlock(first, count, at.lastColumn);
      for (const row of cluster) {
        const shown = cellIn(block, row - first, idColumnOf(at));
        if (
          guess()
            .get(idIn(shown) ?? '')
            ?.includes(row) !== true
        )
          return null;
        found.push(shown);
        for (const [key, cells] of columns) cells.push(cellIn(block, row - first, at.columns.get(key) ?? 0));
      }
    }
    if (!hasSameHeaders(sheet, at)) {
      forgetLayout();
      return null;
    }
    return { title: sheet.getName(), ids: found, columns, firstRowNumber: at.headerRow + 1 };
  };

  const readRows = (wanted: readonly string[]): TableSnapshot => {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const found = guess().size === 0 ? null : readGuessed(wanted);
      if (found !== null) return found;
      ids();
    }
    throw new SheetError('sheet/moving', sheet.getName());
  };

  /** Makes the next step look for rows anew. */
  const forgetRows = (): void => {
    newest = null;
    guessed = null;
  };

  const flush = (): void => SpreadsheetApp.flush();

  /** Makes the next step read the layout anew, and where rows stand. */
  const forgetLayout = (): void => {
    known = null;
    forgetRows();
  };

  return {
    layout,
    layoutSoFar,
    readAgain,
    forgetFormulas,
    beginWriting,
    forgetLayout,
    forgetRows,
    flush,
    idColumnOf,
    readColumn,
    readIds,
    readBlock,
    widthOf,
    cellIn,
    linesOf,
    namesOf,
    pictureNow,
    locate,
    ids,
    readAll,
    readRows,
  };
};
