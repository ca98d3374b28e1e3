/**
 * The baseline: for each row the values that both sides last agreed on, kept in a hidden sheet, one row a record. It is the merge
 * base. Format 2: `key, "2", JSON {e: entity, v: {column: value}, t: {column: cell text}, h: [held column]}` cut into cells; an absent
 * column is null. Format 1 had no `h`. Of several rows with one key the last one counts.
 */

import { absentOrNull, array, mapOf, object, text } from '../../api/codec';
import type { Value } from '../cells/value';
import { SheetError, type StateRows } from '../ports';
import { cut, paste } from './chunks';
import { orRefuse } from './readable';
import { storedValue } from './stored-value';

export const BASELINE_VERSION = 2;

/** The value both sides agreed on and, where it does not follow from the value alone, the text that stood in the cell. */
export interface BaselineCell {
  readonly value: Value;
  readonly text?: string;
  /** A formula computes this value while Affinity has another one by now: it waits for a decision. */
  readonly isHeld?: true;
}

export interface BaselineRow {
  readonly key: string;
  readonly entity: string;
  readonly cells: ReadonlyMap<string, BaselineCell>;
}

/** Rows before the first baseline row: the saved import. */
const FIRST_ROW = 1;
/** Rows that are read together: a run needs neighbours next, and a baseline of a hundred thousand rows fits no execution. */
const WINDOW_ROWS = 2_000;

/**
 * Changed rows that form more blocks than this are written anew below all others, by one call; what stood of them before no longer counts.
 * Rows that no longer count are cleared away when there are this many of them, and as many as a part of those that do.
 */
const BLOCKS_WRITTEN = 50;
/** Clearing away writes all rows at once: of a longer table changed rows stay where they are. */
const ROWS_GATHERED = 20_000;
const STALE_ROWS = 2_000;
const STALE_SHARE = 0.5;

const format = object({
  e: text,
  v: mapOf('column', storedValue),
  t: mapOf('column', text),
  h: absentOrNull(array(text)),
});
/** The stored shape, for the guard that ties it to its version. */
export const BASELINE_SHAPE = format.shape;

const encode = (row: BaselineRow): readonly string[] => {
  const values: Record<string, Value> = {};
  const texts: Record<string, string> = {};
  const held = [...row.cells].flatMap(([column, { isHeld }]) => (isHeld ? [column] : []));
  for (const [column, cell] of row.cells) {
    if (cell.value !== null) values[column] = cell.value;
    if (cell.text !== undefined) texts[column] = cell.text;
  }
  const kept = { e: row.entity, v: values, t: texts, ...(held.length === 0 ? {} : { h: held }) };
  return [row.key, String(BASELINE_VERSION), ...cut(JSON.stringify(kept))];
};

const decode = (row: readonly string[], at: string): BaselineRow => {
  const [key = '', version, ...pieces] = row;
  if (version !== '1' && version !== String(BASELINE_VERSION))
    throw new SheetError('sheet/state-unreadable', `${at}: version ${version}`);
  return orRefuse(at, () => {
    const stored = format.decode(JSON.parse(paste(pieces)), at);
    const cells = new Map<string, BaselineCell>();
    for (const [column, kept] of stored.v) {
      const written = stored.t.get(column);
      cells.set(column, written === undefined ? { value: kept } : { value: kept, text: written });
    }
    for (const column of stored.h ?? []) {
      cells.set(column, { ...(cells.get(column) ?? { value: null }), isHeld: true });
    }
    return { key, entity: stored.e, cells };
  });
};

/** The baseline of one import in memory, and the way back to its sheet. */
export interface Baseline {
  readonly keys: Iterable<string>;
  readonly size: number;
  get(key: string): BaselineRow | undefined;
  set(row: BaselineRow): void;
  forget(key: string): void;
  /** Writes what was set since the last save, in as few blocks as it forms. Buffered until the workbook is flushed. */
  save(): void;
}

/** @throws SheetError sheet/state-unreadable when a row was damaged or comes from a newer version. */
export const openBaseline = (state: StateRows): Baseline => {
  const keys = state.keys().slice(FIRST_ROW);
  const positions = new Map<string, number>();
  const rows = new Map<string, BaselineRow>();
  const windows = new Map<number, readonly (readonly string[])[]>();
  const free: number[] = [];
  /** Places of rows that no longer count, by key. */
  const stale = new Map<string, readonly number[]>();
  let staleRows = 0;
  const supersede = (key: string, index: number): void => {
    stale.set(key, [...(stale.get(key) ?? []), index]);
    staleRows += 1;
  };
  keys.forEach((key, index) => {
    const before = positions.get(key);
    if (before !== undefined) supersede(key, before);
    if (key === '') free.push(index);
    else positions.set(key, index);
  });
  let end = keys.length;
  /** What stood in a row when its window was read. Rows that this run wrote are in `rows` and never asked for here. */
  const storedAt = (index: number): readonly string[] | undefined => {
    const number = Math.floor(index / WINDOW_ROWS);
    const window = windows.get(number) ?? state.rows(FIRST_ROW + number * WINDOW_ROWS, WINDOW_ROWS);
    windows.set(number, window);
    return window[index % WINDOW_ROWS];
  };
  const dirty = new Map<number, readonly string[]>();

  /** Moves changed rows that are scattered to the end, where they are neighbours. */
  const gather = (): void => {
    const indices = [...dirty.keys()].sort((a, b) => a - b);
    const blocks = indices.filter((index) => !dirty.has(index + 1)).length;
    if (blocks <= BLOCKS_WRITTEN || positions.size > ROWS_GATHERED) return;
    for (const index of indices) {
      const text = dirty.get(index) ?? [];
      const [key = ''] = text;
      // A new row has nothing that it could supersede, and a forgotten one has to go where it stands.
      if (index >= keys.length || key === '') continue;
      dirty.delete(index);
      supersede(key, index);
      dirty.set(end, text);
      positions.set(key, end);
      end += 1;
    }
  };

  /** Writes all that counts from the top, and nothing below it. */
  const clearStale = (): void => {
    if (staleRows < Math.max(STALE_ROWS, STALE_SHARE * positions.size)) return;
    const texts = [...positions].map(([key, index]) => {
      const row = rows.get(key);
      return row === undefined ? (storedAt(index) ?? []) : encode(row);
    });
    dirty.clear();
    for (const [index, text] of texts.entries()) dirty.set(index, text);
    for (let index = texts.length; index < end; index += 1) dirty.set(index, ['']);
    for (const [index, key] of [...positions.keys()].entries()) positions.set(key, index);
    windows.clear();
    stale.clear();
    free.length = 0;
    staleRows = 0;
    end = texts.length;
  };

  return {
    get keys() {
      return positions.keys();
    },
    get size() {
      return positions.size;
    },
    get(key) {
      const known = rows.get(key);
      if (known !== undefined) return known;
      const index = positions.get(key);
      const raw = index === undefined ? undefined : storedAt(index);
      if (raw === undefined) return undefined;
      // Somebody changed our hidden sheet while this run was reading it.
      if (raw[0] !== key) throw new SheetError('sheet/state-unreadable', `baseline row ${key}`);
      const row = decode(raw, `baseline row ${key}`);
      rows.set(key, row);
      return row;
    },
    set(row) {
      let index = positions.get(row.key);
      if (index === undefined) {
        index = free.shift() ?? end;
        if (index === end) end += 1;
        positions.set(row.key, index);
      }
      rows.set(row.key, row);
      dirty.set(index, encode(row));
    },
    forget(key) {
      const index = positions.get(key);
      if (index === undefined) return;
      positions.delete(key);
      rows.delete(key);
      for (const place of [...(stale.get(key) ?? []), index]) dirty.set(place, ['']);
      stale.delete(key);
    },
    save() {
      gather();
      clearStale();
      const indices = [...dirty.keys()].sort((a, b) => a - b);
      let block: (readonly string[])[] = [];
      indices.forEach((index, position) => {
        block.push(dirty.get(index) ?? []);
        if (indices[position + 1] === index + 1) return;
        state.write(FIRST_ROW + index - block.length + 1, block);
        block = [];
      });
      dirty.clear();
    },
  };
};
