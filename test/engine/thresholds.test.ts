/** Promise P4: a refresh that would empty many cells or find many rows gone asks first, and holds them back until somebody agrees. */
import { createControl, LIST_IDS } from '../../local/affinity';
import { goneRowsOf, refreshImport, tidyRowsOf } from '../../src/sync/runs/desk';
import { changeSettings } from '../../src/sync/runs/import-settings';
import { readImport } from '../../src/sync/state/saved-import';
import { Stage } from './stage';

const opened = (entries = 60) => {
  const stage = new Stage({ entries });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const key = stage.column('Amount');
  const withAmount = stage.ids().filter((id) => stage.cell(id, 'Amount') !== null);
  const { world } = stage.affinity;
  /** Somebody clears the amounts of these rows in Affinity. */
  const clear = (ids: readonly string[]) => {
    for (const id of ids) {
      const values = stage.client().fieldValues.list({ query: { list_entry_id: Number(id) } });
      const amount = values.find(({ field_id }) => `field.${field_id}` === key);
      if (amount !== undefined) stage.colleague().fieldValues.remove({ path: { field_value_id: amount.id } });
    }
  };
  const remove = (ids: readonly string[]) => {
    for (const id of ids) {
      stage.colleague().listEntries.remove({ path: { list_id: LIST_IDS.pipeline, list_entry_id: Number(id) } });
    }
  };
  const refresh = (agreed = false, budgetMs?: number) =>
    refreshImport(stage.desk, stage.run(undefined, budgetMs), importId, agreed);
  const amounts = () => withAmount.map((id) => stage.cell(id, 'Amount'));
  const set = (askAbovePercent: number) =>
    changeSettings(stage.desk, readImport(stage.workbook.state(importId)), { askAbovePercent });
  return { stage, importId, withAmount, world, clear, remove, refresh, amounts, set };
};

test('few emptied cells are brought in, at the end of the refresh', () => {
  const { clear, withAmount, refresh, amounts } = opened();
  clear(withAmount.slice(0, 5));
  expect(refresh()).toMatchObject({ kind: 'done', code: '', cellsChanged: 5 });
  expect(amounts().filter((amount) => amount === null)).toHaveLength(5);
  expect(refresh()).toMatchObject({ kind: 'done', cellsChanged: 0 });
});

test('many emptied cells of a column are asked about: nothing of them changes until somebody agrees, and nothing is forgotten', () => {
  const { stage, importId, clear, withAmount, refresh, amounts } = opened();
  const before = amounts();
  clear(withAmount.slice(0, 30));
  for (let again = 0; again < 2; again += 1) {
    const asked = refresh();
    expect(asked).toMatchObject({ kind: 'stopped', code: 'sheet/many-emptied', goesOn: false });
    expect(asked.messages[0]).toContain(`lost 30 of ${before.length} values of “Amount”`);
    expect(amounts()).toEqual(before);
  }
  expect(readImport(stage.workbook.state(importId)).lastPull).toMatchObject({ result: 'stopped' });
  expect(refresh(true)).toMatchObject({ kind: 'done', cellsChanged: 30 });
  expect(amounts().filter((amount) => amount === null)).toHaveLength(30);
  expect(refresh()).toMatchObject({ kind: 'done', cellsChanged: 0, code: '' });
});

test('the share is set for the import: a higher one does not ask, 100 never does', () => {
  const { clear, withAmount, refresh, set } = opened();
  clear(withAmount.slice(0, 25));
  set(30);
  expect(refresh()).toMatchObject({ kind: 'stopped' });
  set(100);
  expect(refresh()).toMatchObject({ kind: 'done', cellsChanged: 25 });
});

test('an edit in a cell that Affinity emptied stays a conflict, asked about or not', () => {
  const { stage, clear, withAmount, refresh } = opened();
  const [edited = ''] = withAmount;
  clear(withAmount.slice(0, 30));
  stage.type(edited, 'Amount', 4321);
  expect(refresh()).toMatchObject({ kind: 'stopped' });
  expect(stage.cell(edited, 'Sync status')).toMatch(/^Amount: changed here and in Affinity/);
  refresh(true);
  expect(stage.cell(edited, 'Amount')).toBe(4321);
});

test('what is held back is kept from slice to slice, and brought by the next refresh where that memory was lost', () => {
  for (const isLost of [false, true]) {
    const { stage, clear, withAmount, refresh, amounts } = opened(500);
    clear(withAmount.slice(0, 15));
    let slices = 0;
    for (let result = refresh(false, 20_000); ; result = refresh(false, 20_000)) {
      slices += 1;
      if (!result.goesOn) {
        expect(result.kind).toBe('done');
        break;
      }
      stage.clock.sleep(result.waitMs);
      if (isLost) stage.memory.lines.clear();
      if (slices > 50) throw new Error('does not end');
    }
    expect(slices).toBeGreaterThan(1);
    if (isLost) refresh();
    expect(amounts().filter((amount) => amount === null)).toHaveLength(15);
  }
});

test('many rows gone are asked about; those that are marked are neither counted nor asked for again', () => {
  const { stage, importId, remove, refresh } = opened();
  const ids = stage.ids();
  remove(ids.slice(0, 5));
  expect(refresh()).toMatchObject({ kind: 'done', rowsGone: 5 });
  const presence = () => stage.affinity.counter.read().byEndpoint['listEntries.get'] ?? 0;
  const before = presence();
  expect(refresh()).toMatchObject({ kind: 'done', rowsGone: 5 });
  expect(presence()).toBe(before);
  remove(ids.slice(5, 35));
  const asked = refresh();
  expect(asked).toMatchObject({ kind: 'stopped', code: 'sheet/many-gone' });
  expect(asked.messages[0]).toContain(`no longer lists 30 of the ${ids.length} rows known here`);
  expect(goneRowsOf(stage.run(), importId).doubt).not.toBe('');
  expect(refresh(true)).toMatchObject({ kind: 'done', rowsGone: 35 });
  // What somebody agreed to is not doubted any more.
  const gone = goneRowsOf(stage.run(), importId);
  expect(gone).toMatchObject({ doubt: '' });
  expect(tidyRowsOf(stage.desk, stage.run(), importId, gone.rows)).toBe(35);
  expect(refresh()).toMatchObject({ kind: 'done', rowsGone: 0 });
});

test('an empty list is asked about, whatever its size', () => {
  const { stage, remove, refresh } = opened(6);
  const before = JSON.stringify(stage.tab.rows.map(({ cells }) => [...cells]));
  remove(stage.ids());
  expect(refresh()).toMatchObject({ kind: 'stopped', code: 'sheet/many-gone' });
  expect(JSON.stringify(stage.tab.rows.map(({ cells }) => [...cells]))).toBe(before);
  expect(createControl(stage.affinity)).toBeDefined();
});
