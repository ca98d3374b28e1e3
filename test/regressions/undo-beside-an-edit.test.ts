/**
 * Found by random histories: an undo gave Affinity its old name back and noted the words of a newer edit as what both sides had
 * agreed on. The edit then counted as no edit, and the next refresh wrote over it. Promise P1.
 */
import { LIST_IDS } from '../../local/affinity';
import { previewPush, pushImport, refreshImport, undoablePushes, undoPush } from '../../src/sync/runs/desk';
import { Stage } from '../engine/stage';

test('a name typed after a push stays an edit when that push is undone', () => {
  const stage = new Stage({ entries: 6 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const id = stage.ids().find((one) => stage.cell(one, 'Lead Partner') === 'Henrik Aalto') ?? '';
  stage.type(id, 'Lead Partner', null);
  pushImport(stage.desk, stage.run(), importId, { sendClears: true, choices: new Map() });
  stage.type(id, 'Lead Partner', 'Maya Lindqvist');

  const [newest] = undoablePushes(stage.desk, stage.run(), importId);
  undoPush(stage.desk, stage.run(), importId, newest?.run ?? '');
  refreshImport(stage.desk, stage.run(), importId);

  expect(stage.cell(id, 'Lead Partner')).toBe('Maya Lindqvist');
  expect(previewPush(stage.run(), importId).cells).toMatchObject([{ id, state: 'pending', theirs: 'Henrik Aalto' }]);
});
