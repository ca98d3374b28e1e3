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

/** Reads date cells in one time zone. */
export const createDayReader = (timeZone: string): ((instant: Date) => DayCell) => {
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
    return {
      day: `${pad(Number(year), 4)}-${pad(Number(month))}-${pad(Number(day))}`,
      hasTime: Number(hour) + Number(minute) + Number(second) > 0,
    };
  };
};
