/**
 * The typed content of one sheet, row by row: primitives and shared objects only, so that three million cells fit.
 * Notes, formulas and validations are sparse. Counts from 0. Knows nothing of parsing, zones or permissions.
 */
import { type AxisEdit, editLines } from './axis-edit';
import { type CellStyle, plainStyle, type StyleKey } from './cell-style';
import type { CellValue } from './cell-value';
import type { ValidationRule } from './validation-rule';

/** Default pixel sizes of a grid. */
export const DEFAULT_ROW_HEIGHT = 21;
export const DEFAULT_COLUMN_WIDTH = 100;

export class GridRow {
  values: CellValue[] = [];
  styles: (CellStyle | undefined)[] = [];
  formulas: Map<number, string> | undefined;
  notes: Map<number, string> | undefined;
  validations: Map<number, ValidationRule> | undefined;
  height: number | undefined;
  hiddenByUser = false;
  hiddenByFilter = false;

  copy(): GridRow {
    const row = new GridRow();
    row.values = this.values.slice();
    row.styles = this.styles.slice();
    row.formulas = this.formulas && new Map(this.formulas);
    row.notes = this.notes && new Map(this.notes);
    row.validations = this.validations && new Map(this.validations);
    row.height = this.height;
    row.hiddenByUser = this.hiddenByUser;
    row.hiddenByFilter = this.hiddenByFilter;
    return row;
  }
}

const shiftKeys = <T>(map: Map<number, T> | undefined, edit: AxisEdit, width: number): Map<number, T> | undefined => {
  if (!map || map.size === 0) return undefined;
  const lines: (T | undefined)[] = Array.from({ length: Math.max(width, edit.at + 1) }, (_, i) => map.get(i));
  editLines(lines, edit, () => undefined);
  const next = new Map<number, T>();
  lines.forEach((item, i) => {
    if (item !== undefined) next.set(i, item);
  });
  return next.size === 0 ? undefined : next;
};

export class CellStore {
  rows: (GridRow | undefined)[] = [];
  /** Cells with a formula, to know quickly whether an engine is needed. */
  formulaCount = 0;
  /** Counts changes of content, looks and notes, so that others can tell whether something happened. */
  revision = 0;
  #lastRow: number | null = null;
  #lastColumn: number | null = null;

  rowAt(row: number): GridRow {
    let found = this.rows[row];
    if (!found) {
      while (this.rows.length < row) this.rows.push(undefined);
      found = new GridRow();
      this.rows[row] = found;
    }
    return found;
  }

  value(row: number, column: number): CellValue {
    return this.rows[row]?.values[column];
  }
  style(row: number, column: number): CellStyle {
    return this.rows[row]?.styles[column] ?? plainStyle;
  }
  formula(row: number, column: number): string | undefined {
    return this.rows[row]?.formulas?.get(column);
  }
  note(row: number, column: number): string {
    return this.rows[row]?.notes?.get(column) ?? '';
  }
  validation(row: number, column: number): ValidationRule | undefined {
    return this.rows[row]?.validations?.get(column);
  }

  /** Puts a typed value and removes a formula. */
  setValue(row: number, column: number, value: CellValue): void {
    this.#forgetLast();
    this.revision++;
    const line = value === undefined ? this.rows[row] : this.rowAt(row);
    if (!line) return;
    while (line.values.length < column) line.values.push(undefined);
    line.values[column] = value;
    if (line.formulas?.delete(column)) this.formulaCount--;
  }
  /** Puts a formula's text and what it shows until it is computed. */
  setFormula(row: number, column: number, text: string, value: CellValue): void {
    const line = this.rowAt(row);
    this.setValue(row, column, value);
    while (line.values.length <= column) line.values.push(undefined); // the row reaches as far as its formulas
    line.formulas ??= new Map();
    line.formulas.set(column, text);
    this.formulaCount++;
  }
  /** A new result of a formula that stays. */
  setResult(row: number, column: number, value: CellValue): void {
    this.#forgetLast();
    const line = this.rowAt(row);
    while (line.values.length < column) line.values.push(undefined);
    line.values[column] = value;
  }
  setStyle(row: number, column: number, style: CellStyle): void {
    this.revision++;
    const line = style === plainStyle ? this.rows[row] : this.rowAt(row);
    if (!line) return;
    while (line.styles.length < column) line.styles.push(undefined);
    line.styles[column] = style === plainStyle ? undefined : style;
  }
  setAttribute(row: number, column: number, key: StyleKey, value: string | number | undefined): void {
    this.setStyle(row, column, this.style(row, column).with(key, value));
  }
  setNote(row: number, column: number, note: string): void {
    this.revision++;
    if (note === '') {
      this.rows[row]?.notes?.delete(column);
      return;
    }
    const line = this.rowAt(row);
    line.notes ??= new Map();
    line.notes.set(column, note);
  }
  setValidation(row: number, column: number, rule: ValidationRule | null): void {
    if (rule === null) {
      this.rows[row]?.validations?.delete(column);
      return;
    }
    const line = this.rowAt(row);
    line.validations ??= new Map();
    line.validations.set(column, rule);
  }

  /** Number of rows down to the last content; a formula counts, an empty looking one too. */
  get lastRow(): number {
    if (this.#lastRow === null) {
      let row = this.rows.length;
      while (row > 0 && !this.#hasContent(this.rows[row - 1])) row--;
      this.#lastRow = row;
    }
    return this.#lastRow;
  }
  get lastColumn(): number {
    if (this.#lastColumn === null) {
      let last = 0;
      for (const row of this.rows) {
        if (!row) continue;
        let column = row.values.length;
        while (column > last && row.values[column - 1] === undefined && !row.formulas?.has(column - 1)) column--;
        if (column > last) last = column;
      }
      this.#lastColumn = last;
    }
    return this.#lastColumn;
  }
  #hasContent(row: GridRow | undefined): boolean {
    if (!row) return false;
    if (row.formulas && row.formulas.size > 0) return true;
    for (const value of row.values) if (value !== undefined) return true;
    return false;
  }

  /** Inserts, deletes or moves lines with everything that stands in them. New lines take the look of `like`. */
  edit(edit: AxisEdit, width: number, like: number | null): void {
    this.touched();
    if (edit.axis === 'row') this.#editRows(edit, like);
    else this.#editColumns(edit, width, like);
    if (this.formulaCount > 0) this.formulaCount = this.rows.reduce((n, row) => n + (row?.formulas?.size ?? 0), 0);
  }
  #editRows(edit: AxisEdit, like: number | null): void {
    const model = like === null ? undefined : this.rows[like];
    editLines(this.rows, edit, () => {
      if (!model) return undefined;
      const row = new GridRow();
      row.styles = model.styles.slice();
      row.validations = model.validations && new Map(model.validations);
      return row;
    });
  }
  #editColumns(edit: AxisEdit, width: number, like: number | null): void {
    for (const row of this.rows) {
      if (!row) continue;
      const style = like === null ? undefined : row.styles[like];
      const rule = like === null ? undefined : row.validations?.get(like);
      editLines(row.values, edit, () => undefined);
      editLines(row.styles, edit, () => style);
      row.formulas = shiftKeys(row.formulas, edit, width);
      row.notes = shiftKeys(row.notes, edit, width);
      row.validations = shiftKeys(row.validations, edit, width);
      if (edit.kind === 'insert' && rule) {
        row.validations ??= new Map();
        for (let i = 0; i < edit.count; i++) row.validations.set(edit.at + i, rule);
      }
    }
  }

  /** Marks content as changed from outside (sorting swaps rows in place). */
  touched(): void {
    this.revision++;
    this.#forgetLast();
  }
  #forgetLast(): void {
    this.#lastRow = null;
    this.#lastColumn = null;
  }

  copy(): CellStore {
    const store = new CellStore();
    store.rows = this.rows.map((row) => row?.copy());
    store.formulaCount = this.formulaCount;
    store.revision = this.revision;
    return store;
  }
}
