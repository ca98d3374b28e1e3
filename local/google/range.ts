/**
 * `Range` and `RangeList`: values, formulas, notes, rules and geometry of a rectangle. Formatting is in
 * range-formats.ts. Bounds were checked when the range was made; what is written waits in the buffer.
 */
import { type Area, areaName, contains, intersects } from './area';
import type { Family } from './authorization';
import { everything, fillFrom, putBlock, takeBlock, transposed } from './block-copy';
import { type CellInput, SerialDate } from './cell-value';
import { clearContents, MAX_CELL_CHARACTERS, putInput, readDisplay, readValue, typingRules } from './cell-writer';
import { DataValidation, requireValid } from './data-validation';
import { DeveloperMetadata, DeveloperMetadataFinder, type MetadataArguments, newMetadata } from './developer-metadata';
import type { EnumValue } from './enums';
import { ScriptFault, texts, Unsupported } from './errors';
import type { Execution } from './execution';
import { Filter } from './filter';
import { fromR1C1, toR1C1 } from './formula-text';
import { make } from './make';
import { newProtection, Protection, requireEditable } from './protection';
import { FormattedRange } from './range-formats';
import { rangeListMembers, rangeMembers } from './range-members';
import { ScriptGrid } from './realm';
import { behind, ServiceObject } from './service-object';
import type { Sheet } from './sheet';
import type { SheetModel } from './sheet-model';
import { reorderRows, type SortKey, sortedOrder } from './structure';
import { checkboxRule } from './validation-check';
import type { MetadataPlace } from './workbook';
import { instantToSerial } from './zone';

export class Range extends FormattedRange {
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

  /** Script values as inputs of cells: dates become serials of the spreadsheet's zone now, not when they are sent. */
  static inputs(sheet: SheetModel, block: readonly (readonly unknown[])[]): CellInput[][] {
    const zone = sheet.workbook.timeZone;
    return block.map((row) => row.map((value) => Range.input(value, zone)));
  }
  static input(value: unknown, zone: string): CellInput {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    if (value === null || value === undefined) return null;
    if (Object.prototype.toString.call(value) === '[object Date]') {
      const instant = (value as Date).getTime();
      if (Number.isNaN(instant)) throw new ScriptFault('Cannot convert Invalid Date to a cell value.');
      return new SerialDate(roundedSerial(instantToSerial(zone, instant)));
    }
    throw new Unsupported(`a cell value of type ${Object.prototype.toString.call(value)}`);
  }
  /** Sends a block of inputs into cells now. */
  static put(run: Execution, sheet: SheetModel, area: Area, inputs: readonly (readonly CellInput[])[]): void {
    const { platform, clock } = run.world;
    if (platform.overlongCell === 'refused' && inputs.some((row) => row.some(isOverlong)))
      throw new ScriptFault(texts.tooLongCell);
    if (area.row + area.rows > sheet.maxRows || area.column + area.columns > sheet.maxColumns) {
      throw new ScriptFault(texts.outsideGrid); // lines went while the write was waiting
    }
    const rules = typingRules(sheet, clock.now(), platform);
    for (let i = 0; i < area.rows; i++) {
      for (let j = 0; j < area.columns; j++) {
        const input = inputs[i]?.[j];
        const row = area.row + i;
        const column = area.column + j;
        if (platform.rejectingValidationBlocksScripts) requireValid(sheet, row, column, input, rules);
        putInput(sheet, row, column, input, rules, platform);
      }
    }
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

  getValue(): unknown {
    this.run.world.settle(this.sheet);
    return readValue(this.sheet, this.area.row, this.area.column, (ms) => this.run.realm.date(ms));
  }
  getValues(): ScriptGrid {
    this.run.world.settle(this.sheet);
    return new ScriptGrid(
      this.grid((row, column) => readValue(this.sheet, row, column, (ms) => this.run.realm.date(ms))),
    );
  }
  getDisplayValue(): string {
    this.run.world.settle(this.sheet);
    return readDisplay(this.sheet, this.area.row, this.area.column);
  }
  getDisplayValues(): ScriptGrid {
    this.run.world.settle(this.sheet);
    return new ScriptGrid(this.grid((row, column) => readDisplay(this.sheet, row, column)));
  }
  isBlank(): boolean {
    return this.grid(
      (row, column) =>
        this.sheet.cells.value(row, column) === undefined && this.sheet.cells.formula(row, column) === undefined,
    )
      .flat()
      .every(Boolean);
  }
  setValue(value: unknown): this {
    const input = Range.input(value, this.sheet.workbook.timeZone);
    return this.#putAll(Array.from({ length: this.area.rows }, () => Array<CellInput>(this.area.columns).fill(input)));
  }
  setValues(values: readonly (readonly unknown[])[]): this {
    this.requireShape(values);
    return this.#putAll(Range.inputs(this.sheet, values));
  }
  #putAll(inputs: CellInput[][]): this {
    requireEditable(this.run, this.sheet, this.area);
    this.run.write(this.sheet, () => Range.put(this.run, this.sheet, this.area, inputs));
    return this;
  }

  getFormula(): string {
    return this.sheet.cells.formula(this.area.row, this.area.column) ?? '';
  }
  getFormulas(): string[][] {
    return this.grid((row, column) => this.sheet.cells.formula(row, column) ?? '');
  }
  getFormulaR1C1(): string | null {
    const formula = this.getFormula();
    return formula === '' ? null : toR1C1(formula, this.area.row, this.area.column);
  }
  getFormulasR1C1(): (string | null)[][] {
    return this.grid((row, column) => {
      const formula = this.sheet.cells.formula(row, column);
      return formula === undefined ? null : toR1C1(formula, row, column);
    });
  }
  setFormula(formula: string): this {
    return this.setFormulas(this.#filled(formula));
  }
  setFormulas(formulas: readonly (readonly unknown[])[]): this {
    this.requireShape(formulas);
    const asFormula = (text: string): string => (text === '' || text.startsWith('=') ? text : `=${text}`);
    return this.#putFormulas(formulas.map((row) => row.map((one) => asFormula(String(one ?? '')))));
  }
  setFormulaR1C1(formula: string): this {
    return this.setFormulasR1C1(this.#filled(formula));
  }
  setFormulasR1C1(formulas: readonly (readonly unknown[])[]): this {
    this.requireShape(formulas);
    const { row, column } = this.area;
    return this.#putFormulas(
      formulas.map((line, i) =>
        line.map((one, k) => (one ? fromR1C1(`=${String(one).replace(/^=/, '')}`, row + i, column + k) : '')),
      ),
    );
  }
  #filled(text: string): string[][] {
    return Array.from({ length: this.area.rows }, () => Array<string>(this.area.columns).fill(text));
  }
  #putFormulas(formulas: readonly (readonly string[])[]): this {
    requireEditable(this.run, this.sheet, this.area);
    return this.each((row, column, i, k) => {
      const text = formulas[i]?.[k] ?? '';
      if (text.length > MAX_CELL_CHARACTERS) throw new ScriptFault(texts.tooLongCell);
      if (text === '') this.sheet.cells.setValue(row, column, undefined);
      else this.sheet.cells.setFormula(row, column, text, undefined);
      this.sheet.workbook.engine?.changed(this.sheet, row, column);
    });
  }

  getNote(): string {
    return this.sheet.cells.note(this.area.row, this.area.column);
  }
  getNotes(): string[][] {
    return this.grid((row, column) => this.sheet.cells.note(row, column));
  }
  setNote(note: string | null): this {
    return this.each((row, column) => this.sheet.cells.setNote(row, column, note ?? ''));
  }
  setNotes(notes: readonly (readonly unknown[])[]): this {
    this.requireShape(notes);
    return this.each((row, column, i, k) => {
      const note = notes[i]?.[k];
      this.sheet.cells.setNote(row, column, note === null || note === undefined ? '' : String(note));
    });
  }
  clearNote(): this {
    return this.setNote(null);
  }

  getDataValidation(): DataValidation | null {
    const rule = this.sheet.cells.validation(this.area.row, this.area.column);
    return rule ? new DataValidation(this.run, this.sheet.workbook, rule) : null;
  }
  getDataValidations(): (DataValidation | null)[][] {
    return this.grid((row, column) => {
      const rule = this.sheet.cells.validation(row, column);
      return rule ? new DataValidation(this.run, this.sheet.workbook, rule) : null;
    });
  }
  setDataValidation(validation: DataValidation | null): this {
    return this.each((row, column) => this.sheet.cells.setValidation(row, column, validation?.rule ?? null));
  }
  setDataValidations(validations: readonly (readonly unknown[])[]): this {
    this.requireShape(validations);
    const rules = validations.map((row) => row.map((one) => behind(one)));
    return this.each((row, column, i, k) => {
      const one = rules[i]?.[k];
      this.sheet.cells.setValidation(row, column, one instanceof DataValidation ? one.rule : null);
    });
  }
  clearDataValidations(): this {
    return this.setDataValidation(null);
  }
  insertCheckboxes(): this {
    return this.each((row, column) => {
      this.sheet.cells.setValidation(row, column, checkboxRule);
      if (this.sheet.cells.value(row, column) === undefined) this.sheet.cells.setValue(row, column, false);
    });
  }
  isChecked(): boolean | null {
    const { row, column } = this.area;
    return this.sheet.cells.validation(row, column)?.criteria === 'CHECKBOX'
      ? this.sheet.cells.value(row, column) === true
      : null;
  }
  check(): this {
    return this.#tick(true);
  }
  uncheck(): this {
    return this.#tick(false);
  }
  #tick(value: boolean): this {
    return this.each((row, column) => {
      if (this.sheet.cells.validation(row, column)?.criteria === 'CHECKBOX')
        this.sheet.cells.setValue(row, column, value);
    });
  }

  clearContent(): this {
    requireEditable(this.run, this.sheet, this.area);
    this.run.write(this.sheet, () => clearContents(this.sheet, this.area));
    return this;
  }
  clear(
    options: {
      contentsOnly?: boolean;
      formatOnly?: boolean;
      commentsOnly?: boolean;
      validationsOnly?: boolean;
      skipFilteredRows?: boolean;
    } = {},
  ): this {
    if (options.skipFilteredRows) throw new Unsupported('Range.clear with skipFilteredRows');
    const { contentsOnly, formatOnly, commentsOnly, validationsOnly } = options;
    const all = !contentsOnly && !formatOnly && !commentsOnly && !validationsOnly;
    if (all || contentsOnly) this.clearContent();
    if (all || formatOnly) this.clearFormat();
    if (commentsOnly) this.clearNote();
    if (validationsOnly) this.clearDataValidations();
    return this;
  }

  copyTo(destination: Range, how?: EnumValue | { contentsOnly?: boolean; formatOnly?: boolean }, turned = false): void {
    requireEditable(this.run, destination.sheet, destination.area);
    const kind = how && 'name' in how && typeof how.name === 'function' ? how.name() : 'PASTE_NORMAL';
    const options = how && !('name' in how) ? how : {};
    this.run.pending.flush();
    this.run.world.settle(this.sheet);
    const parts = { ...everything };
    if (kind === 'PASTE_VALUES')
      Object.assign(parts, { content: 'values', formats: false, notes: false, validations: false });
    else if (kind === 'PASTE_FORMAT' || options.formatOnly)
      Object.assign(parts, { content: 'none', notes: false, validations: false });
    else if (kind === 'PASTE_FORMULA' || options.contentsOnly)
      Object.assign(parts, { formats: false, notes: false, validations: false });
    else if (kind === 'PASTE_DATA_VALIDATION') Object.assign(parts, { content: 'none', formats: false, notes: false });
    else if (kind !== 'PASTE_NORMAL' && kind !== 'PASTE_NO_BORDERS') throw new Unsupported(`CopyPasteType.${kind}`);
    const block = takeBlock(this.sheet, this.area);
    this.run.write(destination.sheet, () =>
      putBlock(turned ? transposed(block) : block, destination.sheet, destination.area, parts),
    );
  }
  autoFill(destination: Range, _series: EnumValue): void {
    const { area } = destination;
    if (destination.sheet !== this.sheet || !intersects(area, this.area))
      throw new ScriptFault('AutoFill destination range must contain the source range');
    this.run.write(this.sheet, () => fillFrom(this.sheet, this.area, area));
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

const isOverlong = (input: CellInput): boolean => typeof input === 'string' && input.length > MAX_CELL_CHARACTERS;
/** Milliseconds survive the trip through a day number. */
const roundedSerial = (serial: number): number => Math.round(serial * 86_400_000) / 86_400_000;

export class RangeList extends ServiceObject {
  readonly serviceName = 'RangeList';
  readonly members = rangeListMembers;
  readonly ranges: readonly Range[];
  constructor(run: Execution, ranges: readonly Range[]) {
    super(run);
    this.ranges = ranges;
  }
  override get qualifiedName(): string {
    return 'SpreadsheetApp.RangeList';
  }
  override family(): Family {
    return 'document';
  }
  override get cellCount(): number {
    return this.ranges.reduce((n, range) => n + range.cellCount, 0);
  }
  getRanges(): readonly Range[] {
    return this.ranges;
  }
  activate(): this {
    this.ranges.at(-1)?.activate();
    return this;
  }
}

/** A list does to each of its ranges what the range would do. */
for (const name of Object.keys(rangeListMembers)) {
  if (name === 'getRanges' || name === 'activate') continue;
  Object.defineProperty(RangeList.prototype, name, {
    value: function (this: RangeList, ...args: unknown[]) {
      for (const range of this.ranges)
        (range as unknown as Record<string, (...given: unknown[]) => unknown>)[name]?.(...args);
      return this;
    },
    configurable: true,
  });
}
