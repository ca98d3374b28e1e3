/** Where columns stood is remembered from day to day; what people did to columns meanwhile counts all the same. On the built bundle. */
import { Desktop, letters } from './desktop';

const PIPELINE = 'Deal Pipeline';

const imported = (): Desktop => {
  const desktop = new Desktop({ affinity: { entries: 12 } });
  desktop.connect();
  desktop.importList();
  desktop.clock.wait(86_400_000);
  return desktop;
};

const columnOf = (desktop: Desktop, header: string): number => (desktop.table()[0] ?? []).indexOf(header);

test('a column that was deleted, and another one of its name in its place: the new one is the person’s own', () => {
  const desktop = imported();
  const at = columnOf(desktop, 'Amount');
  const person = desktop.person();
  person.deleteColumns(PIPELINE, at + 1);
  person.insertColumns(PIPELINE, at + 1);
  person.type(PIPELINE, `${letters(at)}1`, 'Amount');
  person.type(PIPELINE, `${letters(at)}2`, 'my own');
  desktop.refresh();
  expect(person.sees(PIPELINE, `${letters(at)}2`)).toBe('my own');
  expect(person.sees(PIPELINE, `${letters(at)}3`)).toBe('');
  expect(desktop.click('Push my edits', 'OK')).toMatch(/no edit|nothing/i);
});

test('a column that was moved is found at its new place by a push', () => {
  const desktop = imported();
  const id = desktop.ids()[0] ?? '';
  const at = columnOf(desktop, 'Amount');
  desktop.person().moveColumns(PIPELINE, at + 1, 1, at + 3);
  desktop.person().type(PIPELINE, desktop.at(id, 'Amount'), '4711');
  desktop.click('Push my edits', 'OK', 'OK');
  expect(desktop.valueOf(id, 'Amount')).toBe(4711);
});

test('a refresh of a table that nobody touched asks where none of its marks are', () => {
  const desktop = imported();
  desktop.google.calls.reset();
  desktop.refresh();
  expect(desktop.google.calls.byMember['DeveloperMetadata.getLocation']).toBeUndefined();
});
