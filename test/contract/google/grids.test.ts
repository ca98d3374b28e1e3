import { trial } from './trial';

const { act } = trial();
const outside = 'The coordinates of the range are outside the dimensions of the sheet.';
const invalid = 'The coordinates or dimensions of the range are invalid.';

// Facts 7.3.
describe('ranges and grids', () => {
  test('a new sheet has 1000 rows and 26 columns', () => {
    expect(trial().act(`return [sheet.getMaxRows(), sheet.getMaxColumns()]`)).toEqual([1000, 26]);
  });
  test.each([
    ['getRange(1001, 1)', outside],
    ['getRange(1, 27)', outside],
    ['getRange(1000, 26, 2, 1)', outside],
    ["getRange('AA1')", outside],
    ['getRange(0, 1)', invalid],
    ['getRange(1, 1, 0, 1)', invalid],
    ['getRange(1, 1, 1, -1)', invalid],
  ])('%s is refused', (call, text) => {
    expect(() => act(`sheet.${call}`)).toThrow(text);
  });
  test('the data must have the shape of the range', () => {
    expect(() => act(`sheet.getRange(1, 1, 1, 4).setValues([[1, 2, 3, 4, 5]])`)).toThrow(
      'The number of columns in the data does not match the number of columns in the range. The data has 5 but the range has 4.',
    );
    expect(() => act(`sheet.getRange(1, 1, 3, 1).setValues([[1], [2]])`)).toThrow(
      'The number of rows in the data does not match the number of rows in the range. The data has 2 but the range has 3.',
    );
  });
  test('arguments that fit no signature are refused with the platform’s sentence', () => {
    expect(() => act(`sheet.getRange('A1').setValues('x')`)).toThrow(
      "The parameters (String) don't match the method signature for SpreadsheetApp.Range.setValues.",
    );
    expect(() => act(`sheet.getRange(1.5, 1)`)).toThrow("don't match the method signature");
    expect(() => act(`sheet.getName(1)`)).toThrow("don't match the method signature");
  });
  test('deleting every unfrozen row and freezing all rows is refused', () => {
    expect(() => act(`sheet.deleteRows(1, 1000)`)).toThrow('Sorry, it is not possible to delete all non-frozen rows.');
    expect(() => act(`sheet.setFrozenRows(1000)`)).toThrow("You can't freeze all visible rows on the sheet.");
  });
  test('ten million cells are the limit of a file', () => {
    expect(() => act(`sheet.insertRowsAfter(1000, 400000)`)).toThrow(
      'This action would increase the number of cells in the workbook above the limit of 10000000 cells.',
    );
  });
  test('the only visible sheet cannot be hidden', () => {
    expect(() => trial().act(`sheet.hideSheet()`)).toThrow("You can't hide all the sheets");
  });
  test('a new sheet becomes active, keeps its id under another name and place', () => {
    const fresh = trial();
    expect(
      fresh.act(`const ss = SpreadsheetApp.getActive(); const made = ss.insertSheet('Data', 0); const id = made.getSheetId();
        made.setName('Other'); ss.moveActiveSheet(2);
        return [ss.getActiveSheet().getName(), ss.getSheetById(id).getName(), ss.getSheets().map((s) => s.getName())]`),
    ).toEqual(['Other', 'Other', ['Sheet1', 'Other']]);
  });
  test('appendRow writes below the content and grows a full grid', () => {
    const fresh = trial();
    expect(
      fresh.act(
        `sheet.deleteRows(3, 998); sheet.appendRow(['a']).appendRow(['b']).appendRow(['c']); return [sheet.getLastRow(), sheet.getMaxRows()]`,
      ),
    ).toEqual([3, 3]);
  });
  test('A1 notation of columns, rows and open ends', () => {
    expect(
      act(`return ['A:C', '2:5', 'B2:B', 'A1', '$B$2:C3'].map((a1) => sheet.getRange(a1).getA1Notation())`),
    ).toEqual(['A1:C1000', 'A2:Z5', 'B2:B1000', 'A1', 'B2:C3']);
  });
});
