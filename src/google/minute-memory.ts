/**
 * The person's minute, kept for the next execution: what was sent in it, and what Affinity last said about it. A run that begins while
 * the minute is used up would otherwise have to be refused to find out. A lost entry costs one refused batch, so a cache is enough.
 */
import type { NoAnswer, SentCalls, WireResponse } from '../api/ports';

const KEY = 'affinityMinute';
/** How long a minute is of use, in seconds and milliseconds. */
const KEPT_SECONDS = 60;
const MINUTE_MS = 60_000;
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

/** `remaining/resetAt;at/calls;at/calls…`, times in milliseconds since 1970. */
const read = (): readonly (readonly [number, number])[] =>
  (CacheService.getUserCache().get(KEY) ?? '')
    .split(';')
    .map((part) => part.split('/').map(Number))
    .map(([a = Number.NaN, b = Number.NaN]) => [a, b]);

const lowestOf = (answers: readonly (WireResponse | NoAnswer)[], now: number): readonly [number, number] | null => {
  let lowest: readonly [number, number] | null = null;
  for (const answer of answers) {
    if ('noAnswer' in answer) continue;
    const remaining = Number(answer.headers[REMAINING] ?? Number.NaN);
    const reset = Number(answer.headers[RESET] ?? Number.NaN);
    if (!Number.isFinite(remaining) || !Number.isFinite(reset)) continue;
    if (lowest === null || remaining < lowest[0]) lowest = [remaining, Math.ceil(now + reset * 1000)];
  }
  return lowest;
};

export const openMinuteMemory = (now: () => number): MinuteMemory => {
  const [last = [Number.NaN, Number.NaN], ...batches] = read();
  const [remaining, resetAt] = last;
  let minute: readonly [number, number] = last;
  let sent = batches.filter(([at, calls]) => at > now() - MINUTE_MS && calls > 0).map(([at, calls]) => ({ at, calls }));
  return {
    sent: [...sent],
    limits:
      resetAt > now() ? { [REMAINING]: String(remaining), [RESET]: String(Math.ceil((resetAt - now()) / 1000)) } : {},
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
