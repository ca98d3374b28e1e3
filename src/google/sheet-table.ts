/**
 * One bound table over a tab. Every call finds rows by their id and columns by their metadata anew, and reads cells again just before
 * it writes them, because people type, sort and insert while a run is going.
 */
import { type Cell, sameCell } from '../sync/cells/cell';
import type {
  Beside,
  CellWrite,
  PlaceWrite,
  RowAppend,
  RowWrite,
  TableIds,
  TablePort,
  TableSnapshot,
  WriteResult,
} from '../sync/ports';
import { ID_COLUMN, idIn } from '../sync/row-id';
import { type CellReading, formatFor, kindOf, toCell, toValue } from './cell-conversion';
import type { TextRules } from './cell-text';
import type { LayoutMemory } from './layout-memory';
import { rectanglesOf, type Spot } from './rectangles';
import { withinLimits } from './sheet-faults';
import { isStillValid, readLayout, type TableLayout } from './table-layout';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Rows further apart than this are read in two calls rather than with everything between them. */
const CLUSTER_GAP_ROWS = 100;

/** Groups row numbers that are read together. */
const clustersOf = (rows: readonly number[]): readonly (readonly number[])[] => {
  const clusters: number[][] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = clusters[clusters.length - 1];
    const previous = last?.[last.length - 1];
    if (last !== undefined && previous !== undefined && row - previous <= CLUSTER_GAP_ROWS) last.push(row);
    else clusters.push([row]);
  }
  return clusters;
};

const writeSpots = (sheet: Sheet, spots: readonly Spot<Cell>[], rules: TextRules): void => {
  for (const { row, column, kind, contents } of rectanglesOf(spots)) {
    const range = sheet.getRange(row, column, contents.length, contents[0]?.length ?? 0);
    if (kind === 'text') range.setNumberFormat('@');
    if (kind === 'day' || kind === 'time') {
      const formats = range.getNumberFormats();
      const needed = formats.map((line) => line.map((format) => formatFor(kind, format)));
      if (needed.some((line, row) => line.some((format, at) => format !== formats[row]?.[at]))) {
        range.setNumberFormats(needed);
      }
    }
    range.setValues(contents.map((line) => line.map((cell) => toValue(cell, rules))));
  }
};

/** Neighbouring managed columns, each group written by one call. */
const groupsOf = (layout: TableLayout): readonly (readonly { readonly key: string; readonly column: number }[])[] => {
  const sorted = [...layout.columns].map(([key, column]) => ({ key, column })).sort((a, b) => a.column - b.column);
  const groups: { key: string; column: number }[][] = [];
  for (const entry of sorted) {
    const last = groups[groups.length - 1];
    if (last !== undefined && last[last.length - 1]?.column === entry.column - 1) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
};

/** The rows of a snapshot that have one of these ids. */
const pick = (snapshot: TableSnapshot, wanted: ReadonlySet<string>): TableSnapshot => {
  const places = snapshot.ids.flatMap((cell, place) => (wanted.has(idIn(cell) ?? '') ? [place] : []));
  const of = (cells: readonly Cell[]): readonly Cell[] => places.map((place) => cells[place] ?? null);
  return { ...snapshot, ids: of(snapshot.ids), columns: new Map([...snapshot.columns].map(([k, c]) => [k, of(c)])) };
};

export const createSheetTable = (
  sheet: Sheet,
  importId: string,
  reading: () => CellReading,
  memory: LayoutMemory,
): TablePort => {
  let known: TableLayout | null = null;

  const layout = (): TableLayout => {
    known ??= memory.read();
    if (known === null || !isStillValid(sheet, known)) {
      known = readLayout(sheet, importId, ID_COLUMN);
      memory.write(known);
    }
    return known;
  };

  const idColumnOf = ({ columns }: TableLayout): number => columns.get(ID_COLUMN) ?? 0; // `readLayout` made sure of it

  /** Ids from a row on, top to bottom, as far down as the tab has content. */
  const readIds = (at: TableLayout, from = at.headerRow + 1): readonly Cell[] => {
    const rows = sheet.getLastRow() - from + 1;
    if (rows < 1) return [];
    const values = sheet.getRange(from, idColumnOf(at), rows, 1).getValues();
    const how = reading();
    return values.map(([value]) => toCell(value, '', how));
  };

  /** Row numbers of each id when they were last read: a guess, which every use checks. */
  let guessed: ReadonlyMap<string, readonly number[]> = new Map();

  const locate = (at: TableLayout, ids: readonly Cell[]): ReadonlyMap<string, readonly number[]> => {
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

  const readRows = (at: TableLayout, firstRow: number, rows: number) => {
    const range = sheet.getRange(firstRow, at.firstColumn, rows, at.lastColumn - at.firstColumn + 1);
    return { values: range.getValues(), formulas: range.getFormulas() };
  };

  const cellsOf = (at: TableLayout, block: ReturnType<typeof readRows>, key: string): readonly Cell[] => {
    const offset = (at.columns.get(key) ?? 0) - at.firstColumn;
    const how = reading();
    return block.values.map((line, index) => toCell(line[offset], block.formulas[index]?.[offset] ?? '', how));
  };

  const read = (): TableSnapshot => {
    const at = layout();
    const rows = sheet.getLastRow() - at.headerRow;
    const title = sheet.getName();
    const firstRowNumber = at.headerRow + 1;
    if (rows < 1) {
      return { title, ids: [], columns: new Map([...at.columns.keys()].map((key) => [key, []])), firstRowNumber };
    }
    const block = readRows(at, firstRowNumber, rows);
    const columns = new Map([...at.columns.keys()].map((key) => [key, cellsOf(at, block, key)]));
    const ids = columns.get(ID_COLUMN) ?? [];
    columns.delete(ID_COLUMN);
    return { title, ids, columns, firstRowNumber };
  };

  const ids = (): TableIds => {
    const at = layout();
    const found = readIds(at);
    guessed = locate(at, found);
    return { ids: found, firstRowNumber: at.headerRow + 1 };
  };

  /** The rows where these ids are thought to stand; null when one of them stands elsewhere by now. */
  const readGuessed = (at: TableLayout, wanted: readonly string[]): TableSnapshot | null => {
    const found: Cell[] = [];
    const columns = new Map([...at.columns.keys()].map((key): [string, Cell[]] => [key, []]));
    columns.delete(ID_COLUMN);
    for (const cluster of clustersOf(wanted.flatMap((id) => guessed.get(id) ?? []))) {
      const first = cluster[0] ?? 0;
      const count = (cluster[cluster.length - 1] ?? first) - first + 1;
      if (first + count - 1 > sheet.getMaxRows()) return null;
      const block = readRows(at, first, count);
      const shown = cellsOf(at, block, ID_COLUMN);
      const places = cluster.map((row) => row - first);
      const isMoved = (place: number): boolean => {
        const id = idIn(shown[place] ?? null);
        return id === null || guessed.get(id)?.includes(first + place) !== true;
      };
      if (places.some(isMoved)) return null;
      found.push(...places.map((place) => shown[place] ?? null));
      for (const [key, cells] of columns) {
        const all = cellsOf(at, block, key);
        cells.push(...places.map((place) => all[place] ?? null));
      }
    }
    return { title: sheet.getName(), ids: found, columns, firstRowNumber: at.headerRow + 1 };
  };

  const readSome = (wanted: readonly string[]): TableSnapshot => {
    const guess = guessed.size === 0 ? null : readGuessed(layout(), wanted);
    if (guess !== null) return guess;
    ids();
    // Rows that move between two calls of one execution are a person's doing; the next reading meets them elsewhere again.
    return readGuessed(layout(), wanted) ?? pick(read(), new Set(wanted));
  };

  const write = (rows: readonly RowWrite[]): WriteResult => {
    const at = layout();
    const positions = locate(at, readIds(at));
    const skipped: { id: string; column: string }[] = [];
    const found = new Map<number, RowWrite>();
    for (const row of rows) {
      const [rowNumber, ...copies] = positions.get(row.id) ?? [];
      if (rowNumber !== undefined && copies.length === 0) found.set(rowNumber, row);
      else skipped.push(...row.cells.map(({ column }) => ({ id: row.id, column })));
    }
    const spots: Spot<Cell>[] = [];
    for (const cluster of clustersOf([...found.keys()])) {
      const first = cluster[0] ?? 0;
      const block = readRows(at, first, (cluster[cluster.length - 1] ?? first) - first + 1);
      const isAsExpected = ({ column, expected }: CellWrite, rowNumber: number): boolean => {
        const offset = (at.columns.get(column) ?? 0) - at.firstColumn;
        const index = rowNumber - first;
        return sameCell(
          toCell(block.values[index]?.[offset], block.formulas[index]?.[offset] ?? '', reading()),
          expected,
        );
      };
      for (const rowNumber of cluster) {
        const row = found.get(rowNumber);
        for (const cell of row?.cells ?? []) {
          const column = at.columns.get(cell.column);
          if (column !== undefined && isAsExpected(cell, rowNumber)) {
            spots.push({ row: rowNumber, column, kind: kindOf(cell.next), content: cell.next });
          } else skipped.push({ id: row?.id ?? '', column: cell.column });
        }
      }
    }
    writeSpots(sheet, spots, reading().rules);
    if (spots.length > 0) SpreadsheetApp.flush();
    return { written: spots.length, skipped };
  };

  /** Whether a row of a block looks as expected. */
  const isLike = (at: TableLayout, block: ReturnType<typeof readRows>, index: number, row: PlaceWrite): boolean =>
    [...row.expected].every(([key, cell]) => {
      const offset = (at.columns.get(key) ?? Number.NaN) - at.firstColumn;
      const formula = block.formulas[index]?.[offset] ?? '';
      return sameCell(toCell(block.values[index]?.[offset] ?? '', formula, reading()), cell);
    });

  /** Row numbers, by place in `rows`: where they were seen if they still are there, else the one place that looks like it. */
  const placesOf = (at: TableLayout, rows: readonly PlaceWrite[]): ReadonlyMap<number, number> => {
    const places = new Map<number, number>();
    const last = sheet.getLastRow();
    const near = rows.map(({ rowNumber }) => rowNumber).filter((row) => row > at.headerRow && row <= last);
    for (const cluster of clustersOf(near)) {
      const first = cluster[0] ?? 0;
      const block = readRows(at, first, (cluster[cluster.length - 1] ?? first) - first + 1);
      rows.forEach((row, index) => {
        if (cluster.includes(row.rowNumber) && isLike(at, block, row.rowNumber - first, row))
          places.set(index, row.rowNumber);
      });
    }
    if (places.size === rows.length || last <= at.headerRow) return places;
    const all = readRows(at, at.headerRow + 1, last - at.headerRow);
    rows.forEach((row, index) => {
      if (places.has(index)) return;
      const [found, ...others] = all.values.flatMap((_line, place) => (isLike(at, all, place, row) ? [place] : []));
      if (found !== undefined && others.length === 0) places.set(index, at.headerRow + 1 + found);
    });
    return places;
  };

  const writeAt = (rows: readonly PlaceWrite[]): readonly number[] => {
    const at = layout();
    const places = placesOf(at, rows);
    const spots = rows.flatMap(({ next }, index) =>
      [...next].flatMap(([key, content]): Spot<Cell>[] => {
        const row = places.get(index);
        const column = at.columns.get(key);
        return row === undefined || column === undefined ? [] : [{ row, column, kind: kindOf(content), content }];
      }),
    );
    writeSpots(sheet, spots, reading().rules);
    if (spots.length > 0) SpreadsheetApp.flush();
    // Rows that have an id only now are looked for anew.
    guessed = new Map();
    return rows.flatMap((_row, index) => (places.has(index) ? [] : [index]));
  };

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

  const rowsOf = (at: TableLayout, wanted: Iterable<string>): ReadonlyMap<string, number> => {
    const positions = locate(at, readIds(at));
    return new Map(
      [...wanted].flatMap((id) => {
        const [row, ...copies] = positions.get(id) ?? [];
        return row === undefined || copies.length > 0 ? [] : [[id, row] as const];
      }),
    );
  };

  const beside = (wanted: readonly string[]): ReadonlyMap<string, readonly Beside[]> => {
    const at = layout();
    return new Map([...rowsOf(at, wanted)].map(([id, row]) => [id, besideRow(at, row)]));
  };

  const removeRows = (seen: ReadonlyMap<string, readonly Beside[]>): readonly string[] => {
    const at = layout();
    const unchanged = [...rowsOf(at, seen.keys())].filter(
      ([id, row]) => JSON.stringify(besideRow(at, row)) === JSON.stringify(seen.get(id)),
    );
    // From the bottom up: a deletion moves what is below it.
    for (const [, row] of unchanged.sort(([, a], [, b]) => b - a)) sheet.deleteRow(row);
    guessed = new Map();
    if (unchanged.length > 0) SpreadsheetApp.flush();
    return unchanged.map(([id]) => id);
  };

  /** Whether nothing at all stands in these rows, so that new rows may use them. */
  const isBlank = (firstRow: number, rows: number): boolean => {
    const last = Math.min(sheet.getLastRow(), firstRow + rows - 1);
    if (last < firstRow) return true;
    const range = sheet.getRange(firstRow, 1, last - firstRow + 1, sheet.getMaxColumns());
    const isEmpty = (line: readonly unknown[]) => line.every((value) => value === '');
    return range.getValues().every(isEmpty) && range.getFormulas().every(isEmpty);
  };

  /** Continues the person's own column formulas of the last row into the new rows below it, which are blank. */
  const fillDown = (at: TableLayout, last: number, rows: number): void => {
    const managed = new Set(at.columns.values());
    const formulas = sheet.getRange(last, 1, 1, sheet.getMaxColumns()).getFormulas()[0] ?? [];
    formulas.forEach((formula, index) => {
      if (formula === '' || managed.has(index + 1)) return;
      const target = sheet.getRange(last + 1, index + 1, rows, 1);
      sheet.getRange(last, index + 1).copyTo(target, SpreadsheetApp.CopyPasteType.PASTE_FORMULA, false);
    });
  };

  /** The last row that this execution appended: where it still is, and nothing of ours below it, the column is not read again. */
  let appended: { readonly row: number; readonly id: string } | null = null;

  /** The last row of the table, or the header's. */
  const lastRowOf = (at: TableLayout): number => {
    if (appended !== null && appended.row > at.headerRow) {
      const [shown = null, ...below] = readIds(at, appended.row);
      if (idIn(shown) === appended.id && below.every((cell) => idIn(cell) === null)) return appended.row;
    }
    let last = at.headerRow;
    readIds(at).forEach((cell, index) => {
      if (idIn(cell) !== null) last = at.headerRow + 1 + index;
    });
    return last;
  };

  const append = (rows: readonly RowAppend[]): void => {
    const at = layout();
    const last = lastRowOf(at);
    const first = last + 1;
    const missing = first + rows.length - 1 - sheet.getMaxRows();
    if (!isBlank(first, rows.length)) sheet.insertRowsAfter(last, rows.length);
    else if (missing > 0) sheet.insertRowsAfter(sheet.getMaxRows(), missing);
    if (last > at.headerRow) fillDown(at, last, rows.length);
    for (const group of groupsOf(at)) {
      const range = sheet.getRange(first, group[0]?.column ?? 0, rows.length, group.length);
      const formats = range.getNumberFormats();
      const contents = rows.map((row) => group.map(({ key }) => row.cells.get(key) ?? null));
      const needed = formats.map((line, index) =>
        line.map((format, offset) => formatFor(kindOf(contents[index]?.[offset] ?? null), format)),
      );
      const isDifferent = needed.some((line, index) =>
        line.some((format, offset) => format !== formats[index]?.[offset]),
      );
      if (isDifferent) range.setNumberFormats(needed);
      range.setValues(contents.map((line) => line.map((cell) => toValue(cell, reading().rules))));
    }
    const newest = rows[rows.length - 1];
    appended = newest === undefined ? appended : { row: first + rows.length - 1, id: newest.id };
  };

  return {
    read,
    ids,
    readRows: readSome,
    write,
    writeAt,
    beside,
    removeRows,
    append: (rows) => withinLimits(() => append(rows)),
  };
};
