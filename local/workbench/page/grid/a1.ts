/** Cells and areas by name, as persons say them. Rows and columns count from 0 here. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}
export interface Area extends Cell {
  readonly rows: number;
  readonly columns: number;
}

export const letters = (column: number): string =>
  column < 26
    ? String.fromCharCode(65 + column)
    : letters(Math.floor(column / 26) - 1) + String.fromCharCode(65 + (column % 26));

export const cellName = ({ row, column }: Cell): string => `${letters(column)}${row + 1}`;

export const areaName = (area: Area): string =>
  area.rows === 1 && area.columns === 1
    ? cellName(area)
    : `${cellName(area)}:${cellName({ row: area.row + area.rows - 1, column: area.column + area.columns - 1 })}`;

/** `B7` or `B7:D9`; null when it is neither. */
export const parseArea = (text: string): Area | null => {
  const match = /^\s*([A-Za-z]{1,3})(\d{1,7})(?::([A-Za-z]{1,3})(\d{1,7}))?\s*$/.exec(text);
  if (!match) return null;
  const columnOf = (name: string): number =>
    [...name.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  const first = { row: Number(match[2]) - 1, column: columnOf(match[1] ?? '') };
  const last = match[3] ? { row: Number(match[4]) - 1, column: columnOf(match[3]) } : first;
  return between(first, last);
};

export const between = (a: Cell, b: Cell): Area => ({
  row: Math.min(a.row, b.row),
  column: Math.min(a.column, b.column),
  rows: Math.abs(a.row - b.row) + 1,
  columns: Math.abs(a.column - b.column) + 1,
});

export const contains = (area: Area, { row, column }: Cell): boolean =>
  row >= area.row && row < area.row + area.rows && column >= area.column && column < area.column + area.columns;
