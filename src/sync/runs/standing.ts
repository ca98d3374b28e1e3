/**
 * How an import stands: how old its data are, what runs by itself and when, for whom, and what is wrong. Only what the file knows: no
 * call to Affinity. The sidebar and the status tab show the same.
 */
import { explain, policy } from '../errors';
import { ScheduleError } from '../ports';
import { readCheckpoint } from '../state/checkpoint';
import { readFreshness } from '../state/freshness';
import type { SavedImport } from '../state/saved-import';
import { type Course, readCourse, readSchedule, readTick, type Schedule } from '../state/schedule';
import type { Desk } from './desk';
import { freshUntil, type Job, nextRunAt, wallOf } from './schedule';

/** What keeps a schedule from doing its work. */
export interface Trouble {
  readonly code: string;
  /** What the analyst reads. */
  readonly text: string;
}

/** Instants in milliseconds since 1970. */
export interface Standing {
  readonly saved: SavedImport;
  /** As of when all columns are. */
  readonly dataFrom: number | null;
  /** As of when the rows are, and the columns whose changes Affinity records; headers of the other columns. */
  readonly changesFrom: number | null;
  readonly older: readonly string[];
  /** From when on the data count as out of date; null without a schedule, or where they never were complete. */
  readonly freshUntil: number | null;
  readonly schedule: Schedule | null;
  readonly course: Course | null;
  /** Whether the schedule is served by the trigger of the person who asks. */
  readonly isMine: boolean;
  /** When the next run is to be expected; null for none. */
  readonly nextRun: number | null;
  readonly trouble: Trouble | null;
}

const instantOf = (iso: string | null | undefined): number | null => (iso == null ? null : Date.parse(iso));

/** As of when what Affinity records is current: at least as of the last complete refresh. */
const changesFrom = ({ store }: Pick<Desk, 'store'>, { id, lastPull }: SavedImport): number | null =>
  instantOf(readFreshness(store, id, lastPull?.dataAsOf ?? null)?.asOf ?? lastPull?.dataAsOf);

/** What the engine asks about an import that has a schedule. */
export const jobOf = (desk: Pick<Desk, 'store'>, saved: SavedImport, schedule: Schedule): Job => ({
  importId: saved.id,
  cadence: schedule.cadence,
  since: Date.parse(schedule.since),
  dataFrom: changesFrom(desk, saved),
  isUnfinished: readCheckpoint(desk.store, saved.id) !== null || (readCourse(desk.store, saved.id)?.isOpen ?? false),
});

/** An instant as people read it in this file: in its zone, to the minute. */
export const instantWords = (desk: Pick<Desk, 'workbook'>, instant: number): string =>
  desk.workbook().localTime(instant).slice(0, 16).replace('T', ' ');

/** A trouble with its sentence. */
export const said = (code: ScheduleError['code'], detail = ''): Trouble => ({
  code,
  text: explain(new ScheduleError(code, detail), '')?.text ?? policy[code].say({ message: detail, run: '' }),
});

const troubleOf = (
  desk: Desk,
  isMine: boolean,
  tick: number | null,
  course: Course | null,
  isSilent: boolean,
): Trouble | null => {
  if (isMine) {
    const state = desk.unattended.timer.state();
    if (state === 'declined') return said('schedule/triggers-declined');
    if (state === 'missing') return said('schedule/trigger-gone');
    if (state === 'blind') return said('schedule/file-unknown');
    if (!desk.connection.isConnected()) return said('schedule/not-connected');
  }
  if (isSilent) return said('schedule/silent', tick === null ? 'it was set' : instantWords(desk, tick));
  return course?.failingSince == null ? null : { code: course.trouble, text: course.message };
};

export const standingOf = (desk: Desk, saved: SavedImport, now: number): Standing => {
  const dataFrom = instantOf(saved.lastPull?.dataAsOf);
  const schedule = readSchedule(desk.store, saved.id);
  const fresh = {
    dataFrom,
    changesFrom: changesFrom(desk, saved),
    older: readFreshness(desk.store, saved.id, saved.lastPull?.dataAsOf ?? null)?.older ?? [],
  };
  if (schedule === null) {
    return { saved, ...fresh, freshUntil: null, schedule, course: null, isMine: false, nextRun: null, trouble: null };
  }
  const wallTime = wallOf(desk.workbook());
  const job = jobOf(desk, saved, schedule);
  const course = readCourse(desk.store, saved.id);
  const isMine = schedule.ownerKey === desk.unattended.person().key;
  const tick = readTick(desk.store, schedule.ownerKey);
  const expected = nextRunAt(job, tick, now, wallTime);
  const trouble = troubleOf(desk, isMine, tick, course, expected === null);
  const runs = !['schedule/triggers-declined', 'schedule/trigger-gone', 'schedule/file-unknown'].includes(
    trouble?.code ?? '',
  );
  return {
    saved,
    ...fresh,
    freshUntil: freshUntil(job, wallTime),
    schedule,
    course,
    isMine,
    nextRun: runs ? expected : null,
    trouble,
  };
};
