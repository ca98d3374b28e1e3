/** Menu command: brings the import in front up to date. */
import { type Desk, refreshImport } from '../sync/runs/desk';
import { chooseImport } from './choose-import';
import { guarded } from './guard';
import { pullReport } from './pull-report';

const TITLE = 'Refresh from Affinity';

export const refreshImportCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const run = desk.openRun();
    const saved = chooseImport(desk, TITLE);
    if (saved === null) return;
    desk.ui.say(`${TITLE}: ${saved.title}`, pullReport(refreshImport(desk, run, saved.id)));
  });
