/** Menu command: previews the edits, asks, and sends them. Emptied cells and conflicts are asked about apart. */

import type { Answer } from '../sync/ports';
import { pushByHand } from '../sync/runs/by-hand';
import { count } from '../sync/runs/count';
import { type Desk, previewPush } from '../sync/runs/desk';
import type { Preview } from '../sync/runs/preview';
import type { PushResult } from '../sync/runs/push';
import { type Choice, choiceKey } from '../sync/runs/send-rows';
import { chooseImport } from './choose-import';
import { guarded } from './guard';
import { notTaken } from './not-taken';
import { countOf, previewReport, quoted, toAdd } from './preview-report';

const TITLE = 'Push my edits';

const report = (result: PushResult): string => {
  const facts = [
    ...(result.rowsAdded > 0 ? [`${count(result.rowsAdded, 'row')} added in Affinity.`] : []),
    ...(result.rowsNotAdded > 0 ? [`${count(result.rowsNotAdded, 'new row')} not added: see the status column.`] : []),
    `${count(result.cells, 'cell')} in ${count(result.rows, 'row')} sent to Affinity.`,
    ...notTaken(result),
    ...(result.refused > 0 ? [`${count(result.refused, 'cell')} not sent: see the status column.`] : []),
    ...(result.conflicts > 0 ? [`${count(result.conflicts, 'conflict')} held.`] : []),
    ...(result.clearsKept > 0 ? [`${count(result.clearsKept, 'emptied cell')} not cleared.`] : []),
    ...(result.formulasKept > 0 ? [`${count(result.formulasKept, 'formula result')} not sent.`] : []),
  ];
  return [...result.messages, facts.join(' ')].join('\n\n');
};

/** Asks about each conflict: yes sends the sheet's value, no takes Affinity's, cancel holds it. */
const askAboutConflicts = (desk: Desk, preview: Preview): ReadonlyMap<string, Choice> => {
  const choices = new Map<string, Choice>();
  for (const cell of preview.cells.filter(({ state }) => state === 'conflict')) {
    const answer = desk.ui.confirm(
      `Conflict in row ${cell.rowNumber}: ${cell.header}`,
      `${cell.rowTitle}\nBoth sides changed this since the last refresh.\n\nBefore: ${quoted(cell.base)}\nHere: ${quoted(cell.mine)}${cell.formula === undefined ? '' : `, computed by ${cell.formula}`}\nIn Affinity: ${quoted(cell.theirs)}\n\nYes sends yours. No takes the one from Affinity${cell.formula === undefined ? '' : ' in place of the formula'}. Cancel decides later.`,
      'yes-no-cancel',
    );
    if (answer !== 'cancel') choices.set(choiceKey(cell.id, cell.column), answer === 'yes' ? 'mine' : 'theirs');
  }
  return choices;
};

/** A question with yes, no and cancel, where there is something to ask about; else no. */
const askAbout = (desk: Desk, title: string, size: number, text: string): Answer =>
  size === 0 ? 'no' : desk.ui.confirm(title, text, 'yes-no-cancel');

export const pushChangesCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const run = desk.openRun();
    const saved = chooseImport(desk, TITLE);
    if (saved === null) return;
    const title = `${TITLE}: ${saved.title}`;
    const preview = previewPush(run, saved.id);
    const clears = countOf(preview, 'cleared');
    const computed = countOf(preview, 'formula');
    const open =
      countOf(preview, 'pending') +
      clears +
      computed +
      countOf(preview, 'conflict') +
      toAdd(preview).length +
      preview.unsettled;
    if (open === 0) {
      desk.ui.say(title, previewReport(preview));
      return;
    }
    if (desk.ui.confirm(title, previewReport(preview), 'ok-cancel') !== 'yes') return;
    const choices = askAboutConflicts(desk, preview);
    const clearing = askAbout(
      desk,
      title,
      preview.blanks === 'never' ? 0 : clears,
      `You emptied ${count(clears, 'cell')}. Clear ${clears === 1 ? 'its value' : 'their values'} in Affinity too?\n\nYes clears. No sends the rest and keeps them. Cancel sends nothing.`,
    );
    if (clearing === 'cancel') return;
    const computing = askAbout(
      desk,
      title,
      computed,
      `${count(computed, 'cell')} ${computed === 1 ? 'holds a formula' : 'hold formulas'}. Send what ${computed === 1 ? 'it shows' : 'they show'} to Affinity too? The formulas stay.\n\nYes sends. No sends the rest. Cancel sends nothing.`,
    );
    if (computing === 'cancel') return;
    // A conflict was asked about by itself.
    const formulas = new Map(
      preview.cells.flatMap(({ id, column, state, mine, formula }) =>
        formula !== undefined && (state === 'conflict' || computing === 'yes') ? [[choiceKey(id, column), mine]] : [],
      ),
    );
    const options = { sendClears: clearing === 'yes', choices, formulas };
    desk.ui.say(title, report(pushByHand(desk, run, saved.id, options)));
  });
