/** Edited rows that a push did not come to before something ended it: nothing of them was sent, and they say why. */
import { isFormula } from '../cells/cell';
import { openSentence } from '../merge/wording';
import type { RowWrite } from '../ports';
import { STATUS_COLUMN } from '../row-id';
import type { Edited, Workplace } from './edits';
import { choiceKey, EVERYTHING, isSelected, type PushOptions } from './send-rows';
import { addedPart } from './sent-sentence';

/** Cells of these rows that were to be sent, as far as that is known without asking Affinity. */
export const cellsUnreached = (
  { index }: Workplace,
  rows: readonly Edited[],
  { sendClears, formulas, selection = EVERYTHING, ...options }: PushOptions,
): number => {
  const isWanted = (id: string, column: string): boolean => {
    const cell = index.snapshot.columns.get(column)?.[index.positions.get(id) ?? -1] ?? null;
    const key = choiceKey(id, column);
    if (selection.without.has(key)) return false;
    return cell === null ? sendClears && options.neverClears !== true : !isFormula(cell) || formulas?.has(key) === true;
  };
  return rows
    .filter(({ key }) => isSelected({ ...options, sendClears, selection }, key))
    .reduce((sum, { key, columns }) => sum + columns.filter((column) => isWanted(key, column)).length, 0);
};

/** What these rows say afterwards. `why`: the sentence about what ended the push. */
export const statusUnreached = (
  { index, source }: Workplace,
  rows: readonly Edited[],
  why: string,
): readonly RowWrite[] => {
  const shown = index.snapshot.columns.get(STATUS_COLUMN);
  if (shown === undefined) return [];
  return rows.flatMap(({ key, columns }): RowWrite[] => {
    const expected = shown[index.positions.get(key) ?? -1] ?? null;
    const open = source.columns.filter((column) => columns.includes(column.key));
    const added = addedPart(typeof expected === 'string' ? expected : '');
    const next = [`${added}Not sent. ${why}`, ...openSentence(open)].join(' ');
    return next === expected ? [] : [{ id: key, cells: [{ column: STATUS_COLUMN, expected, next }] }];
  });
};
