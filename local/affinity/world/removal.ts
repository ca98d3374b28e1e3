/** Removals with their consequences, and the merge of two records. Source: affinity-v1-facts, section 1 (call-outs). */
import { EntityType } from '../../../src/api/records';
import { entityKey, entryKey } from './field-values';
import type { ListEntryRecord } from './records';
import type { World } from './world';

/**
 * Removes an entry with its list-specific values, and the opportunity that lives on it. The two rules can be switched off.
 */
export const removeEntry = (world: World, entry: ListEntryRecord): void => {
  world.dropEntry(entry);
  if (world.rules.isOn('entry-removal-takes-values')) world.fieldValues.removeOwner(entryKey(entry.id));
  if (entry.entity_type === EntityType.opportunity && world.rules.isOn('entry-removal-takes-opportunity')) {
    world.opportunities.delete(entry.entity_id);
  }
};

/**
 * Removes a person, organization or opportunity with its entries and values. Cells that name a removed person or
 * organization keep the id: whether Affinity clears them is not known, and a client must survive the dangling one.
 */
export const removeEntity = (world: World, type: EntityType, id: number): void => {
  for (const entry of [...world.entriesOfEntity(type, id)]) removeEntry(world, entry);
  world.fieldValues.removeOwner(entityKey(type, id));
  switch (type) {
    case EntityType.person:
      for (const organizationId of world.persons.get(id)?.organization_ids ?? []) {
        const organization = world.organizations.get(organizationId);
        if (organization) organization.person_ids = organization.person_ids.filter((personId) => personId !== id);
      }
      world.persons.delete(id);
      return;
    case EntityType.organization:
      for (const personId of world.organizations.get(id)?.person_ids ?? []) {
        const person = world.persons.get(personId);
        if (person) person.organization_ids = person.organization_ids.filter((other) => other !== id);
      }
      world.organizations.delete(id);
      return;
    case EntityType.opportunity:
      world.opportunities.delete(id);
  }
};

export const removeField = (world: World, fieldId: number): void => {
  world.fields.delete(fieldId);
  world.fieldValues.removeField(fieldId);
};

/** Removes a list as the web app does (v1 has no call for it): its entries, fields, values and opportunities go with it. */
export const removeList = (world: World, listId: number): void => {
  for (const entry of [...world.entriesOf(listId)].reverse()) removeEntry(world, entry);
  for (const field of [...world.fields.values()]) if (field.list_id === listId) removeField(world, field.id);
  world.lists.delete(listId);
};

/**
 * Merges one person or organization into another as the web app does: entries and values move to the survivor, and the old
 * id is known only as merged from then on.
 */
export const merge = (world: World, type: 0 | 1, oldId: number, survivorId: number): void => {
  if (oldId === survivorId || !world.hasEntity(type, oldId) || !world.hasEntity(type, survivorId)) {
    throw new RangeError('a merge needs two records of the same type');
  }
  for (const entry of [...world.entriesOfEntity(type, oldId)]) world.rebindEntry(entry, survivorId);
  // In a single cell that both had filled, the survivor's value stays.
  const filled = new Set(world.fieldValues.of(entityKey(type, survivorId)).map((value) => value.field_id));
  for (const value of [...world.fieldValues.of(entityKey(type, oldId))]) {
    const isSingle = world.fields.get(value.field_id)?.allows_multiple === false;
    if (isSingle && filled.has(value.field_id)) world.fieldValues.remove(value.id);
  }
  world.fieldValues.move(entityKey(type, oldId), entityKey(type, survivorId), survivorId);
  if (type === EntityType.person) world.persons.delete(oldId);
  else world.organizations.delete(oldId);
  world.merged.set(entityKey(type, oldId), survivorId);
};
