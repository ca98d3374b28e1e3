/** Rows of persons, organizations and opportunities. Source: official text, sections of the same names. */
import { array, flagText, integer, integerText, object, optional, text } from '../codec';
import { endpoint } from '../endpoint';
import {
  field,
  opportunity,
  opportunityPage,
  organization,
  organizationPage,
  person,
  personPage,
  success,
} from '../records';

const page = { page_size: optional(integerText), page_token: optional(text) };

/** Interaction dates as ISO 8601 text; a date without a time means 00:00:00. A minimum and a maximum are meant as a pair. */
const dateRange = {
  min_first_email_date: optional(text),
  max_first_email_date: optional(text),
  min_last_email_date: optional(text),
  max_last_email_date: optional(text),
  min_last_interaction_date: optional(text),
  max_last_interaction_date: optional(text),
  min_last_event_date: optional(text),
  max_last_event_date: optional(text),
  min_first_event_date: optional(text),
  max_first_event_date: optional(text),
  min_next_event_date: optional(text),
  max_next_event_date: optional(text),
};

const withParts = {
  with_interaction_dates: optional(flagText),
  with_interaction_persons: optional(flagText),
  with_opportunities: optional(flagText),
};
const withPersonParts = { ...withParts, with_current_organizations: optional(flagText) };
const term = { term: optional(text) };
const ids = optional(array(integer));

export const persons = {
  /** `term` is part of an e-mail address or a name. `with_interaction_dates` leaves out persons without interactions. */
  search: endpoint({
    method: 'GET',
    path: '/persons',
    query: object({ ...term, ...withPersonParts, ...dateRange, ...page }),
    response: personPage,
    paging: 'pageToken',
    resend: 'safe',
    doc: 'Search for Persons',
  }),
  get: endpoint({
    method: 'GET',
    path: '/persons/{person_id}',
    query: object(withPersonParts),
    response: person,
    resend: 'safe',
    doc: 'Get a Specific Person',
  }),
  /** An e-mail address belongs to one person only: one that is taken is refused. */
  create: endpoint({
    method: 'POST',
    path: '/persons',
    body: object({ first_name: text, last_name: text, emails: array(text), organization_ids: ids }),
    response: person,
    resend: 'never',
    doc: 'Create a New Person',
  }),
  /** The arrays replace what was there. */
  update: endpoint({
    method: 'PUT',
    path: '/persons/{person_id}',
    body: object({
      first_name: optional(text),
      last_name: optional(text),
      emails: optional(array(text)),
      organization_ids: ids,
    }),
    response: person,
    resend: 'safe',
    doc: 'Update a person',
  }),
  /** Takes the person's field values and list entries with it. */
  remove: endpoint({
    method: 'DELETE',
    path: '/persons/{person_id}',
    response: success,
    resend: 'safe',
    doc: 'Delete a Person',
  }),
  fields: endpoint({
    method: 'GET',
    path: '/persons/fields',
    response: array(field),
    resend: 'safe',
    doc: 'Get Global Person Fields',
  }),
};

export const organizations = {
  /** `term` is part of a name or domain, and finds global organizations outside of the account too. */
  search: endpoint({
    method: 'GET',
    path: '/organizations',
    query: object({ ...term, ...withParts, ...dateRange, ...page }),
    response: organizationPage,
    paging: 'pageToken',
    resend: 'safe',
    doc: 'Search for Organizations',
  }),
  get: endpoint({
    method: 'GET',
    path: '/organizations/{organization_id}',
    query: object(withParts),
    response: organization,
    resend: 'safe',
    doc: 'Get a Specific Organization',
  }),
  create: endpoint({
    method: 'POST',
    path: '/organizations',
    body: object({ name: text, domain: optional(text), person_ids: ids }),
    response: organization,
    resend: 'never',
    doc: 'Create a New Organization',
  }),
  /** `person_ids` replaces what was there. Name and domain of a global organization can't be changed. */
  update: endpoint({
    method: 'PUT',
    path: '/organizations/{organization_id}',
    body: object({ name: optional(text), domain: optional(text), person_ids: ids }),
    response: organization,
    resend: 'safe',
    doc: 'Update an Organization',
  }),
  /** A global organization can't be deleted. */
  remove: endpoint({
    method: 'DELETE',
    path: '/organizations/{organization_id}',
    response: success,
    resend: 'safe',
    doc: 'Delete an Organization',
  }),
  fields: endpoint({
    method: 'GET',
    path: '/organizations/fields',
    response: array(field),
    resend: 'safe',
    doc: 'Get Global Organizations Fields',
  }),
};

export const opportunities = {
  /** `term` is part of the name. */
  search: endpoint({
    method: 'GET',
    path: '/opportunities',
    query: object({ ...term, ...page }),
    response: opportunityPage,
    paging: 'pageToken',
    resend: 'safe',
    doc: 'Search for Opportunities',
  }),
  get: endpoint({
    method: 'GET',
    path: '/opportunities/{opportunity_id}',
    response: opportunity,
    resend: 'safe',
    doc: 'Get a Specific Opportunity',
  }),
  /** Makes the list entry too; the list must be one of opportunities. */
  create: endpoint({
    method: 'POST',
    path: '/opportunities',
    body: object({ name: text, list_id: integer, person_ids: ids, organization_ids: ids }),
    response: opportunity,
    resend: 'never',
    doc: 'Create a New Opportunity',
  }),
  /** The arrays replace what was there. */
  update: endpoint({
    method: 'PUT',
    path: '/opportunities/{opportunity_id}',
    body: object({ name: optional(text), person_ids: ids, organization_ids: ids }),
    response: opportunity,
    resend: 'safe',
    doc: 'Update an Opportunity',
  }),
  /** Takes its list entry and field values with it. */
  remove: endpoint({
    method: 'DELETE',
    path: '/opportunities/{opportunity_id}',
    response: success,
    resend: 'safe',
    doc: 'Delete an Opportunity',
  }),
};
