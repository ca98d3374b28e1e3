/** Fields renamed in Affinity, on the built bundle: hostile names stay text, and columns dragged at any moment lose no header. */
import { Desktop } from './desktop';

const PIPELINE = 'Deal Pipeline';

const renameAmount = (desktop: Desktop, name: string): void => {
  const { fields } = desktop.affinity.world;
  const field = [...fields.values()].find((one) => one.name === 'Amount' && one.list_id !== null);
  if (field === undefined) throw new Error('no such field');
  fields.set(field.id, { ...field, name });
};

const opened = (amount = 'Amount') => {
  const desktop = new Desktop({ affinity: { entries: 3 } });
  if (amount !== 'Amount') renameAmount(desktop, amount);
  desktop.connect();
  desktop.importList();
  return desktop;
};

test.each(['=1+1', "'quoted", '+49', '@home', '1.5', '  blanks  '])(
  'a field renamed to %s is a header that reads so',
  (name) => {
    const desktop = opened();
    renameAmount(desktop, name);
    expect(desktop.refresh()).toContain(`Renamed in Affinity, and here as well: “Amount” to “${name}”.`);
    // As an import shows it that never knew another name.
    expect(desktop.table()[0]).toEqual(opened(name).table()[0]);
    expect(desktop.refresh()).toMatch(/^\d+ rows read from Affinity\. Everything was up to date\.$/);
  },
);

test('columns dragged at any call around the new header: every header stands over its column', () => {
  const start = opened();
  start.person().insertColumns(PIPELINE, 3);
  start.person().type(PIPELINE, 'C1', 'My own');
  start.person().type(PIPELINE, 'C2', 'mine');
  const [before = []] = start.table();
  const trial = (at: number): number => {
    const desktop = start.copy();
    renameAmount(desktop, 'Deal size');
    let calls = 0;
    let isNear = false;
    desktop.google.onServiceCall(({ member }) => {
      isNear ||= member === 'setNumberFormat';
      if (!isNear) return;
      calls += 1;
      if (calls === at) desktop.person().moveColumns(PIPELINE, 3, 1, 9);
    });
    desktop.refresh();
    const [headers = [], first = []] = desktop.table();
    expect([at, first[headers.indexOf('My own')]]).toEqual([at, 'mine']);
    const names = before.map((header) => (header === 'Amount' ? 'Deal size' : header));
    expect([at, [...headers].sort()]).toEqual([at, [...names].sort()]);
    return calls;
  };
  const calls = trial(0);
  for (let at = 1; at <= Math.min(calls, 20); at += 1) trial(at);
});
