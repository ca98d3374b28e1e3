/** A preview in a dialog's plain text: grouped by row, old → new, with what is held and why. */
import { count } from '../sync/runs/count';
import type { Preview, PreviewCell, PreviewRow } from '../sync/runs/preview';

/** Rows shown in one dialog. */
const SHOWN_ROWS = 20;

export const quoted = (text: string | undefined): string =>
  text === undefined ? 'unknown' : text === '' ? 'empty' : `“${text.length > 200 ? `${text.slice(0, 199)}…` : text}”`;

const line = (cell: PreviewCell, blanks: Preview['blanks']): string => {
  const shared = cell.isShared ? ' (shows on every list)' : '';
  switch (cell.state) {
    case 'pending':
      return `${cell.header}: ${quoted(cell.theirs)} → ${quoted(cell.mine)}${shared}${cell.says === undefined ? '' : `. ${cell.says}`}`;
    case 'cleared':
      return `${cell.header}: ${quoted(cell.theirs)} → empty. ${blanks === 'never' ? 'Never cleared, as this import is set.' : 'Cleared only if you say so.'}${shared}`;
    case 'formula':
      return `${cell.header}: ${quoted(cell.theirs)} → ${quoted(cell.mine)}, computed by ${cell.formula}. Sent only if you say so.${shared}`;
    case 'conflict':
      return `${cell.header}: conflict. Was ${quoted(cell.base)}, here ${quoted(cell.mine)}, in Affinity ${quoted(cell.theirs)}.`;
    case 'refused':
      return `${cell.header}: not sent. ${cell.problem ?? ''}`;
  }
};

export const countOf = (preview: Preview, state: PreviewCell['state']): number =>
  preview.cells.filter((cell) => cell.state === state).length;

/** Rows that a push adds. */
export const toAdd = (preview: Preview): readonly PreviewRow[] =>
  preview.newRows.filter(({ fate }) => fate === 'create' || fate === 'attach' || fate === 'tie');

const newRowSummary = (preview: Preview): readonly string[] => {
  const added = toAdd(preview).length;
  const left = preview.newRows.length - added;
  return [
    ...(added === 0 ? [] : [`${count(added, 'new row')} to add`]),
    ...(left === 0 ? [] : [`${count(left, 'new row')} not added`]),
  ];
};

const summary = (preview: Preview): string =>
  [
    ...newRowSummary(preview),
    `${count(countOf(preview, 'pending'), 'edit')} to send`,
    `${count(countOf(preview, 'cleared'), 'emptied cell')}`,
    ...(countOf(preview, 'formula') === 0 ? [] : [count(countOf(preview, 'formula'), 'formula')]),
    `${count(countOf(preview, 'conflict'), 'conflict')} held`,
    `${countOf(preview, 'refused')} refused`,
  ].join(', ');

const isNotAdded = ({ fate }: PreviewRow): boolean => fate === 'repeat' || fate === 'refused';

export const previewReport = (preview: Preview): string => {
  if (preview.cells.length + preview.newRows.length === 0)
    return ['Nothing was edited.', ...preview.messages].join('\n\n');
  const rows = new Map<string, { head: string; lines: string[] }>();
  for (const row of preview.newRows) {
    const says = isNotAdded(row) ? `Not added. ${row.says}` : row.says;
    rows.set(row.key, { head: `New row ${row.rowNumber} ${row.rowTitle}`, lines: [says] });
  }
  for (const cell of preview.cells) {
    const row = rows.get(cell.id) ?? { head: `Row ${cell.rowNumber} ${cell.rowTitle}`, lines: [] };
    row.lines.push(line(cell, preview.blanks));
    rows.set(cell.id, row);
  }
  const shown = [...rows.values()]
    .slice(0, SHOWN_ROWS)
    .map(({ head, lines }) => `${head}\n${lines.map((text) => `  ${text}`).join('\n')}`);
  const more = rows.size > SHOWN_ROWS ? [`… and ${count(rows.size - SHOWN_ROWS, 'row')} more.`] : [];
  const cost = `About ${count(preview.callsNeeded, 'call')} to Affinity.`;
  return [`${summary(preview)}. ${cost}`, ...shown, ...more, ...preview.messages].join('\n\n');
};
