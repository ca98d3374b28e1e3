/** Dates under the patterns of Java's SimpleDateFormat, in any zone; the part that `Utilities` needs. English names. */
import { ScriptFault, Unsupported } from './errors';
import { instantOf, isZone, zoneOffset } from './zone';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const DAY = 86_400_000;

type Piece = { readonly literal: string } | { readonly letter: string; readonly count: number };

const pieces = (pattern: string): Piece[] => {
  const found: Piece[] = [];
  for (const [piece] of pattern.matchAll(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g)) {
    if (piece === "''") found.push({ literal: "'" });
    else if (piece.startsWith("'")) found.push({ literal: piece.slice(1, -1).replaceAll("''", "'") });
    else if (/[A-Za-z]/.test(piece)) found.push({ letter: piece.charAt(0), count: piece.length });
    else found.push({ literal: piece });
  }
  return found;
};

/** `GMT+2`, `UTC`, `Europe/London` → a zone, or a fixed offset in milliseconds. */
const zoneOf = (name: string): string | number => {
  const fixed = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?$/.exec(name);
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0)) * 60_000;
  // An unknown zone silently means GMT in Java; here it is an error of the caller.
  if (!isZone(name)) throw new ScriptFault(`Invalid argument: timeZone. Should be of type: String`);
  return name;
};

const pad = (value: number, size: number): string => String(Math.abs(value)).padStart(size, '0');

const offsetText = (ms: number, colon: boolean, zulu: boolean): string => {
  if (zulu && ms === 0) return 'Z';
  const minutes = Math.abs(Math.round(ms / 60_000));
  return `${ms < 0 ? '-' : '+'}${pad(Math.trunc(minutes / 60), 2)}${colon ? ':' : ''}${pad(minutes % 60, 2)}`;
};

const isoWeek = (wall: Date): number => {
  const firstDay = new Date(Date.UTC(wall.getUTCFullYear(), 0, 1)).getUTCDay();
  const dayOfYear = Math.floor((wall.getTime() - Date.UTC(wall.getUTCFullYear(), 0, 1)) / DAY);
  return Math.floor((dayOfYear + firstDay) / 7) + 1;
};

/** `Utilities.formatDate`. */
export const formatDate = (instant: number, zoneName: string, pattern: string): string => {
  const zone = zoneOf(zoneName);
  const offset = typeof zone === 'number' ? zone : zoneOffset(zone, instant);
  const wall = new Date(instant + offset);
  const hours = wall.getUTCHours();
  return pieces(pattern)
    .map((piece) => {
      if ('literal' in piece) return piece.literal;
      const { letter, count } = piece;
      switch (letter) {
        case 'G':
          return wall.getUTCFullYear() > 0 ? 'AD' : 'BC';
        case 'y':
        case 'Y':
          return count === 2 ? pad(wall.getUTCFullYear() % 100, 2) : pad(wall.getUTCFullYear(), count);
        case 'M':
        case 'L': {
          const name = MONTHS[wall.getUTCMonth()] ?? '';
          return count >= 4 ? name : count === 3 ? name.slice(0, 3) : pad(wall.getUTCMonth() + 1, count);
        }
        case 'd':
          return pad(wall.getUTCDate(), count);
        case 'D':
          return pad(Math.floor((wall.getTime() - Date.UTC(wall.getUTCFullYear(), 0, 1)) / DAY) + 1, count);
        case 'E': {
          const name = DAYS[wall.getUTCDay()] ?? '';
          return count >= 4 ? name : name.slice(0, 3);
        }
        case 'u':
          return pad(wall.getUTCDay() || 7, count);
        case 'w':
          return pad(isoWeek(wall), count);
        case 'a':
          return hours < 12 ? 'AM' : 'PM';
        case 'H':
          return pad(hours, count);
        case 'k':
          return pad(hours || 24, count);
        case 'h':
          return pad(hours % 12 || 12, count);
        case 'K':
          return pad(hours % 12, count);
        case 'm':
          return pad(wall.getUTCMinutes(), count);
        case 's':
          return pad(wall.getUTCSeconds(), count);
        case 'S':
          return pad(wall.getUTCMilliseconds(), count);
        case 'z':
          return typeof zone === 'number'
            ? `GMT${offsetText(zone, true, false)}`
            : zoneAbbreviation(zone, instant, count);
        case 'Z':
          return offsetText(offset, false, false);
        case 'X':
          return count === 1 && offset % 3_600_000 === 0
            ? offsetText(offset, false, true).slice(0, 3)
            : offsetText(offset, count === 3, true);
        default:
          throw new Unsupported(`date pattern letter ${letter}`);
      }
    })
    .join('');
};

const zoneAbbreviation = (zone: string, instant: number, count: number): string =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: count >= 4 ? 'long' : 'short' })
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value ?? zone;

type Fields = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
  pm: boolean | null;
  offset: number | null;
};

/** `Utilities.parseDate`: the instant, or an error when the text does not follow the pattern. */
export const parseDate = (text: string, zoneName: string, pattern: string): number => {
  const zone = zoneOf(zoneName);
  const fields: Fields = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, ms: 0, pm: null, offset: null };
  let rest = text;
  const take = (expression: RegExp): string => {
    const match = expression.exec(rest);
    if (!match) throw new ScriptFault(`Invalid argument: date. Unparseable date: "${text}"`);
    rest = rest.slice(match[0].length);
    return match[0];
  };
  for (const piece of pieces(pattern)) {
    if ('literal' in piece) take(new RegExp(`^${piece.literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
    else readField(piece.letter, piece.count, take, fields);
  }
  const hour = fields.pm === null ? fields.hour : (fields.hour % 12) + (fields.pm ? 12 : 0);
  const wall = Date.UTC(fields.year, fields.month - 1, fields.day, hour, fields.minute, fields.second, fields.ms);
  if (fields.offset !== null) return wall - fields.offset;
  return typeof zone === 'number' ? wall - zone : instantOf(zone, wall);
};

const readField = (letter: string, count: number, take: (expression: RegExp) => string, fields: Fields): void => {
  const digits = (): number => Number(take(new RegExp(`^\\d{1,${Math.max(count, 2)}}`)));
  const named = (names: readonly string[]): number => {
    const word = take(/^[A-Za-z]+/).toLowerCase();
    return names.findIndex((name) => name.toLowerCase() === word || name.slice(0, 3).toLowerCase() === word) + 1;
  };
  switch (letter) {
    case 'y':
      fields.year = count === 2 ? 2000 + Number(take(/^\d{2}/)) : Number(take(/^\d{1,4}/));
      return;
    case 'M':
      fields.month = count >= 3 ? named(MONTHS) : digits();
      return;
    case 'd':
      fields.day = digits();
      return;
    case 'E':
      named(DAYS);
      return;
    case 'a':
      fields.pm = /p/i.test(take(/^[AaPp][Mm]/));
      return;
    case 'H':
    case 'h':
    case 'k':
    case 'K':
      fields.hour = digits();
      return;
    case 'm':
      fields.minute = digits();
      return;
    case 's':
      fields.second = digits();
      return;
    case 'S':
      fields.ms = Number(take(/^\d{1,3}/));
      return;
    case 'X':
    case 'Z':
    case 'z': {
      const name = take(/^(?:Z|GMT|UTC|(?:GMT|UTC)?[+-]\d{2}:?\d{2}|[+-]\d{2})/);
      const fixed = /^(?:Z|GMT|UTC)$/.test(name) ? 0 : zoneOf(/^[+-]\d\d$/.test(name) ? `${name}:00` : name);
      fields.offset = typeof fixed === 'number' ? fixed : 0;
      return;
    }
    default:
      throw new Unsupported(`date pattern letter ${letter}`);
  }
};
