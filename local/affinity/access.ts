/** What a user may see, and finding records on behalf of one. Source: affinity-v1-facts, section 13. */
import { EntityType } from '../../src/api/records';
import type { Caller } from './emulate';
import { notFound, Refusal, unprocessable } from './refusal';
import { entityKey } from './world/field-values';
import type { FieldRecord, ListEntryRecord, ListRecord, OrganizationRecord, PersonRecord } from './world/records';

/** Public lists are everyone's; a private one is its owner's and of those who were given a role on it. */
export const isVisible = (list: ListRecord, { user }: Caller): boolean =>
  list.public ||
  list.owner_id === user.id ||
  list.additional_permissions.some((permission) => permission.internal_person_id === user.id);

/** The refusal for something that exists and that this user may not see. */
export const hidden = ({ world }: Caller): Refusal =>
  world.choices.hidden === 403
    ? new Refusal(403, 'You do not have sufficient rights to this resource')
    : notFound('The requested resource does not exist');

export const isHidden = (listId: number | null, caller: Caller): boolean => {
  const list = listId === null ? undefined : caller.world.lists.get(listId);
  return list !== undefined && caller.world.rules.isOn('hidden-list-refused') && !isVisible(list, caller);
};

/** @throws Refusal 404 for no such list, 403 (by choice 404) for a list that this user may not see. */
export const listFor = (caller: Caller, listId: number): ListRecord => {
  const list = caller.world.lists.get(listId);
  if (list === undefined) throw notFound(`List ${listId} does not exist`);
  if (isHidden(listId, caller)) throw hidden(caller);
  return list;
};

/** @throws Refusal as `listFor`, and 404 for an entry that is not on that list. */
export const entryFor = (caller: Caller, listId: number, listEntryId: number): ListEntryRecord => {
  const list = listFor(caller, listId);
  const entry = caller.world.entries.get(listEntryId);
  const isThere = entry?.list_id === list.id || !caller.world.rules.isOn('entry-belongs-to-list');
  if (entry === undefined || !isThere) throw notFound(`List entry ${listEntryId} does not exist on list ${listId}`);
  return entry;
};

/** Fields of lists that this user may see, and global ones. */
export const isFieldVisible = (field: FieldRecord, caller: Caller): boolean => !isHidden(field.list_id, caller);

/** @throws Refusal 422 when the record lives on under another id. */
export const refuseMerged = ({ world }: Caller, type: EntityType, id: number): void => {
  const survivor = world.merged.get(entityKey(type, id));
  if (survivor !== undefined && world.rules.isOn('merged-record-named')) {
    throw unprocessable(`${id} no longer exists as it has been merged into ${survivor}`);
  }
};

/** @throws Refusal 404, or 422 for a merged person. */
export const personFor = (caller: Caller, id: number): PersonRecord => {
  refuseMerged(caller, EntityType.person, id);
  const person = caller.world.persons.get(id);
  if (person === undefined) throw notFound(`Person ${id} does not exist`);
  return person;
};

/** @throws Refusal 404, or 422 for a merged organization. */
export const organizationFor = (caller: Caller, id: number): OrganizationRecord => {
  refuseMerged(caller, EntityType.organization, id);
  const organization = caller.world.organizations.get(id);
  if (organization === undefined) throw notFound(`Organization ${id} does not exist`);
  return organization;
};
