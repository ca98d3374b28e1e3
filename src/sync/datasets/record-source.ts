/**
 * Datasets whose records come from the API as they are: notes, reminders, interactions and the like. Each states as data what its
 * columns show of a record, how records are read and, only where the API can, how one is changed; this file makes a source of it.
 */
import type { PreparedCall } from '../../api/client';
import { ApiError, type ApiFault } from '../../api/errors';
import { LARGE_BATCH_CALLS } from '../../api/limits';
import type { CellCodec } from '../cells/codec';
import type { Value } from '../cells/value';
import { ENTRIES_PER_PAGE } from '../limits';
import type { Column, Opening, Presence, RecordPage, Removes, Source, SyncRecord } from './dataset';
import { type RecordMaking, recordCreates } from './record-creation';

/** A column and what it shows of a record. */
export interface RecordColumn<R> extends Column {
  /** Undefined where the record does not tell. */
  readonly of: (record: R) => unknown;
}

/** Options of a column; one that nobody can edit says why. */
interface ColumnOptions {
  readonly locked?: string;
  readonly isSaidOnce?: true;
  readonly isLong?: true;
  readonly namesNewRow?: true;
  readonly alarm?: string;
}

/** A column that is typed into a new row. */
export const typed = { namesNewRow: true } as const;

export const column = <R>(
  key: string,
  header: string,
  codec: CellCodec,
  of: (record: R) => unknown,
  options: ColumnOptions = {},
  // Nobody chooses columns of these datasets, so no type of theirs is ever told.
): RecordColumn<R> => ({ key, header, typeName: '', codec, of, isShared: false, ...options });

/** A cell that must not be emptied, because the API has no way to clear it. */
export const required = (codec: CellCodec): CellCodec => ({
  ...codec,
  fromCell: (cell, context) => {
    const read = codec.fromCell(cell, context);
    if (!read.ok || read.value !== null) return read;
    return { ok: false, problem: 'this can’t be emptied in Affinity. Write something, or delete the whole row there.' };
  },
});

/** A part of all records. */
export interface Chunk<R> {
  readonly records: readonly R[];
  readonly next: string | null;
  readonly remarks?: readonly string[];
}

/** A kind of record as data. */
export interface RecordKind<R> {
  readonly columns: readonly RecordColumn<R>[];
  /** Stable, and of the form in which `read` and `one` know the record. */
  readonly keyOf: (record: R) => string;
  readonly titleOf: (record: R) => string;
  /** What the row is about, e.g. `0:38706`; the key where it is about itself. */
  readonly entityOf?: (record: R) => string;
  /** Reads one record by its key; absent where the API can't: then a whole reading has to tell. */
  readonly one?: (key: string) => PreparedCall<R>;
  /** Why columns can't be edited in one record, by column. */
  readonly locksOf?: (record: R) => ReadonlyMap<string, string>;
  /** Changes some columns of a record by one call. */
  readonly change?: (record: R, changes: ReadonlyMap<string, Value>) => PreparedCall<unknown>;
  /** How one is made from a typed row. */
  readonly making?: RecordMaking<R>;
  /** How one is removed in Affinity, by its key. */
  readonly removes?: Removes;
  /** Notes the names that come with a record. */
  readonly meet?: (record: R) => void;
}

/** What a record source is bound to. */
export interface Binding<R> {
  readonly title: string;
  readonly place: string;
  /** Parts in a stable order; `token` null is the first. @throws ApiError */
  readonly read: (token: string | null) => Chunk<R>;
  /** Whether a second reading for the keys alone costs little enough. */
  readonly isCheap: boolean;
}

/** A fault that says something about one record or entity, not about the run. */
export const isAboutOne = ({ code }: ApiFault): boolean =>
  code === 'api/rejected' || code === 'api/merged' || code === 'api/not-found' || code === 'api/forbidden';

export const recordSource = <R>(kind: RecordKind<R>, binding: Binding<R>, opening: Opening): Source => {
  const { title, place, read, isCheap } = binding;
  const { api, columns: wanted, persons, organizations, opportunities, localTime } = opening;
  const columns =
    wanted === null ? kind.columns : wanted.flatMap((key) => kind.columns.filter((column) => column.key === key));
  /** What each row's record was made of, for changing it. */
  const originals = new WeakMap<SyncRecord, R>();

  const toRecord = (original: R): SyncRecord => {
    kind.meet?.(original);
    const key = kind.keyOf(original);
    const values = new Map<string, Value>();
    for (const { key: name, codec, of } of columns) {
      const raw = of(original);
      if (raw === undefined) continue;
      values.set(name, Array.isArray(raw) ? manyOf(codec, raw) : codec.fromWire(raw));
    }
    const locks = kind.locksOf?.(original);
    const record: SyncRecord = {
      key,
      entity: kind.entityOf?.(original) ?? key,
      title: kind.titleOf(original),
      values,
      stored: new Map(),
      ...(locks === undefined ? {} : { locks }),
    };
    originals.set(record, original);
    return record;
  };

  const change = (record: SyncRecord, changes: ReadonlyMap<string, Value>): PreparedCall<unknown> => {
    const original = originals.get(record);
    if (kind.change === undefined || original === undefined) throw new TypeError(`${title} can’t be changed`); // all its columns are locked
    return kind.change(original, changes);
  };

  function* everything(): Generator<R, void, undefined> {
    for (let token: string | null = null, isLast = false; !isLast; isLast = token === null) {
      const chunk: Chunk<R> = read(token);
      yield* chunk.records;
      token = chunk.next;
    }
  }

  return {
    title,
    size: 0,
    place,
    columns,
    page(token): RecordPage {
      const { records, next, remarks } = read(token);
      return { records: records.map(toRecord), unread: [], next, ...(remarks === undefined ? {} : { remarks }) };
    },
    fresh(rows) {
      const records = new Map<string, SyncRecord>();
      const { one } = kind;
      const keys = [...new Set(rows.map(({ key }) => key))];
      if (one === undefined) {
        const wantedKeys = new Set(keys);
        for (const original of everything()) {
          const key = kind.keyOf(original);
          if (wantedKeys.has(key)) records.set(key, toRecord(original));
        }
        return records;
      }
      api.all(keys.map(one), LARGE_BATCH_CALLS).forEach((outcome, index) => {
        if (outcome.ok) records.set(keys[index] ?? '', toRecord(outcome.value));
        else if (!isAboutOne(outcome.fault)) throw new ApiError(outcome.fault);
      });
      return records;
    },
    keys() {
      if (!isCheap) return null;
      return [...everything()].map(kind.keyOf);
    },
    presence(key): Presence {
      if (kind.one === undefined) return [...everything()].some((one) => kind.keyOf(one) === key) ? 'there' : 'gone';
      const [outcome] = api.all([kind.one(key)]);
      if (outcome?.ok) return 'there';
      return outcome?.fault.code === 'api/not-found' ? 'gone' : 'unknown';
    },
    writes: (record, column, to) => [{ call: change(record, new Map([[column.key, to]])) }],
    ...(kind.change === undefined ? {} : { writesTogether: change }),
    ...(kind.removes === undefined ? {} : { removes: kind.removes }),
    ...(kind.making === undefined
      ? {}
      : {
          creates: recordCreates(kind.making, {
            columns,
            keyOf: kind.keyOf,
            toRecord,
            // Numbers are whole ones here: no decimal mark can stand in them.
            context: { decimal: '.', persons, organizations, opportunities, localTime },
          }),
        }),
  };
};

const manyOf = (codec: CellCodec, raw: readonly unknown[]): Value => {
  const scalars = raw.flatMap((item) => codec.fromWire(item) ?? []);
  const distinct = [...new Set(scalars)];
  return distinct.length === 0 ? null : distinct;
};

/**
 * Records that are all read before the first is shown, because they belong together or the API gives them at once: in the order of
 * their keys, a part at a time. A run that goes on later reads them again and goes on behind the last key.
 */
export const collected = <R>(
  readAll: () => Iterable<R>,
  orderOf: (record: R) => number | string,
): ((token: string | null) => Chunk<R>) => {
  let all: readonly R[] | null = null;
  const before = (a: number | string, b: number | string): boolean =>
    typeof a === 'number' && typeof b === 'number' ? a < b : String(a) < String(b);
  return (token) => {
    all ??= [...readAll()].sort((a, b) => (before(orderOf(a), orderOf(b)) ? -1 : 1));
    const start =
      token === null
        ? 0
        : all.filter((record) => {
            const order = orderOf(record);
            return !before(typeof order === 'number' ? Number(token) : token, order);
          }).length;
    const records = all.slice(start, start + ENTRIES_PER_PAGE);
    const last = records[records.length - 1];
    const isLast = last === undefined || start + records.length >= all.length;
    return { records, next: isLast ? null : String(orderOf(last)) };
  };
};
