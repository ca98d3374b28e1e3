/**
 * What commands make in Affinity beside the rows of a table, each written into a journal of its own before its call and completed
 * after it. What got no answer is looked up by its natural key, at once and before anything is sent after it: nothing is made twice.
 * Source: design, promise P1.
 */
import type { PreparedCall } from '../../api/client';
import { ReminderStatus } from '../../api/enums';
import { ApiError, type ApiFault } from '../../api/errors';
import type { Making, MakingParts } from '../datasets/dataset';
import { interactionKey } from '../datasets/interaction-reading';
import { interactionMaking } from '../datasets/interactions';
import { noteMaking } from '../datasets/notes';
import { opportunityMaking } from '../datasets/opportunities';
import { organizationMaking } from '../datasets/organizations';
import { personMaking } from '../datasets/persons';
import { numberIn, type RecordMaking, readSideBySide, sent, textsIn } from '../datasets/record-creation';
import { reminderMaking } from '../datasets/reminders';
import { FILES_PER_PAGE, webhookMaking } from '../datasets/service-tables';
import { policy } from '../errors';
import { SETTLE_AFTER_MS, STATE_CELL_CHARACTERS } from '../limits';
import { as, isAbsent } from '../search';
import { type CreationLine, type Journal, type JournalEntry, makingOf, ofKind } from '../state/journal';
import type { Desk } from './desk';
import { isOpen, isUnsent } from './fate';
import { creationLine, journalOf } from './keep-journal';
import { withLease } from './lease';
import { renewSent } from './report-sent';
import type { Run } from './run';

/** Under this name commands keep their journal and hold a lease, as an import does. */
const COMMANDS = 'commands';

/** One thing to make. The call gives its id. */
export interface Command extends Making {
  readonly call: PreparedCall<string>;
}

/** How a set of commands went. */
export interface Written {
  readonly made: number;
  /** Calls that may have arrived, of which nobody could tell yet. */
  readonly unknown: number;
  /** Why others were refused: whole sentences, each once. */
  readonly problems: readonly string[];
}

/** For each of some parts, the ids of what is like that in Affinity. @throws ApiError */
type Matching = (wanted: readonly MakingParts[]) => readonly (readonly string[])[];

const idOf = ({ id }: { readonly id: number }): string => String(id);

const matching =
  <R>({ alike, isSame }: Pick<RecordMaking<R>, 'alike' | 'isSame'>, keyOf: (record: R) => string): Matching =>
  (wanted) => {
    const found = alike(wanted);
    return wanted.map((parts, at) => (found[at]?.items ?? []).filter((one) => isSame(parts, one)).map(keyOf));
  };

/** All of a kind, read once for all that are wanted. */
const among =
  <R extends { readonly id: number }>(
    read: () => readonly R[],
    isSame: (parts: MakingParts, one: R) => boolean,
  ): Matching =>
  (wanted) => {
    const all = read();
    return wanted.map((parts) => all.filter((one) => isSame(parts, one)).map(idOf));
  };

const matchings = ({ api }: Run): Readonly<Record<string, Matching>> => ({
  note: matching(noteMaking(api), idOf),
  reminder: matching(reminderMaking(api), idOf),
  interaction: matching(interactionMaking(api), ({ one }) => interactionKey(one)),
  person: matching(personMaking(api), idOf),
  organization: matching(organizationMaking(api), idOf),
  opportunity: matching(opportunityMaking(api), idOf),
  webhook: matching(webhookMaking(api), idOf),
  list: among(
    () => api.lists.all(),
    (parts, { name, type }) => name === parts.name && type === parts.type,
  ),
  field: among(
    () => api.fields.all(),
    (parts, { name, list_id }) => name === parts.name && list_id === parts.list_id,
  ),
  file: (wanted) =>
    readSideBySide(
      api,
      wanted.map((parts) => ({
        ...sent({
          person_id: numberIn(parts, 'person_id'),
          organization_id: numberIn(parts, 'organization_id'),
          opportunity_id: numberIn(parts, 'opportunity_id'),
        }),
        page_size: FILES_PER_PAGE,
      })),
      (query) =>
        as(api.prepare.entityFiles.list({ query }), (page) => ({
          items: page.entity_files,
          next: page.next_page_token,
        })),
    ).map(({ items }, at) => items.filter(({ name }) => name === wanted[at]?.name).map(idOf)),
  // What moved on, or is over, was completed: it was neither when that was asked.
  completion: (wanted) =>
    api
      .all(wanted.map(({ reminder }) => api.prepare.reminders.get({ path: { reminder_id: Number(reminder) } })))
      .map((outcome, at) => {
        if (isAbsent(outcome)) return [];
        if (!outcome.ok) throw new ApiError(outcome.fault);
        const { id, status, due_date } = outcome.value;
        return status === ReminderStatus.completed || (due_date ?? '') !== wanted[at]?.due ? [String(id)] : [];
      }),
});

/** Looks things of all kinds up, kind by kind. @throws ApiError */
const lookUp = (run: Run, makings: readonly Making[]): readonly (readonly string[])[] => {
  const found = new Map<Making, readonly string[]>();
  for (const [noun, matches] of Object.entries(matchings(run))) {
    const some = makings.filter((making) => making.noun === noun);
    const ids = some.length === 0 ? [] : matches(some.map(({ parts }) => parts));
    some.forEach((making, index) => void found.set(making, ids[index] ?? []));
  }
  return makings.map((making) => found.get(making) ?? []);
};

type Line = JournalEntry<CreationLine>;

/** Settles lines without an outcome: gives the ids of what was made; what was not made leaves the journal. @throws ApiError */
const settle = (run: Run, journal: Journal, open: readonly Line[]): ReadonlyMap<Line, string> => {
  const made = new Map<Line, string>();
  if (open.length === 0) return made;
  const wait = Math.max(...open.map(({ line }) => Date.parse(line.time) + SETTLE_AFTER_MS - run.clock.now()));
  if (wait > 0) run.clock.sleep(wait);
  const found = lookUp(
    run,
    open.map(({ line }) => makingOf(line)),
  );
  const taken = new Set<string>();
  open.forEach((entry, index) => {
    const { field, parts } = entry.line;
    const before = textsIn(parts, 'before');
    const id = found[index]?.find((one) => !before.includes(one) && !taken.has(`${field} ${one}`));
    if (id === undefined) return;
    taken.add(`${field} ${id}`);
    made.set(entry, id);
  });
  journal.complete([...made].map(([entry, id]) => ({ entry, outcome: 'sent', made: id })));
  const unmade = open.filter((entry) => !made.has(entry));
  if (unmade.length > 0) journal.drop(unmade);
  run.workbook.flush();
  return made;
};

const lineOf = (run: Run, making: Making): CreationLine =>
  creationLine(run, making, { importTitle: 'Command', importId: COMMANDS, rowId: '' });

/** What was asked for, whenever that was. */
const asked = ({ noun, parts: { before: _ids, since: _when, due: _then, ...parts } }: Making): string =>
  JSON.stringify([noun, parts]);

const sayOf = (run: Run, { code, message }: ApiFault): string => policy[code].say({ message, run: run.id });

const tooLong = 'This is longer than the journal can hold before it is sent. Shorten it, or write it in Affinity.';
const nothing = 'No answer came, and Affinity has nothing of it: it was not made. Try again.';

const open = (journal: Journal): readonly Line[] =>
  ofKind(journal.entries, 'creation').filter(({ line }) => line.outcome === 'sending');

/**
 * Makes things in Affinity, each once, and says how that went. What an earlier command left open is looked up first: what is asked for
 * again and is there since then counts as made.
 * @throws ApiError when what was left open can't be looked up; SheetError when another command is at work
 */
export const carryOut = (desk: Pick<Desk, 'mutex'>, run: Run, commands: readonly Command[]): Written =>
  withLease({ store: run.store, mutex: desk.mutex, clock: run.clock }, COMMANDS, run.id, run.heartbeat, () => {
    const journal = journalOf(run, COMMANDS);
    const problems = new Set<string>();
    const earlier = [...settle(run, journal, open(journal)).keys()].map(({ line }) => asked(makingOf(line)));
    let made = 0;
    const wanted = commands.filter((one) => {
      const at = earlier.indexOf(asked(one));
      if (at >= 0) {
        earlier.splice(at, 1);
        made += 1;
        return false;
      }
      const isLong = JSON.stringify(one.parts).length > STATE_CELL_CHARACTERS;
      if (isLong) problems.add(tooLong);
      return !isLong;
    });
    // What is told by the time of its making needs no look at what was there before.
    const undated = wanted.filter(({ parts }) => parts.since === undefined);
    const before = new Map(lookUp(run, undated).map((ids, at) => [undated[at], ids]));
    const lines = wanted.map((one) => lineOf(run, { ...one, parts: { ...one.parts, before: before.get(one) ?? [] } }));
    const entries = journal.add(lines);
    run.workbook.flush();
    const outcomes = run.api.all(wanted.map(({ call }) => call));
    outcomes.forEach((outcome, index) => {
      const entry = entries[index];
      if (entry === undefined) return;
      if (outcome.ok) {
        made += 1;
        journal.complete([{ entry, outcome: 'sent', made: outcome.value }]);
        return;
      }
      if (isOpen(outcome.fault)) return;
      problems.add(sayOf(run, outcome.fault));
      if (isUnsent(outcome.fault)) journal.drop([entry]);
      else journal.complete([{ entry, outcome: 'refused' }]);
    });
    run.workbook.flush();
    const lost = open(journal);
    try {
      const found = settle(run, journal, lost).size;
      made += found;
      if (found < lost.length) problems.add(nothing);
    } catch (fault) {
      if (!(fault instanceof ApiError)) throw fault;
      problems.add(sayOf(run, fault.fault));
    }
    const unknown = open(journal).length;
    renewSent(run.workbook);
    run.log.write({ event: COMMANDS, made, unknown, commands: commands.length });
    return { made, unknown, problems: [...problems] };
  });
