/** The server side of the page of notes, reminders and interactions. As thin as the menu commands that do the same. */
import { array, type Codec, flag, integer, nullable, object, oneOf } from '../api/codec';
import {
  type ActivityWanted,
  entitiesBehind,
  entityNamed,
  interactionsCost,
  personsAmong,
  scopeOfTable,
  tableInFront,
} from '../sync/runs/activity';
import { count as counted } from '../sync/runs/count';
import { beginDataset, type Desk } from '../sync/runs/desk';
import type { Run } from '../sync/runs/run';
import {
  instantOfText,
  logInteraction,
  myself,
  withColleague,
  writeNotes,
  writeReminders,
  writeReply,
} from '../sync/runs/write-activity';
import { count, type Method, NotUnderstood, name, within } from './arguments';
import type { ActivityRpc, ActivityWantedView, NoteView, ReminderView } from './rpc';

/** Longest text that a page may send to be written. */
const content = within(50_000);
const records = array(name);
const note: Codec<NoteView> = object({ content, isHtml: flag, isEach: flag, author: name, date: name });
const reminder: Codec<ReminderView> = object({
  content,
  day: name,
  days: count,
  after: oneOf(0, 1, 2),
  owner: name,
});
const wanted: Codec<ActivityWantedView> = object({
  dataset: oneOf('notes', 'reminders', 'interactions'),
  whose: oneOf('selected', 'table', 'all', 'named'),
  records,
  named: name,
  person: name,
  from: name,
  to: name,
  status: nullable(oneOf(0, 1, 2)),
  type: nullable(oneOf(0, 1)),
  types: array(oneOf(0, 1, 2, 3)),
  direction: nullable(oneOf(0, 1)),
  isManualOnly: flag,
});

const entity = (run: Run, text: string, kinds?: Parameters<typeof entityNamed>[2]) => {
  const found = entityNamed(run, text.trim(), kinds);
  if (typeof found === 'string') throw new NotUnderstood(`${found} Nothing was done.`);
  return found;
};
const personId = (run: Run, text: string): number => entity(run, text, ['person']).id;

/** A time as a page's field gives it, `2026-03-31T14:30`, or none. */
const instant = (run: Run, text: string): string => {
  const found = instantOfText(run, text.replace('T', ' '));
  if (found === null) throw new NotUnderstood(`“${text}” is no time. Nothing was done.`);
  return found;
};

const NOUNS = { notes: 'Notes', reminders: 'Reminders', interactions: 'Interactions' };
const DAY_MS = 86_400_000;

/** A part of what is asked for, where it was said. */
const part = <K extends string, V>(key: K, value: V | null | '') =>
  (value === null || value === '' ? {} : { [key]: value }) as { readonly [P in K]?: V }; // its only key

export const activityMethods = (desk: Desk): { readonly [N in keyof ActivityRpc]: Method<N> } => {
  const scopeOf = (run: Run, { whose, records: chosen, named }: ActivityWantedView) => {
    if (whose === 'all') return { scope: {}, of: 'everybody' };
    if (whose === 'named') {
      const found = entity(run, named);
      return { scope: { entities: [found.entity] }, of: found.label };
    }
    const front = tableInFront(desk);
    if (front === null)
      throw new NotUnderstood('The tab in front holds no table any more. Close this and open it again.');
    const { title } = front.saved;
    return whose === 'table'
      ? { scope: scopeOfTable(desk, front.saved), of: title }
      : { scope: { entities: chosen }, of: `${counted(chosen.length, 'row')} of ${title}` };
  };

  const choiceOf = (run: Run, asked: ActivityWantedView) => {
    const { dataset, person, from, to, status, type, direction, types, isManualOnly } = asked;
    const { scope, of } = scopeOf(run, asked);
    const who = person.trim() === '' ? null : personId(run, person);
    const base = { title: `${NOUNS[dataset]} of ${of}`, scope };
    const yearAgo = run.workbook.localTime(run.clock.now() - 364 * DAY_MS).slice(0, 10);
    const parameters = {
      notes: { ...base, ...part('creatorId', who) },
      reminders: {
        ...{ ...base, ...part('status', status), ...part('type', type) },
        ...{ ...part('dueFrom', from), ...part('dueTo', to), ...part('ownerId', who) },
      },
      interactions: {
        ...{ ...base, from: from === '' ? yearAgo : from, ...part('to', to) },
        types: types.length === 0 ? ([0, 1, 2, 3] as const) : types,
        ...{
          ...part('direction', direction),
          ...part('colleagueId', who),
          ...part('isManualOnly', isManualOnly || null),
        },
      },
    } satisfies ActivityWanted;
    return { dataset, parameters };
  };

  return {
    activity: {
      args: [],
      run() {
        const front = tableInFront(desk);
        const selected = front?.selected ?? [];
        const hasNote = front?.saved.dataset === 'notes' && selected.length === 1;
        const scope = front === null ? {} : scopeOfTable(desk, front.saved);
        return {
          title: front?.saved.title ?? null,
          records: entitiesBehind(selected),
          note: hasNote ? Number(selected[0]?.key) : null,
          hasTable: scope.listId !== undefined || (scope.entities ?? []).length > 0,
          timeZone: desk.workbook().timeZone,
        };
      },
    },
    writeNote: {
      args: [records, nullable(integer), note],
      run(on, replyTo, { content: text, isHtml, isEach, author, date }) {
        const run = desk.openRun();
        const written = {
          content: text,
          type: isHtml ? (2 as const) : (0 as const),
          ...part('creatorId', author.trim() === '' ? null : personId(run, author)),
          ...part('createdAt', date === '' ? null : instant(run, date)),
        };
        if (replyTo !== null) return writeReply(desk, run, written, replyTo);
        return writeNotes(desk, run, written, isEach ? on.map((one) => [one]) : [on]);
      },
    },
    makeReminder: {
      args: [records, reminder],
      run(on, { content: text, day, days, after, owner }) {
        const run = desk.openRun();
        const ownerId = owner.trim() === '' ? myself(run) : personId(run, owner);
        return writeReminders(desk, run, { content: text, due: day === '' ? { days, after } : { day }, ownerId }, on);
      },
    },
    logInteraction: {
      args: [records, oneOf(0, 1, 2), nullable(oneOf(0, 1)), name, within(2_000), content],
      run(on, type, direction, date, people, text) {
        const run = desk.openRun();
        const named = people.split(';').flatMap((one) => (one.trim() === '' ? [] : personId(run, one)));
        const taking = [...personsAmong(on), ...named];
        const personIds = withColleague(run, [...new Set(taking)]);
        return logInteraction(desk, run, {
          type,
          ...part('direction', direction),
          date: instant(run, date),
          personIds,
          content: text,
        });
      },
    },
    activityCost: {
      args: [wanted],
      run(asked) {
        const run = desk.openRun();
        const { dataset, parameters } = choiceOf(run, asked);
        if (dataset !== 'interactions') return null;
        const { calls, timeMs, isAffordable } = interactionsCost(desk, run, parameters.interactions);
        return { calls: calls.least, minutes: Math.max(1, Math.ceil(timeMs.least / 60_000)), isAffordable };
      },
    },
    showActivity: {
      args: [wanted],
      run(asked) {
        const run = desk.openRun();
        const { dataset, parameters } = choiceOf(run, asked);
        return beginDataset(desk, run, { dataset, parameters: parameters[dataset] });
      },
    },
  };
};
