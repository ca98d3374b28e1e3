/** Fields. Source: official text, "Fields". */
import type { Affinity } from '../../../src/api/table';
import { isFieldVisible, listFor } from '../access';
import { fieldAnswer } from '../answers/records';
import type { Caller, Handlers } from '../emulate';
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
};
