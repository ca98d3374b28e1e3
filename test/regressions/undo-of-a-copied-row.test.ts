/**
 * Found by random histories: an undo reached a row that stood twice in the sheet. Affinity got its old value back, the cell did not, and
 * once the copy was deleted the cell counted as emptied by the person. Promises P1 and P3.
 */
import { LIST_IDS } from '../../local/affinity';
import { previewPush, pushImport, refreshImport, undoablePushes, undoPush } from '../../src/sync/runs/desk';
import { Stage } from '../engine/stage';

test('the cell of a row that was copied meanwhile shows, after an undo and a refresh, what Affinity has again', () => {
  const stage = new Stage({ entries: 6 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const id = stage.ids().find((one) => stage.cell(one, 'Amount') !== null) ?? '';
  const before = stage.cell(id, 'Amount');
  stage.type(id, 'Amount', null);
  pushImport(stage.desk, stage.run(), importId, { sendClears: true, choices: new Map() });
  stage.tab.rows.push({ cells: new Map(stage.row(id).cells), beside: '' });

  const [newest] = undoablePushes(stage.desk, stage.run(), importId);
  undoPush(stage.desk, stage.run(), importId, newest?.run ?? '');
  stage.tab.rows.pop();

  expect(previewPush(stage.run(), importId).cells).toEqual([]);
  refreshImport(stage.desk, stage.run(), importId);
  expect(stage.cell(id, 'Amount')).toBe(before);
});
