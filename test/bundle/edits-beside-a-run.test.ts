/**
 * What the add-on does about edits that meet a run must never touch an edit that met none: one that was taken back, one that was
 * written over by a large paste, one whose event words it in another way than the cell holds it.
 */
import { Desktop } from './desktop';

const PIPELINE = 'Deal Pipeline';

const opened = (options: ConstructorParameters<typeof Desktop>[0] = {}) => {
  const desktop = new Desktop({ affinity: { entries: 12 }, ...options });
  desktop.connect();
  desktop.importList();
  const [headers = [], ...rows] = desktop.table();
  const amounts = rows.flatMap((cells) =>
    cells[headers.indexOf('Amount')] === '' ? [] : [cells[headers.indexOf('Affinity row ID')] ?? ''],
  );
  return { desktop, amounts };
};

/** Lets a person act at the very end of a refresh: nothing of it is written any more. */
const atTheEnd = (desktop: Desktop, act: () => void): void => {
  let writes = 0;
  const stop = desktop.google.onServiceCall(({ effect, args }) => {
    if (effect !== 'property-write' || !String(args[0]).startsWith('lease.')) return;
    writes += 1;
    if (writes === 2) act();
  });
  desktop.refresh();
  stop();
};

/** Lets a person act while a refresh reads, which is killed before its next request. */
const inADyingRefresh = (desktop: Desktop, act: () => void): void => {
  let fetches = 0;
  const stop = desktop.google.onServiceCall(({ effect }) => {
    if (effect !== 'fetch') return undefined;
    fetches += 1;
    if (fetches === 3) act();
    return fetches === 4 ? 'kill-before' : undefined;
  });
  expect(() => desktop.refresh()).toThrow();
  stop();
  desktop.google.ui.clear();
};

test('an edit at the end of a refresh that the person takes back stays taken back', () => {
  const { desktop, amounts } = opened();
  const cell = desktop.at(amounts[0] ?? '', 'Amount');
  const person = desktop.person();
  const before = person.value(PIPELINE, cell);
  atTheEnd(desktop, () => person.type(PIPELINE, cell, '55'));
  expect(person.value(PIPELINE, cell)).toBe(55);
  expect(person.undo()).toBe(true);
  desktop.clock.advance(3_600_000);
  desktop.refresh();
  expect(person.value(PIPELINE, cell)).toBe(before);
});

test('an edit in the middle of a run that died, taken back afterwards, stays taken back', () => {
  const { desktop, amounts } = opened();
  const cell = desktop.at(amounts[0] ?? '', 'Amount');
  const person = desktop.person();
  const before = person.value(PIPELINE, cell);
  inADyingRefresh(desktop, () => person.type(PIPELINE, cell, '55'));
  expect(person.undo()).toBe(true);
  desktop.clock.advance(3_600_000);
  desktop.refresh();
  expect(person.value(PIPELINE, cell)).toBe(before);
});

test('an edit over an unsent one, in a run that died, taken back afterwards, leaves the unsent one', () => {
  const { desktop, amounts } = opened();
  const cell = desktop.at(amounts[0] ?? '', 'Amount');
  const person = desktop.person();
  person.type(PIPELINE, cell, '44');
  inADyingRefresh(desktop, () => person.type(PIPELINE, cell, '55'));
  expect(person.undo()).toBe(true);
  expect(person.value(PIPELINE, cell)).toBe(44);
  desktop.clock.advance(3_600_000);
  desktop.refresh();
  expect(person.value(PIPELINE, cell)).toBe(44);
});

test('edits after a run that died leave nothing behind in the file', () => {
  const { desktop, amounts } = opened();
  const cell = desktop.at(amounts[0] ?? '', 'Amount');
  const person = desktop.person();
  inADyingRefresh(desktop, () => person.type(PIPELINE, cell, '55'));
  const notes = () =>
    Object.values(desktop.google.properties()).flatMap((store) =>
      Object.keys(store).filter((key) => key.startsWith('edit.')),
    ).length;
  expect(notes()).toBe(1);
  desktop.clock.advance(3_600_000);
  person.type(PIPELINE, desktop.at(amounts[1] ?? '', 'Amount'), '66');
  expect(notes()).toBe(1);
  person.type(PIPELINE, cell, '77');
  expect(notes()).toBe(0);
  desktop.refresh();
  expect(person.value(PIPELINE, cell)).toBe(77);
});

test('a large paste over an edit at the end of a refresh stands', () => {
  const { desktop, amounts } = opened();
  const [, amount = ''] = /^([A-Z]+)/.exec(desktop.at(amounts[0] ?? '', 'Amount')) ?? [];
  const person = desktop.person();
  atTheEnd(desktop, () => person.type(PIPELINE, desktop.at(amounts[0] ?? '', 'Amount'), '55'));
  const pasted = Array.from({ length: 600 }, (_, index) => [String(1000 + index)]);
  person.paste(PIPELINE, `${amount}2`, pasted);
  desktop.clock.advance(3_600_000);
  desktop.refresh();
  const row = Number(/\d+$/.exec(desktop.at(amounts[0] ?? '', 'Amount'))?.[0]);
  expect(person.value(PIPELINE, `${amount}${row}`)).toBe(1000 + row - 2);
});

test.each(['typed', 'shown'] as const)(
  'a number with a decimal comma, typed just after a refresh, stays one (%s)',
  (worded) => {
    const { desktop, amounts } = opened({
      google: { platform: { editEventValue: worded } },
      spreadsheet: { locale: 'de_DE' },
    });
    const cell = desktop.at(amounts[0] ?? '', 'Amount');
    const person = desktop.person();
    desktop.refresh();
    person.setNumberFormat(PIPELINE, cell, '#,##0.00 "EUR"');
    person.type(PIPELINE, cell, '1234,5');
    expect(person.value(PIPELINE, cell)).toBe(1234.5);
    expect(desktop.google.unseenFaults).toEqual([]);
  },
);
