/**
 * The first values of each cell of the seeded firm, made when somebody looks: the same owner of the same seed always gets the
 * same values. Every owner has a block of field value ids above 2^31.
 */
import type { EntityType } from '../../../src/api/records';
import { entityKey, entryKey, type OwnerKey, type ValueOrigin } from '../world/field-values';
import { DAY } from '../world/pacific';
import { below, hashText, seededRandom } from '../world/random';
import type { FieldValueRecord, ListEntryRecord, StoredValue } from '../world/records';
import { type Palette, SEED_FIELDS, type SeedField } from './fields';

/** Ids that one owner may use: no owner has more values. */
const BLOCK = 96;
const FIRST_ID = 2_600_000_000;
const MAX_VALUES_OF_CELL = 3;

interface SeedOwner {
  readonly entity_type: EntityType;
  readonly entity_id: number;
  readonly entry: ListEntryRecord | null;
  readonly index: number;
  readonly created_at: number;
}

export class SeedCells implements ValueOrigin {
  readonly #seed: number;
  readonly #palette: Omit<Palette, 'random' | 'index'>;
  readonly #positions = new Map<OwnerKey, number>();
  readonly #owners: SeedOwner[] = [];
  readonly #keys: OwnerKey[] = [];
  readonly #fieldsByPlace = new Map<string, readonly SeedField[]>();

  constructor(seed: string, palette: Omit<Palette, 'random' | 'index'>) {
    this.#seed = hashText(`cells of ${seed}`);
    this.#palette = palette;
  }

  addEntity(type: EntityType, id: number, index: number, createdAt: number): void {
    this.#add(entityKey(type, id), { entity_type: type, entity_id: id, entry: null, index, created_at: createdAt });
  }

  addEntry(entry: ListEntryRecord, index: number): void {
    const { entity_type, entity_id, created_at } = entry;
    this.#add(entryKey(entry.id), { entity_type, entity_id, entry, index, created_at });
  }

  #add(key: OwnerKey, owner: SeedOwner): void {
    this.#positions.set(key, this.#owners.length);
    this.#owners.push(owner);
    this.#keys.push(key);
  }

  firstId(): number {
    return FIRST_ID;
  }

  /** The highest id that a seeded value may have. */
  lastId(): number {
    return FIRST_ID + this.#owners.length * BLOCK;
  }

  ownerOf(fieldValueId: number): OwnerKey | null {
    return this.#keys[Math.floor((fieldValueId - FIRST_ID) / BLOCK)] ?? null;
  }

  #fieldsOf(owner: SeedOwner): readonly SeedField[] {
    const listId = owner.entry?.list_id ?? null;
    const place = `${owner.entity_type} ${listId}`;
    const known = this.#fieldsByPlace.get(place);
    if (known !== undefined) return known;
    const fields = SEED_FIELDS.filter((field) => field.entity_type === owner.entity_type && field.list_id === listId);
    this.#fieldsByPlace.set(place, fields);
    return fields;
  }

  valuesOf(key: OwnerKey): FieldValueRecord[] {
    const position = this.#positions.get(key);
    const owner = position === undefined ? undefined : this.#owners[position];
    if (position === undefined || owner === undefined) return [];
    const random = seededRandom(this.#seed ^ Math.imul(position + 1, 0x27d4eb2f));
    const palette: Palette = { ...this.#palette, random, index: owner.index };
    const values: FieldValueRecord[] = [];
    for (const field of this.#fieldsOf(owner)) {
      if (random() >= field.fill) continue;
      for (const value of distinctValues(field, palette)) {
        const created = Math.min(owner.created_at + below(random, 3_600_000), palette.now);
        values.push({
          id: FIRST_ID + position * BLOCK + values.length,
          field_id: field.id,
          list_entry_id: owner.entry?.id ?? null,
          // A merge may have given the entry to another entity since.
          entity_id: owner.entry?.entity_id ?? owner.entity_id,
          entity_type: owner.entity_type,
          created_at: created,
          updated_at: random() < 0.4 ? Math.min(created + below(random, 30 * DAY), palette.now) : null,
          value,
        });
      }
    }
    return values;
  }
}

const distinctValues = (field: SeedField, palette: Palette): readonly StoredValue[] => {
  if (!field.allows_multiple) return [field.make(palette)];
  const wanted = 1 + below(palette.random, MAX_VALUES_OF_CELL);
  const byText = new Map<string, StoredValue>();
  for (let count = 0; count < wanted; count += 1) {
    const value = field.make(palette);
    byText.set(JSON.stringify(value), value);
  }
  return [...byText.values()];
};
