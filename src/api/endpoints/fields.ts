/** Rows of fields, field values and their history. Source: official text, "Fields", "Field Values", "Field Value Changes". */
import {
  anything,
  array,
  flag,
  flagText,
  integer,
  integerText,
  object,
  oneOf,
  oneOfText,
  optional,
  text,
} from '../codec';
import { endpoint } from '../endpoint';
import { ChangeAction, ValueType } from '../enums';
import { entityType, field, fieldValue, fieldValueChange, success } from '../records';

const valueType = oneOf(...Object.values(ValueType));

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
  /** `is_list_specific` needs `list_id`, and `entity_type` must be what that list holds. */
  create: endpoint({
    method: 'POST',
    path: '/fields',
    body: object({
      name: text,
      entity_type: entityType,
      value_type: valueType,
      list_id: optional(integer),
      allows_multiple: optional(flag),
      is_list_specific: optional(flag),
      is_required: optional(flag),
    }),
    response: field,
    resend: 'never',
    doc: 'Create Field',
  }),
  /** Takes all values of the field with it. */
  remove: endpoint({
    method: 'DELETE',
    path: '/fields/{id}',
    response: success,
    resend: 'safe',
    doc: 'Delete a Field',
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

export const fieldValueChanges = {
  /**
   * The history of a tracked field, of one cell's owner with one of the four ids; newest first. Without an id a whole history can
   * be too much for one answer: then read on from (`changed_after`, `after_id`) in ascending order (`changesInOrder`).
   * `changed_after` is an instant in UTC as ISO 8601 text, inclusive. Source of those four: affinity-v1-facts, section 8.
   */
  list: endpoint({
    method: 'GET',
    path: '/field-value-changes',
    query: object({
      field_id: integerText,
      action_type: optional(oneOfText(...Object.values(ChangeAction))),
      person_id: optional(integerText),
      organization_id: optional(integerText),
      opportunity_id: optional(integerText),
      list_entry_id: optional(integerText),
      changed_after: optional(text),
      after_id: optional(integerText),
      limit: optional(integerText),
      order_by: optional(oneOf('asc', 'desc')),
    }),
    response: array(fieldValueChange),
    resend: 'safe',
    doc: 'Get Field Values Changes',
  }),
};
