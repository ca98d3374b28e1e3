/** What the analyst reads when something goes wrong, and that nothing is lost by it: through the menu of the built bundle. */
import { ADMIN_KEY, Desktop, LIST_IDS } from './desktop';

const PIPELINE = 'Deal Pipeline';

const opened = (entries = 30) => {
  const desktop = new Desktop({ affinity: { entries } });
  desktop.connect();
  desktop.importList();
  const table = () =>
    JSON.stringify(desktop.google.snapshot(desktop.file).sheets.find(({ name }) => name === PIPELINE));
  const [id = ''] = desktop.ids().filter((row) => desktop.person().sees(PIPELINE, desktop.at(row, 'Amount')) !== '');
  return { desktop, table, id, before: table() };
};

test('a key that was revoked: the refresh says how to connect again, and the sheet stays', () => {
  const { desktop, table, before } = opened();
  desktop.google.userProperties().set('affinityApiKey', 'revoked');
  expect(desktop.refresh()).toMatch(/did not accept your API key. Choose “Connect to Affinity”/);
  expect(table()).toBe(before);
  desktop.google.userProperties().set('affinityApiKey', ADMIN_KEY);
  expect(desktop.refresh()).toMatch(/Everything was up to date/);
});

test('a list deleted in Affinity: the refresh says so, and the sheet stays', () => {
  const { desktop, table, before } = opened();
  desktop.control.removeList(LIST_IDS.pipeline);
  expect(desktop.refresh()).toMatch(/no longer has this list.*Your sheet was not changed/);
  expect(table()).toBe(before);
});

test('no network at all: the refresh says to check the connection, and a later one goes through', () => {
  const { desktop, table, before } = opened();
  desktop.control.addFault({ kind: 'reset', times: 'always' });
  expect(desktop.refresh()).toMatch(/could not be reached. Check your connection/);
  expect(table()).toBe(before);
  desktop.control.clearFaults();
  expect(desktop.refresh()).toMatch(/Everything was up to date/);
});

test('an HTML page instead of an answer: nothing is cleared, and there is a reference to report', () => {
  const { desktop, table, before } = opened();
  desktop.control.addFault({ kind: 'html', times: 'always' });
  expect(desktop.refresh()).toMatch(/can’t be understood.*report it with the reference run-/);
  expect(table()).toBe(before);
});

test('a value that Affinity refuses with 422: the row says what Affinity said, and the edit stays', () => {
  const { desktop, id } = opened();
  const cell = desktop.at(id, 'Amount');
  desktop.person().type(PIPELINE, cell, '4321');
  const field = desktop
    .api<{ id: number; name: string }[]>('GET', `/fields?list_id=${LIST_IDS.pipeline}`)
    .find(({ name }) => name === 'Amount');
  let isArmed = true;
  desktop.affinity.beforeCall((endpoint) => {
    if (endpoint !== 'fieldValues.update' || !isArmed) return;
    isArmed = false;
    desktop.control.removeField(field?.id ?? 0);
  });
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 cell refused by Affinity: see the status column/);
  expect(desktop.person().sees(PIPELINE, cell)).toBe('4321');
  expect(desktop.person().sees(PIPELINE, desktop.at(id, 'Sync status'))).toMatch(/Amount: /);
});

test('the calls of the month are used up in the middle of a push: every row says truly what became of it', () => {
  const { desktop } = opened(60);
  const ids = desktop.ids().slice(0, 55);
  for (const [index, id] of ids.entries()) desktop.person().type(PIPELINE, desktop.at(id, 'Nickname'), `n${index}`);
  desktop.control.addFault({ kind: 'month-limit', nth: 20, times: 'always', endpoint: 'fieldValues.update' });
  const report = desktop.click('Push my edits', 'OK', 'OK');
  expect(report).toMatch(/calls for this month are used up/);
  const sent = Number(/(\d+) cells in/.exec(report)?.[1]);
  const truth = ids.filter((id, index) => desktop.valueOf(id, 'Nickname') === `n${index}`);
  const said = ids.filter((id) =>
    /^Sent Nickname/.test(desktop.person().sees(PIPELINE, desktop.at(id, 'Sync status'))),
  );
  expect(said).toEqual(truth);
  expect(sent).toBe(truth.length);
  desktop.control.clearFaults();
  desktop.click('Push my edits', 'OK', 'OK');
  expect(ids.filter((id, index) => desktop.valueOf(id, 'Nickname') === `n${index}`)).toHaveLength(55);
});

test.each([
  ['the tab', (desktop: Desktop) => desktop.person().deleteSheet(PIPELINE), /tab of the import .* was deleted/],
  [
    'the id column',
    (desktop: Desktop) => desktop.person().deleteColumns(PIPELINE, 1, 1),
    /column “Affinity row ID” was deleted/,
  ],
  ['the header row', (desktop: Desktop) => desktop.person().deleteRows(PIPELINE, 1, 1), /header row was deleted/],
  [
    'the hidden state',
    (desktop: Desktop) => {
      const hidden = desktop.file.workbook.sheets.find((sheet) => sheet.hidden);
      desktop.person().deleteSheet(hidden?.name ?? '');
    },
    /no import yet/,
  ],
] as const)('%s deleted: said, with what to do, and Affinity is not changed', (_what, remove, sentence) => {
  const { desktop } = opened();
  desktop.person().addSheet('Other');
  remove(desktop);
  expect(desktop.refresh()).toMatch(sentence);
  expect(desktop.affinity.counter.read().writes).toBe(0);
});

test('a column of ours that was deleted is left out; the others go on', () => {
  const { desktop, id } = opened();
  const [headers = []] = desktop.table();
  desktop.person().deleteColumns(PIPELINE, headers.indexOf('Amount') + 1, 1);
  desktop.colleagueSets(id, 'Amount', 1);
  expect(desktop.refresh()).toMatch(/Everything was up to date/);
  desktop.person().type(PIPELINE, desktop.at(id, 'Nickname'), 'Zed');
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 cell in 1 row sent/);
});

test('a second run while one is going is refused, and the lease of a dead run does not block for long', () => {
  const { desktop } = opened();
  const [importId = ''] = desktop.file.workbook.sheets.flatMap(({ name }) => /_list-sync-(.+)/.exec(name)?.[1] ?? []);
  desktop.google
    .documentProperties(desktop.file)
    .set(`lease.${importId}`, JSON.stringify({ owner: 'run-other', until: Math.ceil(desktop.clock.now()) + 60_000 }));
  expect(desktop.refresh()).toMatch(/Another run is at work here/);
  desktop.clock.advance(61_000);
  expect(desktop.refresh()).toMatch(/Everything was up to date/);
});

test('a copied file asks before it is linked, and sends nothing until then', () => {
  const { desktop, id } = opened();
  const copy = desktop.google.copySpreadsheet(desktop.file);
  const person = desktop.google.person(copy);
  person.type(PIPELINE, desktop.at(id, 'Amount'), '4321');
  const click = (caption: string, ...answers: ('OK' | 'CANCEL')[]): string => {
    desktop.google.ui.answer(...answers);
    desktop.google.openDocument({ spreadsheet: copy });
    desktop.google.clickMenu(caption, { spreadsheet: copy });
    return desktop.google.ui.dialogs.at(-1)?.text ?? '';
  };
  desktop.affinity.counter.reset();
  expect(click('Push my edits', 'CANCEL')).toMatch(/This file is a copy of another one. Link “Deal Pipeline”/);
  expect(desktop.affinity.counter.read().writes).toBe(0);
  expect(click('Push my edits', 'OK', 'OK', 'OK')).toMatch(/1 cell in 1 row sent/);
  expect(desktop.refresh()).toMatch(/1 cell changed/);
});

test('a table that never stands still is left alone, and the sentence says that it moves, not that another run works', () => {
  const desktop = new Desktop({ affinity: { entries: 30 } });
  desktop.connect();
  desktop.importList();
  const before = desktop.table();
  const stop = desktop.google.onServiceCall(({ service, member }) => {
    if (service === 'Range' && member === 'getValues') desktop.person().moveColumns('Deal Pipeline', 1, 1, 3);
  });
  const said = desktop.click('Refresh from Affinity', 'OK');
  stop();
  expect(said).toMatch(/On the tab “Deal Pipeline” rows or columns kept moving/);
  const sorted = (table: readonly (readonly string[])[]) => table.map((row) => [...row].sort());
  expect(sorted(desktop.table())).toEqual(sorted(before));
});
