/**
 * Points in time, such as when a note was written: in Affinity an instant, in the sheet what a clock in the sheet's time zone showed.
 * Canonical form: `YYYY-MM-DDTHH:MM:SSZ`; parts of a second are left out. In the hour that a clock shows twice, a typed time is
 * one of the two.
 */
import { isDay, isFormula } from './cell';
import { bad, type CellCodec, type CellContext, good } from './codec';
import { scalarsOf } from './value';

const canonical = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;

/** The instant at which a clock shows `local` (`YYYY-MM-DDTHH:MM:SS`); where it never does, one beside the gap. */
export const instantAt = (local: string, localTime: CellContext['localTime']): number => {
  const wanted = Date.parse(`${local}Z`);
  const aheadAt = (instant: number): number => Date.parse(`${localTime(instant)}Z`) - instant;
  const near = wanted - aheadAt(wanted);
  return wanted - aheadAt(near);
};

const readText = (text: string): string | null => {
  const [, day = '', time = '00:00', seconds = ':00'] =
    /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2})?)?$/.exec(text.trim()) ?? [];
  const local = `${day}T${time}${seconds}`;
  const parsed = Date.parse(`${local}Z`);
  return Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 19) !== local ? null : local;
};

const accepted = 'Write a date and a time that Google Sheets recognises, or one such as 2026-03-31 14:30.';

export const instant: CellCodec = {
  format: 'time',
  isContextual: true,
  fromWire: (raw) => {
    const parsed = typeof raw === 'string' ? Date.parse(raw) : Number.NaN;
    return Number.isNaN(parsed) ? null : canonical(parsed);
  },
  toWire: (scalar) => scalar,
  toCell: (value, { localTime }) => {
    const [scalar] = scalarsOf(value);
    if (typeof scalar !== 'string') return null;
    const [day = '', time = ''] = localTime(Date.parse(scalar)).split('T');
    return { day, time: time === '00:00:00' ? null : time };
  },
  fromCell: (cell, { localTime }) => {
    if (isFormula(cell)) return bad('this cell holds a formula. Replace it by its value to send it.');
    if (cell === null) return good(null);
    const local = isDay(cell)
      ? `${cell.day}T${cell.time ?? '00:00:00'}`
      : typeof cell === 'string'
        ? readText(cell)
        : null;
    if (typeof cell === 'string' && cell.trim() === '') return good(null);
    if (local === null) return bad(`"${String(cell).slice(0, 60)}" is not a point in time. ${accepted}`);
    return good(canonical(instantAt(local, localTime)));
  },
};
