import { trial } from './trial';

describe('a person', () => {
  test('pastes texts as typed, growing the grid where needed', () => {
    const { google, file } = trial();
    const person = google.person(file);
    person.paste('Sheet1', 'A1000', [
      ['1/2/2024', '50%'],
      ['=A1000+1', "'007"],
    ]);
    expect(person.seesTable('Sheet1', 'A1000:B1001')).toEqual([
      ['1/2/2024', '50%'],
      ['45294', '007'],
    ]);
  });
  test('copies a row with everything in it, formulas moving along', () => {
    const { google, file, act } = trial();
    act(
      `sheet.getRange('A1:B1').setValues([[2, '=A1*10']]); sheet.getRange('A1').setNote('n').setBackground('#ff0000')`,
    );
    const person = google.person(file);
    person.pasteRow('Sheet1', 3, person.copyRow('Sheet1', 1));
    person.type('Sheet1', 'A3', '4');
    expect(person.seesTable('Sheet1', 'A3:B3')).toEqual([['4', '40']]);
    expect(act(`return [sheet.getRange('A3').getNote(), sheet.getRange('A3').getBackground()]`)).toEqual([
      'n',
      '#ff0000',
    ]);
  });
  test('clears contents and keeps looks, notes and rules', () => {
    const { google, file, act } = trial();
    act(`sheet.getRange('A1').setValue(1).setNote('n').setBackground('#ff0000').setNumberFormat('@')`);
    google.person(file).clear('Sheet1', 'A1');
    expect(
      act(`const c = sheet.getRange('A1'); return [c.getValue(), c.getNote(), c.getBackground(), c.getNumberFormat()]`),
    ).toEqual(['', 'n', '#ff0000', '@']);
  });
  test('takes edits back, but never the work of a script', () => {
    const { google, file, act } = trial();
    const person = google.person(file);
    person.type('Sheet1', 'A1', 'one');
    person.insertRows('Sheet1', 1);
    person.setBackground('Sheet1', 'A2', '#ff0000');
    expect([person.undo(), person.undo()]).toEqual([true, true]);
    expect(person.seesTable('Sheet1')).toEqual([['one']]);
    act(`sheet.getRange('B1').setValue('script')`);
    expect(person.undo()).toBe(false);
    expect(person.seesTable('Sheet1')).toEqual([['one', 'script']]);
  });
  test('fires change triggers that say what kind, never where', () => {
    const { google, file, act } = trial({
      code: `function changed(e) { console.log(e.changeType + ' ' + ('range' in e)); }`,
    });
    act(`ScriptApp.newTrigger('changed').forSpreadsheet(SpreadsheetApp.getActive()).onChange().create()`);
    const person = google.person(file);
    person.type('Sheet1', 'A1', 'x');
    person.insertRows('Sheet1', 1);
    person.deleteColumns('Sheet1', 2);
    person.addSheet('Other');
    expect(google.logs.map((line) => line.text)).toEqual([
      'EDIT false',
      'INSERT_ROW false',
      'REMOVE_COLUMN false',
      'INSERT_GRID false',
    ]);
  });
  test('deletes a sheet under a running script, which is then told', () => {
    const { google, file } = trial();
    google.person(file).addSheet('Other');
    google.person(file).select('Sheet1');
    google.onServiceCall((call) => {
      if (call.member === 'getUuid') google.person(file).deleteSheet('Sheet1');
    });
    const { error } = google.tryRun(
      'act',
      [`sheet.getRange('A1').setValue(1); Utilities.getUuid(); sheet.getRange('A1').getValue()`],
      { spreadsheet: file },
    );
    expect(error?.message).toBe('Sheet 0 not found');
  });
});

describe('a snapshot', () => {
  const build = (): string => {
    const { google, file, act } = trial();
    act(`sheet.getRange('A1:C2').setValues([['id', 'when', 'sum'], [1, new Date('2024-01-05T00:00:00Z'), '=A2*2']]);
      sheet.getRange('A1').setNote('n').setFontWeight('bold'); sheet.getRange('B:B').addDeveloperMetadata('k', 'v'); sheet.setFrozenRows(1);
      sheet.getRange('A2').setDataValidation(SpreadsheetApp.newDataValidation().requireNumberGreaterThan(0).build());`);
    return JSON.stringify(google.snapshot(file), null, 1);
  };
  test('of two equal runs is equal to the letter', () => {
    expect(build()).toBe(build());
  });
  test('holds values, results, formulas, formats, looks, notes, rules and metadata', () => {
    expect(JSON.parse(build())).toMatchObject({
      sheets: [
        {
          name: 'Sheet1',
          grid: [1000, 26],
          frozen: [1, 0],
          values: { A1: 'id', A2: 1, B2: 45296, C2: 2 },
          formulas: { C2: '=A2*2' },
          formats: { B2: 'M/d/yyyy' },
          looks: { A1: { fontWeight: 'bold' } },
          notes: { A1: 'n' },
          validations: { A2: { criteria: 'NUMBER_GREATER_THAN', values: [0] } },
        },
      ],
      metadata: [{ key: 'k', value: 'v', visibility: 'DOCUMENT', at: 'column Sheet1!B' }],
    });
  });
});

describe('speed', () => {
  test('100,000 × 30 typed cells are written and read within seconds', () => {
    const { act } = trial({ costs: false });
    act(
      `sheet.insertRowsAfter(1000, 99000); sheet.insertColumnsAfter(26, 4); sheet.getRange('A:A').setNumberFormat('@')`,
    );
    const start = performance.now();
    act(`sheet.getRange(1, 1, 100000, 30).setValues(Array.from({ length: 100000 }, (_, i) =>
      Array.from({ length: 30 }, (_, j) => (j % 3 === 0 ? 'Company ' + i + ' Ltd' : j % 3 === 1 ? i * 1.5 : new Date(86400000 * (i % 9999))))))`);
    expect(
      act(
        `const v = sheet.getRange(1, 1, 100000, 30).getValues(); return [v.length, v[99999][0], v[99999][1], v[5][2] instanceof Date]`,
      ),
    ).toEqual([100000, 'Company 99999 Ltd', 149998.5, true]);
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
