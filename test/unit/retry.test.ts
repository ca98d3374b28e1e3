import { BACKOFF_CAP_MS, MAX_TRIES } from '../../src/api/limits';
import type { NoAnswer, WireResponse } from '../../src/api/ports';
import { type Attempt, backoff, judge, type Verdict, waitAsked } from '../../src/api/retry';

const half = () => 0.5;
const lost: NoAnswer = { noAnswer: 'connection reset', neverSent: false };
const unsent: NoAnswer = { noAnswer: 'not allowed', neverSent: true };
const status = (code: number, headers: Record<string, string> = {}): WireResponse => ({
  status: code,
  headers,
  body: '',
});

const again = (afterMs: number): Verdict => ({ kind: 'again', afterMs });
const fault = (code: string, outcomeUnknown = false) => ({ kind: 'fault', code, outcomeUnknown });

type Case = readonly [name: string, attempt: Partial<Attempt>, verdict: object];
const cases: readonly Case[] = [
  ['a 200 is good', { answer: status(200) }, { kind: 'good' }],
  ['a 204 is good', { answer: status(204) }, { kind: 'good' }],
  ['a 200 that can’t be read is asked for once more', { answer: status(200), unreadable: true }, again(500)],
  [
    'a 200 that can’t be read twice is believed to be broken',
    { answer: status(200), unreadable: true, tries: 2 },
    fault('api/unreadable-answer'),
  ],
  [
    'a POST whose good answer can’t be read may have been carried out',
    { answer: status(200), unreadable: true, resend: 'never' },
    fault('api/unreadable-answer', true),
  ],
  ['Retry-After says when to come back', { answer: status(429, { 'retry-after': '7' }) }, again(7000)],
  [
    'Retry-After wins over the reset header',
    {
      answer: status(429, {
        'retry-after': '7',
        'x-ratelimit-limit-user-remaining': '0',
        'x-ratelimit-limit-user-reset': '40',
      }),
    },
    again(7000),
  ],
  [
    'without Retry-After the reset of the minute counts',
    {
      answer: status(429, { 'x-ratelimit-limit-user-remaining': '0', 'x-ratelimit-limit-user-reset': '40' }),
    },
    again(40_000),
  ],
  [
    'a 429 with calls left is about concurrency: it backs off and ignores the reset',
    {
      answer: status(429, { 'x-ratelimit-limit-user-remaining': '500', 'x-ratelimit-limit-user-reset': '40' }),
    },
    again(500),
  ],
  ['a 429 without any header backs off', { answer: status(429), tries: 3 }, again(2000)],
  [
    'a Retry-After that is a date is not understood, so it backs off',
    { answer: status(429, { 'retry-after': 'Sun, 1 Nov' }) },
    again(500),
  ],
  [
    'a POST refused by the minute is sent again: it was not carried out',
    { answer: status(429), resend: 'never' },
    again(500),
  ],
  [
    'the last 429 is a fault that names the wait',
    { answer: status(429, { 'retry-after': '9' }), tries: MAX_TRIES },
    { ...fault('api/rate-limited'), retryAfterMs: 9000 },
  ],
  [
    'the last 429 without a wait names the longest backoff',
    { answer: status(429), tries: MAX_TRIES },
    { ...fault('api/rate-limited'), retryAfterMs: BACKOFF_CAP_MS },
  ],
  [
    'a 429 with no call left in the month is not waited for',
    { answer: status(429, { 'x-ratelimit-limit-org-remaining': '0', 'retry-after': '9' }) },
    fault('api/month-used-up'),
  ],
  ['a single 401 is not believed', { answer: status(401) }, again(500)],
  ['a second 401 is', { answer: status(401), tries: 2 }, fault('api/bad-key')],
  ['a 403 is final', { answer: status(403) }, fault('api/forbidden')],
  ['a 404 is final', { answer: status(404) }, fault('api/not-found')],
  ['a 422 is final', { answer: status(422) }, fault('api/rejected')],
  ['a 400 is a refusal as well', { answer: status(400) }, fault('api/rejected')],
  ['a redirect is no answer of the API', { answer: status(302) }, fault('api/rejected')],
  ['a 500 of a safe call is tried again', { answer: status(500) }, again(500)],
  ['the wait doubles with each try', { answer: status(503), tries: 4 }, again(4000)],
  ['the last 503 is a fault', { answer: status(503), tries: MAX_TRIES }, fault('api/server-trouble')],
  [
    'a POST is never sent again after a 500: it may have been carried out',
    { answer: status(500), resend: 'never' },
    fault('api/server-trouble', true),
  ],
  ['a safe call without an answer is tried again', { answer: lost }, again(500)],
  ['the last lost answer is a fault', { answer: lost, tries: MAX_TRIES }, fault('api/no-answer')],
  ['a POST without an answer is never sent again', { answer: lost, resend: 'never' }, fault('api/no-answer', true)],
  ['a POST that was certainly not sent may be', { answer: unsent, resend: 'never' }, again(500)],
  [
    'a POST that could not be sent at all has a known outcome',
    { answer: unsent, resend: 'never', tries: MAX_TRIES },
    fault('api/no-answer'),
  ],
  [
    'the platform’s own daily quota is final',
    { answer: { ...unsent, platformQuota: true } },
    fault('api/platform-quota'),
  ],
];

test.each(cases)('%s', (_name, attempt, verdict) => {
  expect(judge({ answer: status(200), tries: 1, resend: 'safe', unreadable: false, ...attempt }, half)).toEqual(
    verdict,
  );
});

test('backoff has full jitter, from nothing to the whole wait', () => {
  expect(backoff(3, () => 0)).toBe(0);
  expect(backoff(3, () => 0.999999)).toBe(4000);
});

test('backoff never exceeds its cap', () => {
  expect(backoff(50, () => 1)).toBe(BACKOFF_CAP_MS);
});

test('a wait of zero seconds is a wait, not silence', () => {
  expect(waitAsked({ 'retry-after': '0' })).toBe(0);
});

test('half seconds are understood', () => {
  expect(waitAsked({ 'retry-after': '1.5' })).toBe(1500);
});
