/** Removals that an earlier run left open, and the marks on rows that were removed. */
import { STATUS_COLUMN } from '../row-id';
import { ofKind } from '../state/journal';
import { recallFrom } from './apply';
import { existingJournal, type Settlement } from './keep-journal';

export const REMOVED_STATUS = 'Deleted in Affinity. Delete this row when you don’t need it any more.';

/** Writes the status of rows by their ids, where it is another one. */
export const writeStatus = ({ index, table }: Settlement, statuses: ReadonlyMap<string, string>): void => {
  const shown = index.snapshot.columns.get(STATUS_COLUMN);
  const writes = [...statuses].flatMap(([id, next]) => {
    const position = index.positions.get(id);
    if (shown === undefined || position === undefined || shown[position] === next) return [];
    return [{ id, cells: [{ column: STATUS_COLUMN, expected: shown[position] ?? null, next }] }];
  });
  if (writes.length > 0) table.write(writes, recallFrom(index));
};

/** Settles removals that an earlier run left open: what is gone was removed, what is there was not. @throws ApiError */
export const settleRemovals = (place: Settlement): void => {
  const { run, saved } = place;
  const journal = existingJournal(run, saved.id);
  const open = ofKind(journal?.entries ?? [], 'removal').filter(
    ({ line }) => line.outcome === 'sending' && line.importId === saved.id,
  );
  if (journal === null || open.length === 0) return;
  const presences = open.map(({ line }) => place.source.presence(line.rowId));
  const gone = open.filter((_entry, index) => presences[index] === 'gone');
  writeStatus(place, new Map(gone.map(({ line }) => [line.rowId, REMOVED_STATUS])));
  run.workbook.flush();
  if (gone.length > 0) journal.complete(gone.map((entry) => ({ entry, outcome: 'sent' })));
  const there = open.filter((_entry, index) => presences[index] === 'there');
  if (there.length > 0) journal.drop(there);
  run.workbook.flush();
};
