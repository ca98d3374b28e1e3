/**
 * What time costs on the simulated clock, the same for every variant. Estimates, stated so that they can be argued with; nothing here
 * was measured on the real services. Spreadsheet and other service calls cost what local/google says (call-log.ts, `estimatedCosts`).
 */

/** One round trip to Affinity, in milliseconds. The requests of one `fetchAll` run side by side and take one together. */
export const ROUND_TRIP_MS = 250;
/** Start of an execution: a menu command, or a call from the sidebar. Milliseconds. */
export const EXECUTION_START_MS = 1_000;
/** Longest execution; nobody starts a script again that was killed at this. Milliseconds. */
export const EXECUTION_LIMIT_MS = 360_000;
/** Calls of one user that Affinity takes within any minute. Whether its minutes slide is not known; the bench takes the stricter. */
export const CALLS_PER_MINUTE = 900;
/** Largest page of list entries, persons and organizations. */
export const PAGE_ROWS = 500;

/** A bound in minutes: no client is faster, whatever it does. */
export const boundMinutes = (callsNeeded: number, dependentRoundTrips: number): number => {
  // The first 900 calls may go at once. Any later call goes a minute after the one 900 before it, at the earliest.
  const quota = Math.floor(Math.max(0, callsNeeded - 1) / CALLS_PER_MINUTE);
  return Math.max(quota, (dependentRoundTrips * ROUND_TRIP_MS) / 60_000);
};
