/** Rows typed into the table: what the preview says of them, what a push makes of them, and that nothing is made twice. */
import { LIST_IDS } from '../../local/affinity';
import { previewUndoOf, undoablePushes, undoPush } from '../../src/sync/runs/desk';
import { EVERYTHING } from '../../src/sync/runs/send-rows';
import { Stage } from './stage';
import { typedRows } from './typed-rows';

const opened = (listId: number, columns: readonly string[] | null = null) => {
  const stage = new Stage({ entries: 30 });
  const { importId } = stage.import(listId, columns);
  const { world } = stage.affinity;
  const counts = () => ({
    persons: world.persons.size,
    organizations: world.organizations.size,
    opportunities: world.opportunities.size,
    entries: world.entries.size,
  });
  return { stage, importId, ...typedRows(stage, importId), world, counts };
};

/** An organization that is not on this list, and the only one of its name. */
const elsewhere = ({ world }: ReturnType<typeof opened>, listId: number) => {
  const on = new Set([...world.entriesOf(listId)].map((entry) => entry.entity_id));
  const all = [...world.organizations.values()];
  const found = all.find(
    ({ id, name, domain, isKnown }) =>
      !on.has(id) && isKnown && domain !== null && all.filter((other) => other.name === name).length === 1,
  );
  if (found === undefined) throw new Error('no organization elsewhere');
  return found;
};

describe('a company list', () => {
  const list = LIST_IDS.watchlist;

  test('an organization that Affinity has, found by its website, is attached, not made again', () => {
    const stage = opened(list);
    const { typeRow, cellOf, idOf, preview, push, counts } = stage;
    const known = elsewhere(stage, list);
    const row = typeRow({ Name: 'whatever', Website: `https://www.${known.domain}/about` });
    const before = counts();

    expect(preview().newRows).toEqual([
      expect.objectContaining({
        fate: 'attach',
        rowNumber: expect.any(Number),
        says: expect.stringMatching(/^Will attach to the organization .* on (no list yet|\d+ lists?)\.$/),
      }),
    ]);
    expect(counts()).toEqual(before);
    expect(push()).toMatchObject({ kind: 'done', rowsAdded: 1, rowsNotAdded: 0 });

    expect(counts()).toEqual({ ...before, entries: before.entries + 1 });
    expect(idOf(row)).not.toBeNull();
    expect(cellOf(row, 'Name')).toBe(known.name);
    expect(cellOf(row, 'Website')).toBe(known.domain);
    expect(cellOf(row, 'Sync status')).toMatch(/^Added at .* UTC\./);
  });

  test('nobody has the name: an organization is created and its other cells are sent with it', () => {
    const stage = opened(list);
    const { typeRow, cellOf, idOf, preview, push, counts } = stage;
    const own =
      stage.stage.tab.columns.find(({ isEditable, format }) => isEditable && format === 'number')?.header ?? '';
    const row = typeRow({ Name: 'Zephyr Works', Website: 'zephyr.works', [own]: 7 });
    const before = counts();

    const { newRows, cells } = preview();
    expect(newRows).toEqual([
      expect.objectContaining({
        fate: 'create',
        says: 'Will create the organization Zephyr Works <zephyr.works> and add it to “Partner Watchlist”.',
      }),
    ]);
    expect(cells).toEqual([
      expect.objectContaining({ id: newRows[0]?.key, header: own, state: 'pending', theirs: '', mine: '7' }),
    ]);

    expect(push()).toMatchObject({ rowsAdded: 1, cells: 1 });
    expect(counts()).toEqual({ ...before, organizations: before.organizations + 1, entries: before.entries + 1 });
    expect(cellOf(row, 'Sync status')).toMatch(/^Added at .* UTC\. Sent .* at .*\.$/);
    expect(idOf(row)).not.toBeNull();
    expect(preview()).toMatchObject({ newRows: [], cells: [] });
    expect(push()).toMatchObject({ rowsAdded: 0, cells: 0 });
    expect(stage.refresh()).toMatchObject({
      rowsAdded: 0,
      cellsChanged: 0,
      rowsHeld: 0,
    });
  });

  test('a row of which the table has the same already is not added, unless that is wanted', () => {
    const stage = opened(list);
    const { typeRow, cellOf, preview, push, counts } = stage;
    const [first] = stage.stage.tab.rows;
    if (first === undefined) throw new Error('no rows');
    const row = typeRow({ Name: cellOf(first, 'Name'), Website: cellOf(first, 'Website') });
    const before = counts();

    const [planned] = preview().newRows;
    expect(planned).toMatchObject({
      fate: 'repeat',
      says: expect.stringMatching(/^Is in this table already, in row 2: /),
    });
    expect(push()).toMatchObject({ rowsAdded: 0, rowsNotAdded: 1 });
    expect(counts()).toEqual(before);
    expect(cellOf(row, 'Sync status')).toMatch(/^Not added\. Is in this table already, in row 2/);

    expect(push({ selection: { ...EVERYTHING, again: new Set([planned?.key ?? '']) } })).toMatchObject({
      rowsAdded: 1,
    });
    expect(counts()).toEqual({ ...before, entries: before.entries + 1 });
  });

  test('somebody added it meanwhile: the row is tied to theirs, and what Affinity has fills the empty cells', () => {
    const stage = opened(list);
    const { typeRow, idOf, cellOf, preview, push, counts } = stage;
    const known = elsewhere(stage, list);
    const own = stage.stage.tab.columns.filter(({ isEditable, format }) => isEditable && format === 'number');
    const row = typeRow({ Name: known.name });
    const entry = stage.stage.client().listEntries.create({ path: { list_id: list }, body: { entity_id: known.id } });
    const fieldId = Number(own[0]?.key.slice('field.'.length));
    const client = stage.stage.client();
    const stored = client.fieldValues
      .list({ query: { organization_id: known.id } })
      .find((one) => one.field_id === fieldId);
    if (stored === undefined)
      client.fieldValues.create({ body: { field_id: fieldId, entity_id: known.id, value: 41 } });
    else client.fieldValues.update({ path: { field_value_id: stored.id }, body: { value: 41 } });
    const before = counts();

    expect(preview().newRows).toEqual([expect.objectContaining({ fate: 'tie' })]);
    expect(push()).toMatchObject({ rowsAdded: 1 });

    expect(counts()).toEqual(before);
    expect(idOf(row)).toBe(String(entry.id));
    expect(cellOf(row, own[0]?.header ?? '')).toBe(41);
    expect(preview()).toMatchObject({ newRows: [], cells: [] });
  });

  test('a refresh ties as well, instead of bringing the same organization a second time', () => {
    const stage = opened(list);
    const { typeRow, idOf, counts } = stage;
    const known = elsewhere(stage, list);
    const own =
      stage.stage.tab.columns.find(({ isEditable, format }) => isEditable && format === 'number')?.header ?? '';
    const row = typeRow({ Name: known.name, [own]: 5 });
    const entry = stage.stage
      .colleague()
      .listEntries.create({ path: { list_id: LIST_IDS.watchlist }, body: { entity_id: known.id } });
    const rows = stage.stage.tab.rows.length;

    stage.refresh();

    expect(stage.stage.tab.rows).toHaveLength(rows);
    expect(idOf(row)).toBe(String(entry.id));
    expect(stage.preview().cells).toEqual([expect.objectContaining({ header: own, state: 'pending', mine: '5' })]);
    expect(counts().entries).toBeGreaterThan(0);
  });

  test('two rows of one name, a missing name, a formula for a name and a strange website are refused, each with its reason', () => {
    const { typeRow, cellOf, push, counts, stage } = opened(list);
    const own = stage.tab.columns.find(({ isEditable, format }) => isEditable && format === 'number')?.header ?? '';
    const rows = [
      typeRow({ Name: 'Twin Works' }),
      typeRow({ Name: 'twin  works' }),
      typeRow({ [own]: 3 }),
      typeRow({ Name: { formula: '=A1', shows: 'Acme' } }),
      typeRow({ Name: 'Odd Works', Website: 'not a website' }),
    ];
    const before = counts();
    expect(push()).toMatchObject({ rowsAdded: 0, rowsNotAdded: 5 });
    expect(counts()).toEqual(before);
    expect(rows.map((row) => cellOf(row, 'Sync status'))).toEqual([
      expect.stringMatching(/^Not added\. Rows \d+ and \d+ say the same/),
      expect.stringMatching(/^Not added\. Rows \d+ and \d+ say the same/),
      'Not added. Write the name of the organization.',
      expect.stringMatching(/^Not added\. this cell holds a formula/),
      'Not added. “not a website” is not a website such as acme.com.',
    ]);
  });

  test('Affinity refuses one row: it stays as it is with the reason, and the others are added', () => {
    const stage = opened(list);
    const { typeRow, cellOf, idOf, push } = stage;
    const bad = typeRow({ Name: 'Bad Works', Website: 'bad..works' });
    const good = typeRow({ Name: 'Good Works' });
    expect(push()).toMatchObject({ rowsAdded: 1, rowsNotAdded: 1 });
    expect(idOf(bad)).toBeNull();
    expect(cellOf(bad, 'Sync status')).toMatch(
      /^Not added\. Affinity refused this\. Affinity says: “domain is invalid”/,
    );
    expect(idOf(good)).not.toBeNull();
  });

  test('only the chosen new row is added', () => {
    const { typeRow, idOf, preview, push } = opened(list);
    const first = typeRow({ Name: 'First Works' });
    const second = typeRow({ Name: 'Second Works' });
    const wanted = preview().newRows.find(({ rowTitle }) => rowTitle === 'Second Works')?.key ?? '';
    expect(push({ selection: { ...EVERYTHING, rows: new Set([wanted]) } })).toMatchObject({ rowsAdded: 1 });
    expect([idOf(first) === null, idOf(second) === null]).toEqual([true, false]);
  });

  test('a deselected cell of a new row stays pending in the row that it became', () => {
    const { typeRow, preview, push, stage } = opened(list);
    const own = stage.tab.columns.find(({ isEditable, format }) => isEditable && format === 'number');
    typeRow({ Name: 'First Works', [own?.header ?? '']: 3 });
    const { key = '' } = preview().newRows[0] ?? {};
    const without = new Set([`${key}/${own?.key}`]);
    expect(push({ selection: { ...EVERYTHING, without, onlyNew: true } })).toMatchObject({ rowsAdded: 1, cells: 0 });
    expect(preview().cells).toEqual([expect.objectContaining({ header: own?.header, state: 'pending' })]);
  });
});

describe('a list of people', () => {
  const list = LIST_IDS.people;
  const somebody = ({ world }: ReturnType<typeof opened>) => {
    const on = new Set([...world.entriesOf(list)].map((entry) => entry.entity_id));
    const found = [...world.persons.values()].find(
      ({ id, type, primary_email }) => !on.has(id) && type === 0 && primary_email !== null,
    );
    if (found === undefined) throw new Error('nobody');
    return found;
  };

  test('a person is found by the e-mail address, whatever stands for the name', () => {
    const stage = opened(list);
    const known = somebody(stage);
    const row = stage.typeRow({ Name: '', Email: known.primary_email?.toUpperCase() ?? '' });
    expect(stage.push()).toMatchObject({ rowsAdded: 1 });
    expect(stage.cellOf(row, 'Name')).toBe(`${known.first_name} ${known.last_name}`);
  });

  test('a new person gets first and last name from the name, and the preview says how it is split', () => {
    const stage = opened(list);
    const row = stage.typeRow({ Name: 'Ann Maria van Lee', Email: 'ann.maria@zephyr.works' });
    const other = stage.typeRow({ Name: 'Berg, Bo' });
    expect(stage.preview().newRows.map(({ says }) => says)).toEqual([
      'Will create the person Ann Maria van Lee <ann.maria@zephyr.works> (first name “Ann Maria van”, last name “Lee”) and add it to “People”.',
      'Will create the person Bo Berg (first name “Bo”, last name “Berg”) and add it to “People”.',
    ]);
    expect(stage.push()).toMatchObject({ rowsAdded: 2 });
    // Affinity writes new names with capitals; the sheet shows what Affinity has.
    expect(stage.cellOf(row, 'Name')).toBe('Ann Maria Van Lee');
    expect(stage.cellOf(other, 'Name')).toBe('Bo Berg');
    expect(stage.preview()).toMatchObject({ newRows: [], cells: [] });
  });

  test('one word is no name to create a person by', () => {
    const stage = opened(list);
    stage.typeRow({ Name: 'Zephyra' });
    expect(stage.preview().newRows).toEqual([
      expect.objectContaining({
        fate: 'refused',
        says: 'Affinity has no person called “Zephyra”. To create one, write first and last name.',
      }),
    ]);
  });

  test('of several persons of one name, each is named by what can be typed instead', () => {
    const stage = opened(list);
    const client = stage.stage.client();
    for (const emails of [['zed.a@zephyr.works'], ['zed.b@zephyr.works'], []]) {
      client.persons.create({ body: { first_name: 'Zed', last_name: 'Zephyr', emails } });
    }
    const row = stage.typeRow({ Name: 'Zed Zephyr' });
    const [planned] = stage.preview().newRows;
    expect(planned).toMatchObject({ fate: 'refused' });
    const labels = [...(planned?.says.matchAll(/Zed Zephyr (<[^>]+>|#\d+)/g) ?? [])].map(([label]) => label);
    expect(labels).toHaveLength(3);
    for (const label of labels) {
      row.cells.set(stage.stage.column('Name'), label);
      expect(stage.preview().newRows).toEqual([expect.objectContaining({ fate: 'attach' })]);
    }
  });
});

describe('a list of opportunities', () => {
  const list = LIST_IDS.pipeline;

  test('an opportunity is created with its row, once', () => {
    const stage = opened(list);
    const row = stage.typeRow({ Name: 'Zephyr Round A', Amount: 5 });
    const before = stage.counts();
    expect(stage.preview().newRows).toEqual([
      expect.objectContaining({
        fate: 'create',
        says: 'Will create the opportunity Zephyr Round A on “Deal Pipeline”.',
      }),
    ]);
    expect(stage.push()).toMatchObject({ rowsAdded: 1, cells: 1 });
    expect(stage.counts()).toEqual({ ...before, opportunities: before.opportunities + 1, entries: before.entries + 1 });
    expect(stage.idOf(row)).not.toBeNull();
    expect(stage.push()).toMatchObject({ rowsAdded: 0 });
  });

  test('an opportunity of this name on the list is a repetition; its row is tied where the table lacks it', () => {
    const stage = opened(list);
    stage.stage.client().opportunities.create({ body: { name: 'Zephyr Round A', list_id: list } });
    const before = stage.counts();
    const row = stage.typeRow({ Name: 'zephyr round a' });
    expect(stage.push()).toMatchObject({ rowsAdded: 1 });
    expect(stage.counts()).toEqual(before);
    expect(stage.cellOf(row, 'Name')).toBe('Zephyr Round A');
    stage.typeRow({ Name: 'Zephyr Round A' });
    expect(stage.preview().newRows).toEqual([expect.objectContaining({ fate: 'repeat' })]);
  });
});

test('an undo takes the cells of a push back, and lists the rows that it added without touching them', () => {
  const stage = opened(LIST_IDS.pipeline);
  const row = stage.typeRow({ Name: 'Zephyr Round A', Amount: 5 });
  stage.push();
  const before = stage.counts();
  const [last] = undoablePushes(stage.stage.desk, stage.stage.run(), stage.importId);

  expect(previewUndoOf(stage.stage.run(), stage.importId, last?.run ?? '')).toEqual([
    expect.objectContaining({ field: 'Amount', now: '5', again: '' }),
    expect.objectContaining({
      rowTitle: 'Zephyr Round A',
      field: 'Row',
      problem: expect.stringMatching(/^This row was added/),
    }),
  ]);
  expect(undoPush(stage.stage.desk, stage.stage.run(), stage.importId, last?.run ?? '')).toMatchObject({ cells: 1 });

  expect(stage.counts()).toEqual(before);
  expect(stage.cellOf(row, 'Amount')).toBeNull();
  expect(stage.idOf(row)).not.toBeNull();
});

describe('an opportunity with people and organizations', () => {
  const COLUMNS = ['entity.name', 'links.persons', 'links.organizations'];
  const withLinks = () => {
    const stage = opened(LIST_IDS.pipeline, COLUMNS);
    const client = stage.stage.client();
    const ann = client.persons.create({
      body: { first_name: 'Ann', last_name: 'Zephyr', emails: ['ann@zephyr.works'] },
    });
    const firm = client.organizations.create({ body: { name: 'Zephyr Works', domain: 'zephyr.works' } });
    return { ...stage, client, ann, firm };
  };

  test('is created with them, and shows them as Affinity has them', () => {
    const { typeRow, cellOf, push, preview, refresh, world, ann, firm } = withLinks();
    const row = typeRow({ Name: 'Zephyr Round A', People: 'ann@zephyr.works', Organizations: 'zephyr works' });
    expect(preview().newRows).toEqual([expect.objectContaining({ fate: 'create' })]);
    expect(push()).toMatchObject({ rowsAdded: 1 });

    const made = [...world.opportunities.values()].find(({ name }) => name === 'Zephyr Round A');
    expect(made).toMatchObject({ person_ids: [ann.id], organization_ids: [firm.id] });
    expect([cellOf(row, 'People'), cellOf(row, 'Organizations')]).toEqual(['Ann Zephyr', 'Zephyr Works']);
    expect(preview()).toMatchObject({ newRows: [], cells: [] });
    expect(refresh()).toMatchObject({
      rowsAdded: 0,
      cellsChanged: 0,
      rowsHeld: 0,
    });
  });

  test('is refused where one of them is not known', () => {
    const { typeRow, push, preview, counts } = withLinks();
    typeRow({ Name: 'Zephyr Round A', People: 'Nobody Atall' });
    const before = counts();
    expect(preview().newRows).toEqual([
      expect.objectContaining({
        fate: 'refused',
        says: expect.stringMatching(/^People: Affinity has no person "Nobody Atall"/),
      }),
    ]);
    expect(push()).toMatchObject({ rowsAdded: 0 });
    expect(counts()).toEqual(before);
  });

  test('of an existing row they are shown and not sent', () => {
    const { stage, world, push, preview } = withLinks();
    const [id = ''] = stage.ids();
    const entity = world.opportunities.get(world.entries.get(Number(id))?.entity_id ?? 0);
    const shown = String(stage.cell(id, 'Organizations') ?? '');
    expect(shown === '').toBe(entity?.organization_ids.length === 0);
    stage.type(id, 'Organizations', 'zephyr works');
    expect(push()).toMatchObject({ cells: 0 });
    expect(preview().cells).toEqual([expect.objectContaining({ state: 'refused', header: 'Organizations' })]);
  });
});
