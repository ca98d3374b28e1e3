/** A field renamed in Affinity: the header follows, unless a person named it themselves. Sentences use the header that people see. */
import { LIST_IDS } from '../../local/affinity';
import { pushImport, refreshImport } from '../../src/sync/runs/desk';
import { Stage } from './stage';

const nothing = { sendClears: false, choices: new Map() };

const opened = () => {
  const stage = new Stage({ entries: 6 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const amount = stage.column('Amount');
  const rename = (name: string) => {
    const { fields } = stage.affinity.world;
    const field = fields.get(Number(amount.slice('field.'.length)));
    if (field === undefined) throw new Error('no such field');
    fields.set(field.id, { ...field, name });
  };
  const personRenames = (header: string) => {
    stage.tab.columns = stage.tab.columns.map((look) => (look.key === amount ? { ...look, header } : look));
  };
  const header = () => stage.tab.columns.find(({ key }) => key === amount)?.header;
  const refresh = () => refreshImport(stage.desk, stage.run(), importId);
  return { stage, importId, amount, rename, personRenames, header, refresh };
};

test('a header that nobody touched takes the new name, and the refresh says so once', () => {
  const { rename, header, refresh } = opened();
  rename('Deal size');
  const result = refresh();
  expect(result).toMatchObject({ kind: 'done', cellsChanged: 0 });
  expect(result.messages).toEqual(['Renamed in Affinity, and here as well: “Amount” to “Deal size”.']);
  expect(header()).toBe('Deal size');
  expect(refresh().messages).toEqual([]);
  rename('Amount');
  refresh();
  expect(header()).toBe('Amount');
});

test('a header that a person changed stays theirs, whatever the field is called', () => {
  const { rename, personRenames, header, refresh } = opened();
  personRenames('Ticket');
  rename('Deal size');
  expect(refresh().messages).toEqual([]);
  expect(header()).toBe('Ticket');
});

test('a person who takes their own name back gets the field’s name again', () => {
  const { rename, personRenames, header, refresh } = opened();
  personRenames('Ticket');
  rename('Deal size');
  refresh();
  personRenames('Amount');
  refresh();
  expect(header()).toBe('Deal size');
});

test('a run that died between the header and its note is made up for', () => {
  const { stage, importId, rename, header, refresh } = opened();
  rename('Deal size');
  const before = stage.workbook.stateRows.get(importId)?.[0] ?? [];
  refresh();
  // The note of the labels never came.
  stage.workbook.stateRows.get(importId)?.splice(0, 1, [...before]);
  expect(refresh().messages).toEqual([]);
  rename('Amount');
  refresh();
  expect(header()).toBe('Amount');
});

test('the status of a row names a column as the sheet does', () => {
  const { stage, importId, amount, personRenames, refresh } = opened();
  const [id = ''] = stage.ids();
  personRenames('Ticket');
  stage.row(id).cells.set(amount, 'much');
  refresh();
  expect(stage.cell(id, 'Sync status')).toMatch(/^Ticket: /);
  pushImport(stage.desk, stage.run(), importId, nothing);
  expect(stage.cell(id, 'Sync status')).toMatch(/^Ticket: /);
});
