/** The first minutes of an analyst with the sidebar: a wrong key, the right one, a list, its table; settings, help and forgetting. */
import { countClicks, KEY, onStage, type SidebarHands } from './sidebar-hands';
import type { Stage } from './stage';

let stage: Stage;
let hands: SidebarHands;
onStage({ entries: 30 }, async (opened) => {
  hands = opened;
  stage = hands.stage;
  await hands.open();
});

test('without a key the sidebar asks for one and offers nothing that needs it', async () => {
  expect(await hands.frame.getByRole('navigation').getByRole('button').allInnerTexts()).toEqual(['Connect', 'Help']);
  await hands.frame.locator('form').getByRole('button', { name: 'Connect' }).click();
  await hands.frame.getByRole('alert').getByText('Paste your Affinity API key first.').waitFor();
  expect(await hands.axe('no key')).toEqual([]);
  expect(await hands.overflow()).toBe(0);
});

test('a wrong key is refused in a sentence beside the field, which keeps the cursor', async () => {
  await hands.connect('not-the-key');
  const field = hands.frame.getByLabel('Affinity API key');
  await hands.frame.getByRole('alert').getByText(/key/).waitFor();
  expect(await hands.frame.getByRole('alert').textContent()).not.toMatch(/undefined|Error|401|not-the-key/);
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await hands.axe('wrong key')).toEqual([]);
});

test('from the entered key to the first imported table it takes at most four clicks', async () => {
  await hands.frame.getByLabel('Affinity API key').fill(KEY);
  const clicks = await countClicks(hands);
  await hands.frame.locator('form').getByRole('button', { name: 'Connect' }).click();
  await hands.frame.getByText('Connected to Northlight Ventures as Maya Lindqvist.').waitFor();
  expect(await hands.axe('lists')).toEqual([]);
  await hands.pick('Deal Pipeline');
  await hands.button('Import').waitFor();
  expect(await hands.axe('fields')).toEqual([]);
  expect(await hands.overflow()).toBe(0);
  await hands.frame.getByText('Takes about 33 calls, less than a minute.').waitFor();
  await hands.button('Import').click();
  await hands.ended();
  expect(await stage.rows('Deal Pipeline')).toHaveLength(31);
  const taken = await clicks();
  console.log(`From the entered key to the first table: ${taken} clicks`);
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThanOrEqual(4);
  expect(await stage.page.getByRole('tab', { name: 'Deal Pipeline' }).getAttribute('aria-selected')).toBe('true');
});

test("the import's card says how old the data is, how many rows there are and that the tab is in front", async () => {
  const card = hands.card('Deal Pipeline');
  await card.getByText(/Data as of just now/).waitFor();
  await card.getByText(/30 rows · you are here/).waitFor();
  expect(await hands.axe('import card')).toEqual([]);
});

test('a second import takes the fields that are chosen, on the tab that is named', async () => {
  await hands.section('New import').click();
  await hands.frame.getByRole('combobox', { name: 'List' }).fill('compan');
  await hands.pick('Companies');
  await hands.frame.getByLabel('Tab name').fill('Our companies');
  for (const group of ['List fields', 'Global fields']) await hands.button(`None: ${group}`).click();
  await hands.frame.getByLabel('Search fields').fill('check');
  await hands.frame.getByRole('checkbox', { name: 'Check Size' }).check();
  await hands.frame.getByLabel('Search fields').fill('');
  await hands.button('Order').click();
  expect(await hands.axe('order of fields')).toEqual([]);
  await hands.button('Import').click();
  await hands.ended('Companies');
  const [headers = []] = await stage.rows('Our companies');
  const names = headers.map(({ text }) => text);
  expect(names).toContain('Check Size');
  expect(names).not.toContain('Last Review');
});

test('the settings show the quota, keep what is saved, and refuse what is no number', async () => {
  await hands.section('Settings').click();
  await hands.frame.getByText(/left$/).first().waitFor();
  const floor = hands.frame.getByLabel('Calls a month to leave for other programs');
  await floor.fill('-3');
  await hands.button('Save').click();
  await hands.frame.getByRole('alert').getByText('Enter a whole number, 0 or more.').waitFor();
  expect(await hands.axe('settings with a fault')).toEqual([]);
  await floor.fill('250');
  await hands.button('Save').click();
  await hands.frame.getByText(/^✓?Saved$/).waitFor();
  await hands.section('Help').click();
  expect(await hands.axe('help')).toEqual([]);
  await hands.section('Settings').click();
  expect(await floor.inputValue()).toBe('250');
});

test('forgetting an import asks first, leaves its tab as it is, and the card goes', async () => {
  await hands.section('Imports').click();
  const before = await stage.rows('Our companies');
  await hands.button('More for Companies').click();
  await hands.button('Forget this import').click();
  expect(await hands.axe('question')).toEqual([]);
  await hands.button('Keep').click();
  await hands.button('Forget this import').click();
  await hands.button('Forget').click();
  await hands.card('Companies').waitFor({ state: 'detached' });
  expect(await stage.rows('Our companies')).toEqual(before);
});

test('disconnecting takes the key away and leaves the imports and their tabs', async () => {
  await hands.section('Settings').click();
  await hands.button('Disconnect…').click();
  await hands.button('Disconnect').click();
  await hands.frame.getByLabel('Affinity API key').waitFor();
  await hands.card('Deal Pipeline').waitFor();
  expect(await hands.card('Deal Pipeline').getByRole('button', { name: 'Refresh' }).count()).toBe(0);
  expect(await stage.rows('Deal Pipeline')).toHaveLength(31);
  expect(await hands.axe('disconnected')).toEqual([]);
});
