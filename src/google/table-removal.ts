/** Rows that are gone from Affinity: what a person wrote beside them, and their removal from the sheet. */
import { isFormula, sameCell } from '../sync/cells/cell';
import type { Beside, RowSeen } from '../sync/ports';
import { type CellReading, formatFor } from './cell-conversion';
import { putContent } from './cell-writing';
import type { Line } from './displaced';
import { type EditNote, type EditNotes, ownColumn } from './edit-notes';
import { hasSameHeaders, type TableLayout } from './table-layout';
import { ATTEMPTS, type Block, idsOf, sameList, type TableReader } from './table-reader';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

type BesideRows = ReadonlyMap<string, readonly Beside[]>;
type RowsSeen = ReadonlyMap<string, RowSeen>;

/** The whole table as it was just before rows of it were deleted, with what a row that was hit gets back. */
interface Before {
  readonly block: Block;
  readonly lines: readonly Line[];
  /** As rows and columns counted from the cell: they mean the same in another row. */
  readonly formulas: readonly (readonly (string | null)[])[];
  readonly formats: readonly (readonly string[])[];
  readonly notes: readonly (readonly string[])[];
  readonly backgrounds: readonly (readonly string[])[];
}

/** Lines of `before` that stand nowhere in `after`: by their id, or by what is in them. Lines of nothing are nobody's. */
export const lostLines = (before: readonly Line[], after: readonly Line[]): readonly Line[] => {
  const nameOf = ({ id, cells }: Line): string => id ?? JSON.stringify(cells);
  const left = new Map<string, number>();
  for (const line of after) left.set(nameOf(line), (left.get(nameOf(line)) ?? 0) + 1);
  return before.filter((line) => {
    const count = left.get(nameOf(line)) ?? 0;
    left.set(nameOf(line), count - 1);
    return count <= 0 && line.cells.some((cell) => cell !== null);
  });
};

/** Gives the table's `beside` and `removeRows`; see TablePort. */
export const createRemoval = (
  sheet: Sheet,
  reader: TableReader,
  reading: () => CellReading,
  notes: EditNotes,
): {
  readonly beside: (wanted: readonly string[]) => BesideRows;
  readonly removeRows: (seen: RowsSeen) => readonly string[];
} => {
  const { layout, locate, forgetRows, forgetLayout, flush, ids, idColumnOf, readColumn, readBlock, widthOf } = reader;
  const { linesOf, pictureNow } = reader;

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

  const tableNow = (at: TableLayout): Before => {
    const rows = Math.max(1, sheet.getLastRow() - at.headerRow);
    const block = readBlock(at.headerRow + 1, rows, widthOf(at));
    const range = sheet.getRange(at.headerRow + 1, 1, rows, widthOf(at));
    return {
      block,
      lines: linesOf(at, block),
      formulas: range.getFormulasR1C1() as (string | null)[][], // null where there is none, which Google's types leave out
      formats: range.getNumberFormats(),
      notes: range.getNotes(),
      backgrounds: range.getBackgrounds(),
    };
  };

  /** Puts a row that was deleted back below the last row of the table, with what stood on it and what was typed meanwhile. */
  const putBack = (
    { block, formulas, formats, notes: noted, backgrounds }: Before,
    line: Line,
    typed: readonly EditNote[] = [],
  ): void => {
    const index = line.row - block.firstRow;
    const last = sheet.getLastRow();
    sheet.insertRowAfter(last);
    const width = line.cells.length;
    const range = sheet.getRange(last + 1, 1, 1, width);
    range.setNumberFormats([(formats[index] ?? []).map((format) => formatFor('blank', format))]);
    range.setNotes([[...(noted[index] ?? [])]]);
    range.setBackgrounds([[...(backgrounds[index] ?? [])]]);
    line.cells.forEach((content, place) => {
      if (content === null) return;
      const formula = formulas[index]?.[place] ?? '';
      if (formula !== '') {
        sheet.getRange(last + 1, place + 1).setFormulaR1C1(formula);
        return;
      }
      const origin = { row: line.row, column: place + 1 };
      putContent(sheet, reading().rules, block, { row: last + 1, column: place + 1, content, origin });
    });
    const at = layout();
    for (const { column: key, content } of typed) {
      const column = at.columns.get(key) ?? ownColumn(at, key);
      if (column === undefined) continue;
      if (isFormula(content)) sheet.getRange(last + 1, column).setFormula(content.formula);
      else putContent(sheet, reading().rules, undefined, { row: last + 1, column, content });
    }
    flush();
  };

  /** Rows that still look as they were shown, by id: in `before`, and beside. */
  const sameRows = (at: TableLayout, before: Before, seen: RowsSeen): readonly (readonly [string, number])[] => {
    const lineAt = new Map(before.lines.map((line) => [line.row, line]));
    return [...rowsOf(seen.keys())].filter(([id, row]) => {
      const line = lineAt.get(row);
      const { cells, beside } = seen.get(id) ?? { cells: new Map(), beside: [] };
      const isSame = [...cells].every(([key, cell]) => {
        const column = at.columns.get(key);
        return column === undefined || sameCell(line?.cells[column - 1] ?? null, cell);
      });
      return line?.id === id && isSame && JSON.stringify(besideRow(at, row)) === JSON.stringify(beside);
    });
  };

  /**
   * Deletes rows where they stand. The platform deletes by number, whatever stands there by then: where rows moved in that moment,
   * those that were hit are put back, and those that were meant are in `left`. So are rows in which somebody typed in that moment.
   */
  const removeOnce = (seen: RowsSeen): { readonly deleted: readonly string[]; readonly left: readonly string[] } => {
    notes.take();
    const at = layout();
    const before = tableNow(at);
    const unchanged = sameRows(at, before, seen);
    if (unchanged.length === 0) return { deleted: [], left: [] };
    const meant = unchanged.map(([id]) => id);
    const ids = before.lines.map(({ id }) => id);
    const isInPlace = sameList(idsOf(readColumn(idColumnOf(at), at.headerRow + 1, ids.length)), ids);
    forgetRows();
    if (!isInPlace || !hasSameHeaders(sheet, at)) return { deleted: [], left: meant };
    // From the bottom up: a deletion moves what is below it.
    for (const [, row] of [...unchanged].sort(([, a], [, b]) => b - a)) sheet.deleteRow(row);
    flush();
    forgetLayout();
    const { picture } = pictureNow();
    const there = new Set(picture.lines.map(({ id }) => id));
    const left = meant.filter((id) => there.has(id));
    const others = before.lines.filter(({ id }) => id === null || !meant.includes(id));
    if (left.length > 0 || others.some(({ id }) => id !== null && !there.has(id))) {
      for (const line of lostLines(others, picture.lines)) putBack(before, line);
    }
    const back = new Set(left);
    const typed = notes.take();
    for (const line of before.lines) {
      if (line.id === null || !meant.includes(line.id) || there.has(line.id)) continue;
      const inRow = typed.filter(({ id, column, content }) => {
        const place = at.columns.get(column) ?? ownColumn(at, column) ?? 0;
        return id === line.id && !sameCell(line.cells[place - 1] ?? null, content);
      });
      if (inRow.length === 0) continue;
      putBack(before, line, inRow);
      back.add(line.id);
    }
    forgetRows();
    return { deleted: meant.filter((id) => !back.has(id)), left };
  };

  return {
    beside(wanted) {
      const rows = rowsOf(wanted);
      const at = layout();
      return new Map([...rows].map(([id, row]) => [id, besideRow(at, row)]));
    },
    removeRows(seen) {
      const removed: string[] = [];
      let open = seen;
      for (let attempt = 1; open.size > 0 && attempt <= ATTEMPTS; attempt += 1) {
        const { deleted, left } = removeOnce(open);
        removed.push(...deleted);
        open = new Map([...open].filter(([id]) => left.includes(id)));
      }
      return removed;
    },
  };
};
