/**
 * The seeded firm "Northlight Ventures": a team, its contacts, companies and deals, and four lists. Everything follows from
 * the seed's name and the number of pipeline entries; nothing depends on the computer's time.
 */

import { EntityType, ListRole } from '../../../src/api/enums';
import type { Random } from '../../../src/api/ports';
import type { Choices } from '../choices';
import type { RuleName } from '../rules';
import type { EmulatorClock } from '../world/clock';
import { entityKey } from '../world/field-values';
import { DAY } from '../world/pacific';
import { below, hashText, pick, seededRandom } from '../world/random';
import type { ListEntryRecord, User } from '../world/records';
import { World } from '../world/world';
import { seedFiles, seedNotes, seedReminders, seedWebhooks } from './activity';
import { SeedCells } from './cells';
import { SeedChanges } from './changes';
import { LIST_IDS, SEED_FIELDS } from './fields';
import { type Contact, SeedInteractions } from './interactions';
import {
  COMPANY_FIRST,
  COMPANY_SECOND,
  FIRST_NAMES,
  HOSTILE_COMPANIES,
  HOSTILE_PERSONS,
  LAST_NAMES,
  ROUNDS,
} from './vocabulary';

/** The latest instant in the seeded data; the simulated clock starts here. */
export const SEED_NOW = Date.UTC(2026, 6, 1, 16);
const SEED_SPAN = 730 * DAY;

export const DEFAULT_ENTRIES = 137;
export const DEFAULT_SEED = 'northlight';

/** Entries of the other lists for each entry of the pipeline. */
const SHARES = { companies: 0.6, people: 0.45, watchlist: 0.1 } as const;

/** Persons, organizations and opportunities count from the same number: one id means three different things. */
const FIRST_ENTITY_ID = 40_001;
const FIRST_ENTRY_ID = 3_100_000_007;

const TEAM = [
  ['Maya', 'Lindqvist'],
  ['Tomás', 'Ferreira'],
  ['Grace', 'Oyelaran'],
  ['Henrik', 'Aalto'],
  ['Sunita', 'Rao'],
  ['Paul', 'Dubois'],
] as const;

const userOf = (index: number, role: User['role'], key: string): User => ({
  id: FIRST_ENTITY_ID + index,
  role,
  key,
  keyCreatedAt: SEED_NOW - SEED_SPAN,
});

export interface SeedOptions {
  readonly seed?: string;
  /** Entries of the pipeline list, exactly. The other lists follow in proportion. */
  readonly entries?: number;
  readonly adminKey?: string;
  readonly clock?: EmulatorClock;
  readonly rulesOff?: readonly RuleName[];
  readonly choices?: Partial<Choices>;
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'firm';

/**
 * When the team was in touch with somebody, or null for never: their interactions are made from it. Organizations draw one too
 * and do not keep it, since theirs are those of their persons; without the draw all later names would be others.
 */
const contact = (random: Random, teamIds: readonly number[]): Contact | null => {
  if (random() < 0.35) return null;
  const last = SEED_NOW - below(random, 400) * DAY - below(random, DAY);
  const first = last - below(random, 300) * DAY;
  const hasEvents = random() < 0.6;
  const hasChats = random() < 0.2;
  const nextAt = random() < 0.2 ? SEED_NOW + (1 + below(random, 40)) * DAY : null;
  return { first, last, hasEvents, hasChats, nextAt, teamId: pick(random, teamIds) };
};

const addTeam = (world: World): void => {
  TEAM.forEach(([first, last], index) => {
    const email = `${first.toLowerCase().replace('á', 'a')}@northlight.example`;
    world.persons.set(FIRST_ENTITY_ID + index, {
      id: FIRST_ENTITY_ID + index,
      type: 1,
      first_name: first,
      last_name: last,
      primary_email: email,
      emails: [email],
      organization_ids: [],
      current_organization_ids: [],
    });
  });
};

const addOrganizations = (world: World, random: Random, count: number, teamIds: readonly number[]): void => {
  for (let index = 0; index < count; index += 1) {
    const id = FIRST_ENTITY_ID + index;
    const series = Math.floor(index / 500);
    const made = `${pick(random, COMPANY_FIRST)} ${pick(random, COMPANY_SECOND)}${series === 0 ? '' : ` ${series + 1}`}`;
    const name = HOSTILE_COMPANIES[index] ?? made;
    const isGlobal = index >= HOSTILE_COMPANIES.length && random() < 0.25;
    const domain = random() < 0.85 ? `${slug(name)}-${id}.example` : null;
    const second = domain !== null && random() < 0.2 ? [`${slug(name)}.${id}.example`] : [];
    world.organizations.set(id, {
      id,
      name,
      domain,
      domains: domain === null ? [] : [domain, ...second],
      crunchbase_uuid: isGlobal && random() < 0.5 ? `00000000-0000-4000-8000-${String(id).padStart(12, '0')}` : null,
      global: isGlobal,
      isKnown: true,
      person_ids: [],
    });
    contact(random, teamIds);
  }
};

/** Companies of Affinity's own data that the team never met: only a search by term finds them. */
const addUnknownOrganizations = (world: World, firstId: number): void => {
  ['Northwind Global Analytics', 'Global Harbor Logistics', 'Amber Global Foods'].forEach((name, index) => {
    const id = firstId + index;
    const domain = `${slug(name)}.example`;
    world.organizations.set(id, {
      id,
      name,
      domain,
      domains: [domain],
      crunchbase_uuid: null,
      global: true,
      isKnown: false,
      person_ids: [],
    });
  });
};

const addPersons = (
  world: World,
  random: Random,
  count: number,
  teamIds: readonly number[],
  touched: SeedInteractions,
): void => {
  const organizations = [...world.organizations.values()];
  for (let index = 0; index < count; index += 1) {
    const id = FIRST_ENTITY_ID + TEAM.length + index;
    const hostile = HOSTILE_PERSONS[index];
    const first_name = hostile === undefined ? pick(random, FIRST_NAMES) : hostile[0];
    const last_name = hostile === undefined ? pick(random, LAST_NAMES) : hostile[1];
    const employer = random() < 0.9 ? pick(random, organizations) : undefined;
    // A person without any address exists too, but then has a name.
    const emails =
      random() < 0.92 || first_name === null
        ? [`${slug(`${first_name ?? 'contact'} ${last_name ?? ''}`)}.${id}@${employer?.domain ?? 'mail.example'}`]
        : [];
    if (emails.length > 0 && random() < 0.2) emails.push(`p${id}@alumni.example`);
    world.persons.set(id, {
      id,
      type: 0,
      first_name,
      last_name,
      primary_email: emails[0] ?? null,
      emails,
      organization_ids: employer === undefined ? [] : [employer.id],
      current_organization_ids: employer === undefined ? [] : [employer.id],
    });
    touched.addPerson(id, employer?.id ?? null, contact(random, teamIds));
    if (employer !== undefined) employer.person_ids = [...employer.person_ids, id];
  }
};

const addLists = (world: World): void => {
  const [admin, colleague] = world.users;
  const list = (id: number, type: EntityType, name: string, isPublic: boolean): void => {
    world.lists.set(id, {
      id,
      type,
      name,
      public: isPublic,
      owner_id: admin?.id ?? 0,
      creator_id: admin?.id ?? 0,
      additional_permissions:
        isPublic || colleague === undefined ? [] : [{ internal_person_id: colleague.id, role_id: ListRole.standard }],
    });
  };
  list(LIST_IDS.pipeline, EntityType.opportunity, 'Deal Pipeline', true);
  list(LIST_IDS.companies, EntityType.organization, 'Companies', true);
  list(LIST_IDS.people, EntityType.person, 'People', true);
  list(LIST_IDS.watchlist, EntityType.organization, 'Partner Watchlist', false);
};

class EntryMaker {
  readonly #world: World;
  readonly #cells: SeedCells;
  readonly #random: Random;
  readonly #teamIds: readonly number[];
  #made = 0;

  constructor(world: World, cells: SeedCells, random: Random, teamIds: readonly number[]) {
    this.#world = world;
    this.#cells = cells;
    this.#random = random;
    this.#teamIds = teamIds;
  }

  /** Fills a list, oldest entry first. */
  fill(listId: number, type: EntityType, entityIds: readonly number[]): void {
    const step = SEED_SPAN / Math.max(1, entityIds.length);
    entityIds.forEach((entityId, index) => {
      const entry: ListEntryRecord = {
        id: FIRST_ENTRY_ID + this.#made * 7,
        list_id: listId,
        creator_id: pick(this.#random, this.#teamIds),
        entity_id: entityId,
        entity_type: type,
        created_at: SEED_NOW - SEED_SPAN + Math.floor((index + this.#random() * 0.9) * step),
      };
      this.#made += 1;
      this.#world.addEntry(entry);
      this.#cells.addEntry(entry, index);
    });
    this.#world.reserveIds('listEntry', FIRST_ENTRY_ID + this.#made * 7);
  }
}

const addOpportunities = (world: World, random: Random, count: number, externalIds: readonly number[]): void => {
  const organizations = [...world.organizations.values()].filter((organization) => organization.isKnown);
  for (let index = 0; index < count; index += 1) {
    const id = FIRST_ENTITY_ID + index;
    const organization = organizations[index % organizations.length];
    const name = `${organization?.name ?? 'Deal'} – ${pick(random, ROUNDS)}`;
    world.opportunities.set(id, {
      id,
      name,
      person_ids: [pick(random, externalIds)],
      organization_ids: organization === undefined ? [] : [organization.id],
    });
  }
};

/** Builds the firm. The same options give the same world, value by value. */
export const northlight = (options: SeedOptions = {}): World => {
  const seed = options.seed ?? DEFAULT_SEED;
  const entries = options.entries ?? DEFAULT_ENTRIES;
  const random = seededRandom(hashText(`firm of ${seed}`));
  const sizes = {
    companies: Math.round(entries * SHARES.companies),
    people: Math.round(entries * SHARES.people),
    watchlist: Math.round(entries * SHARES.watchlist),
  };
  const organizationCount = Math.max(24, Math.ceil(sizes.companies * 1.2));
  const externalCount = Math.max(36, Math.ceil(sizes.people * 1.4));
  const ids = (first: number, count: number): number[] =>
    Array.from({ length: count }, (_item, index) => first + index);
  const teamIds = ids(FIRST_ENTITY_ID, TEAM.length);
  const externalIds = ids(FIRST_ENTITY_ID + TEAM.length, externalCount);
  const organizationIds = ids(FIRST_ENTITY_ID, organizationCount);
  const cells = new SeedCells(seed, { teamIds, externalIds, organizationIds, now: SEED_NOW });

  const touched = new SeedInteractions(seed, teamIds);

  const world = new World({
    tenant: { id: 1187, name: 'Northlight Ventures', subdomain: 'northlight' },
    users: [
      userOf(0, 'admin', options.adminKey ?? 'northlight-admin-key'),
      userOf(1, 'colleague', 'northlight-colleague-key'),
      userOf(2, 'guest', 'northlight-guest-key'),
    ],
    seed,
    valueOrigin: cells,
    changeOrigin: new SeedChanges(seed, cells, teamIds),
    interactionOrigin: touched,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.rulesOff === undefined ? {} : { rulesOff: options.rulesOff }),
    ...(options.choices === undefined ? {} : { choices: options.choices }),
  });

  addTeam(world);
  addOrganizations(world, random, organizationCount, teamIds);
  addPersons(world, random, externalCount, teamIds, touched);
  addUnknownOrganizations(world, FIRST_ENTITY_ID + organizationCount + 100);
  addOpportunities(world, random, entries, externalIds);
  addLists(world);
  for (const { fill: _fill, make: _make, ...field } of SEED_FIELDS) world.fields.set(field.id, { ...field });

  for (const [index, id] of [...teamIds, ...externalIds].entries()) {
    cells.addEntity(EntityType.person, id, index, SEED_NOW - SEED_SPAN);
  }
  for (const [index, id] of organizationIds.entries()) {
    cells.addEntity(EntityType.organization, id, index, SEED_NOW - SEED_SPAN);
  }
  const maker = new EntryMaker(world, cells, random, teamIds);
  maker.fill(LIST_IDS.pipeline, EntityType.opportunity, ids(FIRST_ENTITY_ID, entries));
  // The newest company entry stands for the oldest company once more: one entity, two rows.
  const companyIds = organizationIds.slice(0, sizes.companies);
  if (companyIds.length > 1) companyIds[companyIds.length - 1] = FIRST_ENTITY_ID;
  maker.fill(LIST_IDS.companies, EntityType.organization, companyIds);
  maker.fill(LIST_IDS.people, EntityType.person, externalIds.slice(0, sizes.people));
  maker.fill(LIST_IDS.watchlist, EntityType.organization, organizationIds.slice(2, 2 + sizes.watchlist));

  const lastEntityId = FIRST_ENTITY_ID + Math.max(organizationCount, externalCount, entries) + 1000;
  for (const kind of ['person', 'organization', 'opportunity'] as const) world.reserveIds(kind, lastEntityId);
  const people = { teamIds, externalIds, touched, span: SEED_SPAN, now: SEED_NOW };
  world.notes.seedWith(() => seedNotes(seed, world, people));
  world.reminders.seedWith(() => seedReminders(seed, world, people));
  world.entityFiles.seedWith(() => seedFiles(seed, world, people));
  world.webhooks.seedWith(() => seedWebhooks(world));
  world.reserveIds('fieldValue', cells.lastId());
  world.reserveIds('change', 4_000_000_000_000);
  world.reserveIds('interaction', touched.lastId());
  world.reserveIds('note', 9_000_000);
  world.reserveIds('reminder', 900_000);
  world.reserveIds('entityFile', 900_000);
  world.reserveIds('webhook', 2_000);
  world.reserveIds('field', 90_000);
  world.reserveIds('list', 9_000);
  world.reserveIds('option', 80_000);
  // Two records that were merged before our time, each into the first of its kind.
  world.merged.set(entityKey(EntityType.person, world.nextId('person')), FIRST_ENTITY_ID + TEAM.length);
  world.merged.set(entityKey(EntityType.organization, world.nextId('organization')), FIRST_ENTITY_ID);
  return world;
};
