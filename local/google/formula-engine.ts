/**
 * Results of formulas, computed by IronCalc and put back into the cell store. Built lazily from the cells of the sheets
 * that have formulas or are referred to; cell changes are sent on, structural changes throw the engine away. The text
 * of a formula always stays ours. Known gaps are listed in README.md.
 */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { initSync, Model } from '@ironcalc/wasm';
import { CellError, type CellValue, cellError } from './cell-value';
import { entryOf } from './entry-of';
import { isWellFormed, mapReferences, sheetsIn, toEngine } from './formula-text';
import type { SheetModel } from './sheet-model';
import type { Workbook } from './workbook';
import { instantToSerial } from './zone';

let started = false;
const start = (): void => {
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
const VOLATILE = /\b(?:NOW|TODAY)\s*\(\s*\)/gi;

/** Arguments of the outermost call, split at its own commas. */
const argumentsOf = (call: string): string[] => {
  const inside = call.slice(call.indexOf('(') + 1, call.lastIndexOf(')'));
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let part = '';
  for (const letter of inside) {
    if (letter === '"') quoted = !quoted;
    if (!quoted && '({'.includes(letter)) depth++;
    if (!quoted && ')}'.includes(letter)) depth--;
    if (letter === ',' && depth === 0 && !quoted) {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  return [...parts, part];
};

/** Functions the engine lacks and a right answer exists for: HYPERLINK shows its label, ARRAYFORMULA its first cell. */
const substituted = (formula: string): string => {
  if (/^=\s*HYPERLINK\s*\(.*\)\s*$/is.test(formula)) return `=${argumentsOf(formula).at(-1)?.trim() || '""'}`;
  const array = /^=\s*ARRAYFORMULA\s*\((.*)\)\s*$/is.exec(formula);
  return array ? `=${array[1] ?? ''}` : formula;
};

export class FormulaEngine {
  readonly #workbook: Workbook;
  readonly #model: Model;
  readonly #index = new Map<SheetModel, number>();
  readonly #lent = new Map<SheetModel, Map<number, string>>();
  readonly #changed = new Map<SheetModel, Set<number>>();
  #dirty = true;
  #volatileAt: number | null = null;
  #now: number;

  constructor(workbook: Workbook, now: number) {
    start();
    this.#workbook = workbook;
    this.#now = now;
    this.#model = new Model('book', 'en', 'UTC', 'en');
    this.#model.pauseEvaluation();
    this.#loadSheets();
  }

  /** Notes a cell whose content is new. */
  changed(sheet: SheetModel, row: number, column: number): void {
    const cells = entryOf(this.#changed, sheet, () => new Set<number>());
    cells.add(row * ROW_KEY + column);
    this.#dirty = true;
  }

  /** Pattern that a formula without a format of its own is shown with. */
  lentPattern(sheet: SheetModel, row: number, column: number): string | undefined {
    return this.#lent.get(sheet)?.get(row * ROW_KEY + column);
  }

  /** Brings every formula's value in the store up to date. */
  compute(now: number): void {
    if (this.#volatileAt !== null && now !== this.#volatileAt) {
      this.#dirty = true;
      this.#now = now;
      this.#eachFormula((sheet, row, column, formula) => {
        if (formula.search(VOLATILE) >= 0) this.changed(sheet, row, column);
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

  #loadSheets(): void {
    const { sheets } = this.#workbook;
    const needed = new Set<SheetModel>();
    for (const sheet of sheets) if (sheet.cells.formulaCount > 0) needed.add(sheet);
    this.#eachFormula((_sheet, _row, _column, formula) => {
      for (const name of sheetsIn(formula)) {
        const other = this.#workbook.sheetByName(name);
        if (other) needed.add(other);
      }
    });
    for (const sheet of needed) {
      const index = this.#index.size;
      if (index > 0) this.#model.newSheet();
      this.#model.renameSheet(index, `S${index}`);
      this.#index.set(sheet, index);
    }
    for (const sheet of needed) {
      const formulaColumns = new Set<number>();
      sheet.cells.rows.forEach((line, row) => {
        if (!line) return;
        for (const column of line.formulas?.keys() ?? []) formulaColumns.add(column);
        for (let column = 0; column < line.values.length; column++) this.#load(sheet, row, column);
      });
      for (const column of formulaColumns) this.#showExactly(sheet, column);
    }
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
      return;
    }
    this.#lent.get(sheet)?.delete(row * ROW_KEY + column);
    const value = sheet.cells.value(row, column);
    if (value === undefined) this.#model.rangeClearContents(index, row + 1, column + 1, row + 1, column + 1);
    else this.#model.setUserInput(index, row + 1, column + 1, inputText(value));
  }

  #engineText(formula: string, sheet: SheetModel): string {
    if (formula.search(VOLATILE) >= 0) this.#volatileAt = this.#now;
    const english = toEngine(formula, this.#workbook.locale, sheet.maxRows, sheet.maxColumns);
    const now = instantToSerial(this.#workbook.timeZone, this.#now);
    const timed = substituted(english).replace(VOLATILE, (call) =>
      /^t/i.test(call) ? String(Math.floor(now)) : String(now),
    );
    return mapReferences(timed, (reference) => {
      if (reference.sheet === null) return reference;
      const other = this.#workbook.sheetByName(reference.sheet);
      const index = other && this.#index.get(other);
      return index === undefined ? null : { ...reference, sheet: `S${index}x` };
    }).replace(/'?(S\d+)x'?!/g, '$1!');
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

  #patternOf(sheet: SheetModel, letters: string, row: number): string | undefined {
    const column = [...letters.toUpperCase()].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    return sheet.cells.style(row, column).get('numberFormat') ?? this.lentPattern(sheet, row, column);
  }

  #result(sheet: SheetModel, row: number, column: number): CellValue {
    const index = this.#index.get(sheet);
    if (index === undefined) return cellError('#ERROR!');
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

const inputText = (value: Exclude<CellValue, undefined>): string => {
  if (typeof value === 'string') return `'${value}`;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return value instanceof CellError ? value.code : String(value);
};
