/**
 * Found by killing a push within a batch of calls: of a cell with several values some calls were carried out and others not. The half
 * then looked like somebody else's change, and the person's own edit like a conflict with it. Promise P1.
 */
import { LIST_IDS } from '../../local/affinity';
import { previewPush, pushImport, refreshImport, undoablePushes, undoPush } from '../../src/sync/runs/desk';
import { Stage } from '../engine/stage';

const all = { sendClears: false, choices: new Map() };

/** A push of three tags whose second one got through without an answer and whose others did not get through at all. */
const cutOff = () => {
  const stage = new Stage({ entries: 6 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const id = stage.ids().find((one) => stage.cell(one, 'Tags') === null) ?? stage.ids()[0] ?? '';
  const before = stage.cell(id, 'Tags');
  stage.type(id, 'Tags', 'red; green; blue');
  stage.affinity.faults.add({ kind: 'reset', method: 'POST', nth: 1, times: 1 });
  stage.affinity.faults.add({ kind: 'reply-lost', method: 'POST', nth: 1, times: 1 });
  stage.affinity.faults.add({ kind: 'reset', method: 'POST', nth: 1, times: 1 });
  pushImport(stage.desk, stage.run(), importId, all);
  stage.affinity.faults.clear();
  return { stage, importId, id, before };
};

test('the rest of a cell that was sent in part is no conflict, and goes out with the next push', () => {
  const { stage, importId, id } = cutOff();
  refreshImport(stage.desk, stage.run(), importId);
  expect(previewPush(stage.run(), importId).cells).toMatchObject([{ id, state: 'pending', mine: 'red; green; blue' }]);
  expect(pushImport(stage.desk, stage.run(), importId, all)).toMatchObject({ cells: 1, conflicts: 0 });
  expect(previewPush(stage.run(), importId)).toMatchObject({ cells: [], unsettled: 0 });
});

test('an undo of it brings back what was there before the first part', () => {
  const { stage, importId, id, before } = cutOff();
  pushImport(stage.desk, stage.run(), importId, all);
  const [newest] = undoablePushes(stage.desk, stage.run(), importId);
  undoPush(stage.desk, stage.run(), importId, newest?.run ?? '');
  refreshImport(stage.desk, stage.run(), importId);
  expect(stage.cell(id, 'Tags')).toBe(before);
});
