/**
 * Wall time in a named zone, and back. Offsets come from the ICU data of Node, so daylight saving is right for
 * every zone; results are remembered per zone and week, because a column of dates asks the same question again.
 */
import { entryOf } from './entry-of';

const formats = new Map<string, Intl.DateTimeFormat>();
const weeks = new Map<string, Map<number, number | null>>();
const WEEK = 7 * 86_400_000;

const formatFor = (zone: string): Intl.DateTimeFormat => {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
};

const measuredOffset = (zone: string, instant: number): number => {
  const at: Record<string, string> = {};
  for (const part of formatFor(zone).formatToParts(instant)) at[part.type] = part.value;
  const year = at.era === 'BC' ? 1 - Number(at.year) : Number(at.year);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(at.month) - 1, Number(at.day));
  wall.setUTCHours(Number(at.hour), Number(at.minute), Number(at.second));
  return wall.getTime() - Math.floor(instant / 1000) * 1000;
};

/** Milliseconds that wall time in `zone` is ahead of UTC at `instant`. */
export const zoneOffset = (zone: string, instant: number): number => {
  if (zone === 'UTC' || zone === 'Etc/UTC' || zone === 'GMT' || zone === 'Etc/GMT') return 0;
  if (!Number.isFinite(instant)) return 0;
  const known = entryOf(weeks, zone, () => new Map<number, number | null>());
  const week = Math.floor(instant / WEEK);
  let offset = known.get(week);
  if (offset === undefined) {
    const first = measuredOffset(zone, week * WEEK);
    offset = first === measuredOffset(zone, (week + 1) * WEEK - 1000) ? first : null;
    known.set(week, offset);
  }
  return offset ?? measuredOffset(zone, instant);
};

/** Wall time in `zone` at `instant`, as milliseconds of a UTC date that shows the same calendar and clock. */
export const wallTime = (zone: string, instant: number): number => instant + zoneOffset(zone, instant);

/**
 * The instant at which `zone` shows the wall time `wall`. A wall time that is skipped in spring moves forward by
 * the gap; one that happens twice in autumn means the first.
 */
export const instantOf = (zone: string, wall: number): number => {
  const before = wall - zoneOffset(zone, wall - 86_400_000);
  const after = wall - zoneOffset(zone, wall + 86_400_000);
  if (wallTime(zone, before) === wall) return before;
  if (wallTime(zone, after) === wall) return after;
  return before;
};

/** Whether Node knows the zone. */
export const isZone = (zone: string): boolean => {
  try {
    formatFor(zone);
    return true;
  } catch {
    return false;
  }
};

const DAY = 86_400_000;
/** Day number of 1970-01-01 counted from 1899-12-30, the epoch of Sheets. */
const UNIX_EPOCH_SERIAL = 25_569;

/** Serial day number (epoch 1899-12-30, wall time) → instant in `zone`. */
export const serialToInstant = (zone: string, serial: number): number =>
  instantOf(zone, Math.round((serial - UNIX_EPOCH_SERIAL) * DAY));

/** Instant → serial day number of the wall time in `zone`. */
export const instantToSerial = (zone: string, instant: number): number =>
  wallTime(zone, instant) / DAY + UNIX_EPOCH_SERIAL;

/** Serial day number of a calendar day. */
export const serialOfDay = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / DAY + UNIX_EPOCH_SERIAL;

/** Calendar parts of a serial day number. */
export const partsOfSerial = (serial: number): Date => new Date(Math.round((serial - UNIX_EPOCH_SERIAL) * DAY));
