/**
 * Writing into rows that have no id yet, which are known by their place and by what stands in them. Looked after like every other
 * write: where rows or columns moved in the moment of the flush, what was hit is put back and the row is looked for again.
 */
import { type Cell, sameCell } from '../sync/cells/cell';
import type { PlaceWrite } from '../sync/ports';
import { type CellReading, kindOf } from './cell-conversion';
import { putContent, writeSpots } from './cell-writing';
import { displaced, type Line, type Picture } from './displaced';
import type { Spot } from './rectangles';
import { hasSameHeaders, type TableLayout } from './table-layout';
import { ATTEMPTS, type Block, type TableReader } from './table-reader';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** The whole tab below the header, as it was at one moment. */
interface Whole {
  readonly at: TableLayout;
  readonly block: Block;
  readonly lines: readonly Line[];
}

const isLike = (at: TableLayout, { cells }: Line, { expected }: PlaceWrite): boolean =>
  [...expected].every(([key, cell]) => {
    const column = at.columns.get(key);
    return column !== undefined && sameCell(cells[column - 1] ?? null, cell);
  });

/** The rows, by place in `rows`: where they were seen if they still are there, else the one place that looks like it. */
const placesOf = ({ at, lines }: Whole, rows: readonly PlaceWrite[]): ReadonlyMap<number, number> => {
  const places = new Map<number, number>();
  rows.forEach((row, index) => {
    const alike = lines.filter((line) => isLike(at, line, row));
    const found = alike.find((line) => line.row === row.rowNumber) ?? (alike.length === 1 ? alike[0] : undefined);
    if (found !== undefined) places.set(index, found.row);
  });
  return places;
};

/** Gives the table's `writeAt`; see TablePort. */
export const createWriteAt = (
  sheet: Sheet,
  reader: TableReader,
  reading: () => CellReading,
): ((rows: readonly PlaceWrite[]) => readonly number[]) => {
  const { layout, forgetLayout, widthOf, readBlock, linesOf, namesOf } = reader;

  const whole = (): Whole => {
    const at = layout();
    const rows = Math.max(1, sheet.getLastRow() - at.headerRow);
    const block = readBlock(at.headerRow + 1, rows, widthOf(at));
    return { at, block, lines: linesOf(at, block) };
  };

  const pictureOf = ({ at, block, lines }: Whole): Picture => ({
    columns: namesOf(at, block.values[0]?.length ?? 0),
    lines,
  });

  /** Puts back what was hit in rows that are not the ones they were; gives these rows' numbers. */
  const missedRows = (before: Whole, spots: readonly Spot<Cell>[]): ReadonlySet<number> => {
    const hasMoved = !hasSameHeaders(sheet, before.at);
    if (hasMoved) forgetLayout();
    const after = whole();
    const written = new Set(spots.map(({ row, column }) => `${row}/${column}`));
    const was = new Map(before.lines.map((line) => [line.row, line]));
    const is = new Map(after.lines.map((line) => [line.row, line]));
    const isInPlace = (row: number): boolean =>
      (is.get(row)?.cells ?? []).every(
        (cell, index) => written.has(`${row}/${index + 1}`) || sameCell(cell, was.get(row)?.cells[index] ?? null),
      );
    const missed = new Set(spots.map(({ row }) => row).filter((row) => hasMoved || !isInPlace(row)));
    if (missed.size === 0) return missed;
    // Ids were written as well: rows are told by the rest of their cells.
    const nameless = (picture: Picture): Picture => ({
      ...picture,
      lines: picture.lines.map((line) => ({ ...line, id: null })),
    });
    const hit = spots
      .filter(({ row }) => missed.has(row))
      .map(({ row, column, content }) => ({ row, column, next: content }));
    const repairs = displaced(nameless(pictureOf(before)), hit, nameless(pictureOf(after)), () => undefined);
    for (const repair of repairs) putContent(sheet, reading().rules, before.block, repair);
    if (repairs.length > 0) reader.flush();
    return missed;
  };

  const once = (
    rows: readonly PlaceWrite[],
  ): { readonly left: readonly number[]; readonly missed: readonly number[] } => {
    const before = whole();
    if (!hasSameHeaders(sheet, before.at)) {
      forgetLayout();
      return { left: [], missed: rows.map((_row, index) => index) };
    }
    const places = placesOf(before, rows);
    const spots = rows.flatMap(({ next }, index) =>
      [...next].flatMap(([key, content]): Spot<Cell>[] => {
        const row = places.get(index);
        const column = before.at.columns.get(key);
        return row === undefined || column === undefined ? [] : [{ row, column, kind: kindOf(content), content }];
      }),
    );
    const left = rows.flatMap((_row, index) => (places.has(index) ? [] : [index]));
    if (spots.length === 0) return { left, missed: [] };
    writeSpots(sheet, spots, reading().rules);
    reader.flush();
    const missed = missedRows(before, spots);
    return { left, missed: [...places].flatMap(([index, row]) => (missed.has(row) ? [index] : [])) };
  };

  return (rows) => {
    const left: number[] = [];
    let open = rows.map((row, index) => ({ row, index }));
    for (let attempt = 1; open.length > 0 && attempt <= ATTEMPTS; attempt += 1) {
      const result = once(open.map(({ row }) => row));
      left.push(...result.left.flatMap((at) => open[at]?.index ?? []));
      open = result.missed.flatMap((at) => open[at] ?? []);
    }
    // Rows that have an id only now are looked for anew.
    reader.forgetRows();
    return [...left, ...open.map(({ index }) => index)].sort((a, b) => a - b);
  };
};
