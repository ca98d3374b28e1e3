/**
 * The person's minute, kept for the next execution: what was sent in it, and what Affinity last said about it. A run that begins while
 * the minute is used up would otherwise have to be refused to find out. A lost entry costs one refused batch, so a cache is enough.
 */
import type { NoAnswer, SentCalls, WireResponse } from '../api/ports';

const KEY = 'affinityMinute';
/** How long it is kept, in seconds: a limit that Affinity lowered is of use for longer than the minute in which it was told. */
const KEPT_SECONDS = 600;
/** How long a call counts. */
const MINUTE_MS = 60_000;
const LIMIT = 'x-ratelimit-limit-user';
const REMAINING = 'x-ratelimit-limit-user-remaining';
const RESET = 'x-ratelimit-limit-user-reset';

export interface MinuteMemory {
  /** Calls of earlier executions within the last minute. */
  readonly sent: readonly SentCalls[];
  /** Rate limit headers as if they had just been answered; empty when nothing is known. */
  readonly limits: Readonly<Record<string, string>>;
  /** Notes a batch that was just answered. */
  note(answers: readonly (WireResponse | NoAnswer)[]): void;
}

/** What Affinity said of a minute: calls left, when that is over (milliseconds since 1970), calls that it takes in all; NaN for what it did not say. */
type Minute = readonly [remaining: number, resetAt: number, limit: number];

/** `remaining/resetAt/limit;at/calls;at/calls…`, times in milliseconds since 1970. */
const read = (): readonly (readonly number[])[] =>
  (CacheService.getUserCache().get(KEY) ?? '').split(';').map((part) => part.split('/').map(Number));

const lowestOf = (answers: readonly (WireResponse | NoAnswer)[], now: number): Minute | null => {
  let lowest: Minute | null = null;
  for (const answer of answers) {
    if ('noAnswer' in answer) continue;
    const [remaining = Number.NaN, reset = Number.NaN, limit = Number.NaN] = [REMAINING, RESET, LIMIT].map((name) =>
      Number(answer.headers[name] ?? Number.NaN),
    );
    if (!Number.isFinite(remaining) || !Number.isFinite(reset)) continue;
    if (lowest === null || remaining < lowest[0]) lowest = [remaining, Math.ceil(now + reset * 1000), limit];
  }
  return lowest;
};

export const openMinuteMemory = (now: () => number): MinuteMemory => {
  const [[remaining = Number.NaN, resetAt = Number.NaN, limit = Number.NaN] = [], ...batches] = read();
  let minute: Minute = [remaining, resetAt, limit];
  let sent = batches
    .map(([at = Number.NaN, calls = 0]) => ({ at, calls }))
    .filter(({ at, calls }) => at > now() - MINUTE_MS && calls > 0);
  return {
    sent: [...sent],
    limits: {
      ...(Number.isFinite(limit) ? { [LIMIT]: String(limit) } : {}),
      ...(resetAt > now()
        ? { [REMAINING]: String(remaining), [RESET]: String(Math.ceil((resetAt - now()) / 1000)) }
        : {}),
    },
    note(answers) {
      minute = lowestOf(answers, now()) ?? minute;
      // Calls without an answer may not have reached Affinity; if they did, its next answer says so.
      const calls = answers.filter((answer) => !('noAnswer' in answer)).length;
      sent = [...sent.filter(({ at }) => at > now() - MINUTE_MS), { at: now(), calls }];
      const parts = [minute.join('/'), ...sent.map(({ at, calls }) => `${at}/${calls}`)];
      CacheService.getUserCache().put(KEY, parts.join(';'), KEPT_SECONDS);
    },
  };
};
