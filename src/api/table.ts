/** The endpoint table: every call the product can make, one row each. Client and emulator are generated from it. */
import { account } from './endpoints/account';
import { opportunities, organizations, persons } from './endpoints/directory';
import { entityFiles } from './endpoints/entity-files';
import { fields, fieldValueChanges, fieldValues } from './endpoints/fields';
import { interactions, relationshipStrengths } from './endpoints/interactions';
import { listEntries, lists } from './endpoints/lists';
import { notes } from './endpoints/notes';
import { reminders } from './endpoints/reminders';
import { webhooks } from './endpoints/webhooks';

export const affinity = {
  lists,
  listEntries,
  fields,
  fieldValues,
  fieldValueChanges,
  persons,
  organizations,
  opportunities,
  interactions,
  relationshipStrengths,
  notes,
  entityFiles,
  reminders,
  webhooks,
  account,
};
export type Affinity = typeof affinity;
