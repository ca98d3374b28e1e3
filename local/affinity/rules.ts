/**
 * The documented rules that the emulator enforces, each with a name and its source. A rule can be switched off, so that the
 * contract suite can prove that its test would notice. Choices where the API is silent are in `choices.ts`.
 */
export const RULES = {
  // Transport and authentication
  'key-required': 'official text, Authentication: a missing or unknown key is a 401',
  'unknown-path-not-found': 'official text, Requests & Responses: 404 for what does not exist',
  'parameters-well-formed': 'official text, Requests & Responses: 422 for malformed parameters',
  'unknown-parameters-ignored': 'affinity-v1-facts, section 2: unknown query parameters change nothing',
  'limit-headers': 'official text, Rate Limit Headers: on every answer',
  'minute-limit': 'official text, Per Minute Limits: 900 calls a user and minute',
  'month-limit': 'official text, Monthly Limits: calls an account and calendar month',
  'account-calls-are-free': 'affinity-v1-facts, section 7: whoami and rate limit do not count against the month',

  // Lists and list entries
  'lists-only-visible': 'official text, Get All Lists: only lists visible to you',
  'hidden-list-refused': 'official text, Requests & Responses: 403 for insufficient rights',
  'list-gives-own-fields': 'official text, Get a Specific List: the fields that are specific to this list',
  'entries-bare-array-without-page-size': 'official text, Get All List Entries: no page_size, all entries as an array',
  'entries-token-needs-page-size': 'affinity-v1-facts, section 10: page_token without page_size is ignored',
  'entry-belongs-to-list': 'official text, Get a Specific List Entry: the list that contains the entry',
  'entry-not-for-opportunities': 'official text, Create a New List Entry: opportunities cannot be created here',
  'entry-entity-exists': 'official text, Create a New List Entry: the person or organization to add',
  'entry-creator-is-internal': 'official text, Create a New List Entry: a person who can access Affinity',
  'entry-may-repeat-entity': 'affinity-v1-facts, section 1.2: duplicates are accepted',
  'entry-removal-takes-values': "affinity-v1-facts, section 1.2: the entry's list-specific values go too",
  'entry-removal-takes-opportunity': 'official text, Opportunities: deleting the list entry deletes the opportunity',

  // Paging
  'token-tied-to-query':
    'official text, Search for Persons: identical query parameters, else Invalid page_token variable',
  'page-size-within-bounds': 'official text, Search for Persons: the maximum value of 500',
  'end-may-be-an-empty-page': 'official text, Search for Persons: the next page may be empty',

  // Fields
  'fields-of-list-only': "official text, Get Fields: list_id gives that list's own fields",
  'fields-by-value-type': 'official text, Get Fields: value_type',
  'fields-by-entity-type': 'official text, Get Fields: entity_type',
  'fields-with-modified-names': 'official text, Get Fields: [List Name] Field Name',
  'fields-without-options': 'official text, Get Fields: exclude_dropdown_options',
  'fields-without-crunchbase': 'affinity-v1-facts, section 1.3: Crunchbase fields are left out',
  'global-fields-only': 'official text, Get Global Person Fields: global fields',

  // Field values: reading
  'values-by-one-id': 'affinity-v1-facts, section 6: exactly one of the four ids, else 422',
  'values-of-known-entity': 'affinity-v1-facts, section 6: an unknown entity is a 422',
  'values-include-entries': "affinity-v1-facts, section 1.4: an entity's id also gives the values of its list entries",
  'values-of-hidden-lists-left-out': 'affinity-v1-facts, section 13: a key sees what its user may see',
  'crunchbase-values-null': 'affinity-v1-facts, section 13: Crunchbase values are never exposed',
  'date-is-pacific-midnight': 'affinity-v1-facts, section 5: stored and returned as midnight Pacific',

  // Field values: writing
  'enriched-field-is-read-only': 'official text, Field Value Changes: fields that Affinity fills are its own',
  'list-field-needs-entry': 'affinity-v1-facts, section 4: list-specific fields need list_entry_id and entity_id',
  'global-field-refuses-entry': 'official text, Create a New Field Value: list_entry_id only for list-specific fields',
  'entry-on-list-of-field': 'official text, The Field Value Resource: associations fit together',
  'entry-holds-entity': 'official text, The Field Value Resource: associations fit together',
  'entity-fits-field': 'official text, Create a New Field Value: the entity that the value is associated with',
  'single-cell-takes-one-value': 'affinity-v1-facts, section 4: POST on a filled single cell is an error',
  'value-not-empty': 'affinity-v1-facts, section 4: a cell is cleared by DELETE, never by an empty value',
  'number-takes-number': 'official text, Field Value Value Types',
  'text-takes-text': 'official text, Field Value Value Types',
  'person-takes-known-id': 'official text, Field Value Value Types',
  'organization-takes-known-id': 'official text, Field Value Value Types',
  'dropdown-takes-text': 'official text, Field Value Value Types',
  'dropdown-takes-known-option': 'affinity-v1-facts, section 14: unknown text on a dropdown with options',
  'ranked-dropdown-takes-option-id': 'official text, Create a New Field Value: the ID of a dropdown option',
  'ranked-option-of-this-field': 'official text, Create a New Field Value: found by GET /fields',
  'date-takes-iso-text': 'affinity-v1-facts, section 4: ISO date or date-time',
  'date-is-pacific-day': 'affinity-v1-facts, section 5: the Pacific day of the instant sent',
  'location-takes-object': 'official text, Field Value Value Types',

  // Persons and organizations
  'search-matches-term':
    'official text, Search for Persons and Organizations: part of a name, e-mail address or domain',
  'search-rows-are-short': 'official text, Search for Persons: no organization_ids, no list_entries',
  'term-finds-global-organizations': 'affinity-v1-facts, section 1.7: term also returns global organizations',
  'interaction-dates-on-request': 'official text, The Person Resource: only with with_interaction_dates',
  'opportunities-on-request': 'official text, The Person Resource: only with with_opportunities',
  'entries-of-hidden-lists-left-out': 'affinity-v1-facts, section 13: a key sees what its user may see',
  'merged-record-named': 'affinity-v1-facts, section 6: a merged record answers 422 with both ids',
} as const;

export type RuleName = keyof typeof RULES;

export interface Rules {
  isOn(rule: RuleName): boolean;
  /** Switches one rule; every rule is on at the start. */
  set(rule: RuleName, on: boolean): void;
}

export const isRuleName = (name: string): name is RuleName => Object.hasOwn(RULES, name);

export const createRules = (off: readonly RuleName[] = []): Rules => {
  const switchedOff = new Set<RuleName>(off);
  return {
    isOn: (rule) => !switchedOff.has(rule),
    set(rule, on) {
      if (on) switchedOff.delete(rule);
      else switchedOff.add(rule);
    },
  };
};
