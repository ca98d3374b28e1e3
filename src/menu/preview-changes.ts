/** Menu command: shows what a push would send. Writes nothing. */
import { type Desk, previewPush } from '../sync/runs/desk';
import { chooseImport } from './choose-import';
import { guarded } from './guard';
import { previewReport } from './preview-report';

const TITLE = 'Preview my edits';

export const previewChangesCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const run = desk.openRun();
    const saved = chooseImport(desk, TITLE);
    if (saved === null) return;
    desk.ui.say(`${TITLE}: ${saved.title}`, previewReport(previewPush(run, saved.id)));
  });
