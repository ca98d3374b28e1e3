/** The pictures of the user guide: each task is done in the workbench, as the guide tells it, and its picture is taken on the way. */
import fs from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Stage } from '../../test/browser/stage';
import { entriesOf, FIELDS, LIST, setInAffinity, tidy } from './deals';

const KEY = 'northlight-admin-key';
const COLLEAGUE = 'northlight-colleague-key';
const SIZE = { width: 1100, height: 700 };
/** White space below what a clipped picture is about. */
const MARGIN = 16;
/** Width of the grid's row numbers. */
const HEAD = 46;

class Album {
  readonly #stage: Stage;
  readonly #folder: string;

  constructor(stage: Stage, folder: string) {
    this.#stage = stage;
    this.#folder = folder;
    fs.mkdirSync(folder, { recursive: true });
  }

  #file(name: string): string {
    return path.join(this.#folder, `${name}.png`);
  }

  /** The whole page, or its upper part. */
  async page(name: string, height = SIZE.height): Promise<void> {
    await this.#stage.page.screenshot({ path: this.#file(name), clip: { x: 0, y: 0, width: SIZE.width, height } });
  }

  /** The sidebar down to the end of what it shows, or to the end of an element in it. */
  async sidebar(name: string, last?: Locator): Promise<void> {
    const box = await this.#stage.page.locator('.sidebar').boundingBox();
    const end = await (last ?? this.#stage.sidebar().locator('main > :last-child')).boundingBox();
    if (!box || !end) throw new Error(`nothing to show on ${name}`);
    const height = Math.min(box.height, end.y + end.height + MARGIN - box.y);
    await this.#stage.page.screenshot({ path: this.#file(name), clip: { ...box, height } });
  }

  async element(name: string, what: Locator): Promise<void> {
    const box = await what.boundingBox();
    if (!box) throw new Error(`nothing to show on ${name}`);
    const [x, y] = [Math.ceil(box.x), Math.ceil(box.y)];
    const clip = { x, y, width: Math.floor(box.x + box.width) - x, height: Math.floor(box.y + box.height) - y };
    await this.#stage.page.screenshot({ path: this.#file(name), clip });
  }
}

/** Makes a column wider by dragging its header's edge. */
const widen = async (stage: Stage, x: number, by: number): Promise<void> => {
  const canvas = await stage.page.locator('main.file').boundingBox();
  const y = (canvas?.y ?? 0) + 12;
  await stage.page.mouse.move(x, y);
  await stage.page.mouse.down();
  await stage.page.mouse.move(x + by, y, { steps: 4 });
  await stage.page.mouse.up();
  await stage.saved();
};

/** Waits until the sidebar waits for nobody. */
const settled = async (stage: Stage): Promise<void> => {
  await stage.idle();
  await stage.sidebar().locator('.waiting').waitFor({ state: 'hidden' });
};

const connect = async (stage: Stage, album: Album): Promise<void> => {
  const { page } = stage;
  await page.getByRole('menuitem', { name: 'Extensions' }).click();
  await page.getByRole('menuitem', { name: 'List Sync for Affinity' }).click();
  await album.page('menu', 400);
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
  await page.mouse.move(grid.x + HEAD + 100 + 60, grid.y + 34);
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
  // Two columns further on, so that there is room to the right of the column that becomes wide.
  await stage.goTo('K5');
  await widen(stage, SIZE.width - 1 - 200, 230);
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
  await stage.sidebar().getByRole('button', { name: 'Refresh', exact: true }).click();
  await refreshed(stage);
  await stage.goTo('E8:E10');
  await album.page('refresh', 560);
  await hideResult(stage);
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

/** Does every task of the guide and writes its pictures to a folder. */
export const takePictures = async (folder: string): Promise<void> => {
  const stage = await Stage.open({ entries: 60, viewport: SIZE });
  try {
    const album = new Album(stage, folder);
    await tidy(stage);
    await stage.page.getByRole('button', { name: 'Close the other side' }).click();
    await connect(stage, album);
    await importList(stage, album);
    await hideResult(stage);
    await widen(stage, HEAD + 200, 80);
    await widen(stage, HEAD + 280 + 100, 30);
    await widen(stage, HEAD + 280 + 130 + 100, 70);
    await stage.goTo('D5');
    await album.page('overview');
    await table(stage, album);
    await edit(stage, album);
    await review(stage, album);
    await status(stage, album);
    await undo(stage, album);
    await refresh(stage, album);
    await ownColumn(stage, album);
    await settings(stage, album);
  } catch (fault) {
    await stage.page.screenshot({ path: 'build/docs-failed.png' });
    throw fault;
  } finally {
    await stage.close();
  }
};
