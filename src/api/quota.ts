/**
 * How many calls may be sent now. Counts our own calls over a sliding minute and believes the server's headers where they
 * say less: other programs may use the same key. Never earns a 429 of its own making, with fixed or sliding minutes.
 */
import { CALLS_PER_MINUTE, MINUTE_MS } from './limits';
import type { Clock, SentCalls } from './ports';

export interface QuotaState {
  /** Calls left this minute and this month as far as known; null where the server did not say or has no limit. */
  readonly minuteRemaining: number | null;
  readonly monthRemaining: number | null;
  readonly monthLimit: number | null;
}

export interface Quota {
  /** Calls that may be sent at this moment, at most `wanted`; 0 means "wait until `nextAt`". */
  allow(wanted: number): number;
  /** Milliseconds since 1970 at which `allow` may give more. */
  nextAt(): number;
  /** Calls that a minute takes in all, as far as known. */
  perMinute(): number;
  /** Milliseconds since 1970 from which on so many calls may go out together, as far as known; now, where they may at once. */
  readyAt(calls: number): number;
  /** Whether no call may be made this month beyond what is reserved for others. */
  isFloorReached(): boolean;
  sent(calls: number): void;
  /**
   * The calls sent last were answered: the server counted them at this moment at the latest. A sliding minute frees them a
   * minute after it counted them, which may be after we sent them.
   */
  answered(): void;
  observe(headers: Readonly<Record<string, string>>): void;
  state(): QuotaState;
}

const whole = (raw: string | undefined): number | null => (raw !== undefined && /^\d+$/.test(raw) ? Number(raw) : null);

/** `monthlyFloor`: calls of the month that are left to other programs. `sentBefore`: calls of earlier runs within the minute. */
export const createQuota = (clock: Clock, monthlyFloor = 0, sentBefore: readonly SentCalls[] = []): Quota => {
  let batches: SentCalls[] = [...sentBefore];
  let perMinute = CALLS_PER_MINUTE;
  let minute: { readonly remaining: number; readonly resetAt: number; readonly isOurs: boolean } | null = null;
  /** The server's minute was used up, and not by us alone: its next answer tells how much is free, and one call asks. */
  let isProbing = false;
  let monthRemaining: number | null = null;
  let monthLimit: number | null = null;

  const prune = (): number => {
    const from = clock.now() - MINUTE_MS;
    batches = batches.filter((batch) => batch.at > from);
    if (minute !== null && minute.resetAt <= clock.now()) {
      isProbing = minute.remaining === 0 && !minute.isOurs;
      minute = null;
    }
    return batches.reduce((sum, batch) => sum + batch.calls, 0);
  };

  /**
   * What the server says where it counts more than our own calls. Where it counts these alone, our own count is the finer one: the
   * server tells whole seconds.
   */
  const foreign = () => (minute?.isOurs === false ? minute : null);

  return {
    allow(wanted) {
      const own = perMinute - prune();
      const month = monthlyFloor > 0 && monthRemaining !== null ? monthRemaining - monthlyFloor : own;
      return Math.max(0, Math.min(wanted, own, month, foreign()?.remaining ?? (isProbing ? 1 : own)));
    },
    isFloorReached: () => monthlyFloor > 0 && monthRemaining !== null && monthRemaining <= monthlyFloor,
    perMinute: () => perMinute,
    nextAt() {
      const own = prune();
      const ownAt = own >= perMinute && batches[0] !== undefined ? batches[0].at + MINUTE_MS + 1 : clock.now();
      return Math.max(ownAt, foreign()?.remaining === 0 ? (minute?.resetAt ?? 0) : 0);
    },
    readyAt(calls) {
      let free = perMinute - prune();
      let at = clock.now();
      for (const batch of batches) {
        if (free >= calls) break;
        free += batch.calls;
        at = batch.at + MINUTE_MS + 1;
      }
      const others = foreign();
      return others !== null && others.remaining < calls ? Math.max(at, others.resetAt) : at;
    },
    sent(calls) {
      batches.push({ at: clock.now(), calls });
      if (minute !== null) minute = { ...minute, remaining: Math.max(0, minute.remaining - calls) };
      if (monthRemaining !== null) monthRemaining = Math.max(0, monthRemaining - calls);
      // A probe without headers in its answer must not hold the rest back.
      isProbing = false;
    },
    answered() {
      const last = batches.pop();
      if (last !== undefined) batches.push({ ...last, at: clock.now() });
    },
    observe(headers) {
      const limit = whole(headers['x-ratelimit-limit-user']);
      const remaining = whole(headers['x-ratelimit-limit-user-remaining']);
      const reset = whole(headers['x-ratelimit-limit-user-reset']);
      // Affinity may lower the limit for a while; it is never trusted to be above the documented one.
      if (limit !== null && limit > 0) perMinute = Math.min(limit, CALLS_PER_MINUTE);
      if (remaining !== null && reset !== null) {
        const resetAt = clock.now() + reset * 1000;
        // Answers of one batch arrive in any order: the lowest count within a minute is the latest.
        const lowest = minute === null ? remaining : Math.min(minute.remaining, remaining);
        // Where our own calls are all that the server counts, our own count says when there is room again.
        const own = batches.reduce((sum, batch) => sum + (batch.at > clock.now() - MINUTE_MS ? batch.calls : 0), 0);
        const isOurs = (minute?.isOurs ?? true) && own >= perMinute - lowest;
        minute = { remaining: lowest, resetAt: minute === null ? resetAt : Math.min(minute.resetAt, resetAt), isOurs };
      }
      monthRemaining = whole(headers['x-ratelimit-limit-org-remaining']) ?? monthRemaining;
      monthLimit = whole(headers['x-ratelimit-limit-org']) ?? monthLimit;
    },
    state: () => ({ minuteRemaining: minute?.remaining ?? null, monthRemaining, monthLimit }),
  };
};
