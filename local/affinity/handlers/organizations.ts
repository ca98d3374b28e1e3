/** Organizations. Source: official text, "Organizations". */
import { EntityType } from '../../../src/api/records';
import type { Affinity } from '../../../src/api/table';
import { checkEntities, organizationFor, withoutPage } from '../access';
import { interactionAnswers, organizationAnswer } from '../answers/records';
import type { Caller, Handlers } from '../emulate';
import { deleteEntity, tellEntity } from '../events';
import { pageOf } from '../paging';
import { unprocessable } from '../refusal';
import { interactionDatesOf } from '../world/interactions';
import type { OrganizationRecord } from '../world/records';
import { byInteractionDates, type PartsQuery, wantsDates } from './interaction-dates';
import { globalFields, shownEntries, shownOpportunityIds } from './persons';

const matches = (organization: OrganizationRecord, term: string): boolean =>
  [organization.name, ...organization.domains].some((text) => text?.toLowerCase().includes(term) === true);

const full = (caller: Caller, organization: OrganizationRecord): object => ({
  ...organizationAnswer(organization),
  person_ids: organization.person_ids,
  list_entries: shownEntries(caller, EntityType.organization, organization.id),
});

/** What comes with an organization only when it is asked for. */
const parts = (
  caller: Caller,
  organization: OrganizationRecord,
  query: PartsQuery,
  opportunityIds: ReadonlyMap<number, readonly number[]> | null,
): object => {
  const { world } = caller;
  const withPersons = query.with_interaction_persons === true || !world.rules.isOn('interaction-persons-on-request');
  return {
    ...(opportunityIds === null ? {} : { opportunity_ids: opportunityIds.get(organization.id) ?? [] }),
    ...(wantsDates(caller, query)
      ? interactionAnswers(world, interactionDatesOf(world, organization.person_ids), withPersons)
      : {}),
  };
};

const opportunitiesFor = (caller: Caller, query: PartsQuery, ids: readonly number[]) =>
  query.with_opportunities === true || !caller.world.rules.isOn('opportunities-on-request')
    ? shownOpportunityIds(caller, 'organization_ids', ids)
    : null;

const DOMAIN = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i;

/** @throws Refusal 422 for an address or a name with an underscore: domains only. */
const checkDomain = ({ world }: Caller, domain: string): void => {
  if (DOMAIN.test(domain) || !world.rules.isOn('domain-is-plain')) return;
  throw unprocessable('domain is invalid');
};

/** Lets the persons know their organizations again. */
const linkPersons = ({ world }: Caller, organization: OrganizationRecord, ids: readonly number[]): void => {
  for (const id of organization.person_ids) {
    const person = world.persons.get(id);
    if (person) person.organization_ids = person.organization_ids.filter((one) => one !== organization.id);
  }
  organization.person_ids = ids;
  for (const id of ids) {
    const person = world.persons.get(id);
    if (person) person.organization_ids = [...person.organization_ids, organization.id];
  }
};

export const organizations: Handlers<Affinity>['organizations'] = {
  search: ({ query }, caller) => {
    const { world } = caller;
    const term = query.term?.toLowerCase() ?? '';
    const isMatch = (one: OrganizationRecord): boolean =>
      term === '' || !world.rules.isOn('search-matches-term') || matches(one, term);
    const withUnknown = term !== '' && world.rules.isOn('term-finds-global-organizations');
    const fits = byInteractionDates(caller, query, (one: OrganizationRecord) => one.person_ids);
    const found = [...world.organizations.values()].filter(
      (one) => (one.isKnown || withUnknown) && isMatch(one) && fits(one),
    );
    const { items, next_page_token } = pageOf(world, found, query, withoutPage(query));
    const isShort = world.rules.isOn('search-rows-are-short');
    const opportunityIds = opportunitiesFor(
      caller,
      query,
      items.map((one) => one.id),
    );
    return {
      organizations: items.map((one) => ({
        ...(isShort ? organizationAnswer(one) : full(caller, one)),
        ...parts(caller, one, query, opportunityIds),
      })),
      next_page_token,
    };
  },

  get: ({ path, query }, caller) => {
    const organization = organizationFor(caller, path.organization_id);
    return {
      ...full(caller, organization),
      ...parts(caller, organization, query, opportunitiesFor(caller, query, [organization.id])),
    };
  },

  create: ({ body }, caller) => {
    const { world } = caller;
    if (body.domain !== undefined) checkDomain(caller, body.domain);
    const personIds = body.person_ids ?? [];
    checkEntities(caller, EntityType.person, personIds);
    const organization: OrganizationRecord = {
      id: world.nextId('organization'),
      name: body.name,
      domain: body.domain ?? null,
      domains: body.domain === undefined ? [] : [body.domain],
      crunchbase_uuid: null,
      global: !world.rules.isOn('new-organization-is-own'),
      isKnown: true,
      person_ids: [],
    };
    world.organizations.set(organization.id, organization);
    linkPersons(caller, organization, personIds);
    tellEntity(world, 'created', EntityType.organization, organization.id);
    return { ...organizationAnswer(organization), person_ids: organization.person_ids };
  },

  update: ({ path, body }, caller) => {
    const { world } = caller;
    const organization = organizationFor(caller, path.organization_id);
    const isFixed = organization.global && world.rules.isOn('global-organization-is-fixed');
    if (isFixed && (body.name !== undefined || body.domain !== undefined)) {
      throw unprocessable('The name and the domain of a global organization cannot be changed');
    }
    if (body.domain !== undefined) checkDomain(caller, body.domain);
    if (body.person_ids !== undefined) checkEntities(caller, EntityType.person, body.person_ids);
    organization.name = body.name ?? (world.rules.isOn('update-keeps-the-rest') ? organization.name : null);
    if (body.domain !== undefined) {
      const former = organization.domain;
      organization.domain = body.domain;
      organization.domains = [
        body.domain,
        ...organization.domains.filter((one) => one !== former && one !== body.domain),
      ];
    }
    if (body.person_ids !== undefined) {
      const kept = world.rules.isOn('arrays-replace') ? [] : organization.person_ids;
      linkPersons(caller, organization, [...new Set([...kept, ...body.person_ids])]);
    }
    tellEntity(world, 'updated', EntityType.organization, organization.id);
    return { ...organizationAnswer(organization), person_ids: organization.person_ids };
  },

  remove: ({ path }, caller) => {
    const organization = organizationFor(caller, path.organization_id);
    if (organization.global && caller.world.rules.isOn('global-organization-stays')) {
      throw unprocessable('A global organization cannot be deleted');
    }
    deleteEntity(caller.world, EntityType.organization, organization.id);
    return { success: true };
  },

  fields: (_args, caller) => globalFields(caller, EntityType.organization),
};
