/**
 * The schedule of an import: when it is brought up to date by itself, and for whom. Kept with the file's small texts and not in the
 * import's hidden sheet: a copied file carries no trigger, so it must not carry a schedule, and a run that writes how it went must not
 * put back a schedule that was changed meanwhile. Format 1.
 */
import { array, type Decoded, flag, integer, nullable, object, oneOf, text } from '../../api/codec';
import type { FileStore } from '../ports';
import { keptText } from './kept-text';

export const SCHEDULE_VERSION = 1;

const cadence = object({
  kind: oneOf('hours', 'daily', 'weekdays'),
  /** `hours`: the distance of two refreshes, 1 to 23. `daily` and `weekdays`: the hour of the day, 0 to 23, in the spreadsheet's zone. */
  value: integer,
});
export type Cadence = Decoded<typeof cadence>;

const format = object({
  version: integer,
  cadence,
  /** Whether edits are sent as well: a consent of its own. */
  sendsEdits: flag,
  /** E-mail address of the person whose trigger and key serve it; '' where Google did not tell. */
  owner: text,
  /** What tells that person from others where addresses are not known. */
  ownerKey: text,
  /** Instant, ISO 8601 UTC, at which it was set. */
  since: text,
});
export const SCHEDULE_SHAPE = format.shape;
export type Schedule = Decoded<typeof format>;

export const COURSE_VERSION = 1;

const course = object({
  version: integer,
  /** Instant of the last run by schedule, and how it ended. */
  at: text,
  result: oneOf('done', 'paused', 'stopped'),
  /** Code of the fault that ended it; '' for none. */
  trouble: text,
  /** What the analyst reads about it. */
  message: text,
  /** Calls to Affinity that it made. */
  calls: integer,
  /** Calls left in the firm's month after it; null where unlimited or not told. */
  monthRemaining: nullable(integer),
  /** Instant since which no run by schedule ended well; null when the last one did. */
  failingSince: nullable(text),
  /** Whether something was left to do for which only the time was missing. */
  isOpen: flag,
  /** The troubles of which the owner had a mail lately, with the instant of the last one. */
  mailed: array(object({ trouble: text, at: text })),
});
export const COURSE_SHAPE = course.shape;
/** How the runs by schedule of one import went. */
export type Course = Decoded<typeof course>;

const schedules = keptText('schedule', SCHEDULE_VERSION, format);
export const readSchedule = schedules.read;
export const writeSchedule = schedules.write;

const courses = keptText('course', COURSE_VERSION, course);
export const readCourse = courses.read;
export const writeCourse = courses.write;

/** Forgets an import's schedule and how its runs went. */
export const removeSchedule = (store: FileStore, importId: string): void => {
  schedules.remove(store, importId);
  courses.remove(store, importId);
};

const tickOf = (ownerKey: string): string => `tick.${ownerKey}`;

/** When a person's trigger last fired in this file, or was made: milliseconds since 1970, or null. */
export const readTick = (store: FileStore, ownerKey: string): number | null => {
  const stored = Number(store.get(tickOf(ownerKey)) ?? Number.NaN);
  return Number.isFinite(stored) ? stored : null;
};

export const writeTick = (store: FileStore, ownerKey: string, at: number): void =>
  store.set(tickOf(ownerKey), String(Math.round(at)));
