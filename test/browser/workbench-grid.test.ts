/** The grid as a person's tool: typing, pasting, filling, sorting, lines, notes, tabs, undo. Node is asked what came of it. */
import { Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ entries: 5 });
});
afterAll(async () => {
  await stage?.close();
});

const control = 'Control';
const press = (...keys: readonly string[]): Promise<void> =>
  keys.reduce((before, key) => before.then(() => stage.page.keyboard.press(key)), Promise.resolve());
const texts = async (): Promise<string[][]> => {
  await stage.saved();
  const rows = (await stage.rows()).map((row) => row.map(({ text }) => text));
  return rows.map((row) => row.slice(0, row.findLastIndex((text) => text !== '') + 1));
};
const freshTab = async (): Promise<void> => {
  const before = await stage.page.locator('.tab').count();
  await stage.page.getByRole('button', { name: 'Add a tab' }).click();
  await stage.page.waitForFunction((count) => document.querySelectorAll('.tab').length > count, before);
};
const paste = async (a1: string, text: string): Promise<void> => {
  await stage.goTo(a1);
  await stage.page.evaluate((value) => navigator.clipboard.writeText(value), text);
  await press(`${control}+v`);
};

beforeEach(freshTab);

/** Longer than a selection waits before it is told. */
const SELECTION_TOLD_MS = 300;

test('a cell that was selected just before a tab is added does not bring its own tab back to the front', async () => {
  const before = await stage.page.locator('.tab').count();
  await stage.goTo('C3');
  await stage.page.waitForTimeout(SELECTION_TOLD_MS);
  // The new tab comes later than the selection is told.
  await stage.page.route('**/commands', async (route) => {
    await new Promise((later) => setTimeout(later, SELECTION_TOLD_MS));
    await route.continue();
  });
  // In one go of the browser: the selection has not been told yet when the tab is asked for.
  await stage.page.evaluate(() => {
    const press = (key: string) => new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    document.querySelector('#cell-input')?.dispatchEvent(press('ArrowDown'));
    document.querySelector<HTMLButtonElement>('[aria-label="Add a tab"]')?.click();
  });
  const last = stage.page.getByRole('tab').nth(before);
  await last.waitFor();
  await stage.page.waitForTimeout(2 * SELECTION_TOLD_MS);
  await stage.saved();
  await stage.page.unroute('**/commands');
  expect(await last.getAttribute('aria-selected')).toBe('true');
});

test('a name that is being typed into the name box stays there when another tab comes to the front', async () => {
  await stage.goTo('C3');
  const value = await stage.page.evaluate(async () => {
    const box = document.querySelector<HTMLInputElement>('.name-box');
    if (!box) throw new Error('no name box');
    document.querySelectorAll<HTMLElement>('[role="tab"]')[0]?.click();
    box.focus();
    box.value = 'B2:D4';
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    for (let frame = 0; frame < 5; frame++) await new Promise((drawn) => requestAnimationFrame(drawn));
    await new Promise((later) => setTimeout(later, 100));
    return box.value;
  });
  expect(value).toBe('B2:D4');
  await stage.page.keyboard.press('Enter');
  await stage.page.getByRole('tab').last().click();
});

test('what is typed is parsed as in the spreadsheet: numbers, days, truths, formulas, texts', async () => {
  for (const [a1, text] of [
    ['A1', '1,234.5'],
    ['A2', '1/31/2026'],
    ['A3', 'true'],
    ['A4', '=A1*2'],
    ['A5', "'007"],
    ['A6', '50%'],
  ] as const) {
    await stage.type(a1, text);
  }
  expect(await texts()).toEqual([['1,234.50'], ['1/31/2026'], ['TRUE'], ['2469'], ['007'], ['50%']]);
  const rows = await stage.rows();
  expect(rows.map((row) => row[0]?.edit)).toEqual(['1234.5', '1/31/2026', 'TRUE', '=A1*2', "'007", '50%']);
});

test('typing goes down by Enter, right by Tab, and Escape leaves the cell as it was', async () => {
  await stage.goTo('A1');
  await stage.page.keyboard.type('one');
  await press('Tab');
  await stage.page.keyboard.type('two');
  await press('Enter');
  await stage.page.keyboard.type('three');
  await press('Enter', 'ArrowUp', 'F2');
  await stage.page.keyboard.type(' and a half');
  await press('Escape');
  expect(await texts()).toEqual([
    ['one', 'two'],
    ['', 'three'],
  ]);
});

test('keys that come faster than the page is drawn go where they belong', async () => {
  await stage.goTo('A1');
  // In one go of the browser, so that no drawing comes in between.
  await stage.page.evaluate(() => {
    const input = document.querySelector<HTMLTextAreaElement>('#cell-input');
    if (!input) throw new Error('no input');
    for (const key of ['a', 'Tab', 'b', 'Enter', 'c', 'Enter']) {
      if (key.length > 1) input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      else {
        input.value += key;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
    }
  });
  expect(await texts()).toEqual([
    ['a', 'b'],
    ['', 'c'],
  ]);
});

test('a text of several lines keeps them, in the cell and in the formula bar', async () => {
  await stage.goTo('A1');
  await stage.page.keyboard.type('one');
  await press('Alt+Enter');
  await stage.page.keyboard.type('two');
  await press('Enter');
  await stage.goTo('A1');
  const bar = stage.page.getByRole('textbox', { name: 'Content of A1' });
  await bar.focus();
  await press('End');
  await stage.page.keyboard.type('!');
  await press('Enter');
  expect(await texts()).toEqual([['one\ntwo!']]);
});

test('a block pasted from elsewhere stands cell by cell, quoted line ends included; one undo takes it all back, redo brings it', async () => {
  await paste('B2', 'a\tb\n"two\nlines"\t4\n');
  expect(await texts()).toEqual([[], ['', 'a', 'b'], ['', 'two\nlines', '4']]);
  await press(`${control}+z`);
  expect(await texts()).toEqual([]);
  await press(`${control}+y`);
  expect(await texts()).toEqual([[], ['', 'a', 'b'], ['', 'two\nlines', '4']]);
});

test('cells copied in the file are pasted with their formulas moved, and cut cells leave their place', async () => {
  await paste('A1', '1\t=A1+1\n2\t');
  await stage.goTo('B1');
  await press(`${control}+c`);
  await stage.goTo('B2');
  await press(`${control}+v`);
  expect((await texts())[1]).toEqual(['2', '3']);
  expect((await stage.cell('B2')).edit).toBe('=A2+1');
  await stage.goTo('A1:A2');
  await press(`${control}+x`);
  await stage.goTo('D1');
  await press(`${control}+v`);
  expect((await texts()).map((row) => [row[0], row[3]])).toEqual([
    ['', '1'],
    ['', '2'],
  ]);
});

test('filling down repeats, Delete empties the selection, and each can be undone', async () => {
  await paste('A1', '10\tx');
  await stage.goTo('A1:B4');
  await press(`${control}+d`);
  expect(await texts()).toEqual([
    ['10', 'x'],
    ['10', 'x'],
    ['10', 'x'],
    ['10', 'x'],
  ]);
  await stage.goTo('A2:A3');
  await press('Delete');
  expect((await texts()).map((row) => row[0])).toEqual(['10', '', '', '10']);
  await press(`${control}+z`, `${control}+z`);
  expect(await texts()).toEqual([['10', 'x']]);
});

test('rows are inserted, deleted, moved and hidden from the context menu, and come back by undo', async () => {
  await paste('A1', 'a\nb\nc');
  const choose = async (a1: string, name: string): Promise<void> => {
    await stage.goTo(a1);
    await stage.page
      .locator('.scroller')
      .click({ button: 'right', position: { x: 70, y: 30 + 21 * (Number(a1.slice(1)) - 1) } });
    await stage.page.getByRole('menuitem', { name, exact: true }).click();
  };
  await choose('A2', 'Insert row above');
  expect(await texts()).toEqual([['a'], [], ['b'], ['c']]);
  await choose('A1', 'Delete row');
  expect(await texts()).toEqual([[], ['b'], ['c']]);
  await press(`${control}+z`, `${control}+z`);
  expect(await texts()).toEqual([['a'], ['b'], ['c']]);
  await choose('A2', 'Hide row');
  await stage.saved();
  await stage.page.locator('.head.hides-next').waitFor();
  await press(`${control}+z`);
  expect(await texts()).toEqual([['a'], ['b'], ['c']]);
});

test('a column sorts the rows below the frozen header, whole rows together', async () => {
  await paste('A1', 'Name\tSize\nx\t3\ny\t1\nz\t2');
  await stage.goTo('A1');
  await stage.page.getByRole('menuitem', { name: 'View' }).click();
  await stage.page.getByRole('menuitem', { name: 'Freeze up to row 1' }).click();
  await stage.saved();
  await stage.goTo('B2');
  await stage.page.getByRole('button', { name: 'Sort A to Z' }).click();
  expect(await texts()).toEqual([
    ['Name', 'Size'],
    ['y', '1'],
    ['z', '2'],
    ['x', '3'],
  ]);
});

test('a note is written, seen on hovering, and removed by undo', async () => {
  await stage.type('B2', 'noted');
  await stage.goTo('B2');
  await stage.page.getByRole('button', { name: 'Insert note' }).click();
  await stage.page.getByRole('dialog').getByRole('textbox').fill('ask Ida');
  await stage.page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await stage.page.locator('.scroller').hover({ position: { x: 180, y: 55 } });
  await stage.page.locator('.note', { hasText: 'ask Ida' }).waitFor();
  await stage.saved();
  expect((await stage.cell('B2')).note).toBe('ask Ida');
  await press(`${control}+z`);
  await stage.saved();
  expect((await stage.cell('B2')).note).toBe('');
});

test('tabs are renamed, hidden, shown again and deleted', async () => {
  const tab = stage.page.locator('.tab').last();
  await tab.dblclick();
  await stage.page.getByRole('textbox', { name: /New name/ }).fill('Mine');
  await press('Enter');
  await stage.page.getByRole('tab', { name: 'Mine' }).click({ button: 'right' });
  await stage.page.getByRole('menuitem', { name: 'Hide' }).click();
  await stage.page.getByRole('tab', { name: 'Mine' }).waitFor({ state: 'detached' });
  await stage.page.getByRole('button', { name: 'All tabs' }).click();
  await stage.page.getByRole('menuitem', { name: 'Mine (hidden)' }).click();
  await stage.page.getByRole('tab', { name: 'Mine' }).click({ button: 'right' });
  await stage.page.getByRole('menuitem', { name: 'Delete' }).click();
  await stage.page.getByRole('tab', { name: 'Mine' }).waitFor({ state: 'detached' });
});

test('what cannot be done is said, and nothing has changed', async () => {
  const tab = stage.page.locator('.tab').last();
  await tab.dblclick();
  await stage.page.getByRole('textbox', { name: /New name/ }).fill('Sheet1');
  await press('Enter');
  await stage.page.getByText('already exists').waitFor();
  expect(await stage.page.getByRole('tab', { name: 'Sheet1', exact: true }).count()).toBe(1);
});
