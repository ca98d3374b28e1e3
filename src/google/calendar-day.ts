/**
 * Dates between cells and calendar days. A date cell is a serial number with a date format: written as the number, no time zone is
 * involved. Read, it comes as an instant of the spreadsheet's zone, which may differ from the script's.
 */
import type { DayCell } from '../sync/cells/cell';

/** Day 0 of the serial count is 1899-12-30. Source: apps-script-facts, section 7.1. */
const EPOCH_DAYS = -25_569;
const DAY_MS = 86_400_000;

export const DAY_FORMAT = 'yyyy-mm-dd';

/** Whether a number format shows a date. */
export const isDayFormat = (format: string): boolean =>
  /[yd]/i.test(format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')) && !/general/i.test(format);

/** `YYYY-MM-DD` as a serial day number. */
export const serialOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS - EPOCH_DAYS;

export const TIME_FORMAT = 'yyyy-mm-dd hh:mm';

/** Whether a number format shows a date and a time of day. */
export const isTimeFormat = (format: string): boolean => isDayFormat(format) && /h/i.test(format);

/** A cell's day and time of day as a serial number. */
export const serialOfCell = ({ day, time }: DayCell): number =>
  serialOf(day) + (time === null ? 0 : Date.parse(`1970-01-01T${time}Z`) / DAY_MS);

/** A serial day number as a cell. */
export const dayOfSerial = (serial: number): DayCell => {
  const iso = new Date(Math.round((serial + EPOCH_DAYS) * DAY_MS)).toISOString();
  return { day: iso.slice(0, 10), time: Number.isInteger(serial) ? null : iso.slice(11, 19) };
};

/** What a clock of one time zone shows at an instant: `YYYY-MM-DDTHH:MM:SS`. */
export const createLocalClock = (timeZone: string): ((instant: Date) => string) => {
  const pad = (n: number, width = 2) => String(n).padStart(width, '0');
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    // A zone name that the engine does not know: the platform's own formatter does.
  }
  const parts = (instant: Date): Readonly<Record<string, string>> => {
    if (format !== null)
      return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const [year, month, day, hour, minute, second] = Utilities.formatDate(instant, timeZone, 'yyyy-M-d-H-m-s').split(
      '-',
    );
    return {
      year: year ?? '',
      month: month ?? '',
      day: day ?? '',
      hour: hour ?? '',
      minute: minute ?? '',
      second: second ?? '',
    };
  };
  return (instant) => {
    const { year, month, day, hour, minute, second } = parts(instant);
    const two = (part: string | undefined) => pad(Number(part));
    return `${pad(Number(year), 4)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  };
};

/** Half a second: a serial number is not exact to the millisecond. */
const ROUNDING_MS = 500;

/** Reads date cells in one time zone. */
export const createDayReader = (timeZone: string): ((instant: Date) => DayCell) => {
  const clock = createLocalClock(timeZone);
  return (instant) => {
    const [day = '', time = ''] = clock(new Date(instant.getTime() + ROUNDING_MS)).split('T');
    return { day, time: time === '00:00:00' ? null : time };
  };
};
