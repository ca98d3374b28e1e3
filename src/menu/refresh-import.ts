/** Menu command: brings the import in front up to date. */
import { refreshByHand } from '../sync/runs/by-hand';
import { costWords, refreshCalls } from '../sync/runs/cost';
import type { Desk } from '../sync/runs/desk';
import { asksFirst } from '../sync/runs/pull';
import { chooseImport } from './choose-import';
import { guarded } from './guard';
import { pullReport } from './pull-report';

const TITLE = 'Refresh from Affinity';

export const refreshImportCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const run = desk.openRun();
    const saved = chooseImport(desk, TITLE);
    if (saved === null) return;
    const calls = refreshCalls(saved);
    if (calls !== null) desk.ui.toast(`Refreshing “${saved.title}”: ${costWords(calls, 'alone')}.`);
    const title = `${TITLE}: ${saved.title}`;
    let result = refreshByHand(desk, run, saved.id);
    if (asksFirst(result)) {
      const question = `${result.messages[0]}\n\nBring it in all the same?`;
      if (desk.ui.confirm(title, question, 'ok-cancel') !== 'yes') return;
      result = refreshByHand(desk, desk.openRun(), saved.id, true);
    }
    desk.ui.say(title, pullReport(result));
  });
