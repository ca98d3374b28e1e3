/** What an analyst does first in the workbench, in a real browser: connect, import, type, preview, push; and what Affinity then has. */
import { Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ entries: 30 });
});
afterAll(async () => {
  await stage?.close();
});

interface StoredValue {
  readonly field_id: number;
  readonly value: unknown;
}
const valuesOfEntry = async (id: string): Promise<readonly StoredValue[]> =>
  (await stage.affinity('GET', `/field-values?list_entry_id=${id}`)) as StoredValue[];

test("the menu shows the items that the bundle's onOpen built", async () => {
  expect(await stage.menuCaptions()).toEqual(
    expect.arrayContaining(['Open sidebar', 'Import a list', 'Refresh from Affinity', 'Connect to Affinity']),
  );
});

test('a prompt of the script takes the key and its alert says who is connected', async () => {
  expect(await stage.connect()).toMatch(/You are connected to Northlight Ventures as Maya Lindqvist/);
});

test('an import by prompts puts the list on a tab of its own, in front', async () => {
  expect(await stage.importList('Deal Pipeline')).toMatch(/30 rows added/);
  const rows = await stage.rows();
  expect(rows).toHaveLength(31);
  expect(rows[0]?.slice(0, 3).map(({ text }) => text)).toEqual(['Affinity row ID', 'Name', 'Status']);
  expect(await stage.page.getByRole('tab', { name: 'Deal Pipeline' }).getAttribute('aria-selected')).toBe('true');
});

test('a cell that is typed over is previewed with both values, pushed, and then stands in Affinity', async () => {
  const cell = await stage.at(5, 'Amount');
  const id = (await stage.cell('A5')).text;
  const before = (await stage.cell(cell)).text;
  await stage.type(cell, '424242');
  await stage.saved();
  expect((await stage.cell(cell)).text).toBe('424242');

  await stage.chooseMenu('Preview my edits');
  const preview = await stage.answer('OK');
  expect(preview).toContain('424242');
  expect(preview).toContain(before);

  await stage.chooseMenu('Push my edits');
  expect(await stage.answer('OK')).toContain('424242');
  expect(await stage.answer('OK')).toMatch(/1 cell in 1 row sent to Affinity/);
  await stage.idle();
  expect((await valuesOfEntry(id)).map(({ value }) => value)).toContain(424242);
});

test('the add-on is reached and its questions are answered by keyboard alone', async () => {
  const { keyboard } = stage.page;
  await stage.goTo('A1');
  await keyboard.press('F6');
  for (let i = 0; i < 5; i++) await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await keyboard.press('ArrowRight');
  const focused = (): Promise<string> => stage.page.evaluate(() => document.activeElement?.textContent ?? '');
  expect(await focused()).toBe('Open sidebar');
  for (let i = 0; i < 12 && (await focused()) !== 'Connect to Affinity'; i++) await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  expect(await stage.dialogText()).toContain('API key');
  await keyboard.type('no-such-key');
  await keyboard.press('Enter');
  await stage.page.locator('.script-dialog', { hasNot: stage.page.getByRole('textbox') }).waitFor();
  expect(await stage.dialogText()).toMatch(/key/i);
  await keyboard.press('Enter');
  await stage.page.locator('.script-dialog').waitFor({ state: 'detached' });
  await stage.idle();
  // The focus is back in the file.
  await keyboard.type('typed');
  await keyboard.press('Enter');
  await stage.saved();
  expect((await stage.cell('A1')).text).toBe('typed');
});
