/** Cells as text on the clipboard, the way spreadsheets exchange them: tabs, line ends, quotes around what holds them. */
export const toTsv = (block: readonly (readonly string[])[]): string =>
  block
    .map((line) => line.map((text) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join('\t'))
    .join('\n');

/** Reads what `toTsv` and other spreadsheets write. */
export const fromTsv = (text: string): string[][] => {
  const lines: string[][] = [];
  let line: string[] = [];
  let at = 0;
  const source = text.replaceAll('\r\n', '\n').replace(/\n$/, '');
  for (;;) {
    let cell = '';
    const quoted = /"((?:[^"]|"")*)"(?=[\t\n]|$)/y;
    quoted.lastIndex = at;
    const match = quoted.exec(source);
    if (match) {
      cell = (match[1] ?? '').replaceAll('""', '"');
      at = quoted.lastIndex;
    } else {
      const end = source.slice(at).search(/[\t\n]/);
      cell = end < 0 ? source.slice(at) : source.slice(at, at + end);
      at += cell.length;
    }
    line.push(cell);
    const separator = source[at];
    at += 1;
    if (separator === '\t') continue;
    lines.push(line);
    line = [];
    if (separator === undefined) return lines;
  }
};
