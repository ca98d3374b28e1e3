/**
 * When an import is due. Pure: the cadence, how old the data are and the spreadsheet's zone go in, instants come out. A trigger fires
 * about once an hour, a little early or late, so no instant here is kept to the minute.
 */
import type { Cadence } from '../state/schedule';

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A firing so much before its hour counts for that hour: triggers are not punctual. Source: apps-script-facts, section 5. */
const SLACK_MS = 30 * MINUTE_MS;
/** How late the first firing after a due instant may be, and a second one after a fault: beyond that, data are out of date. */
export const GRACE_MS = 2 * HOUR_MS;
/** A trigger that did not fire for so long after its last firing is taken to be gone. */
const SILENCE_MS = HOUR_MS + 20 * MINUTE_MS;

/** The spreadsheet's wall time at an instant: milliseconds of a UTC date that shows the same calendar and clock. */
export type WallTime = (instant: number) => number;

/** The wall of a file's zone. */
export const wallOf =
  ({ localTime }: { localTime(instant: number): string }): WallTime =>
  (instant) =>
    Date.parse(`${localTime(instant)}Z`);

/** The instant at which the wall shows `wall`. One that a change of the clocks skips is taken as the time right after. */
const instantAt = (wall: number, wallTime: WallTime): number => {
  const guess = wall - (wallTime(wall) - wall);
  const corrected = wall - (wallTime(guess) - guess);
  return wallTime(corrected) === wall ? corrected : Math.max(guess, corrected);
};

const isWeekend = (wall: number): boolean => [0, 6].includes(new Date(wall).getUTCDay());

/** The first of the cadence's hours of the day that is after `instant`. */
const slotAfter = ({ kind, value }: Cadence, instant: number, wallTime: WallTime): number => {
  const midnight = Math.floor(wallTime(instant) / DAY_MS) * DAY_MS;
  for (let day = 0; day < 8; day += 1) {
    const wall = midnight + day * DAY_MS + value * HOUR_MS;
    if (kind === 'weekdays' && isWeekend(wall)) continue;
    const slot = instantAt(wall, wallTime);
    if (slot > instant) return slot;
  }
  return instant + DAY_MS; // not reached: eight days hold a weekday
};

/** The instant for which the next refresh is wished, when the last complete one began at `dataFrom`. */
export const wishedAt = (cadence: Cadence, dataFrom: number, wallTime: WallTime): number =>
  cadence.kind === 'hours' ? dataFrom + cadence.value * HOUR_MS : slotAfter(cadence, dataFrom, wallTime);

/** What decides when an import's turn is. Instants in milliseconds since 1970. */
export interface Job {
  readonly importId: string;
  readonly cadence: Cadence;
  /** When the schedule was set. */
  readonly since: number;
  /** When the last complete refresh began; null before the first. */
  readonly dataFrom: number | null;
  /** Whether a run left something to do for which only the time was missing. */
  readonly isUnfinished: boolean;
}

/** The instant from which a firing brings the import up to date. */
export const dueAt = (job: Job, wallTime: WallTime): number => {
  if (job.dataFrom === null) return job.since;
  const wished = wishedAt(job.cadence, job.dataFrom, wallTime);
  return job.cadence.kind === 'hours' ? wished - SLACK_MS : wished;
};

/** The instant from which the data count as out of date; null where they never were complete. */
export const freshUntil = (job: Job, wallTime: WallTime): number | null =>
  job.dataFrom === null ? null : wishedAt(job.cadence, job.dataFrom, wallTime) + GRACE_MS;

/** What a firing at `now` works on, in this order: what was begun, then what is due, the most overdue first. */
export const dueJobs = <J extends Job>(jobs: readonly J[], now: number, wallTime: WallTime): readonly J[] =>
  jobs
    .map((job) => ({ job, due: dueAt(job, wallTime) }))
    .filter(({ job, due }) => job.isUnfinished || due <= now)
    .sort((a, b) => Number(b.job.isUnfinished) - Number(a.job.isUnfinished) || a.due - b.due)
    .map(({ job }) => job);

/** Whether a trigger that fired last at `tick` can't be there any more. */
export const isSilent = (tick: number | null, now: number): boolean => tick === null || now > tick + SILENCE_MS;

/**
 * When the import's next run is to be expected: the first firing at or after its due instant. Null when the trigger has not fired for
 * so long that nothing is to be expected. `tick`: when the trigger last fired.
 */
export const nextRunAt = (job: Job, tick: number | null, now: number, wallTime: WallTime): number | null => {
  if (tick === null || isSilent(tick, now)) return null;
  const due = job.isUnfinished ? now : dueAt(job, wallTime);
  const firing = tick + HOUR_MS;
  return firing + Math.max(0, Math.ceil((Math.max(due, now) - firing) / HOUR_MS)) * HOUR_MS;
};

const twoDigits = (hour: number): string => String(hour).padStart(2, '0');

/** The cadence in words, for the analyst. */
export const cadenceWords = ({ kind, value }: Cadence): string => {
  switch (kind) {
    case 'hours':
      return value === 1 ? 'every hour' : `every ${value} hours`;
    case 'daily':
      return `every day at ${twoDigits(value)}:00`;
    case 'weekdays':
      return `on weekdays at ${twoDigits(value)}:00`;
  }
};

/** Whether a cadence is one that a schedule may have. */
export const isCadence = ({ kind, value }: Cadence): boolean =>
  kind === 'hours' ? value >= 1 && value <= 23 : value >= 0 && value <= 23;
