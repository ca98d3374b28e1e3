/** All handlers, in the shape of the endpoint table: a row without a handler does not compile. */
import type { Affinity } from '../../../src/api/table';
import type { Handlers } from '../emulate';
import type { Quota } from '../quota';
import { account } from './account';
import { fieldValues } from './field-values';
import { fields } from './fields';
import { listEntries } from './list-entries';
import { lists } from './lists';
import { organizations } from './organizations';
import { persons } from './persons';

export const handlers = (quota: Quota): Handlers<Affinity> => ({
  account: account(quota),
  fields,
  fieldValues,
  listEntries,
  lists,
  organizations,
  persons,
});
