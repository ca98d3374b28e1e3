/** What a row's status cell says about its plan. Plain sentences; the columns by their headers. */
import { cellText } from '../cells/cell';
import type { CellContext } from '../cells/codec';
import { manyValue, type Scalar, scalarsOf, type Value, without } from '../cells/value';
import type { Column } from '../datasets/dataset';
import type { CellPlan } from './merge-cell';

/** A value as it would stand in the cell, shortened. */
export const valueText = (column: Column, value: Value, context: CellContext, limit = 80): string => {
  const text = cellText(value === null ? null : column.codec.toCell(value, context), limit);
  return text === '' ? 'empty' : `“${text}”`;
};

/** What putting the changes of both sides together means for several values, in sentences. */
export const mergedSentence = (
  column: Column,
  { base, own, theirs }: { readonly base: Value; readonly own: Value; readonly theirs: Value },
  context: CellContext,
): string => {
  const [before, here, there] = [scalarsOf(base), scalarsOf(own), scalarsOf(theirs)];
  const sentence = (beginning: string, scalars: readonly Scalar[], end: string): readonly string[] =>
    scalars.length === 0 ? [] : [`${beginning} ${valueText(column, manyValue(scalars), context)}${end}`];
  return [
    ...sentence('Adds', without(here, [...before, ...there]), '.'),
    ...sentence('Removes', without(without(before, here), without(before, there)), '.'),
    ...sentence('Keeps', without(there, [...before, ...here]), ', which was added in Affinity.'),
    ...sentence(
      'Leaves out',
      without(without(before, there), without(before, here)),
      ', which was removed in Affinity.',
    ),
  ].join(' ');
};

/** The sentence for one cell, or null where there is nothing to say. */
export const cellSentence = (column: Column, plan: CellPlan, context: CellContext): string | null => {
  switch (plan.state) {
    case 'conflict':
      return `${column.header}: changed here and in Affinity. Here ${valueText(column, plan.mine, context)}, in Affinity ${valueText(column, plan.theirs, context)}.`;
    case 'refused':
      return `${column.header}: ${plan.problem}`;
    case 'pending':
    case 'cleared':
    case 'formula':
    case 'theirs':
    case 'agreed':
    case 'same':
      return null;
  }
};

/**
 * The last sentence of a status: columns whose edit still waits, whatever the reason. Nothing follows it, so that the marks in the sheet
 * find their column in it (src/google/marks.ts). None for no column.
 */
export const openSentence = (columns: readonly Column[]): readonly string[] =>
  columns.length === 0 ? [] : [`Open edits: ${columns.map(({ header }) => `“${header}”`).join(', ')}.`];

/** What a row says of formulas whose results nobody agreed to send. */
export const formulasHeld = (formulas: number): readonly string[] =>
  formulas === 0
    ? []
    : [`${formulas} ${formulas === 1 ? 'formula result' : 'formula results'} not sent: choose in the review.`];

/** The status of a row after a refresh: conflicts and refusals in words, then the open edits; '' for none. */
export const rowStatus = (
  columns: readonly Column[],
  cells: ReadonlyMap<string, CellPlan>,
  context: CellContext,
): string => {
  const sentences: string[] = [];
  const open: Column[] = [];
  let formulas = 0;
  for (const column of columns) {
    const plan = cells.get(column.key);
    if (plan === undefined) continue;
    if (plan.state === 'pending' || plan.state === 'cleared' || plan.state === 'formula') open.push(column);
    if (plan.state === 'formula') formulas += 1;
    const sentence = cellSentence(column, plan, context);
    if (sentence !== null) sentences.push(sentence);
  }
  return [...sentences, ...formulasHeld(formulas), ...openSentence(open)].join(' ');
};
