/** What a user may see, and finding records on behalf of one. Source: affinity-v1-facts, section 13. */
import { PersonType } from '../../src/api/enums';
import { EntityType } from '../../src/api/records';
import type { Caller } from './emulate';
import { notFound, Refusal, unprocessable } from './refusal';
import type { RuleName } from './rules';
import { entityKey } from './world/field-values';
import { instantOf } from './world/pacific';
import type {
  FieldRecord,
  ListEntryRecord,
  ListRecord,
  OpportunityRecord,
  OrganizationRecord,
  PersonRecord,
} from './world/records';

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

/** Whether the caller may see the list that an opportunity is on. */
export const isOpportunitySeen = (caller: Caller, opportunityId: number): boolean =>
  caller.world
    .entriesOfEntity(EntityType.opportunity, opportunityId)
    .every((entry) => !isHidden(entry.list_id, caller)) || !caller.world.rules.isOn('opportunity-hidden-with-its-list');

/** @throws Refusal 404 for no such opportunity, 403 (by choice 404) when its list is hidden. */
export const opportunityFor = (caller: Caller, id: number): OpportunityRecord => {
  const opportunity = caller.world.opportunities.get(id);
  if (opportunity === undefined) throw notFound(`Opportunity ${id} does not exist`);
  if (!isOpportunitySeen(caller, id)) throw hidden(caller);
  return opportunity;
};

/** @throws Refusal 422 for an id of nobody who can access Affinity, unless the rule is off. */
export const checkInternal = ({ world }: Caller, id: number, name: string, rule: RuleName): void => {
  if (world.persons.get(id)?.type === PersonType.internal || !world.rules.isOn(rule)) return;
  throw unprocessable(`${name} must be a person who can access Affinity`);
};

const NOUN = {
  [EntityType.person]: 'person',
  [EntityType.organization]: 'organization',
  [EntityType.opportunity]: 'opportunity',
} as const;

/** @throws Refusal 422 for an id of no such entity, for a merged one and for an opportunity out of sight. */
export const checkEntities = (
  caller: Caller,
  type: EntityType,
  ids: readonly number[],
  rule: RuleName = 'named-entities-exist',
): void => {
  for (const id of ids) {
    refuseMerged(caller, type, id);
    if (!caller.world.rules.isOn(rule)) continue;
    if (!caller.world.hasEntity(type, id)) throw unprocessable(`There is no ${NOUN[type]} ${id}`);
    if (type === EntityType.opportunity && !isOpportunitySeen(caller, id)) throw hidden(caller);
  }
};

/** The instant of an ISO 8601 text. @throws Refusal 422 for another text; without the rule that is the beginning of time. */
export const instantFor = ({ world }: Caller, text: string, name: string): number => {
  const instant = instantOf(text);
  if (instant !== null) return instant;
  if (!world.rules.isOn('times-are-iso')) return 0;
  throw unprocessable(`${name} must be an ISO 8601 date`);
};

/** The rest of a query, which every page of a result must share. */
export const withoutPage = <Q extends { readonly page_size?: number; readonly page_token?: string }>(
  query: Q,
): Omit<Q, 'page_size' | 'page_token'> => {
  const { page_size: _size, page_token: _token, ...rest } = query;
  return rest;
};
