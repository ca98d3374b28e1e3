/** States of the sidebar that nobody comes to on a good day: still loading, no list, no connection to Google, a tab that is gone. */
import { onStage, type SidebarHands } from './sidebar-hands';
import type { Stage } from './stage';

let stage: Stage;
let hands: SidebarHands;
onStage({ entries: 8 }, async (opened) => {
  hands = opened;
  stage = hands.stage;
  await hands.connectAndImport('Companies');
});

/** A state is fine when axe finds nothing and nothing is wider than the frame. */
const isFine = async (state: string): Promise<void> => {
  expect(await hands.axe(state)).toEqual([]);
  expect([state, await hands.overflow()]).toEqual([state, 0]);
};

test('lists that take long are announced as loading', async () => {
  await stage.slow(2500);
  await hands.section('New import').click();
  await hands.frame.getByRole('status').getByText('Loading your lists…').waitFor();
  await isFine('loading lists');
  await hands.frame.getByRole('combobox', { name: 'List' }).waitFor();
});

test('when Affinity fails, the screen says so and a button tries again', async () => {
  await hands.section('Imports').click();
  await hands.control('addFault', { kind: 'month-limit', times: 'always' });
  await hands.section('New import').click();
  await hands.frame.getByRole('alert').waitFor();
  expect(await hands.frame.getByRole('alert').textContent()).toMatch(/month/);
  await isFine('lists failed');
  await hands.control('clearFaults');
  await hands.button('Try again').click();
  await hands.frame.getByRole('combobox', { name: 'List' }).waitFor();
});

test('when Google cannot be reached, no raw error is shown and nothing is lost', async () => {
  await hands.section('Imports').click();
  await stage.page.route('**/run', (route) => route.abort());
  await hands.card('Companies').getByRole('button', { name: 'Refresh', exact: true }).click();
  await hands.frame
    .getByText(/The connection to Google broke off/)
    .first()
    .waitFor();
  await isFine('Google unreachable');
  await stage.page.unroute('**/run');
  // Chromium notes the broken requests in its console, as it should.
  for (const fault of stage.takeFaults()) expect(fault).toMatch(/Failed to load resource/);
  await hands.button('Try again').first().click();
  await hands
    .card('Companies')
    .getByText(/Data as of just now/)
    .waitFor();
  await stage.idle();
});

test('with several Google accounts in the browser, the sidebar says that this is why nothing works, and what to do', async () => {
  await stage.page.getByRole('tab', { name: 'Troubles' }).click();
  await stage.page.getByRole('button', { name: /^Several accounts/ }).click();
  // Opened in this state: the menu still works, but no call of the page is carried out.
  await stage.page.getByRole('button', { name: 'Close the sidebar' }).click();
  await stage.chooseMenu('Open sidebar');
  const alert = hands.frame.getByRole('alert');
  await alert.getByText(/signed in to several Google accounts/).waitFor();
  expect(await alert.textContent()).not.toMatch(/PERMISSION_DENIED|ScriptError|storage/);
  await isFine('several accounts');
  await stage.page.getByRole('button', { name: /^All well again/ }).click();
  await stage.page.getByText('nothing is wrong now').waitFor();
  await hands.button('Try again').click();
  await hands.card('Companies').waitFor();
});

test('data older than a day is called old on its card', async () => {
  const now = Date.now();
  await stage.page.clock.setSystemTime(now + 26 * 3_600_000);
  await hands.open();
  await hands
    .card('Companies')
    .getByText(/Data as of 1 day ago .*Older than a day: refresh before you rely on it\./)
    .waitFor();
  await isFine('old data');
  await stage.page.clock.setSystemTime(now);
  await hands.open();
  await hands
    .card('Companies')
    .getByText(/Data as of (just now|\d minutes? ago)/)
    .waitFor();
});

test('Escape closes the review, but not while it sends', async () => {
  await hands.openReview('Companies');
  await hands.review.getByRole('button', { name: 'Close', exact: true }).press('Escape');
  await stage.page.locator('#dialog-frame').waitFor({ state: 'detached' });
});

test('the review says that it compares until Affinity has answered, and a fault of Affinity is told in it', async () => {
  await stage.type(await stage.at(3, 'Next Step'), 'Call on Monday');
  await stage.saved();
  await stage.slow(500);
  await hands.card('Companies').getByRole('button', { name: 'Review edits' }).click();
  await hands.review.getByText('Comparing your edits with Affinity…').waitFor();
  expect(await hands.axe('comparing', '#dialog-frame')).toEqual([]);
  const send = hands.review.getByRole('button', { name: 'Send 1 edit' });
  await send.waitFor();
  await send.click();
  await hands.review.getByRole('button', { name: 'Sending…' }).press('Escape');
  expect(await stage.page.locator('#dialog-frame').isVisible()).toBe(true);
  await hands.review.getByText(/Affinity took 1 cell/).waitFor();
  await hands.closeReview();
  await stage.type(await stage.at(3, 'Next Step'), 'Call on Tuesday');
  await stage.saved();
  await hands.control('clearFaults');
  await hands.openReview('Companies');
  await send.waitFor();
  await hands.control('addFault', { kind: 'month-limit', times: 'always' });
  await send.click();
  await hands.review.getByText(/month/).first().waitFor();
  expect(await hands.axe('sending failed', '#dialog-frame')).toEqual([]);
  await hands.closeReview();
});

test('a tab that was deleted is named on its card, with the way on', async () => {
  await stage.page.getByRole('tab', { name: 'Companies', exact: true }).click({ button: 'right' });
  await stage.page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await stage.page.getByRole('tab', { name: 'Companies', exact: true }).waitFor({ state: 'detached' });
  await stage.page.getByRole('button', { name: 'Close the sidebar' }).click();
  await hands.open();
  const card = hands.card('Companies');
  await card.getByText(/The tab of this import was deleted/).waitFor();
  expect(await card.getByRole('button', { name: /Refresh|Review edits|Show tab/ }).count()).toBe(0);
  await isFine('tab deleted');
  await card.getByRole('button', { name: 'More for Companies' }).click();
  await card.getByRole('button', { name: 'Forget this import' }).click();
  await card.getByRole('button', { name: 'Forget', exact: true }).click();
  await card.waitFor({ state: 'detached' });
  await hands.frame.getByText('This file has no import yet.', { exact: false }).waitFor();
  await isFine('no import');
});

test('a key that can see no list is told what to do', async () => {
  const lists = (await stage.affinity('GET', '/lists')) as { id: number }[]; // as documented
  for (const { id } of lists) await hands.control('removeList', id);
  await hands.section('New import').click();
  await hands.frame.getByText(/Your key can see no list\./).waitFor();
  await isFine('no list');
});
