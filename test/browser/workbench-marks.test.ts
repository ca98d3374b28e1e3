/** What an analyst sees of marks: the colours of an open and of a refused edit in the grid. */
import { Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ entries: 8 });
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
