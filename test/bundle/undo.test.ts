/** Receipts and undo: what was sent is in the journal, and can be taken back where nobody changed it since. */
import { Desktop } from './desktop';

const PIPELINE = 'Deal Pipeline';

const opened = () => {
  const desktop = new Desktop({ affinity: { entries: 30 } });
  desktop.connect();
  desktop.importList();
  const sees = (id: string, header: string) => desktop.person().sees(PIPELINE, desktop.at(id, header));
  const type = (id: string, header: string, text: string) =>
    desktop.person().type(PIPELINE, desktop.at(id, header), text);
  const journal = () =>
    desktop
      .journal()
      .slice(1)
      .filter((row) => row.some((cell) => cell !== ''));
  const ids = desktop.ids().filter((id) => /^\d/.test(sees(id, 'Amount')) && sees(id, 'Lead Partner') !== '');
  return { desktop, sees, type, journal, ids };
};

test('every cell that was sent has a line: time, user, row, field, old, new, outcome, run', () => {
  const { desktop, sees, type, journal, ids } = opened();
  const [id = ''] = ids;
  const before = sees(id, 'Amount');
  type(id, 'Amount', '77');
  desktop.click('Push my edits', 'OK', 'OK');
  expect(journal()).toEqual([
    expect.arrayContaining([
      expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      'Deal Pipeline',
      sees(id, 'Name'),
      'Amount',
      before,
      '77',
      'sent',
      expect.stringMatching(/^run-/),
    ]),
  ]);
});

test('what was sent can be looked at, and goes on with each push', () => {
  const { desktop, sees, type, ids } = opened();
  const [first = '', second = ''] = ids;
  const before = sees(first, 'Amount');
  desktop.click('Show what was sent');
  expect(desktop.table('What was sent')).toHaveLength(1);
  type(first, 'Amount', '77');
  desktop.click('Push my edits', 'OK', 'OK');
  desktop.clock.advance(60_000);
  type(second, 'Nickname', "'=1+1");
  desktop.click('Push my edits', 'OK', 'OK');
  const [headers, ...rows] = desktop.table('What was sent');
  expect(headers).toEqual(['Time', 'User', 'Import', 'Row', 'Field', 'Before', 'Sent', 'Outcome', 'Run']);
  expect(rows).toEqual([
    expect.arrayContaining([PIPELINE, sees(second, 'Name'), 'Nickname', sees(second, 'Nickname'), 'Sent']),
    expect.arrayContaining([PIPELINE, sees(first, 'Name'), 'Amount', before, '77', 'Sent']),
  ]);
  desktop.click('Undo my last push', 'OK', 'OK');
  expect(
    desktop
      .table('What was sent')
      .slice(1)
      .map((row) => row[7]),
  ).toEqual(['Sent', 'Sent, and taken back later', 'Sent']);
});

test('undo takes a push back in Affinity and in the sheet, names included', () => {
  const { desktop, sees, type, journal, ids } = opened();
  const [first = '', second = '', third = ''] = ids;
  const before = {
    amount: sees(first, 'Amount'),
    partner: sees(second, 'Lead Partner'),
    nickname: sees(third, 'Nickname'),
  };
  const partner = ids.map((id) => sees(id, 'Lead Partner')).find((name) => name !== before.partner) ?? '';
  type(first, 'Amount', '77');
  type(second, 'Lead Partner', partner);
  type(third, 'Nickname', 'Zed');
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/3 cells in 3 rows sent/);
  expect(desktop.click('Undo my last push', 'OK', 'OK')).toMatch(/3 cells in 3 rows taken back/);
  expect({
    amount: sees(first, 'Amount'),
    partner: sees(second, 'Lead Partner'),
    nickname: sees(third, 'Nickname'),
  }).toEqual(before);
  expect(String(desktop.valueOf(first, 'Amount'))).toBe(before.amount);
  expect(desktop.click('Push my edits', 'OK')).toMatch(/Nothing was edited/);
  expect(desktop.refresh()).toMatch(/Everything was up to date/);
  expect(journal().map((row) => row[7])).toEqual(['undone', 'undone', 'undone', 'sent', 'sent', 'sent']);
  expect(desktop.click('Undo my last push', 'OK')).toMatch(/Nothing was pushed from this file that could be undone/);
});

test('what somebody changed since is left alone and listed', () => {
  const { desktop, sees, type, ids } = opened();
  const [first = '', second = ''] = ids;
  const before = sees(first, 'Amount');
  type(first, 'Amount', '77');
  type(second, 'Amount', '78');
  desktop.click('Push my edits', 'OK', 'OK');
  desktop.colleagueSets(second, 'Amount', 99);
  const report = desktop.click('Undo my last push', 'OK', 'OK');
  expect(report).toMatch(/1 cell in 1 row taken back/);
  expect(report).toMatch(/Amount: left alone. Somebody changed it since/);
  expect(sees(first, 'Amount')).toBe(before);
  expect(desktop.valueOf(second, 'Amount')).toBe(99);
});

test('a cell edited since in the sheet keeps its edit, pending', () => {
  const { desktop, sees, type, ids } = opened();
  const [id = ''] = ids;
  const before = sees(id, 'Amount');
  type(id, 'Amount', '77');
  desktop.click('Push my edits', 'OK', 'OK');
  type(id, 'Amount', '78');
  expect(desktop.click('Undo my last push', 'OK', 'OK')).toMatch(/1 cell in 1 row taken back/);
  expect(sees(id, 'Amount')).toBe('78');
  expect(String(desktop.valueOf(id, 'Amount'))).toBe(before);
  expect(desktop.click('Preview my edits', 'OK')).toMatch(/1 edit to send/);
});

test('a journal of thousands of lines gives its oldest runs up, and undoes the newest all the same', () => {
  const { desktop, type, sees, ids } = opened();
  const [first = '', second = ''] = ids;
  type(first, 'Amount', '77');
  desktop.click('Push my edits', 'OK', 'OK');
  const [headers = [], line = []] = desktop.journal();
  const run = headers.indexOf('Run');
  const tab = desktop.google.snapshot(desktop.file).sheets.find(({ name }) => name.startsWith('_list-sync-journal'));
  // As 63 pushes of a hundred cells each would have left it.
  const many = Array.from({ length: 6_300 }, (_line, at) =>
    line.map((text, column) => (column === run ? `run-old${Math.floor(at / 100)}` : text)),
  );
  desktop.person().paste(tab?.name ?? '', 'A3', [...many, line]);
  const before = sees(second, 'Amount');
  type(second, 'Amount', '78');
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 cell in 1 row sent/);
  const runs = desktop
    .journal()
    .slice(1)
    .map((cells) => cells[run] ?? '');
  const left = runs.filter((one) => one !== '');
  expect(left).toHaveLength(5_002);
  expect([left[0], left.filter((one) => one === left[0]).length]).toEqual(['run-old13', 100]);
  expect(desktop.click('Undo my last push', 'OK', 'OK')).toMatch(/1 cell in 1 row taken back/);
  expect(sees(second, 'Amount')).toBe(before);
});
