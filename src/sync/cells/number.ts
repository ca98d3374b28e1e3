/** Numbers (value type 3): a number cell for one value; several values as text, with the sheet's decimal mark. */
import { isDay, isFormula } from './cell';
import { bad, type CellCodec, good } from './codec';
import type { ReadScalar, TextScalar } from './scalar';
import { scalarsOf } from './value';

const fromWire = (raw: unknown): number | null => {
  const number = typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : raw;
  // `-0` and `0` are one number; in a cell they can't be told apart.
  return typeof number === 'number' && Number.isFinite(number) ? number + 0 : null;
};

const quoted = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;

const readNumber = (text: string, decimal: '.' | ','): ReadScalar => {
  const plain = decimal === ',' ? text.trim().replace(',', '.') : text.trim();
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) && !(decimal === ',' && text.includes('.'));
  const number = Number(plain);
  return isNumber && Number.isFinite(number)
    ? { ok: true, scalar: number + 0 }
    : {
        ok: false,
        problem: `${quoted(text)} is not a number. Write a number such as ${decimal === ',' ? '1250,5' : '1250.5'}.`,
      };
};

/** Several numbers in a cell. */
export const numberScalar: TextScalar = {
  isContextual: true,
  fromWire,
  toWire: (scalar) => scalar,
  toText: (scalar, { decimal }) => (decimal === ',' ? String(scalar).replace('.', ',') : String(scalar)),
  fromText: (text, { decimal }) => readNumber(text, decimal),
};

/** One number in a cell. */
export const singleNumber: CellCodec = {
  format: 'number',
  isContextual: false,
  fromWire,
  toWire: (scalar) => scalar,
  toCell: (value) => {
    const [scalar] = scalarsOf(value);
    return typeof scalar === 'number' ? scalar : null;
  },
  fromCell: (cell, { decimal }) => {
    if (cell === null) return good(null);
    if (typeof cell === 'number') return good(cell + 0);
    if (isFormula(cell)) return bad('this cell holds a formula. Replace it by its value to send it.');
    if (isDay(cell)) return bad(`Google Sheets made a date of this (${cell.day}). Write a number.`);
    if (typeof cell === 'boolean') return bad('TRUE or FALSE is not a number. Write a number.');
    if (cell.trim() === '') return good(null);
    const read = readNumber(cell, decimal);
    return read.ok ? good(read.scalar) : bad(read.problem);
  },
};
