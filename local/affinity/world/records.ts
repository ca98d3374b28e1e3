/**
 * What the emulated account holds, as plain records. Field names are the API's; instants are milliseconds since 1970 (UTC)
 * until an answer prints them, and a date value is a calendar day. Projections to the wire live in `answers/`.
 */
import type { DropdownOption, EntityType, Location } from '../../../src/api/records';

export interface Tenant {
  readonly id: number;
  readonly name: string;
  readonly subdomain: string;
}

/** Somebody with an account and a key. `id` is also the id of an internal person. */
export interface User {
  readonly id: number;
  readonly key: string;
  /** What the user is in this world: the README names each of them by it. */
  readonly role: 'admin' | 'colleague' | 'guest';
  readonly keyCreatedAt: number;
}

/** Kinds of interaction that have a date on persons and organizations, with the day's instant or null for "never". */
export const INTERACTION_KINDS = [
  'first_email',
  'last_email',
  'last_event',
  'last_chat_message',
  'last_interaction',
  'next_event',
  'first_event',
] as const;
export type InteractionKind = (typeof INTERACTION_KINDS)[number];

export interface InteractionDates {
  readonly at: Readonly<Record<InteractionKind, number | null>>;
  /** Internal persons that took part. */
  readonly person_ids: readonly number[];
}

export interface PersonRecord {
  readonly id: number;
  readonly type: 0 | 1;
  first_name: string | null;
  last_name: string | null;
  primary_email: string | null;
  emails: readonly string[];
  organization_ids: readonly number[];
  current_organization_ids: readonly number[];
  readonly interactions: InteractionDates | null;
}

export interface OrganizationRecord {
  readonly id: number;
  name: string | null;
  domain: string | null;
  domains: readonly string[];
  readonly crunchbase_uuid: string | null;
  /** Part of Affinity's own data: name and domain are fixed, deletion is refused. */
  readonly global: boolean;
  /** False for a global organization that the team never used: only a search by term finds it. */
  readonly isKnown: boolean;
  person_ids: readonly number[];
  readonly interactions: InteractionDates | null;
}

export interface OpportunityRecord {
  readonly id: number;
  name: string;
  person_ids: readonly number[];
  organization_ids: readonly number[];
}

/** Source: official text, "List-level Roles". */
export const ListRole = { admin: 0, basic: 1, standard: 2 } as const;
export type ListRole = (typeof ListRole)[keyof typeof ListRole];

export interface ListPermission {
  readonly internal_person_id: number;
  readonly role_id: ListRole;
}

export interface ListRecord {
  readonly id: number;
  readonly type: EntityType;
  readonly name: string;
  readonly public: boolean;
  readonly owner_id: number;
  readonly creator_id: number;
  readonly additional_permissions: readonly ListPermission[];
}

export interface FieldRecord {
  readonly id: number;
  readonly name: string;
  /** What the field is about; the wire does not show it. */
  readonly entity_type: EntityType;
  /** Null for a global field. */
  readonly list_id: number | null;
  /** `none` for a field of the team's own; anything else is filled by Affinity and read-only. */
  readonly enrichment_source: string;
  readonly value_type: number;
  readonly allows_multiple: boolean;
  readonly track_changes: boolean;
  dropdown_options: readonly DropdownOption[];
}

export interface ListEntryRecord {
  readonly id: number;
  readonly list_id: number;
  readonly creator_id: number;
  entity_id: number;
  readonly entity_type: EntityType;
  readonly created_at: number;
}

/**
 * The value of a cell as it is kept: a person or organization id, a number, a text, the id of a ranked option, the day
 * `YYYY-MM-DD` of a date, a location, or null where Affinity hides it (Crunchbase).
 */
export type StoredValue = number | string | Location | null;

export interface FieldValueRecord {
  readonly id: number;
  readonly field_id: number;
  readonly list_entry_id: number | null;
  readonly entity_id: number;
  readonly entity_type: EntityType;
  readonly created_at: number;
  readonly updated_at: number | null;
  readonly value: StoredValue;
}
