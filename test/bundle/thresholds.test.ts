/** Promise P4 on the built bundle: the menu asks, and a run that nobody looks at stops, says why everywhere, and shows the way on. */
import { Desktop, LIST_IDS } from './desktop';
import { rpcOf, type ScheduledState } from './unattended';

const PIPELINE = 'Deal Pipeline';
const OWNER = 'analyst@example.com';

/** An import of which the amounts of thirty rows are cleared in Affinity. */
const opened = () => {
  const desktop = new Desktop({ affinity: { entries: 60 } });
  desktop.connect();
  desktop.importList();
  const [headers = [], ...rows] = desktop.table();
  const ids = rows.filter((row) => row[headers.indexOf('Amount')] !== '').map((row) => row[0] ?? '');
  const fields = desktop.api<{ id: number; name: string }[]>('GET', `/fields?list_id=${LIST_IDS.pipeline}`);
  const amount = fields.find(({ name }) => name === 'Amount')?.id;
  for (const id of ids.slice(0, 30)) {
    const values = desktop.api<{ id: number; field_id: number }[]>('GET', `/field-values?list_entry_id=${id}`);
    desktop.api('DELETE', `/field-values/${values.find(({ field_id }) => field_id === amount)?.id}`);
  }
  const amounts = () =>
    desktop
      .table()
      .slice(1)
      .filter((row) => row[headers.indexOf('Amount')] !== '').length;
  return { desktop, ids, amounts };
};

test('the menu asks: cancel keeps the cells, yes empties them', () => {
  const { desktop, ids, amounts } = opened();
  const asked = desktop.click('Refresh from Affinity', 'CANCEL');
  expect(asked).toMatch(/^Affinity has lost 30 of \d+ values of “Amount”\..*Bring it in all the same\?$/s);
  expect(amounts()).toBe(ids.length);
  expect(desktop.click('Refresh from Affinity', 'OK', 'OK')).toMatch(/30 cells changed/);
  expect(amounts()).toBe(ids.length - 30);
});

test('a scheduled run changes none of them, says why in the sidebar, the log, the status and a mail, and a person goes on', () => {
  const { desktop, ids, amounts } = opened();
  const rpc = rpcOf(desktop, OWNER);
  const [imported] = rpc<ScheduledState>('state').imports;
  const id = imported?.id ?? '';
  rpc('saveSchedule', id, { kind: 'hours', value: 1 }, false);
  const why = /Affinity has lost 30 of \d+ values of “Amount”.*refresh in the menu or the sidebar and agree/;
  desktop.google.passTime(2 * 3_600_000);
  expect(amounts()).toBe(ids.length);
  const [after] = rpc<ScheduledState>('state').imports;
  expect(after?.schedule?.lastRun).toMatchObject({ result: 'stopped', message: expect.stringMatching(why) });
  expect(after?.schedule?.trouble).toMatch(why);
  const texts = ['Sync status', 'Sync log'].map((tab) => JSON.stringify(desktop.table(tab)));
  for (const text of texts) expect(text).toMatch(why);
  expect(desktop.google.mails.map(({ body }) => body).join()).toMatch(why);
  const slice = rpc<{ kind: string; asks: boolean }>('pull', id, 'ticket', false);
  expect(slice).toMatchObject({ kind: 'stopped', asks: true });
  expect(rpc('pull', id, 'ticket', true)).toMatchObject({ kind: 'done', asks: false, cellsChanged: 30 });
  expect(amounts()).toBe(ids.length - 30);
  expect(rpc<ScheduledState>('state').imports[0]?.schedule?.trouble).toBeNull();
});

test('the share is set in the menu', () => {
  const { desktop, ids, amounts } = opened();
  const set = (text: string) =>
    desktop.click('Settings of this import', 'YES', { button: 'OK', text }, { button: 'OK', text: '' }, 'OK');
  expect(set('many')).toBe('“many” is no whole number from 1 to 100. The share stays 20.');
  expect(set('100 %')).toBe('Saved.');
  expect(desktop.refresh()).toMatch(/30 cells changed/);
  expect(amounts()).toBe(ids.length - 30);
  expect(desktop.person().sees(PIPELINE, 'A1')).toBe('Affinity row ID');
});
