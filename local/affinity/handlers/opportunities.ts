/** Opportunities: each lives on one list, and is seen by those who see that list. Source: official text, "Opportunities". */
import { EntityType } from '../../../src/api/enums';
import type { Affinity } from '../../../src/api/table';
import { checkEntities, isHidden, isOpportunitySeen, listFor, opportunityFor, withoutPage } from '../access';
import { opportunityAnswer } from '../answers/records';
import type { Caller, Handlers } from '../emulate';
import { deleteEntity, tellEntity, tellEntry } from '../events';
import { pageOf } from '../paging';
import { unprocessable } from '../refusal';
import type { ListEntryRecord, OpportunityRecord } from '../world/records';

const answer = (caller: Caller, one: OpportunityRecord): object => {
  const isListSeen = caller.world
    .entriesOfEntity(EntityType.opportunity, one.id)
    .every((entry) => !isHidden(entry.list_id, caller));
  return opportunityAnswer(caller.world, one, isListSeen);
};

export const opportunities: Handlers<Affinity>['opportunities'] = {
  search: ({ query }, caller) => {
    const { world } = caller;
    const term = query.term?.toLowerCase() ?? '';
    const isMatch = (one: OpportunityRecord): boolean =>
      term === '' || !world.rules.isOn('search-matches-term') || one.name.toLowerCase().includes(term);
    const found = [...world.opportunities.values()].filter((one) => isMatch(one) && isOpportunitySeen(caller, one.id));
    const { items, next_page_token } = pageOf(world, found, query, withoutPage(query));
    return { opportunities: items.map((one) => answer(caller, one)), next_page_token };
  },

  get: ({ path }, caller) => answer(caller, opportunityFor(caller, path.opportunity_id)),

  create: ({ body }, caller) => {
    const { world, user } = caller;
    const list = listFor(caller, body.list_id);
    if (list.type !== EntityType.opportunity && world.rules.isOn('opportunity-needs-its-list')) {
      throw unprocessable('list_id must be a list of opportunities');
    }
    const { person_ids = [], organization_ids = [] } = body;
    checkEntities(caller, EntityType.person, person_ids);
    checkEntities(caller, EntityType.organization, organization_ids);
    const opportunity: OpportunityRecord = {
      id: world.nextId('opportunity'),
      name: body.name,
      person_ids,
      organization_ids,
    };
    const entry: ListEntryRecord = {
      id: world.nextId('listEntry'),
      list_id: list.id,
      creator_id: user.id,
      entity_id: opportunity.id,
      entity_type: EntityType.opportunity,
      created_at: world.clock.now(),
    };
    world.opportunities.set(opportunity.id, opportunity);
    if (world.rules.isOn('opportunity-comes-with-its-entry')) world.addEntry(entry);
    tellEntity(world, 'created', EntityType.opportunity, opportunity.id);
    tellEntry(world, 'created', entry);
    return answer(caller, opportunity);
  },

  update: ({ path, body }, caller) => {
    const { world } = caller;
    const opportunity = opportunityFor(caller, path.opportunity_id);
    const isReplacing = world.rules.isOn('arrays-replace');
    const replaced = (old: readonly number[], sent: readonly number[] | undefined): readonly number[] => {
      if (sent === undefined) return world.rules.isOn('update-keeps-the-rest') ? old : [];
      return isReplacing ? sent : [...new Set([...old, ...sent])];
    };
    checkEntities(caller, EntityType.person, body.person_ids ?? []);
    checkEntities(caller, EntityType.organization, body.organization_ids ?? []);
    opportunity.name = body.name ?? opportunity.name;
    opportunity.person_ids = replaced(opportunity.person_ids, body.person_ids);
    opportunity.organization_ids = replaced(opportunity.organization_ids, body.organization_ids);
    tellEntity(world, 'updated', EntityType.opportunity, opportunity.id);
    return answer(caller, opportunity);
  },

  remove: ({ path }, caller) => {
    deleteEntity(caller.world, EntityType.opportunity, opportunityFor(caller, path.opportunity_id).id);
    return { success: true };
  },
};
