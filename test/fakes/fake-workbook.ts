/**
 * A workbook in memory, with behaviour: typed cells that people can edit, sort, insert and delete, tables found by their id column,
 * and writes that are lost when a run dies before its flush. The engine's suites run on it by the thousand; `local/google` says
 * whether the adapters behave like it.
 */
import { type Cell, sameCell } from '../../src/sync/cells/cell';
import {
  type ColumnLook,
  type PlaceWrite,
  type ReportCell,
  type ReportName,
  type ReportRow,
  type ReportTab,
  type RowAppend,
  type RowWrite,
  SheetError,
  type StateRows,
  type TablePort,
  type TableSnapshot,
  type Workbook,
  type WriteResult,
} from '../../src/sync/ports';
import { ID_COLUMN, idIn } from '../../src/sync/row-id';

const shownCell = (cell: ReportCell): string => {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  return 'instant' in cell ? new Date(cell.instant).toISOString().slice(0, 16).replace('T', ' ') : cell.formula;
};

/** One row of a tab: managed cells by column key, and what the person wrote beside them. */
export interface FakeRow {
  readonly cells: Map<string, Cell>;
  beside: string;
}

const besideOf = (row: FakeRow | undefined) =>
  row === undefined || row.beside === '' ? [] : [{ header: 'Beside', text: row.beside }];

export interface FakeTab {
  readonly id: number;
  title: string;
  columns: readonly ColumnLook[];
  isMarked?: boolean;
  rows: FakeRow[];
}

export class FakeWorkbook implements Workbook {
  readonly spreadsheetId = 'fake-file';
  readonly decimal = '.';
  readonly timeZone = 'Etc/UTC';
  selected: readonly { readonly first: number; readonly last: number }[] = [];
  readonly name = 'Fake file';
  readonly url = 'https://docs.google.com/spreadsheets/d/fake-file/edit';
  readonly reports = new Map<ReportName, ReportRow[]>();
  readonly tabs = new Map<number, FakeTab>();
  readonly stateRows = new Map<string, string[][]>();
  active = 0;
  flushes = 0;
  /** Called before each port call, so that a test can act in between. */
  before: (call: string) => void = () => {};
  #pending: (() => void)[] = [];

  localTime(instant: number): string {
    return new Date(instant).toISOString().slice(0, 19);
  }

  activeTab(): { readonly title: string; readonly texts: readonly (readonly string[])[]; readonly column: number } {
    throw new Error('not part of this fake');
  }

  selectedRows() {
    return this.selected;
  }

  report(name: ReportName): ReportTab | null {
    const rows = this.reports.get(name);
    if (rows === undefined) return null;
    return {
      fill: (filled) => void this.#pending.push(() => rows.splice(0, rows.length, ...filled)),
      add: (added, keep) =>
        void this.#pending.push(() => rows.splice(0, rows.length, ...[...added, ...rows].slice(0, keep))),
      rows: (limit) => {
        this.#settle();
        return rows.slice(0, limit).map((row) => row.map(shownCell));
      },
      show: () => {},
    };
  }

  createReport(name: ReportName): ReportTab {
    if (!this.reports.has(name)) this.reports.set(name, []);
    const made = this.report(name);
    if (made === null) throw new Error(`no report ${name}`);
    return made;
  }

  states(): readonly string[] {
    return [...this.stateRows.keys()];
  }

  state(importId: string): StateRows {
    if (!this.stateRows.has(importId)) throw new SheetError('sheet/state-gone', importId);
    return {
      first: () => {
        this.#step('state.first');
        return [...(this.stateRows.get(importId)?.[0] ?? [])];
      },
      read: () => {
        this.#step('state.read');
        return (this.stateRows.get(importId) ?? []).map((row) => [...row]);
      },
      keys: () => {
        this.#step('state.keys');
        return (this.stateRows.get(importId) ?? []).map(([key]) => key ?? '');
      },
      rows: (start, count) => {
        this.#step('state.rows');
        return (this.stateRows.get(importId) ?? []).slice(start, start + count).map((row) => [...row]);
      },
      write: (start, rows) => {
        this.#step('state.write');
        this.#pending.push(() => {
          const stored = this.stateRows.get(importId) ?? [];
          while (stored.length < start) stored.push([]);
          rows.forEach((row, index) => {
            stored[start + index] = [...row];
          });
        });
      },
      remove: (start, count) => {
        this.#step('state.remove');
        this.#pending.push(() => this.stateRows.get(importId)?.splice(start, count));
      },
    };
  }

  createState(importId: string): StateRows {
    this.stateRows.set(importId, []);
    return this.state(importId);
  }

  freeTitle(wanted: string): string {
    return wanted;
  }

  createTable(_importId: string, title: string, columns: readonly ColumnLook[]) {
    this.#step('createTable');
    const id = this.tabs.size + 1;
    this.tabs.set(id, { id, title, columns, rows: [] });
    return { tabId: id };
  }

  drawCharts(): number {
    return 0;
  }

  table(_importId: string, tabId: number): TablePort {
    const tab = this.tabs.get(tabId);
    if (tab === undefined) throw new SheetError('sheet/tab-gone', String(tabId));
    return {
      recover: () => this.#step('recover'),
      read: () => this.#read(tab),
      ids: () => {
        const { ids, firstRowNumber } = this.#read(tab, 'ids');
        return { ids, firstRowNumber };
      },
      readRows: (ids) => this.#read(tab, 'readRows', new Set(ids)),
      write: (rows, _recall, alongside) => {
        const result = this.#write(tab, rows);
        alongside?.();
        if (alongside !== undefined) this.flush();
        return result;
      },
      writeAt: (rows) => this.#writeAt(tab, rows),
      headers: () => {
        this.#step('headers');
        return new Map(tab.columns.map(({ key, header }) => [key, header]));
      },
      mark: (isShown) => {
        this.#step('mark');
        tab.isMarked = isShown;
      },
      relabel: (changes) => {
        this.#step('relabel');
        const isOurs = ({ key, header }: ColumnLook) => changes.get(key)?.expected === header;
        const ours = tab.columns.filter(isOurs).map(({ key }) => key);
        tab.columns = tab.columns.map((look) =>
          isOurs(look) ? { ...look, header: changes.get(look.key)?.next ?? look.header } : look,
        );
        return ours;
      },
      beside: (ids) => new Map(ids.map((id) => [id, besideOf(this.#rowOf(tab, id))])),
      removeRows: (seen) => {
        this.#step('removeRows');
        this.#settle();
        const gone = [...seen].filter(([id, { beside }]) => {
          const row = this.#rowOf(tab, id);
          return row !== undefined && JSON.stringify(besideOf(row)) === JSON.stringify(beside);
        });
        const rows = new Set(gone.map(([id]) => this.#rowOf(tab, id)));
        tab.rows = tab.rows.filter((row) => !rows.has(row));
        return gone.map(([id]) => id);
      },
      append: (rows) => this.#append(tab, rows),
    };
  }

  tabTitle(tabId: number): string | null {
    return this.tabs.get(tabId)?.title ?? null;
  }

  activate(tabId: number): void {
    this.active = tabId;
  }

  forget(importId: string): void {
    this.stateRows.delete(importId);
  }

  activeTabId(): number {
    return this.active;
  }

  forgetEdits(): void {
    this.#step('forgetEdits');
  }

  flush(): void {
    this.#step('flush');
    this.#settle();
    this.flushes += 1;
  }

  /** Becomes what another workbook is, with nothing pending. */
  copyFrom(other: FakeWorkbook): void {
    for (const [id, { rows, ...tab }] of other.tabs) {
      this.tabs.set(id, { ...tab, rows: rows.map(({ cells, beside }) => ({ cells: new Map(cells), beside })) });
    }
    for (const [id, rows] of other.stateRows)
      this.stateRows.set(
        id,
        rows.map((row) => [...row]),
      );
    for (const [name, rows] of other.reports) this.reports.set(name, [...rows]);
    this.active = other.active;
  }

  /** Forgets what was not flushed, as a killed execution does. */
  lose(): void {
    this.#pending = [];
  }

  #step(call: string): void {
    this.before(call);
  }

  /** A read forces pending writes, as the platform does. */
  #settle(): void {
    for (const write of this.#pending) write();
    this.#pending = [];
  }

  #read(tab: FakeTab, call = 'read', only: ReadonlySet<string> | null = null): TableSnapshot {
    this.#step(call);
    this.#settle();
    const rows = tab.rows.filter(({ cells }) => only === null || only.has(idIn(cells.get(ID_COLUMN) ?? null) ?? ''));
    const managed = tab.columns.map(({ key }) => key).filter((key) => key !== ID_COLUMN);
    return {
      title: tab.title,
      ids: rows.map((row) => row.cells.get(ID_COLUMN) ?? null),
      columns: new Map(managed.map((key) => [key, rows.map((row) => row.cells.get(key) ?? null)])),
      firstRowNumber: 2,
    };
  }

  #write(tab: FakeTab, writes: readonly RowWrite[]): WriteResult {
    this.#step('write');
    this.#settle();
    const skipped: { id: string; column: string }[] = [];
    let written = 0;
    for (const { id, cells } of writes) {
      const rows = tab.rows.filter((row) => idIn(row.cells.get(ID_COLUMN) ?? null) === id);
      for (const { column, expected, next } of cells) {
        const [row] = rows;
        if (rows.length !== 1 || row === undefined || !sameCell(row.cells.get(column) ?? null, expected)) {
          skipped.push({ id, column });
          continue;
        }
        written += 1;
        row.cells.set(column, next);
      }
    }
    return { written, skipped };
  }

  #rowOf(tab: FakeTab, id: string): FakeRow | undefined {
    const rows = tab.rows.filter((row) => idIn(row.cells.get(ID_COLUMN) ?? null) === id);
    return rows.length === 1 ? rows[0] : undefined;
  }

  #writeAt(tab: FakeTab, rows: readonly PlaceWrite[]): readonly number[] {
    this.#step('writeAt');
    this.#settle();
    const isLike = (row: FakeRow | undefined, { expected }: PlaceWrite): row is FakeRow =>
      row !== undefined && [...expected].every(([key, cell]) => sameCell(row.cells.get(key) ?? null, cell));
    return rows.flatMap((wanted, index) => {
      const here = tab.rows[wanted.rowNumber - 2];
      const found = isLike(here, wanted) ? [here] : tab.rows.filter((row) => isLike(row, wanted));
      const [row, ...others] = found;
      if (row === undefined || others.length > 0) return [index];
      for (const [key, cell] of wanted.next) row.cells.set(key, cell);
      return [];
    });
  }

  #append(tab: FakeTab, rows: readonly RowAppend[]): void {
    this.#step('append');
    this.#settle();
    const made = rows.map((row): FakeRow => ({ cells: new Map(row.cells), beside: '' }));
    this.#pending.push(() => tab.rows.push(...made));
  }
}
