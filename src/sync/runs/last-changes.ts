/** Who changed a conflicting cell in Affinity, and when, where Affinity keeps its history: a call a cell, for the first of them. */
import type { Change } from '../datasets/dataset';
import type { RowPlan } from '../merge/plan';
import type { Workplace } from './edits';
import { choiceKey } from './send-rows';

/** Conflicts that are asked about in one preview: who wants to decide more of them one by one is served by the values alone. */
const CELLS_ASKED = 50;

/** By `choiceKey`; a cell whose history is not kept or could not be read is not in it. */
export const lastChanges = ({ run, source }: Workplace, plans: readonly RowPlan[]): ReadonlyMap<string, Change> => {
  const wanted = plans
    .flatMap(({ record, cells }) =>
      source.columns.flatMap((column) => {
        const call = cells.get(column.key)?.state === 'conflict' ? source.lastChange?.(record, column) : null;
        return call == null ? [] : [{ key: choiceKey(record.key, column.key), call }];
      }),
    )
    .slice(0, CELLS_ASKED);
  if (wanted.length === 0) return new Map();
  const outcomes = run.api.all(wanted.map(({ call }) => call));
  return new Map(
    wanted.flatMap(({ key }, index) => {
      const outcome = outcomes[index];
      // A history that can't be had is no reason to keep the preview back.
      return outcome?.ok && outcome.value !== null ? [[key, outcome.value] as const] : [];
    }),
  );
};
