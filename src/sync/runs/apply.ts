/**
 * Performs a page's plans on the sheet and moves the baseline; decides nothing. Order: cells, flush, baseline, flush. A cell that a
 * person changed in between is left alone, and its baseline with it: the next plan sees the edit.
 */
import { type Cell, isFormula, keptText } from '../cells/cell';
import type { CellContext } from '../cells/codec';
import { sameValue, type Value } from '../cells/value';
import type { Column, SyncRecord } from '../datasets/dataset';
import { asWritten, isNewlyHeld } from '../merge/merge-cell';
import type { RowPlan, TableIndex } from '../merge/plan';
import type { CellWrite, Recall, RowAppend, RowWrite, TablePort, Workbook } from '../ports';
import { ID_COLUMN, STATUS_COLUMN } from '../row-id';
import type { Baseline, BaselineCell } from '../state/baseline';

/** The cell of a value and what the baseline keeps of it. */
export const rendered = (column: Column, value: Value, context: CellContext): { cell: Cell; base: BaselineCell } => {
  const cell = value === null ? null : column.codec.toCell(value, context);
  const text = column.codec.isContextual ? keptText(cell) : undefined;
  return { cell, base: text === undefined ? { value } : { value, text } };
};

/** Id cells hold numbers as long as these are exact. */
export const idCell = (key: string): Cell => (/^\d{1,15}$/.test(key) ? Number(key) : key);

export const appendRecords = (
  table: TablePort,
  baseline: Baseline,
  records: readonly SyncRecord[],
  columns: readonly Column[],
  context: CellContext,
): { readonly commit: () => void } => {
  const appends: RowAppend[] = [];
  const commits: (() => void)[] = [];
  for (const record of records) {
    const cells = new Map<string, Cell>([[ID_COLUMN, idCell(record.key)]]);
    const base = new Map<string, BaselineCell>();
    for (const column of columns) {
      const { cell, base: kept } = rendered(column, record.values.get(column.key) ?? null, context);
      if (cell !== null) cells.set(column.key, cell);
      base.set(column.key, kept);
    }
    appends.push({ id: record.key, cells });
    commits.push(() => baseline.set({ key: record.key, entity: record.entity, cells: base }));
  }
  if (appends.length > 0) table.append(appends);
  return {
    commit: () => {
      for (const commit of commits) commit();
    },
  };
};

/** Cells as they were read when the run began. */
export const recallFrom =
  ({ snapshot, positions }: TableIndex): Recall =>
  (id, column) => {
    const cells = snapshot.columns.get(column);
    const position = positions.get(id);
    return cells === undefined || position === undefined ? undefined : (cells[position] ?? null);
  };

/** Cells as both sides last agreed on them, for a run that does not read the whole table. */
export const recallAgreed =
  (baseline: Pick<Baseline, 'get'>, columns: readonly Column[], context: CellContext): Recall =>
  (id, key) => {
    const column = columns.find((one) => one.key === key);
    const row = baseline.get(id);
    if (row === undefined || column === undefined) return undefined;
    return asWritten(column, row.cells.get(key) ?? { value: null }, context);
  };

/** A row's plan with the status to show on it. */
export interface PlannedRow {
  readonly plan: RowPlan;
  readonly status: string;
}

/** A cell whose value Affinity changed since both sides last agreed. */
export interface NewsCell {
  readonly key: string;
  readonly entity: string;
  /** The row's name. */
  readonly title: string;
  readonly column: Column;
  readonly old: Value;
  /** What stood in the cell, where that does not follow from the value alone. */
  readonly oldText: string | undefined;
  readonly next: Value;
}

export interface Applied {
  readonly cellsChanged: number;
  /** What Affinity changed, in cells that took it or had it already. */
  readonly news: readonly NewsCell[];
  /** Notes in the baseline what was written; call after the flush. */
  readonly commit: () => void;
}

/** Writes what Affinity has and the sheet has not. */
export const applyPlans = (
  table: TablePort,
  index: TableIndex,
  baseline: Baseline,
  rows: readonly PlannedRow[],
  columns: readonly Column[],
  context: CellContext,
): Applied => {
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const cellAt = (column: string, position: number): Cell => index.snapshot.columns.get(column)?.[position] ?? null;
  const writes: RowWrite[] = [];
  const news = new Set<string>();
  for (const { plan, status } of rows) {
    const position = index.positions.get(plan.record.key);
    if (position === undefined) continue;
    const cells: CellWrite[] = [];
    for (const [column, cell] of plan.cells) {
      if (cell.state !== 'theirs' && cell.state !== 'agreed') continue;
      const expected = cellAt(column, position);
      // A formula that computes what Affinity has now stays.
      if (!isFormula(expected)) cells.push({ column, expected, next: cell.next });
      if (cell.state === 'theirs' && cell.isNews) news.add(`${plan.record.key}/${column}`);
    }
    const shown = index.snapshot.columns.has(STATUS_COLUMN) ? cellAt(STATUS_COLUMN, position) : null;
    if (index.snapshot.columns.has(STATUS_COLUMN) && (shown ?? '') !== status) {
      cells.push({ column: STATUS_COLUMN, expected: shown, next: status === '' ? null : status });
    }
    if (cells.length > 0) writes.push({ id: plan.record.key, cells });
  }
  const result =
    writes.length === 0 ? { written: 0, skipped: [] } : table.write(writes, recallAgreed(baseline, columns, context));
  const skipped = new Set(result.skipped.map(({ id, column }) => `${id}/${column}`));
  const newsOf = ({ record, cells }: RowPlan): readonly NewsCell[] => {
    const before = baseline.get(record.key);
    if (before === undefined) return [];
    return [...cells].flatMap(([key, plan]): readonly NewsCell[] => {
      const column = byKey.get(key);
      const base = before.cells.get(key);
      const old = base?.value ?? null;
      const isTaken = (plan.state === 'theirs' || plan.state === 'agreed') && !skipped.has(`${record.key}/${key}`);
      if (!isTaken || column === undefined || sameValue(old, plan.theirs)) return [];
      const { entity, title } = record;
      return [{ key: record.key, entity, title, column, old, oldText: base?.text, next: plan.theirs }];
    });
  };
  return {
    news: rows.flatMap(({ plan }) => newsOf(plan)),
    cellsChanged: [...news].filter((cell) => !skipped.has(cell)).length,
    commit: () => {
      for (const { plan } of rows) commitRow(plan, baseline, byKey, skipped, context);
    },
  };
};

const commitRow = (
  { record, cells }: RowPlan,
  baseline: Baseline,
  columns: ReadonlyMap<string, Column>,
  skipped: ReadonlySet<string>,
  context: CellContext,
): void => {
  const before = baseline.get(record.key);
  const next = new Map(before?.cells ?? []);
  // A merge in Affinity gives the row another entity, even where nothing else tells.
  let isChanged = before?.entity !== record.entity;
  for (const [key, column] of columns) {
    const plan = cells.get(key);
    const settled = plan?.state === 'theirs' || plan?.state === 'agreed';
    if (before === undefined && plan === undefined && record.values.has(key)) {
      // The row stood in the sheet already and equals Affinity: both sides agree.
      next.set(key, rendered(column, record.values.get(key) ?? null, context).base);
    }
    const kept = next.get(key) ?? { value: null };
    if (before !== undefined && isNewlyHeld(plan, kept)) {
      next.set(key, { ...kept, isHeld: true });
      isChanged = true;
    }
    if (!settled || skipped.has(`${record.key}/${key}`)) continue;
    next.set(key, rendered(column, plan.theirs, context).base);
    isChanged = true;
  }
  if (isChanged) baseline.set({ key: record.key, entity: record.entity, cells: next });
};

/** Makes the baseline real after its effects; what a table was told to write is real by then. */
export const settle = (workbook: Workbook, baseline: Baseline, commits: readonly (() => void)[]): void => {
  for (const commit of commits) commit();
  baseline.save();
  workbook.flush();
};
