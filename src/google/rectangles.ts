/** Groups single cells into the fewest rectangles of one kind, so that each is written by one call. Pure. */

export interface Spot<T> {
  /** Row and column numbers, from 1. */
  readonly row: number;
  readonly column: number;
  readonly kind: string;
  readonly content: T;
}

export interface Rectangle<T> {
  readonly row: number;
  readonly column: number;
  readonly kind: string;
  readonly contents: readonly (readonly T[])[];
}

/** Letters of a column number. */
export const lettersOf = (column: number): string =>
  column <= 0 ? '' : lettersOf(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));

/** As `getRangeList` takes it. */
export const addressOf = <T>({ row, column, contents }: Rectangle<T>): string =>
  `${lettersOf(column)}${row}:${lettersOf(column + (contents[0]?.length ?? 1) - 1)}${row + contents.length - 1}`;

interface Run<T> {
  readonly row: number;
  readonly column: number;
  readonly kind: string;
  readonly contents: T[];
}

/** Runs along each row first, then equal runs of neighbouring rows joined. */
export const rectanglesOf = <T>(spots: readonly Spot<T>[]): readonly Rectangle<T>[] => {
  const sorted = [...spots].sort((a, b) => a.row - b.row || a.column - b.column);
  const runs: Run<T>[] = [];
  for (const { row, column, kind, content } of sorted) {
    const last = runs[runs.length - 1];
    const continues = last?.row === row && last.kind === kind && last.column + last.contents.length === column;
    if (continues) last.contents.push(content);
    else runs.push({ row, column, kind, contents: [content] });
  }
  const open = new Map<string, { rectangle: Rectangle<T> & { readonly contents: T[][] }; nextRow: number }>();
  const rectangles: Rectangle<T>[] = [];
  for (const run of runs) {
    const shape = `${run.column}/${run.contents.length}/${run.kind}`;
    const above = open.get(shape);
    if (above?.nextRow === run.row) {
      above.rectangle.contents.push(run.contents);
      above.nextRow += 1;
    } else {
      const rectangle = { row: run.row, column: run.column, kind: run.kind, contents: [run.contents] };
      rectangles.push(rectangle);
      open.set(shape, { rectangle, nextRow: run.row + 1 });
    }
  }
  return rectangles;
};
