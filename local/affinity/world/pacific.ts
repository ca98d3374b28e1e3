/**
 * US Pacific time by arithmetic: Affinity keeps dates as Pacific days and prints many instants with a Pacific offset.
 * Summer time by the rule in force since 2007 (second Sunday of March to first Sunday of November, at 2:00 local time), for
 * every year: earlier years differ by weeks from history, which no date value here depends on.
 * Source: affinity-v1-facts, section 5; checked against the platform's zone data in test/contract/affinity/pacific.test.ts.
 */
const HOUR = 3_600_000;
/** Milliseconds of a day without a change of the clocks. */
export const DAY = 24 * HOUR;

/** Day of the month of the nth Sunday. `month` from 0. */
const sunday = (year: number, month: number, nth: number): number => {
  const weekdayOfFirst = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return 1 + ((7 - weekdayOfFirst) % 7) + (nth - 1) * 7;
};

interface Summer {
  readonly from: number;
  readonly to: number;
}
const summers = new Map<number, Summer>();

const summerOf = (year: number): Summer => {
  const known = summers.get(year);
  if (known !== undefined) return known;
  const summer = { from: Date.UTC(year, 2, sunday(year, 2, 2), 10), to: Date.UTC(year, 10, sunday(year, 10, 1), 9) };
  summers.set(year, summer);
  return summer;
};

/** Hours that Pacific time is behind UTC at an instant: 7 in summer, 8 in winter. */
const hoursBehind = (instant: number): 7 | 8 => {
  const { from, to } = summerOf(new Date(instant).getUTCFullYear());
  return instant >= from && instant < to ? 7 : 8;
};

/** The Pacific calendar day of an instant, `YYYY-MM-DD`. */
export const pacificDay = (instant: number): string =>
  new Date(instant - hoursBehind(instant) * HOUR).toISOString().slice(0, 10);

/** The instant at which a Pacific day begins. */
export const pacificMidnight = (day: string): number => {
  const utcMidnight = Date.parse(`${day}T00:00:00.000Z`);
  // Summer time changes at 2:00, so midnight still has the offset of the evening before.
  return utcMidnight + hoursBehind(utcMidnight + 7 * HOUR) * HOUR;
};

/** An instant as text with the Pacific offset, e.g. `2022-03-04T08:54:24.694-08:00`. */
export const withPacificOffset = (instant: number): string => {
  const hours = hoursBehind(instant);
  return `${new Date(instant - hours * HOUR).toISOString().slice(0, -1)}-0${hours}:00`;
};

/** An instant as text in UTC, e.g. `2022-03-04T16:54:24.694Z`. */
export const withZ = (instant: number): string => new Date(instant).toISOString();

const isDay = (text: string): boolean => {
  const instant = Date.parse(`${text}T00:00:00.000Z`);
  return Number.isFinite(instant) && new Date(instant).toISOString().slice(0, 10) === text;
};

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** The instant that an ISO 8601 text means: a date begins at 00:00:00, a missing zone is UTC. Null for any other text. */
export const instantOf = (text: string): number | null => {
  if (DATE.test(text)) return isDay(text) ? Date.parse(`${text}T00:00:00.000Z`) : null;
  const parts = DATE_TIME.exec(text);
  if (parts === null || !isDay(text.slice(0, 10))) return null;
  const withZone =
    parts[3] === undefined
      ? `${text}Z`
      : text.replace(/([+-]\d{2})(\d{2})$/, (_whole, hours, minutes) => `${hours}:${minutes}`);
  const instant = Date.parse(withZone);
  return Number.isFinite(instant) ? instant : null;
};

/**
 * The day that a written date means: the day itself, or the Pacific day of an instant; without a zone the instant is taken
 * as UTC. Null when the text is no ISO 8601 date.
 */
export const dayOf = (text: string): string | null => {
  if (DATE.test(text)) return isDay(text) ? text : null;
  const instant = instantOf(text);
  // An offset can carry the last day of 9999 into a year of five digits.
  return instant !== null && DATE.test(pacificDay(instant)) ? pacificDay(instant) : null;
};
