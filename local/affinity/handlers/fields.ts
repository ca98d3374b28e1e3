/** Fields. Source: official text, "Fields". */
import { EntityType } from '../../../src/api/enums';
import type { Affinity } from '../../../src/api/table';
import { hidden, isFieldVisible, isHidden, listFor } from '../access';
import { fieldAnswer } from '../answers/records';
import type { Caller, Handlers } from '../emulate';
import { deleteField, tellField } from '../events';
import { notFound, unprocessable } from '../refusal';
import { isTracked } from '../seed/fields';
import type { FieldRecord } from '../world/records';

/** Fields that this caller is shown, in the server's order. Crunchbase fields exist, and are never shown. */
export const shownFields = (caller: Caller): readonly FieldRecord[] => {
  const { world } = caller;
  const hidesCrunchbase = world.rules.isOn('fields-without-crunchbase');
  return [...world.fields.values()].filter(
    (field) => isFieldVisible(field, caller) && !(hidesCrunchbase && field.enrichment_source === 'crunchbase'),
  );
};

export const fields: Handlers<Affinity>['fields'] = {
  all: ({ query }, caller) => {
    const { world } = caller;
    const { rules } = world;
    if (query.list_id !== undefined) listFor(caller, query.list_id);
    const byList = query.list_id !== undefined && rules.isOn('fields-of-list-only');
    const byValueType = query.value_type !== undefined && rules.isOn('fields-by-value-type');
    const byEntityType = query.entity_type !== undefined && rules.isOn('fields-by-entity-type');
    const modified = query.with_modified_names === true && rules.isOn('fields-with-modified-names');
    const withoutOptions = query.exclude_dropdown_options === true && rules.isOn('fields-without-options');
    const nameOf = (field: FieldRecord): string => {
      const list = field.list_id === null ? undefined : world.lists.get(field.list_id);
      return modified && list !== undefined ? `[${list.name}] ${field.name}` : field.name;
    };
    return shownFields(caller)
      .filter(
        (field) =>
          (!byList || field.list_id === query.list_id) &&
          (!byValueType || field.value_type === query.value_type) &&
          (!byEntityType || field.entity_type === query.entity_type),
      )
      .map((field) => fieldAnswer(field, { name: nameOf(field), withoutOptions }));
  },

  create: ({ body }, caller) => {
    const { world } = caller;
    const { rules, choices } = world;
    const isSpecific = body.is_list_specific === true || body.list_id !== undefined;
    if (isSpecific && body.list_id === undefined && rules.isOn('list-field-needs-list')) {
      throw unprocessable('list_id must be specified for a list-specific field');
    }
    const list = body.list_id === undefined ? undefined : listFor(caller, body.list_id);
    if (list !== undefined && list.type !== body.entity_type && rules.isOn('field-fits-its-list')) {
      throw unprocessable('List EntityAttribute must have same model type as list type');
    }
    if (
      list === undefined &&
      body.entity_type === EntityType.opportunity &&
      rules.isOn('no-global-opportunity-fields')
    ) {
      throw unprocessable('Opportunities have no global fields');
    }
    const multiple = body.allows_multiple ?? false;
    const field: FieldRecord = {
      id: world.nextId('field'),
      name: body.name,
      entity_type: body.entity_type,
      list_id: list?.id ?? null,
      enrichment_source: 'none',
      value_type: body.value_type,
      allows_multiple: multiple && rules.isOn('field-can-take-several'),
      track_changes: choices.newFieldTracks === 'by-type' && isTracked(body.value_type, multiple),
      dropdown_options: [],
    };
    world.fields.set(field.id, field);
    tellField(world, 'created', field);
    return fieldAnswer(field);
  },

  remove: ({ path }, caller) => {
    const { world } = caller;
    const field = world.fields.get(path.id);
    if (field === undefined) throw notFound(`Field ${path.id} does not exist`);
    if (isHidden(field.list_id, caller)) throw hidden(caller);
    if (field.enrichment_source !== 'none' && world.rules.isOn('enriched-field-stays')) {
      throw unprocessable(`${field.name} is filled by Affinity and cannot be deleted`);
    }
    deleteField(world, field);
    return { success: true };
  },
};
