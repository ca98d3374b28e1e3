/**
 * The three-way merge of one cell: what the baseline says both sides agreed on, what stands in the sheet, what Affinity says now.
 * Pure; it takes every decision about a cell. Cases: test/unit/merge-cell.test.ts.
 */
import { type Cell, isDay, isFormula, keptTime, type PlainCell, plainOf, sameCell, troubleOf } from '../cells/cell';
import type { CellContext, Names } from '../cells/codec';
import { mergeSets, sameValue, scalarsOf, type Value } from '../cells/value';
import type { Column } from '../datasets/dataset';
import type { BaselineCell } from '../state/baseline';

export type CellPlan =
  /** Nobody changed anything. */
  | { readonly state: 'same' }
  /** Affinity changed, the sheet did not: `next` goes into the cell. `isNews` is false where only the wording of a name changed. */
  | { readonly state: 'theirs'; readonly next: PlainCell; readonly theirs: Value; readonly isNews: boolean }
  /**
   * The sheet was edited, Affinity unchanged: to be sent. An emptied cell is `cleared`: sent only on explicit wish. Where both sides
   * changed several values, `mine` is both changes together and `own` what the cell says.
   */
  | { readonly state: 'pending' | 'cleared'; readonly mine: Value; readonly theirs: Value; readonly own?: Value }
  /** A formula computes something else than both sides agreed on: its result is sent only on explicit wish, the formula stays. */
  | { readonly state: 'formula'; readonly mine: Value; readonly theirs: Value }
  /**
   * Both sides have the same new value: only the baseline moves. A formula that computes it stays. Where Affinity has several values of
   * which the cell says a part, `own` is that part: the cell takes the others.
   */
  | { readonly state: 'agreed'; readonly next: PlainCell; readonly theirs: Value; readonly own?: Value }
  /** Both sides changed, differently: held until somebody chooses. */
  | { readonly state: 'conflict'; readonly base: Value | undefined; readonly mine: Value; readonly theirs: Value }
  /** The edit can't be read or may not be sent: it stays where it is. */
  | { readonly state: 'refused'; readonly problem: string; readonly theirs: Value };

/** What a cell says by itself, where both sides' changes of its values come together; undefined where they don't meet. */
export const ownOf = (plan: CellPlan | undefined): Value | undefined =>
  plan?.state === 'pending' || plan?.state === 'agreed' ? plan.own : undefined;

export interface MergeInput {
  readonly column: Column;
  /** Undefined where the row has no baseline yet. */
  readonly base: BaselineCell | undefined;
  readonly sheet: Cell;
  readonly theirs: Value;
  readonly context: CellContext;
}

/** What we left in the cell when both sides last agreed. */
export const asWritten = (column: Column, base: BaselineCell, context: CellContext): Cell => {
  if (base.text === undefined) return base.value === null ? null : column.codec.toCell(base.value, context);
  return column.codec.format === 'time' ? keptTime(base.text) : base.text;
};

/**
 * The context in which an edited cell is read: what stood in the cell before the edit keeps its meaning, even when somebody else of
 * that name came along since, or an option is gone.
 */
const asBefore = (column: Column, base: BaselineCell | undefined, context: CellContext): CellContext => {
  const kept = new Set(scalarsOf(base?.value ?? null).filter((scalar): scalar is string => typeof scalar === 'string'));
  return { ...withNames(column, base, context), kept };
};

const NAMES_OF = { person: 'persons', organization: 'organizations', opportunity: 'opportunities' } as const;

const withNames = (column: Column, base: BaselineCell | undefined, context: CellContext): CellContext => {
  const references = column.codec.references;
  if (references === undefined || base?.text === undefined) return context;
  const labels = references.labels(base.text);
  const ids = references.ids(base.value);
  if (labels.length !== ids.length) return context;
  const before = new Map(labels.map((label, index) => [label, ids[index]]));
  const overlay = (names: Names): Names => ({
    label: (id) => names.label(id),
    find: (label) => {
      const id = before.get(label);
      return id === undefined ? names.find(label) : { kind: 'one', id };
    },
  });
  const names = NAMES_OF[references.kind];
  return { ...context, [names]: overlay(context[names]) };
};

/** Names in an edited cell that its baseline does not explain. */
export const openLabels = (column: Column, base: BaselineCell | undefined, sheet: Cell): readonly string[] => {
  const references = column.codec.references;
  if (references === undefined) return [];
  const before = new Set(base?.text === undefined ? [] : references.labels(base.text));
  return references.labels(plainOf(sheet)).filter((label) => !before.has(label));
};

/** Whether the cell shows the baseline's value as such, whatever the column's type is by now: a field may have got another one. */
const showsValue = (sheet: Cell, { value, text }: BaselineCell): boolean => {
  if (text !== undefined || value === null || typeof value === 'object') return false;
  return isDay(sheet) ? sheet.day === value && sheet.time === null : sheet === value;
};

/** Whether the sheet's cell still is what the baseline says, in content or in meaning; of a formula counts what it computes. */
export const isUnedited = ({ column, base, sheet, context }: Omit<MergeInput, 'theirs'>): boolean => {
  if (base === undefined) return sheet === null;
  if (isFormula(sheet)) {
    return !base.isHeld && troubleOf(sheet) === null && isUnedited({ column, base, sheet: sheet.shows, context });
  }
  // The cheap look first: most cells of most tables are as they were written.
  if (showsValue(sheet, base) || sameCell(sheet, asWritten(column, base, context))) return true;
  if (column.locked !== undefined) return false;
  const read = column.codec.fromCell(sheet, asBefore(column, base, context));
  return read.ok && sameValue(read.value, base.value);
};

/** Whether a text that once named these values still does, so that the cell needs no new wording. */
const stillReads = (column: Column, cell: Cell, value: Value, context: CellContext): boolean => {
  const read = column.codec.fromCell(cell, context);
  return read.ok && sameValue(read.value, value);
};

const unedited = (input: MergeInput): CellPlan => {
  const { column, base, sheet, theirs, context } = input;
  const isSame = sameValue(base?.value ?? null, theirs);
  if (isSame && (theirs === null || !column.codec.isContextual)) return { state: 'same' };
  const next = column.codec.toCell(theirs, context);
  if (isSame && (sameCell(next, sheet) || stillReads(column, sheet, theirs, context))) return { state: 'same' };
  return { state: 'theirs', next, theirs, isNews: !isSame };
};

/** Whether a formula that computes what was agreed on meets another value: what to remember, since the sheet doesn't tell. */
export const isNewlyHeld = (plan: CellPlan | undefined, base: BaselineCell | undefined): boolean =>
  plan?.state === 'conflict' && base !== undefined && !base.isHeld && sameValue(plan.mine, base.value);

const CLEARS_NOTHING =
  'the formula in this cell shows nothing, and a formula clears no value. Empty the cell to clear it in Affinity.';

export const mergeCell = (input: MergeInput): CellPlan => {
  const { column, base, sheet, theirs, context } = input;
  const isComputed = isFormula(sheet);
  if (isUnedited(input)) {
    if (!isComputed) return unedited(input);
    if (sameValue(base?.value ?? null, theirs)) return { state: 'same' };
    // No refresh writes over a formula: what Affinity changed under it waits for a decision.
  }
  const next = column.codec.toCell(theirs, context);
  const trouble = isComputed ? troubleOf(sheet) : null;
  if (trouble !== null) return { state: 'refused', problem: trouble, theirs };
  const shown = plainOf(sheet);
  if (sameCell(shown, next)) return { state: 'agreed', next, theirs };
  if (column.locked !== undefined) return { state: 'refused', problem: column.locked, theirs };
  const read = column.codec.fromCell(shown, asBefore(column, base, context));
  if (!read.ok) return { state: 'refused', problem: read.problem, theirs };
  if (sameValue(read.value, theirs)) return { state: 'agreed', next, theirs };
  const unsendable = column.codec.unsendable?.(read.value) ?? null;
  if (unsendable !== null) return { state: 'refused', problem: unsendable, theirs };
  const lock = column.codec.lock?.(theirs) ?? null;
  if (lock !== null) return { state: 'refused', problem: `the value ${lock}`, theirs };
  const mine = read.value;
  if (isComputed && mine === null) return { state: 'refused', problem: CLEARS_NOTHING, theirs };
  if (base === undefined || !sameValue(base.value, theirs)) {
    const both = column.codec.isSet && !isComputed && base !== undefined ? mergeSets(base.value, mine, theirs) : null;
    // Emptying is an intent of its own: it is decided, also where it comes of two removals.
    if (both === null || mine === null || theirs === null)
      return { state: 'conflict', base: base?.value, mine, theirs };
    if (sameValue(both, theirs)) return { state: 'agreed', next, theirs, own: mine };
    return { state: 'pending', mine: both, theirs, own: mine };
  }
  return { state: isComputed ? 'formula' : mine === null ? 'cleared' : 'pending', mine, theirs };
};
