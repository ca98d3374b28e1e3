/** Numbers that bound the engine, each with unit and reason. */

/** Entries of a list that are asked for without pages: one call, and an answer of less than a megabyte. */
export const ENTRIES_AT_ONCE = 2_000;
/** Tables of up to so many rows are read without a word about the cost: they take less than a minute. */
export const ROWS_WITHOUT_ESTIMATE = 800;
/** Entries a page: the largest page that the API names for anything. Larger pages cost fewer calls. */
export const ENTRIES_PER_PAGE = 500;
/**
 * The unit of work of a pull: so many rows at most are read, written and then noted as done. Larger blocks cost fewer spreadsheet
 * calls, smaller ones lose less when a run is killed. Source: docs/decisions/0004-batches.md.
 */
export const ROWS_PER_BLOCK = 250;
/** Fewer rows than this are not worth a block of their own: they wait until the minute has room for more. */
export const LEAST_ROWS_PER_BLOCK = 10;
/** Time that a block takes where nothing is wrong, in milliseconds: none is begun when less is left. */
export const LONGEST_BLOCK_MS = 5_000;
/** A slice asked for at the moment when Affinity takes calls again would first prepare: it is asked for so much earlier, in milliseconds. */
export const HEAD_START_MS = 4_000;
/** Entries a page where only their ids are wanted. */
export const KEYS_PER_PAGE = 500;
/** Time a run may take before it pauses by itself, in milliseconds: Apps Script kills at six minutes. */
export const RUN_BUDGET_MS = 270_000;
/** Rows that a new import brings before the page asks for more: two batches of calls, as it shows no progress until then. */
export const FIRST_ROWS = 200;
/** Time in which it begins with them, in milliseconds. */
export const FIRST_ROWS_MS = 4_000;
/** Longest slice of a waiting person, in milliseconds. */
export const LONGEST_SLICE_MS = 240_000;
/**
 * Rows and cells sent to Affinity between two notes of what was done: their reading is one batch of calls, and so is their sending. A run
 * that is killed in between asks for so many records again at most. Source: docs/decisions/0004-batches.md.
 */
export const ROWS_PER_PUSH = 300;
export const CELLS_PER_PUSH = 500;
/** Rows that are made or deleted in Affinity between two notes of what was done. */
export const RECORDS_PER_BLOCK = 100;
/**
 * Up to so many rows that are gone, or cells that would be emptied, are believed whatever their share. Beyond, the share that is set for
 * the import decides. Source: design, promise P4.
 */
export const GONE_ROWS_ASKED = 20;
/**
 * Age at which a creation without an answer may be looked up, in milliseconds: a record just made may not be found by a search yet.
 * Source: affinity-v1-facts, section 12 (100 to 500 ms are usual, more under load).
 */
export const SETTLE_AFTER_MS = 10_000;
/** A removal of more rows than this, or of more than this share of a table, is confirmed by their number. Source: design, promise P4. */
export const REMOVED_ROWS_ASKED = 20;
export const REMOVED_SHARE_ASKED = 0.2;
/** Longest text in one cell of our hidden sheets; the platform's limit is 50,000 characters. */
export const STATE_CELL_CHARACTERS = 40_000;
/**
 * After this time without a heartbeat a run that holds an import is taken for dead, in milliseconds. The longest silence of a living
 * run is one batch of calls.
 */
export const LEASE_MS = 180_000;
/** A lease is renewed when it is older than this, in milliseconds. */
export const LEASE_RENEW_MS = 20_000;
/** Longest wait for the short moment in which a lease is taken, in milliseconds. */
export const MUTEX_WAIT_MS = 5_000;
/** A firing does not begin with another import when less than this is left of its time, in milliseconds. */
export const LEAST_JOB_MS = 40_000;
/** Shortest pause before a firing goes on where only one file is bound to the script, in milliseconds: Affinity's minute. */
export const SOONEST_MS = 60_000;
/** Runs that the log tab keeps. */
export const LOG_ROWS_KEPT = 1_000;
/** Lines that the tab with what refreshes brought keeps. */
export const CHANGES_KEPT = 2_000;
/** Lines that the journal of an import keeps, with the whole of the oldest run among them: what is older can't be undone any more. */
export const JOURNAL_KEPT = 5_000;
/** Lines that the tab with what was sent shows. */
export const SENT_KEPT = 2_000;
/** Calls that one refresh may spend on asking who changed a cell. */
export const AUTHORS_ASKED = 20;
/** Lines of that tab that the sidebar is given. */
export const CHANGES_SHOWN = 200;
/** A refresh by recorded changes is allowed for so long after a complete one, in milliseconds: less than a day, so that a daily one is complete. */
export const COMPLETE_EVERY_MS = 20 * 3_600_000;
/**
 * Recorded changes are read from so long before the last reading on, in milliseconds: clocks differ, and a history may be written a
 * little later than the value. What was read already is found equal, for a call a row.
 */
export const CHANGES_OVERLAP_MS = 600_000;
