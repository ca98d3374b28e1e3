/** Removes the records behind chosen rows in Affinity. The rows stay, marked; whoever wants them gone deletes them in the sheet. */
import type { Source } from '../datasets/dataset';
import { policy } from '../errors';
import { indexTable } from '../merge/plan';
import { STATUS_COLUMN } from '../row-id';
import { readImport, type SavedImport } from '../state/saved-import';
import { linkedTable } from './linked-table';
import type { Run } from './run';

/** What a removal would take along, in whole sentences; null where rows of this table can't be removed. @throws ApiError */
export const removalWarning = (source: Source): string | null => source.removes?.warning ?? null;

export interface RemoveResult {
  readonly removed: number;
  readonly failed: number;
  readonly messages: readonly string[];
}

const REMOVED_STATUS = 'Deleted in Affinity. Delete this row when you don’t need it any more.';

/** @throws ApiError, SheetError */
export const removeRows = (
  run: Run,
  importId: string,
  keys: readonly string[],
  openSource: (saved: SavedImport) => Source,
): RemoveResult => {
  const saved = readImport(run.workbook.state(importId));
  const table = linkedTable(run, saved);
  const { removes } = openSource(saved);
  if (removes === undefined)
    return { removed: 0, failed: keys.length, messages: ['Rows of this table can’t be deleted in Affinity.'] };
  const outcomes = run.api.all(keys.map((key) => removes.call(key)));
  const { snapshot, positions } = indexTable(table.readRows(keys));
  const shown = snapshot.columns.get(STATUS_COLUMN);
  const said = new Set<string>();
  const writes = keys.flatMap((id, index) => {
    const outcome = outcomes[index];
    const isGone = outcome?.ok === true || outcome?.fault.code === 'api/not-found';
    const problem =
      outcome === undefined || outcome.ok || isGone
        ? null
        : policy[outcome.fault.code].say({ message: outcome.fault.message, run: run.id });
    if (problem !== null) said.add(problem);
    const position = positions.get(id);
    if (shown === undefined || position === undefined) return [];
    const next = problem === null ? REMOVED_STATUS : `Not deleted. ${problem}`;
    return [{ id, cells: [{ column: STATUS_COLUMN, expected: shown[position] ?? null, next }] }];
  });
  if (writes.length > 0) table.write(writes);
  const removed = outcomes.filter((outcome) => outcome.ok || outcome.fault.code === 'api/not-found').length;
  run.log.write({ event: 'remove', import: importId, removed, failed: keys.length - removed });
  return { removed, failed: keys.length - removed, messages: [...said] };
};
