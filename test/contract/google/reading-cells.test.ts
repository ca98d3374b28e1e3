import { trial } from './trial';

// Facts 7.2.
describe('reading', () => {
  test('an empty cell reads as empty text', () => {
    expect(trial().act(`return sheet.getRange('A1:B1').getValues()`)).toEqual([['', '']]);
  });
  test('display values follow the locale of the spreadsheet, not of the user', () => {
    const { act } = trial({ file: { locale: 'de_DE' }, userLocale: 'en' });
    expect(
      act(
        `sheet.getRange('A1').setValue(1234.5).setNumberFormat('#,##0.00'); return sheet.getRange('A1').getDisplayValue()`,
      ),
    ).toBe('1.234,50');
    expect(act(`sheet.getRange('A2').setValue(true); return sheet.getRange('A2').getDisplayValue()`)).toBe('WAHR');
  });
  test('an automatic number shows at most ten decimals', () => {
    const { act } = trial();
    expect(
      act(
        `sheet.getRange('A1').setValue(1/3); return [sheet.getRange('A1').getDisplayValue(), sheet.getRange('A1').getValue() === 1/3]`,
      ),
    ).toEqual(['0.3333333333', true]);
    expect(act(`sheet.getRange('A1').setValue(0.1+0.2); return sheet.getRange('A1').getDisplayValue()`)).toBe('0.3');
    expect(
      act(`sheet.getRange('A1').setValue(123456789012345680000); return sheet.getRange('A1').getDisplayValue()`),
    ).toBe('1.23457E+20');
  });
  test('a number under a date pattern is a Date', () => {
    const { act } = trial();
    const read = `sheet.getRange('A1').setValue(45296).setNumberFormat('yyyy-mm-dd'); const v = sheet.getRange('A1').getValue(); return [v instanceof Date, v.toISOString()]`;
    expect(act(read)).toEqual([true, '2024-01-05T00:00:00.000Z']);
  });
  test('the last row and column count content, not formats, notes or the grid', () => {
    const { act } = trial();
    expect(
      act(`sheet.getRange('B3').setValue('x'); sheet.getRange('D9').setBackground('#ff0000').setNote('n');
           return [sheet.getLastRow(), sheet.getLastColumn(), sheet.getMaxRows(), sheet.getMaxColumns(), sheet.getDataRange().getA1Notation()]`),
    ).toEqual([3, 2, 1000, 26, 'A1:B3']);
  });
  test('values handed to the script belong to its own realm', () => {
    const { act } = trial();
    expect(
      act(`const v = sheet.getRange('A1').getValues(); let error; try { sheet.getRange(0, 1); } catch (e) { error = e; }
           return [v instanceof Array, v[0] instanceof Array, error instanceof Error, String(error)]`),
    ).toEqual([true, true, true, 'Exception: The coordinates or dimensions of the range are invalid.']);
  });
});

// Facts 7.2: spreadsheet zone and script zone differ; 16 #4.
describe('dates and zones', () => {
  const zones = [
    'Pacific/Kiritimati',
    'Asia/Kolkata',
    'Europe/London',
    'America/Los_Angeles',
    'America/Sao_Paulo',
    'Etc/UTC',
  ];
  const instants = [
    '2026-03-29T00:30:00Z',
    '2026-03-29T01:30:00Z',
    '2026-10-25T00:30:00Z',
    '2018-11-04T12:00:00Z',
    '2026-07-01T23:59:59Z',
  ];
  test.each(zones)('an instant survives the trip through a spreadsheet in %s', (timeZone) => {
    const { act } = trial({ file: { timeZone }, manifest: { timeZone: 'America/New_York' } });
    const back = act(
      `sheet.getRange(1, 1, arg.length, 1).setValues(arg.map((t) => [new Date(t)])); return sheet.getRange(1, 1, arg.length, 1).getValues().map((r) => r[0].toISOString())`,
      instants,
    );
    expect(back).toEqual(instants.map((text) => new Date(text).toISOString()));
  });
  test.each(zones)('a typed day is that day on the wall in %s', (timeZone) => {
    const { google, file, act } = trial({ file: { timeZone }, manifest: { timeZone: 'Asia/Tokyo' } });
    google.person(file).type('Sheet1', 'A1', '3/29/2026');
    expect(
      act(
        `return Utilities.formatDate(sheet.getRange('A1').getValue(), SpreadsheetApp.getActive().getSpreadsheetTimeZone(), 'yyyy-MM-dd HH:mm')`,
      ),
    ).toBe('2026-03-29 00:00');
  });
  test('a day that begins at one o’clock because clocks went forward at midnight begins then', () => {
    const { google, file } = trial({ file: { timeZone: 'America/Sao_Paulo' } });
    google.person(file).type('Sheet1', 'A1', '11/4/2018');
    expect(google.person(file).value('Sheet1', 'A1')).toEqual(new Date('2018-11-04T03:00:00Z'));
  });
  test('the script’s own Date lives in the zone of the manifest', () => {
    const { act } = trial({ manifest: { timeZone: 'Asia/Kolkata' }, file: { timeZone: 'Europe/London' } });
    expect(
      act(
        `const d = new Date(2026, 0, 15, 5, 30); return [d.toISOString(), d.getHours(), d.getTimezoneOffset(), String(d), Session.getScriptTimeZone()]`,
      ),
    ).toEqual([
      '2026-01-15T00:00:00.000Z',
      5,
      -330,
      'Thu Jan 15 2026 05:30:00 GMT+0530 (India Standard Time)',
      'Asia/Kolkata',
    ]);
  });
  test('a date-only text is midnight UTC, other texts are in the zone of the script', () => {
    const { act } = trial({ manifest: { timeZone: 'America/New_York' } });
    expect(
      act(
        `return [new Date('2023-02-26').getDate(), new Date('2023-02-26T00:00:00').getDate(), new Date('Feb 26, 2023').toISOString()]`,
      ),
    ).toEqual([25, 26, '2023-02-26T05:00:00.000Z']);
  });
  test('now is the emulation’s clock', () => {
    const { act, clock } = trial({ costs: false });
    clock.advance(1000);
    expect(act(`return [new Date().toISOString(), Date.now()]`)).toEqual(['2026-11-02T09:00:01.000Z', clock.now()]);
  });
  test('a Date in a cell without a format brings one of the locale', () => {
    const { act } = trial({ file: { locale: 'en_GB' } });
    expect(
      act(
        `sheet.getRange('A1').setValue(new Date('2024-01-05T00:00:00Z')); return [sheet.getRange('A1').getDisplayValue(), sheet.getRange('A1').getNumberFormat()]`,
      ),
    ).toEqual(['05/01/2024', 'dd/MM/yyyy']);
  });
});
