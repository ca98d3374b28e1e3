/** Facts from outside that the page counts with. */

/** Calls to Affinity per person and minute. Source: Affinity API v1, "Rate limits". */
export const CALLS_A_MINUTE = 900;
/** Characters of a tab name that Google Sheets takes. */
export const TAB_CHARACTERS = 100;
/** Google ends a run after 6 minutes; a call that is older than this will never be answered. */
export const LONGEST_WAIT_MS = 400_000;
