/**
 * The chart of the bench in the documentation, and the table beside it, drawn from the figures that `npm run bench -- --keep` wrote.
 * The same figures give the same text, so that a test can say whether it is current.
 */
import { figureTable, type TableFigure } from '../../bench/figure-table';
import { markdownTable } from './table';

const WIDTH = 760;
const LEFT = 120;
const RIGHT = 200;
const BAR = 16;
const GAP = 26;
const COLORS: Readonly<Record<string, string>> = {
  ours: '#1a73e8',
  sequential: '#9aa0a6',
  fetchAll: '#5f6368',
  pages: '#80868b',
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const minutes = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} min`;

/** Minutes of each variant as bars, case by case, with the bound as a line; a variant that died shows where, and how far it came. */
export const chart = (cases: readonly TableFigure[]): string => {
  const names = [...new Set(cases.map(({ name }) => name))];
  const parts: string[] = [];
  let y = 24;
  for (const name of names) {
    const figures = cases.filter((figure) => figure.name === name);
    const longest = Math.max(...figures.map((figure) => Math.max(figure.minutes, figure.boundMinutes)));
    const x = (value: number): number => LEFT + (value / longest) * (WIDTH - LEFT - RIGHT);
    parts.push(`<text x="8" y="${y}" font-weight="bold">${escaped(name)}</text>`);
    const top = y + 8;
    for (const figure of figures) {
      y += BAR + 4;
      const end = x(figure.minutes);
      const isDead = figure.outcome !== 'done';
      const said = isDead
        ? `killed at six minutes, ${figure.rows} rows`
        : `${minutes(figure.minutes)}, ${figure.calls} calls`;
      const look = isDead
        ? 'fill="none" stroke="#d93025" stroke-dasharray="4 3"'
        : `fill="${COLORS[figure.variant] ?? '#000'}"`;
      parts.push(
        `<text x="${LEFT - 8}" y="${y}" text-anchor="end">${escaped(figure.variant)}</text>`,
        `<rect x="${LEFT}" y="${y - BAR + 4}" width="${Math.max(1, end - LEFT).toFixed(1)}" height="${BAR - 2}" ${look}/>`,
        `<text x="${(end + 6).toFixed(1)}" y="${y}" fill="#5f6368">${said}</text>`,
      );
    }
    const bound = x(figures[0]?.boundMinutes ?? 0).toFixed(1);
    parts.push(`<line x1="${bound}" x2="${bound}" y1="${top}" y2="${y + 6}" stroke="#188038" stroke-width="2"/>`);
    y += GAP + 8;
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" font-family="sans-serif" font-size="12" role="img" aria-label="Minutes of each variant in each case, and the bound">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    ...parts,
    '</svg>',
    '',
  ].join('\n');
};

/** The figures as a table in Markdown. */
export const benchTable = (cases: readonly TableFigure[]): string => markdownTable(figureTable(cases));
