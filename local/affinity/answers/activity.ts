/** How notes, interactions, reminders, files, webhooks and changes look on the wire. Source: affinity-v1-facts, sections 8 to 11. */
import { InteractionType, LoggingType, NoteType, PersonType, ReminderStatus } from '../../../src/api/enums';
import { isEvent } from '../world/interactions';
import { withPacificOffset } from '../world/pacific';
import type {
  ChangeRecord,
  EntityFileRecord,
  InteractionRecord,
  NoteRecord,
  ReminderRecord,
  WebhookRecord,
} from '../world/records';
import type { World } from '../world/world';
import { organizationAnswer, personAnswer, valueAnswer } from './records';

const orNull = (instant: number | null): string | null => (instant === null ? null : withPacificOffset(instant));

const personsAnswer = (world: World, ids: readonly number[]): readonly object[] =>
  ids.flatMap((id) => {
    const person = world.persons.get(id);
    return person === undefined ? [] : [personAnswer(person)];
  });

const personOrNull = (world: World, id: number | null): object | null =>
  id === null ? null : (personsAnswer(world, [id])[0] ?? null);

/** Notes that hang on an interaction. Looks through all notes. */
const noteIdsOf = (world: World, { id, type }: InteractionRecord): readonly number[] =>
  world.notes
    .all()
    .filter(({ interaction }) => interaction?.id === id && interaction.type === type)
    .map((note) => note.id);

export const interactionAnswer = (world: World, one: InteractionRecord): object => {
  const common = {
    date: withPacificOffset(one.date),
    id: one.id,
    type: one.type,
    logging_type: one.manual_creator_id === null ? LoggingType.all : LoggingType.manual,
  };
  if (one.type === InteractionType.email) {
    const [from = null, ...to] = one.person_ids;
    return {
      ...common,
      subject: one.title,
      from: personOrNull(world, from),
      to: personsAnswer(world, to),
      cc: personsAnswer(world, one.cc_ids),
      direction: one.direction,
    };
  }
  const withPeople = {
    ...common,
    manual_creator_id: one.manual_creator_id,
    notes: noteIdsOf(world, one),
    persons: personsAnswer(world, one.person_ids),
  };
  if (!isEvent(one)) return { ...withPeople, direction: one.direction };
  return {
    ...withPeople,
    attendees: one.person_ids.flatMap((id) => world.persons.get(id)?.primary_email ?? []),
    start_time: withPacificOffset(one.date),
    end_time: orNull(one.end_time),
    updated_at: orNull(one.updated_at),
    title: one.title,
  };
};

/** HTML as the text that the API gives back: `**` for bold, lines for paragraphs and items, no other markup. */
const asText = (html: string): string =>
  html
    .replace(/<\/?(strong|b)\b[^>]*>/gi, '**')
    .replace(/<li\b[^>]*>/gi, '- ')
    .replace(/<br\s*\/?>|<\/(p|li|ol|ul|div)>/gi, '\n')
    .replace(/<\/?[a-z][^>]*>/gi, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .trim();

export const noteAnswer = (world: World, note: NoteRecord): object => {
  const { interaction } = note;
  const attended = interaction === null ? undefined : world.interactions.find(interaction.type, interaction.id);
  const attendees = attended === undefined ? [] : [...attended.person_ids, ...attended.cc_ids];
  const isMeeting = interaction !== null && interaction.type <= InteractionType.call;
  const isHtml = note.type === NoteType.html && world.rules.isOn('html-note-reads-as-text');
  return {
    id: note.id,
    creator_id: note.creator_id,
    person_ids: [...new Set([...note.person_ids, ...attendees])],
    associated_person_ids: note.person_ids,
    interaction_person_ids: attendees,
    interaction_id: interaction?.id ?? null,
    interaction_type: interaction?.type ?? null,
    is_meeting: isMeeting && world.rules.isOn('meeting-note-is-flagged'),
    mentioned_person_ids: note.mentioned_person_ids,
    organization_ids: note.organization_ids,
    opportunity_ids: note.opportunity_ids,
    parent_id: note.parent_id,
    content: isHtml ? asText(note.content) : note.content,
    type: note.type,
    created_at: withPacificOffset(note.created_at),
    updated_at: orNull(note.updated_at),
  };
};

/** Overdue follows from the due date at the moment of asking. */
export const reminderStatus = (world: World, reminder: ReminderRecord): ReminderStatus => {
  if (reminder.completed_at !== null) return ReminderStatus.completed;
  const isPast = reminder.due_date !== null && reminder.due_date < world.clock.now();
  return isPast && world.rules.isOn('reminder-overdue-by-date') ? ReminderStatus.overdue : ReminderStatus.active;
};

export const reminderAnswer = (world: World, reminder: ReminderRecord): object => {
  const organization =
    reminder.organization_id === null ? undefined : world.organizations.get(reminder.organization_id);
  const opportunity = reminder.opportunity_id === null ? undefined : world.opportunities.get(reminder.opportunity_id);
  return {
    id: reminder.id,
    type: reminder.type,
    created_at: withPacificOffset(reminder.created_at),
    completed_at: orNull(reminder.completed_at),
    content: reminder.content,
    due_date: orNull(reminder.due_date),
    reset_type: reminder.reset_type,
    reminder_days: reminder.reminder_days,
    status: reminderStatus(world, reminder),
    creator: personOrNull(world, reminder.creator_id),
    owner: personOrNull(world, reminder.owner_id),
    completer: personOrNull(world, reminder.completer_id),
    person: personOrNull(world, reminder.person_id),
    organization: organization === undefined ? null : organizationAnswer(organization),
    opportunity: opportunity === undefined ? null : { id: opportunity.id, name: opportunity.name },
  };
};

const camelCase = (key: string): string => key.replace(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase());

export const entityFileAnswer = (world: World, file: EntityFileRecord, isSingle = false): object => {
  const answer = {
    id: file.id,
    name: file.name,
    size: file.bytes.length,
    person_id: file.person_id,
    organization_id: file.organization_id,
    opportunity_id: file.opportunity_id,
    created_at: withPacificOffset(file.created_at),
    uploader_id: file.uploader_id,
  };
  if (!isSingle || world.choices.fileKeys === 'snake') return answer;
  // One file was seen to repeat its keys in the other style. Source: affinity-v1-facts, section 3.
  return { ...answer, ...Object.fromEntries(Object.entries(answer).map(([key, value]) => [camelCase(key), value])) };
};

export const webhookAnswer = (webhook: WebhookRecord): object => ({ ...webhook });

export const changeAnswer = (world: World, change: ChangeRecord): object => {
  const instant = withPacificOffset(change.changed_at);
  const field = world.fields.get(change.field_id);
  return {
    id: change.id,
    field_id: change.field_id,
    entity_id: change.entity_id,
    list_entry_id: change.list_entry_id,
    action_type: change.action_type,
    changer: personOrNull(world, change.changer_id),
    changed_at: world.choices.changedAt === 'microseconds' ? instant.replace(/(\.\d{3})/, '$1000') : instant,
    value: valueAnswer(world, field, change.value),
  };
};

export const isInternal = (world: World, id: number): boolean => world.persons.get(id)?.type === PersonType.internal;
