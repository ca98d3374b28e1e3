import { LIST_IDS } from '../../local/affinity';
import { pushImport, refreshImport } from '../../src/sync/runs/desk';
import { Meeting } from './meeting';
import { MEETING_CASES } from './meeting-cases';
import { Stage } from './stage';

test.each(MEETING_CASES.map((one) => [`${one.kind}: ${one.situation} ${one.outcome}`, one] as const))(
  '%s',
  (_name, { list, mine, theirs, end, expected }) => {
    const at = new Meeting(list);
    mine?.(at);
    theirs?.(at);
    expect(end(at)).toEqual(expected);
  },
);

test('every kind and situation is there once', () => {
  const names = MEETING_CASES.map(({ kind, situation }) => `${kind} ${situation}`);
  expect(new Set(names).size).toBe(names.length);
});

test('a row of a merged organization that looks the same all the same is the survivor’s from the next refresh on', () => {
  const stage = new Stage({ entries: 30 });
  const { world } = stage.affinity;
  const own = [...world.fields.values()].find(
    ({ list_id, value_type, allows_multiple, enrichment_source }) =>
      list_id === LIST_IDS.companies && value_type === 6 && !allows_multiple && enrichment_source === 'none',
  );
  const { importId } = stage.import(LIST_IDS.companies, ['entity.name', `field.${own?.id}`]);
  const [id = ''] = stage.ids();
  const merged = world.organizations.get(world.entries.get(Number(id))?.entity_id ?? 0);
  const survivor = stage.client().organizations.create({ body: { name: merged?.name ?? '' } });
  stage.merge(1, merged?.id ?? 0, survivor.id);

  refreshImport(stage.desk, stage.run(), importId);
  stage.type(id, own?.name ?? '', 'mine');

  expect(pushImport(stage.desk, stage.run(), importId, { sendClears: false, choices: new Map() })).toMatchObject({
    cells: 1,
  });
});
