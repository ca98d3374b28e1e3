/**
 * The documented rules that the emulator enforces, each with a name and its source. A rule can be switched off, so that the
 * contract suite can prove that its test would notice. Choices where the API is silent are in `choices.ts`.
 */
export const RULES = {
  // Transport and authentication
  'key-required': 'official text, Authentication: a missing or unknown key is a 401',
  'unknown-path-not-found': 'official text, Requests & Responses: 404 for what does not exist',
  'missing-record-not-found': 'official text, Requests & Responses: 404 for what does not exist',
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
  'current-organizations-on-request': 'official text, The Person Resource: only with with_current_organizations',
  'interaction-persons-on-request': 'official text, Search for Persons: with_interaction_persons',
  'interaction-dates-leave-others-out': 'official text, Search for Persons: persons with no interactions are left out',
  'search-by-interaction-dates': 'official text, Search for Persons: min and max of six kinds of date',
  'times-are-iso': 'official text: times are ISO 8601 texts',
  'email-belongs-to-one-person': 'official text, Persons: only one person has a given email address',
  'new-person-is-external': 'official text, Person types: external is the default',
  'team-is-not-deleted': 'official text, Person types: internal persons are the accounts of the team',
  'named-entities-exist': 'official text, unique identifiers of persons, organizations and opportunities',
  'arrays-replace': 'affinity-v1-facts, section 1.6: arrays replace what was there',
  'update-keeps-the-rest': 'official text, Update a person: only attributes that need to be changed are passed in',
  'new-organization-is-own': 'official text, The Organization Resource: global is false for what you created',
  'global-organization-is-fixed': 'official text, Organizations: name and domain of a global one cannot change',
  'global-organization-stays': 'official text, Organizations: a global one cannot be deleted',
  'domain-is-plain': 'affinity-v1-facts, section 12: domains with underscores or as URLs are refused',

  // Opportunities
  'opportunity-needs-its-list': 'official text, Create a New Opportunity: a list of type opportunity',
  'opportunity-comes-with-its-entry': 'official text, Create a New Opportunity: its list entry in the example',
  'opportunity-hidden-with-its-list': 'official text, Opportunities: no access to the list, no view of the opportunity',

  // Creating lists and fields
  'list-owner-is-internal': 'official text, Create a New List: owner_id is an internal person',
  'list-owner-can-be-named': 'official text, Create a New List: owner_id',
  'list-role-for-internal': 'official text, Create a New List: additional internal persons',
  'list-roles-are-kept': 'official text, Create a New List: additional_permissions',
  'list-can-be-private': 'official text, Create a New List: is_public',
  'list-field-needs-list': 'official text, Create Field: is_list_specific needs list_id',
  'field-fits-its-list': "affinity-v1-facts, section 6: entity_type must be the list's",
  'field-can-take-several': 'official text, Create Field: allows_multiple',
  'no-global-opportunity-fields': 'official text, Opportunities: they do not have global fields',
  'enriched-field-stays': 'official text, Field Value Changes: fields that Affinity fills are its own',

  // Field value changes
  'changes-are-recorded': 'official text, Field Value Changes: historical changes to the values of fields',
  'changes-of-tracked-fields-only': 'official text, Supported field types',
  'changes-need-tracked-field': 'affinity-v1-facts, section 6: an untracked field is a 422',
  'changes-by-action': 'official text, Get Field Values Changes: action_type',
  'changes-by-one-id': 'affinity-v1-facts, section 8: at most one of the four ids',
  'changes-of-one-owner':
    'official text, Get Field Values Changes: of a person, organization, opportunity or list_entry',
  'changes-after-a-time': 'affinity-v1-facts, section 8: changed_after, inclusive',
  'changes-limited': 'affinity-v1-facts, section 8: limit',
  'changes-limit-is-positive': 'affinity-v1-facts, section 8: limit is 1 or more',
  'changes-in-asked-order': 'affinity-v1-facts, section 8: order_by',
  'after-id-needs-order': 'affinity-v1-facts, section 8: after_id needs changed_after and order_by asc',

  // Interactions and relationship strengths
  'interactions-of-one-entity': 'affinity-v1-facts, section 9: exactly one entity',
  'interactions-of-external-persons': 'affinity-v1-facts, section 1.9: an internal person_id is an error',
  'interactions-start-before-end': 'official text, Get All Interactions: start_time before end_time',
  'interactions-within-a-year': 'official text, Get All Interactions: the range must not exceed one year',
  'interactions-of-one-type': 'official text, Get All Interactions: type',
  'interactions-key-by-type': 'affinity-v1-facts, section 9: events, chat_messages, emails',
  'interactions-end-is-exclusive': 'affinity-v1-facts, section 9: end_time is exclusive',
  'interactions-logged-by-hand': 'official text, Logging Types: manual',
  'interactions-of-internal-person': 'official text, Get All Interactions: internal_person_id filters down',
  'interactions-by-direction': 'official text, Direction Types',
  'interaction-id-goes-with-type': 'official text, The Interactions Resource: id and type together are unique',
  'interaction-needs-internal': 'official text, Create a New Interaction: at least one internal person',
  'interaction-needs-external': 'affinity-v1-facts, section 9: at least one external person',
  'direction-of-chat-messages-only': 'official text, Create a New Interaction: direction applies to chat messages',
  'interaction-creator-is-caller': "affinity-v1-facts, section 1.9: the key's user is the creator",
  'interaction-content-is-a-note': 'affinity-v1-facts, section 9: content becomes a note',
  'content-with-mentions-is-fixed': 'affinity-v1-facts, section 1.9: content with mentions cannot be changed',
  'strength-of-known-persons': 'official text, Relationship Strengths: internal and external person',
  'strength-is-with-externals': 'official text, Relationship Strengths: between internal and external people',
  'strength-of-one-internal': 'official text, Get Relationship Strength: internal_id gives one row or none',

  // Notes
  'note-needs-a-place': 'official text, Create a New Note: custom required parameters',
  'reply-to-a-known-note': 'official text, Create a New Note: parent_id is an existing note',
  'no-reply-to-a-reply': 'official text, Create a New Note: the parent should not have a parent itself',
  'reply-has-no-entities': 'official text, Create a New Note: the arrays are ignored with parent_id',
  'note-creator-is-internal': 'official text, Create a New Note: a person who can access Affinity',
  'note-creator-can-be-named': 'official text, Create a New Note: creator_id',
  'note-is-not-of-the-future': 'official text, Create a New Note: no times in the future',
  'note-can-be-backdated': 'official text, Create a New Note: created_at',
  'html-note-reads-as-text': 'official text, Create a New Note: the example of an HTML note',
  'meeting-note-is-flagged': 'official text, The Note Resource: is_meeting for a meeting or call',
  'notes-of-a-person': 'official text, Get All Notes: person_id',
  'notes-of-attended-interactions': 'affinity-v1-facts, section 1.11: attendance counts for person_id',
  'notes-of-an-organization': 'official text, Get All Notes: organization_id',
  'notes-of-an-opportunity': 'official text, Get All Notes: opportunity_id',
  'notes-of-a-creator': 'official text, Get All Notes: creator_id',
  'note-with-mentions-is-fixed': 'affinity-v1-facts, section 1.11: no update with mentions',
  'note-from-email-is-fixed': 'affinity-v1-facts, section 1.11: no update when tied to an e-mail',
  'note-update-is-dated': 'official text, The Note Resource: updated_at',
  'note-deleted-by-creator': 'affinity-v1-facts, section 1.11: only by its creator',

  // Entity files
  'files-of-an-entity': 'official text, Get All Files: by person, organization or opportunity',
  'file-on-one-entity': 'affinity-v1-facts, section 1.12: exactly one entity',
  'upload-needs-a-file': 'affinity-v1-facts, section 1.12: at least one file',
  'upload-takes-several-files': 'official text, Upload Files: files[]',
  'upload-is-a-form': 'official text, Upload Files: multipart/form-data',
  'download-is-a-redirect': 'affinity-v1-facts, section 1.12: a redirect to the file',
  'file-address-takes-no-key': 'affinity-v1-facts, section 11: no auth header wanted there',
  'file-address-is-signed': 'affinity-v1-facts, section 11: a signed URL',
  'file-address-expires': 'affinity-v1-facts, section 11: valid for about 60 seconds',

  // Reminders
  'reminder-of-one-entity': 'official text, Create a New Reminder: at most one of the three entities',
  'reminder-owner-is-internal': 'official text, Create a New Reminder: owner_id is an internal person',
  'reminder-creator-is-caller': "affinity-v1-facts, section 1.13: the key's user is the creator",
  'one-time-needs-due-date': 'official text, Create a New Reminder: due_date is required when type is 0',
  'recurring-needs-reset-type': 'official text, Create a New Reminder: reset_type is required when type is 1',
  'recurring-needs-days': 'official text, Create a New Reminder: reminder_days is required when type is 1',
  'reminder-days-are-positive': 'official text, The Reminder Resource: a number of days',
  'reminder-day-is-pacific': 'official text, Create a New Reminder: the example of a day',
  'reminder-overdue-by-date': 'official text, Reminder Status Types: not completed and past due',
  'completion-is-signed': 'official text, The Reminder Resource: completer',
  'completion-can-be-undone': 'official text, Update a Reminder: is_completed is an indicator',
  'recurring-starts-anew': 'official text, The Reminder Resource: reminder_days after completion',
  'recurring-search-needs-reset-type': 'official text, Get All Reminders: reset_type is required when type is 1',
  'reminders-of-an-entity': 'official text, Get All Reminders: by person, organization or opportunity',
  'reminders-of-a-creator': 'official text, Get All Reminders: creator_id',
  'reminders-of-an-owner': 'official text, Get All Reminders: owner_id',
  'reminders-of-a-completer': 'official text, Get All Reminders: completer_id',
  'reminders-by-type': 'official text, Get All Reminders: type',
  'reminders-by-reset-type': 'official text, Get All Reminders: reset_type',
  'reminders-by-status': 'official text, Get All Reminders: status',
  'reminders-by-due-date': 'official text, Get All Reminders: due_before and due_after',

  // Webhooks
  'three-webhooks-at-most': 'official text, Webhook Subscription Limit',
  'webhook-url-is-an-address': 'official text, Create a New Webhook Subscription: the URL',
  'webhook-url-answers': 'official text, Create a New Webhook Subscription: an invalid response fails',
  'webhook-changed-by-creator': 'official text, Update a Webhook Subscription: only by its creator',
  'webhook-deleted-by-creator-or-admin': 'official text, Delete a Specific Webhook Subscription: creator or admin',
  'no-events-means-all': 'official text, The Webhook Subscription Resource: an empty array is all events',
  'webhook-hears-its-events': 'official text, The Webhook Subscription Resource: events that are enabled',
  'disabled-webhook-is-silent': 'official text, The Webhook Subscription Resource: disabled',
  'webhook-is-retried': 'affinity-v1-facts, section 11: retries for up to 10 hours',
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
