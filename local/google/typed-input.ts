/**
 * What a text becomes when it is typed into a cell or written by a script: the two are the same on the platform.
 * numfmt does the bulk; the corrections are where Sheets differs or where a switch keeps two answers.
 * Source: facts 7.1 and 17 #4 to #6; local-runtime 7.5.
 */

import { getLocale, parseValue } from 'numfmt';
import { type CellError, cellError, ERROR_CODES } from './cell-value';
import { entryOf } from './entry-of';
import type { PlatformSwitches } from './platform';
import type { SheetLocale } from './sheet-locale';
import { partsOfSerial, serialOfDay } from './zone';

export type Typed =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'value'; readonly value: number | boolean | CellError; readonly format?: string }
  | { readonly kind: 'formula'; readonly text: string };

export type TypingRules = {
  readonly locale: SheetLocale;
  /** The year a date without a year gets. */
  readonly year: number;
  readonly switches: Pick<
    PlatformSwitches,
    'apostrophe' | 'leadingAt' | 'blankBetweenDigits' | 'isoTimestamp' | 'blankBeforeFormula' | 'errorText'
  >;
};

const text = (value: string): Typed => ({ kind: 'text', value });
const number = (value: number, format?: string): Typed => ({ kind: 'value', value, ...(format ? { format } : {}) });
const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:Z|[+-]\d\d:?\d\d)?$/;
const SHORT_DATE = /^(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d{2}))?\.?( .+)?$/;
const DURATION = /^(\d{1,6}):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?$/;
const LONGEST = 60;

const validDay = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** `1/2`, `1.5.2020`: day and month in the order of the locale, which numfmt does not keep for short forms. */
const shortDate = (input: string, { locale, year }: TypingRules): Typed | null => {
  const match = SHORT_DATE.exec(input);
  if (!match) return null;
  const [, first = '', separator = '', second = '', writtenYear, time] = match;
  if (separator === '.' && locale.dateSeparator !== '.') return null;
  if (writtenYear === undefined && separator !== '.' && time !== undefined) return null;
  const dayFirst = locale.dateOrder === 'DMY';
  const [day, month] = dayFirst ? [Number(first), Number(second)] : [Number(second), Number(first)];
  const fullYear =
    writtenYear === undefined
      ? year
      : writtenYear.length === 2
        ? twoDigitYear(Number(writtenYear))
        : Number(writtenYear);
  if (!validDay(fullYear, month, day)) return null;
  const clock = time === undefined ? null : parseValue(time.trim(), { locale: locale.tag });
  if (time !== undefined && (typeof clock?.v !== 'number' || clock.v >= 1 || !clock.z?.includes(':'))) return null;
  const days = dayFirst ? `d${separator}m` : `m${separator}d`;
  const years = writtenYear === undefined ? '' : separator + (writtenYear.length === 2 ? 'yy' : 'yyyy');
  const fraction = typeof clock?.v === 'number' ? clock.v : 0;
  return number(serialOfDay(fullYear, month, day) + fraction, days + years + (clock?.z ? ` ${clock.z}` : ''));
};

const twoDigitYear = (year: number): number => (year < 50 ? 2000 + year : 1900 + year);

const timestamp = (input: string): Typed | null => {
  const match = ISO.exec(input);
  if (!match) return null;
  const [, y, mo, d, h, mi, s = '0', fraction = ''] = match;
  const days = serialOfDay(Number(y), Number(mo), Number(d));
  const seconds = Number(h) * 3600 + Number(mi) * 60 + Number(s) + Number(`0.${fraction || 0}`);
  return validDay(Number(y), Number(mo), Number(d)) ? number(days + seconds / 86_400, 'yyyy-mm-dd h:mm:ss') : null;
};

/** A span of more than a day, which a clock time cannot be. */
const duration = (input: string): Typed | null => {
  const match = DURATION.exec(input);
  if (!match || Number(match[1]) < 24) return null;
  const seconds =
    Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0) + Number(`0.${match[4] ?? 0}`);
  return number(seconds / 86_400, '[h]:mm:ss');
};

/** numfmt counts 1900 as a leap year, takes the machine's year for a missing one and multiplies percents inexactly. */
const corrected = (value: number, format: string | undefined, rules: TypingRules, input: string): Typed => {
  if (format === undefined) return number(value);
  if (format.endsWith('%')) {
    const plain = parseValue(input.replace('%', ''), { locale: rules.locale.tag })?.v;
    return number(typeof plain === 'number' ? plain / 100 : value, format);
  }
  const isDay = /[dmy]/.test(format) && value >= 1;
  if (!isDay) return number(value, currencyFormat(format));
  if (format.includes('y')) return number(value < 60 ? value + 1 : value, format);
  const parts = partsOfSerial(value);
  return number(serialOfDay(rules.year, parts.getUTCMonth() + 1, parts.getUTCDate()) + (value % 1), format);
};

/** Sheets quotes the sign: `"$"#,##0.00`. */
const currencyFormat = (format: string): string => format.replace(/^(\p{Sc})/u, '"$1"').replace(/(\p{Sc})$/u, ' "$1"');

/** `1 234,5`: blanks group digits in French, and by one report vanish between digits everywhere. */
const blankGrouped = (input: string, { locale, switches }: TypingRules): Typed | null => {
  const [whole = '', fraction, ...rest] = input.split(locale.decimal);
  if (rest.length > 0 || !/^[+-]?\d+(?:[ \u00a0\u202f]\d+)+$/.test(whole) || !/^\d*$/.test(fraction ?? '')) return null;
  const inThrees = /^[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+$/.test(whole) && locale.tag === 'fr';
  if (!inThrees && (switches.blankBetweenDigits === 'text' || fraction !== undefined || /^[+-]/.test(whole)))
    return null;
  const value = Number(`${whole.replace(/[ \u00a0\u202f]/g, '')}.${fraction ?? 0}`);
  return inThrees ? number(value, fraction === undefined ? '#,##0' : '#,##0.00') : number(value);
};

const parsedNumber = (input: string, rules: TypingRules): Typed | null => {
  const trimmed = input.trim();
  const found =
    shortDate(trimmed, rules) ??
    (rules.switches.isoTimestamp === 'date' ? timestamp(trimmed) : null) ??
    duration(trimmed);
  if (found) return found;
  const spaced = blankGrouped(trimmed, rules);
  if (spaced) return spaced;
  if (/[.,]{2}|[.,]$/.test(trimmed) && !/^\d+\.$/.test(trimmed)) return null;
  const parsed = parseValue(trimmed, { locale: rules.locale.tag });
  if (parsed === null || typeof parsed.v !== 'number') return null;
  return corrected(parsed.v, parsed.z, rules, trimmed);
};

const boolean = (input: string, rules: TypingRules): Typed | null => {
  const parsed = input.length > 12 ? null : parseValue(input.trim(), { locale: rules.locale.tag });
  return typeof parsed?.v === 'boolean' ? { kind: 'value', value: parsed.v } : null;
};

const wordsByTag = new Map<string, ReadonlySet<string>>();
/** Words that can be part of a number or date in a locale; any other word makes an input text without further trial. */
const knownWords = (tag: string): ReadonlySet<string> =>
  entryOf(wordsByTag, tag, () => {
    const locale = getLocale(tag);
    const english = getLocale('en-US');
    const lists = [locale, english].flatMap((one) =>
      one ? [one.mmm, one.mmmm, one.ddd, one.dddd, one.ampm, one.bool].flat() : [],
    );
    return new Set([...lists.flatMap((word) => word.toLowerCase().match(/\p{L}+/gu) ?? []), 'e', 't', 'z', 'a', 'p']);
  });
const isWordy = (input: string, tag: string): boolean => {
  const words = input.match(/\p{L}+/gu);
  if (!words) return false;
  const known = knownWords(tag);
  return words.some((word) => !known.has(word.toLowerCase()));
};

const parse = (input: string, rules: TypingRules): Typed => {
  const { switches } = rules;
  const head = switches.blankBeforeFormula === 'formula' ? input.trimStart() : input;
  const first = head[0] ?? '';
  if (input.startsWith("'")) return switches.apostrophe === 'marker' ? text(input.slice(1)) : text(input);
  if (first === '=') return head.length > 1 ? { kind: 'formula', text: head } : text(input);
  if (input.length <= LONGEST) {
    const value = isWordy(input, rules.locale.tag)
      ? null
      : /\d/.test(input)
        ? parsedNumber(input, rules)
        : boolean(input, rules);
    if (value) return value;
  }
  // A lone sign, or signs only, is text; anything behind a sign is tried as a formula.
  if ((first === '+' || first === '-') && /[^+\-\s]/.test(head)) return { kind: 'formula', text: `=${head}` };
  if (first === '@' && head.length > 1 && switches.leadingAt === 'formula')
    return { kind: 'formula', text: `=${head}` };
  const code = ERROR_CODES.find((one) => one === input.trim());
  if (code && switches.errorText === 'error') return { kind: 'value', value: cellError(code) };
  return text(input);
};

const remembered = new Map<string, Map<string, Typed>>();
const MEMORY = 50_000;

/** What typing `input` puts into a cell whose format is not `@`. */
export const parseTyped = (input: string, rules: TypingRules): Typed => {
  if (input.length > LONGEST && !/^[\s'=+\-@]/.test(input)) return text(input);
  const { locale, year, switches } = rules;
  const key = `${locale.id}${year}${switches.apostrophe}${switches.leadingAt}${switches.blankBetweenDigits}${switches.isoTimestamp}${switches.blankBeforeFormula}${switches.errorText}`;
  const memory = entryOf(remembered, key, () => new Map<string, Typed>());
  let typed = memory.get(input);
  if (!typed) {
    typed = parse(input, rules);
    if (memory.size >= MEMORY) memory.clear();
    memory.set(input, typed);
  }
  return typed;
};
