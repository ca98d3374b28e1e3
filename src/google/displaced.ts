/**
 * Writes that met a move: between our last reading and the flush a person sorted, inserted, deleted or dragged, so that contents
 * landed in cells of other rows or columns. Pure: from what was read before, what was written and what stands there now, it tells
 * what each of those cells held. The platform has no write that is refused when the place has changed.
 */
import { type Cell, isDay, isFormula, sameCell } from '../sync/cells/cell';
import { idIn } from '../sync/row-id';
import { serialOfCell } from './calendar-day';
import { lettersOf } from './rectangles';

/** One row of the tab: its number, its id where it has one, its cells from the first column of the tab on. */
export interface Line {
  readonly row: number;
  readonly id: string | null;
  readonly cells: readonly Cell[];
}

/** What was read of a tab at one moment. */
export interface Picture {
  /** Each column's name, left to right: the key of a managed column, the header of any other. */
  readonly columns: readonly string[];
  readonly lines: readonly Line[];
}

export interface Written {
  readonly row: number;
  readonly column: number;
  readonly next: Cell;
}

export interface Repair {
  readonly row: number;
  readonly column: number;
  readonly content: Cell;
  /** Where it was read before, in the tab's row and column numbers of then; absent where only its content is known. */
  readonly origin?: { readonly row: number; readonly column: number };
}

/** Whether a cell may be the other one after a move: the references in a formula shift with it. */
export const mayBeMoved = (a: Cell, b: Cell): boolean => (isFormula(a) && isFormula(b)) || sameCell(a, b);

/** Whether a cell shows what was written: a date reads as its number where the cell's format is of no date. */
const isWritten = (shown: Cell, next: Cell): boolean =>
  sameCell(shown, next) || (isDay(next) && shown === serialOfCell(next));

/** For each column of `after` its place in `before`, from 0; undefined for one that was not there. The longest common order decides. */
export const placesBefore = (after: readonly string[], before: readonly string[]): readonly (number | undefined)[] => {
  const length = after.map(() => before.map(() => 0));
  const at = (i: number, j: number): number => length[i]?.[j] ?? 0;
  for (let i = after.length - 1; i >= 0; i -= 1) {
    for (let j = before.length - 1; j >= 0; j -= 1) {
      const line = length[i];
      if (line === undefined) continue;
      line[j] = after[i] === before[j] ? 1 + at(i + 1, j + 1) : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const places: (number | undefined)[] = after.map(() => undefined);
  for (let i = 0, j = 0; i < after.length && j < before.length; ) {
    if (after[i] === before[j]) {
      places[i] = j;
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  // A column that was dragged is not in the common order; its name tells it as long as nobody else has that name.
  const isAlone = (name: string, names: readonly string[]) => names.indexOf(name) === names.lastIndexOf(name);
  return places.map((place, i) => {
    const name = after[i] ?? '';
    if (place !== undefined || name === '' || !isAlone(name, after) || !isAlone(name, before)) return place;
    const named = before.indexOf(name);
    return named < 0 ? undefined : named;
  });
};

/** References of a formula: a cell, or whole columns; and what has none of ours: texts, references to other tabs. */
const PIECES =
  /"[^"]*"|(?:'[^']*'|[\w.]+)!\$?[A-Z]*\$?\d*(?::\$?[A-Z]*\$?\d*)?|(?<![\w.])(\$?)([A-Z]{1,3})(?:(\$?)(\d+)|(?=:\$?[A-Z]{1,3}\b)|(?<=:\$?[A-Z]{1,3}))(?![\w(.!])/g;

const columnOf = (letters: string): number =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);

/**
 * A formula as the platform would have it after its row went from `row` to `rowNow` and columns moved as `columnNow` says (from 1;
 * undefined for one that is gone). References to other tabs and to columns beyond stay.
 */
export const movedFormula = (
  formula: string,
  { row, rowNow }: { readonly row: number; readonly rowNow: number },
  columnNow: (column: number) => number | undefined,
): string =>
  formula.replace(PIECES, (piece, fixed?: string, letters?: string, fixedRow = '', number = '') => {
    if (fixed === undefined || letters === undefined) return piece;
    const column = columnNow(columnOf(letters));
    if (column === undefined) return '#REF!';
    const shifted = fixedRow === '' && number !== '' ? Number(number) + rowNow - row : number;
    return `${fixed}${lettersOf(column)}${fixedRow}${shifted}`;
  });

/**
 * The cells that hold what was meant for another place, each with what it held before.
 * `elsewhere` knows contents of managed cells in rows that were not read just before; undefined where it does not.
 */
export const displaced = (
  before: Picture,
  written: readonly Written[],
  after: Picture,
  elsewhere: (id: string, column: string) => Cell | undefined,
): readonly Repair[] => {
  const places = placesBefore(after.columns, before.columns);
  const linesBefore = new Map(before.lines.flatMap((line) => (line.id === null ? [] : [[line.id, line] as const])));
  const nameless = before.lines.filter(({ id }) => id === null);
  const linesAfter = new Map(after.lines.map((line) => [line.row, line]));
  const rowsBefore = new Map(before.lines.map((line) => [line.row, line]));
  const placesNow = new Map(places.map((place, index) => [place, index + 1]));
  const columnNow = (column: number): number | undefined =>
    column > before.columns.length ? column : placesNow.get(column - 1);
  const spots = new Set(written.map(({ row, column }) => `${row}/${column}`));
  const intended = new Map(
    written.map(({ row, column, next }) => [`${rowsBefore.get(row)?.id ?? ''}/${before.columns[column - 1]}`, next]),
  );

  /** The nameless row that this one was, told by all its cells that were not written. */
  const formerLine = (line: Line): Line | null | undefined => {
    const rest = line.cells.map((cell, index) => ({ cell, index, place: places[index] }));
    const kept = rest.filter(({ index }) => !spots.has(`${line.row}/${index + 1}`));
    if (kept.every(({ cell }) => cell === null)) return null; // a row that was inserted blank
    return nameless.find((one) =>
      kept.every(({ cell, place }) => place === undefined || mayBeMoved(one.cells[place] ?? null, cell)),
    );
  };

  /** Columns moved and a content of ours came to stand in the id column: the row is the one that stood there before. */
  const hasOurId = (line: Line): boolean =>
    !linesBefore.has(line.id ?? '') &&
    written.some(
      ({ row, column, next }) =>
        row === line.row &&
        idIn(next) === line.id &&
        before.columns[column - 1] !== after.columns[column - 1] &&
        sameCell(line.cells[column - 1] ?? null, next),
    );

  const formerOf = (line: Line): Line | null | undefined => {
    if (line.id === null) return formerLine(line);
    return hasOurId(line) ? (rowsBefore.get(line.row) ?? null) : linesBefore.get(line.id);
  };

  return written.flatMap(({ row, column, next }): readonly Repair[] => {
    const line = linesAfter.get(row);
    const name = after.columns[column - 1];
    const shown = line?.cells[column - 1] ?? null;
    if (line === undefined || name === undefined || !isWritten(shown, next)) return [];
    const goal = rowsBefore.get(row);
    if (line.id !== null && goal?.id === line.id && before.columns[column - 1] === name) return [];
    const place = places[column - 1];
    const former = formerOf(line);
    const origin =
      place === undefined || former === null || former === undefined ? null : { row: former.row, column: place + 1 };
    const held = ((): Cell | undefined => {
      if (place === undefined || former === null) return null; // a column or row that was inserted blank
      if (former !== undefined) return former.cells[place] ?? null;
      return line.id === null ? undefined : elsewhere(line.id, name);
    })();
    const wanted = line.id === null ? undefined : intended.get(`${line.id}/${name}`);
    const isItsOwn = wanted !== undefined && sameCell(wanted, shown);
    if (held === undefined || sameCell(held, shown) || isItsOwn) return [];
    const content =
      isFormula(held) && origin !== null
        ? { ...held, formula: movedFormula(held.formula, { row: origin.row, rowNow: row }, columnNow) }
        : held;
    return [{ row, column, content, ...(origin === null ? {} : { origin }) }];
  });
};
