/**
 * One firing of a person's trigger in a file: serves that person's schedules, unfinished ones first, then the most overdue, as long as
 * the time goes. Nobody looks on, so whatever happens is noted where people look later, and trouble is mailed, be it a fault or slowness.
 */

import { explain } from '../errors';
import { LEAST_JOB_MS, RUN_BUDGET_MS, SOONEST_MS } from '../limits';
import { ScheduleError } from '../ports';
import { idIn } from '../row-id';
import { readImport, type SavedImport } from '../state/saved-import';
import {
  COURSE_VERSION,
  type Course,
  readCourse,
  readSchedule,
  type Schedule,
  writeCourse,
  writeTick,
} from '../state/schedule';
import { count } from './count';
import { type Desk, NotConnected, pushImport, refreshChanged, refreshImport, savedImports } from './desk';
import { mailTroubles, type WatchedImport } from './mail-trouble';
import { type LogEntry, reportRuns, reportStatus } from './report-status';
import type { Run } from './run';
import { dueJobs, type Job, wallOf } from './schedule';
import { EVERYTHING } from './send-rows';
import { stopUnused } from './set-schedule';
import { instantWords, jobOf } from './standing';

interface ScheduledJob extends Job {
  readonly saved: SavedImport;
  readonly schedule: Schedule;
}

/** How one import's turn went. `code` is '' where nothing was wrong. */
interface Turn {
  readonly result: 'done' | 'paused' | 'stopped';
  readonly code: string;
  readonly message: string;
  readonly rows: number | null;
  readonly changed: number | null;
  readonly sent: number | null;
  readonly calls: number;
  readonly monthRemaining: number | null;
  /** Something is left for which only the time was missing. */
  readonly isOpen: boolean;
  readonly waitMs: number;
}

const NOTHING = { rows: null, changed: null, sent: null, calls: 0, monthRemaining: null, isOpen: false, waitMs: 0 };

/** The turn of an import to which the first firing since its schedule was set did not come. */
const NOT_BEGUN: Turn = {
  ...NOTHING,
  result: 'paused',
  code: '',
  message: 'Not begun: the time of the scheduled run went to other imports. The next one goes on.',
};

/** Troubles that say something about the key, the firm or the platform: another import would fare no better now. */
const CONCERNS_ALL: ReadonlySet<string> = new Set([
  'api/bad-key',
  'api/month-used-up',
  'api/month-floor',
  'api/server-trouble',
  'api/no-answer',
  'api/platform-quota',
  'schedule/not-connected',
  'schedule/day-used-up',
]);

const troubled = (fault: unknown, desk: Desk, run: Run | null): Turn => {
  const known = fault instanceof NotConnected ? new ScheduleError('schedule/not-connected') : fault;
  const explanation =
    explain(known, run?.id ?? 'see the log') ?? explain(new ScheduleError('schedule/defect'), desk.report(fault));
  return {
    ...NOTHING,
    result: explanation?.action === 'pause' ? 'paused' : 'stopped',
    code: explanation?.code ?? 'schedule/defect',
    message: explanation?.text ?? '',
    calls: run?.callsMade() ?? 0,
  };
};

/** The rows that Affinity has: rows that a person typed are made there only while somebody looks on. */
const rowsOfAffinity = ({ workbook }: Run, importId: string): ReadonlySet<string> => {
  const { tabId } = readImport(workbook.state(importId));
  return new Set(
    workbook
      .table(importId, tabId)
      .ids()
      .ids.flatMap((cell) => idIn(cell) ?? []),
  );
};

/** Sends the edits of an import: conflicts, emptied cells, formulas and new rows are held, since nobody is there to decide. */
const sendEdits = (desk: Desk, run: Run, importId: string) => {
  const selection = { ...EVERYTHING, rows: rowsOfAffinity(run, importId) };
  const pushed = pushImport(desk, run, importId, {
    sendClears: false,
    choices: new Map(),
    selection,
    leavesFormulas: true,
  });
  const { kind, code, goesOn, waitMs, cells, messages } = pushed;
  const held =
    pushed.conflicts +
    pushed.clearsKept +
    pushed.formulasKept +
    pushed.failed +
    pushed.unsent +
    pushed.unanswered +
    pushed.refused;
  const facts = `${count(cells, 'cell')} sent${held > 0 ? `, ${held} held: see the status column` : ''}.`;
  return { kind, code, goesOn, waitMs, cells, message: [...messages.slice(0, 1), facts].join(' ') };
};

const takeTurn = (desk: Desk, job: ScheduledJob, deadline: number): Turn => {
  const { clock } = desk.unattended;
  let run: Run | null = null;
  try {
    run = desk.openRun(deadline - clock.now());
    const pulled = refreshChanged(desk, run, job.importId) ?? refreshImport(desk, run, job.importId);
    const facts = `${count(pulled.rows, 'row')} read, ${pulled.rowsAdded} added, ${count(pulled.cellsChanged, 'cell')} changed.`;
    const unfinished = `Not finished: ${count(pulled.rows, 'row')} done so far. The next scheduled run goes on with it.`;
    const message = pulled.goesOn ? unfinished : (pulled.messages[0] ?? facts);
    const turn: Turn = {
      ...NOTHING,
      result: pulled.kind,
      code: pulled.goesOn ? '' : pulled.code,
      message,
      rows: pulled.rows,
      changed: pulled.cellsChanged,
      calls: run.callsMade(),
      monthRemaining: run.api.quota().monthRemaining,
      isOpen: pulled.goesOn,
      waitMs: pulled.waitMs,
    };
    if (pulled.kind !== 'done' || !job.schedule.sendsEdits) return turn;
    const pushed = sendEdits(desk, run, job.importId);
    return {
      ...turn,
      result: pushed.kind,
      code: pushed.goesOn ? '' : pushed.code,
      message: `${message} ${pushed.message}`,
      sent: pushed.cells,
      calls: run.callsMade(),
      monthRemaining: run.api.quota().monthRemaining,
      isOpen: pushed.goesOn,
      waitMs: pushed.waitMs,
    };
  } catch (fault) {
    return troubled(fault, desk, run);
  }
};

/** Notes how a turn went. */
const noteTurn = (desk: Desk, { importId }: Job, turn: Turn, at: number): void => {
  const before = readCourse(desk.store, importId);
  const time = new Date(at).toISOString();
  const course: Course = {
    version: COURSE_VERSION,
    at: time,
    result: turn.result,
    trouble: turn.code,
    message: turn.message,
    calls: turn.calls,
    monthRemaining: turn.monthRemaining ?? before?.monthRemaining ?? null,
    failingSince: turn.code === '' ? null : (before?.failingSince ?? time),
    isOpen: turn.isOpen,
    mailed: before?.mailed ?? [],
  };
  writeCourse(desk.store, importId, course);
};

const isBusy = (turn: Turn): boolean => turn.code === 'sheet/busy';

const jobsOf = (desk: Desk, ownerKey: string): readonly ScheduledJob[] =>
  savedImports(desk).flatMap((saved) => {
    const schedule = readSchedule(desk.store, saved.id);
    return schedule === null || schedule.ownerKey !== ownerKey
      ? []
      : [{ ...jobOf(desk, saved, schedule), saved, schedule }];
  });

/** The person's imports as they stand after a firing: those that failed in it, and those without a fault, be they in time or late. */
const afterTurns = (desk: Desk, ownerKey: string, failed: ReadonlySet<string>): readonly WatchedImport[] =>
  jobsOf(desk, ownerKey).flatMap((job) => {
    const course = readCourse(desk.store, job.importId);
    const isWatched = course !== null && (course.trouble === '' || failed.has(job.importId));
    return isWatched ? [{ saved: job.saved, job, course }] : [];
  });

/** The trouble that keeps every job from being begun, or null. */
const obstacle = (desk: Desk): Turn | null => {
  const { triggerTime, isPermitted } = desk.unattended;
  if (!isPermitted()) return troubled(new ScheduleError('schedule/access-declined'), desk, null);
  if (triggerTime.used() < triggerTime.limit) return null;
  return troubled(new ScheduleError('schedule/day-used-up', instantWords(desk, triggerTime.endsAt())), desk, null);
};

/** `isExtra`: a firing that was asked for between two hours. `budgetMs`: the time that it may take. */
export interface Firing {
  readonly isExtra: boolean;
  readonly budgetMs?: number;
}

/** Serves the person's schedules in this file. */
export const fireSchedules = (desk: Desk, { isExtra, budgetMs = RUN_BUDGET_MS }: Firing): void => {
  const { clock, timer, triggerTime } = desk.unattended;
  const { key, email } = desk.unattended.person();
  const began = clock.now();
  const deadline = began + Math.max(0, Math.min(budgetMs, triggerTime.limit - triggerTime.used()));
  if (!isExtra) writeTick(desk.store, key, began);
  const jobs = jobsOf(desk, key);
  if (jobs.length === 0) {
    stopUnused(desk); // somebody else owns them by now, or they are gone
    return;
  }
  const log: LogEntry[] = [];
  const failed = new Set<string>();
  let common = obstacle(desk);
  let soonMs: number | null = null;
  for (const job of dueJobs(jobs, began, wallOf(desk.workbook()))) {
    if (common === null && deadline - clock.now() < LEAST_JOB_MS) {
      soonMs ??= 0;
      if (readCourse(desk.store, job.importId) === null) noteTurn(desk, job, NOT_BEGUN, clock.now());
      continue;
    }
    const turn: Turn = common === null ? takeTurn(desk, job, deadline) : { ...common, calls: 0 };
    // Somebody else's run does the work: nothing is wrong, and what it does is noted by itself.
    if (isBusy(turn)) continue;
    if (CONCERNS_ALL.has(turn.code)) common = turn;
    noteTurn(desk, job, turn, clock.now());
    if (turn.code !== '') failed.add(job.importId);
    if (turn.isOpen) soonMs = Math.max(soonMs ?? 0, turn.waitMs);
    log.push({
      at: clock.now(),
      title: job.saved.title,
      run: job.schedule.sendsEdits ? 'Scheduled refresh and push' : 'Scheduled refresh',
      who: email,
      result: turn.result,
      rows: turn.rows,
      changed: turn.changed,
      sent: turn.sent,
      calls: turn.calls,
      message: turn.message,
    });
  }
  reportRuns(desk, log);
  mailTroubles(desk, afterTurns(desk, key, failed));
  reportStatus(desk, clock.now());
  desk.workbook().flush();
  if (soonMs !== null) timer.soon(Math.max(SOONEST_MS, soonMs));
  triggerTime.add(clock.now() - began);
};
