/**
 * The interactions that each external person starts with, made when somebody looks: e-mails, meetings, calls and chat messages
 * over several years, up to the last contact. The same person of the same seed always gets the same ones.
 */
import { Direction, InteractionType } from '../../../src/api/enums';
import type { Random } from '../../../src/api/ports';
import type { InteractionOrigin } from '../world/interactions';
import { DAY } from '../world/pacific';
import { below, hashText, pick, seededRandom } from '../world/random';
import type { InteractionRecord } from '../world/records';
import { MEETING_TITLES, SUBJECTS } from './vocabulary';

/** Since when and until when the team was in touch with a person. Instants. */
export interface Contact {
  readonly first: number;
  readonly last: number;
  readonly hasEvents: boolean;
  readonly hasChats: boolean;
  /** The next meeting, ahead of the seed's time; null for none. */
  readonly nextAt: number | null;
  readonly teamId: number;
}

interface SeedPerson {
  readonly id: number;
  readonly employerId: number | null;
  readonly contact: Contact | null;
}

/** Ids that one person may use in each type: nobody has more interactions. */
const BLOCK = 32;
/** The same first id in every type: an id alone names four different things. */
const FIRST_ID = 500_001;
const HOUR = 3_600_000;

export class SeedInteractions implements InteractionOrigin {
  readonly #seed: number;
  readonly #teamIds: readonly number[];
  readonly #people: SeedPerson[] = [];
  readonly #positions = new Map<number, number>();
  readonly #colleagues = new Map<number, number[]>();

  constructor(seed: string, teamIds: readonly number[]) {
    this.#seed = hashText(`interactions of ${seed}`);
    this.#teamIds = teamIds;
  }

  addPerson(id: number, employerId: number | null, contact: Contact | null): void {
    this.#positions.set(id, this.#people.length);
    this.#people.push({ id, employerId, contact });
    if (employerId === null) return;
    const known = this.#colleagues.get(employerId);
    if (known === undefined) this.#colleagues.set(employerId, [id]);
    else known.push(id);
  }

  /** The highest id that a seeded interaction may have. */
  lastId(): number {
    return FIRST_ID + this.#people.length * BLOCK;
  }

  interactionsOf(personId: number): readonly InteractionRecord[] {
    const position = this.#positions.get(personId);
    const person = position === undefined ? undefined : this.#people[position];
    if (position === undefined || person === undefined) return [];
    const colleagues = person.employerId === null ? [] : (this.#colleagues.get(person.employerId) ?? []);
    const shared = colleagues
      .filter((id) => id !== personId)
      .flatMap((id) => this.#made(this.#positions.get(id) ?? 0))
      .filter((one) => one.person_ids.includes(personId));
    return [...this.#made(position), ...shared];
  }

  find(type: number, id: number): InteractionRecord | undefined {
    const position = Math.floor((id - FIRST_ID) / BLOCK);
    return this.#made(position).find((one) => one.type === type && one.id === id);
  }

  /** Interactions that were had for the sake of the person at this position. */
  #made(position: number): readonly InteractionRecord[] {
    const person = this.#people[position];
    if (person === undefined || person.contact === null) return [];
    const random = seededRandom(this.#seed ^ Math.imul(position + 1, 0x2545f491));
    return new Maker(person, person.contact, position, random, this.#teamIds, this.#colleagueOf(person)).all();
  }

  #colleagueOf(person: SeedPerson): number | null {
    const colleagues = person.employerId === null ? [] : (this.#colleagues.get(person.employerId) ?? []);
    return colleagues.find((id) => id !== person.id) ?? null;
  }
}

class Maker {
  readonly #made: InteractionRecord[] = [];
  readonly #count: [number, number, number, number] = [0, 0, 0, 0];
  readonly #person: SeedPerson;
  readonly #contact: Contact;
  readonly #position: number;
  readonly #random: Random;
  readonly #teamIds: readonly number[];
  readonly #colleague: number | null;

  constructor(
    person: SeedPerson,
    contact: Contact,
    position: number,
    random: Random,
    teamIds: readonly number[],
    colleague: number | null,
  ) {
    this.#person = person;
    this.#contact = contact;
    this.#position = position;
    this.#random = random;
    this.#teamIds = teamIds;
    this.#colleague = colleague;
  }

  all(): readonly InteractionRecord[] {
    const { first, last, hasEvents, hasChats, nextAt } = this.#contact;
    this.#email(first);
    this.#email(last);
    for (let count = below(this.#random, 5); count > 0; count -= 1) this.#email(this.#between(first, last));
    // A third of the contacts go back some years more.
    const years = this.#random() < 0.35 ? 1 + below(this.#random, 4) : 0;
    for (let year = 1; year <= years; year += 1) {
      const around = first - year * 365 * DAY;
      this.#email(around + below(this.#random, 200) * DAY * 0.9);
      if (hasEvents) this.#meeting(around + below(this.#random, 100) * DAY);
    }
    if (hasEvents) {
      this.#meeting(Math.min(first + DAY, last));
      this.#meeting(last - HOUR);
      for (let count = below(this.#random, 3); count > 0; count -= 1) this.#meeting(this.#between(first, last));
      for (let count = below(this.#random, 3); count > 0; count -= 1) this.#call(this.#between(first, last));
    }
    if (hasChats) {
      this.#chat(last - 2 * HOUR);
      this.#chat(this.#between(first, last - 2 * HOUR));
    }
    if (nextAt !== null) this.#meeting(nextAt);
    return this.#made;
  }

  #between(from: number, to: number): number {
    return from + below(this.#random, Math.max(1, to - from));
  }

  #add(type: 0 | 1 | 2 | 3, date: number, rest: Partial<InteractionRecord>): void {
    const id = FIRST_ID + this.#position * BLOCK + this.#count[type];
    this.#count[type] += 1;
    this.#made.push({
      id,
      type,
      date: Math.floor(date),
      end_time: null,
      updated_at: null,
      manual_creator_id: null,
      title: null,
      direction: null,
      person_ids: [this.#contact.teamId, this.#person.id],
      cc_ids: [],
      ...rest,
    });
  }

  #email(date: number): void {
    const isSent = this.#random() < 0.55;
    const { teamId } = this.#contact;
    const other = pick(this.#random, this.#teamIds);
    this.#add(InteractionType.email, date, {
      title: pick(this.#random, SUBJECTS),
      direction: isSent ? Direction.sent : Direction.received,
      person_ids: isSent ? [teamId, this.#person.id] : [this.#person.id, teamId],
      cc_ids: other !== teamId && this.#random() < 0.25 ? [other] : [],
    });
  }

  #meeting(date: number): void {
    const isManual = this.#random() < 0.15;
    const withColleague = this.#colleague !== null && this.#random() < 0.3;
    const second = pick(this.#random, this.#teamIds);
    const { teamId } = this.#contact;
    this.#add(InteractionType.meeting, date, {
      title: isManual ? 'Manually logged event' : pick(this.#random, MEETING_TITLES),
      manual_creator_id: isManual ? teamId : null,
      end_time: isManual ? null : Math.floor(date) + HOUR / 2,
      person_ids: [
        teamId,
        ...(second !== teamId && this.#random() < 0.4 ? [second] : []),
        this.#person.id,
        ...(withColleague && this.#colleague !== null ? [this.#colleague] : []),
      ],
    });
  }

  #call(date: number): void {
    const isManual = this.#random() < 0.7;
    this.#add(InteractionType.call, date, {
      title: 'Call',
      manual_creator_id: isManual ? this.#contact.teamId : null,
    });
  }

  #chat(date: number): void {
    this.#add(InteractionType.chatMessage, date, {
      direction: this.#random() < 0.5 ? Direction.sent : Direction.received,
      manual_creator_id: this.#contact.teamId,
    });
  }
}
