/**
 * The history of cells. Seeded steps are made when their cell is looked at, from the values that the cell started with; what is
 * written since is recorded here. Only fields that track changes have one. Source: official text, "Field Value Changes".
 */
import type { ChangeAction } from '../../../src/api/enums';
import type { OwnerKey } from './field-values';
import type { ChangeRecord, FieldValueRecord } from './records';
import type { World } from './world';

export interface ChangeOrigin {
  /** The history that the cells of one owner start with. */
  changesOf(key: OwnerKey, fieldId: number): readonly ChangeRecord[];
}

export class Changes {
  readonly #origin: ChangeOrigin;
  readonly #recorded = new Map<number, ChangeRecord[]>();

  constructor(origin: ChangeOrigin = { changesOf: () => [] }) {
    this.#origin = origin;
  }

  record(change: ChangeRecord): void {
    const ofField = this.#recorded.get(change.field_id);
    if (ofField === undefined) this.#recorded.set(change.field_id, [change]);
    else ofField.push(change);
  }

  /** All steps of a field on these owners, in no order. `isOwn` says which recorded ones belong to them. */
  of(fieldId: number, owners: Iterable<OwnerKey>, isOwn: (change: ChangeRecord) => boolean): ChangeRecord[] {
    const found = (this.#recorded.get(fieldId) ?? []).filter(isOwn);
    for (const key of owners) found.push(...this.#origin.changesOf(key, fieldId));
    return found;
  }
}

/** Writes down that a user changed a value, when its field tracks changes. */
export const recordChange = (world: World, action: ChangeAction, value: FieldValueRecord, changerId: number): void => {
  const field = world.fields.get(value.field_id);
  const isTracked = field?.track_changes === true || !world.rules.isOn('changes-of-tracked-fields-only');
  if (!isTracked || !world.rules.isOn('changes-are-recorded')) return;
  world.changes.record({
    id: world.nextId('change'),
    field_id: value.field_id,
    entity_id: value.entity_id,
    list_entry_id: value.list_entry_id,
    action_type: action,
    changer_id: changerId,
    changed_at: world.clock.now(),
    value: value.value,
  });
};
