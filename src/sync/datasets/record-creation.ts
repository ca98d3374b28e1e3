/**
 * How records come to be from rows that a person typed below a table: one call makes one. Each dataset states as data what a typed
 * row asks for and by what a record is known again; this file looks up, makes and finds by it. Decisions are taken in
 * `merge/plan-new-rows.ts`. Source: docs/decisions/0016-rows-from-the-sheet.md.
 */
import type { PreparedCall } from '../../api/client';
import type { CellContext } from '../cells/codec';
import { scalarsOf, type Value } from '../cells/value';
import { STATE_CELL_CHARACTERS } from '../limits';
import { answerOf, as, type Found, isAbsent, type Page, type PageQuery, searchAll } from '../search';
import type {
  Api,
  Candidate,
  Column,
  Creates,
  Evidence,
  Made,
  Making,
  MakingParts,
  NewRow,
  SyncRecord,
} from './dataset';

/** The cells of a typed row as values; an empty cell has none. */
export interface Typed {
  value(column: string): Value;
  /** Without blanks at its ends; '' for none. */
  text(column: string): string;
  number(column: string): number | null;
  ids(column: string): readonly number[];
  texts(column: string): readonly string[];
}

/** What a typed row asks for. */
export interface Wanted {
  /** What it is called in lists of what was made. */
  readonly title: string;
  /** What is to be made, in one sentence’s middle, e.g. `the reminder “Call”, due 2026-12-31`. */
  readonly says: string;
  readonly parts: MakingParts;
  /** Why it can't be made: whole sentences; empty where it can. */
  readonly missing: readonly string[];
  /** A text that no other record of the kind shares, such as an e-mail address. */
  readonly strong?: string;
}

/** How a kind of record is made and known again. */
export interface RecordMaking<R> {
  /** In Affinity's words, e.g. `note`. */
  readonly noun: string;
  /** Learns at once what the rows need, before each is asked what it wants. @throws ApiError */
  readonly learn?: (rows: readonly Typed[]) => void;
  readonly wanted: (typed: Typed) => Wanted;
  readonly call: (parts: MakingParts) => PreparedCall<R>;
  /** For each of these, the records among which it may be. @throws ApiError */
  readonly alike: (wanted: readonly MakingParts[]) => readonly Found<R>[];
  /** Whether a record is the one that these parts ask for, as far as records can be told apart. */
  readonly isSame: (parts: MakingParts, record: R) => boolean;
  /** Columns of which each one alone makes it worth asking whether a record is a typed row. */
  readonly telling: readonly string[];
  /** Values that Affinity's records do not tell, by column: known from what was sent. */
  readonly told?: (parts: MakingParts) => readonly (readonly [string, Value])[];
}

/** Ids in parts, as `wanted` writes them. */
export const idsIn = (parts: MakingParts, name: string): readonly number[] => {
  const ids = parts[name];
  return Array.isArray(ids) ? ids.map(Number) : [];
};

/** A part that may be missing, as a body takes it. */
export const numberIn = (parts: MakingParts, name: string): number | undefined =>
  parts[name] === undefined ? undefined : Number(parts[name]);
export const textIn = (parts: MakingParts, name: string): string | undefined =>
  parts[name] === undefined ? undefined : String(parts[name]);

/** Parts without those that are not there. */
export const partsOf = (parts: Readonly<Record<string, MakingParts[string] | null | undefined>>): MakingParts =>
  // What is left has a value.
  Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== null && part !== undefined)) as MakingParts;

/** The same for a body: the type says that no key is there without a value. */
export const sent = <B extends object>(body: B): { readonly [K in keyof B]: Exclude<B[K], undefined> } =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as never;

export const sameIds = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((id) => b.includes(id));

/** Pages of one query that are read before nothing follows from what was not met. */
const MOST_PAGES = 40;

/** All pages of several queries, side by side, each asked once; the answers in the order of the queries. @throws ApiError */
export const readSideBySide = <Q extends object, R>(
  api: Api,
  queries: readonly Q[],
  pageOf: (query: Q & { readonly page_token?: string }) => PreparedCall<Page<R>>,
): readonly Found<R>[] => {
  const found = new Map<string, R[]>();
  let open = queries.flatMap((query): { key: string; query: Q; token: string | null }[] => {
    const key = JSON.stringify(query);
    if (found.has(key)) return [];
    found.set(key, []);
    return [{ key, query, token: null }];
  });
  for (let round = 0; round < MOST_PAGES && open.length > 0; round += 1) {
    const calls = open.map(({ query, token }) => pageOf(token === null ? query : { ...query, page_token: token }));
    open = api.all(calls).flatMap((outcome, index) => {
      const asked = open[index];
      // Of somebody whom Affinity does not have, or of whom it tells nothing, there is nothing.
      if (asked === undefined || isAbsent(outcome)) return [];
      const { items, next } = answerOf(outcome);
      found.get(asked.key)?.push(...items);
      return next === null ? [] : [{ ...asked, token: next }];
    });
  }
  const cut = new Set(open.map(({ key }) => key));
  return queries.map((query) => {
    const key = JSON.stringify(query);
    return { items: found.get(key) ?? [], isCut: cut.has(key) };
  });
};

/** What the directory finds for any of some terms. @throws ApiError */
export const searchEach = <R>(
  api: Api,
  terms: readonly (readonly string[])[],
  pageOf: (query: PageQuery) => PreparedCall<Page<R>>,
): readonly Found<R>[] => {
  const found = searchAll(api, terms.flat(), pageOf);
  return terms.map((some) => {
    const all = some.flatMap((term) => found.get(term) ?? []);
    return { items: all.flatMap(({ items }) => items), isCut: all.some(({ isCut }) => isCut) };
  });
};

/** A sentence where it is so, and none elsewhere. */
export const saidIf = (isSo: boolean, sentence: string): readonly string[] => (isSo ? [sentence] : []);

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
/** Texts in parts, as `wanted` writes them. */
export const textsIn = (parts: MakingParts, name: string): readonly string[] => {
  const texts = parts[name];
  return Array.isArray(texts) ? texts.map(String) : [];
};

export const sameText = (a: string, b: string): boolean => plain(a) === plain(b);

const shortened = (text: string, limit: number): string =>
  text.length > limit ? `${text.slice(0, limit - 1)}…` : text;

/** A text in quotes, as it is told of in a sentence. */
export const quoted = (text: string): string => `“${shortened(text.replace(/\s+/g, ' '), 60)}”`;

/** Longest name of a record in the journal. */
const TITLE_CHARACTERS = 200;

/** What the engine needs of the kind of record beside its making. */
export interface RecordReading<R> {
  readonly columns: readonly Column[];
  readonly keyOf: (record: R) => string;
  readonly toRecord: (record: R) => SyncRecord;
  readonly context: CellContext;
}

/** How a kind of record is sent and found again: what a journal needs, whoever asked for it. */
export type Maker = Pick<Creates, 'call' | 'find'>;

/** Keys of records that were there before the call; written by `first`. */
const beforeIn = ({ parts }: Making): ReadonlySet<unknown> => new Set(Array.isArray(parts.before) ? parts.before : []);

export const recordCreates = <R>(
  making: RecordMaking<R>,
  { columns, keyOf, toRecord, context }: RecordReading<R>,
): Creates => {
  const { noun, wanted, alike, isSame } = making;
  const asked = new WeakMap<NewRow, Wanted & { readonly problem?: string }>();

  const columnOf = (key: string): Column | undefined => columns.find((column) => column.key === key);

  const typedOf = (row: NewRow): { readonly typed: Typed; readonly problems: string[] } => {
    const problems: string[] = [];
    const value = (key: string): Value => {
      const column = columnOf(key);
      const cell = row.cells.get(key) ?? null;
      if (column === undefined || cell === null) return null;
      const read = column.codec.fromCell(cell, context);
      if (!read.ok) problems.push(`${column.header}: ${read.problem}`);
      return read.ok ? read.value : null;
    };
    const typed: Typed = {
      value,
      text(key) {
        const found = value(key);
        return typeof found === 'string' ? found.trim() : '';
      },
      number(key) {
        const found = value(key);
        return typeof found === 'number' ? found : null;
      },
      ids: (key) => scalarsOf(value(key)).map(Number),
      texts: (key) => scalarsOf(value(key)).map((text) => String(text).trim()),
    };
    return { typed, problems };
  };

  const ask = (rows: readonly NewRow[]): void => {
    const fresh = rows.filter((row) => !asked.has(row)).map((row) => ({ row, ...typedOf(row) }));
    making.learn?.(fresh.map(({ typed }) => typed));
    for (const { row, typed, problems } of fresh) {
      problems.length = 0;
      const one = wanted(typed);
      const isLong = JSON.stringify(one.parts).length > STATE_CELL_CHARACTERS;
      const tooLong = `This is longer than the journal can hold before it is sent. Write it in Affinity, or shorten it.`;
      const [unread] = problems;
      const problem = unread ?? (one.missing.length > 0 ? one.missing.join(' ') : isLong ? tooLong : undefined);
      asked.set(row, { ...one, ...(problem === undefined ? {} : { problem }) });
    }
  };

  const wantedOf = (row: NewRow): Wanted & { readonly problem?: string } => {
    ask([row]);
    return asked.get(row) ?? { title: '', says: '', parts: {}, missing: [] };
  };

  const madeOf = (original: R, parts: MakingParts): Made => {
    const { key, entity, values } = toRecord(original);
    return { id: key, record: { key, entity, values: new Map([...values, ...(making.told?.(parts) ?? [])]) } };
  };

  const evidenceOf = (row: NewRow, found: Found<R> | undefined): Evidence => {
    const { title, says, parts, strong = null, problem } = wantedOf(row);
    if (problem !== undefined || found === undefined) {
      return { row, candidates: [], creation: { problem: problem ?? '' } };
    }
    const same = found.items.filter((record) => isSame(parts, record));
    const weak = `${noun} ${plain(JSON.stringify(parts))}`;
    const creation: Evidence['creation'] =
      found.isCut && same.length === 0
        ? { problem: `Affinity has too many of the name ${quoted(title)} to tell whether it is there already.` }
        : { says, identity: { strong, weak } };
    const [first] = same;
    const candidate: Candidate | null =
      first === undefined
        ? null
        : {
            entity: `${noun} ${keyOf(first)}`,
            label: quoted(title),
            says: `the ${noun} ${quoted(title)}`,
            records: same.flatMap((record) => madeOf(record, parts).record ?? []),
          };
    return { row, candidates: candidate === null ? [] : [candidate], creation };
  };

  const isLike = (a: Value, b: Value): boolean => {
    const texts = (value: Value) => scalarsOf(value).map((scalar) => plain(String(scalar)));
    return texts(a).some((text) => texts(b).includes(text));
  };

  return {
    calls: 1,
    evidence(rows) {
      ask(rows);
      const sound = rows.filter((row) => wantedOf(row).problem === undefined);
      const found = sound.length === 0 ? [] : alike(sound.map((row) => wantedOf(row).parts));
      return rows.map((row) => evidenceOf(row, found[sound.indexOf(row)]));
    },
    mayBe: (row, record) =>
      making.telling.some((key) => {
        const read = columnOf(key)?.codec.fromCell(row.cells.get(key) ?? null, context);
        return read?.ok === true && isLike(read.value, record.values.get(key) ?? null);
      }),
    first(row, candidate) {
      const { title, parts } = wantedOf(row);
      const before = (candidate?.records ?? []).map(({ key }) => key);
      return { noun, title: shortened(title, TITLE_CHARACTERS), parts: { ...parts, before } };
    },
    next: () => null,
    ...makerOf(making, keyOf, madeOf),
  };
};

/** Sends and finds records of one kind. What was there before a call is not what it made, and one record is the answer to one call only. */
export const makerOf = <R>(
  making: Pick<RecordMaking<R>, 'call' | 'alike' | 'isSame'>,
  keyOf: (record: R) => string,
  madeOf: (record: R, parts: MakingParts) => Made,
): Maker => ({
  call: ({ parts }) => as(making.call(parts), (original) => madeOf(original, parts)),
  find(makings) {
    if (makings.length === 0) return [];
    const found = making.alike(makings.map(({ parts }) => parts));
    const taken = new Set<string>();
    return makings.map((one, index) => {
      const before = beforeIn(one);
      const original = found[index]?.items.find((record) => {
        const key = keyOf(record);
        return !before.has(key) && !taken.has(key) && making.isSame(one.parts, record);
      });
      if (original === undefined) return null;
      taken.add(keyOf(original));
      return madeOf(original, one.parts);
    });
  },
});
