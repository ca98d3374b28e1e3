/** Installed triggers as data, and when a clock trigger is due. Source: facts section 5. */
import { instantOf, wallTime } from './zone';

export type Schedule =
  | { readonly kind: 'every'; readonly ms: number }
  | {
      readonly kind: 'days';
      readonly days: number;
      readonly hour: number;
      readonly minute: number;
      readonly zone: string;
    }
  | {
      readonly kind: 'weeks';
      readonly weeks: number;
      readonly weekDay: number;
      readonly hour: number;
      readonly minute: number;
      readonly zone: string;
    }
  | {
      readonly kind: 'month';
      readonly day: number;
      readonly hour: number;
      readonly minute: number;
      readonly zone: string;
    }
  | { readonly kind: 'once'; readonly at: number };

export type TriggerModel = {
  readonly uid: string;
  readonly user: string;
  readonly handler: string;
  readonly event: 'CLOCK' | 'ON_OPEN' | 'ON_EDIT' | 'ON_CHANGE';
  /** File the trigger was created in; for clock triggers nothing on the platform tells it. */
  readonly workbookId: string | null;
  readonly schedule: Schedule | null;
  /** Next due instant of a clock trigger, `null` when it will not fire again. */
  next: number | null;
  disabled: boolean;
};

export type TriggerRun = {
  readonly uid: string;
  readonly handler: string;
  readonly user: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Message of the failure: add-on triggers send no mail about it. */
  readonly error: string | null;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const weekDayOf = (wall: number): number => new Date(wall).getUTCDay();

/** The first due instant after `now`. */
export const nextDue = (schedule: Schedule, now: number, first: boolean): number | null => {
  if (schedule.kind === 'once') return first ? Math.max(schedule.at, now) : null;
  if (schedule.kind === 'every') return now + schedule.ms;
  const wall = wallTime(schedule.zone, now);
  const midnight = Math.floor(wall / DAY) * DAY;
  const clock = schedule.hour * HOUR + schedule.minute * 60_000;
  const step = schedule.kind === 'days' ? schedule.days : 1;
  for (let day = 0; day < 800; day++) {
    const start = midnight + day * DAY;
    const at = instantOf(schedule.zone, start + clock);
    if (at <= now) continue;
    if (schedule.kind === 'days' && !first && day % step !== 0) continue;
    if (schedule.kind === 'weeks' && weekDayOf(start) !== schedule.weekDay) continue;
    if (schedule.kind === 'weeks' && !first && day < 7 * schedule.weeks) continue;
    if (schedule.kind === 'month' && new Date(start).getUTCDate() !== schedule.day) continue;
    return at;
  }
  return null;
};

/** Shortest distance of two firings, for the add-on rule of one hour. */
export const intervalOf = (schedule: Schedule): number => (schedule.kind === 'every' ? schedule.ms : DAY);
