/** A push of a part: rows or cells that are not selected stay as they are, and pending. */
import { LIST_IDS } from '../../local/affinity';
import { previewPush, pushImport } from '../../src/sync/runs/desk';
import { choiceKey, EVERYTHING, type Selection } from '../../src/sync/runs/send-rows';
import { Stage } from './stage';

const options = (selection: Partial<Selection>) => ({
  sendClears: false,
  choices: new Map(),
  selection: { ...EVERYTHING, ...selection },
});

const opened = () => {
  const stage = new Stage({ entries: 12 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const [first = '', second = ''] = stage.ids().filter((id) => stage.cell(id, 'Amount') !== null);
  const pending = () => previewPush(stage.run(), importId).cells.map(({ id, header }) => `${id} ${header}`);
  return { stage, importId, first, second, pending };
};

test('only the selected rows are sent', () => {
  const { stage, importId, first, second, pending } = opened();
  stage.type(first, 'Amount', 111);
  stage.type(second, 'Amount', 222);

  const result = pushImport(stage.desk, stage.run(), importId, options({ rows: new Set([second]) }));

  expect(result).toMatchObject({ kind: 'done', cells: 1, rows: 1 });
  expect(pending()).toEqual([`${first} Amount`]);
  expect(stage.cell(first, 'Sync status')).toBeNull();
});

test('a deselected cell stays pending, and its row says so', () => {
  const { stage, importId, first, pending } = opened();
  stage.type(first, 'Amount', 111);
  stage.type(first, 'Nickname', 'Zed');

  const without = new Set([choiceKey(first, stage.column('Amount'))]);
  expect(pushImport(stage.desk, stage.run(), importId, options({ without }))).toMatchObject({ cells: 1 });

  expect(pending()).toEqual([`${first} Amount`]);
  expect(stage.cell(first, 'Sync status')).toMatch(/^Sent Nickname at .* Open edits: “Amount”\.$/);
});

test('new rows only: no edit of an existing row is sent', () => {
  const { stage, importId, first, pending } = opened();
  stage.type(first, 'Amount', 111);

  expect(pushImport(stage.desk, stage.run(), importId, options({ onlyNew: true }))).toMatchObject({ cells: 0 });

  expect(pending()).toEqual([`${first} Amount`]);
});
