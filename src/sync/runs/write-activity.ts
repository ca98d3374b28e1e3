/**
 * Single writes of activity that commands make: notes, replies, reminders, logged interactions, completions. Each call is sent once:
 * what may have arrived without an answer is said, and never sent again from here.
 */
import type { PreparedCall } from '../../api/client';
import {
  type InteractionType,
  NoteType,
  PersonType,
  type ReminderResetType,
  ReminderStatus,
  ReminderType,
} from '../../api/enums';
import type { ApiFault, Outcome } from '../../api/errors';
import { EntityType } from '../../api/records';
import { instant } from '../cells/instant';
import { asMarkup, isMarkup } from '../cells/markup';
import { entityFrom } from '../datasets/scope';
import { policy } from '../errors';
import { contextOf, type Run } from './run';

/** How a set of calls went. */
export interface Written {
  readonly made: number;
  /** Calls that may have arrived, of which no answer says so. */
  readonly unknown: number;
  /** Why others were refused: whole sentences, each once. */
  readonly problems: readonly string[];
}

const problemOf = (run: Run, { code, message }: ApiFault): string => policy[code].say({ message, run: run.id });

const writtenOf = (run: Run, outcomes: readonly Outcome<unknown>[]): Written => {
  const faults = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.fault]));
  const known = faults.filter(({ outcomeUnknown }) => !outcomeUnknown);
  return {
    made: outcomes.length - faults.length,
    unknown: faults.length - known.length,
    problems: [...new Set(known.map((fault) => problemOf(run, fault)))],
  };
};

/** Sends calls that make something, each once, and says how they went. */
export const writtenBy = (run: Run, event: string, calls: readonly PreparedCall<unknown>[]): Written => {
  const written = writtenOf(run, run.api.all(calls));
  run.log.write({ event, made: written.made, unknown: written.unknown, calls: calls.length });
  return written;
};

const idsOf = (entities: readonly string[], type: EntityType): readonly number[] =>
  entities.flatMap((text) => {
    const entity = entityFrom(text);
    return entity?.type === type ? [entity.id] : [];
  });

/** What a note says. Without a type, text that is HTML from end to end is sent as such. `createdAt`: an instant, ISO 8601. */
export interface NewNote {
  readonly content: string;
  readonly type?: 0 | 2;
  /** A colleague; without one, the person of the key. */
  readonly creatorId?: number;
  readonly createdAt?: string;
}

const noteBody = ({ content, type, creatorId, createdAt }: NewNote) => {
  const kind = type ?? (isMarkup(content) ? NoteType.html : NoteType.plain);
  return {
    content: kind === NoteType.html && !isMarkup(content) ? asMarkup(content) : content,
    type: kind,
    ...(creatorId === undefined ? {} : { creator_id: creatorId }),
    ...(createdAt === undefined ? {} : { created_at: createdAt }),
  };
};

/** Writes one note on each group of entities. */
export const writeNotes = (run: Run, note: NewNote, groups: readonly (readonly string[])[]): Written =>
  writtenBy(
    run,
    'notes',
    groups.map((entities) =>
      run.api.prepare.notes.create({
        body: {
          ...noteBody(note),
          person_ids: idsOf(entities, EntityType.person),
          organization_ids: idsOf(entities, EntityType.organization),
          opportunity_ids: idsOf(entities, EntityType.opportunity),
        },
      }),
    ),
  );

/** Answers a note. Affinity refuses an answer to an answer. */
export const writeReply = (run: Run, note: NewNote, noteId: number): Written =>
  writtenBy(run, 'reply', [
    run.api.prepare.notes.create({
      body: { ...noteBody(note), parent_id: noteId },
    }),
  ]);

/** The person of the key, an internal one. @throws ApiError */
export const myself = (run: Run): number => run.api.account.whoami().user.id;

/** When a reminder is due: on a calendar day, or again and again so many days after something. */
export type Due = { readonly day: string } | { readonly days: number; readonly after: ReminderResetType };

/** Makes one reminder for each entity, since Affinity takes one at most; one without any when there is none. */
export const writeReminders = (
  run: Run,
  { content, due, ownerId }: { readonly content: string; readonly due: Due; readonly ownerId: number },
  entities: readonly string[],
): Written => {
  const when =
    'day' in due
      ? { type: ReminderType.oneTime, due_date: due.day }
      : { type: ReminderType.recurring, reset_type: due.after, reminder_days: due.days };
  const of = (entity: string | null) => {
    const [person_id] = entity === null ? [] : idsOf([entity], EntityType.person);
    const [organization_id] = entity === null ? [] : idsOf([entity], EntityType.organization);
    const [opportunity_id] = entity === null ? [] : idsOf([entity], EntityType.opportunity);
    return {
      ...(person_id === undefined ? {} : { person_id }),
      ...(organization_id === undefined ? {} : { organization_id }),
      ...(opportunity_id === undefined ? {} : { opportunity_id }),
    };
  };
  const targets = entities.length === 0 ? [null] : entities;
  return writtenBy(
    run,
    'reminders',
    targets.map((entity) =>
      run.api.prepare.reminders.create({ body: { content, owner_id: ownerId, ...when, ...of(entity) } }),
    ),
  );
};

/** Completes reminders that are still open, each by one call that is never repeated; `open` of them were. @throws ApiError */
export const completeReminders = (run: Run, keys: readonly string[]): Written & { readonly open: number } => {
  const found = run.api.all(keys.map((key) => run.api.prepare.reminders.get({ path: { reminder_id: Number(key) } })));
  const missing = writtenOf(run, found).problems;
  const open = found.flatMap((outcome) =>
    outcome.ok && outcome.value.status !== ReminderStatus.completed ? [outcome.value.id] : [],
  );
  const written = writtenBy(
    run,
    'complete',
    open.map((id) => run.api.prepare.reminders.update({ path: { reminder_id: id }, body: { is_completed: true } })),
  );
  return { ...written, problems: [...missing, ...written.problems], open: open.length };
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

export const logInteraction = (run: Run, logged: LoggedInteraction): Written =>
  writtenBy(run, 'interaction', [
    run.api.prepare.interactions.create({
      body: {
        type: logged.type,
        date: logged.date,
        person_ids: logged.personIds,
        content: logged.content,
        ...(logged.direction === undefined ? {} : { direction: logged.direction }),
      },
    }),
  ]);

/** A typed time of the sheet's zone as an instant; the present moment for nothing; null for what is no time. */
export const instantOfText = (run: Run, text: string): string | null => {
  if (text.trim() === '') return new Date(run.clock.now()).toISOString();
  const read = instant.fromCell(text, contextOf(run));
  return read.ok && typeof read.value === 'string' ? read.value : null;
};
