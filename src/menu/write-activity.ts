/** Menu commands that write activity: notes and replies, reminders and their completion, interactions logged by hand. */

import { entitiesBehind, personsAmong, type SelectedRow, tableInFront } from '../sync/runs/activity';
import type { Written } from '../sync/runs/by-command';
import { count } from '../sync/runs/count';
import type { Desk } from '../sync/runs/desk';
import type { Run } from '../sync/runs/run';
import {
  completeReminders,
  type Due,
  instantOfText,
  type LoggedInteraction,
  logInteraction,
  myself,
  withColleague,
  writeNotes,
  writeReminders,
  writeReply,
} from '../sync/runs/write-activity';
import { choosePerson } from './ask-scope';
import { guarded } from './guard';

export const report = (
  desk: Desk,
  title: string,
  { made, unknown, problems }: Written,
  noun: string,
  verb: string,
): void => {
  const lost =
    unknown === 0
      ? []
      : [
          `${count(unknown, noun)} may be in Affinity or not: no answer came. Try again later: Affinity is asked first, and nothing is made twice.`,
        ];
  desk.ui.say(title, [...problems, ...lost, `${count(made, noun)} ${verb}.`].join('\n\n'));
};

/** The entered text, or null with a word to the person when there is none. */
export const askText = (desk: Desk, title: string, question: string): string | null => {
  const answer = desk.ui.ask(title, question);
  if (answer !== null && answer.trim() === '') desk.ui.say(title, 'Nothing was entered. Nothing was done.');
  return answer === null || answer.trim() === '' ? null : answer.trim();
};

/** Records behind the selected rows, or a word to the person. */
const selectedEntities = (desk: Desk, title: string): readonly string[] | null => {
  const entities = entitiesBehind(tableInFront(desk)?.selected ?? []);
  if (entities.length > 0) return entities;
  desk.ui.say(title, 'Select rows of people, organizations or opportunities on an imported tab first.');
  return null;
};

/** Selected rows of a table of this kind, or a word to the person. */
const selectedOf = (desk: Desk, title: string, dataset: string, noun: string): readonly SelectedRow[] | null => {
  const front = tableInFront(desk);
  if (front?.saved.dataset === dataset && front.selected.length > 0) return front.selected;
  desk.ui.say(title, `Select ${noun} on a tab that shows ${noun} first.`);
  return null;
};

const NOTE = 'Write a note';

export const writeNoteCommand = (desk: Desk): void =>
  guarded(desk, NOTE, () => {
    const entities = selectedEntities(desk, NOTE);
    if (entities === null) return;
    const content = askText(
      desk,
      NOTE,
      `The note on ${count(entities.length, 'selected record')}, as text or as HTML:`,
    );
    if (content === null) return;
    const answer =
      entities.length === 1
        ? 'yes'
        : desk.ui.confirm(
            NOTE,
            `Yes writes one note that hangs on all ${entities.length} records. No writes a note of its own on each of them.`,
            'yes-no-cancel',
          );
    if (answer === 'cancel') return;
    const groups = answer === 'yes' ? [entities] : entities.map((entity) => [entity]);
    report(desk, NOTE, writeNotes(desk, desk.openRun(), { content }, groups), 'note', 'written');
  });

const REPLY = 'Reply to the selected note';

export const replyToNoteCommand = (desk: Desk): void =>
  guarded(desk, REPLY, () => {
    const [row, ...others] = selectedOf(desk, REPLY, 'notes', 'notes') ?? [];
    if (row === undefined) return;
    if (others.length > 0) {
      desk.ui.say(REPLY, 'Select one note only. Nothing was written.');
      return;
    }
    const content = askText(desk, REPLY, 'The reply, as text or as HTML:');
    if (content === null) return;
    report(desk, REPLY, writeReply(desk, desk.openRun(), { content }, Number(row.key)), 'reply', 'written');
  });

const REMINDER = 'Make a reminder';
const AFTER: Readonly<Record<string, 0 | 1 | 2>> = { interaction: 0, email: 1, meeting: 2 };

/** A day, or words such as `30 days after a meeting`; null for anything else. */
const dueIn = (text: string): Due | null => {
  const day = /^\d{4}-\d{2}-\d{2}$/.exec(text.trim())?.[0];
  if (day !== undefined) return Number.isNaN(Date.parse(day)) ? null : { day };
  const [, days, after = ''] =
    /^(\d+) days? after (?:an? |any )?(interaction|e-?mail|meeting)$/i.exec(text.trim()) ?? [];
  const reset = AFTER[after.toLowerCase().replace('-', '')];
  return days === undefined || reset === undefined ? null : { days: Number(days), after: reset };
};

/** A person by name; the person of the key for nothing; null when nobody is meant. */
const colleague = (desk: Desk, run: Run, title: string, text: string): number | null =>
  text.trim() === '' ? myself(run) : choosePerson(desk, run, title, text.trim());

export const makeReminderCommand = (desk: Desk): void =>
  guarded(desk, REMINDER, () => {
    const entities = selectedEntities(desk, REMINDER);
    if (entities === null) return;
    const content = askText(
      desk,
      REMINDER,
      `What to be reminded of, for ${count(entities.length, 'selected record')}:`,
    );
    if (content === null) return;
    const when = askText(
      desk,
      REMINDER,
      'When? A day such as 2026-12-31, or for one that comes again: 30 days after a meeting (or: an e-mail, any interaction).',
    );
    if (when === null) return;
    const due = dueIn(when);
    if (due === null) {
      desk.ui.say(REMINDER, `“${when}” is not understood. Nothing was made.`);
      return;
    }
    const owner = desk.ui.ask(REMINDER, 'Whose reminder? Enter a colleague’s name, or leave it empty for yours.');
    if (owner === null) return;
    const run = desk.openRun();
    const ownerId = colleague(desk, run, REMINDER, owner);
    if (ownerId === null) return;
    report(desk, REMINDER, writeReminders(desk, run, { content, due, ownerId }, entities), 'reminder', 'made');
  });

const COMPLETE = 'Complete the selected reminders';

export const completeRemindersCommand = (desk: Desk): void =>
  guarded(desk, COMPLETE, () => {
    const rows = selectedOf(desk, COMPLETE, 'reminders', 'reminders');
    if (rows === null) return;
    const question = `Complete ${count(rows.length, 'reminder')}? One that comes again will be due again after its days.`;
    if (desk.ui.confirm(COMPLETE, question, 'ok-cancel') !== 'yes') return;
    const written = completeReminders(
      desk,
      desk.openRun(),
      rows.map(({ key }) => key),
    );
    report(desk, COMPLETE, written, 'reminder', 'completed');
  });

const LOG = 'Log an interaction';
const KINDS: readonly (readonly [string, Pick<LoggedInteraction, 'type' | 'direction'>])[] = [
  ['A meeting', { type: 0 }],
  ['A call', { type: 1 }],
  ['A chat message that we sent', { type: 2, direction: 0 }],
  ['A chat message that we received', { type: 2, direction: 1 }],
];

export const logInteractionCommand = (desk: Desk): void =>
  guarded(desk, LOG, () => {
    const selected = personsAmong(entitiesBehind(tableInFront(desk)?.selected ?? []));
    const offer = KINDS.map(([words], index) => `${index + 1}  ${words}`).join('\n');
    const kind = askText(desk, LOG, `What was it? Enter its number.\n\n${offer}`);
    if (kind === null) return;
    const [, what] = KINDS[Number(kind) - 1] ?? [];
    if (what === undefined) {
      desk.ui.say(LOG, `“${kind}” is none of these. Nothing was logged.`);
      return;
    }
    const time = desk.ui.ask(LOG, 'When? Such as 2026-03-31 14:30; empty means now.');
    if (time === null) return;
    const run = desk.openRun();
    const date = instantOfText(run, time);
    if (date === null) {
      desk.ui.say(LOG, `“${time.trim()}” is no time. Write it like 2026-03-31 14:30. Nothing was logged.`);
      return;
    }
    const also = selected.length === 0 ? '' : ` The ${count(selected.length, 'selected person')} took part already.`;
    const names = desk.ui.ask(
      LOG,
      `Who took part? Names or e-mail addresses with ; between. You are added when no colleague is named.${also}`,
    );
    if (names === null) return;
    const personIds = new Set(selected);
    for (const name of names.split(';').map((part) => part.trim())) {
      if (name === '') continue;
      const id = choosePerson(desk, run, LOG, name);
      if (id === null) return;
      personIds.add(id);
    }
    const content = askText(desk, LOG, 'What was said? It becomes a note on the interaction.');
    if (content === null) return;
    report(
      desk,
      LOG,
      logInteraction(desk, run, { ...what, date, personIds: withColleague(run, [...personIds]), content }),
      'interaction',
      'logged',
    );
  });
