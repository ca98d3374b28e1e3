/** All handlers, in the shape of the endpoint table: a row without a handler does not compile. */
import type { Affinity } from '../../../src/api/table';
import type { Handlers } from '../emulate';
import type { FileHost } from '../file-host';
import type { Quota } from '../quota';
import { account } from './account';
import { entityFiles } from './entity-files';
import { fieldValueChanges } from './field-value-changes';
import { fieldValues } from './field-values';
import { fields } from './fields';
import { interactions } from './interactions';
import { listEntries } from './list-entries';
import { lists } from './lists';
import { notes } from './notes';
import { opportunities } from './opportunities';
import { organizations } from './organizations';
import { persons } from './persons';
import { relationshipStrengths } from './relationship-strengths';
import { reminders } from './reminders';
import { webhooks } from './webhooks';

export const handlers = (quota: Quota, host: FileHost): Handlers<Affinity> => ({
  account: account(quota),
  entityFiles: entityFiles(host),
  fields,
  fieldValueChanges,
  fieldValues,
  interactions,
  listEntries,
  lists,
  notes,
  opportunities,
  organizations,
  persons,
  relationshipStrengths,
  reminders,
  webhooks,
});
