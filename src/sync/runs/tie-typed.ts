/**
 * A row that a person typed, and that somebody added in Affinity meanwhile: a refresh ties the two together instead of bringing the
 * same thing a second time. Whether they are one is decided as in a push.
 */
import type { NewRow, SyncRecord } from '../datasets/dataset';
import { indexTable, type TableIndex } from '../merge/plan';
import type { Settlement } from './keep-journal';
import { tieRows } from './tie-rows';
import { planTyped, rowsTyped } from './typed-rows';

export interface TypedRows {
  /** Ties typed rows to those of these records that they are; gives the keys of these. @throws ApiError */
  tie(records: readonly SyncRecord[]): ReadonlySet<string>;
}

/** `place.index` has the ids at least: the cells are read when a record may be a typed row, and not before. */
export const openTyped = (place: Settlement): TypedRows => {
  const { source, table } = place;
  const { creates } = source;
  const mayHaveTyped = creates !== undefined && place.index.snapshot.ids.some((cell) => cell === null);
  let whole: { readonly index: TableIndex; readonly rows: readonly NewRow[] } | null = null;
  const read = () => {
    const index = indexTable(table.read());
    whole = { index, rows: rowsTyped({ index, source }) };
    return whole;
  };
  return {
    tie(records) {
      if (!mayHaveTyped || creates === undefined || records.length === 0) return new Set();
      const { index, rows } = whole ?? read();
      const likely = rows.filter((row) => records.some((record) => creates.mayBe(row, record)));
      if (likely.length === 0) return new Set();
      const keys = new Set(records.map(({ key }) => key));
      const wanted = planTyped({ ...place, index }, likely, rows).flatMap(({ row, fate }) =>
        fate.kind === 'tie' && keys.has(fate.record.key) ? [{ row, record: fate.record }] : [],
      );
      const tied = tieRows({ ...place, index }, wanted);
      if (tied.length > 0) whole = null;
      return new Set(tied.map(({ record }) => record.key));
    },
  };
};
