/**
 * Errors of the platform on demand: every row of section 15 of the facts can be made to happen at the n-th matching
 * call, before or after the call takes effect.
 */
import { ScriptFault, texts } from './errors';
import type { CallEffect } from './members';

/** The sentences of section 15, by a short name. */
export const faultTexts = {
  timedOut: 'Service Spreadsheets timed out while accessing document with id 1AbC.',
  failed: 'Service Spreadsheets failed while accessing document with id 1AbC.',
  simultaneous: 'Too many simultaneous invocations: Spreadsheets',
  internal: "We're sorry, a server error occurred. Please wait a bit and try again.",
  internalError: 'Internal error',
  unavailable: 'Service unavailable: Spreadsheets',
  serviceError: 'Service error: Spreadsheets',
  unexpected: 'Unexpected error while getting the method or property getValues on object SpreadsheetApp.Range.',
  shortRate: 'Service invoked too many times in a short time: Spreadsheets. Try Utilities.sleep(1000) between calls.',
  addressUnavailable: 'Address unavailable: https://api.example.com',
  dnsError: 'DNS error: https://api.example.com',
  dayQuota: texts.dayQuota('urlfetch'),
  propertyDayQuota: texts.dayQuota('property writes'),
  triggerTime: texts.triggerTime,
  perSecond: 'Script invoked too many times per second for this Google user account.',
  running: texts.tooManyRunning,
  limitExceeded: 'Limit exceeded: Spreadsheets',
  deadline: texts.deadline,
  lockTimeout: texts.lockTimeout,
  noLock: 'Could not obtain lock',
  authorization: texts.authorizationRequired,
  permission: 'You do not have permission to call SpreadsheetApp.getActiveSpreadsheet.',
  functionMissing: 'Script function not found: hourly',
  argumentTooLarge: 'Argument too large: value',
  propertyStore: texts.propertyQuota,
  tooManyCells: texts.tooManyCells,
  listItems: texts.tooManyListItems,
} as const;

export type FaultPlan = {
  /** `Range.setValues`, or a pattern over such names; or an effect such as `fetch`. */
  readonly at?: string | RegExp;
  readonly effect?: CallEffect;
  /** Which matching call fails, from 1; default 1. */
  readonly nth?: number;
  /** How many calls in a row fail from then on; default 1. */
  readonly times?: number;
  /** A name of `faultTexts` or a sentence of your own. */
  readonly message: keyof typeof faultTexts | (string & {});
  /** `after`: the call took effect and the answer was lost; default `before`. */
  readonly when?: 'before' | 'after';
};

export class Faults {
  #plans: { plan: FaultPlan; seen: number }[] = [];

  add(plan: FaultPlan): void {
    this.#plans.push({ plan, seen: 0 });
  }
  clear(): void {
    this.#plans = [];
  }

  /** @throws the planned fault when this call is its turn. */
  strike(at: string, effect: CallEffect, when: 'before' | 'after'): void {
    for (const entry of this.#plans) {
      const { plan } = entry;
      if ((plan.when ?? 'before') !== when) continue;
      if (plan.effect !== undefined && plan.effect !== effect) continue;
      if (typeof plan.at === 'string' ? plan.at !== at : plan.at !== undefined && !plan.at.test(at)) continue;
      entry.seen++;
      const first = plan.nth ?? 1;
      if (entry.seen < first || entry.seen >= first + (plan.times ?? 1)) continue;
      const named: Record<string, string> = faultTexts;
      throw new ScriptFault(Object.hasOwn(named, plan.message) ? (named[plan.message] ?? plan.message) : plan.message);
    }
  }
}
