/**
 * Data at its worst in the sidebar and the review: markup, right-to-left, emoji, formulas, 5,000 characters, 400 lists, 150 fields,
 * 500 options of a dropdown.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { KEY, SidebarHands } from './sidebar-hands';
import { Stage } from './stage';

const LISTS = 400;
const FIELDS = 150;
const OPTIONS = 500;
const DROPDOWN = 'Stage of 500 options';
const LONG = `${'Long '.repeat(999)}tail!`;
const UNBROKEN = 'W'.repeat(5000);
const NAMES = [
  '<img src=x onerror="document.title=\'broken\'">',
  '<script>document.title="broken"</script>',
  'قائمة الصفقات 2026',
  '‮reversed‬ list',
  '🚀👩‍🚀 launches',
  '=HYPERLINK("http://x.example";"click")',
  'two\nlines\tand a tab',
  '&lt;b&gt; "quoted" & \'single\'',
  LONG,
  UNBROKEN,
] as const;

/** Screenshots to look at: in a folder of the caller's, or a temporary one that nothing tracks. */
const pictures = process.env.LOOKS_FOLDER ?? fs.mkdtempSync(path.join(os.tmpdir(), 'looks-'));

let stage: Stage;
let hands: SidebarHands;
let hostileList = 0;
beforeAll(async () => {
  stage = await Stage.open({ entries: 40 });
  hands = new SidebarHands(stage);
  await hands.control('setQuota', { perMinute: 1_000_000 });
  const makeAll = async (count: number, make: (index: number) => Promise<unknown>): Promise<void> => {
    for (let from = 0; from < count; from += 25) {
      await Promise.all(Array.from({ length: Math.min(25, count - from) }, (_, index) => make(from + index)));
    }
  };
  const have = (await stage.affinity('GET', '/lists')) as unknown[]; // as documented
  await makeAll(LISTS - have.length, (index) =>
    stage.affinity('POST', '/lists', {
      name: NAMES[index] ?? `Fund ${index} · long list of deals`,
      type: 8,
      is_public: true,
    }),
  );
  const lists = (await stage.affinity('GET', '/lists')) as { id: number; name: string }[]; // as documented
  hostileList = lists.find(({ name }) => name === NAMES[0])?.id ?? 0;
  const dropdown = (await stage.affinity('POST', '/fields', {
    name: DROPDOWN,
    entity_type: 8,
    value_type: 7,
    list_id: hostileList,
    is_list_specific: true,
  })) as { id: number }; // as documented
  await hands.control('addOptions', {
    field_id: dropdown.id,
    texts: Array.from({ length: OPTIONS }, (_, index) => NAMES[index] ?? `Option ${index}`),
  });
  await makeAll(FIELDS - 1, (index) =>
    stage.affinity('POST', '/fields', {
      name: NAMES[index] ?? `Field ${index}`,
      entity_type: 8,
      value_type: index % 2 === 0 ? 6 : 3,
      list_id: hostileList,
      is_list_specific: true,
    }),
  );
  await stage.affinity('POST', '/opportunities', { name: '<b>Deal</b> صفقة 🚀', list_id: hostileList });
});
afterAll(async () => {
  if (process.env.LOOKS_FOLDER === undefined) fs.rmSync(pictures, { recursive: true, force: true });
  await stage?.close();
});

const look = (name: string): Promise<Buffer> =>
  stage.page.screenshot({ path: path.join(pictures, `${name}.png`), timeout: 10_000 });
/** Whether nothing of the data was taken as markup. */
const isText = async (frame = hands.frame): Promise<boolean> =>
  (await frame.locator('img, body script[src], b, iframe').count()) === 0 &&
  (await frame.locator('html').evaluate(() => document.title !== 'broken'));

test('400 lists are all found, as text, and the sidebar stays 300 pixels wide', async () => {
  await hands.open();
  await hands.connect(KEY);
  await hands.frame.getByText(`First 100 of ${LISTS} lists`).waitFor();
  await look('lists-100');
  expect(await hands.axe('the first of 400 lists')).toEqual([]);
  await hands.button(`Show all ${LISTS} lists`).click();
  await hands.frame.getByText(`${LISTS} lists`, { exact: true }).waitFor();
  expect(await hands.frame.getByRole('option').count()).toBe(LISTS);
  expect(await hands.overflow()).toBe(0);
  const texts = await hands.frame.locator('.option .name').evaluateAll((all) => all.map((one) => one.textContent));
  expect(texts).toEqual(expect.arrayContaining([...NAMES]));
  expect(await isText()).toBe(true);
  await look('lists-all');
  await hands.frame.getByRole('combobox', { name: 'List' }).fill('WWWW');
  await hands.frame.getByText('1 list', { exact: true }).waitFor();
  await look('list-unbroken');
  expect(await hands.overflow()).toBe(0);
});

test('a list of a 5,000-character name opens, and its name can be read in full', async () => {
  await hands.frame.getByRole('option').click();
  await hands.button("Show all of the list's name").click();
  expect(await hands.overflow()).toBe(0);
  await look('long-name');
  await hands.button("Show less of the list's name").click();
  await hands.button('← Choose another list').click();
});

test('150 fields of hostile names are shown as text, searched and imported', async () => {
  await hands.frame.getByRole('combobox', { name: 'List' }).fill('<img');
  await hands.frame.getByRole('option').click();
  await hands.frame
    .getByText(new RegExp(`of ${FIELDS}`))
    .first()
    .waitFor();
  expect(await isText()).toBe(true);
  expect(await hands.overflow()).toBe(0);
  await look('fields');
  expect(await hands.axe('150 fields')).toEqual([]);
  await hands.button('Order').click();
  expect(await hands.overflow()).toBe(0);
  await look('fields-order');
  await hands.button('Choose').click();
  await hands.frame.getByLabel('Tab name').fill('Hostile');
  await hands.button('Import').click();
  await hands.frame.getByRole('button', { name: /^Hide the result of/ }).waitFor({ timeout: 30_000 });
  await stage.idle();
  const rows = await stage.rows('Hostile');
  expect(rows).toHaveLength(2);
  const headers = (rows[0] ?? []).map(({ text }) => text.replace(/\s+/g, ' '));
  expect(headers).toContain(NAMES[2]);
  expect(headers.length).toBeGreaterThanOrEqual(FIELDS);
  expect(rows[1]?.map(({ text }) => text)).toContain('<b>Deal</b> صفقة 🚀');
  expect(await hands.overflow()).toBe(0);
  await look('card-hostile');
  expect(await hands.axe('hostile card')).toEqual([]);
});

test('500 options of a dropdown are offered in its cell, and what is none of them is told in the review in a few words', async () => {
  await stage.showTab('Hostile');
  const cell = await stage.at(2, DROPDOWN);
  await stage.goTo(cell);
  await stage.page.keyboard.press('F2');
  await stage.page.locator('.choices button').first().waitFor();
  await look('options');
  await stage.page.keyboard.type('option 499');
  await stage.page.locator('.choices').getByText('Option 499', { exact: true }).waitFor();
  await stage.page.keyboard.press('Escape');
  await stage.type(cell, 'Option 499');
  await stage.saved();
  await hands.openReview('<img');
  await hands.review.getByRole('row').filter({ hasText: 'Option 499' }).getByText('Will be sent').waitFor();
  await hands.closeReview();
  await stage.type(cell, 'none of them');
  await stage.saved();
  await hands.openReview('<img');
  const row = hands.review.getByRole('row').filter({ hasText: 'none of them' });
  await row.getByText('Can’t be sent').waitFor();
  expect(await isText(hands.review)).toBe(true);
  expect(await hands.overflow('#dialog-frame')).toBe(0);
  await look('review-options');
  expect(((await row.textContent()) ?? '').length).toBeLessThan(800);
  expect(await hands.axe('an option that does not exist', '#dialog-frame')).toEqual([]);
  await hands.closeReview();
});

test('hostile values go from the cell to the review and to Affinity as they were typed', async () => {
  await hands.section('New import').click();
  await hands.frame.getByRole('combobox', { name: 'List' }).fill('deal pip');
  await hands.pick('Deal Pipeline');
  await hands.button('Import').click();
  await hands.ended();
  const texts = ['<script>document.title="broken"</script>', 'مرحبا بالعالم', '🚀 launch 👩‍🚀', LONG, UNBROKEN];
  await stage.goTo(await stage.at(2, 'Next Step'));
  await stage.page.evaluate((value) => navigator.clipboard.writeText(value), `${texts.join('\n')}\n`);
  await stage.page.keyboard.press('Control+v');
  await stage.saved();
  const ids = (await stage.rows()).slice(1, 1 + texts.length).map(([id]) => id?.text ?? '');
  await hands.openReview();
  await hands.review.getByRole('table', { name: 'Edits' }).waitFor();
  expect(await isText(hands.review)).toBe(true);
  expect(await hands.overflow('#dialog-frame')).toBe(0);
  await look('review');
  await hands.review
    .getByRole('button', { name: /^Show all of your value/ })
    .first()
    .click();
  expect(await hands.overflow('#dialog-frame')).toBe(0);
  await look('review-open');
  expect(await hands.axe('hostile review', '#dialog-frame')).toEqual([]);
  await hands.review.getByRole('button', { name: /^Send \d+ edits$/ }).click();
  await hands.review.getByText(/Affinity took/).waitFor();
  await look('review-sent');
  await hands.closeReview();
  for (const [index, id] of ids.entries()) expect(await hands.inAffinity(id, 'Next Step')).toEqual([texts[index]]);
});

test('what the seed holds of hostile texts is counted, with nothing to send after an import', async () => {
  await hands.refresh();
  await hands.card('Deal Pipeline').getByRole('button', { name: 'Count edits' }).click();
  await hands.card('Deal Pipeline').getByText('Nothing was edited.').waitFor();
});
