/**
 * The plan: for rows of a table, what happens to each cell. Pure; preview, push and refresh are views of it, and what performs it
 * takes no decision of its own.
 */
import { type Cell, isDay, isFormula } from '../cells/cell';
import type { CellContext } from '../cells/codec';
import { sameValue, type Value } from '../cells/value';
import type { Column, SyncRecord } from '../datasets/dataset';
import type { TableSnapshot } from '../ports';
import { idIn, STATUS_COLUMN } from '../row-id';
import type { Baseline, BaselineCell, BaselineRow } from '../state/baseline';
import { type CellPlan, isUnedited, mergeCell, openLabels } from './merge-cell';

/** One row's part of the plan. `cells` has the columns where something is to be done or said. */
export interface RowPlan {
  readonly record: SyncRecord;
  readonly cells: ReadonlyMap<string, CellPlan>;
}

/** Where the rows of a table stand, by id. */
export interface TableIndex {
  readonly snapshot: TableSnapshot;
  readonly positions: ReadonlyMap<string, number>;
  /** Ids that stand on more than one row: a copied row. Nothing is written to or sent from these. */
  readonly doubled: ReadonlyMap<string, readonly number[]>;
  /** Positions of rows with content and nothing in the id column that can be an id. */
  readonly unnamed: readonly number[];
}

export const indexTable = (snapshot: TableSnapshot): TableIndex => {
  const positions = new Map<string, number>();
  const doubled = new Map<string, number[]>();
  const unnamed: number[] = [];
  snapshot.ids.forEach((cell, position) => {
    const id = idIn(cell);
    if (id === null) {
      // What we wrote into the status of a row that a person emptied since makes it no row.
      const hasContent = [...snapshot.columns].some(
        ([key, cells]) => key !== STATUS_COLUMN && (cells[position] ?? null) !== null,
      );
      if (hasContent) unnamed.push(position);
      return;
    }
    const first = positions.get(id);
    if (first === undefined) positions.set(id, position);
    else doubled.set(id, [...(doubled.get(id) ?? [first]), position]);
  });
  for (const id of doubled.keys()) positions.delete(id);
  return { snapshot, positions, doubled, unnamed };
};

const NO_VALUE: BaselineCell = { value: null };

/** A column that came later than the row has the base "nothing"; a row without baseline has none at all. */
const baseOf = (row: BaselineRow | undefined, column: Column): BaselineCell | undefined =>
  row === undefined ? undefined : (row.cells.get(column.key) ?? NO_VALUE);

export interface PlanInput {
  readonly columns: readonly Column[];
  readonly table: TableIndex;
  readonly baseline: Pick<Baseline, 'get'>;
  readonly context: CellContext;
}

type Edit = Extract<CellPlan, { readonly mine: Value }>;

const isEdit = (plan: CellPlan): plan is Edit => 'mine' in plan;

/** The same in the same order, without a look at what it means. */
const isPlainlySame = (a: Value, b: Value): boolean => {
  if (a === b) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
};

/** Whether all three sides are plainly the same, as nearly all cells of a table are: what `mergeCell` would say, without asking it. */
const isUntouched = (
  { codec }: Column,
  base: BaselineCell | undefined,
  shown: Cell,
  theirs: Value,
  context: CellContext,
): boolean => {
  if (base === undefined || !isPlainlySame(base.value, theirs)) return false;
  if (theirs === null) return shown === null && base.text === undefined;
  if (base.text === undefined && !codec.isContextual) {
    if (shown === theirs) return true;
    if (isDay(shown)) return shown.day === theirs && shown.time === null;
  }
  // A text that was agreed on, and that names the value to this day.
  if (typeof shown !== 'string' || (base.text !== undefined && (base.text !== shown || codec.format === 'time')))
    return false;
  return codec.toCell(theirs, context) === shown;
};

/** The cells of each column, in the order of the columns: looked up once for all rows. */
const sheetsOf = new WeakMap<PlanInput, readonly (readonly Cell[] | undefined)[]>();

const NOTHING_TO_DO: RowPlan['cells'] = new Map();

/** The plan of one row that stands in the sheet. */
export const planRow = (input: PlanInput, record: SyncRecord, position: number): RowPlan => {
  const { columns, context } = input;
  const row = input.baseline.get(record.key);
  const sheets = sheetsOf.get(input) ?? columns.map(({ key }) => input.table.snapshot.columns.get(key));
  sheetsOf.set(input, sheets);
  let cells: Map<string, CellPlan> | null = null;
  for (let at = 0; at < columns.length; at += 1) {
    const column = columns[at];
    const sheet = sheets[at];
    if (column === undefined || sheet === undefined) continue;
    const base = baseOf(row, column);
    // A column that this reading of the record does not cover counts as unchanged.
    const told = record.values.get(column.key);
    const stays = told === undefined || (column.isSaidOnce === true && (base?.value ?? null) !== null);
    const theirs = stays ? (base?.value ?? null) : told;
    const shown = sheet[position] ?? null;
    if (isUntouched(column, base, shown, theirs, context)) continue;
    const plan = mergeCell({ column, base, sheet: shown, theirs, context });
    if (plan.state === 'same') continue;
    cells ??= new Map();
    const lock = isEdit(plan) ? record.locks?.get(column.key) : undefined;
    cells.set(column.key, lock === undefined ? plan : { state: 'refused', problem: lock, theirs });
  }
  return { record, cells: cells ?? NOTHING_TO_DO };
};

/** An edited cell and the names in it that have to be looked up. */
export interface EditedCell {
  readonly column: string;
  readonly labels: readonly string[];
  readonly isComputed: boolean;
}

export interface EditedRow {
  readonly row: BaselineRow;
  readonly cells: readonly EditedCell[];
}

/** Rows whose cells differ from the baseline, found without asking Affinity. */
export const editedRows = (input: PlanInput): readonly EditedRow[] => {
  const edited: EditedRow[] = [];
  for (const [key, position] of input.table.positions) {
    const row = input.baseline.get(key);
    if (row === undefined) continue;
    const cells = input.columns.flatMap((column) => {
      const sheet = input.table.snapshot.columns.get(column.key)?.[position];
      if (sheet === undefined) return [];
      const base = baseOf(row, column);
      if (isUnedited({ column, base, sheet, context: input.context })) return [];
      return [{ column: column.key, labels: openLabels(column, base, sheet), isComputed: isFormula(sheet) }];
    });
    if (cells.length > 0) edited.push({ row, cells });
  }
  return edited;
};

/**
 * The meeting of an edit with itself: a global field belongs to the entity, so rows of one entity share its cell. Two different
 * edits of it are refused until they agree; which one is meant can't be known.
 */
export const refuseDisagreeing = (rows: readonly RowPlan[], columns: readonly Column[]): readonly RowPlan[] => {
  const shared = columns.filter((column) => column.isShared);
  const edits = new Map<string, Value[]>();
  const nameOf = (row: RowPlan, column: Column) => `${row.record.entity}/${column.key}`;
  for (const row of rows) {
    for (const column of shared) {
      const plan = row.cells.get(column.key);
      if (plan === undefined || !isEdit(plan)) continue;
      edits.set(nameOf(row, column), [...(edits.get(nameOf(row, column)) ?? []), plan.mine]);
    }
  }
  return rows.map((row) => {
    const cells = new Map(row.cells);
    for (const column of shared) {
      const plan = cells.get(column.key);
      const mine = edits.get(nameOf(row, column)) ?? [];
      const [first] = mine;
      const agree = first === undefined || mine.every((value) => sameValue(value, first));
      if (plan === undefined || !isEdit(plan) || agree) continue;
      const problem = 'rows of the same record say different things. All rows share this value: make them agree.';
      cells.set(column.key, { state: 'refused', problem, theirs: plan.theirs });
    }
    return { record: row.record, cells };
  });
};
