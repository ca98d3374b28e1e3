/** Menu command: deletes the records behind the selected rows in Affinity, after saying what goes with them. */
import { tableInFront } from '../sync/runs/activity';
import { type Desk, removalOf, removeSelected } from '../sync/runs/desk';
import { guarded } from './guard';

const TITLE = 'Delete the selected rows in Affinity';

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

export const removeRowsCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const front = tableInFront(desk);
    if (front === null || front.selected.length === 0) {
      desk.ui.say(TITLE, 'Select rows of an imported table first.');
      return;
    }
    const run = desk.openRun();
    const warning = removalOf(run, front.saved);
    if (warning === null) {
      desk.ui.say(TITLE, `Rows of “${front.saved.title}” can’t be deleted in Affinity from here.`);
      return;
    }
    const rows = count(front.selected.length, 'row');
    const question = `Delete ${rows} of “${front.saved.title}” in Affinity? This can’t be undone. ${warning}`.trim();
    if (desk.ui.confirm(TITLE, question, 'ok-cancel') !== 'yes') return;
    const keys = front.selected.map(({ key }) => key);
    const { removed, failed, messages } = removeSelected(desk, run, front.saved.id, keys);
    const kept = failed === 0 ? '' : ` ${count(failed, 'row')} not deleted: see the status column.`;
    desk.ui.say(TITLE, [...messages, `${count(removed, 'row')} deleted in Affinity.${kept}`].join('\n\n'));
  });
