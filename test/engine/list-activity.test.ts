/** Columns of activity on a list, against what the emulated firm did, looked up past the API. Five seconds. */
import { LIST_IDS } from '../../local/affinity';
import type { Cell } from '../../src/sync/cells/cell';
import { activityColumns } from '../../src/sync/runs/activity';
import { availableColumns, importList, previewPush, refreshImport } from '../../src/sync/runs/desk';
import { Stage } from './stage';

const EVENTS: readonly number[] = [0, 1];

const textOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString().slice(0, 16));
const shown = (cell: Cell): string | null =>
  cell !== null && typeof cell === 'object' && 'day' in cell
    ? `${cell.day}T${(cell.time ?? '00:00:00').slice(0, 5)}`
    : null;

test.each([
  ['people', LIST_IDS.people],
  ['organizations', LIST_IDS.companies],
  ['opportunities', LIST_IDS.pipeline],
])('a list of %s shows what happened with each of its rows', (_kind, listId) => {
  const stage = new Stage({ entries: 40 });
  const { world } = stage.affinity;
  const now = world.clock.now();
  const keys = activityColumns.map(({ key }) => key);
  const fields = availableColumns(stage.run(), listId).map(({ key }) => key);
  expect(fields.filter((key) => keys.includes(key))).toEqual([]);
  const { importId } = importList(stage.desk, stage.run(), listId, [...fields, ...keys]);
  const api = stage.client();
  let filled = 0;
  for (const id of stage.ids()) {
    const entry = world.entries.get(Number(id));
    const { entity_id = 0, entity_type = 0 } = entry ?? {};
    const people =
      entity_type === 0
        ? [entity_id]
        : entity_type === 1
          ? (world.organizations.get(entity_id)?.person_ids ?? [])
          : (world.opportunities.get(entity_id)?.person_ids ?? []);
    const all = people.flatMap((person) => world.interactions.of(person));
    const past = all.filter(({ date }) => date <= now);
    const latest = (of: typeof all): number | null =>
      of.length === 0 ? null : Math.max(...of.map(({ date }) => date));
    const ahead = all.filter(({ date, type }) => date > now && EVENTS.includes(type)).map(({ date }) => date);
    const lastEvent = latest(past.filter(({ type }) => EVENTS.includes(type)));
    const lastEmail = latest(past.filter(({ type }) => type === 3));
    const last = latest(past);
    expect(shown(stage.cell(id, 'Last meeting'))).toBe(textOf(lastEvent));
    expect(shown(stage.cell(id, 'Last e-mail'))).toBe(textOf(lastEmail));
    expect(shown(stage.cell(id, 'Last interaction'))).toBe(textOf(last));
    expect(shown(stage.cell(id, 'Next meeting'))).toBe(textOf(ahead.length === 0 ? null : Math.min(...ahead)));
    expect(stage.cell(id, 'Days since last interaction')).toBe(
      last === null ? null : Math.floor((now - last) / 86_400_000),
    );
    filled += last === null ? 0 : 1;

    const strengths = people.flatMap((person) => api.relationshipStrengths.list({ query: { external_id: person } }));
    const best = strengths.length === 0 ? null : Math.max(...strengths.map(({ strength }) => strength));
    expect(stage.cell(id, 'Strength of it')).toBe(best);
    if (best !== null) expect(stage.cell(id, 'Strongest connection')).toMatch(/\w+ \w+/);

    const selector = { 0: 'person_id', 1: 'organization_id', 8: 'opportunity_id' }[entity_type as 0 | 1 | 8];
    const notes = api.notes.list({ query: { [selector]: entity_id } }).notes;
    expect(stage.cell(id, 'Number of notes')).toBe(notes.length);
    const due = world.reminders
      .all()
      .filter((one) => one[selector as 'person_id'] === entity_id && one.completed_at === null && one.due_date !== null)
      .map((one) => one.due_date ?? 0);
    expect(stage.cell(id, 'Next reminder') === null).toBe(due.length === 0);
    expect(stage.cell(id, 'Open in Affinity')).toBe(
      `https://northlight.affinity.co/${{ 0: 'persons', 1: 'companies', 8: 'opportunities' }[entity_type as 0]}/${entity_id}`,
    );
  }
  expect(filled).toBeGreaterThan(3);
  expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({
    kind: 'done',
    cellsChanged: 0,
    rowsAdded: 0,
  });
  expect(previewPush(stage.run(), importId).cells).toEqual([]);
});

test('the reading of notes and reminders is made once a run, and nothing is read for columns that were not chosen', () => {
  const stage = new Stage({ entries: 400, choices: { lastPage: 'null' } });
  const fields = availableColumns(stage.run(), LIST_IDS.companies).map(({ key }) => key);
  stage.affinity.counter.reset();
  importList(stage.desk, stage.run(), LIST_IDS.companies, [...fields, 'activity.notes', 'activity.reminder']);
  const { byEndpoint } = stage.affinity.counter.read();
  expect(byEndpoint['notes.list']).toBe(Math.ceil(stage.affinity.world.notes.size / 500));
  expect(byEndpoint['reminders.list']).toBe(Math.ceil(stage.affinity.world.reminders.size / 500));
  expect(byEndpoint['organizations.get'] ?? 0).toBeLessThan(20);
  expect(byEndpoint['relationshipStrengths.list']).toBeUndefined();
});
