/**
 * Whose notes, reminders or interactions are meant: everything that the key's user sees, the records behind chosen rows, or all
 * records of a list as it is at the moment of the run.
 */
import { array, type Codec, integer, object, optional, text } from '../../api/codec';
import { pages } from '../../api/paging';
import { EntityType, type ListEntry } from '../../api/records';
import { KEYS_PER_PAGE } from '../limits';
import { namedOpportunity, namedOrganization, namedPerson } from '../names';
import type { Opening } from './dataset';

/** One person, organization or opportunity. */
export interface Entity {
  readonly type: EntityType;
  readonly id: number;
}

/** Whose activity is meant. Neither a list nor entities: everything. */
export interface Scope {
  readonly listId?: number;
  /** Chosen records, e.g. `8:117`. */
  readonly entities?: readonly string[];
}
export const scope: Codec<Scope> = object({ listId: optional(integer), entities: optional(array(text)) });

const TYPES: readonly number[] = Object.values(EntityType);

/** An entity from its text, e.g. `8:117`; null for a text that names none. */
export const entityFrom = (text: string): Entity | null => {
  const [, type, id] = /^(\d+):(\d+)$/.exec(text) ?? [];
  return type === undefined || !TYPES.includes(Number(type))
    ? null
    : { type: Number(type) as EntityType, id: Number(id) }; // one of TYPES
};

/** The ids of the entities of a type, among texts that name entities. */
export const idsOf = (entities: readonly string[], type: EntityType): readonly number[] =>
  entities.flatMap((text) => {
    const entity = entityFrom(text);
    return entity?.type === type ? [entity.id] : [];
  });

const distinct = (entities: readonly Entity[]): readonly Entity[] => {
  const known = new Map(entities.map((entity) => [`${entity.type}:${entity.id}`, entity]));
  return [...known.values()].sort((a, b) => a.type - b.type || a.id - b.id);
};

const meet = ({ persons, organizations, opportunities }: Opening, type: EntityType, entry: ListEntry): void => {
  const named = { ...entry.entity, id: entry.entity_id };
  if (type === EntityType.person) persons.add(namedPerson(named));
  if (type === EntityType.organization) organizations.add(namedOrganization(named));
  if (type === EntityType.opportunity) opportunities.add(namedOpportunity(named));
};

/**
 * The entities that are meant, each once, by type and id; null for everything. Costs a call for the list and one for each
 * `KEYS_PER_PAGE` of its entries; nothing for chosen records. @throws ApiError
 */
export const entitiesOf = ({ listId, entities }: Scope, opening: Opening): readonly Entity[] | null => {
  if (listId === undefined)
    return entities === undefined ? null : distinct(entities.flatMap((one) => entityFrom(one) ?? []));
  const { api } = opening;
  const { type } = api.lists.get({ path: { list_id: listId } });
  const found: Entity[] = [];
  const fetch = (token: string | null) =>
    api.listEntries.page({
      path: { list_id: listId },
      query: { page_size: KEYS_PER_PAGE, ...(token === null ? {} : { page_token: token }) },
    });
  for (const { list_entries } of pages('listEntries.page', fetch)) {
    for (const entry of list_entries) {
      meet(opening, type, entry);
      found.push({ type, id: entry.entity_id });
    }
  }
  return distinct(found);
};

/** The records that something hangs on, by their ids; null or undefined for none. */
export interface Attachment<Id = number | null | undefined> {
  readonly persons: readonly Id[];
  readonly organizations: readonly Id[];
  readonly opportunities: readonly Id[];
}

/** Tells what hangs on one of these entities; everything does where they are null. */
export const aboutOneOf = (entities: readonly Entity[] | null): ((on: Attachment) => boolean) => {
  if (entities === null) return () => true;
  const of = (type: EntityType): ReadonlySet<unknown> =>
    new Set(entities.filter((entity) => entity.type === type).map(({ id }) => id));
  const [people, firms, deals] = [of(EntityType.person), of(EntityType.organization), of(EntityType.opportunity)];
  return ({ persons, organizations, opportunities }) =>
    persons.some((id) => people.has(id)) ||
    organizations.some((id) => firms.has(id)) ||
    opportunities.some((id) => deals.has(id));
};
