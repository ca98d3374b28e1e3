/**
 * Undo of a push: the journal's old values go back, only where Affinity still holds what that push wrote; everything else is listed.
 * An undo is a sending of its own, with its own journal lines, and can be undone itself.
 */
import { type Cell, isFormula } from '../cells/cell';
import { isBetween, sameValue, type Value } from '../cells/value';
import type { Column, Source, SyncRecord } from '../datasets/dataset';
import { policy } from '../errors';
import { isUnedited } from '../merge/merge-cell';
import { type CellLine, type Journal, type JournalEntry, ofKind } from '../state/journal';
import type { SavedImport } from '../state/saved-import';
import { recallFrom, settle } from './apply';
import { openWorkplace, type Workplace } from './edits';
import { existingJournal, writeIntents } from './keep-journal';
import { contextOf, type Run } from './run';
import { commit, fates, type RowSending, type Sending, send, together, withoutSkipped, writesAfter } from './send-rows';
import { settleWorkplace } from './settle-open';

/** A push that can be undone. */
export interface PastPush {
  readonly run: string;
  /** Instant, ISO 8601 UTC. */
  readonly time: string;
  readonly user: string;
  readonly cells: number;
  readonly rows: number;
  /** True for a run that itself took another back. */
  readonly isUndo: boolean;
}

/** One cell of an undo, in words. */
export interface UndoCell {
  readonly rowTitle: string;
  readonly field: string;
  /** What stands in Affinity now, and what would stand there again. */
  readonly now: string;
  readonly again: string;
  /** Why it is left alone; absent where it can be taken back. */
  readonly problem?: string;
}

export interface UndoResult {
  readonly cells: number;
  readonly rows: number;
  /** As in a push. */
  readonly failed: number;
  readonly unsent: number;
  readonly unanswered: number;
  readonly left: readonly UndoCell[];
  readonly messages: readonly string[];
}

/** Runs of an import whose cells were sent, newest first. */
export const pastPushes = (run: Run, importId: string): readonly PastPush[] => {
  const byRun = new Map<string, JournalEntry<CellLine>[]>();
  for (const entry of ofKind(existingJournal(run, importId)?.entries ?? [], 'cell')) {
    const { line } = entry;
    if (line.importId === importId && line.outcome === 'sent')
      byRun.set(line.run, [...(byRun.get(line.run) ?? []), entry]);
  }
  return [...byRun]
    .map(([id, entries]) => ({
      run: id,
      time: entries[0]?.line.time ?? '',
      user: entries[0]?.line.user ?? '',
      cells: entries.length,
      rows: new Set(entries.map(({ line }) => line.rowId)).size,
      isUndo: entries.some(({ line }) => line.undoes !== ''),
    }))
    .reverse();
};

interface UndoPlan {
  readonly work: Workplace;
  readonly journal: Journal;
  readonly back: readonly {
    readonly entry: JournalEntry<CellLine>;
    readonly column: Column;
    readonly record: SyncRecord;
  }[];
  readonly left: readonly UndoCell[];
}

const inWords = ({ line }: JournalEntry<CellLine>, problem?: string): UndoCell => ({
  rowTitle: line.rowTitle,
  field: line.field,
  now: line.newText,
  again: line.oldText,
  ...(problem === undefined ? {} : { problem }),
});

/** Whether Affinity holds what was sent, or what an undo that was cut off has made of it. */
const isOurs = (journal: Journal, { line }: JournalEntry<CellLine>, now: Value): boolean => {
  if (sameValue(now, line.new)) return true;
  const isBegun = ofKind(journal.entries, 'cell').some(
    ({ line: { outcome, undoes, rowId, column } }) =>
      outcome === 'sending' && undoes === line.run && rowId === line.rowId && column === line.column,
  );
  return isBegun && isBetween(now, line.new, line.old);
};

const planUndo = (work: Workplace, ofRun: string): UndoPlan | null => {
  const { run, saved } = work;
  const journal = existingJournal(run, saved.id);
  if (journal === null) return null;
  const entries = ofKind(journal.entries, 'cell').filter(
    ({ line }) => line.importId === saved.id && line.run === ofRun && line.outcome === 'sent',
  );
  const fresh = work.source.fresh(entries.map(({ line }) => ({ key: line.rowId, entity: line.entity })));
  const back: { entry: JournalEntry<CellLine>; column: Column; record: SyncRecord }[] = [];
  const left: UndoCell[] = [];
  for (const entry of entries) {
    const { line } = entry;
    const column = work.source.columns.find(({ key }) => key === line.column);
    const record = fresh.get(line.rowId);
    if (record === undefined) left.push(inWords(entry, 'Affinity no longer has this record.'));
    else if (column === undefined) left.push(inWords(entry, 'This field is not part of the import any more.'));
    else if (!isOurs(journal, entry, record.values.get(line.column) ?? null)) {
      left.push(inWords(entry, 'Somebody changed it since.'));
    } else back.push({ entry, column, record });
  }
  // A row that the push added is somebody's record now: it is listed here, and deleted only by a command of its own.
  for (const { line } of ofKind(journal.entries, 'creation')) {
    const isOfPush = line.importId === saved.id && line.run === ofRun && line.outcome === 'sent';
    if (isOfPush && work.index.positions.has(line.made)) {
      const problem = 'This row was added by the push. “Delete the selected rows in Affinity” removes it.';
      left.push({ rowTitle: line.rowTitle, field: 'Row', now: line.newText, again: '', problem });
    }
  }
  return { work, journal, back, left };
};

/** What an undo would do. Writes nothing. @throws ApiError, SheetError */
export const previewUndo = (
  run: Run,
  importId: string,
  ofRun: string,
  openSource: (saved: SavedImport) => Source,
): readonly UndoCell[] => {
  const plan = planUndo(openWorkplace(run, importId, openSource, 'reads'), ofRun);
  return plan === null ? [] : [...plan.back.map(({ entry }) => inWords(entry)), ...plan.left];
};

const rowsOf = ({
  work,
  back,
}: UndoPlan): readonly (RowSending & { readonly entries: readonly JournalEntry<CellLine>[] })[] => {
  const rows = new Map<string, { record: SyncRecord; cells: Sending[]; entries: JournalEntry<CellLine>[] }>();
  for (const { entry, column, record } of back) {
    const row = rows.get(record.key) ?? { record, cells: [], entries: [] };
    const mine: Value = entry.line.old;
    const from = record.values.get(column.key) ?? null;
    row.cells.push({ column, mine, from, calls: work.source.writes(record, column, mine), fault: null });
    row.entries.push(entry);
    rows.set(record.key, row);
  }
  return [...rows.values()].map(({ record, cells, entries }) => ({
    plan: { record, cells: new Map() },
    cells: together(work.source, record, cells),
    dropped: [],
    entries,
  }));
};

/** Columns of a row that an earlier, cut-off undo of the same push took back: the row's status names them together. */
const takenBack = ({ work, journal }: UndoPlan, ofRun: string, rowId: string): readonly Column[] =>
  ofKind(journal.entries, 'cell').flatMap(({ line }) => {
    const isBack = line.outcome === 'sent' && line.undoes === ofRun && line.rowId === rowId;
    return isBack ? work.source.columns.filter(({ key }) => key === line.column) : [];
  });

/** Cells that still show what was sent get the old value; cells edited since keep their edit, which is then pending. */
const restored = ({ index, baseline, run }: Workplace, row: RowSending): RowSending => {
  const position = index.positions.get(row.plan.record.key);
  const kept = baseline.get(row.plan.record.key);
  const context = contextOf(run);
  const dropped = row.cells.flatMap(({ column, mine, fault }) => {
    const sheet: Cell = index.snapshot.columns.get(column.key)?.[position ?? -1] ?? null;
    const base = kept?.cells.get(column.key) ?? { value: null };
    // A formula stays, and its result is an edit again.
    const isAsSent = !isFormula(sheet) && isUnedited({ column, base, sheet, context });
    return fault === null && isAsSent ? [{ column, theirs: mine }] : [];
  });
  return { ...row, dropped };
};

/** Takes a push back. @throws ApiError, SheetError */
export const undo = (
  run: Run,
  importId: string,
  ofRun: string,
  openSource: (saved: SavedImport) => Source,
): UndoResult => {
  const { work: opened } = settleWorkplace(openWorkplace(run, importId, openSource, 'writes'));
  const plan = planUndo(opened, ofRun);
  if (plan === null || plan.back.length === 0) {
    return { cells: 0, rows: 0, failed: 0, unsent: 0, unanswered: 0, left: plan?.left ?? [], messages: [] };
  }
  const { work, journal } = plan;
  const rows = rowsOf(plan);
  const values = rows.map(({ plan: { record }, cells }) => ({
    ...record,
    values: new Map(cells.map(({ column, mine }) => [column.key, mine])),
  }));
  run.names.learn(
    work.source.columns.filter(({ key }) => values.some((record) => record.values.has(key))),
    values,
  );
  const occasion = { run, saved: work.saved, index: work.index, baseline: work.baseline, undoes: ofRun };
  const intents = writeIntents(journal, occasion, rows);
  run.workbook.flush();
  const fault = send(run, rows);
  const after = rows.map((row) => restored(work, row));
  const writes = after.flatMap((row) => writesAfter(work, row, takenBack(plan, ofRun, row.plan.record.key)) ?? []);
  const skipped = writes.length === 0 ? [] : work.table.write(writes, recallFrom(work.index)).skipped;
  settle(
    run.workbook,
    work.baseline,
    // A row that stands nowhere, or twice, was not written: for it nothing is agreed on, and the next refresh brings the old value.
    after
      .filter((row) => work.index.positions.has(row.plan.record.key))
      .map((row) => () => commit(work, withoutSkipped(row, skipped))),
  );
  const undone = rows.flatMap(({ cells, entries }) => entries.filter((_entry, at) => cells[at]?.fault === null));
  // The lines taken back first: while this run's own lines are open, a later run knows that there is something to settle.
  if (undone.length > 0) journal.complete(undone.map((entry) => ({ entry, outcome: 'undone' as const })));
  intents.complete();
  run.workbook.flush();
  const notTaken = fates(rows.flatMap(({ cells }) => cells));
  run.log.write({ event: 'undo', import: importId, of: ofRun, cells: undone.length, ...notTaken });
  return {
    cells: undone.length,
    rows: rows.filter(({ cells }) => cells.some((cell) => cell.fault === null)).length,
    ...notTaken,
    left: plan.left,
    messages: fault === null ? [] : [policy[fault.code].say({ message: fault.message, run: run.id })],
  };
};
