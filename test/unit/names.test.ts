import { createDirectory, type Named, namedOrganization, namedPerson } from '../../src/sync/names';
import { directoryOf, PEOPLE } from './columns';

describe('the label of', () => {
  const directory = directoryOf(...PEOPLE);
  test.each([
    ['a name that one bears is the name', 2, 'Bo Berg'],
    ['a name that several bear has the e-mail address as well', 1, 'Ann Lee <ann@a.com>'],
    ['a name that several bear, without an address, has the id', 4, 'Ann Lee #4'],
    ['nobody’s name is the address', 5, 'nameless@d.com'],
    ['a record without name and address is its id', 6, '#6'],
    ['a record that was never met is its id', 999, '#999'],
  ] as const)('%s', (_name, id, label) => {
    expect(directory.label(id)).toBe(label);
  });

  test('every record leads back to it', () => {
    for (const { id } of PEOPLE) expect(directory.find(directory.label(id))).toEqual({ kind: 'one', id });
  });
});

describe('a text', () => {
  const directory = directoryOf(...PEOPLE);
  test.each([
    ['a name', 'Bo Berg', 2],
    ['another case', 'bo berg', 2],
    ['more blanks', '  Bo \n Berg ', 2],
    ['the first address', 'bo@b.com', 2],
    ['another address', 'BO@home.com', 2],
    ['any name with an address', 'Whoever <bo@home.com>', 2],
    ['a number', '#2', 2],
    ['any name with a number', 'Whoever #2', 2],
  ] as const)('%s means one', (_name, text, id) => {
    expect(directory.find(text)).toEqual({ kind: 'one', id });
  });

  test.each(['', ' ', 'Zed', '#999', 'Bo Berg <nobody@x.com>', 'Bo', '2', 'Berg #'])('%j means nobody', (text) => {
    expect(directory.find(text)).toEqual({ kind: 'none' });
  });

  test('that several bear means all of them, each by a label of its own', () => {
    expect(directory.find('ann lee')).toEqual({
      kind: 'many',
      labels: ['Ann Lee <ann@a.com>', 'Ann Lee <ann@c.com>', 'Ann Lee #4'],
    });
  });
});

test('composed and decomposed letters are the same name', () => {
  expect(directoryOf({ id: 1, name: 'Zo\u0065\u0308', keys: [] }).find('Zo\u00eb')).toEqual({ kind: 'one', id: 1 });
});

test('a name that looks like an address with a name is still a name', () => {
  const directory = directoryOf({ id: 1, name: 'Bo <bo@b.com>', keys: [] }, { id: 2, name: 'Bo', keys: ['bo@b.com'] });
  for (const id of [1, 2]) expect(directory.find(directory.label(id))).toEqual({ kind: 'one', id });
});

test('a name that looks like another’s number does not take its place', () => {
  const directory = directoryOf({ id: 1, name: '#5', keys: [] }, { id: 5, name: '', keys: [] });
  for (const id of [1, 5]) expect(directory.find(directory.label(id))).toEqual({ kind: 'one', id });
});

test('an address that two share does not tell them apart', () => {
  const directory = directoryOf(
    { id: 1, name: 'Ann', keys: ['team@a.com'] },
    { id: 2, name: 'Ann', keys: ['team@a.com'] },
  );
  expect([directory.label(1), directory.label(2)]).toEqual(['Ann #1', 'Ann #2']);
  expect(directory.find('team@a.com')).toMatchObject({ kind: 'many' });
});

test('a record met again under another name is no longer found by the old one', () => {
  const directory = directoryOf(
    { id: 1, name: 'Ann Smith', keys: ['old@a.com'] },
    { id: 1, name: 'Ann Lee', keys: [] },
  );
  expect(directory.find('Ann Smith')).toEqual({ kind: 'none' });
  expect(directory.find('old@a.com')).toEqual({ kind: 'none' });
  expect(directory.find('Ann Lee')).toEqual({ kind: 'one', id: 1 });
});

test('a name freed by a change is told by its bearer again', () => {
  const directory = directoryOf(
    { id: 1, name: 'Ann', keys: [] },
    { id: 2, name: 'Ann', keys: [] },
    { id: 2, name: 'Bea', keys: [] },
  );
  expect(directory.label(1)).toBe('Ann');
});

test('a directory knows whom it met', () => {
  const directory = createDirectory();
  expect(directory.has(1)).toBe(false);
  directory.add({ id: 1, name: '', keys: [] });
  expect(directory.has(1)).toBe(true);
});

describe('what is needed of a record', () => {
  const person = { id: 1, first_name: 'Ann', last_name: 'Lee', primary_email: 'a@b.c', emails: ['d@e.f', ''] };
  const named: readonly (readonly [string, Named, Named])[] = [
    [
      'first and last name, and all addresses, the primary one first',
      namedPerson(person),
      { id: 1, name: 'Ann Lee', keys: ['a@b.c', 'd@e.f'] },
    ],
    [
      'a last name alone',
      namedPerson({ ...person, first_name: null }),
      { id: 1, name: 'Lee', keys: ['a@b.c', 'd@e.f'] },
    ],
    [
      'a blank first name',
      namedPerson({ ...person, first_name: ' ' }),
      { id: 1, name: 'Lee', keys: ['a@b.c', 'd@e.f'] },
    ],
    [
      'a person without anything',
      namedPerson({ id: 2, first_name: null, last_name: null, primary_email: null, emails: [] }),
      { id: 2, name: '', keys: [] },
    ],
    [
      'an organization with its domains',
      namedOrganization({ id: 3, name: 'Acme', domain: 'acme.com', domains: ['acme.io'] }),
      { id: 3, name: 'Acme', keys: ['acme.com', 'acme.io'] },
    ],
    [
      'an organization without a name',
      namedOrganization({ id: 3, name: null, domain: null, domains: [] }),
      { id: 3, name: '', keys: [] },
    ],
  ];
  test.each(named)('%s', (_name, given, expected) => {
    expect(given).toEqual(expected);
  });
});
