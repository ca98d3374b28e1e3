/**
 * Typed rows and the rows of Affinity that they are from now on: the id goes into its cell, what the person left empty is filled, and
 * the baseline learns what both sides agree on.
 */
import type { Cell } from '../cells/cell';
import type { Value } from '../cells/value';
import type { Column, NamedRecord, NewRow } from '../datasets/dataset';
import type { PlaceWrite } from '../ports';
import { ID_COLUMN, STATUS_COLUMN } from '../row-id';
import { idCell, rendered, settle } from './apply';
import type { Settlement as Place } from './keep-journal';
import { contextOf } from './run';
import { addedSentence } from './sent-sentence';

/** A typed row as it was seen: by its empty id cell, by what names it, and by the cells that are to be filled. */
export const placeOf = ({ index, source }: Place, row: NewRow, next: ReadonlyMap<string, Cell>): PlaceWrite => {
  const { columns } = index.snapshot;
  const naming = source.columns.filter(({ key, namesNewRow }) => namesNewRow && columns.has(key)).map(({ key }) => key);
  // A row that nothing names is told by all that stands in it.
  const telling = naming.some((key) => row.cells.has(key)) ? naming : [...row.cells.keys()];
  const filled = [...next.keys()].filter((key) => key !== STATUS_COLUMN && columns.has(key));
  const expected = new Map([...telling, ...filled].map((key) => [key, row.cells.get(key) ?? null]));
  return { rowNumber: row.rowNumber, expected: expected.set(ID_COLUMN, null), next };
};

/** A typed row and the row of Affinity that it is from now on. */
export interface Tie {
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
export const setBaseline = ({ run, baseline }: Place, record: NamedRecord, into: ReadonlyMap<Column, Value>): void => {
  const context = contextOf(run);
  const cells = new Map([...into].map(([column, value]) => [column.key, rendered(column, value, context).base]));
  baseline.set({ key: record.key, entity: record.entity, cells });
};

/** Learns what Affinity has of rows on the ground of something that was there before. @throws ApiError */
export const withValues = ({ run, source }: Place, ties: readonly Omit<Tie, 'values'>[]): readonly Tie[] => {
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
export const claim = (place: Place, ties: readonly Tie[]): readonly Tie[] => {
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
