/** Rows of the lists and list entries resources. Source: official text, "Lists" and "List Entries". */
import { array, integer, integerText, object, optional, text } from '../codec';
import { endpoint } from '../endpoint';
import { list, listEntry, listEntryPage, listWithFields, success } from '../records';

export const lists = {
  all: endpoint({ method: 'GET', path: '/lists', response: array(list), resend: 'safe', doc: 'Get All Lists' }),
  get: endpoint({
    method: 'GET',
    path: '/lists/{list_id}',
    response: listWithFields,
    resend: 'safe',
    doc: 'Get a Specific List',
  }),
};

export const listEntries = {
  /** All entries as one array without `page_size`; pages with it. A `page_token` alone is ignored by the server. */
  page: endpoint({
    method: 'GET',
    path: '/lists/{list_id}/list-entries',
    query: object({ page_size: optional(integerText), page_token: optional(text) }),
    response: listEntryPage,
    paging: 'pageToken',
    resend: 'safe',
    doc: 'Get All List Entries',
  }),
  get: endpoint({
    method: 'GET',
    path: '/lists/{list_id}/list-entries/{list_entry_id}',
    response: listEntry,
    resend: 'safe',
    doc: 'Get a Specific List Entry',
  }),
  create: endpoint({
    method: 'POST',
    path: '/lists/{list_id}/list-entries',
    body: object({ entity_id: integer, creator_id: optional(integer) }),
    response: listEntry,
    resend: 'never',
    doc: 'Create a New List Entry',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/lists/{list_id}/list-entries/{list_entry_id}',
    response: success,
    resend: 'safe',
    doc: 'Delete a Specific List Entry',
  }),
};
