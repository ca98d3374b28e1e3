/**
 * Mail to the owner of a schedule when its runs fail: at once where somebody has to do something, otherwise once the data are out of
 * date. Not more than one a day about the same trouble of an import.
 */
import { type FaultCode, policy } from '../errors';
import type { PersonalStore } from '../ports';
import type { SavedImport } from '../state/saved-import';
import { type Course, writeCourse } from '../state/schedule';
import type { Desk, Unattended } from './desk';
import { freshUntil, HOUR_MS, type Job, wallOf } from './schedule';
import { instantWords } from './standing';

export interface TroubledImport {
  readonly saved: SavedImport;
  readonly job: Job;
  readonly course: Course;
}

/** Shortest distance of two mails about one trouble, in milliseconds: a day, less what a trigger may be early. */
const REPEAT_MS = 23.5 * HOUR_MS;

const isRecent = (at: string, now: number): boolean => now - Date.parse(at) < REPEAT_MS;

const isStop = (code: string): boolean => code in policy && policy[code as FaultCode].action === 'stop'; // looked up just before

/** Whether it is time to write about this trouble, and nobody has for a day. */
const isToBeMailed = (desk: Desk, { job, course }: TroubledImport, now: number): boolean => {
  if (course.mailed.some(({ trouble, at }) => trouble === course.trouble && isRecent(at, now))) return false;
  const until = freshUntil(job, wallOf(desk.workbook())) ?? job.since;
  return isStop(course.trouble) || now > until;
};

const paragraph = (desk: Desk, { saved, course }: TroubledImport): string => {
  const asOf = saved.lastPull?.dataAsOf ?? null;
  const data = asOf === null ? 'It was never complete.' : `Its data are as of ${instantWords(desk, Date.parse(asOf))}.`;
  return `${saved.title}\n${course.message}\n${data}`;
};

/** Writes one mail about all that is new. What could not be sent is tried again at the next firing. */
export const mailTroubles = (desk: Desk, troubled: readonly TroubledImport[]): void => {
  const now = desk.unattended.clock.now();
  const news = troubled.filter((one) => isToBeMailed(desk, one, now));
  if (news.length === 0) return;
  const { name, url } = desk.workbook();
  const titles = news.map(({ saved }) => `“${saved.title}”`).join(', ');
  const subject = `${name}: scheduled refresh of ${titles} did not work`.slice(0, 200);
  const body = [
    `In “${name}” (${url}), scheduled runs need your attention.`,
    ...news.map((one) => paragraph(desk, one)),
    `Times are in the file’s time zone. The next try is within the hour. You get at most one mail a day about the same trouble; to end them, remove the schedule in the sidebar.`,
  ].join('\n\n');
  if (desk.unattended.mail.send(subject, body) !== 'sent') return;
  const at = new Date(now).toISOString();
  for (const { saved, course } of news) {
    const others = course.mailed.filter((mail) => mail.trouble !== course.trouble && isRecent(mail.at, now));
    writeCourse(desk.store, saved.id, { ...course, mailed: [...others, { trouble: course.trouble, at }] });
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
