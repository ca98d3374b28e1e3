/**
 * The open questions about the platform, as switches. Where the facts disagree or nobody knows, both answers exist
 * and the more dangerous one is the default; a suite that matters runs with both.
 */

export interface PlatformSwitches {
  /** Facts 17 #1: does `getActiveSpreadsheet()` (and document store and lock) answer inside a clock trigger? */
  activeSpreadsheetInClockTrigger: boolean;
  /** An add-on (one clock trigger per user and document, at least hourly), or a script bound to one file. */
  container: 'addon' | 'bound';
  /** Facts 7.1, contrary reports: is a leading `'` the text marker and dropped, or kept as part of the value? */
  apostrophe: 'marker' | 'kept';
  /** Facts 17 #4: the same question for a cell whose format is `@`. */
  apostropheInTextCell: 'marker' | 'kept';
  /** Facts 7.1: `=…` written into an `@` cell becomes a formula, or stays text. */
  formulaInTextCell: 'formula' | 'text';
  /** Facts 7.1: a leading `@` is text, or is tried as a formula (`@name` → `#ERROR!`). */
  leadingAt: 'formula' | 'text';
  /** Blanks before `=`, `+`, `-`, `@`: skipped, so that a formula results, or part of a text (facts 8). */
  blankBeforeFormula: 'formula' | 'text';
  /** `#N/A` and its like written as text: an error value, or text. Both read back as the same string. */
  errorText: 'error' | 'text';
  /** Facts 7.1, one report: `'22 34'` loses its blank and becomes 2234. */
  blankBetweenDigits: 'number' | 'text';
  /** Facts 17 #6: `2024-01-02T03:04:05Z` becomes a date-time, or stays text. */
  isoTimestamp: 'date' | 'text';
  /** Facts 17 #12: row metadata under a sort stays at its position, or goes with the row's content. */
  metadataOnSort: 'stays' | 'follows';
  /** Facts 17 #12: copying a file copies its developer metadata, or drops it. */
  metadataOnFileCopy: 'copied' | 'dropped';
  /** Facts 17 #12: copying a sheet copies its developer metadata, or drops it. */
  metadataOnSheetCopy: 'copied' | 'dropped';
  /** Facts 17 #8: a rejecting validation rule makes a script's write throw, or lets it through. */
  rejectingValidationBlocksScripts: boolean;
  /** Facts 7.1 and 17 #20: the cells before an over-long one in a block are written and then the call fails, or none. */
  overlongCell: 'partial' | 'refused';
  /** Facts 17 #10: one dead host inside `fetchAll` loses every answer, or only its own (which then throws alone). */
  deadHostLosesBatch: boolean;
  /** Facts 2: is `timeoutSeconds` honoured, ignored (about 60 s, fixed), or refused as an unknown option? */
  timeoutSeconds: 'honoured' | 'ignored' | 'refused';
  /** How header names of an answer are written; HTTP says it must not matter, scripts forget it. */
  responseHeaderCase: 'titled' | 'lower';
  /** Facts 10: a Date in a result of `google.script.run` makes the whole result `null`, or only that value. */
  dateInResult: 'null-all' | 'null-value';
  /** Reading one sheet sends the pending writes of that sheet only, or of the whole file. Order is kept either way. */
  readFlushes: 'sheet' | 'spreadsheet';
  /** Inserting, deleting, moving and sorting wait in the buffer like cell writes, or take effect at once. */
  structuralCalls: 'buffered' | 'at-once';
  /** Cache entries vanish before their time: never, always, or decided per key by the function. */
  cacheDrops: 'never' | 'always' | ((key: string) => boolean);
  /** Facts 3: whether a value above 9 KB is refused (documented) or accepted up to the store's limit (measured 2023). */
  largePropertyValue: 'refused' | 'accepted';
  /** When a simple edit trigger runs that a person caused during another execution: at once, or only after that one's end. */
  editEvents: 'at-once' | 'after-run';
  /** How the event of an edit words what was typed: the value itself, or as the cell shows it in the sheet's locale. Nobody says. */
  editEventValue: 'typed' | 'shown';
  /** Facts 9: whether protected ranges stop a script that runs as a user without the right to edit them. */
  protectionStopsScripts: boolean;
}

export const dangerousDefaults: PlatformSwitches = {
  activeSpreadsheetInClockTrigger: true,
  container: 'addon',
  apostrophe: 'marker',
  apostropheInTextCell: 'kept',
  formulaInTextCell: 'formula',
  leadingAt: 'formula',
  blankBeforeFormula: 'formula',
  errorText: 'error',
  blankBetweenDigits: 'number',
  isoTimestamp: 'date',
  metadataOnSort: 'stays',
  metadataOnFileCopy: 'copied',
  metadataOnSheetCopy: 'copied',
  rejectingValidationBlocksScripts: false,
  overlongCell: 'partial',
  deadHostLosesBatch: true,
  timeoutSeconds: 'honoured',
  responseHeaderCase: 'titled',
  dateInResult: 'null-all',
  readFlushes: 'sheet',
  structuralCalls: 'buffered',
  cacheDrops: 'never',
  largePropertyValue: 'refused',
  editEvents: 'at-once',
  editEventValue: 'typed',
  protectionStopsScripts: true,
};
