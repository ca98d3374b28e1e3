/** Rows of notes. Source: official text, "Notes". */
import { note, notePage } from '../activity-records';
import { array, integer, integerText, object, oneOf, optional, text } from '../codec';
import { endpoint } from '../endpoint';
import { NoteType } from '../enums';
import { success } from '../records';

const ids = optional(array(integer));

export const notes = {
  /** `person_id` also finds notes on interactions that the person attended; the other two only what is attached directly. */
  list: endpoint({
    method: 'GET',
    path: '/notes',
    query: object({
      person_id: optional(integerText),
      organization_id: optional(integerText),
      opportunity_id: optional(integerText),
      creator_id: optional(integerText),
      page_size: optional(integerText),
      page_token: optional(text),
    }),
    response: notePage,
    paging: 'pageToken',
    resend: 'safe',
    doc: 'Get All Notes',
  }),
  get: endpoint({
    method: 'GET',
    path: '/notes/{note_id}',
    response: note,
    resend: 'safe',
    doc: 'Get a Specific Note',
  }),
  /**
   * Needs one of the three arrays or `parent_id`; a reply ignores the arrays, and its parent must be no reply. `creator_id` is an
   * internal person. `created_at` is an instant as ISO 8601 text, not in the future.
   */
  create: endpoint({
    method: 'POST',
    path: '/notes',
    body: object({
      content: text,
      person_ids: ids,
      organization_ids: ids,
      opportunity_ids: ids,
      type: optional(oneOf(NoteType.plain, NoteType.html)),
      parent_id: optional(integer),
      creator_id: optional(integer),
      created_at: optional(text),
    }),
    response: note,
    resend: 'never',
    doc: 'Create a New Note',
  }),
  /** Not for notes with mentions or made from an e-mail. The text calls this parameter `notes_id` in the path only. */
  update: endpoint({
    method: 'PUT',
    path: '/notes/{notes_id}',
    body: object({ content: text }),
    response: note,
    resend: 'safe',
    doc: 'Update a Note',
  }),
  /** By the note's creator only. */
  remove: endpoint({
    method: 'DELETE',
    path: '/notes/{note_id}',
    response: success,
    resend: 'safe',
    doc: 'Delete a Note',
  }),
};
