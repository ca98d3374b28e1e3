/**
 * The fields of the seeded firm as data: what they are, how full their column is, and how one of their values is made. The
 * pipeline list has every value type, single and multiple where the type has both. Ids are not in the order of the columns.
 */

import type { Random } from '../../../src/api/ports';
import { EntityType, ValueType } from '../../../src/api/records';
import { DAY } from '../world/pacific';
import { below, pick } from '../world/random';
import type { FieldRecord, StoredValue } from '../world/records';
import { CITIES, FREE_TAGS, HOSTILE_TEXTS, SENTENCES, STREETS } from './vocabulary';

/** What the makers of values draw from. */
export interface Palette {
  readonly random: Random;
  /** Position of the owner on its list, or among the entities of its type. */
  readonly index: number;
  readonly teamIds: readonly number[];
  readonly externalIds: readonly number[];
  readonly organizationIds: readonly number[];
  /** Latest instant that a value may speak of. */
  readonly now: number;
}

export interface SeedField extends FieldRecord {
  /** Share of owners that have a value, 0 to 1. */
  readonly fill: number;
  readonly make: (palette: Palette) => StoredValue;
}

export const LIST_IDS = { pipeline: 4974, companies: 5120, people: 4801, watchlist: 5333 } as const;

const COLORS = 8;

const ranked = (firstId: number, ...texts: readonly string[]): FieldRecord['dropdown_options'] =>
  texts.map((text, index) => ({ id: firstId + index, text, rank: index + 1, color: index % COLORS }));

/** Options of a plain dropdown: rank and color are 0. Source: affinity-v1-facts, section 3. */
const plain = (firstId: number, ...texts: readonly string[]): FieldRecord['dropdown_options'] =>
  texts.map((text, index) => ({ id: firstId + index * 3, text, rank: 0, color: 0 }));

const team = ({ random, teamIds }: Palette): StoredValue => pick(random, teamIds);
const external = ({ random, externalIds }: Palette): StoredValue => pick(random, externalIds);
const organization = ({ random, organizationIds }: Palette): StoredValue => pick(random, organizationIds);
const amount = ({ random }: Palette): StoredValue =>
  pick(random, [() => below(random, 400) * 25_000, () => Math.round(random() * 1e7) / 100, () => -below(random, 50)])();
const share = ({ random }: Palette): StoredValue => below(random, 101) / 100;
const day = ({ random, now }: Palette): StoredValue =>
  new Date(now - below(random, 900) * DAY + 90 * DAY).toISOString().slice(0, 10);
const place = ({ random }: Palette): StoredValue => ({
  street_address: random() < 0.5 ? pick(random, STREETS) : null,
  ...pick(random, CITIES),
});
const link = ({ index }: Palette): StoredValue => `https://profiles.example/in/${index}?ref=a&b=1#top`;
const phone = ({ random }: Palette): StoredValue => `+1 415 555 0${100 + below(random, 100)}`;

/** The first owners get the hostile texts, each field starting at another one; later ones mostly harmless sentences. */
const prose =
  (shift: number) =>
  ({ random, index }: Palette): StoredValue => {
    const isHostile = index < HOSTILE_TEXTS.length || random() < 0.02;
    const at = index < HOSTILE_TEXTS.length ? (index + shift) % HOSTILE_TEXTS.length : below(random, 28);
    return isHostile ? (HOSTILE_TEXTS[at] ?? '') : pick(random, SENTENCES);
  };
const tag = ({ random, index }: Palette): StoredValue =>
  index % 9 === 4 ? pick(random, HOSTILE_TEXTS.slice(0, 27)) : pick(random, FREE_TAGS);
const option =
  (options: FieldRecord['dropdown_options'], as: 'id' | 'text') =>
  ({ random }: Palette): StoredValue =>
    pick(random, options)[as];

/** Change tracking by value type. Source: official text, "Supported field types". */
export const isTracked = (valueType: number, multiple: boolean): boolean =>
  (multiple ? [0, 1, 3, 5] : [0, 1, 3, 4, 5, 7]).includes(valueType);

interface Column {
  readonly id: number;
  readonly name: string;
  readonly type: number;
  readonly multiple?: boolean;
  readonly source?: string;
  readonly options?: FieldRecord['dropdown_options'];
  readonly fill?: number;
  readonly make?: SeedField['make'];
}

const makerOf = (column: Column, shift: number): SeedField['make'] => {
  if (column.make !== undefined) return column.make;
  const options = column.options ?? [];
  switch (column.type) {
    case ValueType.person:
      return team;
    case ValueType.organization:
      return organization;
    case ValueType.dropdown:
      return options.length > 0 ? option(options, 'text') : tag;
    case ValueType.number:
      return amount;
    case ValueType.date:
      return day;
    case ValueType.location:
      return place;
    case ValueType.rankedDropdown:
      return option(options, 'id');
    default:
      return prose(shift);
  }
};

const columns = (entityType: EntityType, listId: number | null, rows: readonly Column[]): readonly SeedField[] =>
  rows.map((column, shift) => ({
    id: column.id,
    name: column.name,
    entity_type: entityType,
    list_id: listId,
    enrichment_source: column.source ?? 'none',
    value_type: column.type,
    allows_multiple: column.multiple ?? false,
    track_changes: column.source === undefined && isTracked(column.type, column.multiple ?? false),
    dropdown_options: column.options ?? [],
    fill: column.fill ?? 0.8,
    make: makerOf(column, shift),
  }));

const T = ValueType;
/** Code that one client met for text that Affinity fills. Source: affinity-v1-facts, section 4. */
const FILTERABLE_TEXT = 10;

const pipeline = columns(EntityType.opportunity, LIST_IDS.pipeline, [
  {
    id: 61_223,
    name: 'Status',
    type: T.rankedDropdown,
    fill: 0.95,
    options: ranked(71_001, 'New', 'Screening', 'Partner Meeting', 'Due Diligence', 'Term Sheet', 'Won', 'Passed'),
  },
  { id: 61_230, name: 'Priority', type: T.rankedDropdown, options: ranked(71_020, 'Low', 'Medium', 'High', 'Urgent') },
  { id: 61_224, name: 'Owners', type: T.person, multiple: true, fill: 0.9 },
  { id: 61_225, name: 'Amount', type: T.number, fill: 0.85 },
  { id: 61_241, name: 'Lead Partner', type: T.person },
  { id: 61_229, name: 'Source of Introduction', type: T.person, make: external, fill: 0.7 },
  { id: 61_228, name: 'Co-Investors', type: T.organization, multiple: true, fill: 0.7 },
  { id: 61_240, name: 'Lead Investor', type: T.organization, fill: 0.7 },
  {
    id: 61_231,
    name: 'Sector',
    type: T.dropdown,
    options: plain(71_100, 'Fintech', 'Climate', 'Healthcare', 'SaaS', 'Consumer', 'Deep Tech'),
  },
  {
    id: 61_238,
    name: 'Themes',
    type: T.dropdown,
    multiple: true,
    options: plain(
      71_200,
      'AI; ML',
      '"Deep" Tech',
      'Santé & Bien-être',
      '=Future',
      'B2B/B2C',
      'Two\nlines',
      '00123',
      'TRUE',
    ),
  },
  { id: 61_232, name: 'Tags', type: T.dropdown, multiple: true, fill: 0.75 },
  { id: 61_237, name: 'Nickname', type: T.dropdown, fill: 0.7 },
  { id: 61_233, name: 'Round Sizes', type: T.number, multiple: true, fill: 0.7 },
  { id: 61_236, name: 'Probability', type: T.number, make: share },
  { id: 61_234, name: 'Close Date', type: T.date },
  { id: 61_239, name: 'Milestones', type: T.date, multiple: true, fill: 0.7 },
  { id: 61_235, name: 'Headquarters', type: T.location },
  { id: 61_244, name: 'Offices', type: T.location, multiple: true, fill: 0.7 },
  { id: 61_242, name: 'Deal Memo', type: T.text, fill: 0.9 },
  { id: 61_243, name: 'Comments', type: T.text, multiple: true, fill: 0.75 },
  { id: 61_245, name: 'Next Step', type: T.text },
]);

const companies = columns(EntityType.organization, LIST_IDS.companies, [
  {
    id: 62_011,
    name: 'Status',
    type: T.rankedDropdown,
    options: ranked(72_001, 'To Review', 'In Talks', 'Invested', 'Declined'),
  },
  { id: 62_010, name: 'Owners', type: T.person, multiple: true },
  { id: 62_013, name: 'Check Size', type: T.number },
  { id: 62_012, name: 'Last Review', type: T.date },
  { id: 62_014, name: 'Tags', type: T.dropdown, multiple: true, fill: 0.7 },
  { id: 62_016, name: 'Next Step', type: T.text },
]);

const people = columns(EntityType.person, LIST_IDS.people, [
  {
    id: 63_001,
    name: 'Relationship',
    type: T.rankedDropdown,
    options: ranked(73_001, 'Cold', 'Warm', 'Close', 'Trusted'),
  },
  {
    id: 63_003,
    name: 'Role',
    type: T.dropdown,
    options: plain(73_050, 'Founder', 'Investor', 'Advisor', 'Press; Media'),
  },
  { id: 63_002, name: 'Met On', type: T.date },
  { id: 63_005, name: 'Referred By', type: T.person, make: external, fill: 0.7 },
  { id: 63_004, name: 'Comments', type: T.text },
]);

const watchlist = columns(EntityType.organization, LIST_IDS.watchlist, [
  {
    id: 64_001,
    name: 'Verdict',
    type: T.rankedDropdown,
    options: ranked(74_001, 'Unclear', 'Watch', 'Approach', 'Avoid'),
  },
  { id: 64_002, name: 'Rationale', type: T.text, fill: 0.9 },
]);

const ofPersons = columns(EntityType.person, null, [
  { id: 125, name: 'Use Case', type: T.dropdown, multiple: true, fill: 0.5 },
  { id: 198, name: 'Referrers', type: T.person, multiple: true, make: external, fill: 0.5 },
  { id: 337, name: 'Location', type: T.location, source: 'affinity-data' },
  { id: 1615, name: 'Address', type: T.location, fill: 0.5 },
  { id: 412, name: 'Birthday', type: T.date, fill: 0.5 },
  {
    id: 411,
    name: 'Job Titles',
    type: T.dropdown,
    multiple: true,
    source: 'affinity-data',
    make: ({ random }) => pick(random, ['CEO', 'CFO', 'Software Engineer', 'VP, Sales', 'Partner; Board']),
  },
  { id: 413, name: 'LinkedIn URL', type: T.text, source: 'affinity-data', make: link },
  { id: 414, name: 'Phone Number', type: T.text, multiple: true, make: phone, fill: 0.6 },
]);

const ofOrganizations = columns(EntityType.organization, null, [
  { id: 662, name: 'Potential Users', type: T.number, fill: 0.6 },
  { id: 700, name: 'Leads', type: T.person, multiple: true, fill: 0.5 },
  { id: 2988, name: 'Last Funding Date', type: T.date, fill: 0.6 },
  {
    id: 701,
    name: 'Industry',
    type: T.dropdown,
    multiple: true,
    source: 'affinity-data',
    make: ({ random }) => pick(random, ['Software', 'Biotech', 'Energy & Climate', 'Media; News']),
  },
  {
    id: 703,
    name: 'Number of Employees',
    type: T.number,
    source: 'affinity-data',
    make: ({ random }) => 1 + below(random, 5000),
  },
  { id: 702, name: 'Location', type: T.location, source: 'affinity-data' },
  { id: 704, name: 'Description', type: T.text, source: 'dealroom' },
  {
    id: 705,
    name: 'Investment Stage',
    type: FILTERABLE_TEXT,
    source: 'affinity-data',
    make: ({ random }) => pick(random, ['Seed', 'Early', 'Late']),
  },
  { id: 706, name: 'Total Funding', type: T.number, source: 'crunchbase' },
  { id: 707, name: 'Analyst Comment', type: T.text, fill: 0.5 },
]);

export const SEED_FIELDS: readonly SeedField[] = [
  ...ofOrganizations,
  ...pipeline,
  ...ofPersons,
  ...people,
  ...companies,
  ...watchlist,
];
