/** Numbers, instants and spans as words. English with fixed forms, so that a date can't be read in two ways. */

const numbers = new Intl.NumberFormat('en-US');
const instants = new Intl.DateTimeFormat('en-US', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export const number = (value: number): string => numbers.format(value);

export const count = (value: number, one: string, many = `${one}s`): string =>
  `${number(value)} ${value === 1 ? one : many}`;

/** The instant in the person's own time zone, to the minute. */
export const exact = (instant: string): string => instants.format(new Date(instant));

export const ago = (instant: string, now: number): string => {
  const span = now - Date.parse(instant);
  if (span < MINUTE_MS) return 'just now';
  if (span < HOUR_MS) return `${count(Math.floor(span / MINUTE_MS), 'minute')} ago`;
  if (span < DAY_MS) return `${count(Math.floor(span / HOUR_MS), 'hour')} ago`;
  return `${count(Math.floor(span / DAY_MS), 'day')} ago`;
};

/** A span to come, rounded so that it does not pretend to know better. */
export const about = (milliseconds: number): string => {
  if (milliseconds < 10_000) return 'a few seconds';
  if (milliseconds < MINUTE_MS) return `about ${Math.ceil(milliseconds / 10_000) * 10} seconds`;
  if (milliseconds < HOUR_MS) return `about ${count(Math.ceil(milliseconds / MINUTE_MS), 'minute')}`;
  return `about ${count(Math.ceil(milliseconds / HOUR_MS), 'hour')}`;
};

/** Whether every word of the search stands somewhere in the text, whatever the case. */
export const matches = (text: string, search: string): boolean => {
  const inText = text.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => inText.includes(word));
};
