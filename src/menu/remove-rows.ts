/** Menu command: deletes the records behind the selected rows in Affinity, after saying which they are and what goes with them. */

import { tableInFront } from '../sync/runs/activity';
import { count } from '../sync/runs/count';
import { type Desk, previewRemovalOf, removeSelected } from '../sync/runs/desk';
import type { RemovalPreview } from '../sync/runs/remove-rows';
import { guarded } from './guard';

const TITLE = 'Delete the selected rows in Affinity';
/** Rows named in one dialog. */
const SHOWN_ROWS = 20;

const listed = ({ rows }: RemovalPreview): string => {
  const lines = rows.slice(0, SHOWN_ROWS).map(({ rowNumber, rowTitle, unsent }) => {
    const lost = unsent === 0 ? '' : ` (${count(unsent, 'edit')} not sent)`;
    return `Row ${rowNumber} ${rowTitle}${lost}`;
  });
  const more = rows.length > SHOWN_ROWS ? [`… and ${count(rows.length - SHOWN_ROWS, 'row')} more.`] : [];
  return [...lines, ...more].join('\n');
};

/** Asks; many rows are confirmed by their number. */
const isAgreed = (desk: Desk, preview: RemovalPreview): boolean => {
  const { rows, title, warning, isMany } = preview;
  const question = `Delete ${count(rows.length, 'row')} of “${title}” in Affinity? This can’t be undone. ${warning ?? ''}`;
  const text = `${question.trim()}\n\n${listed(preview)}`;
  if (!isMany) return desk.ui.confirm(TITLE, text, 'ok-cancel') === 'yes';
  const answer = desk.ui.ask(TITLE, `${text}\n\nThat is many. To go on, enter their number: ${rows.length}.`);
  if (answer === null) return false;
  if (answer.trim() === String(rows.length)) return true;
  desk.ui.say(TITLE, `“${answer.trim()}” is not ${rows.length}. Nothing was deleted.`);
  return false;
};

export const removeRowsCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const front = tableInFront(desk);
    if (front === null || front.selected.length === 0) {
      desk.ui.say(TITLE, 'Select rows of an imported table first.');
      return;
    }
    const run = desk.openRun();
    const keys = front.selected.map(({ key }) => key);
    const preview = previewRemovalOf(run, front.saved.id, keys);
    if (preview.warning === null) {
      desk.ui.say(TITLE, `Rows of “${front.saved.title}” can’t be deleted in Affinity from here.`);
      return;
    }
    if (!isAgreed(desk, preview)) return;
    const wanted = preview.rows.map(({ key }) => key);
    const { removed, failed, messages } = removeSelected(desk, run, front.saved.id, wanted);
    const kept = failed === 0 ? '' : ` ${count(failed, 'row')} not deleted: see the status column.`;
    desk.ui.say(TITLE, [...messages, `${count(removed, 'row')} deleted in Affinity.${kept}`].join('\n\n'));
  });
