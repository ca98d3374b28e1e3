/** Lists. Source: official text, "Lists". */
import type { Affinity } from '../../../src/api/table';
import { checkInternal, isVisible, listFor } from '../access';
import { fieldAnswer, listAnswer } from '../answers/records';
import type { Handlers } from '../emulate';
import { tellList } from '../events';

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

  create: ({ body }, caller) => {
    const { world, user } = caller;
    const owner = body.owner_id ?? user.id;
    checkInternal(caller, owner, 'owner_id', 'list-owner-is-internal');
    const permissions = body.additional_permissions ?? [];
    for (const { internal_person_id } of permissions) {
      checkInternal(caller, internal_person_id, 'internal_person_id', 'list-role-for-internal');
    }
    const list = {
      id: world.nextId('list'),
      type: body.type,
      name: body.name,
      public: body.is_public || !world.rules.isOn('list-can-be-private'),
      owner_id: world.rules.isOn('list-owner-can-be-named') ? owner : user.id,
      creator_id: user.id,
      additional_permissions: world.rules.isOn('list-roles-are-kept') ? permissions : [],
    };
    world.lists.set(list.id, list);
    tellList(world, list);
    return { ...listAnswer(world, list), additional_permissions: list.additional_permissions };
  },
};
