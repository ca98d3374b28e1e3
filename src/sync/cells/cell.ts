/**
 * What a cell of the sheet holds, free of Google: typed, with dates as calendar days and formulas apart from values.
 * Equality here is about the sheet ("is this what we wrote?"); equality of values is in `value.ts`.
 */

/** A calendar day, `YYYY-MM-DD`, and the time of day `HH:MM:SS` where there is one; midnight is none. In no time zone. */
export interface DayCell {
  readonly day: string;
  readonly time: string | null;
}

/** A cell that holds a formula; `shows` is its present result. */
export interface FormulaCell {
  readonly formula: string;
  readonly shows: PlainCell;
}

/** An empty cell is null, never ''. */
export type PlainCell = string | number | boolean | null | DayCell;
export type Cell = PlainCell | FormulaCell;

export const isFormula = (cell: Cell): cell is FormulaCell =>
  typeof cell === 'object' && cell !== null && 'formula' in cell;
export const isDay = (cell: Cell): cell is DayCell => typeof cell === 'object' && cell !== null && 'day' in cell;

/** What a cell shows: a formula's present result, else its content. */
export const plainOf = (cell: Cell): PlainCell => (isFormula(cell) ? cell.shows : cell);

/** A day without a time of day. */
export const dayCell = (day: string): DayCell => ({ day, time: null });

/** Whether two cells hold the same content, type and text alike. */
export const sameCell = (a: Cell, b: Cell): boolean => {
  if (a === b) return true;
  if (isFormula(a)) return isFormula(b) && a.formula === b.formula;
  if (isDay(a)) return isDay(b) && a.day === b.day && a.time === b.time;
  return false;
};

/** The cell in words, for previews and messages: what the analyst sees in it, shortened to `limit` characters. */
export const cellText = (cell: Cell, limit = 200): string => {
  const whole = ((): string => {
    if (cell === null) return '';
    if (isFormula(cell)) return cell.formula;
    if (isDay(cell)) return cell.time === null ? cell.day : `${cell.day} ${cell.time.slice(0, 5)}`;
    if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
    return String(cell);
  })();
  return whole.length > limit ? `${whole.slice(0, limit - 1)}…` : whole;
};

/**
 * A written cell as the baseline keeps it where it depends on more than its value; undefined for one that does not. A time of day
 * does: of another time zone of the sheet, another clock would show another one.
 */
export const keptText = (shown: Cell): string | undefined => {
  const cell = plainOf(shown);
  if (typeof cell === 'string') return cell;
  return isDay(cell) ? [cell.day, ...(cell.time === null ? [] : [cell.time])].join(' ') : undefined;
};

/** The cell of a kept time of day. */
export const keptTime = (text: string): DayCell => {
  const [day = '', time] = text.split(' ');
  return { day, time: time === undefined ? null : time.padEnd(8, ':00') };
};

/** What Google Sheets shows where a formula has no result. Source: apps-script-facts; a circular formula shows `#REF!`. */
const NO_RESULT = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|ERROR!)$/;

/** Why the result of a formula can't be sent, continuing a sentence after the column's name; null where it can. */
export const troubleOf = ({ shows }: FormulaCell): string | null => {
  if (shows === 'Loading...') return 'the formula in this cell has no result yet. Wait for it, then try again.';
  if (typeof shows !== 'string' || !NO_RESULT.test(shows)) return null;
  const why = shows === '#REF!' ? ', because it refers to itself or to cells that are gone' : '';
  return `the formula in this cell shows ${shows}${why}. Mend it, or type a value.`;
};
