/**
 * The making of rows in Affinity. Each creating call is written into the journal before it is sent; what it made is written into the
 * row's id cell, then into the baseline, then into the journal. A call whose answer was lost is looked up before anything is sent
 * again (settle-creations.ts). Source: design, promise P1.
 */
import type { ApiFault } from '../../api/errors';
import type { Cell } from '../cells/cell';
import type { Creates, Made, Making, NamedRecord, NewRow } from '../datasets/dataset';
import { policy, sayOfRow } from '../errors';
import type { TableIndex } from '../merge/plan';
import type { NewRowPlan } from '../merge/plan-new-rows';
import { STATUS_COLUMN } from '../row-id';
import type { Journal, JournalEntry } from '../state/journal';
import { isOpen, isUnsent } from './fate';
import { creationLine, journalOf, type Settlement as Place } from './keep-journal';
import { claim, placeOf, type Tie, tieRows, withValues } from './tie-rows';

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
  const { run, saved } = place;
  const finished: Finished[] = [];
  const reasons: { row: NewRow; status: string }[] = [];
  let fault: ApiFault | null = null;
  let open: readonly Step[] = plans.map((plan) => ({
    plan,
    making: creates.first(plan.row, 'candidate' in plan.fate ? plan.fate.candidate : null),
  }));
  while (open.length > 0) {
    const entries = journal.add(
      open.map(({ plan: { row }, making }) =>
        creationLine(run, making, { importTitle: saved.title, importId: saved.id, rowId: row.key }),
      ),
    );
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
