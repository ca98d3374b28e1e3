/**
 * The interactions of the world. Seeded ones are made when their external person is looked at; what was created, changed or
 * removed since is kept beside them. An id is unique within its type only, as in the API.
 */
import { InteractionType, PersonType } from '../../../src/api/enums';
import type { InteractionRecord } from './records';
import type { World } from './world';

/** Where the first interactions come from. */
export interface InteractionOrigin {
  /** The interactions that involve this external person. The same at every call. */
  interactionsOf(personId: number): readonly InteractionRecord[];
  find(type: number, id: number): InteractionRecord | undefined;
}

export const NO_INTERACTIONS: InteractionOrigin = { interactionsOf: () => [], find: () => undefined };

const keyOf = (type: number, id: number): string => `${type} ${id}`;

export class Interactions {
  readonly #origin: InteractionOrigin;
  /** What was created or changed; null for what was removed. */
  readonly #own = new Map<string, InteractionRecord | null>();
  readonly #ownOfPerson = new Map<number, Set<string>>();

  constructor(origin: InteractionOrigin = NO_INTERACTIONS) {
    this.#origin = origin;
  }

  /** All interactions of one external person, in no order. */
  of(personId: number): readonly InteractionRecord[] {
    const seeded = this.#origin.interactionsOf(personId);
    if (this.#own.size === 0) return seeded;
    const kept = seeded.filter(({ type, id }) => !this.#own.has(keyOf(type, id)));
    const own = [...(this.#ownOfPerson.get(personId) ?? [])].flatMap((key) => this.#own.get(key) ?? []);
    return [...kept, ...own];
  }

  /** All interactions of several persons, each once. */
  ofAll(personIds: readonly number[]): readonly InteractionRecord[] {
    if (personIds.length === 1) return this.of(personIds[0] ?? 0);
    const byKey = new Map(personIds.flatMap((id) => this.of(id)).map((one) => [keyOf(one.type, one.id), one] as const));
    return [...byKey.values()];
  }

  find(type: number, id: number): InteractionRecord | undefined {
    const own = this.#own.get(keyOf(type, id));
    return own === undefined ? this.#origin.find(type, id) : (own ?? undefined);
  }

  /** Adds an interaction, or puts it in the place of the one with its type and id. */
  put(record: InteractionRecord): void {
    const key = keyOf(record.type, record.id);
    this.remove(record.type, record.id);
    this.#own.set(key, record);
    for (const personId of record.person_ids) {
      const keys = this.#ownOfPerson.get(personId) ?? new Set();
      this.#ownOfPerson.set(personId, keys.add(key));
    }
  }

  remove(type: number, id: number): void {
    const key = keyOf(type, id);
    const known = this.find(type, id);
    for (const personId of known?.person_ids ?? []) this.#ownOfPerson.get(personId)?.delete(key);
    this.#own.set(key, null);
  }
}

/** Kinds of interaction that have a date on persons and organizations. */
export const INTERACTION_KINDS = [
  'first_email',
  'last_email',
  'last_event',
  'last_chat_message',
  'last_interaction',
  'next_event',
  'first_event',
] as const;
export type InteractionKind = (typeof INTERACTION_KINDS)[number];

/** The interaction behind each date, or null where there was none. */
export type InteractionDates = Readonly<Record<InteractionKind, InteractionRecord | null>>;

/** Meetings and calls: what the API calls events. */
export const isEvent = ({ type }: InteractionRecord): boolean =>
  type === InteractionType.meeting || type === InteractionType.call;

/** The dates of one or several persons as of now; null when they never had an interaction. */
export const interactionDatesOf = (world: World, personIds: readonly number[]): InteractionDates | null => {
  const now = world.clock.now();
  // Dates are of contacts with the outside: the team's own persons have none.
  const external = personIds.filter((id) => world.persons.get(id)?.type !== PersonType.internal);
  const all = world.interactions.ofAll(external);
  if (all.length === 0) return null;
  const dates: Record<InteractionKind, InteractionRecord | null> = {
    first_email: null,
    last_email: null,
    last_event: null,
    last_chat_message: null,
    last_interaction: null,
    next_event: null,
    first_event: null,
  };
  const earliest = (kind: InteractionKind, one: InteractionRecord): void => {
    if (dates[kind] === null || one.date < dates[kind].date) dates[kind] = one;
  };
  const latest = (kind: InteractionKind, one: InteractionRecord): void => {
    if (dates[kind] === null || one.date > dates[kind].date) dates[kind] = one;
  };
  for (const one of all) {
    if (one.date > now) {
      if (isEvent(one)) earliest('next_event', one);
      continue;
    }
    latest('last_interaction', one);
    if (isEvent(one)) {
      earliest('first_event', one);
      latest('last_event', one);
    } else if (one.type === InteractionType.email) {
      earliest('first_email', one);
      latest('last_email', one);
    } else latest('last_chat_message', one);
  }
  return dates;
};

/** The internal persons of an interaction. */
export const internalOf = (world: World, { person_ids, cc_ids }: InteractionRecord): readonly number[] =>
  [...person_ids, ...cc_ids].filter((id) => world.persons.get(id)?.type === PersonType.internal);
