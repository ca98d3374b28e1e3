/**
 * What people of the seeded firm wrote down and planned: notes, reminders, files and a webhook. Made when somebody first looks;
 * everything follows from the seed's name and the number of pipeline entries.
 */
import { InteractionType, NoteType, ReminderResetType, ReminderType } from '../../../src/api/enums';
import type { Random } from '../../../src/api/ports';
import { DAY } from '../world/pacific';
import { below, hashText, pick, seededRandom } from '../world/random';
import type { EntityFileRecord, NoteRecord, ReminderRecord, WebhookRecord } from '../world/records';
import type { World } from '../world/world';
import type { SeedInteractions } from './interactions';
import { FILE_NAMES, HTML_NOTES, NOTE_TEXTS, REMINDER_TEXTS } from './vocabulary';

export interface SeedPeople {
  readonly teamIds: readonly number[];
  readonly externalIds: readonly number[];
  readonly touched: SeedInteractions;
  /** How long ago the firm began, and the latest instant of the seed. Milliseconds. */
  readonly span: number;
  readonly now: number;
}

/** However large the firm, nobody writes more than this. */
const MOST = { notes: 20_000, reminders: 5_000, files: 3_000 } as const;

const sizes = (world: World, share: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, Math.round(world.opportunities.size * share)));

/** One of the items, or undefined when there is none. */
const some = <T>(random: Random, items: readonly T[]): T | undefined => items[below(random, items.length)];

/** A past meeting or call of somebody, or null when the dice find none. */
const pastEvent = (random: Random, { touched, externalIds, now }: SeedPeople) => {
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const events = touched
      .interactionsOf(pick(random, externalIds))
      .filter((one) => one.type <= InteractionType.call && one.date < now - DAY);
    const one = some(random, events);
    if (one !== undefined) return one;
  }
  return null;
};

export function* seedNotes(seed: string, world: World, people: SeedPeople): Generator<NoteRecord, void, undefined> {
  const random = seededRandom(hashText(`notes of ${seed}`));
  const { teamIds, externalIds, span, now } = people;
  const count = sizes(world, 1.5, 24, MOST.notes);
  const opportunities = [...world.opportunities.values()];
  const roots: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const created = now - span + Math.floor(((index + random() * 0.9) * span) / count);
    const isUpdated = random() < 0.2;
    const blank: NoteRecord = {
      id: 7_000_001 + index * 3,
      creator_id: pick(random, teamIds),
      person_ids: [],
      organization_ids: [],
      opportunity_ids: [],
      interaction: null,
      mentioned_person_ids: [],
      parent_id: null,
      content: pick(random, NOTE_TEXTS),
      type: NoteType.plain,
      created_at: created,
      updated_at: isUpdated ? Math.min(created + below(random, 20 * DAY), now) : null,
    };
    const parentId = some(random, roots.slice(-5));
    const opportunity = some(random, opportunities);
    const attached: NoteRecord = {
      ...blank,
      opportunity_ids: opportunity === undefined ? [] : [opportunity.id],
      organization_ids: random() < 0.5 ? (opportunity?.organization_ids ?? []) : [],
      person_ids: opportunity === undefined || random() < 0.4 ? [pick(random, externalIds)] : [],
    };
    const note = seedNote(index, blank, attached, parentId, random, people);
    if (note.parent_id === null) roots.push(note.id);
    yield note;
  }
}

/** The kinds take turns, so that even a small firm has each of them. */
const seedNote = (
  index: number,
  blank: NoteRecord,
  attached: NoteRecord,
  parentId: number | undefined,
  random: Random,
  people: SeedPeople,
): NoteRecord => {
  const event = index % 10 === 5 || index % 40 === 21 ? pastEvent(random, people) : null;
  const interaction = event === null ? null : { id: event.id, type: event.type };
  if (index % 40 === 21)
    return { ...attached, interaction, type: NoteType.aiSummary, content: 'Summary: next steps agreed.' };
  if (index % 10 === 5) return { ...(interaction === null ? attached : blank), interaction };
  if (index % 10 === 7 && parentId !== undefined) return { ...blank, parent_id: parentId };
  if (index % 10 === 3) return { ...attached, type: NoteType.html, content: pick(random, HTML_NOTES) };
  if (index % 40 === 11) return { ...attached, type: NoteType.fromEmail };
  if (index % 20 === 14) return { ...attached, mentioned_person_ids: [pick(random, people.teamIds)] };
  return attached;
};

export function* seedReminders(
  seed: string,
  world: World,
  people: SeedPeople,
): Generator<ReminderRecord, void, undefined> {
  const random = seededRandom(hashText(`reminders of ${seed}`));
  const { teamIds, externalIds, now } = people;
  const count = sizes(world, 0.4, 18, MOST.reminders);
  const opportunities = [...world.opportunities.values()];
  const organizations = [...world.organizations.values()].filter((one) => one.isKnown);
  for (let index = 0; index < count; index += 1) {
    const created = now - (30 + below(random, 300)) * DAY;
    const isRecurring = index % 3 === 1;
    const isDone = index % 6 === 2;
    const isAhead = index % 2 === 0;
    const days = pick(random, [7, 14, 30, 90]);
    const completed = created + below(random, 25) * DAY;
    yield {
      id: 15_001 + index,
      type: isRecurring ? ReminderType.recurring : ReminderType.oneTime,
      content: random() < 0.95 ? pick(random, REMINDER_TEXTS) : null,
      created_at: created,
      completed_at: isDone && !isRecurring ? completed : null,
      due_date: isAhead ? now + (1 + below(random, 60)) * DAY : now - (1 + below(random, 25)) * DAY,
      reset_type: isRecurring ? pick(random, Object.values(ReminderResetType)) : null,
      reminder_days: isRecurring ? days : null,
      creator_id: pick(random, teamIds),
      owner_id: pick(random, teamIds),
      completer_id: isDone && !isRecurring ? pick(random, teamIds) : null,
      person_id: index % 4 === 0 ? pick(random, externalIds) : null,
      organization_id: index % 4 === 1 ? (some(random, organizations)?.id ?? null) : null,
      opportunity_id: index % 4 === 2 ? (some(random, opportunities)?.id ?? null) : null,
    };
  }
}

const contentOf = (name: string, contentType: string, random: Random): Uint8Array => {
  const rows = Array.from({ length: 2 + below(random, 20) }, () => `${below(random, 1e6)},${random().toFixed(4)}`);
  // Bytes that are no text in any encoding: what a download must not lose.
  if (contentType === 'application/pdf') {
    return Uint8Array.from([...Buffer.from(`%PDF-1.4\n% ${name}\n`), 0xe2, 0xe3, 0xcf, 0xd3, 0x00, 0xff, 0x0a]);
  }
  return new TextEncoder().encode(`${name}\n${rows.join('\n')}\n`);
};

export function* seedFiles(
  seed: string,
  world: World,
  people: SeedPeople,
): Generator<EntityFileRecord, void, undefined> {
  const random = seededRandom(hashText(`files of ${seed}`));
  const { teamIds, externalIds, span, now } = people;
  const count = sizes(world, 0.2, 9, MOST.files);
  const opportunities = [...world.opportunities.values()];
  const organizations = [...world.organizations.values()].filter((one) => one.isKnown);
  for (let index = 0; index < count; index += 1) {
    const [name, contentType] = pick(random, FILE_NAMES);
    const opportunity = index % 3 === 0 ? some(random, opportunities) : undefined;
    const organization = index % 3 === 1 ? some(random, organizations) : undefined;
    yield {
      id: 43_001 + index,
      name,
      contentType,
      bytes: contentOf(name, contentType, random),
      person_id: opportunity === undefined && organization === undefined ? pick(random, externalIds) : null,
      organization_id: organization?.id ?? null,
      opportunity_id: opportunity?.id ?? null,
      uploader_id: pick(random, teamIds),
      created_at: now - span + Math.floor(((index + random()) * span) / (count + 1)),
    };
  }
}

/** One that the colleague made once and that is disabled: nothing is sent anywhere before somebody subscribes. */
export const seedWebhooks = (world: World): readonly WebhookRecord[] => [
  {
    id: 1_234,
    webhook_url: 'https://hooks.northlight.example/affinity',
    subscriptions: ['list_entry.created', 'field_value.updated'],
    disabled: true,
    created_by: world.users[1]?.id ?? 0,
  },
];
