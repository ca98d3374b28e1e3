/**
 * Mail to the owner of a schedule when its runs fail: at once where somebody has to do something, otherwise once the data are out of
 * date. Data that are out of date because runs are only slow are mailed as well. Not more than one a day about the same trouble of an import.
 */
import { type FaultCode, policy } from '../errors';
import type { PersonalStore } from '../ports';
import type { SavedImport } from '../state/saved-import';
import { type Course, writeCourse } from '../state/schedule';
import type { Desk, Unattended } from './desk';
import { freshUntil, HOUR_MS, type Job, wallOf } from './schedule';
import { instantWords, said, type Trouble } from './standing';

export interface WatchedImport {
  readonly saved: SavedImport;
  readonly job: Job;
  readonly course: Course;
}

interface News extends WatchedImport {
  readonly trouble: Trouble;
}

/** Shortest distance of two mails about one trouble, in milliseconds: a day, less what a trigger may be early. */
const REPEAT_MS = 23.5 * HOUR_MS;

/** The trouble of an import whose runs are only slow. */
const SLOW = said('schedule/out-of-date');

const isRecent = (at: string, now: number): boolean => now - Date.parse(at) < REPEAT_MS;

const isStop = (code: string): boolean => code in policy && policy[code as FaultCode].action === 'stop'; // looked up just before

/**
 * What the owner should be written about this import now; null where nothing is wrong, it is early, or a mail told it. Runs that fail for
 * a while and runs that are slow end in the same, data out of date: a mail about either that is younger than the data tells both.
 */
const newsOf = (desk: Desk, { job, course }: WatchedImport, now: number): Trouble | null => {
  const mails = course.mailed.filter(({ at }) => isRecent(at, now));
  const isTold = (code: string): boolean => mails.some(({ trouble }) => trouble === code);
  const isToldSince = (instant: number, isMeant: (code: string) => boolean): boolean =>
    mails.some(({ trouble, at }) => isMeant(trouble) && Date.parse(at) > instant);
  const until = freshUntil(job, wallOf(desk.workbook()));
  const dataFrom = job.dataFrom ?? job.since;
  if (course.trouble === '') {
    const isLate = until !== null && now > until;
    return isLate && !isTold(SLOW.code) && !isToldSince(dataFrom, () => true) ? SLOW : null;
  }
  if (isTold(course.trouble)) return null;
  const failing = { code: course.trouble, text: course.message };
  if (isStop(course.trouble)) return failing;
  return now > (until ?? job.since) && !isToldSince(dataFrom, (code) => code === SLOW.code) ? failing : null;
};

const paragraph = (desk: Desk, { saved, trouble }: News): string => {
  const asOf = saved.lastPull?.dataAsOf ?? null;
  const data = asOf === null ? 'It was never complete.' : `Its data are as of ${instantWords(desk, Date.parse(asOf))}.`;
  return `${saved.title}\n${trouble.text}\n${data}`;
};

const subjectOf = (name: string, news: readonly News[]): string => {
  const titles = news.map(({ saved }) => `“${saved.title}”`).join(', ');
  const isOnlySlow = news.every(({ trouble }) => trouble === SLOW);
  return isOnlySlow
    ? `${name}: the data of ${titles} are out of date`
    : `${name}: scheduled refresh of ${titles} did not work`;
};

/**
 * Writes one mail about all that is new of these imports, with or without trouble. What could not be sent is tried again at the next
 * firing.
 */
export const mailTroubles = (desk: Desk, imports: readonly WatchedImport[]): void => {
  const now = desk.unattended.clock.now();
  const news = imports.flatMap((one) => {
    const trouble = newsOf(desk, one, now);
    return trouble === null ? [] : [{ ...one, trouble }];
  });
  if (news.length === 0) return;
  const { name, url } = desk.workbook();
  const body = [
    `In “${name}” (${url}), scheduled runs need your attention.`,
    ...news.map((one) => paragraph(desk, one)),
    `Times are in the file’s time zone. The next try is within the hour. You get at most one mail a day about the same trouble; to end them, remove the schedule in the sidebar.`,
  ].join('\n\n');
  if (desk.unattended.mail.send(subjectOf(name, news).slice(0, 200), body) !== 'sent') return;
  const at = new Date(now).toISOString();
  for (const { saved, course, trouble } of news) {
    const others = course.mailed.filter((mail) => mail.trouble !== trouble.code && isRecent(mail.at, now));
    writeCourse(desk.store, saved.id, { ...course, mailed: [...others, { trouble: trouble.code, at }] });
  }
};

/** Tells the person, once a day, that their trigger works without being told its file: nothing can be noted in the file itself. */
export const mailFileUnknown = ({ mail, clock }: Unattended, own: PersonalStore): void => {
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  if (own.get(UNKNOWN_MAILED) === day) return;
  const text = policy['schedule/file-unknown'].say({ message: '', run: '' });
  if (
    mail.send('List Sync for Affinity: scheduled runs do not work', `${text} You get at most one such mail a day.`) ===
    'sent'
  )
    own.set(UNKNOWN_MAILED, day);
};

const UNKNOWN_MAILED = 'fileUnknownMailed';
