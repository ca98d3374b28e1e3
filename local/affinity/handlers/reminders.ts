/** Reminders. Source: official text, "Reminders". */
import { EntityType, ReminderType } from '../../../src/api/enums';
import type { Affinity } from '../../../src/api/table';
import { checkEntities, checkInternal, instantFor, withoutPage } from '../access';
import { reminderAnswer, reminderStatus } from '../answers/activity';
import type { Caller, Handlers } from '../emulate';
import { tell } from '../events';
import { pageOf } from '../paging';
import { notFound, unprocessable } from '../refusal';
import { DAY, pacificMidnight } from '../world/pacific';
import type { ReminderRecord } from '../world/records';

const reminderFor = ({ world }: Caller, id: number): ReminderRecord => {
  const reminder = world.reminders.get(id);
  if (reminder === undefined) throw notFound(`Reminder ${id} does not exist`);
  return reminder;
};

/** A due date may be a day: then it begins at midnight Pacific, as the text's example shows. */
const dueAt = (caller: Caller, text: string): number => {
  const instant = instantFor(caller, text, 'due_date');
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && caller.world.rules.isOn('reminder-day-is-pacific');
  return isDay ? pacificMidnight(text) : instant;
};

interface Needs {
  readonly due_date?: string;
  readonly reset_type?: number;
  readonly reminder_days?: number;
}

/** @throws Refusal 422 when something is missing that a type needs. */
const checkNeeds = ({ world }: Caller, type: number, sent: Needs): void => {
  if (type === ReminderType.oneTime && sent.due_date === undefined && world.rules.isOn('one-time-needs-due-date')) {
    throw unprocessable('due_date must be specified for a one-time reminder');
  }
  if (type !== ReminderType.recurring) return;
  if (sent.reset_type === undefined && world.rules.isOn('recurring-needs-reset-type')) {
    throw unprocessable('reset_type must be specified for a recurring reminder');
  }
  if (sent.reminder_days === undefined && world.rules.isOn('recurring-needs-days')) {
    throw unprocessable('reminder_days must be specified for a recurring reminder');
  }
};

const checkDays = ({ world }: Caller, days: number | undefined): void => {
  if (days === undefined || days >= 1 || !world.rules.isOn('reminder-days-are-positive')) return;
  throw unprocessable('reminder_days must be 1 or more');
};

const isDone = (flag: boolean | 0 | 1 | undefined): boolean | undefined =>
  flag === undefined ? undefined : Boolean(flag);

/** What completing does: a one-time reminder is over, a recurring one is due again after its days. */
const completed = (caller: Caller, reminder: ReminderRecord): ReminderRecord => {
  const { world, user } = caller;
  const now = world.clock.now();
  const starts = reminder.type === ReminderType.recurring && world.rules.isOn('recurring-starts-anew');
  if (starts) return { ...reminder, due_date: now + (reminder.reminder_days ?? 0) * DAY };
  const completer_id = world.rules.isOn('completion-is-signed') ? user.id : null;
  return { ...reminder, completed_at: now, completer_id };
};

export const reminders: Handlers<Affinity>['reminders'] = {
  list: ({ query }, caller) => {
    const { world } = caller;
    const { rules } = world;
    if (
      query.type === ReminderType.recurring &&
      query.reset_type === undefined &&
      rules.isOn('recurring-search-needs-reset-type')
    ) {
      throw unprocessable('reset_type must be specified when type is 1');
    }
    const before = query.due_before === undefined ? null : instantFor(caller, query.due_before, 'due_before');
    const after = query.due_after === undefined ? null : instantFor(caller, query.due_after, 'due_after');
    const same = (wanted: number | undefined, value: number | null): boolean =>
      wanted === undefined || wanted === value;
    const fits = (one: ReminderRecord): boolean =>
      (!rules.isOn('reminders-of-an-entity') ||
        (same(query.person_id, one.person_id) &&
          same(query.organization_id, one.organization_id) &&
          same(query.opportunity_id, one.opportunity_id))) &&
      (!rules.isOn('reminders-of-a-creator') || same(query.creator_id, one.creator_id)) &&
      (!rules.isOn('reminders-of-an-owner') || same(query.owner_id, one.owner_id)) &&
      (!rules.isOn('reminders-of-a-completer') || same(query.completer_id, one.completer_id)) &&
      (!rules.isOn('reminders-by-type') || same(query.type, one.type)) &&
      (!rules.isOn('reminders-by-reset-type') || same(query.reset_type, one.reset_type)) &&
      (!rules.isOn('reminders-by-status') || same(query.status, reminderStatus(world, one))) &&
      (!rules.isOn('reminders-by-due-date') ||
        ((before === null || (one.due_date !== null && one.due_date < before)) &&
          (after === null || (one.due_date !== null && one.due_date > after))));
    const { items, next_page_token } = pageOf(world, world.reminders.all().filter(fits), query, withoutPage(query));
    return { reminders: items.map((one) => reminderAnswer(world, one)), next_page_token };
  },

  get: ({ path }, caller) => reminderAnswer(caller.world, reminderFor(caller, path.reminder_id)),

  create: ({ body }, caller) => {
    const { world, user } = caller;
    const { person_id, organization_id, opportunity_id } = body;
    const given = [person_id, organization_id, opportunity_id].filter((id) => id !== undefined);
    if (given.length > 1 && world.rules.isOn('reminder-of-one-entity')) {
      throw unprocessable('At most one of person_id, organization_id, opportunity_id can be specified');
    }
    checkInternal(caller, body.owner_id, 'owner_id', 'reminder-owner-is-internal');
    checkNeeds(caller, body.type, body);
    checkDays(caller, body.reminder_days);
    if (person_id !== undefined) checkEntities(caller, EntityType.person, [person_id]);
    if (organization_id !== undefined) checkEntities(caller, EntityType.organization, [organization_id]);
    if (opportunity_id !== undefined) checkEntities(caller, EntityType.opportunity, [opportunity_id]);
    const now = world.clock.now();
    const isRecurring = body.type === ReminderType.recurring;
    const firstDue = isRecurring ? now + (body.reminder_days ?? 0) * DAY : null;
    const fresh: ReminderRecord = {
      id: world.nextId('reminder'),
      type: body.type,
      content: body.content ?? null,
      created_at: now,
      completed_at: null,
      due_date: body.due_date === undefined ? firstDue : dueAt(caller, body.due_date),
      reset_type: isRecurring ? (body.reset_type ?? null) : null,
      reminder_days: isRecurring ? (body.reminder_days ?? null) : null,
      creator_id: world.rules.isOn('reminder-creator-is-caller') ? user.id : body.owner_id,
      owner_id: body.owner_id,
      completer_id: null,
      person_id: person_id ?? null,
      organization_id: organization_id ?? null,
      opportunity_id: opportunity_id ?? null,
    };
    const reminder = isDone(body.is_completed) === true ? completed(caller, fresh) : fresh;
    world.reminders.put(reminder);
    const answer = reminderAnswer(world, reminder);
    tell(world, 'reminder.created', answer);
    return answer;
  },

  update: ({ path, body }, caller) => {
    const { world } = caller;
    const old = reminderFor(caller, path.reminder_id);
    if (body.owner_id !== undefined) checkInternal(caller, body.owner_id, 'owner_id', 'reminder-owner-is-internal');
    if (body.type !== undefined) checkNeeds(caller, body.type, body);
    checkDays(caller, body.reminder_days);
    const type = body.type ?? old.type;
    const isRecurring = type === ReminderType.recurring;
    const changed: ReminderRecord = {
      ...old,
      type,
      owner_id: body.owner_id ?? old.owner_id,
      content: body.content ?? (world.rules.isOn('update-keeps-the-rest') ? old.content : null),
      due_date: body.due_date === undefined ? old.due_date : dueAt(caller, body.due_date),
      reset_type: isRecurring ? (body.reset_type ?? old.reset_type) : null,
      reminder_days: isRecurring ? (body.reminder_days ?? old.reminder_days) : null,
    };
    const done = isDone(body.is_completed);
    const settled =
      done === true
        ? completed(caller, changed)
        : done === false && world.rules.isOn('completion-can-be-undone')
          ? { ...changed, completed_at: null, completer_id: null }
          : changed;
    world.reminders.put(settled);
    const answer = reminderAnswer(world, settled);
    tell(world, 'reminder.updated', answer);
    return answer;
  },

  remove: ({ path }, caller) => {
    const { world } = caller;
    const reminder = reminderFor(caller, path.reminder_id);
    world.reminders.remove(reminder.id);
    tell(world, 'reminder.deleted', { id: reminder.id, type: reminder.type, content: reminder.content });
    return { success: true };
  },
};
