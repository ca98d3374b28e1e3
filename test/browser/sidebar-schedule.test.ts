/** Schedules in the sidebar: set, read, changed and removed by the person who owns them. */
import { onStage, type SidebarHands } from './sidebar-hands';
import type { Stage } from './stage';

let stage: Stage;
let hands: SidebarHands;
onStage({ entries: 8 }, async (opened) => {
  hands = opened;
  stage = hands.stage;
  await hands.connectAndImport('Companies');
});

const card = () => hands.card('Companies');

const isFine = async (state: string): Promise<void> => {
  expect(await hands.axe(state)).toEqual([]);
  expect([state, await hands.overflow()]).toEqual([state, 0]);
};

test('a person sets a schedule, and reads when it runs and whose it is', async () => {
  await hands.button('More for Companies').click();
  await hands.button('Refresh on a schedule').click();
  await isFine('schedule form');
  await hands.frame.getByLabel('Refresh by itself').selectOption('Every so many hours');
  await hands.frame.getByLabel('How often').selectOption('every 2 hours');
  await hands.button('Save schedule').click();
  await card()
    .getByText(/Refreshes every 2 hours, yours · next about /)
    .waitFor();
  await isFine('scheduled');
  await stage.page.getByRole('tab', { name: 'Sync status' }).waitFor();
});

test('it is changed with the keyboard alone, and removed', async () => {
  await hands.button('Change schedule').focus();
  await stage.page.keyboard.press('Enter');
  await hands.frame.getByLabel('Refresh by itself').selectOption('On weekdays');
  await hands.frame.getByRole('combobox', { name: /^At \(/ }).selectOption('08:00');
  await hands.button('Save schedule').press('Enter');
  await card()
    .getByText(/Refreshes on weekdays at 08:00, yours/)
    .waitFor();
  await hands.button('Change schedule').click();
  await hands.button('Remove').click();
  await card().getByText('Nothing runs by itself for this import.').waitFor();
  expect(
    await card()
      .getByText(/Refreshes/)
      .count(),
  ).toBe(0);
});
