/** Field values: the cells. Source: official text, "Field Values"; affinity-v1-facts, sections 3 and 4. */
import { ChangeAction } from '../../../src/api/enums';
import { EntityType } from '../../../src/api/records';
import type { Affinity } from '../../../src/api/table';
import { hidden, isHidden, refuseMerged } from '../access';
import { fieldValueAnswer } from '../answers/records';
import type { Caller, Handlers } from '../emulate';
import { tellFieldValue } from '../events';
import { notFound, unprocessable } from '../refusal';
import { storedValue } from '../values';
import { recordChange } from '../world/changes';
import { entityKey, entryKey } from '../world/field-values';
import type { FieldRecord, FieldValueRecord, ListEntryRecord } from '../world/records';

const SELECTORS = ['person_id', 'organization_id', 'opportunity_id', 'list_entry_id'] as const;
type Selector = (typeof SELECTORS)[number];

const ENTITY_OF = {
  person_id: EntityType.person,
  organization_id: EntityType.organization,
  opportunity_id: EntityType.opportunity,
} as const;

/** The one id of a query. @throws Refusal 422 for none or several. */
const selectorOf = (query: { readonly [S in Selector]?: number }, { world }: Caller): readonly [Selector, number] => {
  const given = SELECTORS.flatMap((name) => {
    const id = query[name];
    return id === undefined ? [] : [[name, id] as const];
  });
  const [first] = given;
  if (first === undefined || (given.length > 1 && world.rules.isOn('values-by-one-id'))) {
    throw unprocessable(`Exactly one of ${SELECTORS.join(', ')} must be specified`);
  }
  return first;
};

const valuesOfEntry = (caller: Caller, listEntryId: number): readonly FieldValueRecord[] => {
  const { world } = caller;
  const entry = world.entries.get(listEntryId);
  if (entry === undefined) {
    if (!world.rules.isOn('values-of-known-entity')) return [];
    throw unprocessable(`There is no list entry ${listEntryId}`);
  }
  if (isHidden(entry.list_id, caller)) throw hidden(caller);
  return world.fieldValues.of(entryKey(entry.id));
};

const valuesOfEntity = (caller: Caller, type: EntityType, id: number): readonly FieldValueRecord[] => {
  const { world } = caller;
  refuseMerged(caller, type, id);
  if (!world.hasEntity(type, id)) {
    if (!world.rules.isOn('values-of-known-entity')) return [];
    throw unprocessable(`There is no entity ${id} of this type`);
  }
  const entries = world.entriesOfEntity(type, id);
  const seen = entries.filter(
    (entry) => !isHidden(entry.list_id, caller) || !world.rules.isOn('values-of-hidden-lists-left-out'),
  );
  // An opportunity lives on one list; who may not see the list may not see the opportunity.
  if (type === EntityType.opportunity && entries.length > 0 && seen.length === 0) throw hidden(caller);
  const own = world.fieldValues.of(entityKey(type, id));
  if (!world.rules.isOn('values-include-entries')) return own;
  return [...own, ...seen.flatMap((entry) => world.fieldValues.of(entryKey(entry.id)))];
};

/** The field of a write. @throws Refusal for one that does not exist, is hidden or is filled by Affinity. */
const writableField = (caller: Caller, fieldId: number): FieldRecord => {
  const { world } = caller;
  const field = world.fields.get(fieldId);
  if (field === undefined) throw unprocessable(`There is no field ${fieldId}`);
  if (isHidden(field.list_id, caller)) throw hidden(caller);
  if (field.enrichment_source !== 'none' && world.rules.isOn('enriched-field-is-read-only')) {
    throw unprocessable(`${field.name} is filled by Affinity and cannot be changed`);
  }
  return field;
};

interface Target {
  readonly entry: ListEntryRecord | null;
  readonly entityId: number;
}

/** Where a new value goes. @throws Refusal 422 when field, entry and entity do not fit together. */
const targetOf = (
  caller: Caller,
  field: FieldRecord,
  body: { readonly entity_id: number; readonly list_entry_id?: number },
): Target => {
  const { world } = caller;
  const { rules } = world;
  if (field.list_id === null) {
    if (body.list_entry_id !== undefined && rules.isOn('global-field-refuses-entry')) {
      throw unprocessable(`${field.name} is a global field: list_entry_id must not be specified`);
    }
    refuseMerged(caller, field.entity_type, body.entity_id);
    if (!world.hasEntity(field.entity_type, body.entity_id) && rules.isOn('entity-fits-field')) {
      throw unprocessable(`${field.name}: there is no entity ${body.entity_id} of the field's type`);
    }
    return { entry: null, entityId: body.entity_id };
  }
  if (body.list_entry_id === undefined) {
    if (rules.isOn('list-field-needs-entry')) {
      throw unprocessable(`${field.name} is specific to a list: list_entry_id must be specified`);
    }
    const [entry] = world.entriesOfEntity(field.entity_type, body.entity_id);
    return { entry: entry ?? null, entityId: body.entity_id };
  }
  const entry = world.entries.get(body.list_entry_id);
  if (entry === undefined) throw unprocessable(`There is no list entry ${body.list_entry_id}`);
  if (entry.list_id !== field.list_id && rules.isOn('entry-on-list-of-field')) {
    throw unprocessable(`List entry ${entry.id} is not on the list of ${field.name}`);
  }
  if (entry.entity_id !== body.entity_id && rules.isOn('entry-holds-entity')) {
    throw unprocessable(`List entry ${entry.id} does not stand for entity ${body.entity_id}`);
  }
  return { entry, entityId: entry.entity_id };
};

/** @throws Refusal 404 for no such value, 403 (by choice 404) for one on a hidden list. */
const valueFor = (caller: Caller, fieldValueId: number): FieldValueRecord => {
  const value = caller.world.fieldValues.find(fieldValueId);
  if (value === undefined) throw notFound(`Field value ${fieldValueId} does not exist`);
  const entry = value.list_entry_id === null ? undefined : caller.world.entries.get(value.list_entry_id);
  if (entry !== undefined && isHidden(entry.list_id, caller)) throw hidden(caller);
  return value;
};

export const fieldValues: Handlers<Affinity>['fieldValues'] = {
  list: ({ query }, caller) => {
    const [selector, id] = selectorOf(query, caller);
    const values =
      selector === 'list_entry_id' ? valuesOfEntry(caller, id) : valuesOfEntity(caller, ENTITY_OF[selector], id);
    return values.map((value) => fieldValueAnswer(caller.world, value));
  },

  create: ({ body }, caller) => {
    const { world } = caller;
    const field = writableField(caller, body.field_id);
    const { entry, entityId } = targetOf(caller, field, body);
    const value = storedValue(body.value, field, caller);
    const key = entry === null ? entityKey(field.entity_type, entityId) : entryKey(entry.id);
    const filled = world.fieldValues.of(key).filter((other) => other.field_id === field.id);
    if (!field.allows_multiple && filled.length > 0 && world.rules.isOn('single-cell-takes-one-value')) {
      if (world.choices.filledCell === 'refuse') throw unprocessable(`${field.name} already has a value`);
      for (const old of filled) {
        world.fieldValues.remove(old.id);
        recordChange(world, ChangeAction.delete, old, caller.user.id);
        tellFieldValue(world, 'deleted', old);
      }
    }
    const created: FieldValueRecord = {
      id: world.nextId('fieldValue'),
      field_id: field.id,
      list_entry_id: entry?.id ?? null,
      entity_id: entityId,
      entity_type: field.entity_type,
      created_at: world.clock.now(),
      updated_at: null,
      value,
    };
    world.fieldValues.add(key, created);
    recordChange(world, ChangeAction.create, created, caller.user.id);
    tellFieldValue(world, 'created', created);
    return fieldValueAnswer(world, created);
  },

  update: ({ path, body }, caller) => {
    const { world } = caller;
    const value = valueFor(caller, path.field_value_id);
    const field = writableField(caller, value.field_id);
    const updated = { ...value, value: storedValue(body.value, field, caller), updated_at: world.clock.now() };
    world.fieldValues.replace(updated);
    recordChange(world, ChangeAction.update, updated, caller.user.id);
    tellFieldValue(world, 'updated', updated);
    return fieldValueAnswer(world, updated);
  },

  remove: ({ path }, caller) => {
    const value = valueFor(caller, path.field_value_id);
    writableField(caller, value.field_id);
    caller.world.fieldValues.remove(value.id);
    recordChange(caller.world, ChangeAction.delete, value, caller.user.id);
    tellFieldValue(caller.world, 'deleted', value);
    return { success: true };
  },
};
