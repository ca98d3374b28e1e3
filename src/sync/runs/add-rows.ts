/**
 * The making of rows in Affinity. Each creating call is written into the journal before it is sent; what it made is written into the
 * row's id cell, then into the baseline, then into the journal. A call whose answer was lost is looked up before anything is sent
 * again. Source: design, promise P1.
 */
import { ApiError, type ApiFault } from '../../api/errors';
import { type Cell, sameCell } from '../cells/cell';
import type { Value } from '../cells/value';
import type { Column, Creates, Made, Making, NamedRecord, NewRow } from '../datasets/dataset';
import { policy, sayOfRow } from '../errors';
import { SETTLE_AFTER_MS } from '../limits';
import { indexTable, type TableIndex } from '../merge/plan';
import type { NewRowPlan } from '../merge/plan-new-rows';
import type { PlaceWrite } from '../ports';
import { ID_COLUMN, STATUS_COLUMN } from '../row-id';
import { type CreationLine, type Journal, type JournalEntry, makingOf, ofKind } from '../state/journal';
import { idCell, rendered, settle } from './apply';
import type { Workplace } from './edits';
import { isOpen, isUnsent } from './fate';
import { existingJournal, journalOf, type Settlement as Place } from './keep-journal';
import { contextOf, type Run } from './run';
import { addedSentence } from './sent-sentence';
import { rowsTyped } from './typed-rows';

/** A typed row as it was seen: by its empty id cell, by what names it, and by the cells that are to be filled. */
const placeOf = ({ index, source }: Place, row: NewRow, next: ReadonlyMap<string, Cell>): PlaceWrite => {
  const { columns } = index.snapshot;
  const naming = source.columns.filter(({ key, namesNewRow }) => namesNewRow && columns.has(key)).map(({ key }) => key);
  // A row that nothing names is told by all that stands in it.
  const telling = naming.some((key) => row.cells.has(key)) ? naming : [...row.cells.keys()];
  const filled = [...next.keys()].filter((key) => key !== STATUS_COLUMN && columns.has(key));
  const expected = new Map([...telling, ...filled].map((key) => [key, row.cells.get(key) ?? null]));
  return { rowNumber: row.rowNumber, expected: expected.set(ID_COLUMN, null), next };
};

/** A typed row and the row of Affinity that it is from now on. */
interface Tie {
  readonly row: NewRow;
  readonly record: NamedRecord;
  /** What Affinity has of it already, by column, beside its name. */
  readonly values: ReadonlyMap<string, Value>;
}

/** Values that go into the row: those of its name, and others where the person left the cell empty. */
const valuesInto = ({ source, index }: Place, { row, record, values }: Tie): ReadonlyMap<Column, Value> => {
  const into = new Map<Column, Value>();
  for (const column of source.columns) {
    const { key, namesNewRow } = column;
    const value = values.get(key) ?? null;
    if (namesNewRow && record.values.has(key)) into.set(column, record.values.get(key) ?? null);
    else if (value !== null && !row.cells.has(key) && index.snapshot.columns.has(key)) into.set(column, value);
  }
  return into;
};

/**
 * What both sides agree on of a row that was made: what goes into it, and what Affinity says of it although something else was typed
 * there. That is an edit of it, and no conflict: nobody else had a hand in it.
 */
const agreedOn = (place: Place, tie: Tie): ReadonlyMap<Column, Value> => {
  const made = place.source.columns.filter(({ key }) => tie.record.values.has(key));
  return new Map([
    ...made.map((column) => [column, tie.record.values.get(column.key) ?? null] as const),
    ...valuesInto(place, tie),
  ]);
};

/** What a typed row becomes in the sheet: the id, its name in Affinity's words, and what it left empty. */
const tied = (place: Place, tie: Tie): PlaceWrite => {
  const context = contextOf(place.run);
  const next = new Map<string, Cell>([[ID_COLUMN, idCell(tie.record.key)]]);
  for (const [column, value] of valuesInto(place, tie)) next.set(column.key, rendered(column, value, context).cell);
  if (place.index.snapshot.columns.has(STATUS_COLUMN)) next.set(STATUS_COLUMN, addedSentence(place.run));
  return placeOf(place, tie.row, next);
};

/** Both sides agree on what went into the row, and on nothing else so far. */
const setBaseline = ({ run, baseline }: Place, record: NamedRecord, into: ReadonlyMap<Column, Value>): void => {
  const context = contextOf(run);
  const cells = new Map([...into].map(([column, value]) => [column.key, rendered(column, value, context).base]));
  baseline.set({ key: record.key, entity: record.entity, cells });
};

/** Learns what Affinity has of rows on the ground of something that was there before. @throws ApiError */
const withValues = ({ run, source }: Place, ties: readonly Omit<Tie, 'values'>[]): readonly Tie[] => {
  if (ties.length === 0) return [];
  const fresh = source.fresh(ties.map(({ record }) => record));
  run.names.learn(source.columns, [...fresh.values()]);
  return ties.map((tie) => ({ ...tie, values: fresh.get(tie.record.key)?.values ?? new Map() }));
};

/** Learns the names that stand in what names the rows. @throws ApiError */
const learnNames = ({ run, source }: Place, ties: readonly Tie[]): void =>
  run.names.learn(
    source.columns,
    ties.map(({ record }) => ({ ...record, title: '', stored: new Map() })),
  );

/** Writes into the rows; gives those that were found as they were seen. */
const writeTies = (place: Place, ties: readonly Tie[]): readonly Tie[] => {
  const left = new Set(place.table.writeAt(ties.map((tie) => tied(place, tie))));
  return ties.filter((_tie, index) => !left.has(index));
};

/**
 * Ties typed rows to rows that Affinity has already. The baseline comes first here: nothing was sent that could be lost, and a row
 * with an id and without baseline would take every typed cell for a conflict. Gives the rows that were found unchanged.
 */
export const tieRows = (place: Place, wanted: readonly Omit<Tie, 'values'>[]): readonly Tie[] => {
  if (wanted.length === 0) return [];
  const ties = withValues(place, wanted);
  learnNames(place, ties);
  for (const tie of ties) setBaseline(place, tie.record, valuesInto(place, tie));
  place.baseline.save();
  place.run.workbook.flush();
  return writeTies(place, ties);
};

/** Writes the ids of rows that were made into their rows: sheet, flush, baseline, flush. Gives the rows that were found unchanged. */
const claim = (place: Place, ties: readonly Tie[]): readonly Tie[] => {
  if (ties.length === 0) return [];
  learnNames(place, ties);
  const found = writeTies(place, ties);
  settle(
    place.run.workbook,
    place.baseline,
    found.map((tie) => () => setBaseline(place, tie.record, agreedOn(place, tie))),
  );
  return found;
};

const shownStatus = ({ snapshot }: TableIndex, row: NewRow): Cell =>
  snapshot.columns.get(STATUS_COLUMN)?.[row.rowNumber - snapshot.firstRowNumber] ?? null;

/** Notes on rows why they were not added. */
const explainOn = (place: Place, reasons: readonly { readonly row: NewRow; readonly status: string }[]): void => {
  if (!place.index.snapshot.columns.has(STATUS_COLUMN)) return;
  const writes = reasons
    .filter(({ row, status }) => shownStatus(place.index, row) !== status)
    .map(({ row, status }) => placeOf(place, row, new Map([[STATUS_COLUMN, status]])));
  if (writes.length > 0) place.table.writeAt(writes);
};

const lineOf = ({ run, saved }: Place, row: NewRow, { noun, title, parts }: Making): CreationLine => ({
  kind: 'creation',
  time: new Date(run.clock.now()).toISOString(),
  user: run.user,
  importTitle: saved.title,
  rowTitle: title,
  field: noun,
  oldText: '',
  newText: title,
  outcome: 'sending',
  run: run.id,
  importId: saved.id,
  rowId: row.key,
  entity: '',
  parts,
  made: '',
});

/** A fault that says something about one row; the rest of the run can go on. */
const isAboutRow = ({ code }: ApiFault): boolean =>
  policy[code].action === 'skip-row' || code === 'api/forbidden' || code === 'api/not-found';

interface Step {
  readonly plan: NewRowPlan;
  readonly making: Making;
}

interface Finished {
  readonly plan: NewRowPlan;
  readonly record: NamedRecord;
  readonly entry: JournalEntry;
}

export interface Added {
  /** Ids of the rows that are in Affinity and in the table now, by what named them before. */
  readonly ids: ReadonlyMap<string, string>;
  /** Rows that are not. */
  readonly failed: number;
  /** The fault that concerns the whole run, if any. */
  readonly fault: ApiFault | null;
  readonly messages: readonly string[];
}

const lost =
  'Affinity’s answer was lost, so it is not known whether this row was added. The next push or refresh finds out.';

/** The record of a last step whose answer does not say it. */
const recordOf = (creates: Creates, making: Making, made: Made): NamedRecord | null =>
  made.record ?? creates.find([making])[0]?.record ?? null;

/** Makes rows in Affinity, step by step for all of them side by side. */
const make = (place: Place, journal: Journal, creates: Creates, plans: readonly NewRowPlan[]) => {
  const { run } = place;
  const finished: Finished[] = [];
  const reasons: { row: NewRow; status: string }[] = [];
  let fault: ApiFault | null = null;
  let open: readonly Step[] = plans.map((plan) => ({
    plan,
    making: creates.first(plan.row, 'candidate' in plan.fate ? plan.fate.candidate : null),
  }));
  while (open.length > 0) {
    const entries = journal.add(open.map(({ plan, making }) => lineOf(place, plan.row, making)));
    run.workbook.flush();
    const outcomes = run.api.all(open.map(({ making }) => creates.call(making)));
    const next: Step[] = [];
    outcomes.forEach((outcome, index) => {
      const step = open[index];
      const entry = entries[index];
      if (step === undefined || entry === undefined) return;
      const { plan, making } = step;
      if (!outcome.ok) {
        if (!isAboutRow(outcome.fault)) fault = outcome.fault;
        if (isUnsent(outcome.fault)) journal.drop([entry]);
        else if (isOpen(outcome.fault)) reasons.push({ row: plan.row, status: lost });
        else {
          journal.complete([{ entry, outcome: 'refused' }]);
          const { code, message } = outcome.fault;
          reasons.push({ row: plan.row, status: `Not added. ${sayOfRow(code, { message, run: run.id })}` });
        }
        return;
      }
      const following = creates.next(making, outcome.value);
      if (following !== null) {
        journal.complete([{ entry, outcome: 'sent', made: outcome.value.id }]);
        next.push({ plan, making: following });
        return;
      }
      const record = recordOf(creates, making, outcome.value);
      if (record === null) reasons.push({ row: plan.row, status: lost });
      else finished.push({ plan, record, entry });
    });
    // After a fault of the run nothing more is begun; what was made so far is tied to its row below.
    open = fault === null ? next : [];
  }
  return { finished, reasons, fault };
};

/** Carries out what was planned for typed rows. The reasons for those that are not added are written on them. */
export const addRows = (place: Place, plans: readonly NewRowPlan[], again: ReadonlySet<string>): Added => {
  const { run, source } = place;
  const { creates } = source;
  const isWanted = ({ row, fate }: NewRowPlan): boolean =>
    fate.kind === 'create' || fate.kind === 'attach' || (fate.kind === 'repeat' && again.has(row.key));
  const toMake = creates === undefined ? [] : plans.filter(isWanted);
  const toTie = plans.flatMap(({ row, fate }) => (fate.kind === 'tie' ? [{ row, record: fate.record }] : []));
  const reasons = plans
    .filter((plan) => !isWanted(plan) && plan.fate.kind !== 'tie')
    .map(({ row, says }) => ({ row, status: `Not added. ${says}` }));
  const ids = new Map<string, string>();
  const messages: string[] = [];
  let fault: ApiFault | null = null;
  const founded = tieRows(place, toTie);
  let unfound = toTie.length - founded.length;
  if (creates !== undefined && toMake.length > 0) {
    const journal = journalOf(run, place.saved.id);
    const made = make(place, journal, creates, toMake);
    // What was made from nothing has the values that the answer says, and no others.
    const isGrounded = ({ plan }: Finished): boolean => plan.fate.kind !== 'create';
    const asTie = ({ plan, record }: Finished) => ({ row: plan.row, record });
    const claimed = claim(place, [
      ...withValues(place, made.finished.filter(isGrounded).map(asTie)),
      ...made.finished
        .filter((one) => !isGrounded(one))
        .map((one): Tie => ({ ...asTie(one), values: one.record.values })),
    ]);
    journal.complete(made.finished.map(({ entry, record }) => ({ entry, outcome: 'sent' as const, made: record.key })));
    run.workbook.flush();
    for (const { row, record } of claimed) ids.set(row.key, record.key);
    reasons.push(...made.reasons);
    fault = made.fault;
    unfound += made.finished.length - claimed.length;
  }
  for (const { row, record } of founded) ids.set(row.key, record.key);
  explainOn(place, reasons);
  if (unfound > 0) {
    messages.push(
      `Rows that changed while they were being added: ${unfound}. They are in Affinity; the next refresh ties them to the table.`,
    );
  }
  return { ids, failed: reasons.length, fault, messages };
};

/** Time until the youngest of some lines may be looked up, in milliseconds: Affinity's search may not show a record at once. */
const waitFor = (run: Run, lines: readonly CreationLine[]): number =>
  Math.max(0, ...lines.map(({ time }) => Date.parse(time) + SETTLE_AFTER_MS - run.clock.now()));

/** A run may have died between the id and the baseline: what stands in such a row is what it wrote, or an edit. */
const settleBare = (place: Place, records: readonly NamedRecord[]): void => {
  const { run, source, baseline, index } = place;
  const bare = records.filter(({ key }) => baseline.get(key) === undefined);
  if (bare.length === 0) return;
  const fresh = source.fresh(bare);
  run.names.learn(source.columns, [...fresh.values()]);
  const context = contextOf(run);
  const commits = bare.map((record) => () => {
    const position = index.positions.get(record.key);
    const values = new Map([...(fresh.get(record.key)?.values ?? []), ...record.values]);
    const into = source.columns.flatMap((column): readonly (readonly [Column, Value])[] => {
      const value = values.get(column.key) ?? null;
      const shown = index.snapshot.columns.get(column.key)?.[position ?? -1] ?? null;
      const isWritten = value !== null && sameCell(shown, rendered(column, value, context).cell);
      return isWritten || record.values.has(column.key) || column.namesNewRow ? [[column, value]] : [];
    });
    setBaseline(place, record, new Map(into));
  });
  settle(run.workbook, baseline, commits);
};

/**
 * Settles creations that an earlier run left open: what Affinity has was made and is tied to its row; what it has not was never made.
 * Gives whether ids were written into the table. @throws ApiError
 */
export const settleCreations = (place: Place): boolean => {
  const { run, saved, source } = place;
  const journal = existingJournal(run, saved.id);
  const open = ofKind(journal?.entries ?? [], 'creation').filter(
    ({ line }) => line.outcome === 'sending' && line.importId === saved.id,
  );
  const { creates } = source;
  if (journal === null || creates === undefined || open.length === 0) return false;
  const wait = waitFor(
    run,
    open.map(({ line }) => line),
  );
  if (run.clock.now() + wait > run.deadline) throw outOfTime(wait);
  if (wait > 0) run.clock.sleep(wait);
  const found = creates.find(open.map(({ line }) => makingOf(line)));
  const typed = new Map(rowsTyped(place).map((row) => [row.key, row]));
  const isInTable = (key: string): boolean => place.index.positions.has(key) || place.index.doubled.has(key);
  const ties = open.flatMap(({ line }, index) => {
    const record = found[index]?.record;
    const row = typed.get(line.rowId);
    return record === undefined || row === undefined || isInTable(record.key) ? [] : [{ row, record }];
  });
  claim(place, withValues(place, ties));
  settleBare(
    place,
    found.flatMap((made) => made?.record ?? []).filter(({ key }) => isInTable(key)),
  );
  const isMade = (_entry: unknown, index: number): boolean => (found[index] ?? null) !== null;
  journal.complete(
    open.filter(isMade).map((entry) => {
      const made = found[open.indexOf(entry)];
      return { entry, outcome: 'sent' as const, made: made?.record?.key ?? made?.id ?? '' };
    }),
  );
  const unmade = open.filter((entry, index) => !isMade(entry, index));
  if (unmade.length > 0) journal.drop(unmade);
  run.workbook.flush();
  run.log.write({ event: 'settled', import: saved.id, made: open.length - unmade.length, unmade: unmade.length });
  return ties.length > 0;
};

const outOfTime = (retryAfterMs: number): ApiError =>
  new ApiError({
    code: 'api/out-of-time',
    endpoint: '',
    status: 0,
    message: '',
    retryAfterMs,
    outcomeUnknown: false,
  });

/** The workplace after ids were written into its table. */
export const reindexed = (work: Workplace): Workplace => {
  const index = indexTable(work.table.read());
  return { ...work, index, input: { ...work.input, table: index } };
};
