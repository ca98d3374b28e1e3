/** Rows of the lists and list entries resources. Source: official text, "Lists" and "List Entries". */
import { array, flag, integer, integerText, object, oneOf, optional, text } from '../codec';
import { endpoint } from '../endpoint';
import { ListRole } from '../enums';
import { createdList, entityType, list, listEntry, listEntryPage, listWithFields, success } from '../records';

const listRole = oneOf(ListRole.admin, ListRole.basic, ListRole.standard);

export const lists = {
  /** Only lists that the key's user may see. */
  all: endpoint({ method: 'GET', path: '/lists', response: array(list), resend: 'safe', doc: 'Get All Lists' }),
  get: endpoint({
    method: 'GET',
    path: '/lists/{list_id}',
    response: listWithFields,
    resend: 'safe',
    doc: 'Get a Specific List',
  }),
  /** `owner_id` and `internal_person_id` are ids of internal persons; without `owner_id` the key's user owns the list. */
  create: endpoint({
    method: 'POST',
    path: '/lists',
    body: object({
      name: text,
      type: entityType,
      is_public: flag,
      owner_id: optional(integer),
      additional_permissions: optional(array(object({ internal_person_id: integer, role_id: listRole }))),
    }),
    response: createdList,
    resend: 'never',
    doc: 'Create a New List',
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
  /** For persons and organizations; an opportunity gets its entry when it is created. */
  create: endpoint({
    method: 'POST',
    path: '/lists/{list_id}/list-entries',
    body: object({ entity_id: integer, creator_id: optional(integer) }),
    response: listEntry,
    resend: 'never',
    doc: 'Create a New List Entry',
  }),
  /** Takes the entry's list-specific values with it, and the opportunity that lives on it. */
  remove: endpoint({
    method: 'DELETE',
    path: '/lists/{list_id}/list-entries/{list_entry_id}',
    response: success,
    resend: 'safe',
    doc: 'Delete a Specific List Entry',
  }),
};
