/**
 * What conditional formats show: the format of the first rule that holds for a cell. They never change what `getBackground` answers.
 * A custom formula is computed by the engine once for each set of values that it meets; one that looks at ranges, or asks where it
 * stands, is not computed, and paints nothing.
 */
import { Model } from '@ironcalc/wasm';
import { contains } from './area';
import { CellError, type CellValue } from './cell-value';
import type { ConditionalRule } from './conditional-rule';
import { meets } from './criteria-test';
import { entryOf } from './entry-of';
import { inputText, startEngine } from './formula-engine';
import { mapReferences, type Reference, toEngine } from './formula-text';
import type { SheetModel } from './sheet-model';

/** Functions whose result is no matter of the cells that the text names. */
const ELSEWHERE = /\b(?:ROW|COLUMN|CELL|INDIRECT|OFFSET|NOW|TODAY|RAND|RANDBETWEEN)\s*\(/i;

interface Compiled {
  /** The formula over the cells A1, B1, …, one a reference. */
  readonly template: string;
  /** The references as seen from the first cell of the rule. */
  readonly references: readonly Reference[];
  readonly results: Map<string, boolean>;
}

const compiled = (sheet: SheetModel, formula: string): Compiled | null => {
  if (ELSEWHERE.test(formula)) return null;
  const references: Reference[] = [];
  let isPlain = true;
  const english = toEngine(formula, sheet.workbook.locale, sheet.maxRows, sheet.maxColumns);
  const template = mapReferences(english, (reference) => {
    if (reference.sheet !== null || reference.to !== null) isPlain = false;
    references.push(reference);
    return {
      sheet: null,
      to: null,
      from: { column: references.length - 1, columnFixed: false, row: 0, rowFixed: false },
    };
  });
  return isPlain && !template.includes('#REF!') ? { template, references, results: new Map() } : null;
};

const keyOf = (value: CellValue): string =>
  value instanceof CellError ? `e${value.code}` : `${(typeof value)[0]}${String(value)}`;

export class ConditionalPaint {
  readonly #compiled = new Map<string, Compiled | null>();
  #model: Model | null = null;

  /** The format of the first rule that holds for this cell, or null. */
  formatAt(sheet: SheetModel, row: number, column: number): ConditionalRule['format'] | null {
    for (const rule of sheet.conditionalRules) {
      if (rule.areas.some((area) => contains(area, row, column)) && this.#holds(sheet, rule, row, column)) {
        return rule.format;
      }
    }
    return null;
  }

  #holds(sheet: SheetModel, rule: ConditionalRule, row: number, column: number): boolean {
    const plain = meets(rule.criteria, rule.values, sheet.cells.value(row, column));
    if (plain !== null) return plain;
    const formula = String(rule.values[0] ?? '');
    const known = `${sheet.workbook.locale.id}${formula}`;
    const one = entryOf(this.#compiled, known, () => compiled(sheet, formula));
    const [first] = rule.areas;
    if (one === null || first === undefined) return false;
    const values = one.references.map(({ from }): CellValue => {
      const at = (from.row ?? 0) + (from.rowFixed ? 0 : row - first.row);
      const across = (from.column ?? 0) + (from.columnFixed ? 0 : column - first.column);
      return at < 0 || across < 0 ? undefined : sheet.cells.value(at, across);
    });
    const key = values.map(keyOf).join('\u0000');
    return entryOf(one.results, key, () => this.#compute(one.template, values));
  }

  #compute(template: string, values: readonly CellValue[]): boolean {
    startEngine();
    this.#model ??= new Model('paint', 'en', 'UTC', 'en');
    const model = this.#model;
    model.rangeClearContents(0, 1, 1, 2, Math.max(1, values.length));
    values.forEach((value, index) => {
      if (value !== undefined) model.setUserInput(0, 1, index + 1, inputText(value));
    });
    model.setUserInput(0, 2, 1, template);
    model.evaluate();
    const shown = model.getFormattedCellValue(0, 2, 1);
    const type = model.getCellType(0, 2, 1);
    return type === 4 ? shown === 'TRUE' : type === 1 && Number(shown) !== 0;
  }
}
