/** Persons. Source: official text, "Persons". */
import { EntityType } from '../../../src/api/records';
import type { Affinity } from '../../../src/api/table';
import { isHidden, personFor } from '../access';
import { fieldAnswer, interactionAnswers, nestedEntryAnswer, personAnswer } from '../answers/records';
import type { Caller, Handlers } from '../emulate';
import { pageOf } from '../paging';
import type { PersonRecord } from '../world/records';
import { shownFields } from './fields';

/** Entries of an entity on lists that this caller may see. */
export const shownEntries = (caller: Caller, type: EntityType, id: number): readonly object[] => {
  const all = caller.world.entriesOfEntity(type, id);
  const leavesOut = caller.world.rules.isOn('entries-of-hidden-lists-left-out');
  return all.filter((entry) => !leavesOut || !isHidden(entry.list_id, caller)).map(nestedEntryAnswer);
};

/** Opportunities on lists that this caller may see. */
export const shownOpportunityIds = (caller: Caller, member: 'person_ids' | 'organization_ids', id: number): number[] =>
  caller.world
    .opportunitiesOf(member, id)
    .map((opportunity) => opportunity.id)
    .filter((opportunityId) =>
      caller.world
        .entriesOfEntity(EntityType.opportunity, opportunityId)
        .some((entry) => !isHidden(entry.list_id, caller)),
    );

/** Global fields of one entity type. */
export const globalFields = (caller: Caller, type: EntityType): readonly object[] => {
  const globalOnly = caller.world.rules.isOn('global-fields-only');
  return shownFields(caller)
    .filter((field) => field.entity_type === type && (field.list_id === null || !globalOnly))
    .map((field) => fieldAnswer(field));
};

const matches = (person: PersonRecord, term: string): boolean =>
  [person.first_name, person.last_name, ...person.emails].some((text) => text?.toLowerCase().includes(term) === true);

const full = (caller: Caller, person: PersonRecord): object => ({
  ...personAnswer(person),
  organization_ids: person.organization_ids,
  list_entries: shownEntries(caller, EntityType.person, person.id),
});

export const persons: Handlers<Affinity>['persons'] = {
  search: ({ query }, caller) => {
    const { world } = caller;
    const term = query.term?.toLowerCase() ?? '';
    const all = [...world.persons.values()];
    const found =
      term === '' || !world.rules.isOn('search-matches-term') ? all : all.filter((one) => matches(one, term));
    const { items, next_page_token } = pageOf(world, found, query, { term: query.term ?? '' });
    const isShort = world.rules.isOn('search-rows-are-short');
    return { persons: items.map((one) => (isShort ? personAnswer(one) : full(caller, one))), next_page_token };
  },

  get: ({ path, query }, caller) => {
    const { rules } = caller.world;
    const person = personFor(caller, path.person_id);
    const withDates = query.with_interaction_dates === true || !rules.isOn('interaction-dates-on-request');
    const withOpportunities = query.with_opportunities === true || !rules.isOn('opportunities-on-request');
    return {
      ...full(caller, person),
      ...(withOpportunities ? { opportunity_ids: shownOpportunityIds(caller, 'person_ids', person.id) } : {}),
      ...(withDates ? interactionAnswers(person.interactions, false) : {}),
    };
  },

  fields: (_args, caller) => globalFields(caller, EntityType.person),
};
