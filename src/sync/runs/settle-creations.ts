/**
 * Creations that an earlier run left open are settled: Affinity is asked what it has of them, and what it has is tied to its row.
 * Source: design, promise P1.
 */
import { ApiError } from '../../api/errors';
import { sameCell } from '../cells/cell';
import type { Value } from '../cells/value';
import type { Column, NamedRecord } from '../datasets/dataset';
import { SETTLE_AFTER_MS } from '../limits';
import { type CreationLine, makingOf, ofKind } from '../state/journal';
import { rendered, settle } from './apply';
import { existingJournal, type Settlement as Place } from './keep-journal';
import { contextOf, type Run } from './run';
import { claim, setBaseline, withValues } from './tie-rows';
import { rowsTyped } from './typed-rows';

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
