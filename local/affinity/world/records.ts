/**
 * What the emulated account holds, as plain records. Field names are the API's; instants are milliseconds since 1970 (UTC)
 * until an answer prints them, and a date value is a calendar day. Projections to the wire live in `answers/`.
 */
import type { ChangeAction, ListRole, WebhookEvent } from '../../../src/api/enums';
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

export interface PersonRecord {
  readonly id: number;
  readonly type: 0 | 1;
  first_name: string | null;
  last_name: string | null;
  primary_email: string | null;
  emails: readonly string[];
  organization_ids: readonly number[];
  current_organization_ids: readonly number[];
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
}

export interface OpportunityRecord {
  readonly id: number;
  name: string;
  person_ids: readonly number[];
  organization_ids: readonly number[];
}

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

/** One step in the history of a cell. The value is kept as field values are: the new one, or the old one of a deletion. */
export interface ChangeRecord {
  readonly id: number;
  readonly field_id: number;
  readonly entity_id: number;
  readonly list_entry_id: number | null;
  readonly action_type: ChangeAction;
  readonly changer_id: number;
  readonly changed_at: number;
  readonly value: StoredValue;
}

/** A meeting, call, chat message or e-mail. `id` is unique within its type only. */
export interface InteractionRecord {
  readonly id: number;
  readonly type: 0 | 1 | 2 | 3;
  readonly date: number;
  readonly end_time: number | null;
  readonly updated_at: number | null;
  /** Null for what Affinity logged by itself. */
  readonly manual_creator_id: number | null;
  /** Title of a meeting or call, subject of an e-mail. */
  readonly title: string | null;
  /** Only of chat messages and e-mails. */
  readonly direction: 0 | 1 | null;
  /** Everyone in it, internal and external. Of an e-mail: the sender first, then those it went to. */
  readonly person_ids: readonly number[];
  readonly cc_ids: readonly number[];
}

export interface NoteRecord {
  readonly id: number;
  readonly creator_id: number;
  readonly person_ids: readonly number[];
  readonly organization_ids: readonly number[];
  readonly opportunity_ids: readonly number[];
  readonly interaction: { readonly id: number; readonly type: 0 | 1 | 2 | 3 } | null;
  readonly mentioned_person_ids: readonly number[];
  readonly parent_id: number | null;
  /** As it was written; an HTML note is read as text. */
  readonly content: string;
  readonly type: 0 | 1 | 2 | 3;
  readonly created_at: number;
  readonly updated_at: number | null;
}

export interface ReminderRecord {
  readonly id: number;
  readonly type: 0 | 1;
  readonly content: string | null;
  readonly created_at: number;
  readonly completed_at: number | null;
  readonly due_date: number | null;
  readonly reset_type: 0 | 1 | 2 | null;
  readonly reminder_days: number | null;
  readonly creator_id: number;
  readonly owner_id: number;
  readonly completer_id: number | null;
  readonly person_id: number | null;
  readonly organization_id: number | null;
  readonly opportunity_id: number | null;
}

export interface EntityFileRecord {
  readonly id: number;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  readonly person_id: number | null;
  readonly organization_id: number | null;
  readonly opportunity_id: number | null;
  readonly uploader_id: number;
  readonly created_at: number;
}

export interface WebhookRecord {
  readonly id: number;
  readonly webhook_url: string;
  /** None means all events. */
  readonly subscriptions: readonly WebhookEvent[];
  readonly disabled: boolean;
  readonly created_by: number;
}
