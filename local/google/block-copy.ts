/** Copying a block of cells within a file: what `copyTo`, filling and pasting have in common. Counts from 0. */
import type { Area } from './area';
import { type CellStyle, plainStyle } from './cell-style';
import type { CellValue } from './cell-value';
import { copiedBy } from './formula-text';
import type { SheetModel } from './sheet-model';
import type { ValidationRule } from './validation-rule';

export type CopiedCell = {
  readonly value: CellValue;
  readonly formula: string | undefined;
  readonly style: CellStyle;
  readonly note: string;
  readonly validation: ValidationRule | undefined;
  /** Where it stood, for relative references. */
  readonly row: number;
  readonly column: number;
};
/** Which parts of a cell arrive. */
export type CopiedParts = {
  readonly content: 'formulas' | 'values' | 'none';
  readonly formats: boolean;
  readonly notes: boolean;
  readonly validations: boolean;
};

export const everything: CopiedParts = { content: 'formulas', formats: true, notes: true, validations: true };

export const takeBlock = (sheet: SheetModel, area: Area): CopiedCell[][] =>
  Array.from({ length: area.rows }, (_, i) =>
    Array.from({ length: area.columns }, (_unused, j) => {
      const row = area.row + i;
      const column = area.column + j;
      return {
        value: sheet.cells.value(row, column),
        formula: sheet.cells.formula(row, column),
        style: sheet.cells.style(row, column),
        note: sheet.cells.note(row, column),
        validation: sheet.cells.validation(row, column),
        row,
        column,
      };
    }),
  );

export const transposed = (block: readonly (readonly CopiedCell[])[]): CopiedCell[][] =>
  (block[0] ?? []).map((_, j) => block.map((row) => row[j] as CopiedCell)); // rows of a block are equally long

/** Puts a block at a place; a larger place is tiled with it. */
export const putBlock = (
  block: readonly (readonly CopiedCell[])[],
  sheet: SheetModel,
  to: Area,
  parts: CopiedParts,
): void => {
  const height = block.length;
  const width = block[0]?.length ?? 0;
  if (height === 0 || width === 0) return;
  const rows = Math.max(height, Math.floor(to.rows / height) * height);
  const columns = Math.max(width, Math.floor(to.columns / width) * width);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const cell = block[i % height]?.[j % width];
      if (cell) putCell(cell, sheet, to.row + i, to.column + j, parts);
    }
  }
};

const putCell = (cell: CopiedCell, sheet: SheetModel, row: number, column: number, parts: CopiedParts): void => {
  const { cells, workbook } = sheet;
  if (parts.content === 'formulas' && cell.formula !== undefined) {
    cells.setFormula(row, column, copiedBy(cell.formula, row - cell.row, column - cell.column), cell.value);
  } else if (parts.content !== 'none') cells.setValue(row, column, cell.value);
  if (parts.formats) cells.setStyle(row, column, cell.style);
  // A value pasted alone still brings its number format where there is none, or dates would show as numbers.
  else if (parts.content !== 'none' && cells.style(row, column) === plainStyle && cell.style.isDate) {
    cells.setAttribute(row, column, 'numberFormat', cell.style.get('numberFormat'));
  }
  if (parts.notes) cells.setNote(row, column, cell.note);
  if (parts.validations) cells.setValidation(row, column, cell.validation ?? null);
  workbook.engine?.changed(sheet, row, column);
};

/**
 * Fills `to` from `from`, which it extends in one direction: formulas move with their row or column, two or more
 * numbers go on as a series, everything else repeats.
 */
export const fillFrom = (sheet: SheetModel, from: Area, to: Area): void => {
  const source = takeBlock(sheet, from);
  const down = to.columns === from.columns && to.column === from.column;
  for (let row = to.row; row < to.row + to.rows; row++) {
    for (let column = to.column; column < to.column + to.columns; column++) {
      const i = row - from.row;
      const j = column - from.column;
      if (i >= 0 && i < from.rows && j >= 0 && j < from.columns) continue;
      const cell = source[modulo(i, from.rows)]?.[modulo(j, from.columns)];
      if (!cell) continue;
      const line = down ? source.map((one) => one[modulo(j, from.columns)]) : (source[modulo(i, from.rows)] ?? []);
      putCell({ ...cell, value: seriesValue(line, down ? i : j) ?? cell.value }, sheet, row, column, {
        ...everything,
        notes: false,
      });
    }
  }
};

const modulo = (n: number, size: number): number => ((n % size) + size) % size;

const seriesValue = (line: readonly (CopiedCell | undefined)[], position: number): number | null => {
  const values = line.map((cell) => (cell?.formula === undefined ? cell?.value : undefined));
  if (values.length < 2 || !values.every((value) => typeof value === 'number')) return null;
  const [first = 0, second = 0] = values;
  const step = second - first;
  const even = values.every((value, i) => Math.abs(value - (first + i * step)) < 1e-9);
  return even ? first + position * step : null;
};
