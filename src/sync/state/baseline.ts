/**
 * The baseline: for each row the values that both sides last agreed on, kept in a hidden sheet, one row a record. It is the merge
 * base. Format 2: `key, "2", JSON {e: entity, v: {column: value}, t: {column: cell text}, h: [held column]}` cut into cells; an absent
 * column is null. Format 1 had no `h`.
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
  keys.forEach((key, index) => {
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
      dirty.set(index, ['']);
    },
    save() {
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
