/**
 * The push: adds rows that were typed into the table, then sends edited cells to Affinity. `preview` and `push` see through the same eyes: edited rows, their records read
 * afresh, one plan. A push reads each block of rows again just before it writes them, so a conflict that arose meanwhile is held.
 */
import { ApiError, type ApiFault } from '../../api/errors';
import type { Source } from '../datasets/dataset';
import { policy } from '../errors';
import { RECORDS_PER_BLOCK } from '../limits';
import type { Journal } from '../state/journal';
import type { SavedImport } from '../state/saved-import';

import { addRows } from './add-rows';
import { recallFrom, settle } from './apply';
import { count } from './count';
import {
  blocksOf,
  type Edited,
  findEdits,
  openWorkplace,
  planEdits,
  reindexed,
  rowMessages,
  strangeIn,
  type Workplace,
} from './edits';
import { isOnlyTime, waitOf } from './going-on';
import { type Intents, idsOfCreated, journalOf, writeIntents } from './keep-journal';
import { isOver, type Run } from './run';
import {
  commit,
  EVERYTHING,
  fates,
  givesCells,
  isAdded,
  isSelected,
  type PushOptions,
  type Sending,
  send,
  toSend,
  withIds,
  withoutSkipped,
  writesAfter,
} from './send-rows';
import { settleWorkplace } from './settle-open';
import { nameStrangeRows } from './strange-rows';
import { planTyped, rowsTyped } from './typed-rows';
import { cellsUnreached, statusUnreached } from './unreached-rows';

export interface PushResult {
  readonly kind: 'done' | 'paused' | 'stopped';
  /** Code of the fault that ended it; '' for none. */
  readonly code: string;
  /** Whether the next run may go on at once: this one only ran out of time. */
  readonly goesOn: boolean;
  /** Milliseconds to wait before going on; 0 for none. */
  readonly waitMs: number;
  /** Typed rows that are in Affinity now, and those that could not be added. */
  readonly rowsAdded: number;
  readonly rowsNotAdded: number;
  /** Cells that Affinity took, and their rows. */
  readonly cells: number;
  readonly rows: number;
  /** Cells that Affinity refused, whose call was never carried out, or of which nobody knows yet whether they arrived. */
  readonly failed: number;
  readonly unsent: number;
  readonly unanswered: number;
  /** Cells that were stopped before they were sent. */
  readonly refused: number;
  readonly conflicts: number;
  /** Emptied cells that were kept back. */
  readonly clearsKept: number;
  /** Results of formulas that were kept back. */
  readonly formulasKept: number;
  readonly messages: readonly string[];
}

/** Edited rows of which some are to be sent. Other rows of the same entity come along: they may say something else of it. */
const withSelected = (edited: readonly Edited[], options: PushOptions): readonly Edited[] => {
  const entities = new Set(edited.filter(({ key }) => isSelected(options, key)).map(({ entity }) => entity));
  return edited.filter(({ entity }) => entities.has(entity));
};

/** Rows that are read and sent, and the number of formulas of those that are left alone. */
const withoutFormulas = (
  edited: readonly Edited[],
  { leavesFormulas }: PushOptions,
): { readonly read: readonly Edited[]; readonly left: number } => {
  const typed = new Set(edited.flatMap(({ entity, formulas }) => (formulas === 0 ? [entity] : [])));
  // Beside a typed edit of the same record a formula may say something else of it.
  const read = leavesFormulas ? edited.filter(({ entity }) => typed.has(entity)) : edited;
  const left = edited.filter((row) => !read.includes(row));
  return { read, left: left.reduce((sum, { formulas }) => sum + formulas, 0) };
};

/** For so long, in milliseconds, a row that was added counts as new to a push that goes on where another one paused. */
const NEW_FOR_MS = 900_000;

/** Ids of rows that were added a moment ago, by what named them; a name that stands in the table again means another row. */
const lastCreated = (work: Workplace): ReadonlyMap<string, string> => {
  const typed = new Set(rowsTyped(work).map(({ key }) => key));
  const since = work.run.clock.now() - NEW_FOR_MS;
  return new Map([...idsOfCreated(work.run, work.saved.id, since)].filter(([key]) => !typed.has(key)));
};

interface Additions {
  readonly ids: ReadonlyMap<string, string>;
  readonly failed: number;
  readonly fault: ApiFault | null;
  readonly isOver: boolean;
  readonly messages: readonly string[];
}

const isCancelled = ({ isCancelAsked }: Run): boolean => isCancelAsked?.() === true;

/** Adds typed rows block by block; each block is looked up again just before it is made. @throws ApiError */
const addTyped = (opened: Workplace, options: PushOptions): Additions & { readonly work: Workplace } => {
  const ids = new Map<string, string>();
  const messages: string[] = [];
  const done = new Set<string>();
  const again = (options.selection ?? EVERYTHING).again ?? new Set();
  let failed = 0;
  let work = opened;
  let fault: ApiFault | null = null;
  const isTimeOver = (): boolean => isOver(opened.run) || isCancelled(opened.run);
  for (;;) {
    // Rows may have moved while the last block was made: they are found anew.
    const rows = rowsTyped(work).filter(({ key }) => isAdded(options, key));
    const block = rows.filter(({ key }) => !done.has(key)).slice(0, RECORDS_PER_BLOCK);
    if (block.length === 0 || fault !== null || isTimeOver()) {
      return { work, ids, failed, fault, isOver: block.length > 0 && fault === null, messages };
    }
    for (const { key } of block) done.add(key);
    const added = addRows(work, planTyped(work, block, rows), again);
    for (const [key, id] of added.ids) ids.set(key, id);
    failed += added.failed;
    messages.push(...added.messages);
    fault = added.fault;
    work = reindexed(work);
  }
};

/**
 * Adds what was typed and sends what is edited. Rows are read again, sent and noted block by block; a fault of the run ends it after the block's results
 * are noted, and what was not sent stays pending.
 * @throws SheetError when the table or its state is gone; ApiError when the list itself can't be read
 */
export const push = (
  run: Run,
  importId: string,
  openSource: (saved: SavedImport) => Source,
  wishes: PushOptions,
): PushResult => {
  const { work: opened, sent: settled } = settleWorkplace(openWorkplace(run, importId, openSource, 'writes'));
  const options = { ...wishes, neverClears: opened.saved.settings.blanks === 'never' };
  const additions = addTyped(opened, options);
  const { work } = additions;
  // What was chosen for a row before it had an id holds for it also when the run before this one added it.
  const chosen = withIds(options, new Map([...lastCreated(work), ...additions.ids]));
  const { saved, table, index, baseline } = work;
  const strange = strangeIn(work);
  nameStrangeRows(table, index, strange);
  const occasion = { run, saved, index, baseline, undoes: '' };
  let journal: Journal | null = null;
  const tally = {
    rowsAdded: additions.ids.size,
    rowsNotAdded: additions.failed,
    cells: 0,
    rows: 0,
    failed: 0,
    unsent: 0,
    unanswered: 0,
    refused: 0,
    conflicts: 0,
    clearsKept: 0,
    formulasKept: 0,
  };
  const messages: string[] = [...additions.messages];
  const allUnread: Edited[] = [];
  let kind: PushResult['kind'] = 'done';
  let code = '';
  let goesOn = false;
  let waitMs = 0;
  const timeIsOver = () => {
    kind = 'paused';
    goesOn = true;
    messages.unshift('Paused: the time of this run is over. Push again to send the rest.');
  };
  const endBy = (fault: ApiFault) => {
    kind = policy[fault.code].action === 'pause' ? 'paused' : 'stopped';
    code = fault.code;
    goesOn = isOnlyTime(new ApiError(fault));
    waitMs = waitOf(new ApiError(fault));
    messages.unshift(policy[fault.code].say({ message: fault.message, run: run.id }));
  };
  /** A fault of Affinity while rows are read ends the push as one while they are written does: what was sent is told all the same. */
  const reading = <T>(read: () => T): T | null => {
    try {
      return read();
    } catch (fault) {
      if (!(fault instanceof ApiError)) throw fault;
      endBy(fault.fault);
      return null;
    }
  };
  const cancelled = () => {
    kind = 'paused';
    messages.unshift(`Cancelled after ${count(tally.rows, 'row')}. What was sent stays. Push again to send the rest.`);
  };
  if (additions.isOver) isCancelled(run) ? cancelled() : timeIsOver();
  if (additions.fault !== null) endBy(additions.fault);
  const isOpen = additions.fault === null && !additions.isOver;
  const found = isOpen ? reading(() => withSelected(findEdits(work), chosen)) : null;
  const { read: edited, left } = withoutFormulas(found ?? [], chosen);
  tally.formulasKept = left;
  const blocks = blocksOf(edited);
  run.onProgress?.({ rowsDone: 0, rowsInAll: edited.length });
  let reached = 0;
  for (const block of blocks) {
    if (isOver(run)) {
      timeIsOver();
      break;
    }
    if (isCancelled(run)) {
      cancelled();
      break;
    }
    const planned = reading(() => planEdits(work, block));
    if (planned === null) break;
    reached += 1;
    const { plans, unread } = planned;
    allUnread.push(...unread);
    const shared = new Map<string, Sending>();
    const rows = plans
      .filter(({ record }) => isSelected(chosen, record.key))
      .map((plan) => toSend(work, plan, chosen, shared));
    let intents: Intents | null = null;
    if (rows.some(({ cells }) => cells.length > 0)) {
      journal ??= journalOf(run, work.saved.id);
      intents = writeIntents(journal, occasion, rows);
      run.workbook.flush();
    }
    const fault = send(run, rows);
    const writes = rows.flatMap((row) => writesAfter(work, row, settled.get(row.plan.record.key) ?? []) ?? []);
    if (rows.some(givesCells)) {
      const { skipped } = table.write(writes, recallFrom(index));
      settle(
        run.workbook,
        baseline,
        rows.map((row) => () => commit(work, withoutSkipped(row, skipped))),
      );
      intents?.complete();
      run.workbook.flush();
    } else {
      // What was done was done in Affinity, and the cells only tell of it: all notes of it become real together.
      table.write(writes, recallFrom(index), () => {
        for (const row of rows) commit(work, row);
        baseline.save();
        intents?.complete();
      });
    }
    for (const { plan, cells, dropped } of rows) {
      const sent = cells.filter((cell) => cell.fault === null);
      tally.cells += sent.length;
      tally.rows += sent.length > 0 ? 1 : 0;
      const { failed, unsent, unanswered } = fates(cells);
      tally.failed += failed;
      tally.unsent += unsent;
      tally.unanswered += unanswered;
      const states = [...plan.cells]
        .filter(([key]) => !cells.some(({ column }) => column.key === key))
        .map(([, cell]) => cell.state);
      tally.refused += states.filter((state) => state === 'refused').length;
      tally.conflicts += states.filter((state) => state === 'conflict').length - dropped.length;
      tally.formulasKept += states.filter((state) => state === 'formula').length;
      tally.clearsKept += states.filter((state) => state === 'cleared').length;
    }
    run.onProgress?.({ rowsDone: tally.rows, rowsInAll: edited.length });
    if (fault !== null) {
      endBy(fault);
      break;
    }
  }
  // A push that only ran out of time goes on with the rest.
  const unreached = goesOn ? [] : blocks.slice(reached).flat();
  tally.unsent += cellsUnreached(work, unreached, chosen);
  if (unreached.length > 0 && !isOver(run)) {
    table.write(statusUnreached(work, unreached, messages[0] ?? ''), recallFrom(index));
  }
  messages.push(...rowMessages(work, allUnread, strange));
  run.log.write({ event: 'push', import: importId, kind, ...tally });
  return { kind, code, goesOn, waitMs, ...tally, messages };
};
