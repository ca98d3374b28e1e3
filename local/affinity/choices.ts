/**
 * What the emulator does where the API's behaviour is not known: a default for each, and the other ways a client may meet.
 * Source: affinity-v1-facts, section 14.
 */
export interface Choices {
  /** Status of a successful POST. */
  readonly createdStatus: 200 | 201;
  /** Forms of error bodies; `mixed`: an array of texts for 422, `{message}` for the rest. */
  readonly errorBodies: 'mixed' | 'array' | 'message' | 'error' | 'errors' | 'text';
  /** Body of a 429. */
  readonly limitBody: 'message' | 'html' | 'empty';
  /** Whether a 429 by the minute carries `retry-after`. */
  readonly retryAfter: boolean;
  /** Status for a private list without rights, and for what hangs on it. */
  readonly hidden: 403 | 404;
  /** POST on a single cell that has a value. */
  readonly filledCell: 'refuse' | 'replace';
  /** A text that a plain dropdown with options does not have. */
  readonly unknownOption: 'refuse' | 'create';
  /** An option's text written to a ranked dropdown. */
  readonly rankedText: 'refuse' | 'accept';
  /** A page_size beyond the bounds. */
  readonly pageSize: 'refuse' | 'clamp';
  /** How date values are printed. */
  readonly dates: 'utc' | 'offset';
  /** The end of paging: null on the last filled page, a token to an empty page, or one and the other in turn. */
  readonly lastPage: 'alternate' | 'null' | 'empty-page';
  /** Whether field values carry `entity_type` and `value_type`; `mixed`: some do. */
  readonly valueTypes: 'mixed' | 'always' | 'never';
  /** Order of list entries. */
  readonly entryOrder: 'newest-first' | 'oldest-first';
  /** Names of a new person: as they were sent, or with capitals at the start of each word only, as was seen. */
  readonly personNames: 'title-case' | 'as-sent';
  /** Whether a new field tracks changes: by its value type, as all recorded fields do, or never, as the text's example shows. */
  readonly newFieldTracks: 'by-type' | 'never';
  /** Whether the history of a field can be read without naming an entity, as the text's example does. */
  readonly changesSelector: 'optional' | 'required';
  /** Precision of `changed_at`. */
  readonly changedAt: 'microseconds' | 'milliseconds';
  /** The list of notes: a page as was seen, or the bare array that the text shows. */
  readonly notesForm: 'page' | 'array';
  /** Whether the answer to an upload tells the records. */
  readonly uploadAnswer: 'with-files' | 'success';
  /** Keys of a single file: in both styles as was seen, or as the text shows them. */
  readonly fileKeys: 'both' | 'snake';
  /** `person_ids` when an interaction is changed: required by the text's table, left out in its example. */
  readonly interactionPersons: 'optional' | 'required';
}

export const DEFAULT_CHOICES: Choices = {
  createdStatus: 200,
  errorBodies: 'mixed',
  limitBody: 'message',
  retryAfter: false,
  hidden: 403,
  filledCell: 'refuse',
  unknownOption: 'refuse',
  rankedText: 'refuse',
  pageSize: 'refuse',
  dates: 'utc',
  lastPage: 'alternate',
  valueTypes: 'mixed',
  entryOrder: 'newest-first',
  personNames: 'title-case',
  newFieldTracks: 'by-type',
  changesSelector: 'optional',
  changedAt: 'microseconds',
  notesForm: 'page',
  uploadAnswer: 'with-files',
  fileKeys: 'both',
  interactionPersons: 'optional',
};
