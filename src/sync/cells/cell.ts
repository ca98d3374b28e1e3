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
export const keptText = (cell: Cell): string | undefined => {
  if (typeof cell === 'string') return cell;
  return isDay(cell) ? [cell.day, ...(cell.time === null ? [] : [cell.time])].join(' ') : undefined;
};

/** The cell of a kept time of day. */
export const keptTime = (text: string): DayCell => {
  const [day = '', time] = text.split(' ');
  return { day, time: time === undefined ? null : time.padEnd(8, ':00') };
};
