/** What an analyst sees of edits that wait, and of a refresh that asks first: colours in the grid, a question in the sidebar. */
import { SidebarHands } from './sidebar-hands';
import { Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ entries: 40 });
});
afterAll(async () => {
  await stage?.close();
});

/** Background of the cell that shows this text, as the browser paints it. */
const painted = (text: string): Promise<string> =>
  stage.page
    .locator('.cell')
    .getByText(text, { exact: true })
    .evaluate((cell) => getComputedStyle(cell).backgroundColor);

test('edits are painted after a refresh', async () => {
  await stage.connect();
  await stage.importList();
  const rows = await stage.rows();
  const column = rows[0]?.findIndex(({ text }) => text === 'Amount') ?? -1;
  const [open = 0, refused = 0] = rows.flatMap((row, index) =>
    index > 0 && row[column]?.text !== '' ? [index + 1] : [],
  );
  await stage.type(await stage.at(open, 'Amount'), '4321');
  await stage.type(await stage.at(refused, 'Amount'), 'much');
  await stage.chooseMenu('Refresh from Affinity');
  await stage.answer('OK');
  await stage.idle();
  await stage.goTo('B1');
  expect(await painted('4321')).toBe('rgb(255, 242, 204)');
  expect(await painted('much')).toBe('rgb(252, 229, 205)');
});

test('a refresh that finds most rows gone asks in the sidebar, and goes on when somebody agrees', async () => {
  const gone = (await stage.rows('Deal Pipeline')).slice(1, 26).map(([id]) => id?.text ?? '');
  for (const id of gone) await stage.affinity('DELETE', `/lists/4974/list-entries/${id}`);
  const hands = new SidebarHands(stage);
  await hands.open();
  const card = hands.card('Deal Pipeline');
  await card.getByRole('button', { name: 'Refresh', exact: true }).click();
  await hands.ended();
  await card
    .getByText(/no longer lists 25 of the 40 rows known here/)
    .first()
    .waitFor();
  expect(await hands.axe('a refresh that asks')).toEqual([]);
  const statuses = async () =>
    (await stage.rows('Deal Pipeline')).filter((row) => row.some(({ text }) => text.startsWith('No longer')));
  expect(await statuses()).toHaveLength(0);
  await card.getByRole('button', { name: 'Bring it in all the same' }).click();
  await card
    .getByText(/marked in the status column/)
    .first()
    .waitFor();
  await hands.ended();
  expect(await statuses()).toHaveLength(25);
  expect(await card.getByRole('button', { name: 'Bring it in all the same' }).count()).toBe(0);
});
