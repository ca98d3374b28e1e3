/** The pictures of the user guide: each task is done in the workbench, as the guide tells it, and its picture is taken on the way. */
import type { Stage } from '../../test/browser/stage';
import { type Album, fillAlbum, SIZE } from './album';
import { edgeOf, widen } from './columns';
import { entriesOf, FIELDS, LIST, setInAffinity } from './deals';

const KEY = 'northlight-admin-key';
const COLLEAGUE = 'northlight-colleague-key';

/** Waits until the sidebar waits for nobody. */
const settled = async (stage: Stage): Promise<void> => {
  await stage.idle();
  await stage.sidebar().locator('.waiting').waitFor({ state: 'hidden' });
};

const connect = async (stage: Stage, album: Album): Promise<void> => {
  const { page } = stage;
  await page.getByRole('menuitem', { name: 'Extensions' }).click();
  await page.getByRole('menuitem', { name: 'List Sync for Affinity' }).click();
  await album.page('menu', 530);
  await page.getByRole('menuitem', { name: 'Open sidebar', exact: true }).click();
  const sidebar = stage.sidebar();
  await sidebar.getByLabel('Affinity API key').waitFor();
  await sidebar.getByLabel('Affinity API key').fill('a-key-that-was-revoked');
  await sidebar.getByRole('button', { name: 'Connect', exact: true }).last().click();
  await sidebar.getByRole('alert').waitFor();
  await settled(stage);
  await album.sidebar('trouble');
  await sidebar.getByLabel('Affinity API key').fill(KEY);
  await album.sidebar('connect');
  await sidebar
    .getByRole('button', { name: /^(Connect|Try again)$/ })
    .last()
    .click();
};

const importList = async (stage: Stage, album: Album): Promise<void> => {
  const sidebar = stage.sidebar();
  await sidebar.getByRole('combobox', { name: 'List' }).waitFor();
  await settled(stage);
  await album.sidebar('import-list', sidebar.getByRole('listbox'));
  await sidebar.getByRole('option', { name: LIST }).click();
  await sidebar.getByLabel('Tab name').waitFor();
  for (const none of await sidebar.getByRole('button', { name: /^None: / }).all()) await none.click();
  for (const field of FIELDS) await sidebar.getByRole('checkbox', { name: field, exact: true }).check();
  await settled(stage);
  await stage.page.setViewportSize({ width: SIZE.width, height: 860 });
  await sidebar.locator('.stepBody').evaluate((body) => body.scrollTo(0, 0));
  await album.sidebar('import-fields', sidebar.locator('.footer'));
  await stage.page.setViewportSize(SIZE);
  await sidebar.getByRole('button', { name: 'Import', exact: true }).click();
  await refreshed(stage);
};

/** Waits for the result of a refresh. */
const refreshed = async (stage: Stage): Promise<void> => {
  await stage.sidebar().locator('.result').getByText('Refreshed: ').waitFor();
  await settled(stage);
};
const hideResult = (stage: Stage): Promise<void> =>
  stage
    .sidebar()
    .getByRole('button', { name: /^Hide the result/ })
    .click();

/** The table by itself, with the note of a locked column. */
const table = async (stage: Stage, album: Album): Promise<void> => {
  const { page } = stage;
  await page.getByRole('button', { name: 'Close the sidebar' }).click();
  await stage.goTo('A1');
  const grid = await page.locator('main.file').boundingBox();
  if (!grid) throw new Error('no grid');
  await page.mouse.move((await edgeOf(stage, 'A')) + 60, grid.y + 34);
  await page.locator('.note').waitFor();
  await album.page('table', 480);
  await page.mouse.move(grid.x + 20, grid.y + 300);
};

/** Edits of each kind: two to send, a conflict, a refusal, an emptied cell. In rows next to each other, so that one picture shows them. */
const edit = async (stage: Stage, album: Album): Promise<void> => {
  const { page } = stage;
  await stage.type('E2', '1750000');
  await stage.type('G3', '2027-03-01');
  await stage.type('H3', 'Send the term sheet');
  await stage.type('E4', '4000000');
  await stage.type('E5', 'about 9m');
  await stage.goTo('H6');
  await page.keyboard.press('Delete');
  await stage.saved();
  await stage.goTo('C5');
  await page.keyboard.press('Enter');
  await page.locator('.choices').waitFor();
  await album.page('edit', 480);
  await page.keyboard.press('Escape');
  const [, , third] = await entriesOf(stage);
  if (third) await setInAffinity(stage, third, await stage.fieldId('Amount'), 4_250_000, COLLEAGUE);
};

const review = async (stage: Stage, album: Album): Promise<void> => {
  const { page } = stage;
  await stage.chooseMenu('Open sidebar');
  await stage.sidebar().getByRole('button', { name: 'Count edits' }).click();
  await stage.sidebar().getByText('Counted ').waitFor();
  await settled(stage);
  await album.sidebar('edits');
  await stage.sidebar().getByRole('button', { name: 'Review edits' }).click();
  const dialog = stage.pageDialog();
  await dialog.getByRole('table', { name: 'Emptied cells' }).waitFor();
  await album.element('review', page.locator('.page-dialog'));
  await dialog.getByRole('radio', { name: 'Send mine' }).check();
  await dialog.getByRole('button', { name: /^Send \d/ }).click();
  await dialog.getByText('Affinity took ').waitFor();
  await dialog.getByRole('button', { name: 'Sending…' }).waitFor({ state: 'hidden' });
  await stage.idle();
  await album.element('push', page.locator('.page-dialog'));
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
};

/** What a push could not send stands in the status column. */
const status = async (stage: Stage, album: Album): Promise<void> => {
  await stage.page.getByRole('button', { name: 'Close the sidebar' }).click();
  await widen(stage, 'I', 100);
  await stage.goTo('I5');
  await album.page('status', 400);
  await stage.type('E5', '9000000');
  await stage.type('H6', 'Send the term sheet');
  await stage.goTo('A1');
};

const refresh = async (stage: Stage, album: Album): Promise<void> => {
  const entries = await entriesOf(stage);
  const amount = await stage.fieldId('Amount');
  for (const entry of entries.slice(6, 9)) await setInAffinity(stage, entry, amount, 5_000_000, COLLEAGUE);
  await stage.chooseMenu('Open sidebar');
  // The tab fills from the refresh on that follows.
  await moreOfImport(stage, 'Show what changed');
  await stage.sidebar().getByRole('button', { name: 'Show the tab' }).click();
  await stage.idle();
  await stage.sidebar().getByRole('button', { name: 'Hide', exact: true }).click();
  await stage.showTab(LIST);
  await stage.sidebar().getByRole('button', { name: 'Refresh', exact: true }).click();
  await refreshed(stage);
  await stage.goTo('E8:E10');
  await album.page('refresh', 560);
  await hideResult(stage);
};

const moreOfImport = async (stage: Stage, what: string): Promise<void> => {
  const sidebar = stage.sidebar();
  const more = sidebar.getByRole('button', { name: `More for ${LIST}` });
  await more.click();
  await sidebar.getByRole('button', { name: what }).click();
  await stage.idle();
  await settled(stage);
  if ((await more.getAttribute('aria-expanded')) === 'true') await more.click();
};

/** The tabs that tell what happened: what was sent, what refreshes brought, how each import stands. */
const records = async (stage: Stage, album: Album): Promise<void> => {
  await stage.showTab('What changed');
  await stage.goTo('A1');
  await album.page('changes', 340);
  await stage.chooseMenu('Show what was sent');
  await stage.idle();
  await album.page('sent', 400);
  await stage.showTab(LIST);
  await stage.chooseMenu('Open sidebar');
  await moreOfImport(stage, 'Refresh on a schedule');
  await stage.sidebar().getByRole('button', { name: 'Save schedule' }).click();
  await stage.page.getByRole('tab', { name: 'Sync status' }).waitFor();
  await stage.idle();
  await stage.page.getByRole('button', { name: 'Close the sidebar' }).click();
  await stage.showTab('Sync status');
  await album.page('sync-status', 300);
  await stage.showTab(LIST);
};

/** Notes, reminders and interactions for the selected rows. */
const activity = async (stage: Stage, album: Album): Promise<void> => {
  await stage.goTo('B2:B4');
  await stage.chooseMenu('Open sidebar');
  await stage.sidebar().getByRole('button', { name: 'Notes, reminders, interactions' }).click();
  const dialog = stage.pageDialog();
  await dialog
    .getByLabel('Note', { exact: true })
    .fill('Partner meeting moved to Thursday; they will send the cohort data before.');
  await stage.idle();
  await album.element('write-note', stage.page.locator('.page-dialog'));
  await dialog.getByRole('button', { name: 'Show as a table' }).click();
  await dialog.getByLabel('Interactions', { exact: true }).check();
  await album.element('show-activity', stage.page.locator('.page-dialog'));
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await stage.page.getByRole('button', { name: 'Close the sidebar' }).click();
};

/** A column of the analyst's own in the midst of the table, which a refresh and a sort leave in its row. */
const ownColumn = async (stage: Stage, album: Album): Promise<void> => {
  const { page } = stage;
  await stage.goTo('F1');
  await page.getByRole('menuitem', { name: 'Insert', exact: true }).click();
  await page.getByRole('menuitem', { name: /column.* left/i }).click();
  await stage.saved();
  await stage.type('F1', 'Our share');
  for (let row = 2; row <= 15; row++) await stage.type(`F${row}`, `=E${row}*0.2`);
  await stage.chooseMenu('Open sidebar');
  await stage.sidebar().getByRole('button', { name: 'Refresh', exact: true }).click();
  await refreshed(stage);
  await page.getByRole('button', { name: 'Close the sidebar' }).click();
  await stage.goTo('A1');
  await stage.goTo('F3');
  await album.page('untouched', 400);
};

const undo = async (stage: Stage, album: Album): Promise<void> => {
  await stage.chooseMenu('Open sidebar');
  await stage
    .sidebar()
    .getByRole('button', { name: /^More for/ })
    .click();
  await stage.sidebar().getByRole('button', { name: 'Undo a push' }).click();
  const dialog = stage.pageDialog();
  await dialog
    .getByRole('button', { name: /^Look at it/ })
    .first()
    .click();
  await dialog.getByRole('button', { name: /^Take back/ }).waitFor();
  await stage.idle();
  await settled(stage);
  await album.element('undo', stage.page.locator('.page-dialog'));
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
};

const settings = async (stage: Stage, album: Album): Promise<void> => {
  await stage.chooseMenu('Open sidebar');
  const sidebar = stage.sidebar();
  // A fresh minute, so that the calls left in it do not depend on the time that all this took.
  await stage.workbench.later(61_000);
  await sidebar.getByRole('button', { name: 'Settings', exact: true }).click();
  await sidebar.getByLabel('Calls a month to leave for other programs').fill('5000');
  await sidebar.getByText('This month').waitFor();
  await settled(stage);
  await album.sidebar('settings');
  await sidebar.getByRole('button', { name: 'Imports', exact: true }).click();
  await sidebar.getByRole('button', { name: `More for ${LIST}` }).click();
  await sidebar.getByRole('button', { name: 'Forget this import' }).click();
  await album.sidebar('forget');
  await sidebar.getByRole('button', { name: 'Keep' }).click();
};

/** Does every task of the guide and writes its pictures to a folder; gives the names of those that look different now. */
export const takePictures = (folder: string): Promise<readonly string[]> =>
  fillAlbum(folder, async (stage, album) => {
    await connect(stage, album);
    await importList(stage, album);
    await hideResult(stage);
    await stage.goTo('D5');
    await album.page('overview');
    await table(stage, album);
    await edit(stage, album);
    await review(stage, album);
    await status(stage, album);
    await undo(stage, album);
    await refresh(stage, album);
    await activity(stage, album);
    await ownColumn(stage, album);
    await records(stage, album);
    await settings(stage, album);
  });
