/**
 * `Sheet`. Line changes and cell writes wait in the buffer; names, order and existence of sheets change at once, after
 * what was pending. Positions in this interface count from 1.
 */
import { type Area, parseA1 } from './area';
import type { Family } from './authorization';
import type { Axis, AxisEdit } from './axis-edit';
import { DEFAULT_COLUMN_WIDTH, DEFAULT_ROW_HEIGHT } from './cell-store';
import { clearContents } from './cell-writer';
import { ConditionalFormatRule } from './conditional-format';
import { DeveloperMetadata, DeveloperMetadataFinder, type MetadataArguments, newMetadata } from './developer-metadata';
import { type EnumValue, SheetType } from './enums';
import { ScriptFault, texts } from './errors';
import type { Execution } from './execution';
import { Filter } from './filter';
import { make } from './make';
import { NamedRange } from './named-range';
import { newProtection, Protection } from './protection';
import { Range, RangeList } from './range';
import { ServiceObject } from './service-object';
import { sheetMembers } from './sheet-members';
import type { SheetModel } from './sheet-model';
import type { Selection, Spreadsheet } from './spreadsheet';
import { editLinesOf, reorderRows, requireEdit, sortedOrder } from './structure';
import type { Workbook } from './workbook';

export class Sheet extends ServiceObject {
  readonly serviceName = 'Sheet';
  readonly members = sheetMembers;
  readonly model: SheetModel;
  constructor(run: Execution, model: SheetModel) {
    super(run);
    this.model = model;
  }
  override get qualifiedName(): string {
    return 'SpreadsheetApp.Sheet';
  }
  override family(): Family {
    return 'document';
  }
  override get readsFrom(): SheetModel {
    return this.model;
  }
  /** @throws when the sheet was deleted meanwhile. */
  requireAlive(): void {
    if (!this.model.isAlive) throw new ScriptFault(`Sheet ${this.model.id} not found`);
  }
  #size(): { rows: number; columns: number } {
    return this.run.pending.sizeOf(this.model);
  }
  #range(area: Area): Range {
    return new Range(this.run, this.model, area);
  }
  #write(apply: () => void): this {
    this.run.write(this.model, apply);
    return this;
  }

  getSheetId(): number {
    return this.model.id;
  }
  getName(): string {
    return this.model.name;
  }
  getSheetName(): string {
    return this.model.name;
  }
  setName(name: string): this {
    this.run.pending.flush();
    this.model.workbook.renameSheet(this.model, name);
    return this;
  }
  getParent(): Spreadsheet {
    return make.spreadsheet(this.run, this.model.workbook);
  }
  getIndex(): number {
    return this.model.workbook.sheets.indexOf(this.model) + 1;
  }
  getType(): EnumValue {
    return SheetType.GRID;
  }
  activate(): this {
    this.requireAlive();
    this.model.workbook.activeSheetId = this.model.id;
    return this;
  }

  getRange(first: number | string, column?: number, rows = 1, columns = 1): Range {
    this.requireAlive();
    const grid = this.#size();
    if (typeof first === 'string') return this.#range(this.#namedArea(first, grid));
    const area: Area = { row: first - 1, column: (column ?? 0) - 1, rows, columns };
    if (first < 1 || (column ?? 0) < 1 || rows < 1 || columns < 1) throw new ScriptFault(texts.badCoordinates);
    this.#requireInside(area, grid);
    return this.#range(area);
  }
  #namedArea(a1: string, grid: { rows: number; columns: number }): Area {
    const found = parseA1(a1, grid);
    if (!found || (found.sheet !== null && found.sheet.toLowerCase() !== this.model.name.toLowerCase())) {
      const named = this.model.workbook.names.find((one) => one.name === a1 && one.sheetId === this.model.id);
      if (!named) throw new ScriptFault(texts.rangeNotFound);
      return named.area;
    }
    if (found.area.row < 0 || found.area.column < 0) throw new ScriptFault(texts.rangeNotFound);
    this.#requireInside(found.area, grid);
    return found.area;
  }
  #requireInside(area: Area, grid: { rows: number; columns: number }): void {
    if (area.row + area.rows > grid.rows || area.column + area.columns > grid.columns)
      throw new ScriptFault(texts.outsideGrid);
  }
  getRangeList(a1s: readonly string[]): RangeList {
    return new RangeList(
      this.run,
      a1s.map((a1) => this.getRange(a1)),
    );
  }
  getDataRange(): Range {
    const { lastRow, lastColumn } = this.model.cells;
    return this.#range({ row: 0, column: 0, rows: Math.max(1, lastRow), columns: Math.max(1, lastColumn) });
  }
  getLastRow(): number {
    return this.model.cells.lastRow;
  }
  getLastColumn(): number {
    return this.model.cells.lastColumn;
  }
  getMaxRows(): number {
    return this.#size().rows;
  }
  getMaxColumns(): number {
    return this.#size().columns;
  }
  getSheetValues(row: number, column: number, rows: number, columns: number): unknown {
    return this.getRange(row, column, rows, columns).getValues();
  }

  /** Below the last content, in one step with finding it; a full grid grows (facts 7.3: growth unconfirmed). */
  appendRow(values: readonly unknown[]): this {
    const inputs = Range.inputs(this.model, [values]);
    return this.#write(() => {
      const row = this.model.cells.lastRow;
      if (row >= this.model.maxRows)
        editLinesOf(this.model, { axis: 'row', kind: 'insert', at: this.model.maxRows, count: 1 });
      const missing = values.length - this.model.maxColumns;
      if (missing > 0)
        editLinesOf(this.model, { axis: 'column', kind: 'insert', at: this.model.maxColumns, count: missing });
      Range.put(this.run, this.model, { row, column: 0, rows: 1, columns: values.length }, inputs);
    });
  }

  #insert(axis: Axis, at: number, count: number, like: number | null): void {
    this.requireAlive();
    const edit: AxisEdit = { axis, kind: 'insert', at, count };
    const { rows, columns } = this.#size();
    if (count < 1 || at < 0 || at > (axis === 'row' ? rows : columns)) throw new ScriptFault(texts.badCoordinates);
    this.model.workbook.requireRoom(count * (axis === 'row' ? columns : rows));
    const [byRow, byColumn] = axis === 'row' ? [count, 0] : [0, count];
    this.run.restructure(this.model, byRow, byColumn, () => editLinesOf(this.model, edit, like));
  }
  #delete(axis: Axis, at: number, count: number): void {
    this.requireAlive();
    const edit: AxisEdit = { axis, kind: 'delete', at, count };
    const { rows, columns } = this.#size();
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

  hideSheet(): this {
    this.run.pending.flush();
    const visible = this.model.workbook.sheets.filter((sheet) => !sheet.hidden);
    if (visible.length === 1 && visible[0] === this.model) throw new ScriptFault(texts.lastVisibleSheet);
    this.model.hidden = true;
    if (this.model.workbook.activeSheetId === this.model.id) {
      const next = visible.find((sheet) => sheet !== this.model);
      if (next) this.model.workbook.activeSheetId = next.id;
    }
    return this;
  }
  showSheet(): this {
    this.model.hidden = false;
    return this;
  }
  isSheetHidden(): boolean {
    return this.model.hidden;
  }
  copyTo(spreadsheet: Spreadsheet): Sheet {
    this.run.pending.flush();
    const { workbook } = spreadsheet;
    const name = workbook.sheetByName(`Copy of ${this.model.name}`)
      ? workbook.freeName(`Copy of ${this.model.name} `)
      : `Copy of ${this.model.name}`;
    return new Sheet(this.run, insertedSheetCopy(this.run, this, workbook, name, workbook.sheets.length));
  }

  setFrozenRows(count: number): void {
    if (count < 0) throw new ScriptFault(texts.badCoordinates);
    if (count >= this.#size().rows) throw new ScriptFault(texts.freezeAllRows);
    this.#write(() => (this.model.frozenRows = count));
  }
  setFrozenColumns(count: number): void {
    if (count < 0) throw new ScriptFault(texts.badCoordinates);
    if (count >= this.#size().columns) throw new ScriptFault(texts.freezeAllColumns);
    this.#write(() => (this.model.frozenColumns = count));
  }
  getFrozenRows(): number {
    return this.model.frozenRows;
  }
  getFrozenColumns(): number {
    return this.model.frozenColumns;
  }
  setTabColor(color: string | null): this {
    return this.#write(() => (this.model.tabColor = color));
  }
  getTabColor(): string | null {
    return this.model.tabColor;
  }
  setHiddenGridlines(hidden: boolean): this {
    return this.#write(() => (this.model.hiddenGridlines = hidden));
  }
  hasHiddenGridlines(): boolean {
    return this.model.hiddenGridlines;
  }
  isRightToLeft(): boolean {
    return this.model.rightToLeft;
  }
  setRightToLeft(rightToLeft: boolean): this {
    return this.#write(() => (this.model.rightToLeft = rightToLeft));
  }

  #requireLine(axis: Axis, position: number, count = 1): void {
    const { rows, columns } = this.#size();
    if (position < 1 || count < 1) throw new ScriptFault(texts.badCoordinates);
    if (position + count - 1 > (axis === 'row' ? rows : columns)) throw new ScriptFault(texts.outsideGrid);
  }
  setColumnWidth(column: number, width: number): this {
    return this.setColumnWidths(column, 1, width);
  }
  setColumnWidths(column: number, count: number, width: number): this {
    this.#requireLine('column', column, count);
    return this.#write(() => {
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
    return this.#write(() => {
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
    return this.#write(() => {
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
    this.#write(() => {
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

  #whole(): Range {
    const { rows, columns } = this.#size();
    return this.#range({ row: 0, column: 0, rows, columns });
  }
  clear(options: { formatOnly?: boolean; contentsOnly?: boolean } = {}): this {
    if (!options.formatOnly) this.clearContents();
    if (!options.contentsOnly) this.clearFormats();
    return this;
  }
  clearContents(): this {
    const { area } = this.#whole();
    return this.#write(() => clearContents(this.model, area));
  }
  clearFormats(): this {
    this.#whole().clearFormat();
    return this.#write(() => (this.model.conditionalRules = []));
  }
  clearNotes(): this {
    return this.#write(() => {
      for (const row of this.model.cells.rows) if (row) row.notes = undefined;
    });
  }

  createDeveloperMetadataFinder(): DeveloperMetadataFinder {
    return new DeveloperMetadataFinder(this.run, this.model.workbook, { kind: 'sheet', sheet: this.model });
  }
  getDeveloperMetadata(): DeveloperMetadata[] {
    const { workbook } = this.model;
    return workbook.metadata
      .filter(({ place }) => place.type === 'SHEET' && place.sheetId === this.model.id)
      .map((entry) => new DeveloperMetadata(this.run, workbook, entry));
  }
  addDeveloperMetadata(...args: MetadataArguments): this {
    newMetadata(this.run, this.model.workbook, { type: 'SHEET', sheetId: this.model.id }, args);
    return this;
  }
  protect(): Protection {
    this.run.pending.flush();
    const present = this.model.protections.find((one) => one.kind === 'SHEET');
    return new Protection(this.run, this.model, present ?? newProtection(this.run, this.model, null));
  }
  getProtections(type: EnumValue): Protection[] {
    return this.model.protections
      .filter((one) => one.kind === type.name())
      .map((one) => new Protection(this.run, this.model, one));
  }
  getNamedRanges(): NamedRange[] {
    const { workbook } = this.model;
    return workbook.names
      .filter((one) => one.sheetId === this.model.id)
      .map((one) => new NamedRange(this.run, workbook, one));
  }
  getConditionalFormatRules(): ConditionalFormatRule[] {
    return this.model.conditionalRules.map((rule) => new ConditionalFormatRule(this.run, rule, this.model));
  }
  setConditionalFormatRules(rules: readonly ConditionalFormatRule[]): void {
    const models = rules.map((rule) => rule.ruleFor(this.model));
    this.#write(() => (this.model.conditionalRules = models));
  }
  clearConditionalFormatRules(): void {
    this.#write(() => (this.model.conditionalRules = []));
  }
  getFilter(): Filter | null {
    return this.model.filter && new Filter(this.run, this.model);
  }

  getSelection(): Selection {
    return make.selection(this.run, this.model.workbook);
  }
  getActiveRange(): Range {
    return this.#range(this.model.selection);
  }
  getCurrentCell(): Range {
    return this.#range({ ...this.model.selection, rows: 1, columns: 1 });
  }
  getActiveCell(): Range {
    return this.getCurrentCell();
  }
  setActiveRange(range: Range): Range {
    return range.activate();
  }
  setCurrentCell(cell: Range): Range {
    return cell.activate();
  }
}

/** A copy of a sheet in a file; its metadata comes along by the platform switch. */
export const insertedSheetCopy = (
  run: Execution,
  template: object,
  workbook: Workbook,
  name: string,
  position: number,
): SheetModel => {
  if (!(template instanceof Sheet)) throw new ScriptFault('Invalid argument: template');
  return run.world.copySheet(template.model, workbook, name, position);
};
