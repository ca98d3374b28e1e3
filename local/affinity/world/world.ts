/**
 * The emulated account: its records, its users, its time. Handlers read and change it; every removal with its consequences
 * is in `removal.ts`. It knows nothing of HTTP and of answers.
 */
import type { WebhookEvent } from '../../../src/api/enums';
import type { Random } from '../../../src/api/ports';
import { EntityType } from '../../../src/api/records';
import { type Choices, DEFAULT_CHOICES } from '../choices';
import { createRules, type RuleName, type Rules } from '../rules';
import { type ChangeOrigin, Changes } from './changes';
import { type EmulatorClock, simulatedClock } from './clock';
import { entityKey, entryKey, FieldValues, NO_ORIGIN, type OwnerKey, type ValueOrigin } from './field-values';
import { type InteractionOrigin, Interactions } from './interactions';
import { hashText, seededRandom } from './random';
import type {
  EntityFileRecord,
  FieldRecord,
  FieldValueRecord,
  ListEntryRecord,
  ListRecord,
  NoteRecord,
  OpportunityRecord,
  OrganizationRecord,
  PersonRecord,
  ReminderRecord,
  Tenant,
  User,
  WebhookRecord,
} from './records';
import { Shelf } from './shelf';

/** Kinds of record that get ids of their own. Persons, organizations and opportunities overlap on purpose. */
export type IdKind =
  | 'person'
  | 'organization'
  | 'opportunity'
  | 'list'
  | 'listEntry'
  | 'field'
  | 'option'
  | 'fieldValue'
  | 'change'
  | 'interaction'
  | 'note'
  | 'reminder'
  | 'entityFile'
  | 'webhook';

export interface WorldOptions {
  readonly tenant: Tenant;
  readonly users: readonly User[];
  readonly clock?: EmulatorClock;
  /** Name of the seed: the source of everything that looks random. */
  readonly seed?: string;
  readonly rulesOff?: readonly RuleName[];
  readonly choices?: Partial<Choices>;
  readonly valueOrigin?: ValueOrigin;
  readonly changeOrigin?: ChangeOrigin;
  readonly interactionOrigin?: InteractionOrigin;
}

export class World {
  readonly tenant: Tenant;
  readonly users: readonly User[];
  readonly clock: EmulatorClock;
  readonly random: Random;
  readonly rules: Rules;
  choices: Choices;

  readonly persons = new Map<number, PersonRecord>();
  readonly organizations = new Map<number, OrganizationRecord>();
  readonly opportunities = new Map<number, OpportunityRecord>();
  readonly lists = new Map<number, ListRecord>();
  readonly fields = new Map<number, FieldRecord>();
  readonly entries = new Map<number, ListEntryRecord>();
  readonly fieldValues: FieldValues;
  readonly changes: Changes;
  readonly interactions: Interactions;
  readonly notes = new Shelf<NoteRecord>();
  readonly reminders = new Shelf<ReminderRecord>();
  readonly entityFiles = new Shelf<EntityFileRecord>();
  readonly webhooks = new Shelf<WebhookRecord>();
  /** Whether a webhook's address answers as it should when it is tried. Whoever owns the network decides. */
  answersWell: (url: string) => boolean = () => true;
  /** Survivor of each merged entity, by entity key. */
  readonly merged = new Map<OwnerKey, number>();
  /** How often paging came to an end; decides the form of the next end. */
  pagingEnds = 0;

  readonly #listeners: ((event: WebhookEvent, body: object) => void)[] = [];
  readonly #entriesOfList = new Map<number, ListEntryRecord[]>();
  readonly #entriesOfEntity = new Map<OwnerKey, ListEntryRecord[]>();
  readonly #lastId = new Map<IdKind, number>();

  constructor(options: WorldOptions) {
    this.tenant = options.tenant;
    this.users = options.users;
    this.clock = options.clock ?? simulatedClock(Date.UTC(2026, 6, 1, 16));
    this.random = seededRandom(hashText(options.seed ?? ''));
    this.rules = createRules(options.rulesOff);
    this.choices = { ...DEFAULT_CHOICES, ...options.choices };
    this.fieldValues = new FieldValues(options.valueOrigin ?? NO_ORIGIN);
    this.changes = new Changes(options.changeOrigin);
    this.interactions = new Interactions(options.interactionOrigin);
  }

  /** Hears of every event that a webhook can be told of. */
  onEvent(listener: (event: WebhookEvent, body: object) => void): void {
    this.#listeners.push(listener);
  }

  /** Tells of an event. The body is made only when somebody listens. */
  emit(event: WebhookEvent, body: () => object): void {
    if (this.webhooks.size === 0) return;
    for (const listener of this.#listeners) listener(event, body());
  }

  /** An id that no record of this kind has had. */
  nextId(kind: IdKind): number {
    const id = (this.#lastId.get(kind) ?? 0) + 1;
    this.#lastId.set(kind, id);
    return id;
  }

  /** Tells that ids up to this one are taken. */
  reserveIds(kind: IdKind, upTo: number): void {
    this.#lastId.set(kind, Math.max(upTo, this.#lastId.get(kind) ?? 0));
  }

  addEntry(entry: ListEntryRecord): void {
    this.entries.set(entry.id, entry);
    const ofList = this.#entriesOfList.get(entry.list_id);
    if (ofList === undefined) this.#entriesOfList.set(entry.list_id, [entry]);
    else ofList.push(entry);
    this.#indexEntity(entry);
  }

  #indexEntity(entry: ListEntryRecord): void {
    const key = entityKey(entry.entity_type, entry.entity_id);
    const ofEntity = this.#entriesOfEntity.get(key);
    if (ofEntity === undefined) this.#entriesOfEntity.set(key, [entry]);
    else ofEntity.push(entry);
  }

  /** Takes the entry out of its list. Its values and, on an opportunity list, the opportunity are `removal.ts`'s concern. */
  dropEntry(entry: ListEntryRecord): void {
    this.entries.delete(entry.id);
    for (const [index, key] of [
      [this.#entriesOfList, entry.list_id],
      [this.#entriesOfEntity, entityKey(entry.entity_type, entry.entity_id)],
    ] as const) {
      const entries = index.get(key) ?? [];
      const at = entries.indexOf(entry);
      if (at >= 0) entries.splice(at, 1);
    }
  }

  /** Lets an entry stand for another entity, as a merge does. */
  rebindEntry(entry: ListEntryRecord, entityId: number): void {
    const before = this.#entriesOfEntity.get(entityKey(entry.entity_type, entry.entity_id)) ?? [];
    before.splice(before.indexOf(entry), 1);
    entry.entity_id = entityId;
    this.#indexEntity(entry);
    this.fieldValues.rebind(entryKey(entry.id), entityId);
  }

  /** Entries of a list in the order of their creation. */
  entriesOf(listId: number): readonly ListEntryRecord[] {
    return this.#entriesOfList.get(listId) ?? [];
  }

  entriesOfEntity(type: EntityType, id: number): readonly ListEntryRecord[] {
    return this.#entriesOfEntity.get(entityKey(type, id)) ?? [];
  }

  hasEntity(type: EntityType, id: number): boolean {
    switch (type) {
      case EntityType.person:
        return this.persons.has(id);
      case EntityType.organization:
        return this.organizations.has(id);
      case EntityType.opportunity:
        return this.opportunities.has(id);
    }
  }

  /** Opportunities that a person or an organization takes part in. Looks through all of them. */
  opportunitiesOf(member: 'person_ids' | 'organization_ids', id: number): readonly OpportunityRecord[] {
    return [...this.opportunities.values()].filter((opportunity) => opportunity[member].includes(id));
  }

  /** What a value belongs to: a list entry, or an entity for a global field. */
  ownerKeyOf(value: Pick<FieldValueRecord, 'list_entry_id' | 'entity_type' | 'entity_id'>): OwnerKey {
    return value.list_entry_id === null ? entityKey(value.entity_type, value.entity_id) : entryKey(value.list_entry_id);
  }

  userByKey(key: string): User | undefined {
    return this.users.find((user) => user.key === key);
  }
}
