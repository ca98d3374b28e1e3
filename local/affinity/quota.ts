/** Counts calls by user and minute and by account and month, and prints the counts. Source: official text, Rate Limits. */
import type { World } from './world/world';

export interface QuotaOptions {
  /** Calls a user may make in a minute. */
  perMinute: number;
  /** `fixed`: minutes of the clock. `sliding`: the last 60 seconds at any moment. */
  window: 'fixed' | 'sliding';
  /** Calls an account may make in a calendar month (UTC), or no limit: then the `-org` headers are missing. */
  perMonth: number | 'unlimited';
  /** Calls of an account that may run at the same time, or no limit. */
  concurrent: number | 'unlimited';
}

export const DEFAULT_QUOTA: QuotaOptions = {
  perMinute: 900,
  window: 'fixed',
  perMonth: 100_000,
  concurrent: 'unlimited',
};

export interface Usage {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the count starts anew, rounded up. */
  readonly reset: number;
  readonly used: number;
}

const MINUTE_MS = 60_000;

export class Quota {
  readonly options: QuotaOptions;
  readonly #world: World;
  /** Instants of the calls of each user within the last minute. */
  readonly #recent = new Map<number, number[]>();
  #month = -1;
  #usedInMonth = 0;

  constructor(world: World, options: Partial<QuotaOptions> = {}) {
    this.#world = world;
    this.options = { ...DEFAULT_QUOTA, ...options };
  }

  #windowOf(userId: number): { readonly calls: number[]; readonly endsAt: number } {
    const now = this.#world.clock.now();
    const from = this.options.window === 'fixed' ? now - (now % MINUTE_MS) : now - MINUTE_MS + 1;
    const calls = this.#recent.get(userId) ?? [];
    this.#recent.set(userId, calls);
    // Oldest first: what is no longer counted is at the front, so most calls look at one instant only.
    let stale = 0;
    while ((calls[stale] ?? from) < from) stale += 1;
    if (stale > 0) calls.splice(0, stale);
    const first = calls[0];
    const endsAt = this.options.window === 'fixed' ? from + MINUTE_MS : first === undefined ? now : first + MINUTE_MS;
    return { calls, endsAt };
  }

  #rollMonth(): number {
    const today = new Date(this.#world.clock.now());
    const month = today.getUTCFullYear() * 12 + today.getUTCMonth();
    if (month !== this.#month) {
      this.#month = month;
      this.#usedInMonth = 0;
    }
    return Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1);
  }

  /** Counts one call, or says which limit refuses it; a refused call does not count. */
  take(userId: number, countsForMonth: boolean): 'taken' | 'minute' | 'month' {
    this.#rollMonth();
    const { perMonth, perMinute } = this.options;
    const { calls } = this.#windowOf(userId);
    const { rules, clock } = this.#world;
    if (countsForMonth && rules.isOn('month-limit') && perMonth !== 'unlimited' && this.#usedInMonth >= perMonth) {
      return 'month';
    }
    if (calls.length >= perMinute && rules.isOn('minute-limit')) return 'minute';
    calls.push(clock.now());
    if (countsForMonth) this.#usedInMonth += 1;
    return 'taken';
  }

  /** Lets the month count stand at a number, for tests of its end. */
  setUsedInMonth(calls: number): void {
    this.#rollMonth();
    this.#usedInMonth = calls;
  }

  minute(userId: number): Usage {
    const { calls, endsAt } = this.#windowOf(userId);
    const { perMinute } = this.options;
    return {
      limit: perMinute,
      remaining: Math.max(0, perMinute - calls.length),
      reset: calls.length === 0 ? 0 : Math.max(0, Math.ceil((endsAt - this.#world.clock.now()) / 1000)),
      used: calls.length,
    };
  }

  /** Null on a plan without a limit. */
  month(): Usage | null {
    const endsAt = this.#rollMonth();
    const { perMonth } = this.options;
    if (perMonth === 'unlimited') return null;
    return {
      limit: perMonth,
      remaining: Math.max(0, perMonth - this.#usedInMonth),
      reset: Math.ceil((endsAt - this.#world.clock.now()) / 1000),
      used: this.#usedInMonth,
    };
  }

  usedInMonth(): number {
    this.#rollMonth();
    return this.#usedInMonth;
  }

  /** The six headers; a caller without a known key sees a full minute and no account. */
  headers(userId: number | null): Record<string, string> {
    if (!this.#world.rules.isOn('limit-headers')) return {};
    const limit = this.options.perMinute;
    const minute = userId === null ? { limit, remaining: limit, reset: 0 } : this.minute(userId);
    const month = userId === null ? null : this.month();
    return {
      'x-ratelimit-limit-user': String(minute.limit),
      'x-ratelimit-limit-user-remaining': String(minute.remaining),
      'x-ratelimit-limit-user-reset': String(minute.reset),
      ...(month === null
        ? {}
        : {
            'x-ratelimit-limit-org': String(month.limit),
            'x-ratelimit-limit-org-remaining': String(month.remaining),
            'x-ratelimit-limit-org-reset': String(month.reset),
          }),
    };
  }
}
