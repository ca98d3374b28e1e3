/** Rows of the persons and organizations resources that read. Source: official text, "Persons" and "Organizations". */
import { array, flagText, integerText, object, optional, text } from '../codec';
import { endpoint } from '../endpoint';
import { field, organization, organizationPage, person, personPage } from '../records';

const search = object({ term: optional(text), page_size: optional(integerText), page_token: optional(text) });
const one = object({ with_interaction_dates: optional(flagText), with_opportunities: optional(flagText) });

export const persons = {
  search: endpoint({
    method: 'GET',
    path: '/persons',
    query: search,
    response: personPage,
    paging: 'pageToken',
    resend: 'safe',
    doc: 'Search for Persons',
  }),
  get: endpoint({
    method: 'GET',
    path: '/persons/{person_id}',
    query: one,
    response: person,
    resend: 'safe',
    doc: 'Get a Specific Person',
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
  search: endpoint({
    method: 'GET',
    path: '/organizations',
    query: search,
    response: organizationPage,
    paging: 'pageToken',
    resend: 'safe',
    doc: 'Search for Organizations',
  }),
  get: endpoint({
    method: 'GET',
    path: '/organizations/{organization_id}',
    query: one,
    response: organization,
    resend: 'safe',
    doc: 'Get a Specific Organization',
  }),
  fields: endpoint({
    method: 'GET',
    path: '/organizations/fields',
    response: array(field),
    resend: 'safe',
    doc: 'Get Global Organization Fields',
  }),
};
