/**
 * How rows of a list come to be and go. An entity may be on a list more than once, so an entry is told by its entity and by being none
 * of those that were there before. Source: official text, "Create a New List Entry", "Create a New Opportunity".
 */
import { EntityType } from '../../api/records';
import type { Api, Creates, Opening, Removes } from './dataset';
import { createsOfEntities } from './entity-creation';
import { ENTITY_WORD } from './list-entity';
import { createsOfOpportunities } from './opportunity-creation';

export const createsOf = (type: EntityType, listId: number, listName: string, opening: Opening): Creates =>
  type === EntityType.opportunity
    ? createsOfOpportunities(listId, listName, opening)
    : createsOfEntities(type, listId, listName, opening.api);

export const removesOf = (type: EntityType, listId: number, api: Api): Removes => ({
  warning:
    type === EntityType.opportunity
      ? 'An opportunity lives on one list only: with its row, the opportunity itself is deleted in Affinity.'
      : `The list’s own values of these rows are deleted with them. Each ${ENTITY_WORD[type]} itself stays in Affinity.`,
  call: (key) => api.prepare.listEntries.remove({ path: { list_id: listId, list_entry_id: Number(key) } }),
});
