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

/** Types of entity, and so of list: what each entry of a list is. */
export const EntityType = { person: 0, organization: 1, opportunity: 8 } as const;
export type EntityType = (typeof EntityType)[keyof typeof EntityType];

/** Types of a field's values. Codes that are not listed here exist; such fields can be shown and never written. */
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

export const PersonType = { external: 0, internal: 1 } as const;

export const entityType = oneOf(EntityType.person, EntityType.organization, EntityType.opportunity);

export const person = object({
  id: integer,
  type: integer,
  first_name: absentOrNull(text),
  last_name: absentOrNull(text),
  primary_email: absentOrNull(text),
  emails: withDefault(array(text), []),
});
export type Person = Decoded<typeof person>;

export const organization = object({
  id: integer,
  name: absentOrNull(text),
  domain: absentOrNull(text),
  domains: withDefault(array(text), []),
  global: withDefault(flag, false),
});
export type Organization = Decoded<typeof organization>;

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

export const whoami = object({
  tenant: object({ id: integer, name: text, subdomain: text }),
  user: object({ id: integer, firstName: absentOrNull(text), lastName: absentOrNull(text), email: text }),
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
export type RateLimit = Decoded<typeof rateLimit>;
