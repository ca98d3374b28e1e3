import type { Axis, AxisEdit } from './axis-edit';
import { DEFAULT_COLUMN_WIDTH, DEFAULT_ROW_HEIGHT } from './cell-store';
import { ScriptFault, texts } from './errors';
import type { Execution } from './execution';
import type { Range } from './range';
import { ServiceObject } from './service-object';
import type { SheetModel } from './sheet-model';
import { editLinesOf, reorderRows, requireEdit, sortedOrder } from './structure';

export abstract class SheetLines extends ServiceObject {
  readonly model: SheetModel;
  constructor(run: Execution, model: SheetModel) {
    super(run);
    this.model = model;
  }
  /** @throws when the sheet was deleted meanwhile. */
  requireAlive(): void {
    if (!this.model.isAlive) throw new ScriptFault(`Sheet ${this.model.id} not found`);
  }
  /** Grid size as this execution must see it, pending changes included. */
  protected size(): { rows: number; columns: number } {
    return this.run.pending.sizeOf(this.model);
  }
  protected write(apply: () => void): this {
    this.run.write(this.model, apply);
    return this;
  }

  #insert(axis: Axis, at: number, count: number, like: number | null): void {
    this.requireAlive();
    const edit: AxisEdit = { axis, kind: 'insert', at, count };
    const { rows, columns } = this.size();
    if (count < 1 || at < 0 || at > (axis === 'row' ? rows : columns)) throw new ScriptFault(texts.badCoordinates);
    this.model.workbook.requireRoom(count * (axis === 'row' ? columns : rows));
    const [byRow, byColumn] = axis === 'row' ? [count, 0] : [0, count];
    this.run.restructure(this.model, byRow, byColumn, () => editLinesOf(this.model, edit, like));
  }
  #delete(axis: Axis, at: number, count: number): void {
    this.requireAlive();
    const edit: AxisEdit = { axis, kind: 'delete', at, count };
    const { rows, columns } = this.size();
    const size = axis === 'row' ? rows : columns;
    if (count < 1 || at < 0) throw new ScriptFault(texts.badCoordinates);
    if (at + count > size) throw new ScriptFault(texts.outsideGrid);
    const frozen = axis === 'row' ? this.model.frozenRows : this.model.frozenColumns;
    const unfrozenGone = Math.max(0, at + count - Math.max(at, frozen));
    if (size - frozen - unfrozenGone < 1) throw new ScriptFault(axis === 'row' ? texts.allRows : texts.allColumns);
    const [byRow, byColumn] = axis === 'row' ? [-count, 0] : [0, -count];
    this.run.restructure(this.model, byRow, byColumn, () => editLinesOf(this.model, edit));
  }
  insertRowsAfter(after: number, count: number): this {
    this.#insert('row', after, count, after - 1);
    return this;
  }
  insertRowAfter(after: number): this {
    return this.insertRowsAfter(after, 1);
  }
  insertRowsBefore(before: number, count: number): this {
    this.#insert('row', before - 1, count, before - 1);
    return this;
  }
  insertRowBefore(before: number): this {
    return this.insertRowsBefore(before, 1);
  }
  insertRows(row: number, count = 1): void {
    this.#insert('row', row - 1, count, null);
  }
  insertColumnsAfter(after: number, count: number): this {
    this.#insert('column', after, count, after - 1);
    return this;
  }
  insertColumnAfter(after: number): this {
    return this.insertColumnsAfter(after, 1);
  }
  insertColumnsBefore(before: number, count: number): this {
    this.#insert('column', before - 1, count, before - 1);
    return this;
  }
  insertColumnBefore(before: number): this {
    return this.insertColumnsBefore(before, 1);
  }
  insertColumns(column: number, count = 1): void {
    this.#insert('column', column - 1, count, null);
  }
  deleteRow(row: number): this {
    this.#delete('row', row - 1, 1);
    return this;
  }
  deleteRows(row: number, count: number): void {
    this.#delete('row', row - 1, count);
  }
  deleteColumn(column: number): this {
    this.#delete('column', column - 1, 1);
    return this;
  }
  deleteColumns(column: number, count: number): void {
    this.#delete('column', column - 1, count);
  }
  /** The rows end up before the row that now stands at `destination`. */
  moveRows(rows: Range, destination: number): void {
    this.#move({ axis: 'row', kind: 'move', at: rows.area.row, count: rows.area.rows, to: destination - 1 });
  }
  moveColumns(columns: Range, destination: number): void {
    this.#move({
      axis: 'column',
      kind: 'move',
      at: columns.area.column,
      count: columns.area.columns,
      to: destination - 1,
    });
  }
  #move(edit: AxisEdit): void {
    this.run.restructure(this.model, 0, 0, () => {
      requireEdit(this.model, edit);
      editLinesOf(this.model, edit);
    });
  }
  /** Sorts everything below the frozen rows by one column. */
  sort(column: number, ascending = true): this {
    this.run.restructure(this.model, 0, 0, () => {
      const row = this.model.frozenRows;
      const rows = this.model.cells.lastRow - row;
      if (rows < 1) return;
      const area = { row, column: 0, rows, columns: this.model.maxColumns };
      const order = sortedOrder(this.model, area, [{ column: column - 1, ascending }]);
      reorderRows(this.model, area, order, this.run.world.platform.metadataOnSort === 'follows');
    });
    return this;
  }

  setFrozenRows(count: number): void {
    if (count < 0) throw new ScriptFault(texts.badCoordinates);
    if (count >= this.size().rows) throw new ScriptFault(texts.freezeAllRows);
    this.write(() => (this.model.frozenRows = count));
  }
  setFrozenColumns(count: number): void {
    if (count < 0) throw new ScriptFault(texts.badCoordinates);
    if (count >= this.size().columns) throw new ScriptFault(texts.freezeAllColumns);
    this.write(() => (this.model.frozenColumns = count));
  }
  getFrozenRows(): number {
    return this.model.frozenRows;
  }
  getFrozenColumns(): number {
    return this.model.frozenColumns;
  }
  #requireLine(axis: Axis, position: number, count = 1): void {
    const { rows, columns } = this.size();
    if (position < 1 || count < 1) throw new ScriptFault(texts.badCoordinates);
    if (position + count - 1 > (axis === 'row' ? rows : columns)) throw new ScriptFault(texts.outsideGrid);
  }
  setColumnWidth(column: number, width: number): this {
    return this.setColumnWidths(column, 1, width);
  }
  setColumnWidths(column: number, count: number, width: number): this {
    this.#requireLine('column', column, count);
    return this.write(() => {
      for (let i = 0; i < count; i++) this.model.columnAt(column - 1 + i).width = width;
    });
  }
  getColumnWidth(column: number): number {
    this.#requireLine('column', column);
    return this.model.columns[column - 1]?.width ?? DEFAULT_COLUMN_WIDTH;
  }
  setRowHeight(row: number, height: number): this {
    return this.setRowHeights(row, 1, height);
  }
  setRowHeights(row: number, count: number, height: number): this {
    this.#requireLine('row', row, count);
    return this.write(() => {
      for (let i = 0; i < count; i++) this.model.cells.rowAt(row - 1 + i).height = height;
    });
  }
  setRowHeightsForced(row: number, count: number, height: number): this {
    return this.setRowHeights(row, count, height);
  }
  getRowHeight(row: number): number {
    this.#requireLine('row', row);
    return this.model.cells.rows[row - 1]?.height ?? DEFAULT_ROW_HEIGHT;
  }
  autoResizeColumn(column: number): this {
    return this.autoResizeColumns(column, 1);
  }
  /** Width by the longest text, about seven pixels a character. */
  autoResizeColumns(column: number, count: number): this {
    this.#requireLine('column', column, count);
    return this.write(() => {
      for (let at = column - 1; at < column - 1 + count; at++) {
        const longest = this.model.cells.rows.reduce((n, row) => Math.max(n, String(row?.values[at] ?? '').length), 0);
        this.model.columnAt(at).width = Math.max(21, Math.min(2000, longest * 7 + 10));
      }
    });
  }
  autoResizeRows(row: number, count: number): this {
    this.#requireLine('row', row, count);
    return this;
  }
  #hide(axis: Axis, position: number, count: number, hidden: boolean): void {
    this.#requireLine(axis, position, count);
    this.write(() => {
      for (let i = position - 1; i < position - 1 + count; i++) {
        if (axis === 'row') this.model.cells.rowAt(i).hiddenByUser = hidden;
        else this.model.columnAt(i).hidden = hidden;
      }
    });
  }
  hideRows(row: number, count = 1): void {
    this.#hide('row', row, count, true);
  }
  showRows(row: number, count = 1): void {
    this.#hide('row', row, count, false);
  }
  hideRow(range: Range): void {
    this.#hide('row', range.area.row + 1, range.area.rows, true);
  }
  unhideRow(range: Range): void {
    this.#hide('row', range.area.row + 1, range.area.rows, false);
  }
  hideColumns(column: number, count = 1): void {
    this.#hide('column', column, count, true);
  }
  showColumns(column: number, count = 1): void {
    this.#hide('column', column, count, false);
  }
  hideColumn(range: Range): void {
    this.#hide('column', range.area.column + 1, range.area.columns, true);
  }
  unhideColumn(range: Range): void {
    this.#hide('column', range.area.column + 1, range.area.columns, false);
  }
  isRowHiddenByUser(row: number): boolean {
    this.#requireLine('row', row);
    return this.model.cells.rows[row - 1]?.hiddenByUser ?? false;
  }
  isRowHiddenByFilter(row: number): boolean {
    this.#requireLine('row', row);
    return this.model.cells.rows[row - 1]?.hiddenByFilter ?? false;
  }
  isColumnHiddenByUser(column: number): boolean {
    this.#requireLine('column', column);
    return this.model.columns[column - 1]?.hidden ?? false;
  }
}
