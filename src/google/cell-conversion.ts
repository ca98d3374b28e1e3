/** Cells between the platform's values and the engine's. */
import { type Cell, isDay, isFormula, type PlainCell } from '../sync/cells/cell';
import { DAY_FORMAT, isDayFormat, isTimeFormat, serialOfCell, TIME_FORMAT } from './calendar-day';
import { protect, type TextRules, unprotect } from './cell-text';

export interface CellReading {
  readonly rules: TextRules;
  readonly dayOf: (instant: Date) => PlainCell;
}

/** Also of a date that another context made. */
export const isDate = (value: unknown): value is Date => Object.prototype.toString.call(value) === '[object Date]';

const shownIn = (value: unknown, { rules, dayOf }: CellReading): PlainCell => {
  if (typeof value === 'string') return value === '' ? null : unprotect(value, rules);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return isDate(value) ? dayOf(value) : null;
};

/** A value of `getValues` and the formula text of the same cell ('' for none). */
export const toCell = (value: unknown, formula: string, reading: CellReading): Cell =>
  formula === '' ? shownIn(value, reading) : { formula, shows: shownIn(value, reading) };

/** What kind of format a cell needs before its content is written. */
export type ContentKind = 'text' | 'number' | 'day' | 'time' | 'blank';

export const kindOf = (cell: Cell): ContentKind => {
  if (cell === null) return 'blank';
  if (typeof cell === 'string') return 'text';
  if (!isDay(cell)) return 'number';
  return cell.time === null ? 'day' : 'time';
};

/** What `getNumberFormats` gives for a cell whose format nobody set. */
const AUTOMATIC_READS = '0.###############';

/** The number format that a cell needs for its content, given the one it has: a person's own date format stays. */
export const formatFor = (kind: ContentKind, format: string): string => {
  if (kind === 'text') return '@';
  if (kind === 'day' && !isDayFormat(format)) return DAY_FORMAT;
  if (kind === 'time' && !isTimeFormat(format)) return TIME_FORMAT;
  // Set on a cell, the pattern shows a whole number with a point behind it; it is only what the automatic format reads as.
  return format === AUTOMATIC_READS ? 'General' : format;
};

/** The value for `setValues`. Formulas are never ours to write. */
export const toValue = (cell: Cell, rules: TextRules): string | number | boolean => {
  if (cell === null) return '';
  if (typeof cell === 'string') return protect(cell, rules);
  if (isFormula(cell)) throw new TypeError('a formula is not written by the engine');
  return isDay(cell) ? serialOfCell(cell) : cell;
};
