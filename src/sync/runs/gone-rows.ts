/** Rows whose record Affinity no longer has: how they are found, asked about and marked. They are never removed by a refresh. */
import type { Cell } from '../cells/cell';
import type { Source } from '../datasets/dataset';
import { indexTable } from '../merge/plan';
import type { RowWrite } from '../ports';
import { STATUS_COLUMN } from '../row-id';
import { recallAgreed } from './apply';
import { count } from './count';
import { isDoubtful } from './emptied';
import type { Pull, Question, Tally } from './pull-block';
import { contextOf, isOver } from './run';

/** The status of a row that is gone. It is the memory of that as well: such a row is not asked for again. */
export const goneStatus = ({ place }: Source): string =>
  `No longer ${place} in Affinity. Delete this row when you don’t need it any more.`;

/**
 * Marks rows that Affinity no longer has, each confirmed by itself; a change too large to be true is asked about instead. Rows that say
 * already that they are gone are neither counted nor asked for again.
 */
export const markGone = (
  { run, saved, source, standing, digest, agreed }: Pull,
  seenKeys: () => ReadonlySet<string> | null,
  tally: Tally,
): Question | null => {
  const { table, index, baseline } = standing();
  // Rows that this very pull added were there a moment ago.
  if (tally.rowsAdded >= baseline.size) return null;
  const seen = seenKeys();
  // Nobody knows all keys: a pull that does it all in one go finds what is gone.
  if (seen === null) return null;
  const missing = [...baseline.keys].filter((key) => !seen.has(key) && index.positions.has(key));
  if (missing.length === 0) return null;
  const { snapshot, positions } = indexTable(table.readRows(missing));
  const shown = snapshot.columns.get(STATUS_COLUMN);
  const shownOf = (key: string): Cell => shown?.[positions.get(key) ?? -1] ?? null;
  const status = goneStatus(source);
  const news = missing.filter((key) => shownOf(key) !== status);
  if (!agreed && news.length > 0 && (seen.size === 0 || isDoubtful(news.length, baseline.size, saved))) {
    return { code: 'sheet/many-gone', about: `${news.length} of the ${count(baseline.size, 'row')} known here` };
  }
  const gone = news.filter((key) => !isOver(run) && source.presence(key) === 'gone');
  tally.rowsGone += missing.length - news.length + gone.length;
  if (tally.rowsGone === 0) return null;
  const writes = gone.flatMap((key): RowWrite[] =>
    shown === undefined ? [] : [{ id: key, cells: [{ column: STATUS_COLUMN, expected: shownOf(key), next: status }] }],
  );
  if (writes.length > 0) {
    digest.gone(writes.map(({ id }) => id));
    table.write(writes, recallAgreed(baseline, source.columns, contextOf(run)));
  }
  tally.messages.push(
    `${count(tally.rowsGone, 'row')} no longer ${source.place} in Affinity; marked in the status column.`,
  );
  return null;
};
