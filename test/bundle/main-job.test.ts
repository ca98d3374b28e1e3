/** The main job as an analyst does it: built bundle, real cells, menu commands, dialogs. */
import { Desktop } from './desktop';

const PIPELINE = 'Deal Pipeline';

const opened = (entries = 30) => {
  const desktop = new Desktop({ affinity: { entries } });
  desktop.connect();
  desktop.importList();
  const type = (id: string, header: string, text: string) =>
    desktop.person().type(PIPELINE, desktop.at(id, header), text);
  const sees = (id: string, header: string) => desktop.person().sees(PIPELINE, desktop.at(id, header));
  const withAmount = desktop.ids().filter((id) => sees(id, 'Amount') !== '');
  return { desktop, type, sees, withAmount };
};

test('different edits of one cell on both sides are a conflict that is shown, held, and settled by a choice', () => {
  const { desktop, type, sees, withAmount } = opened();
  const [id = ''] = withAmount;
  type(id, 'Amount', '111');
  desktop.colleagueSets(id, 'Amount', 222);

  expect(desktop.refresh()).toMatch(/1 row with a conflict/);
  expect(sees(id, 'Amount')).toBe('111');
  expect(sees(id, 'Sync status')).toMatch(/Here “111”, in Affinity “222”/);
  expect(desktop.click('Preview my edits', 'OK')).toMatch(
    /0 edits to send, 0 emptied cells, 1 conflict held, 0 refused/,
  );
  // Decided later: nothing is sent.
  expect(desktop.click('Push my edits', 'OK', 'CANCEL', 'OK')).toMatch(/0 cells in 0 rows sent.*1 conflict held/s);
  expect(desktop.valueOf(id, 'Amount')).toBe(222);
  // Mine.
  expect(desktop.click('Push my edits', 'OK', 'YES', 'OK')).toMatch(/1 cell in 1 row sent/);
  expect(desktop.valueOf(id, 'Amount')).toBe(111);
});

test('edits of different cells of one row both go through', () => {
  const { desktop, type, sees, withAmount } = opened();
  const [id = ''] = withAmount;
  type(id, 'Nickname', 'Zed');
  desktop.colleagueSets(id, 'Amount', 222);
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 cell in 1 row sent/);
  expect(desktop.refresh()).toMatch(/1 cell changed/);
  expect(desktop.valueOf(id, 'Nickname')).toBe('Zed');
  expect(sees(id, 'Amount')).toBe('222');
});

test('the analyst’s own columns, formulas, notes and colours beside and between ours survive a refresh, with their row', () => {
  const { desktop, sees, withAmount } = opened();
  const person = desktop.person();
  const [headers = []] = desktop.table();
  const amount = String.fromCharCode(65 + headers.indexOf('Amount'));
  const next = headers.length + 1;
  person.insertColumns(PIPELINE, headers.indexOf('Amount') + 2, 1);
  const own = String.fromCharCode(65 + headers.indexOf('Amount') + 1);
  person.type(PIPELINE, `${own}1`, 'Double');
  for (let row = 2; row <= 31; row += 1) person.type(PIPELINE, `${own}${row}`, `=${amount}${row}*2`);
  person.setNote(PIPELINE, `${own}5`, 'ask again');
  person.setBackground(PIPELINE, `${own}6`, '#ffeecc');
  person.type(PIPELINE, 'A40', 'my own notes below');
  const [id = ''] = withAmount;
  desktop.colleagueSets(id, 'Amount', 4321);
  const sheetOf = () => {
    const found = desktop.google.snapshot(desktop.file).sheets.find(({ name }) => name === PIPELINE);
    if (found === undefined) throw new Error('no tab');
    return found as unknown as Record<string, Record<string, unknown>>;
  };
  const before = sheetOf();
  desktop.refresh();
  const after = sheetOf();
  expect(sees(id, 'Amount')).toBe('4321');
  expect(sees(id, 'Double')).toBe('8642');
  const cell = desktop.at(id, 'Amount');
  const dependent = desktop.at(id, 'Double');
  expect(after.formulas).toEqual(before.formulas);
  expect(after.notes).toEqual(before.notes);
  expect(after.looks).toEqual(before.looks);
  expect(after.formats).toEqual(before.formats);
  expect({ ...after.values, [cell]: 0, [dependent]: 0 }).toEqual({ ...before.values, [cell]: 0, [dependent]: 0 });
  expect(next).toBeGreaterThan(20);
});

test('rows that are new in Affinity come below the last one, with the analyst’s own column formulas filled down', () => {
  const { desktop } = opened();
  const person = desktop.person();
  const [headers = []] = desktop.table();
  const amount = String.fromCharCode(65 + headers.indexOf('Amount'));
  person.insertColumns(PIPELINE, headers.indexOf('Amount') + 2, 1);
  const own = String.fromCharCode(65 + headers.indexOf('Amount') + 1);
  person.type(PIPELINE, `${own}1`, 'Double');
  for (let row = 2; row <= 31; row += 1) person.type(PIPELINE, `${own}${row}`, `=${amount}${row}*2`);
  person.type(PIPELINE, 'B34', 'my own notes below');
  for (const name of ['New one', 'New two', 'New three'])
    desktop.api('POST', '/opportunities', { name, list_id: 4974 });

  expect(desktop.refresh()).toMatch(/3 rows added to the sheet/);

  const sheet = desktop.google.snapshot(desktop.file).sheets.find(({ name }) => name === PIPELINE) as unknown as {
    formulas: Record<string, string>;
    values: Record<string, unknown>;
  };
  for (const row of [32, 33, 34]) expect(sheet.formulas[`${own}${row}`]).toBe(`=${amount}${row}*2`);
  expect([sheet.values.B32, sheet.values.B33, sheet.values.B34]).toEqual(
    expect.arrayContaining(['New one', 'New two', 'New three']),
  );
  expect(sheet.values.B37).toBe('my own notes below');
});

test('rows sorted, columns moved and headers renamed by the analyst: edits still reach the right entries', () => {
  const { desktop, type, withAmount } = opened();
  const person = desktop.person();
  const [headers = []] = desktop.table();
  const before = desktop.ids();
  person.sort(PIPELINE, `A2:${String.fromCharCode(65 + headers.length - 1)}31`, { column: 2, ascending: false });
  expect(desktop.ids()).not.toEqual(before);
  person.moveColumns(PIPELINE, headers.indexOf('Amount') + 1, 1, 2);
  const renamed = desktop.at(withAmount[0] ?? '', 'Nickname').replace(/\d+/, '1');
  person.type(PIPELINE, renamed, 'What we call it');
  person.renameSheet(PIPELINE, 'Pipeline 2026');
  const tab = 'Pipeline 2026';
  const ids = withAmount.slice(0, 5);
  ids.forEach((id, index) => {
    person.type(tab, desktop.at(id, 'Amount', tab), String(7000 + index));
  });
  person.type(tab, desktop.at(ids[0] ?? '', 'What we call it', tab), 'Ace');
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/6 cells in 5 rows sent/);
  ids.forEach((id, index) => {
    expect(desktop.valueOf(id, 'Amount')).toBe(7000 + index);
  });
  expect(desktop.valueOf(ids[0] ?? '', 'Nickname')).toBe('Ace');
  expect(type).toBeDefined();
});

test('two imports of one list on two tabs do not disturb each other', () => {
  const { desktop, withAmount } = opened();
  desktop.importList();
  const [id = ''] = withAmount;
  const second = `${PIPELINE} (2)`;
  const person = desktop.person();
  person.type(second, desktop.at(id, 'Amount', second), '5150');
  const snapshotOf = (tab: string) =>
    JSON.stringify(desktop.google.snapshot(desktop.file).sheets.find(({ name }) => name === tab));
  const first = snapshotOf(PIPELINE);
  person.select(second);
  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 cell in 1 row sent/);
  expect(snapshotOf(PIPELINE)).toBe(first);
  person.select(PIPELINE);
  expect(desktop.click('Push my edits', 'OK')).toMatch(/Nothing was edited/);
  expect(desktop.refresh()).toMatch(/1 cell changed/);
  expect(person.sees(PIPELINE, desktop.at(id, 'Amount'))).toBe('5150');
});

test('a copied row is sent by neither copy, and both rows are named', () => {
  const { desktop, withAmount } = opened();
  const [id = ''] = withAmount;
  const person = desktop.person();
  const row = Number(/\d+/.exec(desktop.at(id, 'Amount'))?.[0]);
  person.pasteRow(PIPELINE, 40, person.copyRow(PIPELINE, row));
  person.type(PIPELINE, desktop.at(id, 'Amount'), '1');
  expect(desktop.click('Push my edits', 'OK')).toMatch(new RegExp(`Rows ${row}, 40 have the same Affinity row ID`));
  expect(desktop.affinity.counter.read().writes).toBe(0);
  expect(desktop.refresh()).toMatch(
    new RegExp(`Rows ${row}, 40 have the same Affinity row ID, so none of them is refreshed`),
  );
});

test('the preview writes nothing: not to the sheet, not to Affinity, not to stored state', () => {
  const { desktop, type, withAmount } = opened();
  type(withAmount[0] ?? '', 'Amount', '1');
  type(withAmount[1] ?? '', 'Amount', 'many');
  const world = () =>
    JSON.stringify([
      desktop.google.snapshot(desktop.file),
      desktop.google.properties(),
      desktop.control.dump({ list_id: 4974, limit: 1000 }),
    ]);
  const before = world();
  expect(desktop.click('Preview my edits', 'OK')).toMatch(
    /1 edit to send, 0 emptied cells, 0 conflicts held, 1 refused/,
  );
  expect(world()).toBe(before);
  expect(desktop.affinity.counter.read().writes).toBe(0);
});

test('a long list says what it costs before it is imported, and is not imported without a yes', () => {
  const desktop = new Desktop({ affinity: { entries: 1000 } });
  desktop.connect();
  desktop.affinity.counter.reset();
  const said = desktop.click('Import a list', { button: 'OK', text: PIPELINE }, 'CANCEL');
  expect(said).toMatch(/has 1000 rows: about 1,003 calls, 1 minute. \d+ calls are left this month/);
  expect(desktop.affinity.counter.read().total).toBe(1);
});

test('a dropdown of 500 options has a picker, one of more has none; both are read, pushed and refused by name', () => {
  for (const count of [500, 501]) {
    const desktop = new Desktop({ affinity: { entries: 12 } });
    const fields = desktop.api<{ id: number; name: string; dropdown_options: unknown[] }[]>(
      'GET',
      '/fields?list_id=4974',
    );
    const sector = fields.find(({ name }) => name === 'Sector');
    const missing = count - (sector?.dropdown_options.length ?? 0);
    const texts = Array.from({ length: missing }, (_, index) => `Option ${index} <b>=1+1</b>`);
    desktop.control.addOptions({ field_id: sector?.id ?? 0, texts });
    desktop.connect();
    expect(desktop.importList()).toMatch(/12 rows added/);
    const [first = '', second = ''] = desktop.ids();
    const cell = desktop.at(first, 'Sector');
    const sheet = desktop.google.snapshot(desktop.file).sheets.find(({ name }) => name === PIPELINE) as unknown as {
      validations: Record<string, unknown>;
    };
    expect(cell in sheet.validations).toBe(count === 500);
    desktop.person().type(PIPELINE, cell, texts[missing - 1] ?? '');
    desktop.person().type(PIPELINE, desktop.at(second, 'Sector'), 'No such sector');
    expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(/1 cell in 1 row sent.*1 cell not sent/s);
    expect(desktop.valueOf(first, 'Sector')).toBe(texts[missing - 1]);
    expect(desktop.person().sees(PIPELINE, desktop.at(second, 'Sync status'))).toMatch(
      /no option "No such sector".*and \d+ more/,
    );
  }
});

test('1,000 entries of 15 fields: field value calls one an entity, and the sheet written in blocks', () => {
  const desktop = new Desktop({ affinity: { entries: 1000 } });
  desktop.connect();
  desktop.affinity.counter.reset();
  desktop.google.calls.reset();
  expect(desktop.importList()).toMatch(/1000 rows read from Affinity. 1000 rows added/);
  const { byEndpoint } = desktop.affinity.counter.read();
  expect(byEndpoint['fieldValues.list']).toBe(1000);
  const { byMember, spreadsheet } = desktop.google.calls;
  // A block of 250 rows is one write of the table and one of the baseline.
  expect(byMember['Range.setValues']).toBeLessThanOrEqual(2 * 5 + 4);
  expect(spreadsheet).toBeLessThanOrEqual(350);
});
