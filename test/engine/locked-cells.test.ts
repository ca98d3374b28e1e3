/** Why a cell can't be edited: the preview, the status and the header's note give the same reason, whatever locks it. */
import { LIST_IDS } from '../../local/affinity';
import { previewPush, pushImport, refreshImport } from '../../src/sync/runs/desk';
import { Stage } from './stage';

const nothing = { sendClears: false, choices: new Map() };

const opened = (listId: number, columns: readonly string[] | null = null) => {
  const stage = new Stage({ entries: 20 });
  const { importId } = stage.import(listId, columns);
  return { stage, importId };
};

/** The reason in the preview of an edit in this column, which has to be on the row after a refresh and after a push as well. */
const reasonOf = (stage: Stage, importId: string, key: string): string => {
  const [id = ''] = stage.ids();
  const before = stage.row(id).cells.get(key) ?? null;
  stage.row(id).cells.set(key, 'typed by somebody');
  const [cell] = previewPush(stage.run(), importId).cells;
  expect(cell).toMatchObject({ state: 'refused', column: key });
  const reason = cell?.problem ?? '';
  refreshImport(stage.desk, stage.run(), importId);
  expect(stage.cell(id, 'Sync status')).toBe(`${cell?.header}: ${reason}`);
  stage.affinity.counter.reset();
  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ refused: 1, cells: 0 });
  expect(stage.affinity.counter.read().writes).toBe(0);
  expect(stage.cell(id, 'Sync status')).toBe(`${cell?.header}: ${reason}`);
  expect(stage.tab.columns.find((look) => look.key === key)?.note).toBe(reason);
  stage.row(id).cells.set(key, before);
  return reason;
};

test('an enriched column names its source', () => {
  const { stage, importId } = opened(LIST_IDS.companies);
  const { fields } = stage.affinity.world;
  const enriched = stage.tab.columns.filter(({ key }) => {
    const source = fields.get(Number(key.slice('field.'.length)))?.enrichment_source;
    return source !== undefined && source !== null && source !== '' && source !== 'none';
  });
  expect(enriched.length).toBeGreaterThan(0);
  const [one] = enriched;
  const source = fields.get(Number(one?.key.slice('field.'.length)))?.enrichment_source ?? '';
  expect(reasonOf(stage, importId, one?.key ?? '')).toBe(
    `Source: ${source}. Affinity fills this column itself; edits here are not sent.`,
  );
});

test('a column that Affinity works out says so', () => {
  const { stage, importId } = opened(LIST_IDS.pipeline, ['entity.name', 'activity.last_interaction']);
  expect(reasonOf(stage, importId, 'activity.last_interaction')).toBe('Affinity fills this column itself.');
});

test('what belongs to the record and not to the list says where it is changed', () => {
  const { stage, importId } = opened(LIST_IDS.pipeline);
  const [name] = stage.tab.columns.filter(({ key }) => key === 'entity.name');
  expect(reasonOf(stage, importId, name?.key ?? '')).toMatch(/Affinity|changed/);
});
