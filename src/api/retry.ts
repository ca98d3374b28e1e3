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
  /** Tries that were refused for a limit and not carried out; they lengthen the wait and do not use up the tries. Default 0. */
  readonly spared?: number;
  /** Whether a call of this run has been answered well before: a 401 in its middle is then more likely trouble than a bad key. */
  readonly hasWorked?: boolean;
  /** Milliseconds that the run has left; a wait beyond it is not begun. Without it every wait is affordable. */
  readonly budgetMs?: number;
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

/**
 * What refused a 429: the month, the minute, or neither of them, which leaves the number of calls at once. Headers that are
 * missing say nothing, so the last is assumed: it costs a short wait only. Source: affinity-v1-facts, section 7.
 */
export const limitOf = (headers: Readonly<Record<string, string>>): 'month' | 'minute' | 'concurrency' => {
  if (isMonthUsedUp(headers)) return 'month';
  return waitAsked(headers) === null ? 'concurrency' : 'minute';
};

/** Tries of one call that a limit may refuse without using up the call's tries. */
export const MAX_SPARED = 30;

/** Why a call was given up for lack of time: what its last answer said, or that nothing was wrong with it. */
const codeOfWait = (status: number, unreadable: boolean): ApiFaultCode => {
  if (unreadable) return 'api/unreadable-answer';
  if (status === 429) return 'api/rate-limited';
  if (status === 0) return 'api/no-answer';
  return status >= 500 ? 'api/server-trouble' : 'api/out-of-time';
};

/** Decides what follows from one answer. */
export const judge = (attempt: Attempt, random: Random): Verdict => {
  const { answer, tries, resend, unreadable, spared = 0, hasWorked = false, budgetMs } = attempt;
  const status = 'noAnswer' in answer ? 0 : answer.status;
  const again = (afterMs: number): Verdict =>
    budgetMs !== undefined && afterMs > budgetMs
      ? { kind: 'fault', code: codeOfWait(status, unreadable), outcomeUnknown: false, retryAfterMs: afterMs }
      : { kind: 'again', afterMs };
  const fault = (code: ApiFaultCode, outcomeUnknown = false): Verdict => ({ kind: 'fault', code, outcomeUnknown });
  const used = tries - spared;
  const hasTriesLeft = used < MAX_TRIES;
  const mayRepeat = resend === 'safe' && hasTriesLeft;

  if ('noAnswer' in answer) {
    if (answer.platformQuota === true) return fault('api/platform-quota');
    if (answer.neverSent) return hasTriesLeft ? again(backoff(tries, random)) : fault('api/no-answer');
    return mayRepeat ? again(backoff(tries, random)) : fault('api/no-answer', resend === 'never');
  }
  const { headers } = answer;
  if (status >= 200 && status < 300) {
    if (!unreadable) return { kind: 'good' };
    return resend === 'safe' && used < 2
      ? again(backoff(tries, random))
      : fault('api/unreadable-answer', resend === 'never');
  }
  if (status === 429) {
    if (isMonthUsedUp(headers)) return fault('api/month-used-up');
    const asked = waitAsked(headers);
    // A refused call was not carried out, so even a POST may be sent again.
    if (hasTriesLeft) return again(asked ?? backoff(tries, random));
    return { kind: 'fault', code: 'api/rate-limited', outcomeUnknown: false, retryAfterMs: asked ?? BACKOFF_CAP_MS };
  }
  // A single 401 was seen under load with a good key. At the start of a run the second is believed; in the middle of a run that
  // had worked it is treated as passing, like a 503.
  if (status === 401) {
    const isPassing = hasWorked ? hasTriesLeft : used < 2;
    return isPassing ? again(backoff(tries, random)) : fault('api/bad-key');
  }
  if (status === 403) return fault('api/forbidden');
  if (status === 404) return fault('api/not-found');
  if (status >= 500) return mayRepeat ? again(backoff(tries, random)) : fault('api/server-trouble', resend === 'never');
  return fault('api/rejected');
};
