/**
 * Results of formulas, computed by IronCalc and put back into the cell store. Built lazily from the cells of the sheets
 * that have formulas or are referred to; cell changes are sent on, structural changes throw the engine away. The text
 * of a formula always stays ours. Known gaps are listed in README.md.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { initSync, Model } from '@ironcalc/wasm';
import { columnIndex } from './area';
import { CellError, type CellValue, cellError } from './cell-value';
import { engineText, isVolatile, reachesAnywhere, withoutNames } from './engine-text';
import { entryOf } from './entry-of';
import { isWellFormed, mapReferences } from './formula-text';
import type { SheetModel } from './sheet-model';
import type { Workbook } from './workbook';

let started = false;
/** Loads the engine's code, once. */
export const startEngine = (): void => {
  if (started) return;
  const resolve = createRequire(path.join(process.cwd(), 'package.json'));
  initSync({ module: readFileSync(resolve.resolve('@ironcalc/wasm/wasm_bg.wasm')) });
  started = true;
};

/** Fifteen digits: what the engine computes with. */
const EXACT = '0.00000000000000E+00';
const ALL_ROWS = 1_048_576;
/** Wider than any grid the engine takes; makes one number of a position. */
const ROW_KEY = 20_000;

/** Functions whose result is a date although the cell says nothing. */
const DATE_RESULT = /^=\s*(?:TODAY|DATE|DATEVALUE|EDATE|EOMONTH|WORKDAY)\s*\(/i;
const MOMENT_RESULT = /^=\s*NOW\s*\(/i;
const TIME_RESULT = /^=\s*(?:TIME|TIMEVALUE)\s*\(/i;
const PLAIN_REFERENCE = /^=\s*\$?([A-Za-z]{1,3})\$?(\d+)\s*$/;

/** Columns of a sheet that formulas look at; `all` where a formula may look anywhere. */
type Watched = Set<number> | 'all';

export class FormulaEngine {
  readonly #workbook: Workbook;
  readonly #model: Model;
  readonly #index = new Map<SheetModel, number>();
  readonly #lent = new Map<SheetModel, Map<number, string>>();
  readonly #changed = new Map<SheetModel, Set<number>>();
  readonly #watched = new Map<SheetModel, Watched>();
  /** Cells whose formula the engine has. */
  readonly #formulas = new Map<SheetModel, Set<number>>();
  #dirty = true;
  #volatile = false;
  #now: number;
  /** A formula looks at cells that were not loaded: the engine must be built anew. */
  isStale = false;

  constructor(workbook: Workbook, now: number) {
    startEngine();
    this.#workbook = workbook;
    this.#now = now;
    this.#model = new Model('book', 'en', 'UTC', 'en');
    this.#model.pauseEvaluation();
    this.#loadSheets();
  }

  /** Notes a cell whose content is new. */
  changed(sheet: SheetModel, row: number, column: number): void {
    const formula = sheet.cells.formula(row, column);
    if (formula !== undefined && !this.#covers(formula, sheet)) this.isStale = true;
    const key = row * ROW_KEY + column;
    const wasFormula = this.#formulas.get(sheet)?.has(key) ?? false;
    if (formula === undefined && !wasFormula && !this.#watches(sheet, column)) return;
    entryOf(this.#changed, sheet, () => new Set<number>()).add(key);
    this.#dirty = true;
  }

  /** Pattern that a formula without a format of its own is shown with. */
  lentPattern(sheet: SheetModel, row: number, column: number): string | undefined {
    return this.#lent.get(sheet)?.get(row * ROW_KEY + column);
  }

  /** Brings every formula's value in the store up to date. */
  compute(now: number): void {
    if (this.#volatile && now !== this.#now) {
      this.#now = now;
      this.#eachFormula((sheet, row, column, formula) => {
        if (isVolatile(formula)) this.changed(sheet, row, column);
      });
    }
    if (!this.#dirty) return;
    this.#model.pauseEvaluation();
    for (const [sheet, cells] of this.#changed) {
      for (const key of cells) this.#load(sheet, Math.floor(key / ROW_KEY), key % ROW_KEY);
    }
    this.#changed.clear();
    this.#model.resumeEvaluation();
    this.#model.evaluate();
    this.#dirty = false;
    this.#eachFormula((sheet, row, column) => sheet.cells.setResult(row, column, this.#result(sheet, row, column)));
  }

  free(): void {
    this.#model.free();
  }

  /** Calls `visit` for each reference of a formula with its sheet and columns. */
  #looksAt(formula: string, home: SheetModel, visit: (sheet: SheetModel, first: number, last: number) => void): void {
    mapReferences(withoutNames(formula, this.#workbook), (reference) => {
      const sheet = reference.sheet === null ? home : this.#workbook.sheetByName(reference.sheet);
      if (sheet) {
        const first = reference.from.column ?? 0;
        visit(sheet, first, reference.to === null ? first : (reference.to.column ?? sheet.maxColumns - 1));
      }
      return reference;
    });
  }
  #watches(sheet: SheetModel, column: number): boolean {
    const watched = this.#watched.get(sheet);
    return watched === 'all' || (watched?.has(column) ?? false);
  }
  #covers(formula: string, home: SheetModel): boolean {
    if (!this.#index.has(home) || (reachesAnywhere(formula) && this.#watched.get(home) !== 'all')) return false;
    let covered = true;
    this.#looksAt(formula, home, (sheet, first, last) => {
      for (let column = first; column <= last; column++) covered &&= this.#watches(sheet, column);
    });
    return covered;
  }

  #loadSheets(): void {
    this.#eachFormula((home, _row, _column, formula) => {
      entryOf(this.#watched, home, (): Watched => new Set());
      this.#looksAt(formula, home, (sheet, first, last) => this.#watch(sheet, first, last));
      if (reachesAnywhere(formula)) for (const sheet of this.#workbook.sheets) this.#watched.set(sheet, 'all');
    });
    for (const sheet of this.#watched.keys()) {
      const index = this.#index.size;
      if (index > 0) this.#model.newSheet();
      this.#model.renameSheet(index, `Tab_${index}`);
      this.#index.set(sheet, index);
    }
    for (const [sheet, watched] of this.#watched) {
      const formulaColumns = new Set<number>();
      sheet.cells.rows.forEach((line, row) => {
        if (!line) return;
        for (const column of line.formulas?.keys() ?? []) {
          formulaColumns.add(column);
          this.#load(sheet, row, column);
        }
        const columns = watched === 'all' ? line.values.keys() : watched;
        for (const column of columns)
          if (column < line.values.length && !line.formulas?.has(column)) this.#load(sheet, row, column);
      });
      for (const column of formulaColumns) this.#showExactly(sheet, column);
    }
  }
  #watch(sheet: SheetModel, first: number, last: number): void {
    const watched = entryOf(this.#watched, sheet, (): Watched => new Set());
    if (watched !== 'all') for (let column = first; column <= last; column++) watched.add(column);
  }

  #showExactly(sheet: SheetModel, column: number): void {
    const area = { sheet: this.#index.get(sheet) ?? 0, row: 1, column: column + 1, width: 1, height: ALL_ROWS };
    this.#model.updateRangeStyle(area, 'num_fmt', EXACT);
  }

  #load(sheet: SheetModel, row: number, column: number): void {
    const index = this.#index.get(sheet);
    if (index === undefined) return;
    const formula = sheet.cells.formula(row, column);
    if (formula !== undefined) {
      const text = isWellFormed(formula) ? this.#engineText(formula, sheet) : '=#ERROR!';
      this.#model.setUserInput(index, row + 1, column + 1, text);
      const cell = { sheet: index, row: row + 1, column: column + 1, width: 1, height: 1 };
      this.#model.updateRangeStyle(cell, 'num_fmt', EXACT);
      this.#lend(sheet, row, column, formula);
      entryOf(this.#formulas, sheet, () => new Set<number>()).add(row * ROW_KEY + column);
      return;
    }
    this.#formulas.get(sheet)?.delete(row * ROW_KEY + column);
    this.#lent.get(sheet)?.delete(row * ROW_KEY + column);
    const value = sheet.cells.value(row, column);
    if (value === undefined) this.#model.rangeClearContents(index, row + 1, column + 1, row + 1, column + 1);
    else this.#model.setUserInput(index, row + 1, column + 1, inputText(value));
  }

  #engineText(formula: string, sheet: SheetModel): string {
    this.#volatile ||= isVolatile(formula);
    return engineText(formula, sheet, this.#now, (name) => {
      const other = this.#workbook.sheetByName(name);
      const index = other && this.#index.get(other);
      return index === undefined ? null : `Tab_${index}`;
    });
  }

  #lend(sheet: SheetModel, row: number, column: number, formula: string): void {
    const { date, time } = this.#workbook.locale;
    const reference = PLAIN_REFERENCE.exec(formula);
    const pattern = DATE_RESULT.test(formula)
      ? date
      : MOMENT_RESULT.test(formula)
        ? `${date} H:mm:ss`
        : TIME_RESULT.test(formula)
          ? time
          : reference
            ? this.#patternOf(sheet, reference[1] ?? '', Number(reference[2]) - 1)
            : undefined;
    const lent = entryOf(this.#lent, sheet, () => new Map<number, string>());
    if (pattern === undefined) lent.delete(row * ROW_KEY + column);
    else lent.set(row * ROW_KEY + column, pattern);
  }

  #isEmpty(sheet: SheetModel, [, letters = '', row = '']: RegExpExecArray): boolean {
    const at = [Number(row) - 1, columnIndex(letters)] as const;
    return sheet.cells.value(...at) === undefined && sheet.cells.formula(...at) === undefined;
  }
  #patternOf(sheet: SheetModel, letters: string, row: number): string | undefined {
    const column = columnIndex(letters);
    return sheet.cells.style(row, column).get('numberFormat') ?? this.lentPattern(sheet, row, column);
  }

  #result(sheet: SheetModel, row: number, column: number): CellValue {
    const index = this.#index.get(sheet);
    if (index === undefined) return cellError('#ERROR!');
    const reference = PLAIN_REFERENCE.exec(sheet.cells.formula(row, column) ?? '');
    // A reference to an empty cell shows nothing; the engine says 0.
    if (reference && this.#isEmpty(sheet, reference)) return '';
    const shown = this.#model.getFormattedCellValue(index, row + 1, column + 1);
    switch (this.#model.getCellType(index, row + 1, column + 1)) {
      case 1:
        return shown === '' ? '' : Number(shown);
      case 4:
        return shown === 'TRUE';
      case 16:
        return cellError(ENGINE_ERRORS[shown] ?? shown);
      default:
        return shown;
    }
  }

  #eachFormula(visit: (sheet: SheetModel, row: number, column: number, formula: string) => void): void {
    for (const sheet of this.#workbook.sheets) {
      if (sheet.cells.formulaCount === 0) continue;
      sheet.cells.rows.forEach((line, row) => {
        if (line?.formulas) for (const [column, formula] of line.formulas) visit(sheet, row, column, formula);
      });
    }
  }
}

/** Engine errors that Sheets calls differently. */
const ENGINE_ERRORS: Record<string, string> = {
  '#CIRC!': '#REF!',
  '#N/IMPL!': '#NAME?',
  '#SPILL!': '#REF!',
  '#CALC!': '#N/A',
};

/** What the engine takes as this very value. */
export const inputText = (value: Exclude<CellValue, undefined>): string => {
  if (typeof value === 'string') return `'${value}`;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return value instanceof CellError ? value.code : String(value);
};
