/** Every task of the sidebar once by keyboard alone: the mouse is never touched, and no element is clicked or filled by the test's hand. */
import type { Locator } from 'playwright-core';
import { KEY, SidebarHands } from './sidebar-hands';
import { Stage } from './stage';

/** Most presses of Tab from one place of a page to another. */
const MOST_TABS = 80;

let stage: Stage;
let hands: SidebarHands;
/** How often a mouse was pressed in any frame. */
let mice = 0;
beforeAll(async () => {
  stage = await Stage.open({ entries: 12 });
  hands = new SidebarHands(stage);
  await stage.page.exposeFunction('noteMouse', () => {
    mice += 1;
  });
  const listen = (): void => {
    const { noteMouse } = window as unknown as { noteMouse(): void }; // exposed above
    for (const kind of ['mousedown', 'touchstart']) window.addEventListener(kind, () => noteMouse(), true);
  };
  await stage.page.addInitScript(listen); // for the add-on's pages, which are yet to come
  await stage.page.evaluate(listen);
});
afterAll(async () => {
  await stage?.close();
});
afterEach(async () => {
  expect(mice).toBe(0);
  await hands.tidy();
});

const press = async (...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await stage.page.keyboard.press(key);
};
const hasFocus = async (target: Locator): Promise<boolean> =>
  (await target.count()) === 1 &&
  (await target.evaluate((one) => document.hasFocus() && one === document.activeElement));
/** Presses a key until the target has the focus; Tab turns round at the end of the target's page. @throws Error when it never comes there */
const reach = async (target: Locator, key = 'Tab', most = MOST_TABS): Promise<void> => {
  await target.waitFor();
  let next = key;
  for (let presses = 0; presses < most; presses++) {
    if (await hasFocus(target)) return;
    await press(next);
    if (key !== 'Tab' || (await target.evaluate(() => document.hasFocus()))) continue;
    next = next === 'Tab' ? 'Shift+Tab' : 'Tab';
    await press(next);
  }
  throw new Error(`${target} cannot be reached by ${key}`);
};
const use = async (target: Locator, key = 'Enter'): Promise<void> => {
  await reach(target);
  await press(key);
};
const reviewClosed = (): Promise<void> => stage.page.locator('#dialog-frame').waitFor({ state: 'detached' });
const inFrame = (name: string | RegExp): Locator => hands.button(name);
const inReview = (name: string | RegExp): Locator =>
  hands.review.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
const menu = async (...captions: readonly string[]): Promise<void> => {
  await reach(stage.page.getByRole('menuitem', { name: 'Edit', exact: true }), 'F6', 8);
  await reach(stage.page.getByRole('menuitem', { name: 'Extensions', exact: true }), 'ArrowRight');
  await press('ArrowDown');
  await reach(stage.page.getByRole('menuitem', { name: 'List Sync for Affinity' }), 'ArrowDown');
  await press('ArrowRight');
  for (const caption of captions) {
    await reach(stage.page.getByRole('menuitem', { name: caption, exact: true }), 'ArrowDown');
    await press('Enter');
  }
};
/** Types over the cell of the first row under this header, going there by arrows. */
const typeIn = async (header: string, text: string): Promise<void> => {
  const column = (await stage.rows())[0]?.findIndex((cell) => cell.text === header) ?? -1;
  expect(column).toBeGreaterThan(0);
  await press('Control+Home', 'ArrowDown', ...Array.from({ length: column }, () => 'ArrowRight'));
  await stage.page.keyboard.type(text);
  await press('Enter');
  await stage.saved();
};
/** Out of the sidebar by Tab, for its frame keeps F6 to itself, and then to the grid. */
const toGrid = async (): Promise<void> => {
  const isInFrame = (): Promise<boolean> =>
    stage.page.evaluate(() => document.activeElement instanceof HTMLIFrameElement);
  for (let presses = 0; presses < MOST_TABS && (await isInFrame()); presses++) await press('Tab');
  await reach(stage.page.locator('#cell-input'), 'F6', 8);
};
const toSidebar = async (): Promise<void> => {
  for (let presses = 0; presses < 8; presses++) {
    if (await hands.frame.locator('html').evaluate(() => document.hasFocus())) return;
    await press('F6');
  }
  throw new Error('the sidebar cannot be reached by F6');
};

test('the sidebar is opened, reached, and takes the key', async () => {
  await menu('Open sidebar');
  await hands.frame.getByRole('navigation', { name: 'Sections' }).waitFor();
  await toSidebar();
  await reach(hands.frame.getByLabel('Affinity API key'));
  await stage.page.keyboard.type(KEY);
  await press('Enter');
  await hands.frame.getByText(/^✓?Connected to/).waitFor();
});

test('a list is found, its fields are chosen, and it is imported', async () => {
  await reach(hands.frame.getByRole('combobox', { name: 'List' }));
  await stage.page.keyboard.type('deal pip');
  await press('Enter');
  await reach(hands.frame.getByRole('checkbox', { name: 'Tags' }));
  await press('Space');
  expect(await hands.frame.getByRole('checkbox', { name: 'Tags' }).isChecked()).toBe(false);
  await use(inFrame('Import'));
  await hands.ended();
  const [headers = []] = await stage.rows('Deal Pipeline');
  expect(headers.map(({ text }) => text)).not.toContain('Tags');
  expect(await stage.rows('Deal Pipeline')).toHaveLength(13);
});

test('edits are typed, reviewed, decided and sent', async () => {
  await toGrid();
  await typeIn('Amount', '31337');
  await typeIn('Probability', '12');
  const id = (await stage.cell('A2')).text;
  await toSidebar();
  await use(inFrame('Review edits'));
  await inReview('Send 2 edits').waitFor();
  await use(inReview('Send 2 edits'));
  await hands.review.getByText(/Affinity took 2 cells/).waitFor();
  await use(inReview('Close'));
  await reviewClosed();
  expect(await hands.inAffinity(id, 'Amount')).toEqual([31337]);
  expect(await hands.inAffinity(id, 'Probability')).toEqual([12]);
});

test('a conflict is decided by arrow keys', async () => {
  const id = (await stage.cell('A2')).text;
  await hands.colleagueSets(id, 'Amount', 8000);
  await toGrid();
  await typeIn('Amount', '4000');
  await toSidebar();
  await use(inFrame('Review edits'));
  await reach(hands.review.getByRole('radio', { name: 'Decide later' }));
  await press('ArrowUp');
  expect(await hands.review.getByRole('radio', { name: 'Take Affinity’s' }).isChecked()).toBe(true);
  await press('ArrowUp');
  await use(inReview('Send 1 edit'));
  await hands.review.getByText(/Affinity took 1 cell /).waitFor();
  await use(inReview('Close'));
  await reviewClosed();
  expect(await hands.inAffinity(id, 'Amount')).toEqual([4000]);
});

test('Cancel leaves the review without sending', async () => {
  await toGrid();
  await typeIn('Amount', '4001');
  await toSidebar();
  await use(inFrame('Review edits'));
  await reach(inReview('Cancel'));
  await press('Enter');
  await reviewClosed();
  expect(await hands.inAffinity((await stage.cell('A2')).text, 'Amount')).toEqual([4000]);
});

test('the import is refreshed, and its result is put away', async () => {
  const id = (await stage.cell('A2')).text;
  await hands.colleagueSets(id, 'Probability', 55);
  await toSidebar();
  await use(inFrame('Hide the result of Deal Pipeline'));
  await use(inFrame('Refresh'));
  await hands.ended();
  expect((await stage.cell(await stage.at(2, 'Probability'))).text).toBe('55');
});

test('the settings are changed', async () => {
  await use(hands.section('Settings'));
  await reach(hands.frame.getByLabel('Calls a month to leave for other programs'));
  await press('Control+a');
  await stage.page.keyboard.type('77');
  await press('Enter');
  await hands.frame.getByText(/^✓?Saved$/).waitFor();
  await use(inFrame('Update numbers'));
  await use(hands.section('Help'));
  await hands.frame.getByRole('heading', { name: 'Help', exact: true }).waitFor();
});

test('an import is forgotten, after No first', async () => {
  await use(hands.section('Imports'));
  await use(inFrame('More for Deal Pipeline'));
  await use(inFrame('Forget this import'));
  expect(await hasFocus(inFrame('Keep'))).toBe(true);
  await press('Enter');
  await use(inFrame('Forget this import'));
  await use(inFrame('Forget'));
  await hands.card('Deal Pipeline').waitFor({ state: 'detached' });
  expect(await stage.rows('Deal Pipeline')).toHaveLength(13);
});

test('Affinity is disconnected', async () => {
  await use(hands.section('Settings'));
  await use(inFrame('Disconnect…'));
  await use(inFrame('Disconnect'));
  await hands.frame.getByLabel('Affinity API key').waitFor();
});
