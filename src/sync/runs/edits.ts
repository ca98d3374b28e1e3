/**
 * Edited rows and what a push makes of them, the common ground of preview and push: found in the sheet, read afresh from Affinity,
 * planned once. Reads only.
 */
import type { Source } from '../datasets/dataset';
import { CELLS_PER_PUSH, ROWS_PER_PUSH } from '../limits';
import { type CellPlan, ownOf } from '../merge/merge-cell';
import {
  editedRows,
  indexTable,
  type PlanInput,
  planRow,
  type RowPlan,
  refuseDisagreeing,
  type TableIndex,
} from '../merge/plan';
import type { TablePort } from '../ports';
import { type Baseline, openBaseline } from '../state/baseline';
import { readImport, type SavedImport } from '../state/saved-import';
import { recallAgreed } from './apply';
import { linkedTable } from './linked-table';
import { asShown } from './relabel';
import { searchEdited } from './resolve-names';
import { contextOf, type Run } from './run';
import { type StrangeRow, strangeRows } from './strange-rows';

/** One import opened for its edits. */
export interface Workplace {
  readonly saved: SavedImport;
  readonly run: Run;
  readonly source: Source;
  readonly table: TablePort;
  readonly index: TableIndex;
  readonly baseline: Baseline;
  readonly input: PlanInput;
}

/**
 * Opens an import for looking only (`reads`), or for a run that holds its lease and writes.
 * @throws SheetError when the table or its state is gone; ApiError when the list can't be read
 */
export const openWorkplace = (
  run: Run,
  importId: string,
  openSource: (saved: SavedImport) => Source,
  purpose: 'reads' | 'writes',
): Workplace => {
  const state = run.workbook.state(importId, true);
  const saved = readImport(state);
  const table = linkedTable(run, saved);
  const baseline = openBaseline(state);
  const source = asShown(openSource(saved), table);
  const context = contextOf(run);
  if (purpose === 'writes') table.recover(recallAgreed(baseline, source.columns, context));
  const index = indexTable(table.read());
  const input = { columns: source.columns, table: index, baseline, context };
  return { saved, run, source, table, index, baseline, input };
};

/** The workplace after its table was written to. */
export const reindexed = (work: Workplace): Workplace => {
  const index = indexTable(work.table.read());
  return { ...work, index, input: { ...work.input, table: index } };
};

export interface Edited {
  readonly key: string;
  readonly entity: string;
  /** Keys of the columns whose cells are edits. */
  readonly columns: readonly string[];
  /** Cells of the row that are edits by their formulas, where it has no other edit; else 0. */
  readonly formulas: number;
}

/** Finds the edited rows and learns the names that their cells hold. */
export const findEdits = ({ run, source, input }: Workplace): readonly Edited[] => {
  const edited = editedRows(input);
  searchEdited(
    run.names,
    source.columns,
    edited.flatMap(({ cells }) => cells),
  );
  return edited.map(({ row, cells }) => ({
    key: row.key,
    entity: row.entity,
    columns: cells.map(({ column }) => column),
    formulas: cells.every(({ isComputed }) => isComputed) ? cells.length : 0,
  }));
};

/** The plan of edited rows against their present records; rows whose record can't be read are in `unread`. */
export const planEdits = (
  work: Workplace,
  edited: readonly Edited[],
): { plans: readonly RowPlan[]; unread: readonly Edited[] } => {
  const fresh = work.source.fresh(edited);
  const plans: RowPlan[] = [];
  const unread: Edited[] = [];
  for (const row of edited) {
    const record = fresh.get(row.key);
    const position = work.index.positions.get(row.key);
    if (record === undefined || position === undefined) unread.push(row);
    else plans.push(planRow(work.input, record, position));
  }
  const meets = (cell: CellPlan | undefined): boolean => cell?.state === 'conflict' || ownOf(cell) !== undefined;
  const held = work.source.columns.filter(({ key }) => plans.some(({ cells }) => meets(cells.get(key))));
  // What Affinity has is shown where both sides changed, and may come to stand in the cell: its names are needed.
  work.run.names.learn(
    held,
    plans.map(({ record }) => record),
  );
  return { plans: refuseDisagreeing(plans, work.source.columns), unread };
};

/** Rows that stand in the sheet more than once, in words. `fate`: what does not happen to them. */
export const doubledMessages = ({ snapshot, doubled }: TableIndex, fate: string): readonly string[] =>
  [...doubled.values()].map((positions) => {
    const rows = positions.map((position) => snapshot.firstRowNumber + position).join(', ');
    return `Rows ${rows} have the same Affinity row ID, so none of them is ${fate}. Delete the copies.`;
  });

/** Strange rows that are named in one message each. */
const NAMED_ROWS = 10;

/** Rows that a push can't tell apart or find, in words. */
export const rowMessages = (
  { index, source }: Workplace,
  unread: readonly Edited[],
  strange: readonly StrangeRow[],
): readonly string[] => {
  const first = index.snapshot.firstRowNumber;
  const numbers = (positions: readonly number[]) => positions.map((position) => first + position).join(', ');
  const gone = unread.flatMap(({ key }) => index.positions.get(key) ?? []);
  return [
    ...doubledMessages(index, 'sent'),
    ...strange
      .filter(({ isCopy }) => !isCopy)
      .slice(0, NAMED_ROWS)
      .map(({ rowNumber, says }) => `Row ${rowNumber} is not sent. ${says}`),
    ...(gone.length === 0
      ? []
      : [`Affinity no longer has the record of row ${numbers(gone)} on “${source.title}”, so its edits are not sent.`]),
  ];
};

/** Blocks of rows; rows of one entity stay together, since they share values. */
export const blocksOf = (edited: readonly Edited[]): readonly (readonly Edited[])[] => {
  const byEntity = new Map<string, Edited[]>();
  for (const row of edited) byEntity.set(row.entity, [...(byEntity.get(row.entity) ?? []), row]);
  const blocks: Edited[][] = [];
  let cells = 0;
  for (const rows of byEntity.values()) {
    const last = blocks[blocks.length - 1];
    const more = rows.reduce((sum, { columns }) => sum + columns.length, 0);
    cells += more;
    if (last !== undefined && last.length + rows.length <= ROWS_PER_PUSH && cells <= CELLS_PER_PUSH) {
      last.push(...rows);
      continue;
    }
    blocks.push([...rows]);
    cells = more;
  }
  return blocks;
};

/** Rows of a workplace that are left alone for their ids. */
export const strangeIn = ({ run, saved, index, baseline, source }: Workplace): readonly StrangeRow[] =>
  strangeRows(run, saved.id, index, baseline, source.place);
