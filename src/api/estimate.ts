/** What a plan will cost before it is begun: calls, time, and what is left of the month. Pure. */
import { CALLS_PER_MINUTE, MINUTE_MS } from './limits';
import type { QuotaState } from './quota';

/** A number of calls of which only the bounds are known. */
export interface CallRange {
  readonly least: number;
  readonly most: number;
}

/** Part of a plan: so many calls of one endpoint. */
export interface PlannedCalls extends CallRange {
  /** Resource and call, e.g. `fieldValues.list`. */
  readonly endpoint: string;
}

export interface Estimate {
  readonly calls: CallRange;
  /** Milliseconds that the limit of the minute alone takes, for the least and the most calls. */
  readonly timeMs: CallRange;
  /** Calls left in the month after the most calls; null on a plan without a limit, or before the first call told one. */
  readonly monthAfter: number | null;
  /** Whether the month allows it, with what is reserved for other programs left alone. */
  readonly isAffordable: boolean;
}

/** Calls that never depend on anything, e.g. one for each row. */
export const exactly = (endpoint: string, calls: number): PlannedCalls => ({ endpoint, least: calls, most: calls });

/** Calls for all pages of so many rows; a last page that is empty may follow. */
export const pagesOf = (endpoint: string, rowCount: number, pageSize: number): PlannedCalls => {
  const filled = Math.max(1, Math.ceil(rowCount / pageSize));
  return { endpoint, least: filled, most: filled + (rowCount === 0 ? 0 : 1) };
};

/** The time that so many calls take when the minute has `free` left: what fits goes at once, the rest in full minutes. */
const timeFor = (calls: number, free: number): number =>
  calls <= free ? 0 : Math.ceil((calls - free) / CALLS_PER_MINUTE) * MINUTE_MS;

/** `floor`: calls of the month that are left to other programs. */
export const estimate = (plan: readonly PlannedCalls[], quota: QuotaState, floor = 0): Estimate => {
  const sum = (of: keyof CallRange): number => plan.reduce((total, part) => total + part[of], 0);
  const calls = { least: sum('least'), most: sum('most') };
  const free = quota.minuteRemaining ?? CALLS_PER_MINUTE;
  const monthAfter = quota.monthRemaining === null ? null : quota.monthRemaining - calls.most;
  return {
    calls,
    timeMs: { least: timeFor(calls.least, free), most: timeFor(calls.most, free) },
    monthAfter,
    isAffordable: monthAfter === null || monthAfter >= floor,
  };
};
