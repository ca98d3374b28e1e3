/** Organizations. Source: official text, "Organizations". */
import { EntityType } from '../../../src/api/records';
import type { Affinity } from '../../../src/api/table';
import { organizationFor } from '../access';
import { interactionAnswers, organizationAnswer } from '../answers/records';
import type { Caller, Handlers } from '../emulate';
import { pageOf } from '../paging';
import type { OrganizationRecord } from '../world/records';
import { globalFields, shownEntries, shownOpportunityIds } from './persons';

const matches = (organization: OrganizationRecord, term: string): boolean =>
  [organization.name, ...organization.domains].some((text) => text?.toLowerCase().includes(term) === true);

const full = (caller: Caller, organization: OrganizationRecord): object => ({
  ...organizationAnswer(organization),
  person_ids: organization.person_ids,
  list_entries: shownEntries(caller, EntityType.organization, organization.id),
});

export const organizations: Handlers<Affinity>['organizations'] = {
  search: ({ query }, caller) => {
    const { world } = caller;
    const term = query.term?.toLowerCase() ?? '';
    const isMatch = (one: OrganizationRecord): boolean =>
      term === '' || !world.rules.isOn('search-matches-term') || matches(one, term);
    const withUnknown = term !== '' && world.rules.isOn('term-finds-global-organizations');
    const found = [...world.organizations.values()].filter((one) => (one.isKnown || withUnknown) && isMatch(one));
    const { items, next_page_token } = pageOf(world, found, query, { term: query.term ?? '' });
    const isShort = world.rules.isOn('search-rows-are-short');
    return {
      organizations: items.map((one) => (isShort ? organizationAnswer(one) : full(caller, one))),
      next_page_token,
    };
  },

  get: ({ path, query }, caller) => {
    const { rules } = caller.world;
    const organization = organizationFor(caller, path.organization_id);
    const withDates = query.with_interaction_dates === true || !rules.isOn('interaction-dates-on-request');
    const withOpportunities = query.with_opportunities === true || !rules.isOn('opportunities-on-request');
    return {
      ...full(caller, organization),
      ...(withOpportunities
        ? { opportunity_ids: shownOpportunityIds(caller, 'organization_ids', organization.id) }
        : {}),
      ...(withDates ? interactionAnswers(organization.interactions, false) : {}),
    };
  },

  fields: (_args, caller) => globalFields(caller, EntityType.organization),
};
