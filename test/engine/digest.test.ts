/** What refreshes brought: old and new, by whom and when, new and gone rows, each once. */
import { LIST_IDS } from '../../local/affinity';
import { pushImport, refreshImport } from '../../src/sync/runs/desk';
import { createDigest, digestLines } from '../../src/sync/runs/digest';
import { Stage } from './stage';

const opened = () => {
  const stage = new Stage({ entries: 12 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  createDigest(stage.workbook);
  const refresh = () => refreshImport(stage.desk, stage.run(), importId);
  const lines = () => digestLines(stage.workbook, importId);
  const set = (id: string, header: string, value: unknown) => {
    const column = stage.column(header);
    const api = stage.colleague();
    const stored = api.fieldValues
      .list({ query: { list_entry_id: Number(id) } })
      .find(({ field_id }) => `field.${field_id}` === column);
    if (stored === undefined) throw new Error(`${id} has no ${header}`);
    api.fieldValues.update({ path: { field_value_id: stored.id }, body: { value } });
  };
  const withValue = (header: string) => stage.ids().filter((id) => stage.cell(id, header) !== null);
  return { stage, importId, refresh, lines, set, withValue };
};

test('a refresh without news notes nothing', () => {
  const { refresh, lines } = opened();
  refresh();
  expect(lines()).toEqual([]);
});

test('a changed cell: before, now, who and when where Affinity records it', () => {
  const { stage, refresh, lines, set, withValue } = opened();
  const [id = ''] = withValue('Amount');
  const before = String(stage.cell(id, 'Amount'));
  set(id, 'Amount', 4321);
  refresh();
  expect(lines()).toHaveLength(1);
  expect(lines()[0]).toMatchObject({ What: 'Changed', Column: 'Amount', Before: before, Now: '4321', 'Row ID': id });
});

test('a tracked field tells who changed it; an untracked one stays without a name', () => {
  const { stage, refresh, lines, set, withValue } = opened();
  const fields = stage.client().lists.get({ path: { list_id: LIST_IDS.pipeline } }).fields;
  const tracked = new Set(fields.filter(({ track_changes }) => track_changes === true).map(({ name }) => name));
  const changes: readonly (readonly [string, unknown])[] = [
    ['Amount', 4321],
    ['Nickname', 'Zed'],
    ['Status', 71_006],
  ];
  for (const [header, value] of changes) set(withValue(header)[0] ?? '', header, value);
  refresh();
  expect(
    lines()
      .map(({ Column }) => Column)
      .sort(),
  ).toEqual(['Amount', 'Nickname', 'Status']);
  for (const line of lines())
    expect([line.Column, line.By !== '' && line.When !== '']).toEqual([line.Column, tracked.has(line.Column)]);
  expect(tracked.has('Amount') && !tracked.has('Nickname')).toBe(true);
});

test('a new row and a gone row are noted once, over many refreshes', () => {
  const { stage, refresh, lines } = opened();
  const [gone = ''] = stage.ids().slice(3);
  const api = stage.colleague();
  api.listEntries.remove({ path: { list_id: LIST_IDS.pipeline, list_entry_id: Number(gone) } });
  api.opportunities.create({ body: { name: 'Fresh deal', list_id: LIST_IDS.pipeline } });
  for (let n = 0; n < 3; n += 1) refresh();
  expect(lines().map(({ What, Row }) => [What, Row])).toEqual([
    ['Gone', `Row ${gone}`],
    ['New row', 'Fresh deal'],
  ]);
});

test('what was sent from here is no news', () => {
  const { stage, refresh, lines, withValue, importId } = opened();
  const [id = ''] = withValue('Amount');
  stage.type(id, 'Amount', 99);

  pushImport(stage.desk, stage.run(), importId, { sendClears: false, choices: new Map() });
  refresh();
  expect(lines()).toEqual([]);
});

test('a refresh that died at any flush notes each change once in the end', () => {
  for (let fatal = 1; fatal <= 8; fatal += 1) {
    const { stage, refresh, lines, set, withValue } = opened();
    const ids = withValue('Amount').slice(0, 2);
    for (const id of ids) set(id, 'Amount', 4321);
    const until = stage.workbook.flushes + fatal;
    stage.workbook.before = (call) => {
      if (call === 'flush' && stage.workbook.flushes + 1 === until) throw new RangeError('killed');
    };
    try {
      refresh();
    } catch (fault) {
      if (!(fault instanceof RangeError)) throw fault;
    }
    stage.workbook.lose();
    stage.workbook.before = () => {};
    stage.affinity.world.clock.advance(400_000);
    refresh();
    expect([
      fatal,
      lines()
        .map((line) => line['Row ID'])
        .sort(),
    ]).toEqual([fatal, [...ids].sort()]);
  }
});

test('without the tab nothing is noted and nobody is asked', () => {
  const stage = new Stage({ entries: 12 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  stage.affinity.counter.reset();
  refreshImport(stage.desk, stage.run(), importId);
  expect(stage.affinity.counter.read().byEndpoint['fieldValueChanges.list']).toBeUndefined();
  expect(stage.workbook.report('changes')).toBeNull();
});
