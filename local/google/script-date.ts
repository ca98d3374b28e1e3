/**
 * The `Date` a script sees: the clock is the emulation's, the local zone is the manifest's. The process's own zone is
 * left alone, because jest, worker threads and a second execution in another zone would all disagree about it.
 * Instances stay native dates of the context, so `instanceof Date` holds on both sides of the border.
 */
import type { Clock } from './clock';
import { instantOf, wallTime, zoneOffset } from './zone';

const two = (n: number): string => String(n).padStart(2, '0');
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const ISO_DATE_ONLY = /^[+-]?\d{4,6}(-\d\d(-\d\d)?)?$/;
const NAMES_A_ZONE = /(?:z|gmt|utc|[ecmp][sd]t|[+-]\d\d:?\d\d)\s*(?:\(.*\))?\s*$/i;

/** Instant of a date text, read in `zone` where the text names none. */
const parseIn = (zone: string, text: string): number => {
  if (ISO_DATE_ONLY.test(text) || NAMES_A_ZONE.test(text)) return Date.parse(text);
  const separator = /^\s*[+-]?\d{4,6}-\d\d-\d\dT/.test(text) ? 'Z' : ' UTC';
  const wall = Date.parse(text + separator);
  return Number.isNaN(wall) ? Number.NaN : instantOf(zone, wall);
};

const dateText = (wall: Date): string =>
  `${WEEKDAYS[wall.getUTCDay()]} ${MONTHS[wall.getUTCMonth()]} ${two(wall.getUTCDate())} ${String(wall.getUTCFullYear()).padStart(4, '0')}`;

const timeText = (zone: string, instant: number): string => {
  const wall = new Date(wallTime(zone, instant));
  const offset = Math.round(zoneOffset(zone, instant) / 60_000);
  const sign = offset < 0 ? '-' : '+';
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'long' })
    .formatToParts(instant)
    .find((part) => part.type === 'timeZoneName')?.value;
  const size = Math.abs(offset);
  return `${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}:${two(wall.getUTCSeconds())} GMT${sign}${two(Math.trunc(size / 60))}${two(size % 60)} (${name})`;
};

type Getter = 'FullYear' | 'Month' | 'Date' | 'Day' | 'Hours' | 'Minutes' | 'Seconds' | 'Milliseconds';
const GETTERS: readonly Getter[] = ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];
const SETTERS: readonly Exclude<Getter, 'Day'>[] = [
  'FullYear',
  'Month',
  'Date',
  'Hours',
  'Minutes',
  'Seconds',
  'Milliseconds',
];

/** Replaces `Date` (and the default zone of `Intl.DateTimeFormat`) on the context's global object. */
export const installDate = (global: Record<string, unknown>, zone: string, clock: Clock): void => {
  const now = (): number => Math.floor(clock.now());
  const Native = global.Date as DateConstructor; // the context's own constructor
  const proto = Native.prototype as unknown as Record<string, unknown>;
  const method = (name: string, run: (this: Date, ...args: never[]) => unknown): void => {
    Object.defineProperty(proto, name, { value: run, writable: true, configurable: true });
  };

  function ScriptDate(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return String(new Native(now()));
    const make = (ms: number): unknown => Reflect.construct(Native, [ms], new.target);
    if (args.length === 0) return make(now());
    if (args.length === 1) {
      const only = args[0];
      if (typeof only === 'string') return make(parseIn(zone, only));
      return Reflect.construct(Native, [only], new.target);
    }
    const wall = Date.UTC(...(args.map(Number) as [number, number])); // two arguments at least, checked above
    return make(Number.isNaN(wall) ? Number.NaN : instantOf(zone, wall));
  }
  Object.defineProperty(ScriptDate, 'name', { value: 'Date' });
  Object.defineProperty(ScriptDate, 'length', { value: 7 });
  ScriptDate.prototype = Native.prototype;
  Object.assign(ScriptDate, {
    now,
    parse: (text: unknown) => parseIn(zone, String(text)),
    UTC: Native.UTC,
  });
  Object.defineProperty(proto, 'constructor', { value: ScriptDate, writable: true, configurable: true });
  Object.defineProperty(global, 'Date', { value: ScriptDate, writable: true, configurable: true });

  const wallOf = (date: Date): Date => new Date(wallTime(zone, date.getTime()));
  for (const part of GETTERS) {
    method(`get${part}`, function () {
      return wallOf(this)[`getUTC${part}`]();
    });
  }
  for (const part of SETTERS) {
    method(`set${part}`, function (...args: never[]) {
      const wall = wallOf(this);
      (wall[`setUTC${part}`] as (...values: number[]) => number)(...args);
      return this.setTime(instantOf(zone, wall.getTime()));
    });
  }
  method('getYear', function () {
    return wallOf(this).getUTCFullYear() - 1900;
  });
  method('getTimezoneOffset', function () {
    return Number.isNaN(this.getTime()) ? Number.NaN : -Math.round(zoneOffset(zone, this.getTime()) / 60_000);
  });
  const text = (build: (date: Date) => string) =>
    function (this: Date): string {
      return Number.isNaN(this.getTime()) ? 'Invalid Date' : build(this);
    };
  method(
    'toDateString',
    text((date) => dateText(wallOf(date))),
  );
  method(
    'toTimeString',
    text((date) => timeText(zone, date.getTime())),
  );
  method(
    'toString',
    text((date) => `${dateText(wallOf(date))} ${timeText(zone, date.getTime())}`),
  );
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const) {
    const native = Native.prototype[name];
    method(name, function (locales?: string, options?: Intl.DateTimeFormatOptions) {
      return native.call(this, locales ?? 'en-US', { timeZone: zone, ...options });
    });
  }
  const intl = global.Intl as { DateTimeFormat: typeof Intl.DateTimeFormat };
  const NativeFormat = intl.DateTimeFormat;
  function ScriptDateTimeFormat(locales?: string | string[], options?: Intl.DateTimeFormatOptions): unknown {
    return new NativeFormat(locales ?? 'en-US', { timeZone: zone, ...options });
  }
  ScriptDateTimeFormat.prototype = NativeFormat.prototype;
  ScriptDateTimeFormat.supportedLocalesOf = NativeFormat.supportedLocalesOf;
  Object.defineProperty(intl, 'DateTimeFormat', { value: ScriptDateTimeFormat, writable: true, configurable: true });
};
