/**
 * The contents half of `Range`: values, formulas, notes, rules, and copying them. Bounds were checked when the range was
 * made; what is written waits in the buffer.
 */
import { type Area, intersects } from './area';
import { everything, fillFrom, putBlock, takeBlock, transposed } from './block-copy';
import { type CellInput, SerialDate } from './cell-value';
import { clearContents, MAX_CELL_CHARACTERS, putInput, readDisplay, readValue, typingRules } from './cell-writer';
import { DataValidation, requireValid } from './data-validation';
import type { EnumValue } from './enums';
import { ScriptFault, texts, Unsupported } from './errors';
import type { Execution } from './execution';
import { fromR1C1, toR1C1 } from './formula-text';
import { requireEditable } from './protection';
import { FormattedRange } from './range-formats';
import { ScriptGrid } from './realm';
import { behind } from './service-object';
import type { SheetModel } from './sheet-model';
import { checkboxRule } from './validation-check';
import { instantToSerial } from './zone';

const isOverlong = (input: CellInput): boolean => typeof input === 'string' && input.length > MAX_CELL_CHARACTERS;
/** Milliseconds survive the trip through a day number. */
const roundedSerial = (serial: number): number => Math.round(serial * 86_400_000) / 86_400_000;

/** Script values as inputs of cells: dates become serials of the spreadsheet's zone now, not when they are sent. */
export const scriptInputs = (sheet: SheetModel, block: readonly (readonly unknown[])[]): CellInput[][] => {
  const zone = sheet.workbook.timeZone;
  return block.map((row) => row.map((value) => scriptInput(value, zone)));
};
export const scriptInput = (value: unknown, zone: string): CellInput => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value === null || value === undefined) return null;
  if (Object.prototype.toString.call(value) === '[object Date]') {
    const instant = (value as Date).getTime();
    if (Number.isNaN(instant)) throw new ScriptFault('Cannot convert Invalid Date to a cell value.');
    return new SerialDate(roundedSerial(instantToSerial(zone, instant)));
  }
  throw new Unsupported(`a cell value of type ${Object.prototype.toString.call(value)}`);
};
/** Sends a block of inputs into cells now. */
export const putInputs = (
  run: Execution,
  sheet: SheetModel,
  area: Area,
  inputs: readonly (readonly CellInput[])[],
): void => {
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
};

export abstract class RangeContents extends FormattedRange {
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
    const input = scriptInput(value, this.sheet.workbook.timeZone);
    return this.#putAll(Array.from({ length: this.area.rows }, () => Array<CellInput>(this.area.columns).fill(input)));
  }
  setValues(values: readonly (readonly unknown[])[]): this {
    this.requireShape(values);
    return this.#putAll(scriptInputs(this.sheet, values));
  }
  #putAll(inputs: CellInput[][]): this {
    requireEditable(this.run, this.sheet, this.area);
    this.run.write(this.sheet, () => putInputs(this.run, this.sheet, this.area, inputs));
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

  copyTo(
    destination: FormattedRange,
    how?: EnumValue | { contentsOnly?: boolean; formatOnly?: boolean },
    turned = false,
  ): void {
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
  autoFill(destination: FormattedRange, _series: EnumValue): void {
    const { area } = destination;
    if (destination.sheet !== this.sheet || !intersects(area, this.area))
      throw new ScriptFault('AutoFill destination range must contain the source range');
    this.run.write(this.sheet, () => fillFrom(this.sheet, this.area, area));
  }
}
