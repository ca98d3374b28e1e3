/** A part of the edits: cells and rows kept back, the rows selected in the sheet, only new rows; who changed the other side; undo. */
import { onStage, type SidebarHands } from './sidebar-hands';
import type { Stage } from './stage';

let stage: Stage;
let hands: SidebarHands;
onStage({ entries: 12 }, async (opened) => {
  hands = opened;
  stage = hands.stage;
  await hands.connectAndImport();
});

const review = () => hands.review;
const isFine = async (state: string): Promise<void> => {
  expect(await hands.axe(state, '#dialog-frame')).toEqual([]);
  expect([state, await hands.overflow('#dialog-frame')]).toEqual([state, 0]);
};
const send = async (words: string): Promise<void> => {
  await review().getByRole('button', { name: words, exact: true }).click();
  await review()
    .getByText(/Affinity took/)
    .waitFor();
};

test('cells and rows that are kept back stay edits, and the rest is sent', async () => {
  const [one = 0, two = 0, three = 0] = await stage.filledRows('Amount');
  const ids = await Promise.all([one, two, three].map((row) => stage.idOfRow(row)));
  const before = await Promise.all(ids.map((id) => hands.inAffinity(id, 'Amount')));
  for (const [index, row] of [one, two, three].entries()) {
    await stage.type(await stage.at(row, 'Amount'), String(101 + index));
  }
  await stage.type(await stage.at(one, 'Next Step'), 'Kept back by its box');
  await stage.saved();
  await hands.openReview();
  await review()
    .getByRole('checkbox', { name: `Will be sent: Next Step in row ${one}` })
    .uncheck();
  await review()
    .getByRole('checkbox', { name: `Send row ${two}` })
    .uncheck();
  const whole = review().getByRole('checkbox', { name: `Send row ${one}` });
  expect(await whole.evaluate((box: HTMLInputElement) => box.indeterminate)).toBe(true);
  await isFine('kept back');
  await hands.look('kept-back');
  await review().getByText('2 edits kept back.').waitFor();
  await send('Send 2 edits');
  expect(await Promise.all(ids.map((id) => hands.inAffinity(id, 'Amount')))).toEqual([[101], before[1], [103]]);
  // What was kept back is offered again.
  await review().getByRole('button', { name: 'Send 2 edits', exact: true }).waitFor();
  await hands.closeReview();
  expect((await stage.cell(await stage.at(two, 'Amount'))).text).toBe('102');
});

test('only the edits of the rows selected in the sheet are sent when that is chosen', async () => {
  const rows = await stage.filledRows('Amount');
  const row = rows[1] ?? 0;
  const id = await stage.idOfRow(row);
  await stage.goTo(`B${row}:C${row}`);
  await stage.page.waitForTimeout(300);
  await hands.openReview();
  await review().getByRole('radio', { name: 'Rows selected in the sheet (1 row)' }).check();
  await isFine('selected rows');
  await send('Send 1 edit');
  await hands.closeReview();
  expect(await hands.inAffinity(id, 'Amount')).toEqual([102]);
  expect((await stage.cell(await stage.at(rows[0] ?? 0, 'Next Step'))).text).toBe('Kept back by its box');
});

test('a conflict names who changed Affinity’s value and when; a row’s conflicts are decided together', async () => {
  const [row = 0] = await stage.filledRows('Status');
  const id = await stage.idOfRow(row);
  await hands.colleagueSets(id, 'Amount', 555);
  await stage.type(await stage.at(row, 'Amount'), '777');
  const rows = await stage.filledRows('Probability');
  const other = rows.find((one) => one === row);
  if (other !== undefined) {
    await hands.colleagueSets(id, 'Probability', 12);
    await stage.type(await stage.at(row, 'Probability'), '34');
  }
  await stage.saved();
  await hands.openReview();
  const conflict = review().getByRole('row').filter({ hasText: '777' });
  expect(await conflict.textContent()).toMatch(/Changed by .+, \w+ \d+, \d{4}, \d\d:\d\d/);
  await isFine('who changed it');
  await hands.look('who-changed');
  await hands.closeReview();
});

test('an edit in a column that Affinity fills itself is refused with the reason', async () => {
  const name = (await stage.cell(await stage.at(4, 'Name'))).edit;
  await stage.type(await stage.at(4, 'Name'), 'Renamed here');
  await stage.saved();
  await hands.openReview();
  const refused = review().getByRole('row').filter({ hasText: 'Renamed here' }).last();
  expect(await refused.textContent()).toMatch(/Can’t be sent\. .*is changed in Affinity/);
  await hands.closeReview();
  await stage.type(await stage.at(4, 'Name'), name);
  await stage.saved();
});

test('a row typed below the table is told what becomes of it, and can be sent by itself', async () => {
  const last = (await stage.rows()).length + 1;
  await stage.type(await stage.at(last, 'Name').catch(() => `B${last}`), 'Brand New Deal');
  await stage.saved();
  await hands.openReview();
  await review()
    .getByRole('table', { name: 'New rows' })
    .getByText(/Add this row\./)
    .waitFor();
  await isFine('new row');
  await hands.look('new-row');
  await review().getByRole('radio', { name: 'New rows only (1 row)' }).check();
  await review().getByRole('button', { name: 'Add 1 row', exact: true }).click();
  await review().getByText('New rows added').waitFor();
  await isFine('row added');
  await hands.closeReview();
  expect(await stage.idOfRow(last)).toMatch(/^\d+$/);
});

test('an edit that was made after the review is not sent with it', async () => {
  const [, two = 0, three = 0] = await stage.filledRows('Amount');
  const ids = [await stage.idOfRow(two), await stage.idOfRow(three)] as const;
  const before = await hands.inAffinity(ids[1], 'Amount');
  await stage.type(await stage.at(two, 'Amount'), '3001');
  await stage.saved();
  await hands.openReview();
  await review().getByRole('row').filter({ hasText: '3001' }).waitFor();
  // Nobody reaches the grid through the dialog; a colleague in the same file does.
  const cell = await stage.at(three, 'Amount');
  await stage.page.evaluate((a1) => {
    // Put on the window by the page's main.tsx.
    const { store } = (window as unknown as { workbench: { store: { sheet: object; type(...what: unknown[]): void } } })
      .workbench;
    store.type(store.sheet, 0, 0, a1, '3002');
  }, cell);
  await stage.saved();
  await review()
    .getByRole('button', { name: /^Send \d+ edits?$/ })
    .click();
  await review()
    .getByText(/Affinity took/)
    .waitFor();
  await hands.closeReview();
  expect(await hands.inAffinity(ids[0], 'Amount')).toEqual([3001]);
  expect(await hands.inAffinity(ids[1], 'Amount')).toEqual(before);
  expect((await stage.cell(cell)).text).toBe('3002');
});

test('a push is taken back from the sidebar: what goes back, what is left alone and why, and then it is so', async () => {
  const rows = await stage.filledRows('Amount');
  const [one = 0, two = 0] = rows.slice(2);
  const ids = [await stage.idOfRow(one), await stage.idOfRow(two)] as const;
  const before = await Promise.all(ids.map((id) => hands.inAffinity(id, 'Amount')));
  await stage.type(await stage.at(one, 'Amount'), '4001');
  await stage.type(await stage.at(two, 'Amount'), '4002');
  await stage.goTo(`B${one}:B${two}`);
  await stage.page.waitForTimeout(300);
  await hands.openReview();
  await review()
    .getByRole('radio', { name: /^Rows selected in the sheet/ })
    .check();
  await send('Send 2 edits');
  await hands.closeReview();
  await hands.colleagueSets(ids[1], 'Amount', 9999);
  const card = hands.card('Deal Pipeline');
  await card.getByRole('button', { name: 'More for Deal Pipeline' }).click();
  // By keyboard alone from here on.
  await card.getByRole('button', { name: 'Undo a push' }).press('Enter');
  await review()
    .getByRole('table', { name: /What was sent from this import/ })
    .waitFor();
  await isFine('past pushes');
  await hands.look('undo-pushes');
  await review()
    .getByRole('button', { name: /^Look at it: push of/ })
    .first()
    .press('Enter');
  await review().getByRole('table', { name: 'Left alone' }).getByText('Somebody changed it since.').waitFor();
  await isFine('undo preview');
  await hands.look('undo-preview');
  await review().getByRole('button', { name: 'Take back 1 cell' }).press('Enter');
  await review().getByText('1 cell in 1 row taken back.').waitFor();
  await isFine('undone');
  await review().getByRole('button', { name: 'Other pushes' }).press('Enter');
  await review().getByText('It took another push back').waitFor();
  await review().getByRole('button', { name: 'Close', exact: true }).press('Escape');
  await stage.page.locator('#dialog-frame').waitFor({ state: 'detached' });
  expect(await Promise.all(ids.map((id) => hands.inAffinity(id, 'Amount')))).toEqual([before[0], [9999]]);
});
