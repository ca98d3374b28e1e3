/** List entries. Source: official text, "List Entries". */
import { EntityType } from '../../../src/api/records';
import type { Affinity } from '../../../src/api/table';
import { entryFor, listFor, refuseMerged } from '../access';
import { listEntryAnswer } from '../answers/records';
import type { Caller, Handlers } from '../emulate';
import { deleteEntry, tellEntry } from '../events';
import { pageOf } from '../paging';
import { unprocessable } from '../refusal';
import type { World } from '../world/world';

const inOrder = (world: World, listId: number) => {
  const entries = [...world.entriesOf(listId)];
  return world.choices.entryOrder === 'newest-first' ? entries.reverse() : entries;
};

const checkEntity = (caller: Caller, type: EntityType, id: number): void => {
  refuseMerged(caller, type, id);
  if (caller.world.hasEntity(type, id)) return;
  if (!caller.world.rules.isOn('entry-entity-exists')) return;
  throw unprocessable(
    `There is no ${type === EntityType.person ? 'person' : 'organization'} ${id} to add to this list`,
  );
};

const checkCreator = ({ world }: Caller, creatorId: number): void => {
  const isUser = world.persons.get(creatorId)?.type === 1;
  if (!isUser && world.rules.isOn('entry-creator-is-internal')) {
    throw unprocessable('creator_id must be a person who can access Affinity');
  }
};

/** No list size is given up: any page size is fine here, and the text names no maximum. */
const MAX_ENTRIES_PAGE = Number.MAX_SAFE_INTEGER;

export const listEntries: Handlers<Affinity>['listEntries'] = {
  page: ({ path, query }, caller) => {
    const { world } = caller;
    const list = listFor(caller, path.list_id);
    const entries = inOrder(world, list.id);
    const tokenNeedsSize = world.rules.isOn('entries-token-needs-page-size');
    const isPaged = query.page_size !== undefined || (query.page_token !== undefined && !tokenNeedsSize);
    if (!isPaged && world.rules.isOn('entries-bare-array-without-page-size')) {
      return entries.map((entry) => listEntryAnswer(world, entry));
    }
    const { items, next_page_token } = pageOf(world, entries, query, { list_id: list.id }, MAX_ENTRIES_PAGE);
    return { list_entries: items.map((entry) => listEntryAnswer(world, entry)), next_page_token };
  },

  get: ({ path }, caller) => listEntryAnswer(caller.world, entryFor(caller, path.list_id, path.list_entry_id)),

  create: ({ path, body }, caller) => {
    const { world, user } = caller;
    const list = listFor(caller, path.list_id);
    if (list.type === EntityType.opportunity && world.rules.isOn('entry-not-for-opportunities')) {
      throw unprocessable('Opportunities cannot be added to a list; create the opportunity instead');
    }
    checkEntity(caller, list.type, body.entity_id);
    const creatorId = body.creator_id ?? user.id;
    checkCreator(caller, creatorId);
    const isThere = world.entriesOfEntity(list.type, body.entity_id).some((entry) => entry.list_id === list.id);
    if (isThere && !world.rules.isOn('entry-may-repeat-entity'))
      throw unprocessable('The entity is already on this list');
    const entry = {
      id: world.nextId('listEntry'),
      list_id: list.id,
      creator_id: creatorId,
      entity_id: body.entity_id,
      entity_type: list.type,
      created_at: world.clock.now(),
    };
    world.addEntry(entry);
    tellEntry(world, 'created', entry);
    return listEntryAnswer(world, entry);
  },

  remove: ({ path }, caller) => {
    deleteEntry(caller.world, entryFor(caller, path.list_id, path.list_entry_id));
    return { success: true };
  },
};
