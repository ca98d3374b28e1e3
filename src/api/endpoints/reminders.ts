/** Rows of reminders. Source: official text, "Reminders". */
import { reminder, reminderPage } from '../activity-records';
import { anyOf, flag, integer, integerText, object, oneOf, oneOfText, optional, text } from '../codec';
import { endpoint } from '../endpoint';
import { ReminderResetType, ReminderStatus, ReminderType } from '../enums';
import { success } from '../records';

const type = oneOf(...Object.values(ReminderType));
const resetType = optional(oneOf(...Object.values(ReminderResetType)));
/** Typed as an integer in the text and meant as a flag; both are taken. */
const completed = optional(anyOf(flag, oneOf(0, 1)));

const changeable = {
  content: optional(text),
  reset_type: resetType,
  due_date: optional(text),
  reminder_days: optional(integer),
  is_completed: completed,
};

export const reminders = {
  /** Dates are ISO 8601 text. The text demands `reset_type` with `type` recurring. */
  list: endpoint({
    method: 'GET',
    path: '/reminders',
    query: object({
      person_id: optional(integerText),
      organization_id: optional(integerText),
      opportunity_id: optional(integerText),
      creator_id: optional(integerText),
      owner_id: optional(integerText),
      completer_id: optional(integerText),
      type: optional(oneOfText(...Object.values(ReminderType))),
      reset_type: optional(oneOfText(...Object.values(ReminderResetType))),
      status: optional(oneOfText(...Object.values(ReminderStatus))),
      due_before: optional(text),
      due_after: optional(text),
      page_size: optional(integerText),
      page_token: optional(text),
    }),
    response: reminderPage,
    paging: 'pageToken',
    resend: 'safe',
    doc: 'Get All Reminders',
  }),
  get: endpoint({
    method: 'GET',
    path: '/reminders/{reminder_id}',
    response: reminder,
    resend: 'safe',
    doc: 'Get a Specific Reminder',
  }),
  /**
   * One-time needs `due_date` (a day or an instant), recurring needs `reset_type` and `reminder_days`. At most one of the three
   * entities. `owner_id` is an internal person.
   */
  create: endpoint({
    method: 'POST',
    path: '/reminders',
    body: object({
      owner_id: integer,
      type,
      person_id: optional(integer),
      organization_id: optional(integer),
      opportunity_id: optional(integer),
      ...changeable,
    }),
    response: reminder,
    resend: 'never',
    doc: 'Create a New Reminder',
  }),
  /** When `type` is sent, what that type needs must be sent as well. */
  update: endpoint({
    method: 'PUT',
    path: '/reminders/{reminder_id}',
    body: object({ owner_id: optional(integer), type: optional(type), ...changeable }),
    response: reminder,
    resend: 'safe',
    // Completing a recurring reminder moves it on by its days; a second time would move it on twice.
    onceFor: (body) => body.is_completed === true || body.is_completed === 1,
    doc: 'Update a Reminder',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/reminders/{reminder_id}',
    response: success,
    resend: 'safe',
    doc: 'Delete a Reminder',
  }),
};
