/**
 * What webhooks are told of, and removals that tell. Bodies are the answers of the API; a field value comes with its field, and a
 * removed entity without its associations. Source: official text, "Supported Webhook Events"; affinity-v1-facts, section 11.
 */
import { EntityType, type WebhookEvent } from '../../src/api/enums';
import {
  fieldAnswer,
  fieldValueAnswer,
  listAnswer,
  listEntryAnswer,
  opportunityAnswer,
  organizationAnswer,
  personAnswer,
} from './answers/records';
import type { FieldRecord, FieldValueRecord, ListEntryRecord, ListRecord } from './world/records';
import { removeEntity, removeEntry, removeField } from './world/removal';
import type { World } from './world/world';

type Change = 'created' | 'updated' | 'deleted';
/** Names an event of a kind. The union of all kinds and changes holds more than the API has, hence the narrower callers below. */
const named = (kind: string, change: Change): WebhookEvent => `${kind}.${change}` as WebhookEvent;

export const tell = (world: World, event: WebhookEvent, body: object): void => world.emit(event, () => body);

export const tellFieldValue = (world: World, change: Change, value: FieldValueRecord): void =>
  world.emit(named('field_value', change), () => {
    const field = world.fields.get(value.field_id);
    return { ...fieldValueAnswer(world, value), field: field === undefined ? null : fieldAnswer(field) };
  });

export const tellField = (world: World, change: Change, field: FieldRecord): void =>
  world.emit(named('field', change), () => fieldAnswer(field));

export const tellEntry = (world: World, change: 'created' | 'deleted', entry: ListEntryRecord): void =>
  world.emit(named('list_entry', change), () => listEntryAnswer(world, entry));

export const tellList = (world: World, list: ListRecord): void =>
  world.emit('list.created', () => listAnswer(world, list));

const entityBody = (world: World, type: EntityType, id: number, isDeleted: boolean): object => {
  switch (type) {
    case EntityType.person: {
      const person = world.persons.get(id);
      if (person === undefined) return { id };
      return isDeleted ? personAnswer(person) : { ...personAnswer(person), organization_ids: person.organization_ids };
    }
    case EntityType.organization: {
      const one = world.organizations.get(id);
      if (one === undefined) return { id };
      return isDeleted ? organizationAnswer(one) : { ...organizationAnswer(one), person_ids: one.person_ids };
    }
    case EntityType.opportunity: {
      const one = world.opportunities.get(id);
      if (one === undefined) return { id };
      return isDeleted ? { id, name: one.name } : opportunityAnswer(world, one);
    }
  }
};

const KIND = {
  [EntityType.person]: 'person',
  [EntityType.organization]: 'organization',
  [EntityType.opportunity]: 'opportunity',
} as const;

export const tellEntity = (world: World, change: 'created' | 'updated', type: EntityType, id: number): void =>
  world.emit(named(KIND[type], change), () => entityBody(world, type, id, false));

/** Removes an entry and tells of it, and of the opportunity that went with it. */
export const deleteEntry = (world: World, entry: ListEntryRecord): void => {
  const body = listEntryAnswer(world, entry);
  const isOpportunity = entry.entity_type === EntityType.opportunity;
  const entity = isOpportunity ? entityBody(world, entry.entity_type, entry.entity_id, true) : null;
  removeEntry(world, entry);
  tell(world, 'list_entry.deleted', body);
  if (entity !== null) tell(world, 'opportunity.deleted', entity);
};

/** Removes an entity with its entries and tells of it. */
export const deleteEntity = (world: World, type: EntityType, id: number): void => {
  const body = entityBody(world, type, id, true);
  const entries = world.entriesOfEntity(type, id).map((entry) => listEntryAnswer(world, entry));
  removeEntity(world, type, id);
  for (const entry of entries) tell(world, 'list_entry.deleted', entry);
  tell(world, named(KIND[type], 'deleted'), body);
};

export const deleteField = (world: World, field: FieldRecord): void => {
  removeField(world, field.id);
  tellField(world, 'deleted', field);
};
