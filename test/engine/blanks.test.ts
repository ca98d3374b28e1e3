/** Emptied cells, as the import is set: asked about each time, ticked beforehand, or never cleared. */

import { pushImport } from '../../src/sync/runs/desk';
import { changeSettings } from '../../src/sync/runs/import-settings';
import { choiceKey } from '../../src/sync/runs/send-rows';
import { readImport } from '../../src/sync/state/saved-import';
import { Meeting } from './meeting';

const AMOUNT = 'Amount';

const emptied = (blanks: 'ask' | 'clear' | 'never') => {
  const at = new Meeting();
  const state = at.stage.workbook.state(at.importId);
  changeSettings(at.stage.desk, readImport(state), { blanks });
  at.type(AMOUNT, null);
  const decide = () => {
    const choices = new Map([[choiceKey(at.id, at.stage.column(AMOUNT)), 'mine' as const]]);
    return pushImport(at.stage.desk, at.stage.run(), at.importId, { sendClears: false, choices });
  };
  return { at, decide };
};

test('asked about each time: shown, and sent only when it is said', () => {
  const { at } = emptied('ask');
  expect(at.preview()).toMatchObject({ blanks: 'ask', cells: [{ state: 'cleared' }] });
  expect(at.push()).toMatchObject({ cells: 0, clearsKept: 1 });
  expect(at.push(true)).toMatchObject({ cells: 1, clearsKept: 0 });
  expect(at.valueOf(AMOUNT)).toBeUndefined();
});

test('ticked beforehand: the review begins with it, and a push that says nothing clears nothing', () => {
  const { at } = emptied('clear');
  expect(at.preview()).toMatchObject({ blanks: 'clear', cells: [{ state: 'cleared' }] });
  expect(at.push()).toMatchObject({ cells: 0, clearsKept: 1 });
});

test('never: shown, and kept whatever a push is told; also where a conflict is decided for the sheet', () => {
  const { at, decide } = emptied('never');
  const before = at.valueOf(AMOUNT);
  expect(at.preview()).toMatchObject({ blanks: 'never', cells: [{ state: 'cleared' }] });
  expect(at.push(true)).toMatchObject({ cells: 0, clearsKept: 1 });
  expect(at.valueOf(AMOUNT)).toBe(before);
  at.colleagueSets(AMOUNT, 222);
  expect(decide()).toMatchObject({ cells: 0, conflicts: 1 });
  expect(at.valueOf(AMOUNT)).toBe(222);
});

test('a conflict that is decided for an emptied cell clears its value, without a word about all others', () => {
  const { at, decide } = emptied('ask');
  at.type('Nickname', null);
  at.colleagueSets(AMOUNT, 222);
  expect(decide()).toMatchObject({ cells: 1, conflicts: 0, clearsKept: 1 });
  expect([at.valueOf(AMOUNT), at.cell(AMOUNT)]).toEqual([undefined, null]);
});

test('a new import asks', () => {
  const at = new Meeting();
  expect(readImport(at.stage.workbook.state(at.importId)).settings.blanks).toBe('ask');
});
