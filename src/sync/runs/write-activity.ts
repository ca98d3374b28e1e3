/** Single writes of activity that commands make: notes, replies, reminders, logged interactions, completions. */
import {
  type InteractionType,
  PersonType,
  type ReminderResetType,
  ReminderStatus,
  ReminderType,
} from '../../api/enums';
import { EntityType } from '../../api/records';
import { instant } from '../cells/instant';
import { interactionKey } from '../datasets/interaction-reading';
import { interactionMaking } from '../datasets/interactions';
import { noteMaking, noteParts } from '../datasets/notes';
import { partsOf } from '../datasets/record-creation';
import { reminderMaking } from '../datasets/reminders';
import { idsOf } from '../datasets/scope';
import { policy } from '../errors';
import { as } from '../search';
import { type Command, carryOut, type Written } from './by-command';
import type { Desk } from './desk';
import { contextOf, type Run } from './run';

/** What was made before this, in milliseconds, was not made by a command that begins now: clocks differ. */
const CLOCKS_DIFFER_MS = 120_000;
const since = (run: Run): number => run.clock.now() - CLOCKS_DIFFER_MS;

type Mutex = Pick<Desk, 'mutex'>;
const idOf = ({ id }: { readonly id: number }): string => String(id);

/** What a note says. Without a type, text that is HTML from end to end is sent as such. `createdAt`: an instant, ISO 8601. */
export interface NewNote {
  readonly content: string;
  readonly type?: 0 | 2;
  /** A colleague; without one, the person of the key. */
  readonly creatorId?: number;
  readonly createdAt?: string;
}

/** Commands that write a note on each group of entities, or as an answer. @throws ApiError */
const noteOn = (run: Run, note: NewNote, parent: number | null) => {
  const { content, type = null, creatorId, createdAt = null } = note;
  const author = creatorId ?? myself(run);
  const { call } = noteMaking(run.api);
  return (entities: readonly string[]): Command => {
    const on = {
      persons: idsOf(entities, EntityType.person),
      organizations: idsOf(entities, EntityType.organization),
      opportunities: idsOf(entities, EntityType.opportunity),
    };
    const parts = noteParts({ content, type, parent, author, creator: creatorId, created: createdAt }, on, since(run));
    return { noun: 'note', title: content.slice(0, TITLE_CHARACTERS), parts, call: as(call(parts), idOf) };
  };
};

/** Longest name of something in the journal. */
const TITLE_CHARACTERS = 200;

/** Writes one note on each group of entities. */
export const writeNotes = (desk: Mutex, run: Run, note: NewNote, groups: readonly (readonly string[])[]): Written =>
  carryOut(desk, run, groups.map(noteOn(run, note, null)));

/** Answers a note. Affinity refuses an answer to an answer. */
export const writeReply = (desk: Mutex, run: Run, note: NewNote, noteId: number): Written =>
  carryOut(desk, run, [noteOn(run, note, noteId)([])]);

/** The person of the key, an internal one. @throws ApiError */
export const myself = (run: Run): number => run.api.account.whoami().user.id;

/** When a reminder is due: on a calendar day, or again and again so many days after something. */
export type Due = { readonly day: string } | { readonly days: number; readonly after: ReminderResetType };

/** Makes one reminder for each entity, since Affinity takes one at most; one without any when there is none. */
export const writeReminders = (
  desk: Mutex,
  run: Run,
  { content, due, ownerId }: { readonly content: string; readonly due: Due; readonly ownerId: number },
  entities: readonly string[],
): Written => {
  const when =
    'day' in due
      ? { type: ReminderType.oneTime, due_date: due.day }
      : { type: ReminderType.recurring, reset_type: due.after, reminder_days: due.days };
  const of = (entity: string, type: EntityType): number | undefined => idsOf([entity], type)[0];
  const targets = entities.length === 0 ? [''] : entities;
  const { call } = reminderMaking(run.api);
  return carryOut(
    desk,
    run,
    targets.map((entity): Command => {
      const parts = partsOf({
        ...{ content, owner_id: ownerId, ...when, since: since(run) },
        person_id: of(entity, EntityType.person),
        organization_id: of(entity, EntityType.organization),
        opportunity_id: of(entity, EntityType.opportunity),
      });
      return { noun: 'reminder', title: content.slice(0, TITLE_CHARACTERS), parts, call: as(call(parts), idOf) };
    }),
  );
};

/** Completes reminders that are still open, each by one call that is never repeated; `open` of them were. @throws ApiError */
export const completeReminders = (
  desk: Mutex,
  run: Run,
  keys: readonly string[],
): Written & { readonly open: number } => {
  const { prepare } = run.api;
  const found = run.api.all(keys.map((key) => prepare.reminders.get({ path: { reminder_id: Number(key) } })));
  const missing = found.flatMap((outcome) =>
    outcome.ok ? [] : [policy[outcome.fault.code].say({ message: outcome.fault.message, run: run.id })],
  );
  const open = found.flatMap((outcome) =>
    outcome.ok && outcome.value.status !== ReminderStatus.completed ? [outcome.value] : [],
  );
  const written = carryOut(
    desk,
    run,
    open.map(({ id, content, due_date }): Command => {
      const call = prepare.reminders.update({ path: { reminder_id: id }, body: { is_completed: true } });
      // It was open when it was due then: nothing else has to be looked at before.
      const parts = { reminder: id, due: due_date ?? '', since: 0 };
      return { noun: 'completion', title: content ?? `Reminder ${id}`, parts, call: as(call, idOf) };
    }),
  );
  return { ...written, problems: [...new Set([...missing, ...written.problems])], open: open.length };
};

/** Persons of an interaction, of whom one at least has to be a colleague: the person of the key where none is. @throws ApiError */
export const withColleague = (run: Run, personIds: readonly number[]): readonly number[] => {
  const found = run.api.all(personIds.map((id) => run.api.prepare.persons.get({ path: { person_id: id } })));
  const hasColleague = found.some((outcome) => outcome.ok && outcome.value.type === PersonType.internal);
  return hasColleague ? personIds : [...personIds, myself(run)];
};

/** What somebody logs by hand. `date` is an instant, ISO 8601 UTC; `direction` is for chat messages: 0 sent, 1 received. */
export interface LoggedInteraction {
  readonly type: Exclude<InteractionType, 3>;
  readonly date: string;
  readonly personIds: readonly number[];
  readonly content: string;
  readonly direction?: 0 | 1;
}

/** @throws ApiError */
export const logInteraction = (desk: Mutex, run: Run, logged: LoggedInteraction): Written => {
  const { type, date, content, direction, personIds } = logged;
  const found = run.api.all(personIds.map((id) => run.api.prepare.persons.get({ path: { person_id: id } })));
  // In whose history it will be found: a colleague has none.
  const outside = found.findIndex((outcome) => outcome.ok && outcome.value.type === PersonType.external);
  const parts = partsOf({
    type,
    date,
    content,
    direction,
    person_ids: personIds,
    about: personIds[outside] ?? personIds[0],
  });
  const call = as(interactionMaking(run.api).call(parts), ({ one }) => interactionKey(one));
  return carryOut(desk, run, [{ noun: 'interaction', title: content.slice(0, TITLE_CHARACTERS), parts, call }]);
};

/** A typed time of the sheet's zone as an instant; the present moment for nothing; null for what is no time. */
export const instantOfText = (run: Run, text: string): string | null => {
  if (text.trim() === '') return new Date(run.clock.now()).toISOString();
  const read = instant.fromCell(text, contextOf(run));
  return read.ok && typeof read.value === 'string' ? read.value : null;
};
