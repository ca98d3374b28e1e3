/** What happens in the page while the add-on is running: typing, sorting, reloading, killing. The grid stays usable throughout. */
import { Stage } from './stage';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ entries: 30 });
  await stage.connect();
  await stage.importList();
});
afterEach(async () => {
  await stage.workbench.affinity?.control('clearFaults');
  // Affinity's minute is fresh again, and a killed run is taken for dead.
  await stage.workbench.later(10 * 60_000);
});
afterAll(async () => {
  await stage?.close();
});

/** A colleague changes every amount, so that a refresh has something to write. */
const changeAmounts = async (value: number): Promise<void> => {
  const amount = await stage.fieldId('Amount');
  for (const row of (await stage.rows()).slice(1, 11)) {
    const values = (await stage.affinity('GET', `/field-values?list_entry_id=${row[0]?.text}`)) as {
      id: number;
      field_id: number;
    }[];
    const stored = values.find(({ field_id }) => field_id === amount);
    if (stored) await stage.affinity('PUT', `/field-values/${stored.id}`, { value });
  }
};

test('a cell typed while a refresh is going stands at its end, and the refresh is done beside it', async () => {
  await changeAmounts(7777);
  const typed = await stage.at(20, 'Priority');
  const changed = await stage.at(3, 'Amount');
  await stage.slow(400);
  await stage.chooseMenu('Refresh from Affinity');
  await stage.running();
  await stage.type(typed, 'Low');
  await stage.saved();
  expect(await stage.isRunning()).toBe(true);
  expect((await stage.cell(typed)).text).toBe('Low');
  await stage.answer('OK');
  await stage.idle();
  expect((await stage.cell(typed)).text).toBe('Low');
  expect((await stage.cell(changed)).text).toBe('7777');
});

test('a reload in the middle of a run neither stops it nor loses its message', async () => {
  await stage.slow(300);
  await stage.chooseMenu('Refresh from Affinity');
  await stage.running();
  await stage.page.reload();
  await stage.shown();
  expect(await stage.isRunning()).toBe(true);
  expect((await stage.rows('Deal Pipeline')).length).toBe(31);
  expect(await stage.answer('OK')).toMatch(/./);
  await stage.idle();
});

test('a killed run is told, leaves the table whole, and the next refresh does the work', async () => {
  await changeAmounts(8888);
  const changed = await stage.at(3, 'Amount');
  await stage.slow(400);
  await stage.chooseMenu('Refresh from Affinity');
  await stage.running();
  await stage.page.getByRole('button', { name: 'Kill the run' }).click();
  await stage.idle();
  await stage.page.getByText('The run was stopped').waitFor();
  expect((await stage.rows()).length).toBe(31);
  await stage.workbench.affinity?.control('clearFaults');
  // The killed run still holds the import; nobody takes it for dead before its time is over.
  await stage.workbench.later(10 * 60_000);
  await stage.chooseMenu('Refresh from Affinity');
  await stage.answer('OK');
  await stage.idle();
  expect((await stage.cell(changed)).text).toBe('8888');
});
