/** Menu command: takes the last push of the import in front back, after showing what that would do. */
import { count } from '../sync/runs/count';
import { type Desk, previewUndoOf, undoablePushes, undoPush } from '../sync/runs/desk';
import type { UndoCell } from '../sync/runs/undo';
import { chooseImport } from './choose-import';
import { guarded } from './guard';
import { notTaken } from './not-taken';
import { quoted } from './preview-report';

const TITLE = 'Undo my last push';
/** Cells shown in one dialog. */
const SHOWN_CELLS = 30;

const line = ({ rowTitle, field, now, again, problem }: UndoCell): string =>
  problem === undefined
    ? `${rowTitle}, ${field}: ${quoted(now)} → ${quoted(again)}`
    : `${rowTitle}, ${field}: left alone. ${problem}`;

const listed = (cells: readonly UndoCell[]): string => {
  const more = cells.length > SHOWN_CELLS ? [`… and ${count(cells.length - SHOWN_CELLS, 'cell')} more.`] : [];
  return [...cells.slice(0, SHOWN_CELLS).map(line), ...more].join('\n');
};

export const undoPushCommand = (desk: Desk): void =>
  guarded(desk, TITLE, () => {
    const saved = chooseImport(desk, TITLE);
    if (saved === null) return;
    const run = desk.openRun();
    const title = `${TITLE}: ${saved.title}`;
    const [last] = undoablePushes(desk, run, saved.id).filter(({ isUndo }) => !isUndo);
    if (last === undefined) {
      desk.ui.say(title, 'Nothing was pushed from this file that could be undone.');
      return;
    }
    const cells = previewUndoOf(run, saved.id, last.run);
    const back = cells.filter(({ problem }) => problem === undefined);
    const when = `${last.time.slice(0, 16).replace('T', ' ')} UTC${last.user === '' ? '' : ` by ${last.user}`}`;
    if (back.length === 0) {
      desk.ui.say(title, `Nothing of the push of ${when} can be taken back.\n\n${listed(cells)}`);
      return;
    }
    const question = `The push of ${when}: ${count(back.length, 'cell')} can be taken back in Affinity and in the sheet.\n\n${listed(cells)}`;
    if (desk.ui.confirm(title, question, 'ok-cancel') !== 'yes') return;
    const result = undoPush(desk, run, saved.id, last.run);
    const facts = [
      `${count(result.cells, 'cell')} in ${count(result.rows, 'row')} taken back.`,
      ...notTaken(result),
      ...(result.left.length > 0 ? [`Left alone:\n${listed(result.left)}`] : []),
    ];
    desk.ui.say(title, [...result.messages, ...facts].join('\n\n'));
  });
