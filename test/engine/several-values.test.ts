/**
 * Cells of several values, sent by several calls: what each call did is told, remembered and undone by itself; both sides' changes go
 * together, also where the answer was lost or a person was faster.
 */
import { LIST_IDS } from '../../local/affinity';
import { previewPush, pushImport, undoablePushes, undoPush } from '../../src/sync/runs/desk';
import { existingJournal } from '../../src/sync/runs/keep-journal';
import { Meeting } from './meeting';

const opened = (agreed = 'alpha', typed = 'alpha; beta; gamma') => {
  const at = new Meeting(LIST_IDS.pipeline);
  at.agreeOnTags(agreed);
  at.type('Tags', typed);
  const { stage } = at;
  const lines = () =>
    existingJournal(stage.run(), at.importId)
      ?.entries.slice(1)
      .map(({ line }) => line) ?? [];
  const undo = () => {
    const [newest] = undoablePushes(stage.desk, stage.run(), at.importId);
    return undoPush(stage.desk, stage.run(), at.importId, newest?.run ?? '');
  };
  return { at, stage, lines, undo };
};

/** A push in whose middle the field gets options in Affinity, and “gamma” is none of them. */
const withoutGamma = (at: Meeting) => {
  const { workbook } = at.stage;
  const field = at.field('Tags');
  const options = ['alpha', 'beta', 'delta'].map((text, rank) => ({ id: 900 + rank, text, rank, color: 0 }));
  workbook.before = (call) => {
    if (call === 'state.write') field.dropdown_options = options;
  };
  const result = at.push();
  workbook.before = () => {};
  field.dropdown_options = [];
  return result;
};

describe('of which one is refused', () => {
  const refusedOne = () => {
    const world = opened();
    return { ...world, result: withoutGamma(world.at) };
  };

  test('the row says which, and the others are agreed on', () => {
    const { at, result } = refusedOne();
    expect(result).toMatchObject({ cells: 0, failed: 1 });
    expect(at.tags()).toEqual(['alpha', 'beta']);
    expect(at.status()).toMatch(/^Tags: sent except “gamma”\. /);
    expect(at.preview().cells).toMatchObject([{ state: 'pending', theirs: 'alpha; beta', mine: 'alpha; beta; gamma' }]);
    at.stage.affinity.counter.reset();
    expect(at.push()).toMatchObject({ cells: 1, failed: 0 });
    expect(at.stage.affinity.counter.read().writes).toBe(1);
    expect([at.tags(), at.preview().cells]).toEqual([['alpha', 'beta', 'gamma'], []]);
  });

  test('the journal has both parts, and an undo takes back what was sent', () => {
    const { at, lines, undo } = refusedOne();
    expect(lines()).toMatchObject([
      { outcome: 'sent', old: ['alpha'], new: ['alpha', 'beta'], newText: 'alpha; beta' },
      { outcome: 'refused', old: ['alpha', 'beta'], new: ['alpha', 'beta', 'gamma'] },
    ]);
    expect(undo()).toMatchObject({ cells: 1, failed: 0 });
    expect(at.tags()).toEqual(['alpha']);
    // The person's edit stays, whole.
    expect([at.cell('Tags'), at.preview().cells.map(({ state }) => state)]).toEqual([
      'alpha; beta; gamma',
      ['pending'],
    ]);
  });

  test('what a colleague added meanwhile is neither lost nor taken for ours', () => {
    const { at } = refusedOne();
    at.colleagueAddsTag('delta');
    at.refresh();
    expect(at.push()).toMatchObject({ cells: 1, conflicts: 0 });
    expect([at.tags(), at.tagsShown()]).toEqual(Array(2).fill(['alpha', 'beta', 'delta', 'gamma']));
  });
});

test('of several answers the missing one decides: nothing is called refused that may have arrived', () => {
  const { at, stage, lines } = opened();
  stage.affinity.faults.add({ kind: 'reply-lost', method: 'POST', nth: 1, times: 1 });
  expect(withoutGamma(at)).toMatchObject({ unanswered: 1, failed: 0 });
  stage.affinity.faults.clear();
  expect(lines()).toMatchObject([{ outcome: 'sending' }]);
  expect(at.push()).toMatchObject({ cells: 1 });
  expect([at.tags(), at.preview().cells]).toEqual([['alpha', 'beta', 'gamma'], []]);
});

describe('both sides changed', () => {
  test('and the answer was lost: the next run finds out, and shows all', () => {
    const { at, stage } = opened('alpha', 'alpha; beta');
    at.colleagueAddsTag('delta');
    stage.affinity.faults.add({ kind: 'reply-lost', method: 'POST', nth: 1, times: 9 });
    at.push();
    stage.affinity.faults.clear();
    at.push();
    expect([at.tags(), at.tagsShown()]).toEqual(Array(2).fill(['alpha', 'beta', 'delta']));
    expect(at.preview().cells).toEqual([]);
    expect(at.refresh().cellsChanged).toBe(0);
  });

  test('and the answer was lost while the person went on: the edit is kept, and nothing is removed', () => {
    const { at, stage } = opened('alpha', 'alpha; beta');
    at.colleagueAddsTag('delta');
    stage.affinity.faults.add({ kind: 'reply-lost', method: 'POST', nth: 1, times: 9 });
    at.push();
    stage.affinity.faults.clear();
    at.type('Tags', 'alpha; beta; gamma');
    expect(at.push()).toMatchObject({ cells: 1, conflicts: 0 });
    expect([at.tags(), at.tagsShown()]).toEqual(Array(2).fill(['alpha', 'beta', 'delta', 'gamma']));
  });

  test('and the answer was lost and a colleague went on: it counts as sent', () => {
    const { at, stage, lines } = opened('alpha', 'alpha; beta');
    stage.affinity.faults.add({ kind: 'reply-lost', method: 'POST', nth: 1, times: 9 });
    at.push();
    stage.affinity.faults.clear();
    at.colleagueAddsTag('delta');
    at.refresh();
    expect(lines()).toMatchObject([{ outcome: 'sent' }]);
    expect([at.tagsShown(), at.preview().cells]).toEqual([['alpha', 'beta', 'delta'], []]);
  });

  test('and the person typed again just before the cell was written: the edit stays, and is one of what was sent', () => {
    const { at, stage } = opened('alpha', 'alpha; beta');
    at.colleagueAddsTag('delta');
    stage.workbook.before = (call) => {
      if (call === 'write') at.type('Tags', 'alpha; beta; gamma');
    };
    at.push();
    stage.workbook.before = () => {};
    expect(at.cell('Tags')).toBe('alpha; beta; gamma');
    expect(previewPush(stage.run(), at.importId).cells).toMatchObject([
      { state: 'pending', says: 'Adds “gamma”. Keeps “delta”, which was added in Affinity.' },
    ]);
  });

  test('an undo leaves what the colleague added', () => {
    const { at, undo } = opened('alpha', 'alpha; beta');
    at.colleagueAddsTag('delta');
    at.push();
    expect(undo()).toMatchObject({ cells: 1 });
    expect([at.tags(), at.tagsShown(), at.preview().cells]).toEqual([['alpha', 'delta'], ['alpha', 'delta'], []]);
  });

  test('names are put together like texts', () => {
    const { at, stage } = opened();
    const owners = at.cell('Owners');
    const field = at.field('Owners');
    const values = () =>
      stage
        .client()
        .fieldValues.list({ query: { list_entry_id: Number(at.id) } })
        .flatMap(({ field_id, value }) => (field_id === field.id ? [value] : []));
    const [mine, theirs] = [40_001, 40_003, 40_004, 40_005].filter((id) => !values().includes(id));
    const people = stage.client().persons;
    const name = (id: number | undefined) => {
      const person = people.get({ path: { person_id: id ?? 0 }, query: {} });
      return `${person.first_name} ${person.last_name}`;
    };
    at.type('Owners', owners === null ? name(mine) : `${String(owners)}; ${name(mine)}`);
    const body = { field_id: field.id, entity_id: at.entity(), list_entry_id: Number(at.id), value: theirs ?? 0 };
    stage.colleague().fieldValues.create({ body });
    const cell = at.preview().cells.find(({ header }) => header === 'Owners');
    expect(cell).toMatchObject({ state: 'pending', says: expect.stringContaining(`Keeps “${name(theirs)}”`) });
    pushImport(stage.desk, stage.run(), at.importId, { sendClears: false, choices: new Map() });
    expect(values()).toEqual(expect.arrayContaining([mine, theirs]));
    expect(String(at.cell('Owners'))).toContain(name(theirs));
    expect(at.preview().cells).toEqual([]);
  });
});
