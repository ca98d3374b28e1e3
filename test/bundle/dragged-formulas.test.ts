/** A column of the analyst's formulas that is dragged into the place of one of ours, in the moment of a write, computes what it did. */
import { byNote, DOUBLE, PIPELINE, prepared, Tab } from '../interference/world';

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
