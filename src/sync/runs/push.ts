/**
 * The push: sends edited cells to Affinity. `preview` and `push` see through the same eyes: edited rows, their records read
 * afresh, one plan. A push reads each block of rows again just before it writes them, so a conflict that arose meanwhile is held.
 */
import { ApiError } from '../../api/errors';
import type { Source } from '../datasets/dataset';
import { policy } from '../errors';
import type { Journal } from '../state/journal';
import type { SavedImport } from '../state/saved-import';
import { settle } from './apply';
import { blocksOf, type Edited, findEdits, openWorkplace, planEdits, rowMessages } from './edits';
import { isOnlyTime, waitOf } from './going-on';
import { type Intents, journalOf, settleIntents, writeIntents } from './keep-journal';
import { isOver, type Run } from './run';
import {
  commit,
  isSelected,
  type PushOptions,
  type Sending,
  send,
  toSend,
  withoutSkipped,
  writesAfter,
} from './send-rows';

export interface PushResult {
  readonly kind: 'done' | 'paused' | 'stopped';
  /** Code of the fault that ended it; '' for none. */
  readonly code: string;
  /** Whether the next run may go on at once: this one only ran out of time. */
  readonly goesOn: boolean;
  /** Milliseconds to wait before going on; 0 for none. */
  readonly waitMs: number;
  /** Cells and rows that Affinity took. */
  readonly cells: number;
  readonly rows: number;
  /** Cells that Affinity refused. */
  readonly failed: number;
  /** Cells that were stopped before they were sent. */
  readonly refused: number;
  readonly conflicts: number;
  /** Emptied cells that were kept back. */
  readonly clearsKept: number;
  readonly messages: readonly string[];
}

/** Edited rows of which some are to be sent. Other rows of the same entity come along: they may say something else of it. */
const withSelected = (edited: readonly Edited[], options: PushOptions): readonly Edited[] => {
  const entities = new Set(edited.filter(({ key }) => isSelected(options, key)).map(({ entity }) => entity));
  return edited.filter(({ entity }) => entities.has(entity));
};

/**
 * Sends what is edited. Rows are read again, sent and noted block by block; a fault of the run ends it after the block's results
 * are noted, and what was not sent stays pending.
 * @throws SheetError when the table or its state is gone; ApiError when the list itself can't be read
 */
export const push = (
  run: Run,
  importId: string,
  openSource: (saved: SavedImport) => Source,
  options: PushOptions,
): PushResult => {
  const work = openWorkplace(run, importId, openSource);
  const { saved, table, index, baseline } = work;
  const settled = settleIntents(work);
  const edited = withSelected(findEdits(work), options);
  const occasion = { run, saved, index, baseline, undoes: '' };
  let journal: Journal | null = null;
  const tally = { cells: 0, rows: 0, failed: 0, refused: 0, conflicts: 0, clearsKept: 0 };
  const messages: string[] = [];
  const allUnread: Edited[] = [];
  let kind: PushResult['kind'] = 'done';
  let code = '';
  let goesOn = false;
  let waitMs = 0;
  const blocks = blocksOf(edited);
  for (const block of blocks) {
    if (isOver(run)) {
      kind = 'paused';
      goesOn = true;
      messages.unshift('Paused: the time of this run is over. Push again to send the rest.');
      break;
    }
    const { plans, unread } = planEdits(work, block);
    allUnread.push(...unread);
    const shared = new Map<string, Sending>();
    const rows = plans
      .filter(({ record }) => isSelected(options, record.key))
      .map((plan) => toSend(work, plan, options, shared));
    let intents: Intents | null = null;
    if (rows.some(({ cells }) => cells.length > 0)) {
      journal ??= journalOf(run);
      intents = writeIntents(journal, occasion, rows);
      run.workbook.flush();
    }
    const fault = send(run, rows);
    const writes = rows.flatMap((row) => writesAfter(work, row, settled.get(row.plan.record.key) ?? []) ?? []);
    const skipped = writes.length === 0 ? [] : table.write(writes).skipped;
    settle(
      run.workbook,
      baseline,
      rows.map((row) => () => commit(work, withoutSkipped(row, skipped))),
    );
    if (intents !== null) {
      intents.complete();
      run.workbook.flush();
    }
    for (const { plan, cells, dropped } of rows) {
      const sent = cells.filter((cell) => cell.fault === null);
      tally.cells += sent.length;
      tally.rows += sent.length > 0 ? 1 : 0;
      tally.failed += cells.length - sent.length;
      const states = [...plan.cells]
        .filter(([key]) => !cells.some(({ column }) => column.key === key))
        .map(([, cell]) => cell.state);
      tally.refused += states.filter((state) => state === 'refused').length;
      tally.conflicts += states.filter((state) => state === 'conflict').length - dropped.length;
      tally.clearsKept += states.filter((state) => state === 'cleared').length;
    }
    run.onProgress?.({ rowsDone: tally.rows, rowsInAll: edited.length });
    if (fault !== null) {
      kind = policy[fault.code].action === 'pause' ? 'paused' : 'stopped';
      code = fault.code;
      goesOn = isOnlyTime(new ApiError(fault));
      waitMs = waitOf(new ApiError(fault));
      messages.unshift(policy[fault.code].say({ message: fault.message, run: run.id }));
      break;
    }
  }
  messages.push(...rowMessages(work, allUnread));
  run.log.write({ event: 'push', import: importId, kind, ...tally });
  return { kind, code, goesOn, waitMs, ...tally, messages };
};
