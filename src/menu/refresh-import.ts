/** Menu command: brings the import in front up to date. */
import { refreshByHand } from '../sync/runs/by-hand';
import type { Desk } from '../sync/runs/desk';
import { chooseImport } from './choose-import';
import { guarded } from './guard';
import { pullReport } from './pull-report';

const TITLE = 'Refresh from Affinity';

export const refreshImportCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const run = desk.openRun();
    const saved = chooseImport(desk, TITLE);
    if (saved === null) return;
    desk.ui.say(`${TITLE}: ${saved.title}`, pullReport(refreshByHand(desk, run, saved.id)));
  });
