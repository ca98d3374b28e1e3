import { trial, written } from './trial';

const us = { file: { locale: 'en_US' } };
const german = { file: { locale: 'de_DE' } };
const british = { file: { locale: 'en_GB' } };
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

// Facts 7.1: a string is parsed as if typed, by the spreadsheet's locale.
describe('a written string becomes what typing it would give', () => {
  test.each([
    ['1,234.50', 1234.5, '1,234.50'],
    ['-5', -5, '-5'],
    ['+5', 5, '5'],
    ['(5)', -5, '-5'],
    ['50%', 0.5, '50%'],
    ['57%', 0.57, '57%'],
    ['$2.99', 2.99, '$2.99'],
    ['01234', 1234, '1234'],
    ['22 34', 2234, '2234'],
    ['TRUE', true, 'TRUE'],
    ['false', false, 'FALSE'],
    ['1e5', 100000, '1.00E+05'],
    ['12/31/2024', day('2024-12-31'), '12/31/2024'],
    ['2024-02-29', day('2024-02-29'), '2024-02-29'],
    ['1.5', 1.5, '1.5'],
    ['hello', 'hello', 'hello'],
    ['13/1/2020', '13/1/2020', '13/1/2020'],
  ])('en_US: %s', (typed, value, shown) => {
    const cell = written(typed, us);
    expect(cell.value).toEqual(value);
    expect(cell.shown).toBe(shown);
  });

  test.each([
    ['1.234,50', 1234.5, '1.234,50'],
    ['1,5', 1.5, '1,5'],
    ['50%', 0.5, '50%'],
    ['2,99 €', 2.99, '2,99 €'],
    ['31.12.2024', day('2024-12-31'), '31.12.2024'],
    ['1.5.2020', day('2020-05-01'), '1.5.2020'],
    ['1.5', day('2026-05-01'), '1.5'],
    ['1.234', 1234, '1.234'],
    ['WAHR', true, 'WAHR'],
    ['2024-02-29', day('2024-02-29'), '2024-02-29'],
    ['hallo', 'hallo', 'hallo'],
  ])('de_DE: %s', (typed, value, shown) => {
    const cell = written(typed, german);
    expect(cell.value).toEqual(value);
    expect(cell.shown).toBe(shown);
  });

  test('blanks group digits in French', () => {
    const french = { file: { locale: 'fr_FR' } };
    expect(written('1 234,5', french)).toMatchObject({ value: 1234.5, shown: expect.stringMatching(/^1\s234,50$/) });
    expect(written('1 234,5', us).value).toBe('1 234,5');
  });

  test('the same text is another day in another locale', () => {
    expect(written('1/2/2024', us).value).toEqual(day('2024-01-02'));
    expect(written('1/2/2024', british).value).toEqual(day('2024-02-01'));
    expect(written('1/2', us).value).toEqual(day('2026-01-02'));
    expect(written('1/2', british).value).toEqual(day('2026-02-01'));
  });

  test('a date with a time keeps both', () => {
    expect(written('1/2/2024 3:04 PM', us).value).toEqual(new Date('2024-01-02T15:04:00Z'));
  });

  test('a time of day with AM or PM shows as it was typed', () => {
    expect(written('1:30 PM', us).shown).toBe('1:30 PM');
  });

  test('a clock time is a Date on 1899-12-30', () => {
    expect(written('12:30', us).value).toEqual(new Date('1899-12-30T12:30:00Z'));
  });

  test('more than a day is a duration', () => {
    expect(written('36:15', us).shown).toBe('36:15:00');
  });
});

// Facts 7.1 and 17 #4: leading signs.
describe('a leading sign', () => {
  test('= makes a formula', () => {
    expect(written('=1+2', us)).toMatchObject({ value: 3, formula: '=1+2' });
  });
  test('+ and - in front of words are tried as formulas', () => {
    expect(written('-abc', us)).toMatchObject({ value: '#NAME?', formula: '=-abc' });
    expect(written('+1 555 0100', us)).toMatchObject({ value: '#ERROR!' });
  });
  test("' marks text and is not part of the value", () => {
    expect(written("'=1+2", us)).toMatchObject({ value: '=1+2', formula: '' });
    expect(written("''x", us).value).toBe("'x");
  });
  test("' can be switched to stay", () => {
    expect(written("'x", { ...us, platform: { apostrophe: 'kept' } }).value).toBe("'x");
  });
  test('@ is tried as a formula, or is text by the switch', () => {
    expect(written('@ann', us).formula).toBe('=@ann');
    expect(written('@ann', { ...us, platform: { leadingAt: 'text' } })).toMatchObject({ value: '@ann', formula: '' });
  });
  test('blanks before = do not protect, unless the switch says so', () => {
    expect(written('  =1+1', us).value).toBe(2);
    expect(written('  =1+1', { ...us, platform: { blankBeforeFormula: 'text' } }).value).toBe('  =1+1');
  });
  test('signs alone are text', () => {
    for (const text of ['-', '--', '=', '+', '@']) expect(written(text, us).value).toBe(text);
  });
});

// Facts 7.1: a cell whose format was @ before the write keeps the text.
describe('a text cell (format @)', () => {
  const intoText = (value: unknown, platform = {}): unknown =>
    trial({ ...us, platform }).act(
      `const cell = sheet.getRange('A1'); cell.setNumberFormat('@'); cell.setValue(arg); return [cell.getValue(), cell.getFormula()];`,
      value,
    );
  test.each(['00123', '1,234', '1/2/2024', '22 34', 'TRUE', '+1 555', '-abc', '2024-01-02T03:04:05Z', '#N/A'])(
    'keeps %s',
    (text) => {
      expect(intoText(text)).toEqual([text, '']);
    },
  );
  test('= is a formula or text by the switch', () => {
    expect(intoText('=1+1')).toEqual([2, '=1+1']);
    expect(intoText('=1+1', { formulaInTextCell: 'text' })).toEqual(['=1+1', '']);
  });
  test("' is kept or dropped by the switch", () => {
    expect(intoText("'x")).toEqual(["'x", '']);
    expect(intoText("'x", { apostropheInTextCell: 'marker' })).toEqual(['x', '']);
  });
  test('setting @ after the write does not bring zeros back', () => {
    expect(
      trial(us).act(
        `sheet.getRange('A1').setValue('007').setNumberFormat('@'); return sheet.getRange('A1').getValue();`,
      ),
    ).toBe(7);
  });
});

describe('typed values', () => {
  // Facts 7.1: numbers, booleans and Dates are stored as such.
  test('numbers stay exact beyond 2^31', () => {
    expect(written(9007199254740991, us).value).toBe(9007199254740991);
  });
  test('null, undefined and empty text clear the content', () => {
    for (const nothing of [null, undefined, '']) {
      expect(
        trial(us).act(
          `sheet.getRange('A1').setValue('x').setValue(arg); return [sheet.getRange('A1').getValue(), sheet.getLastRow()];`,
          nothing,
        ),
      ).toEqual(['', 0]);
    }
  });
  test('an object is refused by name instead of becoming some text', () => {
    expect(() => written({ a: 1 }, us)).toThrow('local Google does not support a cell value of type [object Object]');
  });
  // Facts 7.1: 50,000 characters; facts 17 #20: the cells before it may have been written.
  test('an over-long text fails with its sentence after the cells before it were written', () => {
    const { act } = trial(us);
    const write = `sheet.getRange('A1:B1').setValues([['before', 'x'.repeat(50001)]]); SpreadsheetApp.flush();`;
    expect(() => act(write)).toThrow('Your input contains more than the maximum of 50000 characters in a single cell.');
    expect(act(`return sheet.getRange('A1').getValue()`)).toBe('before');
  });
  test('or nothing is written, by the switch', () => {
    const { act } = trial({ ...us, platform: { overlongCell: 'refused' } });
    expect(() => act(`sheet.getRange('A1:B1').setValues([['before', 'x'.repeat(50001)]]);`)).toThrow(
      '50000 characters',
    );
    expect(act(`return sheet.getRange('A1').getValue()`)).toBe('');
  });
  // Facts 7.1: setNumberFormat('general') resets, null fails.
  test('general resets a number format and null is refused', () => {
    const { act } = trial(us);
    expect(act(`return sheet.getRange('A1').setNumberFormat('@').setNumberFormat('general').getNumberFormat()`)).toBe(
      '0.###############',
    );
    expect(() => act(`sheet.getRange('A1').setNumberFormat(null)`)).toThrow("don't match the method signature");
  });
});
