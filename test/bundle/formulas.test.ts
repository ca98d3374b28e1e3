/** Formulas in managed columns on the built bundle, computed by a real sheet, through the review's own calls. Eight seconds. */
import { Desktop } from './desktop';

const PIPELINE = 'Deal Pipeline';

const opened = () => {
  const desktop = new Desktop({ affinity: { entries: 12 } });
  desktop.connect();
  desktop.importList();
  const rpc = (name: string, ...args: unknown[]) => {
    const reply = desktop.google.scriptRun('rpc', [JSON.stringify({ name, args })], { spreadsheet: desktop.file });
    const answer = JSON.parse(String(reply));
    if (!answer.ok) throw new Error(String(reply));
    return answer.value;
  };
  const importId: string = rpc('state').imports[0].id;
  const ids = desktop.ids().filter((one) => typeof desktop.valueOf(one, 'Amount') === 'number');
  const [id = '', other = ''] = ids;
  const place = () => desktop.at(id, 'Amount');
  const formulaAt = (a1: string): unknown => {
    const tab = desktop.google.snapshot(desktop.file).sheets.find(({ name }) => name === PIPELINE);
    return JSON.parse(JSON.stringify(tab)).formulas?.[a1];
  };
  const formula = () => formulaAt(place());
  const push = (selection: object = {}) => {
    const { cells, newRows } = rpc('preview', importId);
    const rows = [...cells.map((cell: { id: string }) => cell.id), ...newRows.map((row: { key: string }) => row.key)];
    return rpc(
      'push',
      importId,
      false,
      [],
      {
        rows,
        without: [],
        formulas: [],
        again: [],
        onlyNew: false,
        ...selection,
      },
      'mark',
    );
  };
  return { desktop, rpc, importId, id, other, place, formula, formulaAt, push };
};

test('a formula’s result is sent by consent, the formula stays, and its next result is an edit again', () => {
  const { desktop, rpc, importId, id, other, place, formula, push } = opened();
  const source = desktop.at(other, 'Amount');
  const typed = `=${source}*2`;
  const amount = Number(desktop.valueOf(other, 'Amount'));
  desktop.person().type(PIPELINE, place(), typed);
  const [cell] = rpc('preview', importId).cells;
  expect(cell).toMatchObject({ state: 'formula', formula: typed, mine: String(amount * 2) });
  expect(push()).toMatchObject({ cells: 0, formulasKept: 1 });

  expect(push({ formulas: [{ id, column: cell.column, mine: cell.mine }] })).toMatchObject({ cells: 1 });
  expect([desktop.valueOf(id, 'Amount'), formula()]).toEqual([amount * 2, typed]);
  expect(rpc('preview', importId).cells).toEqual([]);
  expect(desktop.refresh()).toMatch(/Everything was up to date/);

  desktop.colleagueSets(other, 'Amount', 50);
  desktop.refresh();
  expect(rpc('preview', importId).cells).toMatchObject([{ state: 'formula', mine: '100', theirs: String(amount * 2) }]);
  // The menu asks about formulas by themselves.
  expect(desktop.click('Push my edits', 'OK', 'NO', 'OK')).toMatch(/1 formula result not sent/);
  expect(desktop.click('Push my edits', 'OK', 'YES', 'OK')).toMatch(/1 cell in 1 row sent/);
  expect([desktop.valueOf(id, 'Amount'), formula()]).toEqual([100, typed]);
});

test('an error and a circle are refused with a sentence, and stay', () => {
  const { desktop, rpc, importId, place, formula } = opened();
  desktop.person().type(PIPELINE, place(), '=1/0');
  expect(rpc('preview', importId).cells).toMatchObject([{ state: 'refused', problem: expect.stringMatching(/#DIV/) }]);
  desktop.person().type(PIPELINE, place(), `=${place()}+1`);
  expect(rpc('preview', importId).cells).toMatchObject([
    { state: 'refused', problem: expect.stringMatching(/refers to itself/) },
  ]);
  desktop.refresh();
  expect(formula()).toBe(`=${place()}+1`);
});

test('the review’s call adds a row again that the table has already, where that was chosen', () => {
  const { desktop, rpc, importId, id, push } = opened();
  const name = desktop.person().sees(PIPELINE, desktop.at(id, 'Name'));
  desktop.person().type(PIPELINE, `${desktop.at(id, 'Name').replace(/\d+/, '')}14`, name);
  const [row] = rpc('preview', importId).newRows;
  expect(row).toMatchObject({ fate: 'repeat' });
  expect(push()).toMatchObject({ rowsAdded: 0 });
  expect(push({ again: [row.key] })).toMatchObject({ rowsAdded: 1 });
});

test.each([1, 2])('a formula stays where it was dragged to just before flush %d of a push that writes cells', (nth) => {
  const { desktop, rpc, importId, id, other, formulaAt } = opened();
  const amount = (one: string) => desktop.at(one, 'Amount');
  const rowOf = (one: string) => Number(/\d+/.exec(amount(one))?.[0]);
  desktop.person().type(PIPELINE, amount(other), '=100+1');
  desktop.person().type(PIPELINE, amount(id), '5');
  desktop.colleagueSets(id, 'Amount', 6);
  const choices = rpc('preview', importId)
    .cells.filter((cell: { state: string }) => cell.state === 'conflict')
    .map((cell: { id: string; column: string }) => ({ id: cell.id, column: cell.column, choice: 'theirs' }));
  let flushes = 0;
  const stop = desktop.google.onServiceCall(({ effect }) => {
    if (effect === 'flush') flushes += 1;
    if (flushes === nth) {
      stop();
      desktop.person().moveRows(PIPELINE, rowOf(other), 1, rowOf(id));
    }
    return undefined;
  });
  const selection = { rows: [id], without: [], formulas: [], again: [], onlyNew: false };
  expect(rpc('push', importId, false, choices, selection, 'mark')).toMatchObject({ conflicts: 0 });
  expect([formulaAt(amount(other)), desktop.person().sees(PIPELINE, amount(id))]).toEqual(['=100+1', '6']);
});
