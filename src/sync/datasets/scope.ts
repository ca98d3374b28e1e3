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

/** Ids by type, for asking whether a record is about one of the entities. */
export const idsByType = (
  entities: readonly Entity[],
): Readonly<Record<keyof typeof EntityType, ReadonlySet<number>>> => {
  const of = (type: EntityType) => new Set(entities.filter((entity) => entity.type === type).map(({ id }) => id));
  return {
    person: of(EntityType.person),
    organization: of(EntityType.organization),
    opportunity: of(EntityType.opportunity),
  };
};
