/**
 * `Sheet`: identity, ranges, looks and rules; rows and columns are sheet-lines.ts. Cell writes wait in the buffer; names,
 * order and existence of sheets change at once, after what was pending. Positions count from 1.
 */
import { type Area, parseA1 } from './area';
import type { Family } from './authorization';
import { clearContents } from './cell-writer';
import { ConditionalFormatRule } from './conditional-format';
import { DeveloperMetadata, DeveloperMetadataFinder, type MetadataArguments, newMetadata } from './developer-metadata';
import { EmbeddedChart, EmbeddedChartBuilder } from './embedded-chart';
import { type EnumValue, SheetType } from './enums';
import { ScriptFault, texts } from './errors';
import type { Execution } from './execution';
import { Filter } from './filter';
import { make } from './make';
import { NamedRange } from './named-range';
import { newProtection, Protection } from './protection';
import { Range } from './range';
import { putInputs, scriptInputs } from './range-contents';
import { RangeList } from './range-list';
import { SheetLines } from './sheet-lines';
import { sheetMembers } from './sheet-members';
import type { SheetModel } from './sheet-model';
import type { Selection, Spreadsheet } from './spreadsheet';
import { editLinesOf } from './structure';
import type { Workbook } from './workbook';

export class Sheet extends SheetLines {
  readonly serviceName = 'Sheet';
  readonly members = sheetMembers;
  override get qualifiedName(): string {
    return 'SpreadsheetApp.Sheet';
  }
  override family(): Family {
    return 'document';
  }
  override get readsFrom(): SheetModel {
    return this.model;
  }
  #range(area: Area): Range {
    return new Range(this.run, this.model, area);
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
    const grid = this.size();
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
    return this.size().rows;
  }
  getMaxColumns(): number {
    return this.size().columns;
  }
  getSheetValues(row: number, column: number, rows: number, columns: number): unknown {
    return this.getRange(row, column, rows, columns).getValues();
  }

  /** Below the last content, in one step with finding it; a full grid grows (facts 7.3: growth unconfirmed). */
  appendRow(values: readonly unknown[]): this {
    const inputs = scriptInputs(this.model, [values]);
    return this.write(() => {
      const row = this.model.cells.lastRow;
      if (row >= this.model.maxRows)
        editLinesOf(this.model, { axis: 'row', kind: 'insert', at: this.model.maxRows, count: 1 });
      const missing = values.length - this.model.maxColumns;
      if (missing > 0)
        editLinesOf(this.model, { axis: 'column', kind: 'insert', at: this.model.maxColumns, count: missing });
      putInputs(this.run, this.model, { row, column: 0, rows: 1, columns: values.length }, inputs);
    });
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

  setTabColor(color: string | null): this {
    return this.write(() => (this.model.tabColor = color));
  }
  getTabColor(): string | null {
    return this.model.tabColor;
  }
  setHiddenGridlines(hidden: boolean): this {
    return this.write(() => (this.model.hiddenGridlines = hidden));
  }
  hasHiddenGridlines(): boolean {
    return this.model.hiddenGridlines;
  }
  isRightToLeft(): boolean {
    return this.model.rightToLeft;
  }
  setRightToLeft(rightToLeft: boolean): this {
    return this.write(() => (this.model.rightToLeft = rightToLeft));
  }

  #whole(): Range {
    const { rows, columns } = this.size();
    return this.#range({ row: 0, column: 0, rows, columns });
  }
  clear(options: { formatOnly?: boolean; contentsOnly?: boolean } = {}): this {
    if (!options.formatOnly) this.clearContents();
    if (!options.contentsOnly) this.clearFormats();
    return this;
  }
  clearContents(): this {
    const { area } = this.#whole();
    return this.write(() => clearContents(this.model, area));
  }
  clearFormats(): this {
    this.#whole().clearFormat();
    return this.write(() => (this.model.conditionalRules = []));
  }
  clearNotes(): this {
    return this.write(() => {
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
    this.write(() => (this.model.conditionalRules = models));
  }
  clearConditionalFormatRules(): void {
    this.write(() => (this.model.conditionalRules = []));
  }
  newChart(): EmbeddedChartBuilder {
    return new EmbeddedChartBuilder(this.run, this.model);
  }
  getCharts(): EmbeddedChart[] {
    return this.model.charts.map((chart) => new EmbeddedChart(this.run, this.model, chart));
  }
  insertChart({ draft }: EmbeddedChart): void {
    const { workbook } = this.model;
    this.write(() => this.model.charts.push({ ...draft, id: workbook.newObjectId() }));
  }
  /** The chart's id, when it is on this sheet. */
  #chartId({ draft, sheet }: EmbeddedChart): number {
    this.run.pending.flush();
    const { id } = draft;
    if (id === null || sheet !== this.model || !this.model.charts.some((one) => one.id === id))
      throw new ScriptFault('This chart is not on the sheet.');
    return id;
  }
  updateChart(chart: EmbeddedChart): void {
    const id = this.#chartId(chart);
    this.write(() => {
      this.model.charts = this.model.charts.map((one) => (one.id === id ? { ...chart.draft, id } : one));
    });
  }
  removeChart(chart: EmbeddedChart): void {
    const id = this.#chartId(chart);
    this.write(() => {
      this.model.charts = this.model.charts.filter((one) => one.id !== id);
    });
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
