/** The outcome of a refresh in a few sentences. */
import { count } from '../sync/runs/count';
import type { PullResult } from '../sync/runs/pull';

export const pullReport = (result: PullResult): string => {
  const facts = [
    `${count(result.rows, 'row')} read from Affinity.`,
    ...(result.rowsAdded > 0 ? [`${count(result.rowsAdded, 'row')} added to the sheet.`] : []),
    result.cellsChanged > 0
      ? `${count(result.cellsChanged, 'cell')} changed.`
      : result.rowsAdded === 0 && result.kind === 'done'
        ? 'Everything was up to date.'
        : '',
    ...(result.rowsHeld > 0
      ? [`${count(result.rowsHeld, 'row')} with a conflict or an edit that can’t be sent: see the status column.`]
      : []),
  ].filter((fact) => fact !== '');
  return [...result.messages, facts.join(' ')].join('\n\n');
};
