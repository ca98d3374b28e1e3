/** Interactions over any span: each once, none missing, for the fewest calls. Ten seconds. */
import { LIST_IDS } from '../../local/affinity';
import { InteractionType } from '../../src/api/enums';
import { windowsOf } from '../../src/sync/datasets/interaction-reading';
import { interactionsCost } from '../../src/sync/runs/activity';
import { previewPush, pushImport, refreshImport } from '../../src/sync/runs/desk';
import { Stage } from './stage';

const DAY = 86_400_000;
const NAMES = ['meeting', 'call', 'chat', 'email'] as const;

describe('windows', () => {
  const at = (day: string): number => Date.parse(day);
  test.each([
    ['a day', '2026-01-01', '2026-01-02', 1],
    ['a year', '2025-01-01', '2026-01-01', 1],
    ['a leap year', '2024-01-01', '2025-01-01', 2],
    ['3 years and 4 months', '2023-03-01', '2026-07-01', 4],
    ['ten years', '2016-07-01', '2026-07-01', 11],
  ])('over %s cover it, meet, and are as few as can be', (_what, from, to, count) => {
    const windows = windowsOf(at(from), at(to));
    expect(windows).toHaveLength(count);
    expect(windows[0]?.start_time).toBe(`${from}T00:00:00.000Z`);
    expect(windows.at(-1)?.end_time).toBe(`${to}T00:00:00.000Z`);
    windows.forEach(({ start_time, end_time }, index) => {
      expect(at(end_time) - at(start_time)).toBeLessThanOrEqual(365 * DAY);
      expect(start_time).toBe(windows[index - 1]?.end_time ?? start_time);
    });
  });
  test('over nothing are none', () => expect(windowsOf(5, 5)).toEqual([]));
});

test('3 years and 4 months of 200 organizations: every interaction once, none missing, types × windows × organizations calls', () => {
  const stage = new Stage({ entries: 400, choices: { lastPage: 'null' } });
  const { world } = stage.affinity;
  const organizations = [...new Set(world.entriesOf(LIST_IDS.companies).map(({ entity_id }) => entity_id))].slice(
    0,
    200,
  );
  expect(organizations).toHaveLength(200);
  const from = Date.parse('2023-03-01');
  const to = Date.parse('2026-07-01');
  const [someone = 0] = organizations.flatMap((id) => world.organizations.get(id)?.person_ids ?? []);
  // On and beside every edge of a window, and of the span; and more than a page of one type in one window.
  const edges = [0, 365, 730, 1095].map((days) => from + days * DAY);
  const dates = [...edges, ...edges.map((edge) => edge - 1), to - 1, to, ...Array(230).fill(from + 40 * DAY)];
  for (const [index, date] of dates.entries()) {
    world.interactions.put({
      id: 900_000 + index,
      type: InteractionType.call,
      date,
      end_time: null,
      updated_at: null,
      manual_creator_id: null,
      title: 'Call',
      direction: null,
      person_ids: [world.users[0]?.id ?? 0, someone],
      cc_ids: [],
    });
  }
  const wanted = {
    title: 'Interactions',
    scope: { entities: organizations.map((id) => `1:${id}`) },
    types: [0, 1, 2, 3] as const,
    from: '2023-03-01',
    to: '2026-06-30',
  };
  const persons = organizations.flatMap((id) => world.organizations.get(id)?.person_ids ?? []);
  const expected = new Set(
    world.interactions
      .ofAll(persons)
      .filter(({ date }) => date >= from && date < to)
      .map(({ type, id }) => `${NAMES[type as 0]}-${id}`),
  );
  const further = organizations.reduce((sum, id) => {
    const ofOne = world.interactions.ofAll(world.organizations.get(id)?.person_ids ?? []);
    const pages = windowsOf(from, to).flatMap(({ start_time, end_time }) =>
      NAMES.map((_name, type) => {
        const rows = ofOne.filter(
          (one) => one.type === type && one.date >= Date.parse(start_time) && one.date < Date.parse(end_time),
        );
        return Math.max(0, Math.ceil(rows.length / 100) - 1);
      }),
    );
    return sum + pages.reduce((a, b) => a + b, 0);
  }, 0);
  expect(further).toBeGreaterThan(1);

  expect(interactionsCost(stage.desk, stage.run(), wanted).calls.least).toBe(4 * 4 * 200);
  stage.affinity.counter.reset();
  const { result } = stage.importDataset('interactions', wanted);
  expect(result).toMatchObject({ kind: 'done', rows: expected.size });
  expect(stage.affinity.counter.read().byEndpoint['interactions.list']).toBe(4 * 4 * 200 + further);
  expect(stage.ids()).toHaveLength(expected.size);
  expect(new Set(stage.ids())).toEqual(expected);
});

const opened = (rest: object = {}) => {
  const stage = new Stage({ entries: 40 });
  const { importId } = stage.importDataset('interactions', {
    title: 'Interactions',
    scope: { listId: LIST_IDS.pipeline },
    types: [0, 1, 2, 3],
    from: '2024-07-01',
    ...rest,
  });
  return { stage, importId };
};

test('a direction leaves chat messages and e-mails of that direction', () => {
  const { stage } = opened({ direction: 1 });
  const types = new Set(stage.ids().map((id) => `${stage.cell(id, 'Type')} ${stage.cell(id, 'Direction')}`));
  expect([...types].sort()).toEqual(['Chat message Received', 'E-mail Received']);
});

test('a colleague leaves what that colleague took part in, and by hand what somebody logged', () => {
  const { stage } = opened();
  const all = stage.ids().length;
  const logged = stage.ids().find((id) => stage.cell(id, 'Logged by') !== null) ?? '';
  const who = [...stage.affinity.world.persons.values()].find(
    (one) => `${one.first_name} ${one.last_name}` === stage.cell(logged, 'Logged by'),
  );
  const name = `${who?.first_name} ${who?.last_name}`;
  stage.importDataset('interactions', {
    title: 'Hers',
    scope: { listId: LIST_IDS.pipeline },
    types: [0, 1, 2, 3],
    from: '2024-07-01',
    colleagueId: who?.id,
    isManualOnly: true,
  });
  expect(stage.ids().length).toBeGreaterThan(0);
  expect(stage.ids().length).toBeLessThan(all);
  for (const id of stage.ids()) {
    expect(stage.cell(id, 'People')).toContain(name);
    expect(stage.cell(id, 'Logged by')).not.toBeNull();
  }
});

test('date and people of one row go to Affinity in one call', () => {
  const { stage, importId } = opened();
  const id = stage.ids().find((one) => one.startsWith('call') && stage.cell(one, 'Logged by') !== null) ?? '';
  stage.type(id, 'Date', { day: '2026-02-03', time: '10:15:00' });
  const before = stage.affinity.world.interactions.find(1, Number(id.split('-')[1]))?.person_ids ?? [];
  const colleague = [...stage.affinity.world.persons.values()].find(
    (one) => one.type === 1 && !before.includes(one.id),
  );
  stage.type(id, 'People', `${stage.cell(id, 'People')}; ${colleague?.emails[0]}`);
  stage.affinity.counter.reset();
  expect(pushImport(stage.desk, stage.run(), importId, { sendClears: false, choices: new Map() })).toMatchObject({
    cells: 2,
    rows: 1,
    failed: 0,
  });
  expect(stage.affinity.counter.read().byEndpoint['interactions.update']).toBe(1);
  const stored = stage.affinity.world.interactions.find(1, Number(id.split('-')[1]));
  expect(stored?.date).toBe(Date.parse('2026-02-03T10:15:00Z'));
  expect(stored?.person_ids).toEqual([...before, colleague?.id]);
  expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({ cellsChanged: 0, rowsHeld: 0 });
});

test('what Affinity recorded by itself is refused with the reason', () => {
  const { stage, importId } = opened();
  const id = stage.ids().find((one) => one.startsWith('email')) ?? '';
  stage.type(id, 'Date', { day: '2026-02-03', time: null });
  expect(previewPush(stage.run(), importId).cells).toEqual([
    expect.objectContaining({ state: 'refused', problem: expect.stringMatching(/logged by hand/) }),
  ]);
});

test('colleagues among the chosen records are said, and the others are read', () => {
  const stage = new Stage({ entries: 12 });
  const { world } = stage.affinity;
  const known = [...world.persons.values()].filter(({ id }) => world.interactions.of(id).length > 3);
  const someone = known.find(({ type }) => type === 0)?.id;
  const { result } = stage.importDataset('interactions', {
    title: 'Some',
    scope: { entities: [`0:${someone}`, `0:${world.users[0]?.id}`] },
    types: [0, 1, 2, 3],
    from: '2020-01-01',
  });
  expect(result.kind).toBe('done');
  expect(result.rows).toBeGreaterThan(0);
  expect(result.messages.join()).toMatch(/tells no interactions of some/);
});
