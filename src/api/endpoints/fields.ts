/** Rows of the fields and field values resources. Source: official text, "Fields" and "Field Values". */
import { anything, array, flagText, integer, integerText, object, optional } from '../codec';
import { endpoint } from '../endpoint';
import { field, fieldValue, success } from '../records';

export const fields = {
  all: endpoint({
    method: 'GET',
    path: '/fields',
    query: object({
      list_id: optional(integerText),
      value_type: optional(integerText),
      entity_type: optional(integerText),
      with_modified_names: optional(flagText),
      exclude_dropdown_options: optional(flagText),
    }),
    response: array(field),
    resend: 'safe',
    doc: 'Get Fields',
  }),
};

export const fieldValues = {
  /** Exactly one of the four ids. An entity's id also gives the values of all its list entries. */
  list: endpoint({
    method: 'GET',
    path: '/field-values',
    query: object({
      person_id: optional(integerText),
      organization_id: optional(integerText),
      opportunity_id: optional(integerText),
      list_entry_id: optional(integerText),
    }),
    response: array(fieldValue),
    resend: 'safe',
    doc: 'Get Field Values',
  }),
  /** `list_entry_id` for list-specific fields, and only for them. */
  create: endpoint({
    method: 'POST',
    path: '/field-values',
    body: object({ field_id: integer, entity_id: integer, list_entry_id: optional(integer), value: anything }),
    response: fieldValue,
    resend: 'never',
    doc: 'Create a New Field Value',
  }),
  update: endpoint({
    method: 'PUT',
    path: '/field-values/{field_value_id}',
    body: object({ value: anything }),
    response: fieldValue,
    resend: 'safe',
    doc: 'Update a Field Value',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/field-values/{field_value_id}',
    response: success,
    resend: 'safe',
    doc: 'Delete a Field Value',
  }),
};
