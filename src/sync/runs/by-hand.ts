/**
 * What a person starts: the same runs, noted in the tabs that tell how things stand. A slice that is to be followed by another one is not
 * worth a note.
 */
import { readCourse, writeCourse } from '../state/schedule';
import { type Desk, pushImport, refreshImport, savedImports } from './desk';
import type { PullResult } from './pull';
import type { PushResult } from './push';
import { reportRuns, reportStatus } from './report-status';
import type { Run } from './run';
import type { PushOptions } from './send-rows';

type Facts = {
  readonly run: string;
  readonly rows: number | null;
  readonly changed: number | null;
  readonly sent: number | null;
};

/** A refresh by hand that ended well ends the trouble of the scheduled ones, as far as data go. */
const settleCourse = (desk: Desk, importId: string, result: PullResult): void => {
  const course = readCourse(desk.store, importId);
  if (course === null || result.kind !== 'done' || course.failingSince === null) return;
  writeCourse(desk.store, importId, { ...course, failingSince: null, trouble: '', isOpen: false });
};

const note = (desk: Desk, run: Run, importId: string, result: PullResult | PushResult, facts: Facts): void => {
  if (result.goesOn || desk.workbook().report('status') === null) return;
  const at = run.clock.now();
  const title = savedImports(desk).find(({ id }) => id === importId)?.title ?? '';
  const message = result.messages[0] ?? '';
  reportRuns(desk, [{ at, title, who: run.user, result: result.kind, calls: run.callsMade(), message, ...facts }]);
  reportStatus(desk, at);
  desk.workbook().flush();
};

/** Brings an import up to date. @throws SheetError */
export const refreshByHand = (desk: Desk, run: Run, importId: string, agreed = false): PullResult => {
  const result = refreshImport(desk, run, importId, agreed);
  settleCourse(desk, importId, result);
  note(desk, run, importId, result, { run: 'Refresh', rows: result.rows, changed: result.cellsChanged, sent: null });
  return result;
};

/** Sends the edits of an import. @throws ApiError, SheetError */
export const pushByHand = (desk: Desk, run: Run, importId: string, options: PushOptions): PushResult => {
  const result = pushImport(desk, run, importId, options);
  note(desk, run, importId, result, { run: 'Push', rows: null, changed: null, sent: result.cells });
  return result;
};
