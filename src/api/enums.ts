/** The documented enums of the API by name, so that no caller needs a bare number. Codes that are not listed here may still be read. */

/** Types of entity, and so of list: what each entry of a list is. Source: official text, "List Types". */
export const EntityType = { person: 0, organization: 1, opportunity: 8 } as const;
export type EntityType = (typeof EntityType)[keyof typeof EntityType];

/** Types of a field's values. Others exist; such fields can be shown and never written. Source: official text, "Field Value Types". */
export const ValueType = {
  person: 0,
  organization: 1,
  dropdown: 2,
  number: 3,
  date: 4,
  location: 5,
  text: 6,
  rankedDropdown: 7,
} as const;
export type ValueType = (typeof ValueType)[keyof typeof ValueType];

/** Internal persons are the users of the account. Source: official text, "Person types". */
export const PersonType = { external: 0, internal: 1 } as const;
export type PersonType = (typeof PersonType)[keyof typeof PersonType];

/** What a person may do on a list. Source: official text, "List-level Roles". */
export const ListRole = { admin: 0, basic: 1, standard: 2 } as const;
export type ListRole = (typeof ListRole)[keyof typeof ListRole];

/** What happened to a value. Source: official text, "Field Value Change action types" (other revisions swap 1 and 2). */
export const ChangeAction = { create: 0, delete: 1, update: 2 } as const;
export type ChangeAction = (typeof ChangeAction)[keyof typeof ChangeAction];

/** Source: official text, "Interactions Types". */
export const InteractionType = { meeting: 0, call: 1, chatMessage: 2, email: 3 } as const;
export type InteractionType = (typeof InteractionType)[keyof typeof InteractionType];

/** Who sent a chat message or an e-mail: somebody of the team, or somebody else. Source: official text, "Direction Types". */
export const Direction = { sent: 0, received: 1 } as const;
export type Direction = (typeof Direction)[keyof typeof Direction];

/** Which interactions to read: all, or only those logged by hand. Source: official text, "Logging Types". */
export const LoggingType = { all: 0, manual: 1 } as const;
export type LoggingType = (typeof LoggingType)[keyof typeof LoggingType];

/** Only `plain` and `html` can be created; the others are made by Affinity. Source: official text, "The Note Resource". */
export const NoteType = { plain: 0, fromEmail: 1, html: 2, aiSummary: 3 } as const;
export type NoteType = (typeof NoteType)[keyof typeof NoteType];

/** Source: official text, "Reminder Types". */
export const ReminderType = { oneTime: 0, recurring: 1 } as const;
export type ReminderType = (typeof ReminderType)[keyof typeof ReminderType];

/** What starts a recurring reminder anew. Source: official text, "Reminder Reset Types". */
export const ReminderResetType = { interaction: 0, email: 1, meeting: 2 } as const;
export type ReminderResetType = (typeof ReminderResetType)[keyof typeof ReminderResetType];

/** `overdue` follows from the due date; it can't be set. Source: official text, "Reminder Status Types". */
export const ReminderStatus = { completed: 0, active: 1, overdue: 2 } as const;
export type ReminderStatus = (typeof ReminderStatus)[keyof typeof ReminderStatus];

/** The 29 events that a webhook can be told of. Source: official text, "Supported Webhook Events". */
export const WEBHOOK_EVENTS = [
  'list.created',
  'list.updated',
  'list.deleted',
  'list_entry.created',
  'list_entry.deleted',
  'note.created',
  'note.updated',
  'note.deleted',
  'field.created',
  'field.updated',
  'field.deleted',
  'field_value.created',
  'field_value.updated',
  'field_value.deleted',
  'person.created',
  'person.updated',
  'person.deleted',
  'organization.created',
  'organization.updated',
  'organization.deleted',
  'organization.merged',
  'opportunity.created',
  'opportunity.updated',
  'opportunity.deleted',
  'file.created',
  'file.deleted',
  'reminder.created',
  'reminder.updated',
  'reminder.deleted',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Kinds of interaction whose dates persons and organizations can be searched by. Source: official text, "Search for Persons". */
export const SEARCHABLE_DATES = [
  'first_email',
  'last_email',
  'last_interaction',
  'last_event',
  'first_event',
  'next_event',
] as const;
export type SearchableDate = (typeof SEARCHABLE_DATES)[number];
