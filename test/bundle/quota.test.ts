/** The quota and others: programs that use the same key, and a month that ends in the middle of a push. On the built bundle. */
import { ADMIN_KEY, Desktop, LIST_IDS } from './desktop';

const PIPELINE = 'Deal Pipeline';

const rpc = <T>(desktop: Desktop, name: string, ...args: readonly unknown[]): T => {
  const text = desktop.google.scriptRun('rpc', [JSON.stringify({ name, args })], { spreadsheet: desktop.file });
  const reply = JSON.parse(String(text)) as { ok: boolean; value: T; message?: string }; // as the server writes it
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
};

test.each([
  { window: 'fixed', theirs: 450, entries: 1_500 },
  { window: 'sliding', theirs: 450, entries: 1_500 },
  { window: 'fixed', theirs: 880, entries: 200 },
  { window: 'sliding', theirs: 880, entries: 200 },
] as const)(
  'an import beside a program that takes $theirs of 900 calls of the same key backs off and ends, with $window minutes',
  ({ window, theirs, entries }) => {
    const desktop = new Desktop({ affinity: { entries, quota: { window } } });
    rpc(desktop, 'connect', ADMIN_KEY);
    const columns = rpc<readonly { key: string }[]>(desktop, 'columns', LIST_IDS.pipeline);
    const keys = columns.slice(0, 4).map(({ key }) => key);
    const id = rpc<string>(desktop, 'startImport', LIST_IDS.pipeline, keys, '');
    const whoami = desktop.api<{ user: { id: number } }>('GET', '/auth/whoami', undefined, ADMIN_KEY);
    let recent: number[] = [];
    let taken = 0;
    const others = (): void => {
      const now = desktop.clock.now();
      const from = window === 'fixed' ? now - (now % 60_000) : now - 59_999;
      recent = recent.filter((at) => at >= from);
      while (recent.length < theirs && desktop.affinity.quota.take(whoami.user.id, true) === 'taken') {
        recent.push(now);
        taken += 1;
      }
    };
    desktop.google.onServiceCall(() => void others());
    const startedAt = desktop.clock.now();
    let kind = '';
    for (let goesOn = true, slices = 0; goesOn; slices += 1) {
      const slice = rpc<{ kind: string; goesOn: boolean; waitMs: number }>(desktop, 'pull', id, 'ticket', false);
      ({ kind, goesOn } = slice);
      for (let left = slice.waitMs; left > 0; left -= 500) {
        desktop.clock.advance(Math.min(left, 500));
        others();
      }
      // Without a wait of its own, time passes between two calls of the page.
      desktop.clock.advance(1_000);
      if (slices > 200) throw new Error('does not get on');
    }
    const minutes = (desktop.clock.now() - startedAt) / 60_000;
    const refused = desktop.affinity.counter.read().byStatus[429] ?? 0;
    const { total } = desktop.affinity.counter.read();
    console.info(
      `${window}: ${minutes.toFixed(1)} minutes, ${total} calls, ${refused} refused, the other made ${taken}`,
    );
    expect(kind).toBe('done');
    expect(desktop.ids()).toHaveLength(entries);
    expect(taken).toBeGreaterThan(450);
    // One batch a minute at most: the next one knows what others left.
    expect(refused).toBeLessThan(100 * minutes);
  },
);

test('a month that runs out in the middle of a push leaves every row with a true result, and the rest for the next push', () => {
  const desktop = new Desktop({ affinity: { entries: 60, quota: { perMonth: 1_000 } } });
  desktop.connect();
  desktop.importList();
  const [headers = []] = desktop.table();
  const ids = desktop.ids().slice(0, 30);
  ids.forEach((id, index) => {
    desktop.person().type(PIPELINE, desktop.at(id, 'Amount'), String(70_000 + index));
  });
  // The list and the thirty records for the question, both again for the push, and ten of the thirty writes.
  desktop.control.setUsedInMonth(1_000 - 2 * (1 + 30) - 10);
  const agree = () => 'OK' as const;
  desktop.google.ui.answer(agree, agree, agree);
  desktop.google.clickMenu('Push my edits', { spreadsheet: desktop.file });
  const said = desktop.google.ui.dialogs.at(-1)?.text ?? '';
  desktop.google.ui.clear();
  expect(said).toMatch(/month/);
  expect(said).toMatch(/\d+ cells not sent: nothing of them reached Affinity\./);
  expect(said).not.toMatch(/refused by Affinity/);

  const table = desktop.table();
  const statusOf = (id: string): string =>
    table.find((row) => row[headers.indexOf('Affinity row ID')] === id)?.[headers.indexOf('Sync status')] ?? '';
  const isIn = (id: string, index: number): boolean => desktop.valueOf(id, 'Amount') === 70_000 + index;
  desktop.control.setUsedInMonth(0);
  const sent = ids.filter(isIn);
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.length).toBeLessThan(30);
  ids.forEach((id, index) => {
    const claims = /^Sent|sent to Affinity/i.test(statusOf(id)) && !/not sent/i.test(statusOf(id));
    expect([id, statusOf(id), claims]).toEqual([id, statusOf(id), isIn(id, index)]);
  });

  desktop.google.ui.answer(agree, agree, agree);
  desktop.google.clickMenu('Push my edits', { spreadsheet: desktop.file });
  desktop.google.ui.clear();
  expect(ids.every(isIn)).toBe(true);
  // No cell was sent twice: the journal has one line a cell.
  expect(desktop.affinity.counter.read().writes).toBeLessThanOrEqual(30 + 20);
});

test('a monthly floor leaves the last calls to the firm’s other programs: every run stops at it, says so, and the settings still tell what is left', () => {
  const FLOOR = 500;
  const desktop = new Desktop({ affinity: { entries: 60, quota: { perMonth: 1_000 } } });
  const leaves = (calls: number) => desktop.control.setUsedInMonth(1_000 - FLOOR - calls);
  const left = () => rpc<{ monthRemaining: number }>(desktop, 'quota').monthRemaining;
  desktop.connect();
  desktop.importList();
  rpc(desktop, 'saveSettings', { monthlyFloor: FLOOR });
  const { imports } = rpc<{ imports: readonly { id: string }[] }>(desktop, 'state');
  const id = imports[0]?.id;

  leaves(30);
  const slice = rpc<{ kind: string; monthRemaining: number; messages: readonly string[] }>(
    desktop,
    'pull',
    id,
    'ticket',
    false,
  );
  expect(slice).toMatchObject({ kind: 'stopped', monthRemaining: FLOOR });
  expect(slice.messages[0]).toMatch(/reserved for other programs.*Lower the monthly floor/);
  expect(left()).toBe(FLOOR);

  leaves(40);
  const [row = '', other = ''] = desktop.ids();
  desktop.person().type(PIPELINE, desktop.at(row, 'Amount'), '4321');
  desktop.person().type(PIPELINE, desktop.at(other, 'Amount'), '4322');
  leaves(2 * 3);
  const agree = () => 'OK' as const;
  desktop.google.ui.answer(agree, agree, agree);
  desktop.google.clickMenu('Push my edits', { spreadsheet: desktop.file });
  const said = desktop.google.ui.dialogs.at(-1)?.text ?? '';
  desktop.google.ui.clear();
  expect(said).toMatch(/reserved for other programs/);
  expect(said).toMatch(/2 cells not sent: nothing of them reached Affinity\./);
  expect(desktop.affinity.counter.read().writes).toBe(0);

  leaves(5);
  rpc(desktop, 'saveSchedule', id, { kind: 'hours', value: 1 }, false);
  desktop.google.passTime(3_700_000);
  const state = rpc<{ imports: readonly { schedule: { trouble: string } }[] }>(desktop, 'state');
  expect(state.imports[0]?.schedule.trouble).toMatch(/reserved for other programs/);
  expect(desktop.google.mails).toHaveLength(1);
  expect(left()).toBeGreaterThanOrEqual(FLOOR);

  rpc(desktop, 'saveSettings', { monthlyFloor: 0 });
  expect(rpc(desktop, 'pull', id, 'ticket', false)).toMatchObject({ kind: 'done', rowsDone: 60 });
});

/** Does slices of the import, as the page does, until it is done; gives the number of slices. */
const finish = (desktop: Desktop, id: string, most: number): number => {
  for (let slices = 1; ; slices += 1) {
    const slice = rpc<{ kind: string; goesOn: boolean; waitMs: number }>(desktop, 'pull', id, 'ticket', false);
    if (!slice.goesOn) {
      expect(slice.kind).toBe('done');
      return slices;
    }
    desktop.clock.advance(slice.waitMs + 1_000);
    if (slices > most) throw new Error('does not get on');
  }
};

test.each([100, 50, 20])(
  'where Affinity takes %i calls a minute only, an import gets on, and few answers are thrown away',
  (perMinute) => {
    const desktop = new Desktop({ affinity: { entries: 300, quota: { perMinute } } });
    rpc(desktop, 'connect', ADMIN_KEY);
    const columns = rpc<readonly { key: string }[]>(desktop, 'columns', LIST_IDS.pipeline).map(({ key }) => key);
    desktop.clock.advance(61_000);
    const id = rpc<string>(desktop, 'startImport', LIST_IDS.pipeline, columns, '');
    const slices = finish(desktop, id, 300);
    const { total, byStatus } = desktop.affinity.counter.read();
    console.info(`${perMinute} a minute: ${total} calls for 300 rows, ${byStatus[429] ?? 0} refused, ${slices} slices`);
    expect(desktop.ids()).toHaveLength(300);
    expect(total).toBeLessThan(500);
  },
);
