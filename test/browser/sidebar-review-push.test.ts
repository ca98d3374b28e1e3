/** An analyst's edits from the cell to Affinity: typed, pasted and sorted, reviewed, conflicts decided, sent; and a refresh meanwhile. */
import { onStage, type SidebarHands } from './sidebar-hands';
import type { Stage } from './stage';

let stage: Stage;
let hands: SidebarHands;
onStage({ entries: 30 }, async (opened) => {
  hands = opened;
  stage = hands.stage;
  await hands.connectAndImport();
});

const paste = async (a1: string, text: string): Promise<void> => {
  await stage.goTo(a1);
  await stage.page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await stage.page.keyboard.press('Control+v');
  await stage.saved();
};
const send = async (count: RegExp): Promise<void> => {
  await hands.review.getByRole('button', { name: count }).click();
  await hands.review.getByText(/Affinity took/).waitFor();
};

test('the review of a table that nobody touched says so', async () => {
  await hands.openReview();
  await hands.review.getByText('Nothing was edited. Affinity has what this table has.').waitFor();
  expect(await hands.axe('nothing to send', '#dialog-frame')).toEqual([]);
  await hands.closeReview();
});

test('cells typed and pasted, then sorted to other rows, are reviewed with both values and reach the right entries', async () => {
  const [typed = 0, first = 0] = await stage.filledRows('Amount');
  const before = (await stage.cell(await stage.at(typed, 'Amount'))).text;
  const typedId = await stage.idOfRow(typed);
  await stage.type(await stage.at(typed, 'Amount'), '999999999');
  // Two rows and two columns at once, from the system's clipboard, where the two columns stand side by side.
  const [headers = []] = await stage.rows();
  const names = headers.map(({ text }) => text);
  const next = names[names.indexOf('Amount') + 1] ?? '';
  const pastedIds = [await stage.idOfRow(first), await stage.idOfRow(first + 1)];
  const kept = await Promise.all(
    [first, first + 1].map(async (row) => (await stage.cell(await stage.at(row, next))).edit),
  );
  await paste(await stage.at(first, 'Amount'), `1111\t${kept[0]}\n2222\t${kept[1]}\n`);

  await stage.goTo(await stage.at(2, 'Amount'));
  await stage.page.getByRole('button', { name: 'Sort Z to A' }).click();
  await stage.saved();
  expect(await stage.cell(await stage.at(typedId, 'Amount'))).toMatchObject({ text: '999999999' });
  expect(await stage.idOfRow(2)).toBe(typedId);

  await hands.openReview();
  const table = hands.review.getByRole('table', { name: 'Edits' });
  const row = table.getByRole('row').filter({ hasText: '999999999' });
  expect(await row.textContent()).toContain(before);
  expect(await hands.axe('review', '#dialog-frame')).toEqual([]);
  expect(await hands.overflow('#dialog-frame')).toBe(0);
  await send(/^Send 3 edits$/);
  expect(await hands.axe('sent', '#dialog-frame')).toEqual([]);
  await hands.closeReview();
  expect(await hands.inAffinity(typedId, 'Amount')).toEqual([999999999]);
  expect(await Promise.all(pastedIds.map((id) => hands.inAffinity(id, 'Amount')))).toEqual([[1111], [2222]]);
});

test('a cell that a colleague changed too is a conflict with both sides, and each choice does what it says', async () => {
  const [one = 0, two = 0, three = 0] = await stage.filledRows('Amount');
  const ids = [await stage.idOfRow(one), await stage.idOfRow(two), await stage.idOfRow(three)] as const;
  for (const [index, id] of ids.entries()) {
    await hands.colleagueSets(id, 'Amount', 9001 + index);
    await stage.type(await stage.at(id, 'Amount'), String(5001 + index));
  }
  await stage.saved();
  await hands.openReview();
  await hands.review.getByText('3 cells changed on both sides', { exact: false }).waitFor();
  const choose = (mine: string, choice: string): Promise<void> =>
    hands.review.getByRole('row').filter({ hasText: mine }).getByRole('radio', { name: choice }).check();
  expect(await hands.review.getByRole('row').filter({ hasText: '5001' }).textContent()).toContain('9001');
  expect(await hands.review.getByRole('button', { name: /^Send 0 edits$/ }).getAttribute('aria-disabled')).toBe('true');
  expect(await hands.axe('conflicts', '#dialog-frame')).toEqual([]);
  await choose('5001', 'Send mine');
  await choose('5002', 'Take Affinity’s');
  await send(/^Send 1 edit$/);
  await hands.review.getByText('Conflicts left to decide').waitFor();
  expect(await hands.axe('conflict left', '#dialog-frame')).toEqual([]);
  await hands.closeReview();
  expect(await Promise.all(ids.map((id) => hands.inAffinity(id, 'Amount')))).toEqual([[5001], [9002], [9003]]);
  const shown = await Promise.all(ids.map(async (id) => (await stage.cell(await stage.at(id, 'Amount'))).text));
  expect(shown).toEqual(['5001', '9002', '5003']);
  // Decided later, so it is still there.
  await hands.openReview();
  await choose('5003', 'Take Affinity’s');
  await hands.review.getByRole('button', { name: 'Take 1 value from Affinity' }).click();
  await hands.review.getByRole('button', { name: 'Close', exact: true }).waitFor();
  await hands.closeReview();
  expect((await stage.cell(await stage.at(ids[2], 'Amount'))).text).toBe('9003');
});

test('what Affinity would refuse is told with its reason and never sent', async () => {
  const [row = 0] = await stage.filledRows('Amount');
  const id = await stage.idOfRow(row);
  const before = await hands.inAffinity(id, 'Amount');
  const text = (await stage.cell(await stage.at(row, 'Amount'))).edit;
  await stage.type(await stage.at(row, 'Amount'), 'about a million');
  await stage.saved();
  await hands.openReview();
  const reason = hands.review.getByRole('row').filter({ hasText: 'about a million' });
  expect(await reason.textContent()).toMatch(/Can’t be sent\. .+/);
  expect(await hands.axe('refusal', '#dialog-frame')).toEqual([]);
  await hands.closeReview();
  expect(await hands.inAffinity(id, 'Amount')).toEqual(before);
  await stage.type(await stage.at(row, 'Amount'), text);
  await stage.saved();
});

test('an emptied cell stays in Affinity until its box is ticked', async () => {
  const [row = 0] = await stage.filledRows('Amount');
  const id = await stage.idOfRow(row);
  await stage.goTo(await stage.at(row, 'Amount'));
  await stage.page.keyboard.press('Delete');
  await stage.saved();
  await hands.openReview();
  await hands.review.getByRole('table', { name: 'Emptied cells' }).getByText('Not sent').waitFor();
  expect(await hands.axe('emptied', '#dialog-frame')).toEqual([]);
  await hands.review.getByRole('checkbox', { name: 'Also clear 1 emptied cell in Affinity' }).check();
  await send(/^Send 1 edit$/);
  await hands.closeReview();
  expect(await hands.inAffinity(id, 'Amount')).toEqual([]);
});

test('a cell typed while a refresh is going stands at its end and waits as an edit', async () => {
  const [typed = 0, changed = 0] = await stage.filledRows('Probability');
  const [typedId, changedId] = [await stage.idOfRow(typed), await stage.idOfRow(changed)];
  await hands.colleagueSets(changedId, 'Probability', 77);
  await stage.slow(300);
  await hands.card('Deal Pipeline').getByRole('button', { name: 'Refresh', exact: true }).click();
  await hands.frame.getByRole('progressbar', { name: 'Refresh of Deal Pipeline' }).waitFor();
  await stage.running();
  await stage.type(await stage.at(typedId, 'Probability'), '33');
  await stage.saved();
  expect(await stage.isRunning()).toBe(true);
  expect(await hands.axe('refreshing')).toEqual([]);
  await hands.ended();
  await hands.control('clearFaults');
  expect((await stage.cell(await stage.at(typedId, 'Probability'))).text).toBe('33');
  expect((await stage.cell(await stage.at(changedId, 'Probability'))).text).toBe('77');
  await hands.card('Deal Pipeline').getByRole('button', { name: 'Count edits' }).click();
  await hands.card('Deal Pipeline').getByText('1 to send').waitFor();
  expect(await hands.axe('counted')).toEqual([]);
});

test('what the last refresh brought is listed in the sidebar: the row, the column, before and now, by whom', async () => {
  const card = hands.card('Deal Pipeline');
  const show = async () => {
    await hands.button('More for Deal Pipeline').click();
    await hands.button('Show what changed').click();
  };
  await show();
  await card.getByText(/^Nothing is noted yet\. Show the tab/).waitFor();
  await hands.button('Show the tab').click();
  await stage.page.getByRole('tab', { name: 'What changed', selected: true }).waitFor();
  await hands.button('Hide').first().click();
  await stage.showTab('Deal Pipeline');

  const [row = 0] = await stage.filledRows('Amount');
  const before = (await stage.cell(await stage.at(row, 'Amount'))).text;
  await hands.colleagueSets(await stage.idOfRow(row), 'Amount', 4_711);
  await hands.refresh();
  await show();
  const listed = card.getByRole('region', { name: 'What changed in Deal Pipeline' });
  await listed.getByText(/^The refresh of .* brought 1 change:$/).waitFor();
  expect(await listed.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(new RegExp(`, Amount: ${before} → 4711\\s+Tomás Ferreira \\d{4}-`)),
  ]);
  expect(await hands.axe('what changed')).toEqual([]);
  expect(await hands.overflow()).toBe(0);
  await listed.getByRole('button', { name: 'Hide' }).click();
  await listed.waitFor({ state: 'detached' });
});
