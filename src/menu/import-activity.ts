/** Menu commands: notes, reminders and interactions as tables of their own. */
import { type ActivityKey, type ActivityWanted, interactionsCost } from '../sync/runs/activity';
import { type Desk, importDataset } from '../sync/runs/desk';
import type { Run } from '../sync/runs/run';
import { askScope, choosePerson } from './ask-scope';
import { guarded } from './guard';
import { pullReport } from './pull-report';

const begin = <K extends ActivityKey>(
  desk: Desk,
  run: Run,
  title: string,
  dataset: K,
  parameters: ActivityWanted[K],
) => {
  const { result } = importDataset(desk, run, { dataset, parameters });
  desk.ui.say(`${title}: ${parameters.title}`, pullReport(result));
};

/** A colleague by name: an id, undefined for none wanted, null when nobody is meant. */
const person = (desk: Desk, run: Run, title: string, text: string): number | undefined | null =>
  text === '' ? undefined : choosePerson(desk, run, title, text);

const NOTES = 'Show notes';

export const importNotesCommand = (desk: Desk): void =>
  guarded(desk, NOTES, () => {
    const run = desk.openRun();
    const chosen = askScope(desk, run, NOTES, true);
    if (chosen === null) return;
    const author = desk.ui.ask(NOTES, 'Notes of one author only? Enter the name, or leave it empty for all authors.');
    if (author === null) return;
    const creatorId = person(desk, run, NOTES, author.trim());
    if (creatorId === null) return;
    begin(desk, run, NOTES, 'notes', {
      title: `Notes of ${chosen.of}${creatorId === undefined ? '' : ` by ${author.trim()}`}`,
      scope: chosen.scope,
      ...(creatorId === undefined ? {} : { creatorId }),
    });
  });

const REMINDERS = 'Show reminders';

/** Days in a text such as `2026-01-01 to 2026-12-31`, either of them left out; null for a text that says none. */
export const daysIn = (text: string): { readonly from?: string; readonly to?: string } | null => {
  const days = /^(\d{4}-\d{2}-\d{2})?\s*(?:to|–|-|until)?\s*(\d{4}-\d{2}-\d{2})?$/.exec(text.trim());
  if (days === null) return null;
  const [, from, to] = days;
  const isReal = (day: string | undefined): boolean => day === undefined || !Number.isNaN(Date.parse(day));
  if (!isReal(from) || !isReal(to) || (from !== undefined && to !== undefined && from > to)) return null;
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
};

export const notDays = (text: string): string =>
  `“${text.trim()}” is no span of days. Write it like 2026-01-01 to 2026-12-31. Nothing was done.`;

const WHICH: readonly (readonly [string, Pick<ActivityWanted['reminders'], 'status' | 'type'>])[] = [
  ['All', {}],
  ['Active', { status: 1 }],
  ['Overdue', { status: 2 }],
  ['Completed', { status: 0 }],
  ['One-time', { type: 0 }],
  ['Recurring', { type: 1 }],
];

/** The place of a choice that was entered by its number or its word; the first one for nothing. */
const choiceIn = (words: readonly string[], text: string): number => {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return 0;
  return /^\d+$/.test(wanted) ? Number(wanted) - 1 : words.findIndex((word) => word.toLowerCase() === wanted);
};

export const numbered = (words: readonly string[]): string =>
  words.map((word, index) => `${index + 1}  ${word}`).join('\n');

export const importRemindersCommand = (desk: Desk): void =>
  guarded(desk, REMINDERS, () => {
    const run = desk.openRun();
    const chosen = askScope(desk, run, REMINDERS, true);
    if (chosen === null) return;
    const words = WHICH.map(([word]) => word);
    const answer = desk.ui.ask(REMINDERS, `Which reminders? Enter a number; empty means all.\n\n${numbered(words)}`);
    if (answer === null) return;
    const [word, filter] = WHICH[choiceIn(words, answer)] ?? [];
    if (word === undefined || filter === undefined) {
      desk.ui.say(REMINDERS, `“${answer.trim()}” is none of these. Nothing was done.`);
      return;
    }
    const due = desk.ui.ask(REMINDERS, 'Due when? Enter days such as 2026-01-01 to 2026-12-31; empty means any time.');
    if (due === null) return;
    const days = daysIn(due);
    if (days === null) {
      desk.ui.say(REMINDERS, notDays(due));
      return;
    }
    const owner = desk.ui.ask(REMINDERS, 'Of one owner only? Enter the name, or leave it empty for all owners.');
    if (owner === null) return;
    const ownerId = person(desk, run, REMINDERS, owner.trim());
    if (ownerId === null) return;
    begin(desk, run, REMINDERS, 'reminders', {
      title: `${word === 'All' ? 'Reminders' : `${word} reminders`} of ${chosen.of}`,
      scope: chosen.scope,
      ...filter,
      ...(days.from === undefined ? {} : { dueFrom: days.from }),
      ...(days.to === undefined ? {} : { dueTo: days.to }),
      ...(ownerId === undefined ? {} : { ownerId }),
    });
  });

const INTERACTIONS = 'Show interactions';
const TYPES = ['meetings', 'calls', 'chats', 'e-mails'] as const;
const DAY_MS = 86_400_000;

type Filters = Pick<ActivityWanted['interactions'], 'types' | 'direction' | 'colleagueId' | 'isManualOnly'>;

/** Filters from words such as `meetings, calls, by hand, with Maya Lindqvist`; null when one is not understood. */
const filtersIn = (desk: Desk, run: Run, text: string): Filters | null => {
  const types: (0 | 1 | 2 | 3)[] = [];
  let rest: Omit<Filters, 'types'> = {};
  for (const part of text.split(',').map((piece) => piece.trim())) {
    const wanted = part.toLowerCase();
    const type = TYPES.findIndex((name) => name.replace('-', '') === wanted.replace('-', ''));
    if (part === '') continue;
    if (type >= 0)
      types.push(type as 0 | 1 | 2 | 3); // the place in TYPES is the API's number
    else if (wanted === 'sent' || wanted === 'received') rest = { ...rest, direction: wanted === 'sent' ? 0 : 1 };
    else if (wanted === 'by hand') rest = { ...rest, isManualOnly: true };
    else if (wanted.startsWith('with ')) {
      const colleagueId = person(desk, run, INTERACTIONS, part.slice('with '.length).trim());
      if (colleagueId === null || colleagueId === undefined) return null;
      rest = { ...rest, colleagueId };
    } else {
      desk.ui.say(INTERACTIONS, `“${part}” is not understood. Nothing was done.`);
      return null;
    }
  }
  return { types: types.length === 0 ? [0, 1, 2, 3] : types, ...rest };
};

const isAgreed = (desk: Desk, run: Run, wanted: ActivityWanted['interactions']): boolean => {
  const { calls, timeMs, isAffordable } = interactionsCost(desk, run, wanted);
  const minutes = Math.max(1, Math.ceil(timeMs.least / 60_000));
  const warning = isAffordable ? '' : ' That is more than you may use this month, so it will stop before its end.';
  const long = minutes > 4 ? ' One run can’t finish it: refresh again to go on where it stopped.' : '';
  const question = `This takes at least ${calls.least} calls to Affinity, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}: one for each record, kind of interaction and year, and more where there are over a hundred.${warning}${long}`;
  return desk.ui.confirm(INTERACTIONS, question, 'ok-cancel') === 'yes';
};

export const importInteractionsCommand = (desk: Desk): void =>
  guarded(desk, INTERACTIONS, () => {
    const run = desk.openRun();
    const chosen = askScope(desk, run, INTERACTIONS, false);
    if (chosen === null) return;
    const span = desk.ui.ask(
      INTERACTIONS,
      'From when to when? Enter days such as 2023-03-01 to 2026-06-30, or only the first one to go on until each refresh. Empty means the last year.',
    );
    if (span === null) return;
    const days = daysIn(span);
    if (days === null) {
      desk.ui.say(INTERACTIONS, notDays(span));
      return;
    }
    const which = desk.ui.ask(
      INTERACTIONS,
      'Which ones? Empty means all. Otherwise any of these, with commas between: meetings, calls, chats, e-mails, sent, received, by hand, with the name of a colleague (such as: with Maya Lindqvist).',
    );
    if (which === null) return;
    const filters = filtersIn(desk, run, which);
    if (filters === null) return;
    const yearAgo = run.workbook.localTime(run.clock.now() - 364 * DAY_MS).slice(0, 10);
    const wanted = {
      title: `Interactions of ${chosen.of}`,
      scope: chosen.scope,
      from: days.from ?? yearAgo,
      ...(days.to === undefined ? {} : { to: days.to }),
      ...filters,
    };
    if (!isAgreed(desk, run, wanted)) return;
    begin(desk, run, INTERACTIONS, 'interactions', wanted);
  });
