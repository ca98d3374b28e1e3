/**
 * Dates (value type 4) are calendar days. Affinity keeps midnight US Pacific, printed as 07:00 (summer) or 08:00 (winter) UTC:
 * seven hours back is that day in both. Noon UTC, as we send it, is that day in Pacific time all year.
 * Source: affinity-v1-facts, section 5.
 */
import { dayCell, isDay, isFormula, type PlainCell } from './cell';
import { bad, type CellCodec, good } from './codec';
import type { ReadScalar, TextScalar } from './scalar';
import { scalarsOf } from './value';

const PACIFIC_SUMMER_MS = 7 * 3_600_000;
/** Sheets shows earlier days unreliably; they are kept as text. */
const FIRST_SHEET_DAY = '1900-01-01';

const fromWire = (raw: unknown): string | null => {
  if (typeof raw !== 'string') return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(raw)) return raw;
  const instant = Date.parse(raw);
  return Number.isNaN(instant) ? null : new Date(instant - PACIFIC_SUMMER_MS).toISOString().slice(0, 10);
};

const toWire = (scalar: unknown): string => `${scalar}T12:00:00Z`;

/** Whether `YYYY-MM-DD` names a day that exists. */
const isDayText = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 10) === text;
};

const readDay = (text: string): ReadScalar => {
  const trimmed = text.trim();
  return isDayText(trimmed)
    ? { ok: true, scalar: trimmed }
    : {
        ok: false,
        problem: `"${trimmed.slice(0, 60)}" is not a date. Write a date that Google Sheets recognises, or one such as 2026-03-31.`,
      };
};

/** Several dates in a cell, as `YYYY-MM-DD`. */
export const dateScalar: TextScalar = {
  isContextual: false,
  fromWire,
  toWire,
  toText: (scalar) => String(scalar),
  fromText: readDay,
};

/** One date in a cell. */
export const singleDate: CellCodec = {
  format: 'day',
  isContextual: false,
  fromWire,
  toWire,
  toCell: (value): PlainCell => {
    const [day] = scalarsOf(value);
    if (typeof day !== 'string') return null;
    return day < FIRST_SHEET_DAY ? day : dayCell(day);
  },
  fromCell: (cell) => {
    if (cell === null) return good(null);
    if (isDay(cell)) return good(cell.day);
    if (isFormula(cell)) return bad('this cell holds a formula. Replace it by its value to send it.');
    if (typeof cell !== 'string') {
      return bad(`${String(cell).toUpperCase()} is not a date. Write a date such as 2026-03-31.`);
    }
    if (cell.trim() === '') return good(null);
    const read = readDay(cell);
    return read.ok ? good(read.scalar) : bad(read.problem);
  },
};
