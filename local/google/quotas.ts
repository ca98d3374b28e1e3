/**
 * Daily and momentary limits per account kind, and their bookkeeping. A quota window starts with the first use and
 * lasts 24 hours. Source: facts section 1.
 */
import type { Clock } from './clock';
import { ScriptFault, texts } from './errors';

export type AccountKind = 'consumer' | 'workspace';

export type Limits = {
  readonly fetchesPerDay: number;
  readonly propertyCallsPerDay: number;
  readonly triggerMsPerDay: number;
  readonly simultaneousPerUser: number;
  readonly triggersPerUser: number;
  readonly mailsPerDay: number;
};

const MINUTE = 60_000;
export const limitsOf: Record<AccountKind, Limits> = {
  consumer: {
    fetchesPerDay: 20_000,
    propertyCallsPerDay: 50_000,
    triggerMsPerDay: 90 * MINUTE,
    simultaneousPerUser: 30,
    triggersPerUser: 20,
    mailsPerDay: 100,
  },
  workspace: {
    fetchesPerDay: 100_000,
    propertyCallsPerDay: 500_000,
    triggerMsPerDay: 360 * MINUTE,
    simultaneousPerUser: 30,
    triggersPerUser: 20,
    mailsPerDay: 1_500,
  },
};

type Meter = 'fetches' | 'property reads' | 'property writes' | 'trigger ms' | 'mails';
type Window = { readonly start: number; readonly used: Map<Meter, number> };
const DAY = 86_400_000;

export class Quotas {
  readonly limits: Limits;
  readonly #clock: Clock;
  readonly #enforced: boolean;
  readonly #windows = new Map<string, Window>();
  readonly #running = new Map<string, number>();

  constructor(account: AccountKind, clock: Clock, enforced: boolean, changed: Partial<Limits>) {
    this.limits = { ...limitsOf[account], ...changed };
    this.#clock = clock;
    this.#enforced = enforced;
  }

  used(user: string, meter: Meter): number {
    return this.#window(user).used.get(meter) ?? 0;
  }

  /** Every request of a `fetchAll` counts as one (facts 2: unconfirmed, assumed). */
  spendFetch(user: string): void {
    this.#spend(user, 'fetches', 1, this.limits.fetchesPerDay, texts.dayQuota('urlfetch'));
  }
  spendProperty(user: string, kind: 'reads' | 'writes'): void {
    this.#window(user);
    const used = this.used(user, 'property reads') + this.used(user, 'property writes');
    const limit = this.limits.propertyCallsPerDay - used + this.used(user, `property ${kind}`);
    this.#spend(user, `property ${kind}`, 1, limit, texts.dayQuota(`property ${kind}`));
  }
  spendMail(user: string): void {
    this.#spend(user, 'mails', 1, this.limits.mailsPerDay, texts.dayQuota('email'));
  }
  remainingMails(user: string): number {
    return Math.max(0, this.limits.mailsPerDay - this.used(user, 'mails'));
  }

  /** @throws before a trigger run when the day's trigger time is used up. */
  startTrigger(user: string): void {
    if (this.#enforced && this.used(user, 'trigger ms') >= this.limits.triggerMsPerDay) {
      throw new ScriptFault(texts.triggerTime);
    }
  }
  endTrigger(user: string, ms: number): void {
    const { used } = this.#window(user);
    used.set('trigger ms', (used.get('trigger ms') ?? 0) + ms);
  }

  startExecution(user: string): void {
    const running = this.#running.get(user) ?? 0;
    if (this.#enforced && running >= this.limits.simultaneousPerUser) throw new ScriptFault(texts.tooManyRunning);
    this.#running.set(user, running + 1);
  }
  endExecution(user: string): void {
    this.#running.set(user, Math.max(0, (this.#running.get(user) ?? 1) - 1));
  }

  #window(user: string): Window {
    const now = this.#clock.now();
    let window = this.#windows.get(user);
    if (!window || now - window.start >= DAY) {
      window = { start: now, used: new Map() };
      this.#windows.set(user, window);
    }
    return window;
  }

  #spend(user: string, meter: Meter, amount: number, limit: number, refusal: string): void {
    const { used } = this.#window(user);
    const next = (used.get(meter) ?? 0) + amount;
    if (this.#enforced && next > limit) throw new ScriptFault(refusal);
    used.set(meter, next);
  }
}
