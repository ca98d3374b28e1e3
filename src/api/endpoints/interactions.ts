/** Rows of interactions and relationship strengths. Source: official text, sections of the same names. */
import { interaction, interactionPage, relationshipStrength } from '../activity-records';
import { array, integer, integerText, object, oneOf, oneOfText, optional, text } from '../codec';
import { endpoint } from '../endpoint';
import { Direction, InteractionType, LoggingType } from '../enums';
import { success } from '../records';

const typeText = oneOfText(...Object.values(InteractionType));
/** E-mails can be read and not written. */
const writableType = oneOf(InteractionType.meeting, InteractionType.call, InteractionType.chatMessage);
const ofType = object({ type: typeText });

export const interactions = {
  /**
   * One type a call, of exactly one external person, organization or opportunity. `start_time` and `end_time` are instants as ISO
   * 8601 text, at most a year apart; the end is exclusive. `internal_person_id` narrows, `direction` too (chat messages, e-mails).
   */
  list: endpoint({
    method: 'GET',
    path: '/interactions',
    query: object({
      type: typeText,
      logging_type: optional(oneOfText(...Object.values(LoggingType))),
      person_id: optional(integerText),
      organization_id: optional(integerText),
      opportunity_id: optional(integerText),
      internal_person_id: optional(integerText),
      direction: optional(oneOfText(...Object.values(Direction))),
      start_time: text,
      end_time: text,
      page_size: optional(integerText),
      page_token: optional(text),
    }),
    response: interactionPage,
    paging: 'pageToken',
    resend: 'safe',
    doc: 'Get All Interactions',
  }),
  /** The id is unique only together with the type. */
  get: endpoint({
    method: 'GET',
    path: '/interactions/{id}',
    query: ofType,
    response: interaction,
    resend: 'safe',
    doc: 'Get a Specific Interaction',
  }),
  /** At least one internal and one external person. `content` becomes a note. `direction` is for chat messages. */
  create: endpoint({
    method: 'POST',
    path: '/interactions',
    body: object({
      type: writableType,
      person_ids: array(integer),
      content: text,
      direction: optional(oneOf(...Object.values(Direction))),
      date: text,
    }),
    response: interaction,
    resend: 'never',
    doc: 'Create a New Interaction',
  }),
  /** `person_ids` is required by the text's table and left out in its own example: send it. */
  update: endpoint({
    method: 'PUT',
    path: '/interactions/{id}',
    body: object({
      type: writableType,
      person_ids: optional(array(integer)),
      content: optional(text),
      date: optional(text),
    }),
    response: interaction,
    resend: 'safe',
    doc: 'Update an Interaction',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/interactions/{id}',
    query: ofType,
    response: success,
    resend: 'safe',
    doc: 'Delete an Interaction',
  }),
};

export const relationshipStrengths = {
  /** With `internal_id` at most one row; without it one for each internal person, in no order. */
  list: endpoint({
    method: 'GET',
    path: '/relationships-strengths',
    query: object({ external_id: integerText, internal_id: optional(integerText) }),
    response: array(relationshipStrength),
    resend: 'safe',
    doc: 'Get Relationship Strength',
  }),
};
