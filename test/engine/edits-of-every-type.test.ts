/** Each value type is edited in the sheet, pushed, and read back from Affinity through the API. */
import { LIST_IDS } from '../../local/affinity';
import type { Cell } from '../../src/sync/cells/cell';
import { dayCell } from '../../src/sync/cells/cell';
import { previewPush, pushImport, refreshImport } from '../../src/sync/runs/desk';
import { Stage } from './stage';

const nothing = { sendClears: false, choices: new Map() };

/** Header, what is typed, and what the field values of the entry then are, in any order. */
const edits: readonly (readonly [string, Cell, readonly unknown[]])[] = [
  ['Status', 'Term Sheet', [expect.objectContaining({ text: 'Term Sheet' })]],
  ['Amount', 1234567.5, [1234567.5]],
  ['Sector', 'Climate', ['Climate']],
  ['Themes', '"AI; ML"; 00123', ['AI; ML', '00123']],
  ['Tags', 'hot; =1+1; "a; b"', ['hot', '=1+1', 'a; b']],
  ['Nickname', '007', ['007']],
  ['Round Sizes', '5; -2.5; 1e6', [5, -2.5, 1e6]],
  ['Close Date', dayCell('2027-03-31'), ['2027-03-31T07:00:00.000Z']],
  ['Milestones', '2026-01-15; 2026-07-15', ['2026-01-15T08:00:00.000Z', '2026-07-15T07:00:00.000Z']],
  [
    'Headquarters',
    'Lyon, Auvergne-Rhône-Alpes, France',
    [expect.objectContaining({ city: 'Lyon', state: 'Auvergne-Rhône-Alpes', country: 'France', street_address: null })],
  ],
  ['Deal Memo', '=HYPERLINK("https://x.example","no formula")', ['=HYPERLINK("https://x.example","no formula")']],
];

test.each(edits)('an edited %s reaches Affinity as it was typed', (header, typed, expected) => {
  const stage = new Stage({ entries: 12 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const id = stage.ids()[3] ?? '';
  stage.type(id, header, typed);

  const result = pushImport(stage.desk, stage.run(), importId, nothing);

  expect(result).toMatchObject({ kind: 'done', cells: 1, rows: 1, failed: 0, refused: 0, conflicts: 0, messages: [] });
  const fieldId = Number(stage.column(header).slice('field.'.length));
  const values = stage
    .client()
    .fieldValues.list({ query: { list_entry_id: Number(id) } })
    .filter((value) => value.field_id === fieldId)
    .map(({ value }) => value);
  expect(values).toHaveLength(expected.length);
  expect(values).toEqual(expect.arrayContaining([...expected]));
  expect(previewPush(stage.run(), importId).cells).toEqual([]);
  expect(refreshImport(stage.desk, stage.run(), importId).cellsChanged).toBe(0);
});

test('persons and organizations are found by name, e-mail address and domain', () => {
  const stage = new Stage({ entries: 12 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const [first = '', second = '', third = ''] = stage.ids();
  const { persons } = stage.client().persons.search({ query: { page_size: 500 } });
  const named = persons.find(({ first_name, last_name }) => first_name === 'Grace' && last_name === 'Oyelaran');
  const byMail = persons.find(({ primary_email }) => primary_email !== null && primary_email !== named?.primary_email);
  const { organizations } = stage.client().organizations.search({ query: { page_size: 500 } });
  const firm = organizations.find(({ domain }) => domain !== null);
  stage.type(first, 'Lead Partner', 'grace  oyelaran');
  stage.type(second, 'Source of Introduction', byMail?.primary_email ?? '');
  stage.type(third, 'Lead Investor', firm?.domain ?? '');

  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 3, rows: 3, refused: 0 });

  const valueIn = (id: string, header: string) =>
    stage
      .client()
      .fieldValues.list({ query: { list_entry_id: Number(id) } })
      .find((value) => `field.${value.field_id}` === stage.column(header))?.value;
  expect(valueIn(first, 'Lead Partner')).toBe(named?.id);
  expect(valueIn(second, 'Source of Introduction')).toBe(byMail?.id);
  expect(valueIn(third, 'Lead Investor')).toBe(firm?.id);
});

const refusals: readonly (readonly [string, Cell, RegExp])[] = [
  ['Status', 'Term shet', /Affinity has no option "Term shet". Choose one of: /],
  ['Status', 'term sheet', /Did you mean "Term Sheet"\?/],
  ['Amount', 'a lot', /"a lot" is not a number. Write a number such as 1250.5./],
  ['Amount', dayCell('2026-01-02'), /Google Sheets made a date of this/],
  ['Close Date', 'soon', /"soon" is not a date/],
  ['Close Date', 45000, /45000 is not a date/],
  ['Round Sizes', '5; many', /"many" is not a number/],
  ['Tags', '"open; b', /double quotes do not match/],
  ['Headquarters', 'a, b, c, d, e, f', /place can't be read/],
  ['Lead Partner', 'Nobody Atall', /Affinity has no person "Nobody Atall"/],
  ['Lead Partner', { formula: '=A1', shows: 'Nobody Atall' }, /Affinity has no person "Nobody Atall"/],
  ['Amount', { formula: '=1/0', shows: '#DIV/0!' }, /the formula in this cell shows #DIV\/0!\. Mend it/],
  ['Amount', { formula: '=SUM(A:Z)', shows: '#REF!' }, /shows #REF!, because it refers to itself or to cells/],
  ['Nickname', { formula: '=OWN()', shows: 'Loading...' }, /has no result yet/],
  ['Nickname', { formula: '=IFERROR(X,"")', shows: null }, /a formula clears no value/],
  ['Name', { formula: '=A1', shows: 'Another name' }, /changed in Affinity/],
  ['Name', 'Another name', /changed in Affinity/],
];

test.each(refusals)('%s: %j is refused on its row and sends nothing', (header, typed, problem) => {
  const stage = new Stage({ entries: 12 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const id = stage.ids().find((one) => stage.cell(one, header) !== null) ?? '';
  stage.type(id, header, typed);
  stage.affinity.counter.reset();

  const preview = previewPush(stage.run(), importId);
  const result = pushImport(stage.desk, stage.run(), importId, nothing);

  expect(preview.cells).toEqual([
    expect.objectContaining({ state: 'refused', header, problem: expect.stringMatching(problem) }),
  ]);
  expect(result).toMatchObject({ kind: 'done', cells: 0, failed: 0, refused: 1 });
  expect(stage.cell(id, 'Sync status')).toMatch(problem);
  expect(stage.cell(id, header)).toEqual(typed);
  expect(stage.affinity.counter.read().writes).toBe(0);
});

test('a person whose name two people share is refused until one is meant, by e-mail address', () => {
  const stage = new Stage({ entries: 12 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const { persons } = stage.client().persons.search({ query: { page_size: 500 } });
  const fullName = (person: (typeof persons)[number]) => `${person.first_name} ${person.last_name}`;
  const doubled = persons.find(
    (a) => a.last_name !== null && persons.some((b) => b.id !== a.id && fullName(a) === fullName(b)),
  );
  if (doubled === undefined) throw new Error('the seed has no two persons of one name');
  const id = stage.ids()[0] ?? '';
  stage.type(id, 'Source of Introduction', fullName(doubled));
  expect(previewPush(stage.run(), importId).cells).toEqual([
    expect.objectContaining({ state: 'refused', problem: expect.stringContaining('more than one person is called') }),
  ]);
  stage.type(id, 'Source of Introduction', `${fullName(doubled)} <${doubled.primary_email}>`);
  expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 1, refused: 0 });
});
