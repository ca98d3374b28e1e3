/** Facts from outside that bound the client, each with unit and source. */

/** Calls per minute and user. Source: official text, "Per Minute Limits (User-Level)". */
export const CALLS_PER_MINUTE = 900;
/** Length of the minute that the limit counts in, in milliseconds. */
export const MINUTE_MS = 60_000;
/**
 * Calls sent side by side in one batch. The real parallelism of `fetchAll` is undocumented and Affinity has an undisclosed
 * limit on concurrent requests. Source: docs/decisions/0004-batches.md.
 */
export const BATCH_CALLS = 100;
/** The same where a person waits for a few hundred calls, and what is repeated after a kill is bounded otherwise. */
export const LARGE_BATCH_CALLS = 500;
/** A batch that the minute will have room for as a whole within this time is not sent in pieces: each costs a round trip. Milliseconds. */
export const WHOLE_BATCH_MS = 1_000;
/** Tries of one call in all, the first included. */
export const MAX_TRIES = 5;
/** First wait before a retry, doubled each time, and its cap. Milliseconds. */
export const BACKOFF_FIRST_MS = 1_000;
export const BACKOFF_CAP_MS = 32_000;
/** Largest page of persons, organizations and opportunities. Source: official text, "page_size". */
export const DIRECTORY_PAGE = 500;
