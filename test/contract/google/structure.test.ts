import { trial } from './trial';

const table = `sheet.getRange('A1:C4').setValues([['id', 'n', 'f'], [1, 'c', '=B2&"!"'], [2, 'a', '=B3&"!"'], [3, 'b', '=B4&"!"']]);`;

// Facts 9: metadata moves with its row or column and dies with it.
describe('developer metadata', () => {
  const places = `const where = () => SpreadsheetApp.getActive().createDeveloperMetadataFinder().withKey('k').find().map((m) => { const c = m.getLocation().getColumn() || m.getLocation().getRow(); return c.getA1Notation(); });`;
  test('follows inserted, deleted and moved columns and rows', () => {
    const { act } = trial();
    expect(
      act(`${places} sheet.getRange('C:C').addDeveloperMetadata('k', 'v'); const seen = [where()];
        sheet.insertColumnBefore(1); seen.push(where());
        sheet.deleteColumn(2); seen.push(where());
        sheet.moveColumns(sheet.getRange('C:C'), 1); seen.push(where());
        sheet.deleteColumn(1); seen.push(where());
        return seen.flat()`),
    ).toEqual(['C1:C1000', 'D1:D1000', 'C1:C1000', 'A1:A1000']);
  });
  test('stands on whole rows and columns only', () => {
    expect(() => trial().act(`sheet.getRange('A1').addDeveloperMetadata('k')`)).toThrow(
      'Adding developer metadata to arbitrary ranges is not currently supported.',
    );
  });
  test('stays at its row under a sort, or follows by the switch', () => {
    const run = (metadataOnSort: 'stays' | 'follows'): unknown =>
      trial({ platform: { metadataOnSort } }).act(
        `${places} ${table} sheet.getRange('2:2').addDeveloperMetadata('k'); sheet.getRange('A2:C4').sort(2); return where()`,
      );
    expect([run('stays'), run('follows')]).toEqual([['A2:Z2'], ['A4:Z4']]);
  });
  test('has a budget of 30,000 characters for each sheet and for the file', () => {
    const { act } = trial();
    const add = (count: number): unknown =>
      act(`for (let i = 0; i < ${count}; i++) sheet.addDeveloperMetadata('k', 'x'.repeat(9999))`);
    expect(() => add(3)).not.toThrow();
    expect(() => add(1)).toThrow('30000 characters');
    expect(() => act(`SpreadsheetApp.getActive().addDeveloperMetadata('k', 'x'.repeat(9999))`)).not.toThrow();
  });
  test('finders look at home and below, or at what intersects', () => {
    const { act } = trial();
    expect(
      act(`sheet.addDeveloperMetadata('sheet'); sheet.getRange('B:B').addDeveloperMetadata('column', 'v', SpreadsheetApp.DeveloperMetadataVisibility.PROJECT);
        const keys = (finder) => finder.find().map((m) => m.getKey());
        return [keys(sheet.createDeveloperMetadataFinder()), keys(sheet.getRange('B2').createDeveloperMetadataFinder()),
          keys(sheet.getRange('B2').createDeveloperMetadataFinder().onIntersectingLocations()),
          keys(sheet.createDeveloperMetadataFinder().withVisibility(SpreadsheetApp.DeveloperMetadataVisibility.PROJECT))]`),
    ).toEqual([['sheet', 'column'], [], ['sheet', 'column'], ['column']]);
  });
  test('comes along when a file is copied; document properties do not', () => {
    const { google, file, act } = trial();
    act(
      `sheet.addDeveloperMetadata('k', 'v'); PropertiesService.getDocumentProperties().setProperty('p', '1'); SpreadsheetApp.getActive().insertSheet('Hidden').hideSheet()`,
    );
    const copy = google.copySpreadsheet(file);
    expect(copy.id).not.toBe(file.id);
    expect(google.snapshot(copy)).toEqual({
      ...google.snapshot(file),
      id: copy.id,
      name: 'Copy of Untitled spreadsheet',
    });
    expect(google.documentProperties(copy).size).toBe(0);
  });
});

describe('sorting', () => {
  test('moves rows with notes, formats, relative formulas and validations', () => {
    const { google, file, act } = trial();
    act(`${table} sheet.getRange('A2').setNote('first').setBackground('#ff0000');`);
    google.person(file).sort('Sheet1', 'A2:C4', { column: 2 });
    expect(google.person(file).seesTable('Sheet1')).toEqual([
      ['id', 'n', 'f'],
      ['2', 'a', 'a!'],
      ['3', 'b', 'b!'],
      ['1', 'c', 'c!'],
    ]);
    expect(
      act(
        `return [sheet.getRange('A4').getNote(), sheet.getRange('A4').getBackground(), sheet.getRange('C2:C4').getFormulas().flat()]`,
      ),
    ).toEqual(['first', '#ff0000', ['=B2&"!"', '=B3&"!"', '=B4&"!"']]);
  });
  test('puts numbers before texts before truths, and blanks last both ways', () => {
    const { act } = trial();
    const sorted = (ascending: boolean): unknown =>
      act(
        `sheet.getRange('A1:A6').setValues([['b'], [''], [true], [10], ['A'], [9]]).sort({ column: 1, ascending: arg }); return sheet.getRange('A1:A6').getValues().flat()`,
        ascending,
      );
    expect(sorted(true)).toEqual([9, 10, 'A', 'b', true, '']);
    expect(sorted(false)).toEqual([true, 'b', 'A', 10, 9, '']);
  });
  test('by several columns keeps equal rows in order', () => {
    const { act } = trial();
    expect(
      act(
        `sheet.getRange('A1:B4').setValues([[2, 'x'], [1, 'y'], [2, 'a'], [1, 'b']]).sort([{ column: 1, ascending: true }, { column: 2, ascending: false }]); return sheet.getRange('A1:B4').getValues()`,
      ),
    ).toEqual([
      [1, 'y'],
      [1, 'b'],
      [2, 'x'],
      [2, 'a'],
    ]);
  });
});

describe('formulas', () => {
  test('follow inserted, deleted and moved lines, and lose deleted ones', () => {
    const { act } = trial();
    expect(
      act(`sheet.getRange('A1:A3').setValues([[1], [2], [3]]); const cell = sheet.getRange('C1'); sheet.getRange('C1').setFormula('=SUM(A1:A3)+$A$3');
        const seen = []; const look = () => { const f = sheet.getRange('C1').getFormula() || sheet.getRange('D1').getFormula(); seen.push(f); };
        sheet.insertRowBefore(2); look(); sheet.insertColumnBefore(1); look(); sheet.deleteColumn(1); look(); sheet.deleteRow(4); look(); return seen`),
    ).toEqual(['=SUM(A1:A4)+$A$4', '=SUM(B1:B4)+$B$4', '=SUM(A1:A4)+$A$4', '=SUM(A1:A3)+#REF!']);
  });
  test('follow the name of a sheet', () => {
    const { act } = trial();
    expect(
      act(`const data = SpreadsheetApp.getActive().insertSheet('My data'); data.getRange('A1').setValue(7);
        sheet.getRange('A1').setFormula("='My data'!A1*2"); data.setName('D'); return [sheet.getRange('A1').getFormula(), sheet.getRange('A1').getValue()]`),
    ).toEqual(['=D!A1*2', 14]);
  });
  test('take semicolons in a locale with a decimal comma, and open ranges', () => {
    const { act } = trial({ file: { locale: 'de_DE' } });
    expect(
      act(
        `sheet.getRange('A1:A2').setValues([[1], [2]]); sheet.getRange('C1').setFormula('=SUM(A1:A;1,5)'); return [sheet.getRange('C1').getValue(), sheet.getRange('C1').getFormula()]`,
      ),
    ).toEqual([4.5, '=SUM(A1:A;1,5)']);
  });
  test('recompute after a write, keep unknown functions as #NAME?, show the label of HYPERLINK', () => {
    const { act } = trial();
    expect(
      act(`sheet.getRange('B1').setFormula('=A1*2'); sheet.getRange('A1').setValue(2); const first = sheet.getRange('B1').getValue();
        sheet.getRange('A1').setValue(5); const second = sheet.getRange('B1').getValue();
        sheet.getRange('C1').setFormula('=MYFUNC(A1)'); sheet.getRange('D1').setFormula('=HYPERLINK("https://a.test","a, b")');
        return [first, second, sheet.getRange('C1:D1').getValues()[0], sheet.getRange('C1:D1').getFormulas()[0]]`),
    ).toEqual([4, 10, ['#NAME?', 'a, b'], ['=MYFUNC(A1)', '=HYPERLINK("https://a.test","a, b")']]);
  });
  test('that give a date read as a Date', () => {
    const { act, google, file } = trial();
    expect(
      act(
        `sheet.getRange('A1').setFormula('=DATE(2024,1,5)'); sheet.getRange('A2').setFormula('=A1'); return sheet.getRange('A1:A2').getValues().map((r) => r[0].toISOString())`,
      ),
    ).toEqual(['2024-01-05T00:00:00.000Z', '2024-01-05T00:00:00.000Z']);
    google.person(file).type('Sheet1', 'B1', '=TODAY()');
    expect(google.person(file).sees('Sheet1', 'B1')).toBe('11/2/2026');
  });
  test('errors read as their codes', () => {
    expect(
      trial().act(
        `sheet.getRange('A1:C1').setValues([['=1/0', '=NA()', '=A1+1']]); return sheet.getRange('A1:C1').getValues()[0]`,
      ),
    ).toEqual(['#DIV/0!', '#N/A', '#DIV/0!']);
  });
  test('R1C1 notation goes both ways', () => {
    expect(
      trial().act(
        `sheet.getRange('C3:C4').setFormulasR1C1([['=R[-1]C[-2]+R1C1'], ['=R[-1]C[-2]+R1C1']]); return [sheet.getRange('C3:C4').getFormulas().flat(), sheet.getRange('C3').getFormulaR1C1()]`,
      ),
    ).toEqual([['=A2+$A$1', '=A3+$A$1'], '=R[-1]C[-2]+R1C1']);
  });
  test('filling down moves references, series go on', () => {
    const { google, file } = trial();
    const person = google.person(file);
    person.paste('Sheet1', 'A1', [
      ['1', '=A1*10'],
      ['2', ''],
    ]);
    person.fillDown('Sheet1', 'B1:B3');
    person.fillDown('Sheet1', 'A1:A4', 2);
    expect(person.seesTable('Sheet1')).toEqual([
      ['1', '10'],
      ['2', '20'],
      ['3', '30'],
      ['4', ''],
    ]);
  });
});

describe('what is bound to lines', () => {
  test('names, filters, protections, rules, widths and hidden rows move along', () => {
    const { google, file, act } = trial();
    act(`${table} SpreadsheetApp.getActive().setNamedRange('ids', sheet.getRange('A2:A4')); sheet.getRange('A1:C4').createFilter(); sheet.getRange('B2:B4').protect();
      sheet.setColumnWidth(2, 222); sheet.hideRows(4);
      sheet.setConditionalFormatRules([SpreadsheetApp.newConditionalFormatRule().whenTextContains('a').setBackground('#00ff00').setRanges([sheet.getRange('B2:B4')]).build()]);
      sheet.insertRowBefore(1); sheet.insertColumnBefore(1);`);
    const sheet = google.snapshot(file).sheets[0];
    expect(google.snapshot(file).names).toEqual([{ name: 'ids', at: 'Sheet1!B3:B5' }]);
    expect(sheet).toMatchObject({
      filter: { area: 'B2:D5' },
      protections: [{ area: 'C3:C5' }],
      conditionalRules: [{ areas: ['C3:C5'] }],
      columns: [{ column: 'C', width: 222 }],
      rows: [{ row: 5, hiddenByUser: true }],
    });
  });
  test('a filter hides rows by value and shows them again', () => {
    const { google, file, act } = trial();
    act(table);
    google.person(file).filter('Sheet1', 'A1:C4', 2, ['a']);
    expect(act(`return [2, 3, 4].map((row) => sheet.isRowHiddenByFilter(row))`)).toEqual([false, true, false]);
    act(`sheet.getFilter().remove()`);
    expect(act(`return sheet.isRowHiddenByFilter(3)`)).toBe(false);
  });
  test('a protected range stops other users and their scripts, not the owner', () => {
    const { google, file, act } = trial({ file: { owner: 'owner@x.test', editors: ['b@x.test'] } });
    google.person(file).protect('Sheet1', 'A1:A5');
    expect(() => act(`sheet.getRange('A1').setValue(1)`, null, { user: 'b@x.test' })).toThrow(
      'You are trying to edit a protected cell or object.',
    );
    expect(() => act(`sheet.getRange('A1').setValue(1)`, null, { user: 'owner@x.test' })).not.toThrow();
  });
});

// Facts 9.
describe('validation', () => {
  const list = `const rule = SpreadsheetApp.newDataValidation().requireValueInList(['a', 'b']).setAllowInvalid(false).build(); sheet.getRange('A1').setDataValidation(rule);`;
  test('rules can be read back and more than 500 items are refused', () => {
    const { act } = trial();
    expect(
      act(
        `${list} const r = sheet.getRange('A1').getDataValidation(); return [String(r.getCriteriaType()), r.getCriteriaValues(), r.getAllowInvalid()]`,
      ),
    ).toEqual(['VALUE_IN_LIST', [['a', 'b'], true], false]);
    expect(() =>
      act(`SpreadsheetApp.newDataValidation().requireValueInList(Array.from({ length: 501 }, (_, i) => 'v' + i))`),
    ).toThrow('more items than the limit of 500');
    expect(act(`return SpreadsheetApp.newDataValidation().requireCheckbox().build().getAllowInvalid()`)).toBe(true);
  });
  test('a rejecting rule stops a person; a script by the switch', () => {
    const free = trial();
    free.act(`${list} sheet.getRange('A1').setValue('zzz')`);
    expect(() => free.google.person(free.file).type('Sheet1', 'A1', 'yyy')).toThrow(
      'violates the data validation rules',
    );
    expect(free.google.person(free.file).sees('Sheet1', 'A1')).toBe('zzz');
    const strict = trial({ platform: { rejectingValidationBlocksScripts: true } });
    expect(() => strict.act(`${list} sheet.getRange('A1').setValue('zzz')`)).toThrow(
      'The data you entered in cell A1 violates the data validation rules set on this cell.',
    );
  });
});
