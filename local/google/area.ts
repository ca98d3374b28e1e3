/** A rectangle of one sheet, counted from 0, and its A1 notation. */
import { type AxisEdit, movedSpan } from './axis-edit';

export type Area = {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
};

const lettersOf: string[] = [];
/** 0 → A, 26 → AA. */
export const columnLetters = (column: number): string => {
  const known = lettersOf[column];
  if (known !== undefined) return known;
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  lettersOf[column] = letters;
  return letters;
};
/** A → 0, AA → 26. */
export const columnIndex = (letters: string): number =>
  [...letters.toUpperCase()].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;

export const cellName = (row: number, column: number): string => `${columnLetters(column)}${row + 1}`;
export const areaName = (area: Area): string =>
  area.rows === 1 && area.columns === 1
    ? cellName(area.row, area.column)
    : `${cellName(area.row, area.column)}:${cellName(area.row + area.rows - 1, area.column + area.columns - 1)}`;

/** A sheet name as it stands before `!`. */
export const quotedSheet = (name: string): string =>
  /^[A-Za-z_][\w.]*$/.test(name) && !/^[A-Za-z]{1,3}\d+$/.test(name) ? name : `'${name.replaceAll("'", "''")}'`;

const A1 = /^(?:(?:'((?:[^']|'')+)'|([^'!]+))!)?\$?([A-Za-z]{0,3})\$?(\d*)(?::\$?([A-Za-z]{0,3})\$?(\d*))?$/;

/** Reads `A1`, `A1:B2`, `A:C`, `2:5`, `A2:C`, with or without a sheet. `null` when it is none of them. */
export const parseA1 = (
  notation: string,
  grid: { readonly rows: number; readonly columns: number },
): { readonly sheet: string | null; readonly area: Area } | null => {
  const match = A1.exec(notation.trim());
  if (!match) return null;
  const [, quoted, bare, c1 = '', r1 = '', c2, r2] = match;
  const hasEnd = notation.includes(':', notation.lastIndexOf('!') + 1);
  if (c1 === '' && r1 === '') return null;
  if (!hasEnd && (c1 === '' || r1 === '')) return null;
  if (hasEnd && (c2 ?? '') === '' && (r2 ?? '') === '') return null;
  const fromColumn = c1 === '' ? 0 : columnIndex(c1);
  const fromRow = r1 === '' ? 0 : Number(r1) - 1;
  const toColumn = !hasEnd ? fromColumn : c2 ? columnIndex(c2) : grid.columns - 1;
  const toRow = !hasEnd ? fromRow : r2 ? Number(r2) - 1 : grid.rows - 1;
  const row = Math.min(fromRow, toRow);
  const column = Math.min(fromColumn, toColumn);
  return {
    sheet: quoted?.replaceAll("''", "'") ?? bare ?? null,
    area: { row, column, rows: Math.abs(toRow - fromRow) + 1, columns: Math.abs(toColumn - fromColumn) + 1 },
  };
};

/** Where an area goes when lines are inserted, deleted or moved; `null` when nothing of it is left. */
export const movedArea = (area: Area, edit: AxisEdit): Area | null => {
  const byRow = edit.axis === 'row';
  const first = byRow ? area.row : area.column;
  const length = byRow ? area.rows : area.columns;
  const span = movedSpan(edit, { first, last: first + length - 1 });
  if (span === null) return null;
  const size = span.last - span.first + 1;
  return byRow ? { ...area, row: span.first, rows: size } : { ...area, column: span.first, columns: size };
};

export const contains = (outer: Area, row: number, column: number): boolean =>
  row >= outer.row && row < outer.row + outer.rows && column >= outer.column && column < outer.column + outer.columns;

export const intersects = (a: Area, b: Area): boolean =>
  a.row < b.row + b.rows &&
  b.row < a.row + a.rows &&
  a.column < b.column + b.columns &&
  b.column < a.column + a.columns;
