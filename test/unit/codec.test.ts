import {
  absentOrNull,
  anyOf,
  anything,
  array,
  type Codec,
  DecodeError,
  flag,
  flagText,
  integer,
  integerText,
  mapped,
  nullable,
  number,
  object,
  oneOf,
  optional,
  text,
  withDefault,
} from '../../src/api/codec';
import { field, list, listEntryPage, rateLimit, success } from '../../src/api/records';

const note = object({ id: integer, text: optional(text), tags: withDefault(array(text), []), at: absentOrNull(text) });

// biome-ignore lint/suspicious/noExplicitAny: cases over codecs of all types
type Case = readonly [string, Codec<any>, unknown, unknown];
const accepted: readonly Case[] = [
  ['text', text, 'a', 'a'],
  ['an empty text', text, '', ''],
  ['false', flag, false, false],
  ['a fraction', number, 1.5, 1.5],
  ['an id beyond 2^31', integer, 2 ** 53 - 1, 2 ** 53 - 1],
  ['one of the listed', oneOf(0, 1, 8), 8, 8],
  ['null where it may be', nullable(integer), null, null],
  ['a value where null may be', nullable(integer), 3, 3],
  ['anything', anything, { a: [1] }, { a: [1] }],
  ['an empty array', array(integer), [], []],
  ['an object, without its unknown fields', note, { id: 1, extra: true }, { id: 1, tags: [], at: null }],
  [
    'an object with all its fields',
    note,
    { id: 1, text: 'a', tags: ['b'], at: 'c' },
    { id: 1, text: 'a', tags: ['b'], at: 'c' },
  ],
  ['the second of two shapes', anyOf(integer, text), 'a', 'a'],
  ['a mapped value', mapped(integer, (n) => n + 1), 1, 2],
  ['an integer in a query', integerText, '2147483650', 2_147_483_650],
  ['a flag in a query', flagText, 'true', true],
  ['an answer of success', success, { success: true }, true],
  [
    'entries as a page',
    listEntryPage,
    { list_entries: [], next_page_token: 'a' },
    { list_entries: [], next_page_token: 'a' },
  ],
  ['entries as a bare array', listEntryPage, [], { list_entries: [], next_page_token: null }],
  [
    'a field without its optional parts',
    field,
    { id: 1, name: 'Stage', value_type: 7, allows_multiple: false },
    {
      id: 1,
      name: 'Stage',
      list_id: null,
      enrichment_source: null,
      value_type: 7,
      allows_multiple: false,
      track_changes: false,
      dropdown_options: [],
    },
  ],
  [
    'a quota without a limit',
    rateLimit,
    {
      rate: {
        org_monthly: { limit: 'unlimited', remaining: 'unlimited', reset: null, used: 5 },
        api_key_per_minute: { limit: 900, remaining: 899, reset: 3, used: 1 },
      },
    },
    {
      rate: {
        org_monthly: { limit: null, remaining: null, reset: null, used: 5 },
        api_key_per_minute: { limit: 900, remaining: 899, reset: 3, used: 1 },
      },
    },
  ],
];

test.each(accepted)('takes %s', (_name, codec, raw, expected) => {
  expect(codec.decode(raw, 'response')).toEqual(expected);
});

// biome-ignore lint/suspicious/noExplicitAny: cases over codecs of all types
const refused: readonly (readonly [string, Codec<any>, unknown, string])[] = [
  ['a number for text', text, 5, 'response: expected text'],
  ['text for a flag', flag, 'true', 'response: expected true or false'],
  ['a fraction for an integer', integer, 1.5, 'response: expected integer'],
  ['an integer that is not exact', integer, 2 ** 53, 'response: expected integer'],
  ['NaN', number, Number.NaN, 'response: expected number'],
  ['a code that is not listed', oneOf(0, 1, 8), 2, 'response: expected one of 0, 1, 8'],
  ['a missing field', note, {}, 'response.id: expected integer'],
  ['null for an optional field that is not nullable', note, { id: 1, text: null }, 'response.text: expected text'],
  ['a wrong item of an array', note, { id: 1, tags: ['a', 2] }, 'response.tags[1]: expected text'],
  ['an array for an object', note, [], 'response: expected object'],
  ['null for an object', note, null, 'response: expected object'],
  ['an object for an array', array(integer), { 0: 1, length: 1 }, 'response: expected array'],
  ['none of two shapes', anyOf(integer, text), true, 'response: expected integer | text'],
  ['a fraction in a query', integerText, '1.5', 'response: expected integer'],
  ['an empty text in a query', integerText, '', 'response: expected integer'],
  ['a number that is no text in a query', integerText, 5, 'response: expected integer'],
  ['another flag in a query', flagText, '1', 'response: expected true or false'],
  ['success that is none', success, { success: false }, 'response.success: expected true'],
  ['an empty object for a list', list, {}, 'response.id: expected integer'],
];

test.each(refused)('refuses %s, and says where', (_name, codec, raw, message) => {
  expect(() => codec.decode(raw, 'response')).toThrow(message);
});

test('a fault never holds the value', () => {
  try {
    note.decode({ id: 'confidential' }, 'response');
    throw new Error('accepted');
  } catch (fault) {
    expect(fault).toBeInstanceOf(DecodeError);
    expect(String(fault)).not.toContain('confidential');
  }
});

test('a defect in a mapping is not mistaken for another shape', () => {
  const broken = mapped(integer, () => {
    throw new TypeError('defect');
  });
  expect(() => anyOf(broken, integer).decode(1, 'response')).toThrow(TypeError);
});

test('an absent optional field is no key of the result', () => {
  expect(Object.keys(note.decode({ id: 1 }, 'response'))).not.toContain('text');
});

test('a shape says all of its parts, so that a change of one changes it', () => {
  expect(note.shape).toBe('{id: integer, text: text?, tags: [text] or absent, at: text or null or absent}');
});
