/** Charts as an analyst meets them: beside their table, alive, and deleted by a key. Five seconds. */
import { onStage, type SidebarHands } from './sidebar-hands';
import type { Stage } from './stage';

let stage: Stage;
let hands: SidebarHands;
onStage({ entries: 12, viewport: { width: 1900, height: 800 } }, async (opened) => {
  hands = opened;
  stage = hands.stage;
  await hands.control('setQuota', { perMinute: 1_000_000 });
  await stage.connect();
  await stage.importList();
});

const chart = (title: string) => stage.page.getByRole('img', { name: new RegExp(`^Chart: ${title}`) });

test('the funnel’s charts say what the table says, follow a refresh, and go by the Delete key until undo', async () => {
  await stage.goTo('A1');
  await stage.chooseMenu('More from Affinity', 'Show field history');
  await stage.answer('OK', 'Status');
  await stage.answer('OK', '3');
  expect(await stage.answer('OK')).toContain('The charts of it are to the right of the table.');
  await stage.idle();
  const shown = async (): Promise<string> => {
    const [, first = []] = await stage.rows();
    const [, name, reached, present] = first.map(({ text }) => text);
    return `Chart: Rows in each stage. ${name}: Rows that were in it ${reached}, In it now ${present}; `;
  };
  const before = await chart('Rows in each stage').getAttribute('aria-label');
  expect(before?.startsWith(await shown())).toBe(true);
  // A colleague moves a row back to the first stage.
  const field = await stage.fieldId('Status');
  const values = (await stage.affinity('GET', `/field-value-changes?field_id=${field}`)) as readonly {
    list_entry_id: number;
    field_id: number;
  }[]; // as documented
  const entry = values.at(-1)?.list_entry_id ?? 0;
  const [first] = (await stage.rows())[1]?.slice(0, 1) ?? [];
  await hands.colleagueSets(String(entry), 'Status', Number(first?.text.replace('stage-', '')));
  await stage.chooseMenu('Refresh from Affinity');
  await stage.answer('OK');
  await stage.idle();
  const after = await chart('Rows in each stage').getAttribute('aria-label');
  expect(after).not.toBe(before);
  expect(after?.startsWith(await shown())).toBe(true);
  expect(await chart('Days in each stage').count()).toBe(1);
  await stage.page.locator('.chart').first().focus();
  await stage.page.keyboard.press('Delete');
  await chart('Rows in each stage').waitFor({ state: 'detached' });
  await stage.goTo('A1');
  await stage.page.keyboard.press('Control+z');
  await chart('Rows in each stage').waitFor({ state: 'attached' });
});
