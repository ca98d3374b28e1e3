/** Wire records of what people did and are to do: interactions, relationship strengths, notes, reminders. */
import {
  absentOrNull,
  array,
  type Codec,
  type Decoded,
  flag,
  integer,
  number,
  object,
  optional,
  text,
  withDefault,
} from './codec';
import { opportunity, organization, person } from './records';

/**
 * A meeting, call, chat message or e-mail; which keys are filled follows from `type` (`InteractionType`). Times are instants as
 * ISO 8601 text. `id` is unique only together with `type`. `notes` are ids. E-mails have no `persons` but `from`, `to`, `cc`.
 * Source: official text, "The Interactions Resource"; affinity-v1-facts, section 9.
 */
export const interaction = object({
  id: integer,
  type: integer,
  date: text,
  logging_type: optional(integer),
  manual_creator_id: absentOrNull(integer),
  persons: withDefault(array(person), []),
  notes: withDefault(array(integer), []),
  title: absentOrNull(text),
  attendees: withDefault(array(text), []),
  start_time: absentOrNull(text),
  end_time: absentOrNull(text),
  updated_at: absentOrNull(text),
  direction: absentOrNull(integer),
  subject: absentOrNull(text),
  from: absentOrNull(person),
  to: withDefault(array(person), []),
  cc: withDefault(array(person), []),
});
export type Interaction = Decoded<typeof interaction>;

export interface InteractionPage {
  readonly interactions: readonly Interaction[];
  readonly next_page_token: string | null;
}

const interactionArrays = object({
  events: optional(array(interaction)),
  chat_messages: optional(array(interaction)),
  emails: optional(array(interaction)),
  interactions: optional(array(interaction)),
  next_page_token: absentOrNull(text),
});

/**
 * The key of the array depends on the type that was asked for: `events`, `chat_messages` or `emails`. All decode to
 * `interactions`; an answer with none of them is no page. Source: affinity-v1-facts, section 9.
 */
export const interactionPage: Codec<InteractionPage> = {
  shape: interactionArrays.shape,
  decode: (raw, at) => {
    const { events, chat_messages, emails, interactions, next_page_token } = interactionArrays.decode(raw, at);
    const rows = events ?? chat_messages ?? emails ?? interactions;
    // Without any array this fails at the key that most answers have, and so names what was expected.
    return { interactions: rows ?? array(interaction).decode(rows, `${at}.events`), next_page_token };
  },
};

/** How well two persons know each other. `strength` is from 0 to 1 at present. Source: official text, "The Relationship Strength Resource". */
export const relationshipStrength = object({ internal_id: integer, external_id: integer, strength: number });
/** @public for datasets over this resource */
export type RelationshipStrength = Decoded<typeof relationshipStrength>;

/**
 * A note. `person_ids` is the union of `associated_person_ids` and `interaction_person_ids`; a reply (`parent_id`) has none of
 * its own. The content of an HTML note is read as text with `**` for bold: it is not what was written.
 * Source: official text, "The Note Resource"; affinity-v1-facts, section 11.
 */
export const note = object({
  id: integer,
  creator_id: absentOrNull(integer),
  person_ids: withDefault(array(integer), []),
  associated_person_ids: withDefault(array(integer), []),
  interaction_person_ids: withDefault(array(integer), []),
  interaction_id: absentOrNull(integer),
  interaction_type: absentOrNull(integer),
  is_meeting: withDefault(flag, false),
  mentioned_person_ids: withDefault(array(integer), []),
  organization_ids: withDefault(array(integer), []),
  opportunity_ids: withDefault(array(integer), []),
  parent_id: absentOrNull(integer),
  content: text,
  type: withDefault(integer, 0),
  created_at: text,
  updated_at: absentOrNull(text),
});
export type Note = Decoded<typeof note>;

export interface NotePage {
  readonly notes: readonly Note[];
  readonly next_page_token: string | null;
}

const pageOfNotes = object({ notes: array(note), next_page_token: absentOrNull(text) });

/** The text shows a bare array, the API was seen to answer with a page; both decode to a page. Source: affinity-v1-facts, section 1.11. */
export const notePage: Codec<NotePage> = {
  shape: `${pageOfNotes.shape} | [${note.shape}]`,
  decode: (raw, at) =>
    Array.isArray(raw) ? { notes: array(note).decode(raw, at), next_page_token: null } : pageOfNotes.decode(raw, at),
};

/**
 * A reminder with everyone in it. `status` is computed from `due_date`; `reset_type` and `reminder_days` belong to recurring ones;
 * `completer` and `completed_at` are null until it is done. Source: official text, "The Reminder Resource".
 */
export const reminder = object({
  id: integer,
  type: integer,
  created_at: text,
  completed_at: absentOrNull(text),
  content: absentOrNull(text),
  due_date: absentOrNull(text),
  reset_type: absentOrNull(integer),
  reminder_days: absentOrNull(integer),
  status: integer,
  creator: absentOrNull(person),
  owner: absentOrNull(person),
  completer: absentOrNull(person),
  person: absentOrNull(person),
  organization: absentOrNull(organization),
  opportunity: absentOrNull(opportunity),
});
/** @public for datasets over this resource */
export type Reminder = Decoded<typeof reminder>;

export const reminderPage = object({ reminders: array(reminder), next_page_token: absentOrNull(text) });
