/** Rows typed into the table and what becomes of them, the common ground of preview and push. Reads only. */
import type { Column, Evidence, NewRow } from '../datasets/dataset';
import { openLabels } from '../merge/merge-cell';
import { type PlanInput, planRow, type RowPlan, type TableIndex } from '../merge/plan';
import { type Fate, type NewRowPlan, planNewRows, typedRows } from '../merge/plan-new-rows';
import type { Workplace } from './edits';
import { searchEdited } from './resolve-names';
import type { Run } from './run';

/** Row number, from 1, of the row with this id; null where the table has none. */
const rowNumberIn =
  ({ snapshot, positions, doubled }: TableIndex) =>
  (key: string): number | null => {
    const position = positions.get(key) ?? doubled.get(key)?.[0];
    return position === undefined ? null : snapshot.firstRowNumber + position;
  };

export const rowsTyped = ({ index, source }: Pick<Workplace, 'index' | 'source'>): readonly NewRow[] =>
  typedRows(index, source.columns);

/** Rows of the same name are one thing twice: nothing is looked up for them. */
const twice = (rows: readonly NewRow[]): ReadonlyMap<string, readonly NewRow[]> => {
  const byKey = new Map<string, NewRow[]>();
  for (const row of rows) byKey.set(row.key, [...(byKey.get(row.key) ?? []), row]);
  return new Map([...byKey].filter(([, same]) => same.length > 1));
};

/** Learns who is meant by the names in cells of typed rows. @throws ApiError */
const searchTyped = (run: Run, columns: readonly Column[], rows: readonly NewRow[]): void =>
  searchEdited(
    run.names,
    columns,
    rows.flatMap(({ cells }) =>
      columns.map((column) => ({
        column: column.key,
        labels: openLabels(column, undefined, cells.get(column.key) ?? null),
      })),
    ),
  );

/** What becomes of each of these rows. `among`: all that are to be added, since two of them may say the same. @throws ApiError */
export const planTyped = (
  { run, index, source }: Pick<Workplace, 'run' | 'index' | 'source'>,
  rows: readonly NewRow[],
  among: readonly NewRow[] = rows,
): readonly NewRowPlan[] => {
  const { creates } = source;
  if (rows.length === 0) return [];
  const doubles = twice(among);
  searchTyped(
    run,
    source.columns.filter(({ namesNewRow }) => namesNewRow),
    rows,
  );
  const single = rows.filter(({ key }) => !doubles.has(key));
  const found =
    creates?.evidence(single) ??
    single.map(
      (row): Evidence => ({
        row,
        candidates: [],
        creation: { problem: 'Rows of this table are made in Affinity alone. Delete this row, or move it elsewhere.' },
      }),
    );
  const plans = new Map(planNewRows(found, rowNumberIn(index)).map((plan) => [plan.row, plan]));
  return rows.map((row): NewRowPlan => {
    const numbers = (doubles.get(row.key) ?? []).map(({ rowNumber }) => rowNumber).join(' and ');
    return (
      plans.get(row) ?? { row, fate: { kind: 'refused' }, says: `Rows ${numbers} say the same. Keep one of them.` }
    );
  });
};

/** Rows that are made, attached or tied when they are pushed. */
export const isGoing = ({ kind }: Fate): boolean => kind === 'create' || kind === 'attach' || kind === 'tie';

/** The cells of rows that are going, against what Affinity will have of them then. @throws ApiError */
export const planTypedCells = (
  { run, index, source, input }: Workplace,
  plans: readonly NewRowPlan[],
): readonly RowPlan[] => {
  const going = plans.filter(({ fate }) => isGoing(fate));
  if (going.length === 0) return [];
  // What names a row goes with the making of it; the rest is merged as in any row that both sides have left empty so far.
  const columns = source.columns.filter(({ namesNewRow }) => namesNewRow !== true);
  const positionOf = (row: NewRow): number => row.rowNumber - index.snapshot.firstRowNumber;
  searchTyped(
    run,
    columns,
    going.map(({ row }) => row),
  );
  const founded = going.flatMap(({ row, fate }) => {
    if (fate.kind === 'attach') return [{ row, key: row.key, entity: fate.candidate.entity }];
    return fate.kind === 'tie' ? [{ row, key: fate.record.key, entity: fate.record.entity }] : [];
  });
  const fresh = founded.length === 0 ? new Map() : source.fresh(founded);
  const records = going.map(({ row }) => {
    const key = founded.find((one) => one.row === row)?.key ?? row.key;
    return fresh.get(key) ?? { key: row.key, entity: row.key, title: '', values: new Map(), stored: new Map() };
  });
  run.names.learn(columns, records);
  return going.map(({ row }, at) => {
    const record = {
      ...(records[at] ?? { entity: '', title: '', values: new Map(), stored: new Map() }),
      key: row.key,
    };
    const bare = { key: row.key, entity: record.entity, cells: new Map() };
    const plain: PlanInput = { ...input, columns, baseline: { get: () => bare } };
    return planRow(plain, record, positionOf(row));
  });
};
