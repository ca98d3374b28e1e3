/**
 * The history that the seeded cells start with: how each value came to be what it is. Stages of the pipeline move forward and
 * sometimes back, amounts are haggled over; the last step is always the value that the cell starts with.
 */
import { ChangeAction, ValueType } from '../../../src/api/enums';
import type { Random } from '../../../src/api/ports';
import type { ChangeOrigin } from '../world/changes';
import type { OwnerKey } from '../world/field-values';
import { below, hashText, pick, seededRandom } from '../world/random';
import type { ChangeRecord, FieldValueRecord, StoredValue } from '../world/records';
import type { SeedCells } from './cells';
import { SEED_FIELDS, type SeedField } from './fields';

/** Steps that one value may have had; each has an id of its own. */
const MAX_STEPS = 8;
const FIRST_ID = 1_000;

const FIELDS = new Map(SEED_FIELDS.map((field) => [field.id, field]));

/** The ids of the stages that led to this one: mostly forward from the first, now and then one back. */
const stagesTo = (field: SeedField, last: number, random: Random): readonly number[] => {
  const ids = field.dropdown_options.map((option) => option.id);
  const goal = ids.indexOf(last);
  const path: number[] = [];
  let at = 0;
  while (at < goal && path.length < MAX_STEPS - 3) {
    path.push(at);
    const isBack = at > 0 && random() < 0.25;
    at += isBack ? -1 : 1 + below(random, 2);
  }
  if (goal > 0 && random() < 0.3) path.push(Math.min(goal + 1, ids.length - 1));
  // A step to where one is would be none.
  const steps = path.filter((stage, index) => stage !== path[index - 1]);
  if (steps[steps.length - 1] === goal) steps.pop();
  return [...steps.map((stage) => ids[stage] ?? last), last];
};

const amountsTo = (last: number, random: Random): readonly number[] => {
  const before = Array.from({ length: below(random, 4) }, () => Math.round(last * (0.5 + random())));
  return [...before, last];
};

const stepsOf = (field: SeedField, value: StoredValue, random: Random): readonly StoredValue[] => {
  if (field.value_type === ValueType.rankedDropdown && typeof value === 'number') return stagesTo(field, value, random);
  if (field.value_type === ValueType.number && typeof value === 'number') return amountsTo(value, random);
  return [value, value];
};

export class SeedChanges implements ChangeOrigin {
  readonly #seed: number;
  readonly #cells: SeedCells;
  readonly #teamIds: readonly number[];

  constructor(seed: string, cells: SeedCells, teamIds: readonly number[]) {
    this.#seed = hashText(`changes of ${seed}`);
    this.#cells = cells;
    this.#teamIds = teamIds;
  }

  changesOf(key: OwnerKey, fieldId: number): readonly ChangeRecord[] {
    const field = FIELDS.get(fieldId);
    if (field === undefined || !field.track_changes) return [];
    return this.#cells
      .valuesOf(key)
      .filter((value) => value.field_id === fieldId)
      .flatMap((value) => this.#historyOf(field, value));
  }

  #historyOf(field: SeedField, value: FieldValueRecord): readonly ChangeRecord[] {
    const random = seededRandom(this.#seed ^ Math.imul(value.id % 0x7fff_ffff, 0x5851f42d));
    const { created_at, updated_at } = value;
    // A value that was never updated has been what it is from the start.
    const steps = updated_at === null ? [value.value] : stepsOf(field, value.value, random);
    const span = (updated_at ?? created_at) - created_at;
    return steps.map((step, index): ChangeRecord => {
      const share = steps.length === 1 ? 0 : index / (steps.length - 1);
      return {
        id: FIRST_ID + (value.id - this.#cells.firstId()) * MAX_STEPS + index,
        field_id: field.id,
        entity_id: value.entity_id,
        list_entry_id: value.list_entry_id,
        action_type: index === 0 ? ChangeAction.create : ChangeAction.update,
        changer_id: pick(random, this.#teamIds),
        changed_at: Math.floor(created_at + span * share),
        value: step,
      };
    });
  }
}
