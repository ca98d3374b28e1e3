/**
 * How long so many calls take with what Google gives a person in a day, beside Affinity's minute: executions, and days. Pure.
 * Source: apps-script-facts, section 1.
 */
import { CALLS_PER_MINUTE, MINUTE_MS } from '../../api/limits';
import { RUN_BUDGET_MS } from '../limits';

/** What Google gives a person in 24 hours, over all their files. */
export interface GoogleDay {
  /** Calls to the outside. */
  readonly calls: number;
  /** Time of triggers, in milliseconds. */
  readonly triggerMs: number;
}

export interface Forecast {
  /** As `minutesOf`. */
  readonly minutes: number;
  /** Executions while the sidebar is open, at least: each ends when the minute’s calls are used up. */
  readonly slices: number;
  /** Firings of a trigger with nobody there. */
  readonly firings: number;
  /** Days of 24 hours until the last call, with the sidebar open all the time, and with nobody there. */
  readonly days: { readonly watched: number; readonly alone: number };
}

const HOURS = 24;
/** Calls that a firing has time for: 900 as it begins, and 900 in each minute that ends within it. */
const CALLS_PER_FIRING = CALLS_PER_MINUTE * (Math.floor(RUN_BUDGET_MS / MINUTE_MS) + 1);

/** Minutes that Affinity's limit takes: the first 900 calls go at once. */
export const minutesOf = (calls: number): number => Math.floor(Math.max(0, calls - 1) / CALLS_PER_MINUTE);

/** Executions that so many calls take in the sidebar, whose slices end with the minute's calls, and where one takes all its time. */
export const executionsOf = (calls: number): { readonly sidebar: number; readonly alone: number } => ({
  sidebar: Math.max(1, Math.ceil(calls / CALLS_PER_MINUTE)),
  alone: Math.max(1, Math.ceil(calls / CALLS_PER_FIRING)),
});

const days = (calls: number, perDay: number): number => Math.max(1, Math.ceil(calls / perDay));

export const forecast = (calls: number, { calls: callsADay, triggerMs }: GoogleDay): Forecast => {
  const { sidebar, alone } = executionsOf(calls);
  const firingsADay = Math.min(HOURS, triggerMs / RUN_BUDGET_MS);
  return {
    minutes: minutesOf(calls),
    slices: sidebar,
    firings: alone,
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
