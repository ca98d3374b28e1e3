/** Wire records: names and values exactly as the API has them. Source: official text and its recorded deviations. */
import {
  absentOrNull,
  anyOf,
  anything,
  array,
  type Codec,
  type Decoded,
  DecodeError,
  flag,
  integer,
  mapped,
  nullable,
  number,
  object,
  oneOf,
  optional,
  text,
  withDefault,
} from './codec';
import { EntityType } from './enums';

export { EntityType, ValueType } from './enums';

export const entityType = oneOf(EntityType.person, EntityType.organization, EntityType.opportunity);

/** A list entry inside a person, organization or opportunity: without the entity itself. */
export const nestedEntry = object({
  id: integer,
  list_id: integer,
  creator_id: absentOrNull(integer),
  entity_id: integer,
  entity_type: optional(integer),
  created_at: text,
});
/** @public for datasets over this resource */
export type NestedEntry = Decoded<typeof nestedEntry>;

/** Instants as ISO 8601 text, null for what never happened. `next_event_date` lies ahead. */
export const interactionDates = object({
  first_email_date: absentOrNull(text),
  last_email_date: absentOrNull(text),
  first_event_date: absentOrNull(text),
  last_event_date: absentOrNull(text),
  next_event_date: absentOrNull(text),
  last_chat_message_date: absentOrNull(text),
  last_interaction_date: absentOrNull(text),
});
/** @public for datasets over this resource */
export type InteractionDates = Decoded<typeof interactionDates>;

/** `person_ids` are the internal persons that took part; only with `with_interaction_persons`. */
const datedInteraction = absentOrNull(object({ date: absentOrNull(text), person_ids: optional(array(integer)) }));
export const datedInteractions = object({
  first_email: datedInteraction,
  last_email: datedInteraction,
  first_event: datedInteraction,
  last_event: datedInteraction,
  next_event: datedInteraction,
  last_chat_message: datedInteraction,
  last_interaction: datedInteraction,
});

/** What comes with a person or an organization only when it was asked for, or when one of them is read. */
const onRequest = {
  opportunity_ids: optional(array(integer)),
  list_entries: optional(array(nestedEntry)),
  interaction_dates: optional(nullable(interactionDates)),
  interactions: optional(nullable(datedInteractions)),
};

/** Source: official text, "The Person Resource". Found persons come without the optional parts. */
export const person = object({
  id: integer,
  type: integer,
  first_name: absentOrNull(text),
  last_name: absentOrNull(text),
  primary_email: absentOrNull(text),
  emails: withDefault(array(text), []),
  organization_ids: optional(array(integer)),
  current_organization_ids: optional(array(integer)),
  ...onRequest,
});
export type Person = Decoded<typeof person>;

/** Source: official text, "The Organization Resource". Found organizations come without the optional parts. */
export const organization = object({
  id: integer,
  name: absentOrNull(text),
  domain: absentOrNull(text),
  domains: withDefault(array(text), []),
  global: withDefault(flag, false),
  person_ids: optional(array(integer)),
  ...onRequest,
});
export type Organization = Decoded<typeof organization>;

/** Source: official text, "The Opportunity Resource". `list_entries` is empty when the key's user may not see the list. */
export const opportunity = object({
  id: integer,
  name: absentOrNull(text),
  person_ids: withDefault(array(integer), []),
  organization_ids: withDefault(array(integer), []),
  list_entries: withDefault(array(nestedEntry), []),
});
/** @public for datasets over this resource */
export type Opportunity = Decoded<typeof opportunity>;

export const list = object({
  id: integer,
  type: entityType,
  name: text,
  public: flag,
  owner_id: integer,
  creator_id: optional(integer),
  list_size: integer,
});
export type List = Decoded<typeof list>;

/** Who may do what on a list besides its owner. */
export const listPermission = object({ internal_person_id: integer, role_id: integer });

/** The answer to a new list: the only one that tells the permissions. Source: official text, "Create a New List". */
export const createdList = object({
  id: integer,
  type: entityType,
  name: text,
  public: flag,
  owner_id: integer,
  creator_id: optional(integer),
  list_size: integer,
  additional_permissions: withDefault(array(listPermission), []),
});

export const dropdownOption = object({
  id: integer,
  text: text,
  rank: withDefault(integer, 0),
  color: withDefault(integer, 0),
});
export type DropdownOption = Decoded<typeof dropdownOption>;

export const field = object({
  id: integer,
  name: text,
  list_id: absentOrNull(integer),
  enrichment_source: absentOrNull(text),
  value_type: integer,
  allows_multiple: flag,
  track_changes: withDefault(flag, false),
  dropdown_options: withDefault(array(dropdownOption), []),
});
export type Field = Decoded<typeof field>;

export const listWithFields = object({
  id: integer,
  type: entityType,
  name: text,
  public: flag,
  owner_id: integer,
  creator_id: optional(integer),
  list_size: integer,
  fields: array(field),
});

/** The entity inside a list entry. Which keys are there follows from the list's type. */
export const listEntity = object({
  id: optional(integer),
  type: optional(integer),
  first_name: absentOrNull(text),
  last_name: absentOrNull(text),
  primary_email: absentOrNull(text),
  emails: withDefault(array(text), []),
  name: absentOrNull(text),
  domain: absentOrNull(text),
  domains: withDefault(array(text), []),
  global: optional(flag),
});
/** @public for datasets over this resource */
export type ListEntity = Decoded<typeof listEntity>;

export const listEntry = object({
  id: integer,
  list_id: integer,
  creator_id: absentOrNull(integer),
  entity_id: integer,
  entity_type: optional(entityType),
  entity: listEntity,
  created_at: text,
});
export type ListEntry = Decoded<typeof listEntry>;

export interface ListEntryPage {
  readonly list_entries: readonly ListEntry[];
  readonly next_page_token: string | null;
}

const pageOfEntries = object({ list_entries: array(listEntry), next_page_token: absentOrNull(text) });

/** Without `page_size` the API answers with a bare array of all entries; both forms decode to a page. */
export const listEntryPage: Codec<ListEntryPage> = {
  shape: `${pageOfEntries.shape} | [${listEntry.shape}]`,
  decode: (raw, at) =>
    Array.isArray(raw)
      ? { list_entries: array(listEntry).decode(raw, at), next_page_token: null }
      : pageOfEntries.decode(raw, at),
};

export const location = object({
  street_address: absentOrNull(text),
  city: absentOrNull(text),
  state: absentOrNull(text),
  country: absentOrNull(text),
  continent: absentOrNull(text),
});
export type Location = Decoded<typeof location>;

/** One value of one cell. Its type is not reliable here; take it from the field. */
export const fieldValue = object({
  id: integer,
  field_id: integer,
  list_entry_id: absentOrNull(integer),
  entity_id: integer,
  created_at: absentOrNull(text),
  updated_at: absentOrNull(text),
  value: anything,
});
export type FieldValue = Decoded<typeof fieldValue>;

export const success: Codec<true> = {
  shape: '{success: true}',
  decode: (raw, at) => {
    if (object({ success: flag }).decode(raw, at).success) return true;
    throw new DecodeError(`${at}.success`, 'true');
  },
};

export const personPage = object({ persons: array(person), next_page_token: absentOrNull(text) });
export const organizationPage = object({ organizations: array(organization), next_page_token: absentOrNull(text) });
export const opportunityPage = object({ opportunities: array(opportunity), next_page_token: absentOrNull(text) });

/**
 * One step in the history of a cell. `value` is the new value, or the old one of a deletion; its type follows from the field.
 * `changed_at` is an instant as ISO 8601 text, of millisecond or microsecond precision.
 * Source: official text, "The Field Value Change Resource".
 */
export const fieldValueChange = object({
  id: integer,
  field_id: integer,
  entity_id: integer,
  list_entry_id: absentOrNull(integer),
  action_type: integer,
  changer: absentOrNull(person),
  changed_at: text,
  value: anything,
});
/** @public for datasets over this resource */
export type FieldValueChange = Decoded<typeof fieldValueChange>;

export const whoami = object({
  tenant: object({ id: integer, name: text, subdomain: text }),
  user: object({ id: integer, firstName: absentOrNull(text), lastName: absentOrNull(text), email: text }),
  grant: optional(object({ type: text, scope: text, createdAt: text })),
});
export type Whoami = Decoded<typeof whoami>;

/** Plans without a limit answer with the text "unlimited"; it decodes to null. */
const quota = mapped(anyOf(integer, oneOf('unlimited')), (value) => (value === 'unlimited' ? null : value));
export const rateWindow = object({
  limit: quota,
  remaining: quota,
  reset: absentOrNull(number),
  used: absentOrNull(number),
});
export const rateLimit = object({
  rate: object({ org_monthly: optional(nullable(rateWindow)), api_key_per_minute: rateWindow }),
});
/** @public for datasets over this resource */
export type RateLimit = Decoded<typeof rateLimit>;
