/** Persons, organizations, opportunities and webhooks typed below their tables: made once, and not at all where Affinity has them. Two seconds. */
import { LIST_IDS } from '../../local/affinity';
import { Stage } from './stage';
import { typedRows } from './typed-rows';

const opened = (dataset: string, more: object = {}) => {
  const stage = new Stage({ entries: 12 });
  const { world } = stage.affinity;
  const { importId } = stage.importDataset(dataset, { title: 'All', ...more });
  return { stage, world, ...typedRows(stage, importId) };
};

const calm = { rowsAdded: 0, cellsChanged: 0, rowsHeld: 0, rowsGone: 0, messages: [] };

test('a person is created with addresses; one that Affinity has is tied or named; half a name is not enough', () => {
  const { world, typeRow, idOf, cellOf, push, refresh, says } = opened('persons');
  const before = world.persons.size;
  const [known] = [...world.persons.values()].filter(({ emails }) => emails.length > 0);
  const fresh = typeRow({
    'First name': 'Zed',
    'Last name': 'Zephyr',
    'E-mail addresses': 'zed@zephyr.works; z@zephyr.works',
  });
  typeRow({ 'First name': 'Whoever', 'Last name': 'Else', 'E-mail addresses': known?.emails[0] ?? '' });
  typeRow({ 'First name': 'Zoe' });
  typeRow({ 'First name': 'Zoe', 'Last name': 'Zephyr', 'E-mail addresses': 'at home' });
  expect(says()).toEqual([
    'create: Will create the person Zed Zephyr <zed@zephyr.works>.',
    expect.stringMatching(/^repeat: Is in this table already, in row \d+: “Whoever Else”\.$/),
    'refused: Write first and last name.',
    'refused: “at home” is not an e-mail address.',
  ]);
  expect(push()).toMatchObject({ rowsAdded: 1, rowsNotAdded: 3 });
  expect(world.persons.size).toBe(before + 1);
  expect(world.persons.get(Number(idOf(fresh)))).toMatchObject({
    first_name: 'Zed',
    emails: ['zed@zephyr.works', 'z@zephyr.works'],
  });
  expect(cellOf(fresh, 'Primary e-mail')).toBe('zed@zephyr.works');
  expect(refresh()).toMatchObject(calm);
});

test('an organization is created with its domain; one that the search left out is tied to its row', () => {
  const { world, typeRow, idOf, cellOf, push, says } = opened('organizations', { term: 'nobody is called so' });
  const before = world.organizations.size;
  const [known] = [...world.organizations.values()].filter(({ domain, isKnown }) => domain !== null && isKnown);
  const fresh = typeRow({ Name: 'Zephyr Works', Domain: 'https://www.zephyr.works/about' });
  const tied = typeRow({ Name: 'Called otherwise here', Domain: known?.domain ?? '' });
  typeRow({ Name: 'Zephyr', Domain: 'zephyr' });
  expect(says()).toEqual([
    'create: Will create the organization Zephyr Works <zephyr.works>.',
    expect.stringMatching(/^tie: Is in Affinity already: this row will be tied to the organization /),
    'refused: “zephyr” is not a website such as acme.com.',
  ]);
  push();
  expect(world.organizations.size).toBe(before + 1);
  expect(world.organizations.get(Number(idOf(fresh)))).toMatchObject({ domain: 'zephyr.works' });
  expect(idOf(tied)).toBe(String(known?.id));
  expect(cellOf(tied, 'Name')).toBe(known?.name);
});

test('an opportunity is created on the list that is named, with those who take part', () => {
  const { stage, world, typeRow, idOf, cellOf, push, refresh, says } = opened('opportunities');
  const before = world.opportunities.size;
  const someone = [...world.persons.values()].find(({ emails }) => emails.length > 0);
  const row = typeRow({ Name: 'Zephyr – Seed', List: 'Deal Pipeline', People: someone?.emails[0] ?? '' });
  typeRow({ Name: 'Zephyr – Series A' });
  typeRow({ Name: 'Zephyr – Series B', List: 'Companies' });
  expect(says()).toEqual([
    'create: Will create the opportunity Zephyr – Seed on “Deal Pipeline”.',
    'refused: Write on which list it is to be.',
    expect.stringMatching(/^refused: List: "Companies" is none of: .*Deal Pipeline/),
  ]);
  expect(push()).toMatchObject({ rowsAdded: 1 });
  expect(world.opportunities.size).toBe(before + 1);
  expect(world.opportunities.get(Number(idOf(row)))).toMatchObject({ person_ids: [someone?.id] });
  expect([...world.entriesOf(LIST_IDS.pipeline)].some(({ entity_id }) => String(entity_id) === idOf(row))).toBe(true);
  expect(cellOf(row, 'List')).toBe('Deal Pipeline');
  expect(stage.cell(stage.ids()[0] ?? '', 'List')).toBe('Deal Pipeline');
  expect(refresh()).toMatchObject(calm);
});

test('a webhook is subscribed for some events or for all, once an address', () => {
  const { world, typeRow, idOf, push, refresh, says } = opened('webhooks');
  for (const { id } of world.webhooks.all().slice(1)) world.webhooks.remove(id);
  refresh();
  const [known] = world.webhooks.all();
  const some = typeRow({ Address: 'https://zephyr.works/hook', Events: 'note.created; note.updated' });
  const all = typeRow({ Address: 'https://zephyr.works/all', 'Switched off': 'Yes' });
  typeRow({ Address: known?.webhook_url ?? '' });
  typeRow({ Address: 'zephyr.works' });
  expect(says().slice(2)).toEqual([
    expect.stringMatching(/^repeat: Is in this table already/),
    'refused: Write the address, such as https://example.com/hook.',
  ]);
  expect(push()).toMatchObject({ rowsAdded: 2, cells: 1 });
  expect(world.webhooks.get(Number(idOf(some)))).toMatchObject({ subscriptions: ['note.created', 'note.updated'] });
  expect(world.webhooks.get(Number(idOf(all)))).toMatchObject({ subscriptions: [], disabled: true });
  expect(push()).toMatchObject({ rowsAdded: 0, cells: 0 });
});

test.each([
  ['persons', { 'First name': 'Zed', 'Last name': 'Zephyr' }],
  ['organizations', { Name: 'Zephyr Works' }],
  ['opportunities', { Name: 'Zephyr – Seed', List: 'Deal Pipeline' }],
] as const)('%s whose answer is lost are found by the next run and made once', (dataset, cells) => {
  const { stage, world, typeRow, idOf, push } = opened(dataset);
  const before = world[dataset].size;
  const row = typeRow(cells);
  stage.affinity.faults.add({ kind: 'reply-lost', endpoint: `${dataset}.create`, times: 1 });
  push();
  expect(idOf(row)).toBeNull();
  stage.clock.sleep(200_000);
  push();
  expect(idOf(row)).not.toBeNull();
  expect(world[dataset].size).toBe(before + 1);
});
