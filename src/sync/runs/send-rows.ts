/**
 * The sending of a block of rows: which cells go out, how each went, what the row then says, and what the baseline keeps.
 */
import type { ApiFault } from '../../api/errors';
import { LARGE_BATCH_CALLS } from '../../api/limits';
import { type Cell, cellText, isFormula, keptText, plainOf } from '../cells/cell';
import type { CellContext } from '../cells/codec';
import { manyValue, mergeSets, scalarsOf, type Value, without } from '../cells/value';
import type { CellCall, Column, Source, SyncRecord } from '../datasets/dataset';
import { policy, sayOfCell } from '../errors';
import { isNewlyHeld, ownOf } from '../merge/merge-cell';
import type { RowPlan } from '../merge/plan';
import { cellSentence, formulasHeld, openSentence, valueText } from '../merge/wording';
import type { RowWrite } from '../ports';
import { STATUS_COLUMN } from '../row-id';
import { rendered } from './apply';
import type { Workplace } from './edits';
import { type Fate, fateOf, isOpen } from './fate';
import { contextOf, type Run } from './run';
import { addedPart, sentSentence } from './sent-sentence';

/** What the analyst decides about one conflict: send mine, or drop my edit for what Affinity has. */
export type Choice = 'mine' | 'theirs';
/** Decisions by `row id/column key`. */
export type Choices = ReadonlyMap<string, Choice>;
export const choiceKey = (id: string, column: string): string => `${id}/${column}`;

/** Which part of the plan is sent. What is not selected stays as it is, and pending. */
export interface Selection {
  /** Rows to send, by row id, or by the key that the preview gives a row that has no id yet; null for all. */
  readonly rows: ReadonlySet<string> | null;
  /** Cells kept back, by `row id/column key` as `choiceKey` writes it. */
  readonly without: ReadonlySet<string>;
  /** Only rows that were typed into the table and are not in Affinity yet, with their cells. */
  readonly onlyNew: boolean;
  /** New rows, by the key that the preview gives them, that are added although the table has the same thing already. */
  readonly again?: ReadonlySet<string>;
}

export const EVERYTHING: Selection = { rows: null, without: new Set(), onlyNew: false };

export interface PushOptions {
  /** Whether emptied cells clear the value in Affinity; otherwise they stay as they are, and pending. */
  readonly sendClears: boolean;
  /** Whether the import is set to clear nothing, whatever else is wished. Default: false. */
  readonly neverClears?: boolean;
  /** A conflict that is decided for an emptied cell clears the value. */
  readonly choices: Choices;
  /**
   * Formulas whose results are sent, also those of a conflict decided for the sheet: by `choiceKey`, with the result that was agreed to,
   * as `shownText` writes it. Another result by now is held. Default: none.
   */
  readonly formulas?: ReadonlyMap<string, string>;
  /** Whether rows that are edited by formulas alone are left unread, for a push that nobody consents in: they would cost a call each. */
  readonly leavesFormulas?: true;
  /** Default: everything. */
  readonly selection?: Selection;
}

/** Longest text of one value in a preview. */
const SHOWN_CHARACTERS = 500;

/** What a cell shows, as the preview tells it. */
export const shownText = (cell: Cell): string => cellText(plainOf(cell), SHOWN_CHARACTERS);

/** A cell that is to be sent, and how it went. */
export interface Sending {
  readonly column: Column;
  readonly mine: Value;
  /** What Affinity has before. */
  readonly from: Value;
  readonly calls: readonly CellCall[];
  fault: ApiFault | null;
  /** Where some of its calls were carried out and it is known which: what Affinity holds now, and the calls that were not. */
  part?: { readonly value: Value; readonly missed: readonly CellCall[] };
}

export interface RowSending {
  readonly plan: RowPlan;
  readonly cells: readonly Sending[];
  /** Conflicts for which the analyst chose what Affinity has. */
  readonly dropped: readonly { readonly column: Column; readonly theirs: Value }[];
  /** Columns whose cell was changed by a person meanwhile and could not be given what was sent. */
  readonly left?: ReadonlySet<string>;
}

/** Whether a row that has no id yet is to be added. */
export const isAdded = ({ selection = EVERYTHING }: PushOptions, key: string): boolean =>
  selection.rows === null || selection.rows.has(key);

/** The same wishes after rows got ids: what was said of a new row holds for the row that it became. */
export const withIds = (options: PushOptions, ids: ReadonlyMap<string, string>): PushOptions => {
  const { choices, formulas = new Map<string, string>(), selection = EVERYTHING } = options;
  const renamed = (name: string): string => {
    const [key, ...rest] = name.split('/');
    return [ids.get(key ?? '') ?? key, ...rest].join('/');
  };
  return {
    ...options,
    choices: new Map([...choices].map(([name, choice]) => [renamed(name), choice])),
    formulas: new Map([...formulas].map(([name, shown]) => [renamed(name), shown])),
    selection: {
      ...selection,
      rows: selection.onlyNew
        ? new Set([...ids].filter(([key]) => isAdded(options, key)).map(([, id]) => id))
        : selection.rows === null
          ? null
          : new Set([...selection.rows].map(renamed)),
      without: new Set([...selection.without].map(renamed)),
      onlyNew: false,
    },
  };
};

/** Whether an existing row is to be sent. */
export const isSelected = ({ selection = EVERYTHING }: PushOptions, id: string): boolean =>
  !selection.onlyNew && (selection.rows === null || selection.rows.has(id));

/** The cells of a row with the one call that they share, where the API takes records as a whole. */
export const together = (source: Source, record: SyncRecord, cells: readonly Sending[]): readonly Sending[] => {
  if (source.writesTogether === undefined || cells.length === 0) return cells;
  const call = source.writesTogether(record, new Map(cells.map(({ column, mine }) => [column.key, mine])));
  return cells.map((cell) => ({ ...cell, calls: [{ call }] }));
};

const cellOf = ({ index }: Workplace, id: string, { key }: Column): Cell =>
  index.snapshot.columns.get(key)?.[index.positions.get(id) ?? -1] ?? null;

/** Cells to send of one row. Rows of one entity share the sending of a value that they share: it is sent once. */
export const toSend = (
  work: Workplace,
  plan: RowPlan,
  { sendClears, neverClears, choices, formulas, selection = EVERYTHING }: PushOptions,
  shared: Map<string, Sending>,
): RowSending => {
  const cells: Sending[] = [];
  const dropped: { column: Column; theirs: Value }[] = [];
  for (const column of work.source.columns) {
    const cell = plan.cells.get(column.key);
    const key = choiceKey(plan.record.key, column.key);
    if (cell === undefined || selection.without.has(key)) continue;
    const choice = choices.get(key);
    if (cell.state === 'conflict' && choice === 'theirs') dropped.push({ column, theirs: cell.theirs });
    const sheet = cellOf(work, plan.record.key, column);
    const isWanted =
      cell.state === 'pending' || cell.state === 'formula' || (cell.state === 'conflict' && choice === 'mine');
    const isMine = isWanted && (!isFormula(sheet) || formulas?.get(key) === shownText(sheet));
    const isClear = (cell.state === 'cleared' || isMine) && 'mine' in cell && cell.mine === null;
    const mayClear = neverClears !== true && (sendClears || cell.state === 'conflict');
    if ((isMine && !isClear) || (isClear && mayClear)) {
      const name = `${plan.record.entity}/${column.key}`;
      const known = column.isShared ? shared.get(name) : undefined;
      const calls = known === undefined ? work.source.writes(plan.record, column, cell.mine) : [];
      const sending = known ?? { column, mine: cell.mine, from: cell.theirs, calls, fault: null };
      if (column.isShared) shared.set(name, sending);
      cells.push(sending);
    }
  }
  return { plan, cells: together(work.source, plan.record, cells), dropped };
};

/** A fault that says something about one cell; the rest of the run can go on. */
const isAboutCell = ({ code }: ApiFault): boolean =>
  policy[code].action === 'skip-row' || code === 'api/forbidden' || code === 'api/not-found';

/** How many cells were not taken, by why. */
export const fates = (cells: readonly Sending[]): Readonly<Record<Fate, number>> => {
  const counts = { failed: 0, unsent: 0, unanswered: 0 };
  for (const { fault } of cells) if (fault !== null) counts[fateOf(fault)] += 1;
  return counts;
};

/** Sends all cells of a block of rows side by side and notes each result; gives the fault that concerns the whole run, if any. */
export const send = (run: Run, rows: readonly RowSending[]): ApiFault | null => {
  const sendings = [...new Set(rows.flatMap(({ cells }) => cells))];
  const calls = [...new Set(sendings.flatMap(({ calls }) => calls.map(({ call }) => call)))];
  const outcomes = new Map(run.api.all(calls, LARGE_BATCH_CALLS).map((outcome, index) => [calls[index], outcome]));
  let ofRun: ApiFault | null = null;
  for (const sending of sendings) {
    const missed: CellCall[] = [];
    for (const one of sending.calls) {
      const outcome = outcomes.get(one.call);
      if (outcome === undefined || outcome.ok) continue;
      missed.push(one);
      // Of several calls the one that nobody knows of decides: all others can be told.
      if (sending.fault === null || !isOpen(sending.fault)) sending.fault = outcome.fault;
      if (!isAboutCell(outcome.fault)) ofRun = outcome.fault;
    }
    const done = sending.calls.filter((one) => !missed.includes(one));
    if (sending.fault === null || isOpen(sending.fault) || done.length === 0 || !sending.column.codec.isSet) continue;
    const gone = done.flatMap(({ removes }) => removes ?? []);
    const added = done.flatMap(({ adds }) => adds ?? []);
    sending.part = { value: manyValue([...without(scalarsOf(sending.from), gone), ...added]), missed };
  }
  return ofRun;
};

/** Values whose calls were not carried out. */
const missedWords = (column: Column, missed: readonly CellCall[], context: CellContext): string =>
  missed
    .map(({ adds, removes }) =>
      adds === undefined ? `removing ${valueText(column, removes ?? null, context)}` : valueText(column, adds, context),
    )
    .join(', ');

const statusAfter = (
  run: Run,
  { plan, cells }: RowSending,
  columns: readonly Column[],
  before: readonly Column[],
): string => {
  const context = contextOf(run);
  const taken = new Set([...before, ...cells.flatMap(({ column, fault }) => (fault === null ? [column] : []))]);
  const sent = columns.filter((column) => taken.has(column));
  const failures = cells.flatMap(({ column, fault, part }) => {
    if (fault === null) return [];
    const why = sayOfCell(fault.code, { message: fault.message, run: run.id });
    const fate = fateOf(fault);
    if (part !== undefined)
      return [`${column.header}: sent except ${missedWords(column, part.missed, context)}. ${why}`];
    if (fate === 'unsent') return [`Not sent. ${why}`];
    return [fate === 'failed' ? `${column.header}: ${why}` : `Not known yet whether this arrived. ${why}`];
  });
  const held = columns.flatMap((column) => {
    const cell = plan.cells.get(column.key);
    const wasSent = cells.some((sending) => sending.column === column);
    const sentence = cell === undefined || wasSent ? null : cellSentence(column, cell, context);
    return sentence === null ? [] : [sentence];
  });
  const waits = (column: Column): boolean => {
    const sending = cells.find((cell) => cell.column === column);
    const state = plan.cells.get(column.key)?.state;
    if (sending === undefined) return state === 'pending' || state === 'cleared' || state === 'formula';
    // An undo sends what is no edit of the sheet.
    return sending.fault !== null && fateOf(sending.fault) !== 'failed' && state !== undefined;
  };
  const open = columns.filter(waits);
  const unsent = (state: 'cleared' | 'formula'): number =>
    [...plan.cells].filter(([key, cell]) => cell.state === state && !cells.some(({ column }) => column.key === key))
      .length;
  const kept = unsent('cleared');
  return [
    ...(sent.length === 0 ? [] : [sentSentence(run, sent)]),
    // What kept several cells of a row back is said once.
    ...new Set(failures),
    ...held,
    ...formulasHeld(unsent('formula')),
    ...(kept === 0 ? [] : [`${kept} emptied ${kept === 1 ? 'cell was' : 'cells were'} not cleared in Affinity.`]),
    ...openSentence(open),
  ].join(' ');
};

/** Whether cells of the row may be given another value: a person who types there at that moment is faster, and the baseline has to know. */
export const givesCells = ({ plan, dropped }: RowSending): boolean =>
  dropped.length > 0 || [...plan.cells.values()].some((cell) => ownOf(cell) !== undefined);

/** Moves the baseline for what Affinity took, and for edits that were dropped or had been made on both sides. */
export const commit = (work: Workplace, row: RowSending): void => {
  const { plan, cells, dropped } = row;
  const before = work.baseline.get(plan.record.key);
  if (before === undefined) return;
  const next = new Map(before.cells);
  const context = contextOf(work.run);
  const agreeOn = (column: Column, value: Value, cell: Cell) => {
    const text = column.codec.isContextual ? keptText(cell) : undefined;
    next.set(column.key, text === undefined ? { value } : { value, text });
  };
  // What stands in the cell is what both sides now agree on, in the words the analyst chose.
  const agree = (column: Column, value: Value) => agreeOn(column, value, cellOf(work, plan.record.key, column));
  const inOurWords = (column: Column, value: Value) =>
    agreeOn(column, value, value === null ? null : column.codec.toCell(value, context));
  // Both sides' changes together stand in the cell by now, unless a person was faster: then it says its own.
  const meet = (column: Column, own: Value, both: Value) =>
    row.left?.has(column.key) ? agree(column, own) : inOurWords(column, both);
  for (const { column, mine, from, fault, part } of cells) {
    const own = ownOf(plan.cells.get(column.key));
    if (part !== undefined) {
      // What was carried out is agreed on; the cell's rest still is an edit, and what somebody else changed is still theirs.
      const base = before.cells.get(column.key)?.value ?? null;
      next.set(column.key, { value: mergeSets(from, part.value, base) });
    }
    if (fault !== null) continue;
    // A value that did not come from the cell, but from an undo, may meet an edit there: the edit's words don't name it.
    if (own !== undefined) meet(column, own, mine);
    else if (plan.cells.has(column.key)) agree(column, mine);
    else inOurWords(column, mine);
  }
  for (const column of work.source.columns) {
    const cell = plan.cells.get(column.key);
    const kept = before.cells.get(column.key) ?? { value: null };
    const own = ownOf(cell);
    const isSent = cells.some((sending) => sending.column === column && sending.fault === null);
    if (cell?.state === 'agreed' && own === undefined) agree(column, cell.theirs);
    else if (cell?.state === 'agreed') meet(column, own ?? null, cell.theirs);
    else if (!isSent && isNewlyHeld(cell, kept)) next.set(column.key, { ...kept, isHeld: true });
  }
  for (const { column, theirs } of dropped) inOurWords(column, theirs);
  work.baseline.set({ ...before, cells: next });
};

/** What a row's sending changes in the sheet. `settled`: columns that an earlier run turned out to have sent. */
export const writesAfter = (work: Workplace, row: RowSending, settled: readonly Column[]): RowWrite | null => {
  const { index, source, run } = work;
  const position = index.positions.get(row.plan.record.key);
  if (position === undefined) return null;
  const at = (column: string) => index.snapshot.columns.get(column)?.[position] ?? null;
  const context = contextOf(run);
  const dropped = row.dropped.map(({ column, theirs }) => ({
    column: column.key,
    expected: at(column.key),
    next: theirs === null ? null : column.codec.toCell(theirs, context),
  }));
  const brought = source.columns.flatMap((column) => {
    const cell = row.plan.cells.get(column.key);
    const sending = row.cells.find((one) => one.column === column);
    const value = cell?.state === 'agreed' ? cell.theirs : sending?.fault === null ? sending.mine : undefined;
    if (ownOf(cell) === undefined || value === undefined) return [];
    return [{ column: column.key, expected: at(column.key), next: rendered(column, value, context).cell }];
  });
  const shown = at(STATUS_COLUMN);
  const added = addedPart(typeof shown === 'string' ? shown : '');
  const status = `${added}${statusAfter(run, row, source.columns, settled)}`.trim();
  const isStatusThere = index.snapshot.columns.has(STATUS_COLUMN) && (shown ?? '') !== status;
  const cells = [
    ...dropped,
    ...brought,
    ...(isStatusThere ? [{ column: STATUS_COLUMN, expected: shown, next: status === '' ? null : status }] : []),
  ];
  return cells.length === 0 ? null : { id: row.plan.record.key, cells };
};

/** The same after the write: a cell that a person changed meanwhile keeps its edit, whatever was to stand there. */
export const withoutSkipped = (row: RowSending, skipped: readonly { id: string; column: string }[]): RowSending => {
  const left = new Set(skipped.flatMap(({ id, column }) => (id === row.plan.record.key ? [column] : [])));
  return { ...row, dropped: row.dropped.filter(({ column }) => !left.has(column.key)), left };
};
