/**
 * The field values of the world. Seeded values are made when their owner is first looked at: a list of 100,000 entries has
 * millions of them, and most runs touch few. Each owner has a block of ids, so an id leads back to its owner by arithmetic.
 */

import type { EntityType } from '../../../src/api/records';
import type { FieldValueRecord } from './records';

/** What holds values: a list entry (list-specific fields) or an entity (global fields), as one number. */
export type OwnerKey = number;

/** A number for an entity: ids of persons, organizations and opportunities overlap. */
export const entityKey = (type: EntityType, id: number): OwnerKey => id * 16 + type;
const ENTRY_MARK = 15; // no entity type has this number
export const entryKey = (listEntryId: number): OwnerKey => listEntryId * 16 + ENTRY_MARK;

/** Where an owner's first values come from. */
export interface ValueOrigin {
  /** The values that the owner starts with. The same at every call. */
  valuesOf(key: OwnerKey): FieldValueRecord[];
  /** The owner of a value that `valuesOf` made, or null. */
  ownerOf(fieldValueId: number): OwnerKey | null;
}

export const NO_ORIGIN: ValueOrigin = { valuesOf: () => [], ownerOf: () => null };

/** Owners whose unchanged values are kept at hand; more would only cost memory, since they can be made again. */
const KEPT_UNCHANGED = 2_000;

export class FieldValues {
  readonly #origin: ValueOrigin;
  /** Values of owners that were changed. */
  readonly #changed = new Map<OwnerKey, FieldValueRecord[]>();
  /** Values of owners that were only looked at, oldest first. */
  readonly #unchanged = new Map<OwnerKey, readonly FieldValueRecord[]>();
  readonly #ownerOfNew = new Map<number, OwnerKey>();
  readonly #removedFields = new Set<number>();

  constructor(origin: ValueOrigin = NO_ORIGIN) {
    this.#origin = origin;
  }

  /** The values of one owner, in the order of their creation. */
  of(key: OwnerKey): readonly FieldValueRecord[] {
    const known = this.#changed.get(key) ?? this.#unchanged.get(key);
    if (known !== undefined) return known;
    const made = this.#origin.valuesOf(key).filter((value) => !this.#removedFields.has(value.field_id));
    const [oldest] = this.#unchanged.keys();
    if (this.#unchanged.size >= KEPT_UNCHANGED && oldest !== undefined) this.#unchanged.delete(oldest);
    this.#unchanged.set(key, made);
    return made;
  }

  /** The values of one owner, to be changed. */
  #take(key: OwnerKey): FieldValueRecord[] {
    const known = this.#changed.get(key);
    if (known !== undefined) return known;
    const taken = [...this.of(key)];
    this.#unchanged.delete(key);
    this.#changed.set(key, taken);
    return taken;
  }

  #ownerOf(fieldValueId: number): OwnerKey | null {
    return this.#ownerOfNew.get(fieldValueId) ?? this.#origin.ownerOf(fieldValueId);
  }

  find(fieldValueId: number): FieldValueRecord | undefined {
    const key = this.#ownerOf(fieldValueId);
    return key === null ? undefined : this.of(key).find((value) => value.id === fieldValueId);
  }

  add(key: OwnerKey, value: FieldValueRecord): void {
    this.#take(key).push(value);
    this.#ownerOfNew.set(value.id, key);
  }

  /** Puts a value in the place of the one with its id. @throws RangeError when there is none. */
  replace(value: FieldValueRecord): void {
    const key = this.#ownerOf(value.id);
    const values = key === null ? [] : this.#take(key);
    const index = values.findIndex((other) => other.id === value.id);
    if (index < 0) throw new RangeError(`there is no field value ${value.id}`);
    values[index] = value;
  }

  /** True when there was such a value. */
  remove(fieldValueId: number): boolean {
    const key = this.#ownerOf(fieldValueId);
    if (key === null || this.find(fieldValueId) === undefined) return false;
    const values = this.#take(key);
    values.splice(
      values.findIndex((value) => value.id === fieldValueId),
      1,
    );
    this.#ownerOfNew.delete(fieldValueId);
    return true;
  }

  removeOwner(key: OwnerKey): void {
    for (const value of this.of(key)) this.#ownerOfNew.delete(value.id);
    this.#unchanged.delete(key);
    this.#changed.set(key, []);
  }

  removeField(fieldId: number): void {
    this.#removedFields.add(fieldId);
    this.#unchanged.clear();
    for (const [key, values] of this.#changed) {
      const kept = values.filter((value) => value.field_id !== fieldId);
      if (kept.length < values.length) this.#changed.set(key, kept);
    }
  }

  /** Gives all values of one owner to another, as values of that entity. */
  move(from: OwnerKey, to: OwnerKey, entityId: number): void {
    const values = [...this.of(from)];
    this.removeOwner(from);
    for (const value of values) this.add(to, { ...value, entity_id: entityId });
  }

  /** Lets the values of an entry belong to another entity, as a merge does. */
  rebind(key: OwnerKey, entityId: number): void {
    const values = this.#take(key);
    values.forEach((value, index) => {
      values[index] = { ...value, entity_id: entityId };
    });
  }
}
