/** Whether an answer is worth another try, and when: a pure function, so that the tests read as its specification. */
import type { ApiFaultCode } from './errors';
import { BACKOFF_CAP_MS, BACKOFF_FIRST_MS, MAX_TRIES } from './limits';
import type { NoAnswer, Random, WireResponse } from './ports';

export interface Attempt {
  readonly answer: WireResponse | NoAnswer;
  /** Tries made so far, this one included: 1 after the first answer. */
  readonly tries: number;
  /** Whether the call may be repeated after an unknown outcome. */
  readonly resend: 'safe' | 'never';
  /** True for a 2xx answer that could not be read. */
  readonly unreadable: boolean;
}

export type Verdict =
  | { readonly kind: 'good' }
  | { readonly kind: 'again'; readonly afterMs: number }
  | {
      readonly kind: 'fault';
      readonly code: ApiFaultCode;
      readonly outcomeUnknown: boolean;
      readonly retryAfterMs?: number;
    };

const seconds = (raw: string | undefined): number | null => {
  if (raw === undefined || !/^\d+(\.\d+)?$/.test(raw.trim())) return null;
  return Number(raw);
};

/** The server's own word on when to come back, in milliseconds: `Retry-After` first, then the reset of the user's minute. */
export const waitAsked = (headers: Readonly<Record<string, string>>): number | null => {
  const asked = seconds(headers['retry-after']);
  if (asked !== null) return asked * 1000;
  const remaining = seconds(headers['x-ratelimit-limit-user-remaining']);
  const reset = seconds(headers['x-ratelimit-limit-user-reset']);
  // A reset of the minute says nothing when calls are left: then something else was refused (concurrency).
  return remaining === 0 && reset !== null ? reset * 1000 : null;
};

/** Capped exponential backoff with full jitter, in milliseconds. */
export const backoff = (tries: number, random: Random): number =>
  Math.ceil(random() * Math.min(BACKOFF_CAP_MS, BACKOFF_FIRST_MS * 2 ** (tries - 1)));

const isMonthUsedUp = (headers: Readonly<Record<string, string>>): boolean =>
  seconds(headers['x-ratelimit-limit-org-remaining']) === 0;

/** Decides what follows from one answer. */
export const judge = ({ answer, tries, resend, unreadable }: Attempt, random: Random): Verdict => {
  const again = (afterMs: number): Verdict => ({ kind: 'again', afterMs });
  const fault = (code: ApiFaultCode, outcomeUnknown = false): Verdict => ({ kind: 'fault', code, outcomeUnknown });
  const mayRepeat = resend === 'safe' && tries < MAX_TRIES;

  if ('noAnswer' in answer) {
    if (answer.platformQuota === true) return fault('api/platform-quota');
    if (answer.neverSent) return tries < MAX_TRIES ? again(backoff(tries, random)) : fault('api/no-answer');
    return mayRepeat ? again(backoff(tries, random)) : fault('api/no-answer', resend === 'never');
  }
  const { status, headers } = answer;
  if (status >= 200 && status < 300) {
    if (!unreadable) return { kind: 'good' };
    return resend === 'safe' && tries < 2
      ? again(backoff(tries, random))
      : fault('api/unreadable-answer', resend === 'never');
  }
  if (status === 429) {
    if (isMonthUsedUp(headers)) return fault('api/month-used-up');
    const asked = waitAsked(headers);
    // A refused call was not carried out, so even a POST may be sent again.
    if (tries < MAX_TRIES) return again(asked ?? backoff(tries, random));
    return { kind: 'fault', code: 'api/rate-limited', outcomeUnknown: false, retryAfterMs: asked ?? BACKOFF_CAP_MS };
  }
  // A single 401 was seen under load with a good key; a second one is believed.
  if (status === 401) return tries < 2 ? again(backoff(tries, random)) : fault('api/bad-key');
  if (status === 403) return fault('api/forbidden');
  if (status === 404) return fault('api/not-found');
  if (status >= 500) return mayRepeat ? again(backoff(tries, random)) : fault('api/server-trouble', resend === 'never');
  return fault('api/rejected');
};
