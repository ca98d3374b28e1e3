/** Formulas in cells of ours: sent only by consent to their result, never written over, right with undo, journal and a lost answer. */
import { LIST_IDS } from '../../local/affinity';
import type { PlainCell } from '../../src/sync/cells/cell';
import { previewPush, pushImport, refreshImport, undoablePushes, undoPush } from '../../src/sync/runs/desk';
import { existingJournal } from '../../src/sync/runs/keep-journal';
import { choiceKey, type PushOptions } from '../../src/sync/runs/send-rows';
import { Meeting } from './meeting';
import { Stage } from './stage';

const AMOUNT = 'Amount';
const formula = '=C2*2';
const typed = (shows: PlainCell) => ({ formula, shows });

const opened = () => {
  const at = new Meeting();
  const old = at.valueOf(AMOUNT);
  at.type(AMOUNT, typed(7));
  const push = (options: Partial<PushOptions>) =>
    pushImport(at.stage.desk, at.stage.run(), at.importId, { sendClears: false, choices: new Map(), ...options });
  const name = choiceKey(at.id, at.stage.column(AMOUNT));
  return { at, old, push, name };
};

test('the preview tells the formula, what it computes, and what Affinity has; unsent by default, and the row says so', () => {
  const { at, old, push } = opened();
  expect(at.preview().cells).toMatchObject([{ state: 'formula', formula, mine: '7', theirs: String(old) }]);
  expect(push({})).toMatchObject({ cells: 0, formulasKept: 1, clearsKept: 0 });
  expect(push({ sendClears: true })).toMatchObject({ cells: 0, formulasKept: 1 });
  expect(at.valueOf(AMOUNT)).toBe(old);
  at.type('Nickname', 'Zed');
  push({});
  expect(at.status()).toMatch(
    /^Sent Nickname at .* 1 formula result not sent: choose in the review\. Open edits: “Amount”\.$/,
  );
});

test('consent is to a result: another one by now is held', () => {
  const { at, old, push, name } = opened();
  expect(push({ formulas: new Map([[name, '6']]) })).toMatchObject({ cells: 0, formulasKept: 1 });
  expect(at.valueOf(AMOUNT)).toBe(old);
  expect(push({ formulas: new Map([[name, '7']]) })).toMatchObject({ cells: 1, formulasKept: 0 });
  expect(at.valueOf(AMOUNT)).toBe(7);
});

test('a conflict under a formula is decided only with consent to its result; Affinity’s value takes its place only when it is chosen', () => {
  const { at, push, name } = opened();
  at.colleagueSets(AMOUNT, 99);
  const mine = new Map([[name, 'mine' as const]]);
  expect(push({ choices: mine })).toMatchObject({ cells: 0, conflicts: 1 });
  expect(push({ choices: mine, formulas: new Map([[name, '7']]) })).toMatchObject({ cells: 1, conflicts: 0 });
  expect([at.valueOf(AMOUNT), at.cell(AMOUNT)]).toEqual([7, typed(7)]);

  at.colleagueSets(AMOUNT, 99);
  at.refresh();
  expect(at.preview().cells).toMatchObject([{ state: 'conflict', formula, base: '7', mine: '7', theirs: '99' }]);
  push({ choices: new Map([[name, 'theirs' as const]]) });
  expect([at.valueOf(AMOUNT), at.cell(AMOUNT), at.preview().cells]).toEqual([99, 99, []]);
});

test('a conflict that a push met under a formula is remembered, and ends when Affinity has the old value again', () => {
  const { at, push, name } = opened();
  push({ formulas: new Map([[name, '7']]) });
  at.colleagueSets(AMOUNT, 99);
  at.type('Nickname', 'Zed');
  expect(push({})).toMatchObject({ cells: 1, conflicts: 1 });
  expect(at.preview().cells).toMatchObject([{ state: 'conflict', header: AMOUNT }]);
  at.colleagueSets(AMOUNT, 7);
  at.refresh();
  expect([at.preview().cells, at.cell(AMOUNT)]).toEqual([[], typed(7)]);
  // A value typed in place of the formula is what both agreed on: Affinity's next change comes in.
  at.type(AMOUNT, 7);
  at.colleagueSets(AMOUNT, 99);
  expect([at.refresh().cellsChanged, at.cell(AMOUNT)]).toEqual([1, 99]);
});

test('a conflict that was decided for a formula is over: its row is no edited one any more', () => {
  const { at, push, name } = opened();
  at.colleagueSets(AMOUNT, 99);
  push({ choices: new Map([[name, 'mine' as const]]), formulas: new Map([[name, '7']]) });
  at.stage.affinity.counter.reset();
  expect(push({})).toMatchObject({ cells: 0 });
  expect(at.stage.affinity.counter.read().byEndpoint['fieldValues.list']).toBeUndefined();
  expect(at.status()).toMatch(/^Sent Amount at /);
});

test('an undo takes the value back in Affinity and leaves the formula, whose result is an edit again', () => {
  const { at, old, push, name } = opened();
  push({ formulas: new Map([[name, '7']]) });
  const [newest] = undoablePushes(at.stage.desk, at.stage.run(), at.importId);
  expect(undoPush(at.stage.desk, at.stage.run(), at.importId, newest?.run ?? '')).toMatchObject({ cells: 1 });
  expect([at.valueOf(AMOUNT), at.cell(AMOUNT)]).toEqual([old, typed(7)]);
  expect(at.preview().cells).toMatchObject([{ state: 'formula', mine: '7', theirs: String(old) }]);
  expect(at.refresh()).toMatchObject({ cellsChanged: 0, rowsHeld: 0 });
  expect(at.cell(AMOUNT)).toEqual(typed(7));
});

test('the journal holds the value, not the formula', () => {
  const { at, old, push, name } = opened();
  push({ formulas: new Map([[name, '7']]) });
  expect(existingJournal(at.stage.run(), at.importId)?.entries.map(({ line }) => line)).toMatchObject([
    { outcome: 'sent', old, new: 7, newText: '7' },
  ]);
});

test('a lost answer is settled as sent, and the formula stays', () => {
  const { at, push, name } = opened();
  at.stage.affinity.faults.add({ kind: 'reply-lost', method: 'PUT', nth: 1, times: 9 });
  push({ formulas: new Map([[name, '7']]) });
  at.stage.affinity.faults.clear();
  at.refresh();
  expect([at.valueOf(AMOUNT), at.cell(AMOUNT), at.preview().cells]).toEqual([7, typed(7), []]);
});

test('a name that a formula computes is looked up, sent, and agreed on in its own words', () => {
  const stage = new Stage({ entries: 12 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const id = stage.ids().find((one) => stage.cell(one, 'Lead Partner') !== 'Grace Oyelaran') ?? '';
  stage.type(id, 'Lead Partner', { formula: '=X2', shows: 'Grace Oyelaran' });
  const [cell] = previewPush(stage.run(), importId).cells;
  expect(cell).toMatchObject({ state: 'formula', mine: 'Grace Oyelaran' });
  const formulas = new Map([[choiceKey(id, cell?.column ?? ''), 'Grace Oyelaran']]);
  const result = pushImport(stage.desk, stage.run(), importId, { sendClears: false, choices: new Map(), formulas });
  expect(result).toMatchObject({ cells: 1, formulasKept: 0 });
  refreshImport(stage.desk, stage.run(), importId);
  expect(previewPush(stage.run(), importId).cells).toEqual([]);
  expect(stage.cell(id, 'Lead Partner')).toEqual({ formula: '=X2', shows: 'Grace Oyelaran' });
});

test('consent that was given for a new row holds for the row that it became', () => {
  const { at, push } = opened();
  at.typeRow({ Name: 'Zephyr Round A', Amount: typed(8) });
  const fresh = at.preview().cells.find(({ id }) => id.startsWith('new:'));
  expect(fresh).toMatchObject({ state: 'formula', mine: '8' });
  const formulas = new Map([[choiceKey(fresh?.id ?? '', fresh?.column ?? ''), '8']]);
  expect(push({ formulas })).toMatchObject({ rowsAdded: 1, cells: 1, formulasKept: 1 });
});

test('a push that nobody consents in reads no row for its formulas alone', () => {
  const { at, push } = opened();
  const others = at.stage.ids().filter((id) => id !== at.id);
  for (const id of others) at.type(AMOUNT, typed(7), id);
  const [edited = ''] = others;
  at.type('Nickname', 'Zed', edited);
  at.stage.affinity.counter.reset();
  const result = push({ leavesFormulas: true });
  expect(result).toMatchObject({ cells: 1, formulasKept: others.length + 1 });
  expect(at.stage.affinity.counter.read().byEndpoint['fieldValues.list']).toBe(1);
});
