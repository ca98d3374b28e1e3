/** Texts on their way into `@` cells, under each way in which the platform may treat them. */
import fc from 'fast-check';
import { createDayReader, isDayFormat, serialOf } from '../../src/google/calendar-day';
import { PROBES, protect, type TextRules, textRulesOf, unprotect } from '../../src/google/cell-text';

const RULES: readonly TextRules[] = [
  { apostrophe: 'mark', formula: 'text' },
  { apostrophe: 'mark', formula: 'computed' },
  { apostrophe: 'part', formula: 'text' },
  { apostrophe: 'part', formula: 'computed' },
];

/** What an `@` cell reads as after a string was written, by the rules; null for a formula. */
const platform = (written: string, { apostrophe, formula }: TextRules): string | null => {
  if (written.startsWith("'") && apostrophe === 'mark') return written.slice(1);
  return formula === 'computed' && /^[=+\-@]/.test(written) ? null : written;
};

const TEXTS = [
  'plain',
  '=1+1',
  '+49',
  '-5',
  '@handle',
  "'quoted",
  "''twice",
  "'=x",
  "''=x",
  ' =x',
  '\t=x',
  '\u200b=x',
  "'",
  '',
  '007',
  "it's",
];

describe.each(RULES)('where an apostrophe is a $apostrophe and a formula is $formula', (rules) => {
  test.each(TEXTS)('%j comes back', (text) => {
    const cell = platform(protect(text, rules), rules);
    expect(cell === null ? 'a formula' : unprotect(cell, rules)).toBe(text);
  });

  test('any text comes back', () => {
    const text = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', ' ', '\t', '\n', '\u200b', 'a', '1') });
    fc.assert(
      fc.property(text, (given) => {
        const cell = platform(protect(given, rules), rules);
        expect(cell === null ? 'a formula' : unprotect(cell, rules)).toBe(given);
      }),
      { numRuns: 2000 },
    );
  });

  test('the probes tell these rules', () => {
    const read = PROBES.map((probe) => platform(probe, rules) ?? 2);
    expect(textRulesOf(read)).toEqual(rules);
  });
});

test.each([[[]], [['', '']], [['something else', '=1+1']], [[5, 2]]])(
  'probes that read %j are not understood',
  (values) => {
    expect(textRulesOf(values)).toBeNull();
  },
);

describe('days', () => {
  test.each([
    ['1899-12-30', 0],
    ['1900-01-01', 2],
    ['1970-01-01', 25_569],
    ['2026-03-31', 46_112],
    ['2024-02-29', 45_351],
  ])('%s is day %d', (day, serial) => {
    expect(serialOf(day)).toBe(serial);
  });

  test.each([
    ['UTC', '2026-03-31T00:00:00Z', '2026-03-31', null],
    ['Europe/Berlin', '2026-03-30T22:00:00Z', '2026-03-31', null],
    ['Europe/Berlin', '2026-03-31T00:00:00Z', '2026-03-31', '02:00:00'],
    ['America/Los_Angeles', '2026-03-31T07:00:00Z', '2026-03-31', null],
    ['America/Los_Angeles', '2026-01-31T08:00:00Z', '2026-01-31', null],
    ['Pacific/Kiritimati', '2026-03-30T10:00:00Z', '2026-03-31', null],
    ['Asia/Kolkata', '2026-03-30T18:30:00Z', '2026-03-31', null],
    ['America/Sao_Paulo', '2018-11-04T03:00:00Z', '2018-11-04', '01:00:00'],
    ['Europe/Berlin', '2026-03-30T22:00:00.999Z', '2026-03-31', '00:00:01'],
    ['Europe/Berlin', '2026-03-31T12:04:59.996Z', '2026-03-31', '14:05:00'],
  ])('in %s, %s is %s at %s', (zone, instant, day, time) => {
    expect(createDayReader(zone)(new Date(instant))).toEqual({ day, time });
  });

  test.each([
    ['yyyy-mm-dd', true],
    ['d. mmmm', true],
    ['mmm yy', true],
    ['0.00', false],
    ['@', false],
    ['General', false],
    ['0 "days"', false],
    ['[red]0', false],
    ['#,##0.00 "yd"', false],
    ['\\d0', false],
  ])('the format %s shows a day: %s', (format, expected) => {
    expect(isDayFormat(format)).toBe(expected);
  });
});
