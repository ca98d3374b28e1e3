/** Rows as an analyst adds and deletes them: typed into the table, previewed, pushed; selected, confirmed, deleted. */
import { Desktop, LIST_IDS, letters } from './desktop';

const opened = (list: string, entries = 30) => {
  const desktop = new Desktop({ affinity: { entries } });
  desktop.connect();
  desktop.importList(list);
  const person = desktop.person();
  const columnOf = (header: string): number => (desktop.table(list)[0] ?? []).indexOf(header);
  /** Types a row below the table and gives its number. */
  const typeRow = (cells: Readonly<Record<string, string>>): number => {
    const row = desktop.table(list).length + 1;
    for (const [header, text] of Object.entries(cells)) person.type(list, `${letters(columnOf(header))}${row}`, text);
    return row;
  };
  const sees = (row: number, header: string): string => person.sees(list, `${letters(columnOf(header))}${row}`);
  return { desktop, person, typeRow, sees, columnOf };
};

test('typed rows are previewed, pushed, and have their id and a status', () => {
  const { desktop, typeRow, sees } = opened('Companies');
  const known = typeRow({ Website: 'zephyr.works', Name: 'Zephyr Works' });
  const twice = typeRow({ Name: sees(2, 'Name'), Website: sees(2, 'Website') });
  const before = desktop.affinity.world.organizations.size;

  const preview = desktop.click('Preview my edits', 'OK');
  expect(preview).toMatch(/^1 new row to add, 1 new row not added, 0 edits to send/);
  expect(preview).toContain(
    `New row ${known} Zephyr Works\n  Will create the organization Zephyr Works <zephyr.works> and add it to “Companies”.`,
  );
  expect(preview).toMatch(/Not added\. Is in this table already, in row 2: /);
  expect(desktop.affinity.world.organizations.size).toBe(before);

  expect(desktop.click('Push my edits', 'OK', 'OK')).toMatch(
    /1 row added in Affinity\. 1 new row not added: see the status column\./,
  );

  expect(desktop.affinity.world.organizations.size).toBe(before + 1);
  expect(sees(known, 'Affinity row ID')).toMatch(/^\d+$/);
  expect(sees(known, 'Sync status')).toMatch(/^Added at .* UTC\.$/);
  expect(sees(twice, 'Affinity row ID')).toBe('');
  expect(sees(twice, 'Sync status')).toMatch(/^Not added\. Is in this table already/);
  expect(desktop.refresh()).toMatch(/Everything was up to date/);
  expect(sees(known, 'Sync status')).toBe('');
});

test('a typed row that was sorted away before the push is found where it is, and what stands beside it stays with it', () => {
  const { desktop, person, typeRow, sees, columnOf } = opened('Companies', 12);
  const beside = columnOf('Sync status') + 2;
  const row = typeRow({ Name: 'AAA Zephyr' });
  person.type('Companies', `${letters(beside)}${row}`, 'met in Lisbon');
  person.sort('Companies', `A2:${letters(beside)}${row}`, { column: columnOf('Name') + 1 });
  const moved = desktop.table('Companies').findIndex((cells) => cells[columnOf('Name')] === 'AAA Zephyr') + 1;
  expect(moved).not.toBe(row);

  desktop.click('Push my edits', 'OK', 'OK');

  expect(sees(moved, 'Affinity row ID')).toMatch(/^\d+$/);
  expect(person.sees('Companies', `${letters(beside)}${moved}`)).toBe('met in Lisbon');
});

test('selected rows are named, confirmed and deleted; those that a filter hides are not meant', () => {
  const { desktop, person, sees } = opened('Deal Pipeline', 30);
  const ids = desktop.ids();
  person.hideRows('Deal Pipeline', 4, 1);
  person.select('Deal Pipeline', 'A3:A5');
  const isThere = (id: string | undefined): boolean => desktop.affinity.world.entries.has(Number(id));

  desktop.click(
    'Delete the selected rows in Affinity',
    ({ text }: { text: string }) => {
      expect(text).toMatch(
        /^Delete 2 rows of “Deal Pipeline” in Affinity\? This can’t be undone\. .*opportunity itself is deleted/,
      );
      expect(text).toMatch(/Row 3 .*\nRow 5 /);
      return 'OK';
    },
    'OK',
  );

  expect([isThere(ids[1]), isThere(ids[2]), isThere(ids[3])]).toEqual([false, true, false]);
  expect(sees(3, 'Sync status')).toMatch(/^Deleted in Affinity\./);
  expect(sees(4, 'Sync status')).toBe('');
});

test('many rows are deleted only by their number', () => {
  const { desktop, person } = opened('Deal Pipeline', 30);
  person.select('Deal Pipeline', 'A2:A16');
  const entries = () => [...desktop.affinity.world.entriesOf(LIST_IDS.pipeline)].length;
  expect(desktop.click('Delete the selected rows in Affinity', { button: 'OK', text: '14' }, 'OK')).toBe(
    '“14” is not 15. Nothing was deleted.',
  );
  expect(entries()).toBe(30);
  expect(desktop.click('Delete the selected rows in Affinity', { button: 'OK', text: '15' }, 'OK')).toMatch(
    /15 rows deleted/,
  );
  expect(entries()).toBe(15);
});

test('rows that are gone are tidied by choice; those with something beside are shown with it and asked about apart', () => {
  const { desktop, person, sees, columnOf } = opened('Deal Pipeline', 12);
  const own = columnOf('Sync status') + 1;
  const ids = desktop.ids();
  // A column formula of the person's own stands beside every row; a word beside one of them.
  for (let row = 2; row <= 13; row += 1) person.type('Deal Pipeline', `${letters(own)}${row}`, `=ROW()`);
  person.type('Deal Pipeline', `${letters(own + 1)}4`, 'met in Lisbon');
  person.setNote('Deal Pipeline', 'B6', 'ask again');
  for (const id of [ids[1], ids[2], ids[4]]) desktop.api('DELETE', `/lists/${LIST_IDS.pipeline}/list-entries/${id}`);
  desktop.refresh();
  const name = sees(4, 'Name');

  const said = desktop.click(
    'Tidy rows that are gone',
    ({ text }: { text: string }) => {
      expect(text).toMatch(/^1 row no longer in Affinity\. Delete from this sheet\?\n\nRow 3 [^\n]*$/);
      return 'OK';
    },
    ({ text }: { text: string }) => {
      expect(text).toMatch(/^2 rows no longer in Affinity, with something of your own in it\. Delete all the same\?/);
      expect(text).toContain('met in Lisbon');
      expect(text).toContain('“ask again”');
      return 'CANCEL';
    },
    'OK',
  );

  expect(said).toBe('1 row deleted from this sheet. Nothing was changed in Affinity.');
  expect(desktop.ids()).toEqual(ids.filter((id) => id !== ids[1]));
  expect(sees(3, 'Name')).toBe(name);
  expect(person.sees('Deal Pipeline', `${letters(own + 1)}3`)).toBe('met in Lisbon');
});
