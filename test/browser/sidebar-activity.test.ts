/** Notes, reminders and interactions from their page: written for the selected rows, shown as tables; by mouse and by keyboard. Ten seconds. */
import type { FrameLocator, Locator } from 'playwright-core';
import { onStage, type SidebarHands } from './sidebar-hands';
import type { Stage } from './stage';

const HOSTILE = '<img src=x onerror="document.title=\'broken\'"> =1+1 & "quoted"\n‮reversed‬ 🚀';

let stage: Stage;
let hands: SidebarHands;
let page: FrameLocator;
onStage({ entries: 12 }, async (opened) => {
  hands = opened;
  stage = hands.stage;
  page = stage.pageDialog();
  await hands.control('setQuota', { perMinute: 1_000_000 });
  await hands.connectAndImport();
});

interface Note {
  readonly id: number;
  readonly content: string;
  readonly type: number;
  readonly creator_id: number;
  readonly created_at: string;
  readonly opportunity_ids: readonly number[];
  readonly parent_id: number | null;
}

/** Selects cells and opens the page on one of its forms. */
const open = async (cells: string, form: string): Promise<void> => {
  await stage.goTo(cells);
  await stage.saved();
  await hands.section('Imports').click();
  await hands.button('Notes, reminders, interactions').click();
  await page.getByRole('navigation', { name: 'What to do' }).getByRole('button', { name: form, exact: true }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
};
const close = async (): Promise<void> => {
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await stage.page.locator('#dialog-frame').waitFor({ state: 'detached' });
};
const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const outcome = (): Locator => page.locator('footer [role="status"]');
const notes = async (): Promise<readonly Note[]> =>
  ((await stage.affinity('GET', '/notes?page_size=500')) as { notes: Note[] }).notes; // as documented
const newest = async (): Promise<Note> => {
  const [last] = [...(await notes())].sort((a, b) => b.id - a.id);
  if (last === undefined) throw new Error('no notes');
  return last;
};

test('a note is written on the selected records, formatted, by a colleague, at a time', async () => {
  await open('B2:B3', 'Note');
  await page.getByText('For the 2 selected records of Deal Pipeline.').waitFor();
  await press('Write the note');
  await page.getByText('Write something here first.').waitFor();
  await page.getByLabel('Note', { exact: true }).fill('<p>Good <strong>numbers</strong></p>');
  await page.getByLabel('HTML: bold, lists and the like').check();
  await page.getByLabel('Author').fill('nobody at all');
  await press('Write the note');
  await page.getByRole('alert').getByText('nobody and nothing called “nobody at all”').waitFor();
  await page.getByLabel('Author').fill('Maya Lindqvist');
  await page.getByLabel('Date and time').fill('2026-03-31T14:30');
  expect(await hands.axe('note', '#dialog-frame')).toEqual([]);
  expect(await hands.overflow('#dialog-frame')).toBe(0);
  await hands.look('activity-note');
  await press('Write the note');
  await outcome().getByText('1 note written.').waitFor();
  expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('');
  await close();
  const note = await newest();
  expect([note.type, note.opportunity_ids.length, Date.parse(note.created_at)]).toEqual([
    ...[2, 2],
    Date.parse('2026-03-31T14:30:00Z'),
  ]);
  // Affinity gives formatted notes back in a notation of its own.
  expect(note.content).toBe('Good **numbers**');
});

test('a text of any kind arrives as it was typed, a note on each record, by keyboard alone', async () => {
  const before = (await notes()).length;
  await stage.goTo('B2:B3');
  await stage.saved();
  const opener = hands.button('Notes, reminders, interactions');
  await opener.focus();
  await stage.page.keyboard.press('Enter');
  const field = page.getByLabel('Note', { exact: true });
  await field.waitFor();
  const reach = async (target: Locator): Promise<void> => {
    for (let tabs = 0; tabs < 30; tabs += 1) {
      if (await target.evaluate((one) => one === document.activeElement)) return;
      await stage.page.keyboard.press('Tab');
    }
    throw new Error(`${target} cannot be reached`);
  };
  await reach(field);
  await stage.page.keyboard.insertText(HOSTILE);
  await reach(page.getByLabel('One note on all 2 records'));
  await stage.page.keyboard.press('ArrowDown');
  await reach(page.getByRole('button', { name: 'Write the note', exact: true }));
  await stage.page.keyboard.press('Enter');
  await outcome().getByText('2 notes written.').waitFor();
  await stage.page.keyboard.press('Escape');
  await stage.page.locator('#dialog-frame').waitFor({ state: 'detached' });
  const all = await notes();
  expect(all.length).toBe(before + 2);
  const { content, type } = await newest();
  expect([content, type]).toEqual([HOSTILE, 0]);
  expect(await stage.page.title()).not.toBe('broken');
});

test('a reminder that comes again is made for each record', async () => {
  await open('B2:B4', 'Reminder');
  await press('Make 3 reminders');
  await page.getByText('Choose a day.').waitFor();
  await page.getByLabel('What to be reminded of').fill('Call again');
  await page.getByLabel('Again and again, so many days after the last contact').check();
  await page.getByLabel('Days', { exact: true }).fill('0');
  await press('Make 3 reminders');
  await page.getByText('Enter a whole number of days.').waitFor();
  await page.getByLabel('Days', { exact: true }).fill('45');
  await page.getByLabel('meeting', { exact: true }).check();
  expect(await hands.axe('reminder', '#dialog-frame')).toEqual([]);
  await hands.look('activity-reminder');
  await press('Make 3 reminders');
  await outcome().getByText('3 reminders made.').waitFor();
  await close();
  const { reminders } = (await stage.affinity('GET', '/reminders?page_size=500')) as {
    reminders: readonly { content: string; reset_type: number; reminder_days: number }[];
  }; // as documented
  const made = reminders.filter(({ content }) => content === 'Call again');
  expect(made.map((one) => [one.reset_type, one.reminder_days])).toEqual([
    [2, 45],
    [2, 45],
    [2, 45],
  ]);
});

test('a chat message is logged with those who took part', async () => {
  await open('B2', 'Interaction');
  await page.getByLabel('What was said').fill('They said yes');
  await press('Log it');
  await page.getByText('Name those who took part.').last().waitFor();
  await page.getByLabel('Chat message').check();
  await page.getByLabel('We received it').check();
  await page.getByLabel('People', { exact: true }).fill('Maya Lindqvist');
  await page.getByLabel('Date and time').fill('2026-05-04T09:15');
  expect(await hands.axe('interaction', '#dialog-frame')).toEqual([]);
  await hands.look('activity-interaction');
  await press('Log it');
  await outcome().waitFor();
  await outcome().getByText('Affinity says: “At least one external person must be included”').waitFor();
  const { persons } = (await stage.affinity('GET', '/persons?page_size=500')) as {
    persons: readonly { id: number; type: number; primary_email: string | null }[];
  }; // as documented
  const outsider = persons.find(
    ({ type, primary_email }) => type === 0 && /^[\w.-]+@[\w.-]+$/.test(primary_email ?? ''),
  );
  await page.getByLabel('People', { exact: true }).fill(`Maya Lindqvist; ${outsider?.primary_email}`);
  await press('Log it');
  await outcome().getByText('1 interaction logged.').waitFor();
  await close();
  const { chat_messages } = (await stage.affinity(
    'GET',
    `/interactions?type=2&person_id=${outsider?.id}&start_time=2026-05-01T00:00:00Z&end_time=2026-05-30T00:00:00Z`,
  )) as { chat_messages: readonly { date: string; direction: number }[] }; // as documented
  expect(chat_messages.map(({ date, direction }) => [Date.parse(date), direction])).toEqual([
    [Date.parse('2026-05-04T09:15:00Z'), 1],
  ]);
});

test('notes are shown as a table, and the selected one is answered', async () => {
  await open('A1', 'Show as a table');
  await page.getByLabel('All rows of “Deal Pipeline”').check();
  expect(await hands.axe('table', '#dialog-frame')).toEqual([]);
  await hands.look('activity-table');
  await press('Show them');
  await page
    .locator('.result')
    .getByText(/^✓?Refreshed: \d+ rows?/)
    .waitFor();
  await close();
  await stage.showTab('Notes of Deal Pipeline');
  const rows = await stage.rows();
  const row = rows.findIndex((cells) => cells.some(({ text }) => text === 'Good **numbers**'));
  expect(row).toBeGreaterThan(0);
  await open(`B${row + 1}`, 'Reply');
  await page.getByLabel('Reply', { exact: true }).fill('Agreed');
  await hands.look('activity-reply');
  await press('Send the reply');
  await outcome().getByText('1 reply written.').waitFor();
  await close();
  const { parent_id, content } = await newest();
  expect([String(parent_id), content]).toEqual([rows[row]?.[0]?.text, 'Agreed']);
});

test('interactions say what they cost before they are read', async () => {
  await stage.showTab('Deal Pipeline');
  await open('B2:B3', 'Show as a table');
  await page.getByLabel('Interactions', { exact: true }).check();
  await page.getByLabel('Meetings').check();
  await page.getByLabel('From', { exact: true }).fill('2024-07-01');
  await hands.look('activity-interactions');
  await press('Show them');
  await page.getByText(/This takes at least \d+ calls? to Affinity/).waitFor();
  await press('Not now');
  await press('Show them');
  await page
    .getByRole('group', { name: /This takes at least/ })
    .getByRole('button', { name: 'Show them' })
    .click();
  await page
    .locator('.result')
    .getByText(/^✓?Refreshed: \d+ rows?/)
    .waitFor();
  await close();
  const [headers = []] = await stage.rows();
  expect(headers.map(({ text }) => text)).toContain('Direction');
  // Back on the list, where the selection is as it was told before the add-on showed another tab.
  await stage.showTab('Deal Pipeline');
  await open('B2:B3', 'Note');
  await page.getByText('For the 2 selected records of Deal Pipeline.').waitFor();
  await close();
});

test('without rows of records there is nothing to send, and it says what to do', async () => {
  await stage.page.getByRole('tab', { name: 'Sheet1' }).click();
  await open('A1', 'Note');
  await page.getByText('No rows of people, organizations or opportunities are selected.').waitFor();
  expect(await page.getByRole('button', { name: 'Write the note', exact: true }).count()).toBe(0);
  await hands.look('activity-nothing');
  await close();
});
