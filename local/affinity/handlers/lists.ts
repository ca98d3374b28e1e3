/** Lists. Source: official text, "Lists". */
import type { Affinity } from '../../../src/api/table';
import { isVisible, listFor } from '../access';
import { fieldAnswer, listAnswer } from '../answers/records';
import type { Handlers } from '../emulate';

export const lists: Handlers<Affinity>['lists'] = {
  all: (_args, caller) => {
    const { world } = caller;
    const shown = [...world.lists.values()].filter(
      (list) => isVisible(list, caller) || !world.rules.isOn('lists-only-visible'),
    );
    return shown.map((list) => listAnswer(world, list));
  },

  get: ({ path }, caller) => {
    const { world } = caller;
    const list = listFor(caller, path.list_id);
    const ownOnly = world.rules.isOn('list-gives-own-fields');
    const fields = [...world.fields.values()].filter(
      (field) => field.list_id === list.id || (!ownOnly && field.list_id === null && field.entity_type === list.type),
    );
    return { ...listAnswer(world, list), fields: fields.map((field) => fieldAnswer(field)) };
  },
};
