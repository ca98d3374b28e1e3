/** The history of cells. Source: official text, "Field Value Changes"; affinity-v1-facts, section 8. */
import { EntityType } from '../../../src/api/enums';
import type { Affinity } from '../../../src/api/table';
import { hidden, instantFor, isHidden, refuseMerged } from '../access';
import { changeAnswer } from '../answers/activity';
import type { Caller, Handlers } from '../emulate';
import { unprocessable } from '../refusal';
import { entityKey, entryKey, type OwnerKey } from '../world/field-values';
import type { ChangeRecord, FieldRecord } from '../world/records';

const ENTITY_OF = {
  person_id: EntityType.person,
  organization_id: EntityType.organization,
  opportunity_id: EntityType.opportunity,
} as const;
type EntitySelector = keyof typeof ENTITY_OF;

type Query = { readonly [S in EntitySelector | 'list_entry_id']?: number };

interface Scope {
  /** Whose cells are looked at. */
  readonly owners: Iterable<OwnerKey>;
  readonly isOwn: (change: ChangeRecord) => boolean;
}

const wholeField = ({ world }: Caller, field: FieldRecord): Scope => ({
  owners:
    field.list_id === null
      ? [] // no seeded history for global fields
      : (function* () {
          for (const entry of world.entriesOf(field.list_id ?? 0)) yield entryKey(entry.id);
        })(),
  isOwn: () => true,
});

const scopeOf = (caller: Caller, query: Query, field: FieldRecord): Scope => {
  const { world } = caller;
  const given = Object.entries(query).filter(([, id]) => id !== undefined);
  if (given.length > 1 && world.rules.isOn('changes-by-one-id')) {
    throw unprocessable('At most one of person_id, organization_id, opportunity_id, list_entry_id can be specified');
  }
  const [first] = given;
  if (first === undefined || !world.rules.isOn('changes-of-one-owner')) {
    if (first === undefined && world.choices.changesSelector === 'required') {
      throw unprocessable('One of person_id, organization_id, opportunity_id, list_entry_id must be specified');
    }
    return wholeField(caller, field);
  }
  const [selector, id] = first as [EntitySelector | 'list_entry_id', number]; // the keys of `Query`, without undefined
  if (selector === 'list_entry_id') {
    const entry = world.entries.get(id);
    if (entry !== undefined && isHidden(entry.list_id, caller)) throw hidden(caller);
    return { owners: [entryKey(id)], isOwn: (change) => change.list_entry_id === id };
  }
  const type = ENTITY_OF[selector];
  refuseMerged(caller, type, id);
  return {
    owners: [entityKey(type, id), ...world.entriesOfEntity(type, id).map((entry) => entryKey(entry.id))],
    isOwn: (change) => change.entity_id === id && field.entity_type === type,
  };
};

/** Newest first, as the API sorts. */
const newestFirst = (a: ChangeRecord, b: ChangeRecord): number => b.changed_at - a.changed_at || b.id - a.id;

export const fieldValueChanges: Handlers<Affinity>['fieldValueChanges'] = {
  list: ({ query }, caller) => {
    const { world } = caller;
    const { rules } = world;
    const { field_id, action_type, changed_after, after_id, limit, order_by, ...selectors } = query;
    const field = world.fields.get(field_id);
    if (field === undefined) throw unprocessable(`There is no field ${field_id}`);
    if (isHidden(field.list_id, caller)) throw hidden(caller);
    if (!field.track_changes && rules.isOn('changes-need-tracked-field')) {
      throw unprocessable('Tracking changes for this entity attribute is not yet supported');
    }
    if (limit !== undefined && limit < 1 && rules.isOn('changes-limit-is-positive')) {
      throw unprocessable('limit must be 1 or more');
    }
    if (
      after_id !== undefined &&
      (changed_after === undefined || order_by !== 'asc') &&
      rules.isOn('after-id-needs-order')
    ) {
      throw unprocessable('after_id needs changed_after and order_by asc');
    }
    const { owners, isOwn } = scopeOf(caller, selectors, field);
    const from = changed_after === undefined ? null : instantFor(caller, changed_after, 'changed_after');
    const isLater = (change: ChangeRecord): boolean =>
      from === null ||
      change.changed_at > from ||
      (change.changed_at === from && (after_id === undefined || change.id > after_id)) ||
      !rules.isOn('changes-after-a-time');
    const byAction = action_type !== undefined && rules.isOn('changes-by-action');
    const found = world.changes
      .of(field.id, owners, isOwn)
      .filter((change) => (!byAction || change.action_type === action_type) && isLater(change))
      .sort(newestFirst);
    if (order_by === 'asc' && rules.isOn('changes-in-asked-order')) found.reverse();
    const shown = limit === undefined || !rules.isOn('changes-limited') ? found : found.slice(0, Math.max(limit, 0));
    return shown.map((change) => changeAnswer(world, change));
  },
};
