/** A column of the analyst's formulas that is dragged into the place of one of ours, in the moment of a write, computes what it did. */
import { byNote, connected, DOUBLE, OWN, PIPELINE, prepared, pullAll, startImport, Tab } from '../interference/world';
import { agreeing } from '../kill/scenarios';
import type { Desktop } from './desktop';
import { letters } from './desktop';

const drags: readonly (readonly [string, number])[] = [
  ['before the column that is written', 0],
  ['two columns before it', -2],
];

test.each(drags)('formulas dragged %s', (_name, offset) => {
  const probe = prepared();
  const ids = new Tab(probe).ids.filter((id) => new Tab(probe).cell(id, 'Amount') !== '');
  for (const id of ids.slice(0, 3)) probe.colleagueSets(id, 'Amount', 987);
  const flushes: number[] = [];
  const count = probe.copy();
  const stopCounting = count.google.onServiceCall(({ effect, index }) => {
    if (effect === 'write') flushes.push(index);
  });
  count.refresh();
  stopCounting();
  expect(flushes.length).toBeGreaterThan(0);
  for (const at of flushes) {
    const desktop = probe.copy();
    const stop = desktop.google.onServiceCall(({ index }) => {
      if (index !== at) return;
      const tab = new Tab(desktop);
      const goal = tab.column('Amount') + 1 + offset;
      desktop.person().moveColumns(PIPELINE, tab.column(DOUBLE) + 1, 1, goal);
    });
    desktop.refresh();
    stop();
    for (const [note, cells] of byNote(desktop)) {
      const amount = cells['Amount'] ?? '';
      expect([at, note, cells[DOUBLE]]).toEqual([at, note, amount === '' ? '0' : String(Number(amount) * 2)]);
    }
  }
});

const STATUS = 'Sync status';
const FORMULA = '=3+4';
/** Of the calls' batches the one that reads the record again before it is written: the last one but the writing itself. */
const RECORDS_BATCH = 4;

/** A table without a formula, a number beside each row, and an edit to push. */
const plain = (): { readonly desktop: Desktop; readonly id: string } => {
  const desktop = connected({});
  pullAll(desktop, startImport(desktop));
  const tab = new Tab(desktop);
  const person = desktop.person();
  const own = letters(tab.headers.length);
  const [id = ''] = tab.with('Amount');
  person.type(PIPELINE, `${own}1`, OWN);
  for (const one of tab.ids) person.type(PIPELINE, `${own}${tab.row(one)}`, '7');
  person.type(PIPELINE, `${tab.letter('Amount')}${tab.row(id)}`, '4321');
  desktop.clock.advance(3_600_000);
  return { desktop, id };
};

test('a formula typed in the middle of a push, with the value that stood there, is one after a drag at any write', () => {
  const { desktop: probe, id } = plain();
  const push = (act: (desktop: Desktop, index: number, effect: string) => void): Desktop => {
    const desktop = probe.copy();
    let batches = 0;
    const stop = desktop.google.onServiceCall(({ index, effect, member }) => {
      batches += member === 'fetchAll' ? 1 : 0;
      // The table was read; the preview came before, with a reading of its own.
      if (member === 'fetchAll' && batches === RECORDS_BATCH) {
        const tab = new Tab(desktop);
        desktop.person().type(PIPELINE, `${tab.letter(OWN)}${tab.row(id)}`, FORMULA);
      }
      act(desktop, index, effect);
    });
    agreeing(desktop, 'Push my edits');
    stop();
    expect(batches).toBe(RECORDS_BATCH + 1);
    return desktop;
  };
  const writes: number[] = [];
  push((_desktop, index, effect) => {
    if (effect === 'write' || effect === 'flush') writes.push(index);
  });
  const lost = writes.filter((at) => {
    let isDone = false;
    const desktop = push((one, index) => {
      if (index !== at || isDone) return;
      isDone = true;
      const tab = new Tab(one);
      one.person().moveColumns(PIPELINE, tab.column(OWN) + 1, 1, tab.column(STATUS) + 1);
    });
    const tab = new Tab(desktop);
    const cells = desktop.file.workbook.sheetByName(PIPELINE)?.cells;
    return cells?.formula(tab.row(id) - 1, tab.column(OWN)) !== FORMULA;
  });
  expect(writes.length).toBeGreaterThan(3);
  expect(lost).toEqual([]);
});
