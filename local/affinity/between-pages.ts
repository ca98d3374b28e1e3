/**
 * What other people do while somebody reads page after page: a row joins the result, or one that was read leaves it, and all
 * that follow move by one. Offsets in page tokens do not know. Source: affinity-v1-facts, section 10.
 */
import { EntityType } from '../../src/api/enums';
import { removeEntity, removeEntry } from './world/removal';
import type { World } from './world/world';

const addEntry = (world: World, listId: number): void => {
  const list = world.lists.get(listId);
  const [oldest] = world.entriesOf(listId);
  if (list === undefined || oldest === undefined) return;
  let entity_id = oldest.entity_id;
  if (list.type === EntityType.opportunity) {
    entity_id = world.nextId('opportunity');
    world.opportunities.set(entity_id, {
      id: entity_id,
      name: 'Added meanwhile',
      person_ids: [],
      organization_ids: [],
    });
  }
  world.addEntry({ ...oldest, id: world.nextId('listEntry'), entity_id, created_at: world.clock.now() });
};

/** The row that a reader met first: the newest entry, or the oldest where the order is the other way round. */
const removeFirstEntry = (world: World, listId: number): void => {
  const entries = world.entriesOf(listId);
  const first = world.choices.entryOrder === 'newest-first' ? entries[entries.length - 1] : entries[0];
  if (first !== undefined) removeEntry(world, first);
};

const removeFirst = (
  world: World,
  type: EntityType,
  rows: Iterable<{ readonly id: number; readonly type?: number }>,
): void => {
  for (const { id, type: kind } of rows) {
    // The users of the account stay.
    if (type === EntityType.person && kind === 1) continue;
    removeEntity(world, type, id);
    return;
  }
};

const copyNewest = <T extends { readonly id: number }>(
  shelf: { all(): readonly T[]; put(row: T): void },
  id: number,
  rest: Partial<T>,
): void => {
  const rows = shelf.all();
  const last = rows[rows.length - 1];
  if (last !== undefined) shelf.put({ ...last, id, ...rest });
};

/** Changes the rows that this endpoint pages through; other endpoints are left alone. */
export const shiftRows = (world: World, endpoint: string, url: string, how: 'row-added' | 'row-removed'): void => {
  const isAdding = how === 'row-added';
  switch (endpoint) {
    case 'listEntries.page': {
      const listId = Number(/\/lists\/(\d+)\//.exec(url)?.[1]);
      if (isAdding) addEntry(world, listId);
      else removeFirstEntry(world, listId);
      return;
    }
    case 'persons.search':
      if (!isAdding) removeFirst(world, EntityType.person, world.persons.values());
      return;
    case 'organizations.search':
      if (!isAdding) removeFirst(world, EntityType.organization, world.organizations.values());
      return;
    case 'opportunities.search':
      if (!isAdding) removeFirst(world, EntityType.opportunity, world.opportunities.values());
      return;
    case 'notes.list': {
      const newest = world.notes.all()[world.notes.size - 1];
      if (isAdding) copyNewest(world.notes, world.nextId('note'), { created_at: world.clock.now() });
      else if (newest !== undefined) world.notes.remove(newest.id);
      return;
    }
    case 'reminders.list': {
      const [first] = world.reminders.all();
      if (isAdding) copyNewest(world.reminders, world.nextId('reminder'), {});
      else if (first !== undefined) world.reminders.remove(first.id);
      return;
    }
    case 'entityFiles.list': {
      const [first] = world.entityFiles.all();
      if (isAdding) copyNewest(world.entityFiles, world.nextId('entityFile'), {});
      else if (first !== undefined) world.entityFiles.remove(first.id);
      return;
    }
  }
};
