/**
 * The journal around a sending: a line for each cell before its call, its outcome after it. A line that is still open when a run
 * begins belongs to a run that died, or whose answer was lost: Affinity is asked whether the value arrived.
 */
import { type Cell, cellText, isFormula, keptText, plainOf } from '../cells/cell';
import { isBetween, mergeSets, sameValue, type Value } from '../cells/value';
import type { Column, Making, Source } from '../datasets/dataset';
import { JOURNAL_KEPT } from '../limits';
import { isUnedited, ownOf } from '../merge/merge-cell';
import type { TableIndex } from '../merge/plan';
import type { RowWrite, TablePort } from '../ports';
import { STATUS_COLUMN } from '../row-id';
import type { Baseline, BaselineCell, BaselineRow } from '../state/baseline';
import {
  type CellLine,
  type CreationLine,
  type Journal,
  type JournalEntry,
  type JournalLine,
  journalIdOf,
  type Outcome,
  ofKind,
  openJournal,
  SHARED_JOURNAL_ID,
} from '../state/journal';
import type { SavedImport } from '../state/saved-import';
import { recallFrom } from './apply';
import { isOpen, isUnsent } from './fate';
import { contextOf, type Run } from './run';
import type { RowSending, Sending } from './send-rows';
import { addedPart, sentSentence } from './sent-sentence';

const openedJournal = ({ workbook }: Pick<Run, 'workbook'>, id: string): Journal | null => {
  const journal = workbook.states().includes(id) ? openJournal(workbook.state(id)) : null;
  return journal?.isBlank === true ? null : journal;
};

/** The journal of an import, if it has one yet; what it shares with others counts until it has its own. @throws SheetError */
export const existingJournal = (run: Pick<Run, 'workbook'>, importId: string): Journal | null =>
  openedJournal(run, journalIdOf(importId)) ?? openedJournal(run, SHARED_JOURNAL_ID);

/** Room for the lines of a push or two; as large as a tab is made, so that nothing has to be taken off. */
const JOURNAL_SIZE = { columns: 26, rows: 1_000 };

/** The import's own journal, made when it is not there, with the lines that stand in the shared one. @throws SheetError */
export const journalOf = (run: Run, importId: string): Journal => {
  const { workbook } = run;
  const id = journalIdOf(importId);
  const own = openJournal(workbook.states().includes(id) ? workbook.state(id) : workbook.createState(id, JOURNAL_SIZE));
  if (!own.isBlank) {
    own.trim(JOURNAL_KEPT);
    return own;
  }
  const shared = openedJournal(run, SHARED_JOURNAL_ID)?.entries ?? [];
  own.add(shared.flatMap(({ line }) => (line.importId === importId ? [line] : [])));
  return own;
};

/** Lines of an import whose outcome is not known. @throws SheetError */
export const openLines = (run: Run, importId: string): readonly JournalEntry[] =>
  existingJournal(run, importId)?.entries.filter(
    ({ line }) => line.outcome === 'sending' && line.importId === importId,
  ) ?? [];

/** Ids of rows of an import that were made since an instant, by what named them before. @throws SheetError */
export const idsOfCreated = (run: Run, importId: string, since: number): ReadonlyMap<string, string> =>
  new Map(
    ofKind(existingJournal(run, importId)?.entries ?? [], 'creation').flatMap(({ line }) =>
      // Of several calls for one row the last one completed it.
      line.importId === importId && line.outcome === 'sent' && Date.parse(line.time) >= since
        ? [[line.rowId, line.made] as const]
        : [],
    ),
  );

/** The line of a creating call that is about to be sent. */
export const creationLine = (
  run: Run,
  { noun, title, parts }: Making,
  whose: Pick<CreationLine, 'importTitle' | 'importId' | 'rowId'>,
): CreationLine => ({
  ...whose,
  kind: 'creation',
  time: new Date(run.clock.now()).toISOString(),
  user: run.user,
  rowTitle: title,
  field: noun,
  oldText: '',
  newText: title,
  outcome: 'sending',
  run: run.id,
  entity: '',
  parts,
  made: '',
});

/** The lines of a block that is about to be sent, written down first. Buffered until the workbook is flushed. */
export interface Intents {
  readonly lines: ReadonlyMap<Sending, JournalEntry>;
  /** Notes what became of each. Buffered until the workbook is flushed. */
  complete(): void;
}

export interface Occasion {
  readonly run: Run;
  readonly saved: SavedImport;
  readonly index: TableIndex;
  readonly baseline: Baseline;
  /** The run that this sending takes back, or ''. */
  readonly undoes: string;
}

const fullText = Number.MAX_SAFE_INTEGER;

const wordsOf = (run: Run, column: Column, value: Value): string =>
  cellText(value === null ? null : column.codec.toCell(value, contextOf(run)), fullText);

const lineOf = (
  { run, saved, index, baseline, undoes }: Occasion,
  { plan }: RowSending,
  sending: Sending,
): CellLine => {
  const { column, mine } = sending;
  const position = index.positions.get(plan.record.key) ?? -1;
  const cellAt = (key: string) => index.snapshot.columns.get(key)?.[position] ?? null;
  const [title] = index.snapshot.columns.keys();
  const theirs = plan.record.values.get(column.key) ?? null;
  const kept = baseline.get(plan.record.key)?.cells.get(column.key);
  const words = (value: Value): string => wordsOf(run, column, value);
  return {
    time: new Date(run.clock.now()).toISOString(),
    user: run.user,
    importTitle: saved.title,
    rowTitle: cellText(title === undefined ? null : cellAt(title), 200),
    field: column.header,
    oldText: kept?.text !== undefined && sameValue(kept.value, theirs) ? kept.text : words(theirs),
    // What is sent for both sides together stands nowhere yet.
    newText:
      undoes !== '' || ownOf(plan.cells.get(column.key)) !== undefined
        ? words(mine)
        : cellText(plainOf(cellAt(column.key)), fullText),
    kind: 'cell',
    outcome: 'sending',
    run: run.id,
    importId: saved.id,
    rowId: plan.record.key,
    entity: plan.record.entity,
    column: column.key,
    old: theirs,
    new: mine,
    undoes,
  };
};

export const writeIntents = (journal: Journal, occasion: Occasion, rows: readonly RowSending[]): Intents => {
  const owners = new Map<Sending, RowSending>();
  for (const row of rows) for (const sending of row.cells) if (!owners.has(sending)) owners.set(sending, row);
  const sendings = [...owners.keys()];
  // A cell of which an earlier run sent a part keeps what it was before that.
  const begun: JournalEntry<CellLine>[] = [];
  const added = [...owners].map(([sending, row]) => {
    const line = lineOf(occasion, row, sending);
    const part = ofKind(journal.entries, 'cell').find(
      ({ line: { outcome, importId, rowId, column } }) =>
        outcome === 'sending' && importId === line.importId && rowId === line.rowId && column === line.column,
    );
    if (part === undefined) return line;
    begun.push(part);
    return { ...line, old: part.line.old, oldText: part.line.oldText };
  });
  if (begun.length > 0) journal.drop(begun);
  const entries = journal.add(added);
  const lines = new Map(sendings.flatMap((sending, at) => (entries[at] === undefined ? [] : [[sending, entries[at]]])));
  return {
    lines,
    complete() {
      const outcomes: { entry: JournalEntry; outcome: Outcome; part?: Pick<CellLine, 'new' | 'newText'> }[] = [];
      const unsent: JournalEntry[] = [];
      const refused: JournalLine[] = [];
      for (const [{ fault, part, column }, entry] of lines) {
        if (fault === null) outcomes.push({ entry, outcome: 'sent' });
        else if (part !== undefined) {
          const newText = wordsOf(occasion.run, column, part.value);
          outcomes.push({ entry, outcome: 'sent', part: { new: part.value, newText } });
          const { line } = entry;
          if (!isUnsent(fault) && line.kind === 'cell')
            refused.push({ ...line, outcome: 'refused', old: part.value, oldText: newText });
        } else if (isUnsent(fault)) unsent.push(entry);
        else if (!isOpen(fault)) outcomes.push({ entry, outcome: 'refused' });
      }
      if (outcomes.length > 0) journal.complete(outcomes);
      if (refused.length > 0) journal.add(refused);
      if (unsent.length > 0) journal.drop(unsent);
    },
  };
};

/** Columns, by row id, whose open lines turned out to have been sent. */
export type Settled = ReadonlyMap<string, readonly Column[]>;

export interface Settlement {
  readonly run: Run;
  readonly saved: SavedImport;
  readonly source: Source;
  readonly table: TablePort;
  readonly index: TableIndex;
  readonly baseline: Baseline;
}

const NOTHING: Settled = new Map();

/** Learns the names that settled values may need in cells. */
const learnNames = (run: Run, source: Source, entries: readonly JournalEntry<CellLine>[]): void => {
  const records = entries.map(({ line }) => ({
    key: line.rowId,
    entity: line.entity,
    title: '',
    values: new Map([[line.column, line.new]]),
    stored: new Map(),
  }));
  const columns = source.columns.filter(({ key }) => entries.some(({ line }) => line.column === key));
  if (records.length > 0) run.names.learn(columns, records);
};

/** Whether a cell still shows what both sides last agreed on. */
const isAsAgreed = (run: Run, column: Column, base: BaselineCell | undefined, shown: Cell): boolean =>
  // A cell that the baseline of a row does not name is an empty one.
  isUnedited({ column, base: base ?? { value: null }, sheet: shown, context: contextOf(run) });

/** Columns of the same row that the same run is known to have sent: the row's status names them together. */
const columnsSent = (source: Source, journal: Journal, { run, rowId }: CellLine): readonly Column[] =>
  ofKind(journal.entries, 'cell').flatMap(({ line }) => {
    const column = source.columns.find(({ key }) => key === line.column);
    const isOfRow = line.run === run && line.rowId === rowId && line.outcome === 'sent';
    return isOfRow && column !== undefined ? [column] : [];
  });

/** One write for each row. */
const mergedByRow = (writes: readonly RowWrite[]): readonly RowWrite[] => {
  const rows = new Map<string, RowWrite>();
  for (const { id, cells } of writes) rows.set(id, { id, cells: [...(rows.get(id)?.cells ?? []), ...cells] });
  return [...rows.values()];
};

/** What both sides agree on once a sending came as far as `now`: of several values, others may have been changed in Affinity before. */
const agreedAfter = (column: Column, row: BaselineRow, { old }: CellLine, now: Value): Value =>
  column.codec.isSet ? mergeSets(old, now, row.cells.get(column.key)?.value ?? null) : now;

/** Affinity's part of a value that was sent in part is what both sides have: the cell is an edit of that. */
const agreeOnPart = ({ run, baseline }: Settlement, row: BaselineRow, column: Column, value: Value): void => {
  const cell = value === null ? null : column.codec.toCell(value, contextOf(run));
  const text = column.codec.isContextual ? keptText(cell) : undefined;
  const kept: BaselineCell = text === undefined ? { value } : { value, text };
  baseline.set({ ...row, cells: new Map(row.cells).set(column.key, kept) });
};

/**
 * Settles what earlier runs left open: where Affinity holds the new value, it was sent, and the baseline says so; elsewhere it was
 * not, and the cell still is an edit. Of several values a part may be there: its line stays open until the rest is sent.
 * Order: status, baseline, journal; a settlement that is cut off is made again. @throws ApiError
 */
export const settleIntents = (settlement: Settlement): Settled => {
  const { run, saved } = settlement;
  const journal = existingJournal(run, saved.id);
  const open = ofKind(journal?.entries ?? [], 'cell').filter(
    ({ line }) => line.outcome === 'sending' && line.importId === saved.id,
  );
  if (journal === null || open.length === 0) return NOTHING;
  // Only now: finding out where the rows stand may cost a reading of the whole table.
  const { source, table, index, baseline } = settlement;
  const fresh = source.fresh(open.map(({ line }) => ({ key: line.rowId, entity: line.entity })));
  const settled = new Map<string, Column[]>();
  const sent: JournalEntry<CellLine>[] = [];
  const unsent: JournalEntry<CellLine>[] = [];
  const writes: RowWrite[] = [];
  const isThere = ({ line }: JournalEntry<CellLine>): boolean => {
    const record = fresh.get(line.rowId);
    if (record === undefined) return false;
    const now = record.values.get(line.column) ?? null;
    const isSet = source.columns.find(({ key }) => key === line.column)?.codec.isSet;
    // Beside what was sent, somebody may have changed other values of the cell since.
    return sameValue(isSet ? mergeSets(line.old, line.new, now) : line.new, now);
  };
  learnNames(run, source, open.filter(isThere));
  /** Several values are sent by several calls, of which some may have been carried out. */
  const isPartlyThere = ({ line }: JournalEntry<CellLine>): boolean => {
    const now = fresh.get(line.rowId)?.values.get(line.column) ?? null;
    return !sameValue(now, line.old) && isBetween(now, line.old, line.new);
  };
  for (const entry of open) {
    const { line } = entry;
    const column = source.columns.find(({ key }) => key === line.column);
    const row = baseline.get(line.rowId);
    if (isThere(entry)) sent.push(entry);
    else if (isPartlyThere(entry) && column !== undefined && row !== undefined) {
      // The line stays open, with what the cell was before. The change in Affinity is our own: the edit meets nobody else's.
      if (line.undoes === '')
        agreeOnPart(
          settlement,
          row,
          column,
          agreedAfter(column, row, line, fresh.get(line.rowId)?.values.get(line.column) ?? null),
        );
      const others = columnsSent(source, journal, line);
      if (others.length > 0) settled.set(line.rowId, [...(settled.get(line.rowId) ?? []), ...others]);
    } else unsent.push(entry);
    if (!isThere(entry) || column === undefined || row === undefined) continue;
    const cell = line.new === null ? null : column.codec.toCell(line.new, contextOf(run));
    const shown = index.snapshot.columns.get(line.column)?.[index.positions.get(line.rowId) ?? -1];
    // An undo also puts the value back into the cell, unless somebody edited it since; without a cell the next refresh brings it.
    if (line.undoes !== '' && shown === undefined) continue;
    const agreed = agreedAfter(column, row, line, line.new);
    const isOurWording = line.undoes !== '' || !sameValue(agreed, line.new);
    const says = (base: BaselineCell | undefined): boolean =>
      shown !== undefined && !isFormula(shown) && isAsAgreed(run, column, base, shown);
    const isPutBack = isOurWording && says(line.undoes === '' ? { value: agreed } : row.cells.get(line.column));
    if (isPutBack && shown !== undefined)
      writes.push({ id: line.rowId, cells: [{ column: line.column, expected: shown, next: cell }] });
    const value = isPutBack || says({ value: line.new }) ? line.new : agreed;
    // The journal's text of a time leaves out the seconds.
    const text = isOurWording || column.codec.format === 'time' ? keptText(cell) : line.newText;
    const isTold = column.codec.isContextual && text !== undefined && text !== '' && sameValue(value, line.new);
    baseline.set({ ...row, cells: new Map(row.cells).set(line.column, isTold ? { value, text } : { value }) });
    const others = columnsSent(source, journal, line);
    settled.set(line.rowId, [...(settled.get(line.rowId) ?? []), ...others, column]);
  }
  for (const [id, columns] of settled) {
    const shown = index.snapshot.columns.get(STATUS_COLUMN)?.[index.positions.get(id) ?? -1];
    const sentence = sentSentence(
      run,
      source.columns.filter((column) => columns.includes(column)),
    );
    const next = `${addedPart(typeof shown === 'string' ? shown : '')}${sentence}`;
    if (shown !== undefined) writes.push({ id, cells: [{ column: STATUS_COLUMN, expected: shown, next }] });
  }
  if (writes.length > 0) table.write(mergedByRow(writes), recallFrom(index));
  baseline.save();
  run.workbook.flush();
  const takenBack = ofKind(journal.entries, 'cell').filter(({ line }) =>
    sent.some(
      ({ line: { undoes, rowId, column } }) =>
        undoes !== '' &&
        line.run === undoes &&
        line.rowId === rowId &&
        line.column === column &&
        line.outcome === 'sent',
    ),
  );
  journal.complete([
    ...sent.map((entry) => ({ entry, outcome: 'sent' as const })),
    ...takenBack.map((entry) => ({ entry, outcome: 'undone' as const })),
  ]);
  if (unsent.length > 0) journal.drop(unsent);
  run.workbook.flush();
  run.log.write({ event: 'settled', import: saved.id, sent: sent.length, unsent: unsent.length });
  return settled;
};
