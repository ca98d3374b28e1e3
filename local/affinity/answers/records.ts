/** How records look on the wire: the keys and the timestamp styles of real answers. Source: affinity-v1-facts, section 3. */
import { EntityType, ValueType } from '../../../src/api/records';
import { INTERACTION_KINDS, type InteractionDates, type InteractionKind, internalOf } from '../world/interactions';
import { pacificMidnight, withPacificOffset, withZ } from '../world/pacific';
import type {
  FieldRecord,
  FieldValueRecord,
  ListEntryRecord,
  ListRecord,
  OpportunityRecord,
  OrganizationRecord,
  PersonRecord,
} from '../world/records';
import type { World } from '../world/world';

export const listAnswer = (world: World, list: ListRecord): object => ({
  id: list.id,
  type: list.type,
  name: list.name,
  public: list.public,
  owner_id: list.owner_id,
  creator_id: list.creator_id,
  list_size: world.entriesOf(list.id).length,
});

export const personAnswer = (person: PersonRecord): object => ({
  id: person.id,
  type: person.type,
  first_name: person.first_name,
  last_name: person.last_name,
  primary_email: person.primary_email,
  emails: person.emails,
});

export const organizationAnswer = (organization: OrganizationRecord): object => ({
  id: organization.id,
  name: organization.name,
  domain: organization.domain,
  domains: organization.domains,
  crunchbase_uuid: organization.crunchbase_uuid,
  global: organization.global,
});

const entityAnswer = (world: World, entry: ListEntryRecord): object => {
  switch (entry.entity_type) {
    case EntityType.person: {
      const person = world.persons.get(entry.entity_id);
      return person === undefined ? { id: entry.entity_id } : personAnswer(person);
    }
    case EntityType.organization: {
      const organization = world.organizations.get(entry.entity_id);
      return organization === undefined ? { id: entry.entity_id } : organizationAnswer(organization);
    }
    case EntityType.opportunity:
      return { id: entry.entity_id, name: world.opportunities.get(entry.entity_id)?.name ?? null };
  }
};

/** A list entry inside a person or organization: without the entity itself. */
export const nestedEntryAnswer = (entry: ListEntryRecord): object => ({
  id: entry.id,
  list_id: entry.list_id,
  creator_id: entry.creator_id,
  entity_id: entry.entity_id,
  entity_type: entry.entity_type,
  created_at: withZ(entry.created_at),
});

export const listEntryAnswer = (world: World, entry: ListEntryRecord): object => ({
  ...nestedEntryAnswer(entry),
  entity: entityAnswer(world, entry),
});

export interface FieldForm {
  readonly name?: string;
  readonly withoutOptions?: boolean;
}

export const fieldAnswer = (field: FieldRecord, form: FieldForm = {}): object => ({
  id: field.id,
  name: form.name ?? field.name,
  list_id: field.list_id,
  enrichment_source: field.enrichment_source,
  value_type: field.value_type,
  allows_multiple: field.allows_multiple,
  track_changes: field.track_changes,
  ...(form.withoutOptions === true ? {} : { dropdown_options: field.dropdown_options }),
});

/** What a cell's value looks like on the wire; its type follows from the field. */
export const valueAnswer = (
  world: World,
  field: FieldRecord | undefined,
  value: FieldValueRecord['value'],
): unknown => {
  if (field?.enrichment_source === 'crunchbase' && world.rules.isOn('crunchbase-values-null')) return null;
  if (field?.value_type === ValueType.date && typeof value === 'string') {
    if (!world.rules.isOn('date-is-pacific-midnight')) return `${value}T00:00:00.000Z`;
    const midnight = pacificMidnight(value);
    return world.choices.dates === 'utc' ? withZ(midnight) : withPacificOffset(midnight);
  }
  if (field?.value_type === ValueType.rankedDropdown) {
    return field.dropdown_options.find((option) => option.id === value) ?? null;
  }
  return value;
};

const showsTypes = (world: World, value: FieldValueRecord): boolean => {
  const { valueTypes } = world.choices;
  // In the official examples some rows have the two types and some do not; which ones follows no rule that we know.
  return valueTypes === 'mixed' ? value.id % 2 === 0 : valueTypes === 'always';
};

export const fieldValueAnswer = (world: World, value: FieldValueRecord): object => {
  const field = world.fields.get(value.field_id);
  return {
    id: value.id,
    field_id: value.field_id,
    list_entry_id: value.list_entry_id,
    ...(showsTypes(world, value)
      ? {
          // An official example shows 0 for an opportunity; both forms are met.
          entity_type: value.entity_type === EntityType.opportunity && value.id % 4 === 0 ? 0 : value.entity_type,
          value_type: field?.value_type ?? null,
        }
      : {}),
    entity_id: value.entity_id,
    created_at: withPacificOffset(value.created_at),
    updated_at: value.updated_at === null ? null : withPacificOffset(value.updated_at),
    value: valueAnswer(world, field, value.value),
  };
};

/** The two objects that come with `with_interaction_dates`. */
export const interactionAnswers = (world: World, dates: InteractionDates | null, withPersons: boolean): object => {
  const at = (kind: InteractionKind): string | null => {
    const one = dates?.[kind] ?? null;
    return one === null ? null : withPacificOffset(one.date);
  };
  return {
    interaction_dates: Object.fromEntries(INTERACTION_KINDS.map((kind) => [`${kind}_date`, at(kind)])),
    interactions: Object.fromEntries(
      INTERACTION_KINDS.map((kind) => {
        const one = dates?.[kind] ?? null;
        if (one === null) return [kind, null];
        return [kind, { date: at(kind), ...(withPersons ? { person_ids: internalOf(world, one) } : {}) }];
      }),
    ),
  };
};

/** `isListSeen`: whether the caller may see the list that the opportunity is on. */
export const opportunityAnswer = (world: World, one: OpportunityRecord, isListSeen = true): object => ({
  id: one.id,
  name: one.name,
  person_ids: one.person_ids,
  organization_ids: one.organization_ids,
  list_entries: isListSeen ? world.entriesOfEntity(EntityType.opportunity, one.id).map(nestedEntryAnswer) : [],
});
