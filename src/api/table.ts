/** The endpoint table: every call the product can make, one row each. Client and emulator are generated from it. */
import { account } from './endpoints/account';
import { organizations, persons } from './endpoints/directory';
import { fields, fieldValues } from './endpoints/fields';
import { listEntries, lists } from './endpoints/lists';

export const affinity = { lists, listEntries, fields, fieldValues, persons, organizations, account };
export type Affinity = typeof affinity;
