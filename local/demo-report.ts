/** How the demo tells what happens. */

/** Prints lines, where anybody reads them. */
export type Say = (...lines: readonly string[]) => void;

/** A table in text, columns cut to `width` characters. */
export const drawn = (rows: readonly (readonly string[])[], width = 20): string => {
  const clean = rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')));
  const cut = clean.map((row) =>
    row.map((cell) => ([...cell].length > width ? `${[...cell].slice(0, width - 1).join('')}…` : cell)),
  );
  const widths = (cut[0] ?? []).map((_head, column) => Math.max(...cut.map((row) => [...(row[column] ?? '')].length)));
  const line = (row: readonly string[]) =>
    `  ${row.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - [...cell].length)).join('  ')}`;
  const [head = [], ...body] = cut;
  return [line(head), `  ${widths.map((n) => '─'.repeat(n)).join('  ')}`, ...body.map(line)].join('\n');
};

/** What a dialog said, set off from the demo's own words. */
export const indented = (text: string): string => text.replace(/^/gm, '  │ ');
