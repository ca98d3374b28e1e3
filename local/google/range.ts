/**
 * `Range`: geometry, metadata, sorting, merging and protecting of a rectangle. What stands in it is range-contents.ts,
 * how it looks range-formats.ts.
 */
import { type Area, areaName, contains, intersects } from './area';
import type { Family } from './authorization';
import { DeveloperMetadata, DeveloperMetadataFinder, type MetadataArguments, newMetadata } from './developer-metadata';
import { ScriptFault } from './errors';
import { Filter } from './filter';
import { make } from './make';
import { newProtection, Protection, requireEditable } from './protection';
import { RangeContents } from './range-contents';
import { rangeMembers } from './range-members';
import type { Sheet } from './sheet';
import type { SheetModel } from './sheet-model';
import { reorderRows, type SortKey, sortedOrder } from './structure';
import type { MetadataPlace } from './workbook';

export class Range extends RangeContents {
  readonly serviceName = 'Range';
  readonly members = rangeMembers;
  override get qualifiedName(): string {
    return 'SpreadsheetApp.Range';
  }
  override family(): Family {
    return 'document';
  }
  override get readsFrom(): SheetModel {
    return this.sheet;
  }
  override get cellCount(): number {
    return this.area.rows * this.area.columns;
  }

  getRow(): number {
    return this.area.row + 1;
  }
  getRowIndex(): number {
    return this.area.row + 1;
  }
  getColumn(): number {
    return this.area.column + 1;
  }
  getNumRows(): number {
    return this.area.rows;
  }
  getNumColumns(): number {
    return this.area.columns;
  }
  getHeight(): number {
    return this.area.rows;
  }
  getWidth(): number {
    return this.area.columns;
  }
  getLastRow(): number {
    return this.area.row + this.area.rows;
  }
  getLastColumn(): number {
    return this.area.column + this.area.columns;
  }
  getA1Notation(): string {
    return areaName(this.area);
  }
  getSheet(): Sheet {
    return make.sheet(this.run, this.sheet);
  }
  getGridId(): number {
    return this.sheet.id;
  }
  getCell(row: number, column: number): Range {
    if (row < 1 || column < 1 || row > this.area.rows || column > this.area.columns)
      throw new ScriptFault('Cell reference out of range');
    return this.#sub({ row: this.area.row + row - 1, column: this.area.column + column - 1, rows: 1, columns: 1 });
  }
  offset(rows: number, columns: number, height = this.area.rows, width = this.area.columns): Range {
    return make
      .sheet(this.run, this.sheet)
      .getRange(this.area.row + rows + 1, this.area.column + columns + 1, height, width);
  }
  #sub(area: Area): Range {
    return new Range(this.run, this.sheet, area);
  }
  isStartRowBounded(): boolean {
    return this.area.row > 0 || this.area.rows < this.sheet.maxRows;
  }
  isEndRowBounded(): boolean {
    return this.isStartRowBounded();
  }
  isStartColumnBounded(): boolean {
    return this.area.column > 0 || this.area.columns < this.sheet.maxColumns;
  }
  isEndColumnBounded(): boolean {
    return this.isStartColumnBounded();
  }
  activate(): this {
    this.sheet.workbook.activeSheetId = this.sheet.id;
    this.sheet.selection = this.area;
    return this;
  }

  sort(spec: unknown): this {
    requireEditable(this.run, this.sheet, this.area);
    const keys = (Array.isArray(spec) ? spec : [spec]).map((one) => this.#sortKey(one));
    this.run.restructure(this.sheet, 0, 0, () => {
      this.run.world.settle(this.sheet);
      const order = sortedOrder(this.sheet, this.area, keys);
      reorderRows(this.sheet, this.area, order, this.run.world.platform.metadataOnSort === 'follows');
    });
    return this;
  }
  #sortKey(spec: unknown): SortKey {
    const { column, ascending = true } =
      typeof spec === 'number' ? { column: spec } : (spec as { column?: unknown; ascending?: boolean });
    if (typeof column !== 'number' || column < this.getColumn() || column > this.getLastColumn()) {
      throw new ScriptFault('Sort column must be within the range.');
    }
    return { column: column - 1, ascending };
  }

  createDeveloperMetadataFinder(): DeveloperMetadataFinder {
    return new DeveloperMetadataFinder(this.run, this.sheet.workbook, {
      kind: 'area',
      sheet: this.sheet,
      area: this.area,
    });
  }
  getDeveloperMetadata(): DeveloperMetadata[] {
    const place = this.#line();
    if (!place) return [];
    return this.sheet.workbook.metadata
      .filter((entry) => JSON.stringify(entry.place) === JSON.stringify(place))
      .map((entry) => new DeveloperMetadata(this.run, this.sheet.workbook, entry));
  }
  addDeveloperMetadata(...args: MetadataArguments): this {
    const place = this.#line();
    if (!place)
      throw new ScriptFault(
        'Adding developer metadata to arbitrary ranges is not currently supported. Developer metadata may only be added to the top-level spreadsheet, an individual sheet, or an entire row or column.',
      );
    newMetadata(this.run, this.sheet.workbook, place, args);
    return this;
  }
  /** Metadata lives on one whole row or one whole column. */
  #line(): MetadataPlace | null {
    const { rows, columns } = this.run.pending.sizeOf(this.sheet);
    if (this.area.rows === 1 && this.area.columns === columns)
      return { type: 'ROW', sheetId: this.sheet.id, index: this.area.row };
    if (this.area.columns === 1 && this.area.rows === rows)
      return { type: 'COLUMN', sheetId: this.sheet.id, index: this.area.column };
    return null;
  }

  merge(): this {
    this.run.restructure(this.sheet, 0, 0, () => {
      if (this.area.rows * this.area.columns === 1) return;
      this.sheet.merges = this.sheet.merges.filter((one) => !intersects(one, this.area));
      for (let i = 0; i < this.area.rows; i++) {
        for (let k = 0; k < this.area.columns; k++) {
          if (i + k > 0) this.sheet.cells.setValue(this.area.row + i, this.area.column + k, undefined);
        }
      }
      this.sheet.merges.push(this.area);
      this.sheet.workbook.invalidate();
    });
    return this;
  }
  breakApart(): this {
    this.run.restructure(this.sheet, 0, 0, () => {
      this.sheet.merges = this.sheet.merges.filter((one) => !intersects(one, this.area));
    });
    return this;
  }
  getMergedRanges(): Range[] {
    return this.sheet.merges.filter((one) => intersects(one, this.area)).map((one) => this.#sub(one));
  }
  isPartOfMerge(): boolean {
    return this.sheet.merges.some((one) => contains(one, this.area.row, this.area.column));
  }
  createFilter(): Filter {
    this.run.pending.flush();
    if (this.sheet.filter) throw new ScriptFault("You can't create a filter in a sheet that already has a filter.");
    this.sheet.filter = { area: this.area, criteria: new Map() };
    return new Filter(this.run, this.sheet);
  }
  getFilter(): Filter | null {
    return this.sheet.filter && intersects(this.sheet.filter.area, this.area) ? new Filter(this.run, this.sheet) : null;
  }
  protect(): Protection {
    this.run.pending.flush();
    return new Protection(this.run, this.sheet, newProtection(this.run, this.sheet, this.area));
  }
  canEdit(): boolean {
    try {
      requireEditable(this.run, this.sheet, this.area);
      return true;
    } catch {
      return false;
    }
  }
  /** The block of filled cells around the range. */
  getDataRegion(): Range {
    const { cells } = this.sheet;
    let { row, column } = this.area;
    let last = row + this.area.rows - 1;
    let lastColumn = column + this.area.columns - 1;
    const filled = (r: number, c: number): boolean => r >= 0 && c >= 0 && cells.value(r, c) !== undefined;
    for (let grown = true; grown; ) {
      grown = false;
      const rowHas = (r: number): boolean =>
        Array.from({ length: lastColumn - column + 3 }, (_, i) => filled(r, column - 1 + i)).some(Boolean);
      const columnHas = (c: number): boolean =>
        Array.from({ length: last - row + 3 }, (_, i) => filled(row - 1 + i, c)).some(Boolean);
      if (rowHas(row - 1)) [row, grown] = [row - 1, true];
      if (rowHas(last + 1)) [last, grown] = [last + 1, true];
      if (columnHas(column - 1)) [column, grown] = [column - 1, true];
      if (columnHas(lastColumn + 1)) [lastColumn, grown] = [lastColumn + 1, true];
    }
    return this.#sub({ row, column, rows: last - row + 1, columns: lastColumn - column + 1 });
  }
}
