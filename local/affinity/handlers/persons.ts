/** Persons. Source: official text, "Persons". */
import { PersonType } from '../../../src/api/enums';
import { EntityType } from '../../../src/api/records';
import type { Affinity } from '../../../src/api/table';
import { checkEntities, isHidden, personFor, withoutPage } from '../access';
import { fieldAnswer, interactionAnswers, nestedEntryAnswer, personAnswer } from '../answers/records';
import type { Caller, Handlers } from '../emulate';
import { deleteEntity, tellEntity } from '../events';
import { pageOf } from '../paging';
import { unprocessable } from '../refusal';
import { interactionDatesOf } from '../world/interactions';
import type { PersonRecord } from '../world/records';
import { shownFields } from './fields';
import { byInteractionDates, type PartsQuery, wantsDates } from './interaction-dates';

/** Entries of an entity on lists that this caller may see. */
export const shownEntries = (caller: Caller, type: EntityType, id: number): readonly object[] => {
  const all = caller.world.entriesOfEntity(type, id);
  const leavesOut = caller.world.rules.isOn('entries-of-hidden-lists-left-out');
  return all.filter((entry) => !leavesOut || !isHidden(entry.list_id, caller)).map(nestedEntryAnswer);
};

/** Opportunities on lists that this caller may see, by the person or organization that takes part in them. */
export const shownOpportunityIds = (
  caller: Caller,
  member: 'person_ids' | 'organization_ids',
  ids: readonly number[],
): ReadonlyMap<number, readonly number[]> => {
  const found = new Map<number, number[]>(ids.map((id) => [id, []]));
  for (const opportunity of caller.world.opportunities.values()) {
    const wanted = opportunity[member].filter((id) => found.has(id));
    if (wanted.length === 0) continue;
    const isSeen = caller.world
      .entriesOfEntity(EntityType.opportunity, opportunity.id)
      .some((entry) => !isHidden(entry.list_id, caller));
    if (isSeen) for (const id of wanted) found.get(id)?.push(opportunity.id);
  }
  return found;
};

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

/** What comes with a person only when it is asked for. */
const parts = (
  caller: Caller,
  person: PersonRecord,
  query: PartsQuery & { readonly with_current_organizations?: boolean },
  opportunityIds: ReadonlyMap<number, readonly number[]> | null,
): object => {
  const { world } = caller;
  const withCurrent =
    query.with_current_organizations === true || !world.rules.isOn('current-organizations-on-request');
  const withPersons = query.with_interaction_persons === true || !world.rules.isOn('interaction-persons-on-request');
  return {
    ...(opportunityIds === null ? {} : { opportunity_ids: opportunityIds.get(person.id) ?? [] }),
    ...(withCurrent ? { current_organization_ids: person.current_organization_ids } : {}),
    ...(wantsDates(caller, query)
      ? interactionAnswers(world, interactionDatesOf(world, [person.id]), withPersons)
      : {}),
  };
};

const opportunitiesFor = (caller: Caller, query: PartsQuery, ids: readonly number[]) =>
  query.with_opportunities === true || !caller.world.rules.isOn('opportunities-on-request')
    ? shownOpportunityIds(caller, 'person_ids', ids)
    : null;

/** Capitals at the start of each word only: what Affinity was seen to make of a new person's name. */
const titleCase = (name: string): string =>
  name.toLowerCase().replace(/(^|\s)(\S)/g, (_whole, space: string, letter: string) => space + letter.toUpperCase());

/** @throws Refusal 422 when another person has one of the addresses. */
const checkEmails = (caller: Caller, emails: readonly string[], own: number | null): void => {
  if (!caller.world.rules.isOn('email-belongs-to-one-person')) return;
  const wanted = new Set(emails.map((email) => email.toLowerCase()));
  for (const other of caller.world.persons.values()) {
    if (other.id !== own && other.emails.some((email) => wanted.has(email.toLowerCase()))) {
      throw unprocessable('There exists a contact with this email address.');
    }
  }
};

/** Lets the organizations know their persons again. */
const linkOrganizations = ({ world }: Caller, person: PersonRecord, ids: readonly number[]): void => {
  for (const id of person.organization_ids) {
    const organization = world.organizations.get(id);
    if (organization) organization.person_ids = organization.person_ids.filter((one) => one !== person.id);
  }
  person.organization_ids = ids;
  for (const id of ids) {
    const organization = world.organizations.get(id);
    if (organization) organization.person_ids = [...organization.person_ids, person.id];
  }
};

export const persons: Handlers<Affinity>['persons'] = {
  search: ({ query }, caller) => {
    const { world } = caller;
    const term = query.term?.toLowerCase() ?? '';
    const isMatch = (one: PersonRecord): boolean =>
      term === '' || !world.rules.isOn('search-matches-term') || matches(one, term);
    const fits = byInteractionDates(caller, query, (one: PersonRecord) => [one.id]);
    const found = [...world.persons.values()].filter((one) => isMatch(one) && fits(one));
    const { items, next_page_token } = pageOf(world, found, query, withoutPage(query));
    const isShort = world.rules.isOn('search-rows-are-short');
    const opportunityIds = opportunitiesFor(
      caller,
      query,
      items.map((one) => one.id),
    );
    return {
      persons: items.map((one) => ({
        ...(isShort ? personAnswer(one) : full(caller, one)),
        ...parts(caller, one, query, opportunityIds),
      })),
      next_page_token,
    };
  },

  get: ({ path, query }, caller) => {
    const person = personFor(caller, path.person_id);
    return { ...full(caller, person), ...parts(caller, person, query, opportunitiesFor(caller, query, [person.id])) };
  },

  create: ({ body }, caller) => {
    const { world } = caller;
    checkEmails(caller, body.emails, null);
    const organizationIds = body.organization_ids ?? [];
    checkEntities(caller, EntityType.organization, organizationIds);
    const nameOf = (name: string): string => (world.choices.personNames === 'title-case' ? titleCase(name) : name);
    const person: PersonRecord = {
      id: world.nextId('person'),
      type: world.rules.isOn('new-person-is-external') ? PersonType.external : PersonType.internal,
      first_name: nameOf(body.first_name),
      last_name: nameOf(body.last_name),
      primary_email: body.emails[0] ?? null,
      emails: body.emails,
      organization_ids: [],
      current_organization_ids: [],
    };
    world.persons.set(person.id, person);
    linkOrganizations(caller, person, organizationIds);
    tellEntity(world, 'created', EntityType.person, person.id);
    return { ...personAnswer(person), organization_ids: person.organization_ids };
  },

  update: ({ path, body }, caller) => {
    const { world } = caller;
    const person = personFor(caller, path.person_id);
    const replaces = world.rules.isOn('arrays-replace');
    const keeps = world.rules.isOn('update-keeps-the-rest');
    if (body.emails !== undefined) checkEmails(caller, body.emails, person.id);
    if (body.organization_ids !== undefined) checkEntities(caller, EntityType.organization, body.organization_ids);
    person.first_name = body.first_name ?? (keeps ? person.first_name : null);
    person.last_name = body.last_name ?? (keeps ? person.last_name : null);
    if (body.emails !== undefined) {
      person.emails = replaces ? body.emails : [...person.emails, ...body.emails];
      const isPrimaryLeft = person.primary_email !== null && person.emails.includes(person.primary_email);
      if (!isPrimaryLeft) person.primary_email = person.emails[0] ?? null;
    }
    if (body.organization_ids !== undefined) {
      const kept = replaces ? [] : person.organization_ids;
      linkOrganizations(caller, person, [...new Set([...kept, ...body.organization_ids])]);
    }
    tellEntity(world, 'updated', EntityType.person, person.id);
    return { ...personAnswer(person), organization_ids: person.organization_ids };
  },

  remove: ({ path }, caller) => {
    const person = personFor(caller, path.person_id);
    if (person.type === PersonType.internal && caller.world.rules.isOn('team-is-not-deleted')) {
      throw unprocessable('A person who can access Affinity cannot be deleted');
    }
    deleteEntity(caller.world, EntityType.person, person.id);
    return { success: true };
  },

  fields: (_args, caller) => globalFields(caller, EntityType.person),
};
