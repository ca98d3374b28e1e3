/**
 * How long so many calls take with what Google gives a person in a day, beside Affinity's minute: executions, and days. Pure.
 * Source: apps-script-facts, section 1.
 */
import { CALLS_PER_MINUTE, MINUTE_MS } from '../../api/limits';
import { LONGEST_SLICE_MS, RUN_BUDGET_MS } from '../limits';

/** What Google gives a person in 24 hours, over all their files. */
export interface GoogleDay {
  /** Calls to the outside. */
  readonly calls: number;
  /** Time of triggers, in milliseconds. */
  readonly triggerMs: number;
}

export interface Forecast {
  /** Minutes that Affinity's limit takes: the first 900 calls go at once. */
  readonly minutes: number;
  /** Executions while the sidebar is open, each as long as a late slice may be. */
  readonly slices: number;
  /** Firings of a trigger with nobody there. */
  readonly firings: number;
  /** Days of 24 hours until the last call, with the sidebar open all the time, and with nobody there. */
  readonly days: { readonly watched: number; readonly alone: number };
}

const HOURS = 24;
/** Calls that a firing has time for: 900 as it begins, and 900 in each minute that ends within it. */
const CALLS_PER_FIRING = CALLS_PER_MINUTE * (Math.floor(RUN_BUDGET_MS / MINUTE_MS) + 1);

const days = (calls: number, perDay: number): number => Math.max(1, Math.ceil(calls / perDay));

export const forecast = (calls: number, { calls: callsADay, triggerMs }: GoogleDay): Forecast => {
  const minutes = Math.floor(Math.max(0, calls - 1) / CALLS_PER_MINUTE);
  const firingsADay = Math.min(HOURS, triggerMs / RUN_BUDGET_MS);
  return {
    minutes,
    slices: Math.max(1, Math.ceil((minutes * MINUTE_MS) / LONGEST_SLICE_MS)),
    firings: Math.max(1, Math.ceil(calls / CALLS_PER_FIRING)),
    days: {
      watched: days(calls, callsADay),
      alone: days(calls, Math.min(callsADay, Math.floor(firingsADay * CALLS_PER_FIRING))),
    },
  };
};

/** What a person should know before a long run begins; '' where it ends while they wait. */
export const forecastSentence = (calls: number, day: GoogleDay): string => {
  const { days: needed, firings } = forecast(calls, day);
  if (needed.watched > 1) {
    return ` Google gives your account ${day.calls} outside calls a day, so it takes at least ${needed.watched} days; a schedule goes on with it each day by itself.`;
  }
  return firings > 1 ? ` A schedule brings it to its end in about ${firings} hours with nobody here.` : '';
};
