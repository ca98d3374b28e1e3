/**
 * Cells that a refresh would empty. They are held back until all rows are read: so many of them that a fault is likelier are asked about
 * first, the others are emptied at the end. What is held is kept from slice to slice, in a memory that may be lost; then the next refresh
 * finds it again. Source: design, promise P4.
 */
import type { Column, SyncRecord } from '../datasets/dataset';
import { GONE_ROWS_ASKED, ROWS_PER_BLOCK } from '../limits';
import { indexTable, planRow, type RowPlan } from '../merge/plan';
import type { TablePort } from '../ports';
import { STATUS_COLUMN } from '../row-id';
import type { Baseline } from '../state/baseline';
import type { Checkpoint } from '../state/checkpoint';
import type { SavedImport } from '../state/saved-import';
import { applyPlans, type NewsCell, settle } from './apply';
import { count } from './count';
import { contextOf, type Run } from './run';

/** Whether a number is too large to be believed without asking, of so many in all. */
export const isDoubtful = (some: number, all: number, { settings }: Pick<SavedImport, 'settings'>): boolean =>
  some > GONE_ROWS_ASKED && some * 100 > all * settings.askAbovePercent;

/** A row with cells that would be emptied: its key, its entity, its name, and their columns. */
type Held = readonly [string, string, string, readonly string[]];

interface Place {
  readonly table: TablePort;
  readonly baseline: Baseline;
}

export interface Emptied {
  /** The row's plan without the cells that it would empty. */
  hold(plan: RowPlan): RowPlan;
  /** Keeps what was held for the next slice; gives the number of rows held so far. */
  note(): number;
  /** What would be emptied, in words, where that has to be asked about; else null. */
  doubt(baseline: Baseline): string | null;
  /** Empties what is held; `settled` is told what changed, block by block, and gives what to note with it. */
  apply(place: Place, settled: (news: readonly NewsCell[]) => () => void): number;
  /** Rows that were held by an earlier slice and are not known any more. */
  readonly lost: number;
}

/** `from`: where this slice begins. */
export const openEmptied = (
  run: Run,
  saved: SavedImport,
  columns: readonly Column[],
  from: Pick<Checkpoint, 'held' | 'agreed' | 'startedAt'>,
): Emptied => {
  const name = `${saved.id}.emptied.${from.startedAt}`;
  const kept = from.held === 0 ? [] : (run.memory.read(name) ?? []).slice(0, from.held);
  const lost = from.held - kept.length;
  const rows: Held[] = kept.map((line) => JSON.parse(line)); // written below
  let noted = rows.length;
  let values: ReadonlyMap<string, number> | null = null;

  const valuesOf = (baseline: Baseline): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const key of baseline.keys) {
      for (const [column, { value }] of baseline.get(key)?.cells ?? []) {
        if (value !== null) counts.set(column, (counts.get(column) ?? 0) + 1);
      }
    }
    return counts;
  };

  return {
    lost,
    hold(plan) {
      if (from.agreed) return plan;
      const cells = new Map(plan.cells);
      for (const [column, cell] of plan.cells) {
        if (cell.state === 'theirs' && cell.isNews && cell.theirs === null) cells.delete(column);
      }
      if (cells.size === plan.cells.size) return plan;
      const { key, entity, title } = plan.record;
      rows.push([key, entity, title, [...plan.cells.keys()].filter((column) => !cells.has(column))]);
      return { ...plan, cells };
    },
    note() {
      const lines = rows.slice(noted).map((row) => JSON.stringify(row));
      if (lines.length > 0 && noted === 0) run.memory.write(name, lines);
      else if (lines.length > 0) run.memory.add(name, lines);
      noted = rows.length;
      return noted + lost;
    },
    doubt(baseline) {
      const emptied = new Map<string, number>();
      for (const [, , , keys] of rows) for (const key of keys) emptied.set(key, (emptied.get(key) ?? 0) + 1);
      const sum = (counts: ReadonlyMap<string, number>): number =>
        [...counts.values()].reduce((all, one) => all + one, 0);
      if (sum(emptied) <= GONE_ROWS_ASKED) return null;
      values ??= valuesOf(baseline);
      for (const { key, header, locked } of columns) {
        const some = emptied.get(key) ?? 0;
        const all = values.get(key) ?? 0;
        // A column that Affinity fills by itself may well run empty, e.g. of meetings to come.
        if (locked === undefined && isDoubtful(some, all, saved))
          return `${some} of ${count(all, 'value')} of “${header}”`;
      }
      const all = sum(values);
      return isDoubtful(sum(emptied), all, saved) ? `${sum(emptied)} of all ${count(all, 'value')}` : null;
    },
    apply({ table, baseline }, settled) {
      const context = contextOf(run);
      let changed = 0;
      for (let start = 0; start < rows.length; start += ROWS_PER_BLOCK) {
        const block = rows.slice(start, start + ROWS_PER_BLOCK);
        const there = indexTable(table.readRows(block.map(([key]) => key)));
        const planned = block.flatMap(([key, entity, title, emptied]) => {
          const position = there.positions.get(key);
          if (position === undefined) return [];
          const record: SyncRecord = {
            key,
            entity,
            title,
            values: new Map(emptied.map((column) => [column, null])),
            stored: new Map(),
          };
          const mine = columns.filter((column) => emptied.includes(column.key));
          const plan = planRow({ columns: mine, table: there, baseline, context }, record, position);
          return [{ plan, status: String(there.snapshot.columns.get(STATUS_COLUMN)?.[position] ?? '') }];
        });
        const applied = applyPlans(table, there, baseline, planned, columns, context);
        settle(run.workbook, baseline, [settled(applied.news), applied.commit]);
        changed += applied.cellsChanged;
      }
      return changed;
    },
  };
};
