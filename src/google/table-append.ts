/**
 * New rows at the end of a table. They come into rows of our own making, so that nobody else's cells are below them, and are looked for
 * afterwards: where the table moved in between, what they met is put back and they are added again.
 */
import { sameCell } from '../sync/cells/cell';
import { type RowAppend, type RowWrite, SheetError } from '../sync/ports';
import { idIn } from '../sync/row-id';
import { type CellReading, formatFor, kindOf, toValue } from './cell-conversion';
import { putContent, takeFormatBack } from './cell-writing';
import { displaced, type Line, mayBeMoved, type Picture, placesBefore, type Repair, type Written } from './displaced';
import { type EditNotes, putCell } from './edit-notes';
import { hasSameHeaders, type TableLayout } from './table-layout';
import { ATTEMPTS, type Block, idsOf, sameList, type TableReader } from './table-reader';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Rows above new ones that are watched while these are added: an insertion of more than these in the same moment is not foreseen. */
const TAIL_ROWS = 30;

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

/** What `append` writes, and where. */
interface Appended {
  readonly at: TableLayout;
  /** Row number of the first new row. */
  readonly first: number;
  readonly rows: readonly RowAppend[];
  /** The last rows of the table as they were; none for an empty table. */
  readonly tail: Block;
  readonly isEmpty: boolean;
  /** Columns of the person's own whose formula goes on into the new rows. */
  readonly filled: readonly number[];
  /** The formulas of `tail`, counted from their own cells: they mean the same in another row. None where nothing is filled. */
  readonly relative: readonly (readonly (string | null)[])[];
}

/** Gives the table's `append`; see TablePort. `write` changes single cells of rows that stand. */
export const createAppend = (
  sheet: Sheet,
  reader: TableReader,
  reading: () => CellReading,
  notes: EditNotes,
  write: (rows: readonly RowWrite[]) => void,
): ((rows: readonly RowAppend[]) => void) => {
  const { layout, forgetLayout, idColumnOf, readColumn, readIds, readBlock, widthOf, linesOf, namesOf, pictureNow } =
    reader;

  /** Whether nothing at all stands in these rows, so that new rows may use them. */
  const isBlank = (firstRow: number, rows: number): boolean => {
    const last = Math.min(sheet.getLastRow(), firstRow + rows - 1);
    if (last < firstRow) return true;
    const range = sheet.getRange(firstRow, 1, last - firstRow + 1, sheet.getMaxColumns());
    const isEmpty = (line: readonly unknown[]) => line.every((value) => value === '');
    return range.getValues().every(isEmpty) && range.getFormulas().every(isEmpty);
  };

  /** The last row that this execution appended: where it still is, and nothing of ours below it, the column is not read again. */
  let newest: { readonly row: number; readonly id: string } | null = null;

  /** The last row of the table, or the header's. */
  const lastRowOf = (): { readonly at: TableLayout; readonly last: number } => {
    const at = layout();
    if (newest !== null && newest.row > at.headerRow) {
      const [shown = null, ...below] = readColumn(idColumnOf(at), newest.row, sheet.getLastRow() - newest.row + 1);
      if (idIn(shown) === newest.id && below.every((cell) => idIn(cell) === null)) return { at, last: newest.row };
    }
    const found = readIds();
    let last = found.at.headerRow;
    found.ids.forEach((cell, index) => {
      if (idIn(cell) !== null) last = found.at.headerRow + 1 + index;
    });
    return { at: found.at, last };
  };

  /** The columns of the person's own that have a formula in the last row. */
  const filledColumns = (at: TableLayout, tail: Block): readonly number[] => {
    const managed = new Set(at.columns.values());
    const formulas = tail.formulas[tail.formulas.length - 1] ?? [];
    return formulas.flatMap((formula, index) => (formula === '' || managed.has(index + 1) ? [] : [index + 1]));
  };

  /** All reading comes before the first write, so that the platform carries out insertion and contents as one. */
  const writeNew = ({ at, first, rows, isEmpty, filled }: Appended, mustInsert: boolean): void => {
    const groups = groupsOf(at);
    // New rows have the formats of the row above them; those of an empty table stand there already.
    const like = isEmpty ? first : first - 1;
    const formats = groups.map(
      (group) => sheet.getRange(like, group[0]?.column ?? 0, 1, group.length).getNumberFormats()[0] ?? [],
    );
    if (mustInsert) sheet.insertRowsAfter(first - 1, rows.length);
    for (const column of filled) {
      const target = sheet.getRange(first, column, rows.length, 1);
      sheet.getRange(first - 1, column).copyTo(target, SpreadsheetApp.CopyPasteType.PASTE_FORMULA, false);
    }
    groups.forEach((group, index) => {
      const range = sheet.getRange(first, group[0]?.column ?? 0, rows.length, group.length);
      const contents = rows.map((row) => group.map(({ key }) => row.cells.get(key) ?? null));
      const above = formats[index] ?? [];
      const needed = contents.map((line) => line.map((cell, place) => formatFor(kindOf(cell), above[place] ?? '')));
      if (needed.some((line) => !sameList(line, above))) range.setNumberFormats(needed);
      range.setValues(contents.map((line) => line.map((cell) => toValue(cell, reading().rules))));
    });
    SpreadsheetApp.flush();
  };

  /** Adds rows; gives those that did not come to stand in the table, because it moved. */
  const appendOnce = (rows: readonly RowAppend[]): readonly RowAppend[] => {
    const { at, last } = lastRowOf();
    const first = last + 1;
    const isEmpty = last === at.headerRow;
    const top = Math.min(last, Math.max(at.headerRow + 1, last - TAIL_ROWS + 1));
    const tail = readBlock(top, last - top + 1, widthOf(at));
    // Rows of our own making can't be anybody else's; the rows of an empty table have nothing above them that could move.
    const mustInsert = !isEmpty || !isBlank(first, rows.length);
    const missing = first + rows.length - 1 - sheet.getMaxRows();
    if (!mustInsert && missing > 0) sheet.insertRowsAfter(sheet.getMaxRows(), missing);
    const filled = isEmpty ? [] : filledColumns(at, tail);
    const tailRange = filled.length === 0 ? null : sheet.getRange(top, 1, last - top + 1, tail.values[0]?.length ?? 1);
    // Null where there is none, which Google's types leave out.
    const relative = (tailRange?.getFormulasR1C1() ?? []) as (string | null)[][];
    // What was read in several steps belongs together only where nothing moved meanwhile.
    const shown = idsOf(readColumn(idColumnOf(at), top, last - top + 1));
    const read = linesOf(at, tail).map(({ id }) => id);
    if (
      !hasSameHeaders(sheet, at) ||
      (!isEmpty && ((read[read.length - 1] ?? null) === null || !sameList(shown, read)))
    ) {
      forgetLayout();
      newest = null;
      return rows;
    }
    const appended = { at, first, rows, tail, isEmpty, filled, relative };
    writeNew(appended, mustInsert);
    newest = { row: first + rows.length - 1, id: rows[rows.length - 1]?.id ?? '' };
    return missedAppends(appended);
  };

  /** After the flush of new rows: those that have to be added again, after what they met was put back. */
  const missedAppends = (appended: Appended): readonly RowAppend[] => {
    const { at, first, rows, tail, isEmpty } = appended;
    const tailLines = isEmpty ? [] : linesOf(at, tail);
    const expected = [...tailLines.map(({ id }) => id), ...rows.map(({ id }) => id)];
    const top = first - tailLines.length;
    const found = idsOf(readColumn(idColumnOf(at), top, Math.min(expected.length, sheet.getMaxRows() - top + 1)));
    if (isEmpty) restoreBelow(at, first, rows);
    if (hasSameHeaders(sheet, at) && sameList(found, expected)) return [];
    newest = null;
    const again = restoreLost(appended, tailLines);
    const missed = restoreCells(appended, tailLines);
    return rows.filter(({ id }) => again.has(id) || missed.has(id));
  };

  /** Puts back what a cell of the table's end held. A formula comes back as it reads in its row of now. */
  const putBack = ({ tail, relative }: Appended, repair: Repair): void => {
    const { row = 0, column = 0 } = repair.origin ?? {};
    const formula = relative[row - tail.firstRow]?.[column - 1] ?? '';
    if (formula === '') putContent(sheet, reading().rules, tail, repair);
    else sheet.getRange(repair.row, repair.column).setFormulaR1C1(formula);
  };

  /** What was written: each managed cell of each new row, and the formulas that were filled down. */
  const writtenBy = ({ at, first, rows }: Appended): readonly Written[] =>
    rows.flatMap((row, index) =>
      [...at.columns].map(([key, column]) => ({ row: first + index, column, next: row.cells.get(key) ?? null })),
    );

  /**
   * Puts back single cells of other rows and columns that new contents landed in, and completes new rows that lack some. Gives the ids
   * of the rows that are not in the table at all.
   */
  const restoreCells = (appended: Appended, tailLines: readonly Line[]): ReadonlySet<string> => {
    const { at, first, rows, tail, filled, relative } = appended;
    const { at: now, picture } = pictureNow();
    const blank: readonly Line[] = rows.map(({ id }, index) => ({ row: first + index, id, cells: [] }));
    const before: Picture = {
      columns: namesOf(at, tail.values[0]?.length ?? at.lastColumn),
      lines: [...tailLines, ...blank],
    };
    const lineAt = new Map(picture.lines.map((line) => [line.row, line]));
    const ids = new Set(rows.map(({ id }) => id));
    // What was filled down reads differently in each row: whatever stands there now is the one.
    const fills = rows.flatMap((_row, index) =>
      filled.map((column) => ({
        row: first + index,
        column,
        next: lineAt.get(first + index)?.cells[column - 1] ?? null,
      })),
    );
    const written = writtenBy(appended);
    const repairs = displaced(before, [...written, ...fills], picture, () => undefined);
    const repaired = new Map(repairs.map(({ row, column, content }) => [`${row}/${column}`, content]));
    for (const repair of repairs) {
      if (!filled.includes(repair.column)) takeFormatBack(sheet, now.headerRow, written, repair);
      putBack(appended, repair);
    }
    SpreadsheetApp.flush();
    const standing = new Map(
      picture.lines.flatMap((line) => (line.id !== null && ids.has(line.id) ? [[line.id, line]] : [])),
    );
    const places = placesBefore(picture.columns, before.columns);
    for (const column of filled) {
      const place = places.indexOf(column - 1);
      const formula = relative[relative.length - 1]?.[column - 1] ?? '';
      for (const { row, cells } of place < 0 || formula === '' ? [] : standing.values()) {
        if ((cells[place] ?? null) === null) sheet.getRange(row, place + 1).setFormulaR1C1(formula);
      }
    }
    const incomplete = rows.flatMap((row): readonly RowWrite[] => {
      const line = standing.get(row.id);
      if (line === undefined) return [];
      const cells = [...now.columns].flatMap(([column, place]) => {
        const name = `${line.row}/${place}`;
        const expected = repaired.has(name) ? (repaired.get(name) ?? null) : (line.cells[place - 1] ?? null);
        const next = row.cells.get(column) ?? null;
        return expected === null && next !== null ? [{ column, expected, next }] : [];
      });
      return cells.length === 0 ? [] : [{ id: row.id, cells }];
    });
    if (incomplete.length > 0) write(incomplete);
    return new Set(rows.flatMap(({ id }) => (standing.has(id) ? [] : [id])));
  };

  /**
   * Rows of the table that new rows were written over, ids and all: each is known by what stands beside its managed cells. Puts them
   * back and gives the ids of the new rows that stood there.
   */
  const restoreLost = (appended: Appended, tailLines: readonly Line[]): ReadonlySet<string> => {
    const { at, rows, filled } = appended;
    const { at: now, picture } = pictureNow();
    const there = new Set(picture.lines.map(({ id }) => id));
    const fresh = new Set(rows.map(({ id }) => id));
    const taken = picture.lines.filter(({ id }) => id !== null && fresh.has(id));
    const keys = new Map([...at.columns].map(([key, column]) => [column, key]));
    const isOverwritten = (column: number): boolean => keys.has(column) || filled.includes(column);
    const isBeside = (old: Line, line: Line): boolean =>
      old.cells.every((cell, index) => isOverwritten(index + 1) || mayBeMoved(cell, line.cells[index] ?? null));
    const again = new Set<string>();
    // Where not a single new row is in the table, they landed in other columns, and wrote over nobody.
    const lost = taken.length === 0 ? [] : tailLines.filter(({ id }) => id !== null && !there.has(id));
    for (const old of lost) {
      const [line] = taken.splice(
        taken.findIndex((one) => isBeside(old, one)),
        1,
      );
      if (line?.id === undefined || line.id === null || !isBeside(old, line)) continue;
      old.cells.forEach((content, index) => {
        const key = keys.get(index + 1);
        const column = key === undefined ? index + 1 : now.columns.get(key);
        if (column === undefined || !isOverwritten(index + 1)) return;
        const origin = { row: old.row, column: index + 1 };
        putBack(appended, { row: line.row, column, content, origin });
      });
      again.add(line.id);
    }
    if (again.size > 0) SpreadsheetApp.flush();
    return again;
  };

  /** What a person typed where an empty table's first rows came to stand goes below them. */
  const restoreBelow = (at: TableLayout, first: number, rows: readonly RowAppend[]): void => {
    const end = first + rows.length;
    const typed = notes.take().filter(({ id, row, column, content }) => {
      const own = rows[row - first]?.cells.get(column) ?? null;
      return id === '' && row >= first && row < end && content !== null && !sameCell(own, content);
    });
    for (const { row, column, content } of typed) {
      const place = at.columns.get(column);
      if (place !== undefined) putCell(sheet.getRange(end + row - first, place), content, reading());
    }
    if (typed.length > 0) SpreadsheetApp.flush();
  };

  return (rows) => {
    let open = rows;
    for (let attempt = 1; open.length > 0; attempt += 1) {
      if (attempt > ATTEMPTS) throw new SheetError('sheet/moving', sheet.getName());
      open = appendOnce(open);
    }
  };
};
