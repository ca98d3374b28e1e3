/** The sheet gets another time zone: cells of time keep what they show until a refresh, and nothing counts as an edit. */
import { LIST_IDS } from '../../local/affinity';
import { previewPush, refreshImport } from '../../src/sync/runs/desk';
import { Stage } from './stage';

test('times follow the new zone at the next refresh; nothing is held and nothing would be sent', () => {
  const stage = new Stage({ entries: 20 });
  const { importId } = stage.importDataset('interactions', {
    title: 'Interactions',
    scope: { listId: LIST_IDS.pipeline },
    types: [0, 1],
    from: '2025-07-01',
  });
  const before = new Map(stage.ids().map((id) => [id, stage.cell(id, 'Date')]));
  expect(before.size).toBeGreaterThan(5);
  const utc = stage.workbook.localTime.bind(stage.workbook);
  // Five and a half hours ahead.
  stage.workbook.localTime = (instant) => utc(instant + 19_800_000);

  expect(previewPush(stage.run(), importId).cells).toEqual([]);
  expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({
    kind: 'done',
    rowsHeld: 0,
    cellsChanged: 0,
  });
  for (const [id, was] of before) {
    const at = was as { readonly day: string; readonly time: string | null };
    const moved = utc(Date.parse(`${at.day}T${at.time ?? '00:00:00'}Z`) + 19_800_000);
    expect(stage.cell(id, 'Date')).toMatchObject({ day: moved.slice(0, 10) });
  }
  expect(previewPush(stage.run(), importId).cells).toEqual([]);
});
