/**
 * A dataset as data: what its records are keyed by, which columns they have, how pages of them are read and, only where the API
 * can, how a cell is written. The engine never asks which dataset it serves.
 */
import type { Client, PreparedCall } from '../../api/client';
import type { Codec } from '../../api/codec';
import type { Affinity } from '../../api/table';
import type { Cell } from '../cells/cell';
import type { CellCodec } from '../cells/codec';
import type { Scalar, Value } from '../cells/value';
import type { Directory } from '../names';
import type { ChartLook } from '../ports';

export type Api = Client<Affinity>;

/** A column that mirrors one field of the records. */
export interface Column {
  /** Stable name of the column, e.g. `field.1625`: kept in the sheet's column metadata and in the baseline. */
  readonly key: string;
  readonly header: string;
  readonly codec: CellCodec;
  /** Type of value in words. */
  readonly typeName: string;
  /** Why nobody can edit this column from the sheet; absent where they can. */
  readonly locked?: string;
  /** True where all rows of one entity share the value, whatever list they are on. */
  readonly isShared: boolean;
  /** True where the first answer about a row stays, because later ones may say it from another side. */
  readonly isSaidOnce?: true;
  /** True where its texts are as long as sentences. */
  readonly isLong?: true;
  /** A text that is to catch the eye where it stands in this column. */
  readonly alarm?: string;
  /** True where a person types into a new row what it is to become, e.g. a name. In rows with an id it is edited like any other, or locked. */
  readonly namesNewRow?: true;
}

/** One stored value behind a cell, as needed to change it. */
export interface StoredValue {
  readonly id: number;
  readonly scalar: Scalar;
}

/** What the API says of one row. */
export interface SyncRecord {
  readonly key: string;
  /** What the row is about, e.g. `8:7133202`; rows of one entity share it. Kept in the baseline. */
  readonly entity: string;
  /** The row's name in messages. */
  readonly title: string;
  readonly values: ReadonlyMap<string, Value>;
  readonly stored: ReadonlyMap<string, readonly StoredValue[]>;
  /** Why columns that others can edit can't be edited in this row, by column: whole sentences. */
  readonly locks?: ReadonlyMap<string, string>;
}

export interface RecordPage {
  readonly records: readonly SyncRecord[];
  /** Keys on this page that could not be read completely; their rows are left as they are. */
  readonly unread: readonly { readonly key: string; readonly reason: string }[];
  readonly next: string | null;
  /** What could not be asked for, in whole sentences. */
  readonly remarks?: readonly string[];
}

/** A page whose records cost calls of their own: they are read block by block, as the minute has room for them. */
export interface Listing {
  /** Keys of the records on the page, in its order. */
  readonly keys: readonly string[];
  readonly next: string | null;
  /**
   * Reads the records at these places of the page, from `from` up to and without `to`: at most a call each. Where something ends the reading
   * before, it gives those up to there. @throws ApiError where there are none
   */
  read(from: number, to: number): Pick<RecordPage, 'records' | 'unread'>;
  /** Reads the wanted records of the page, and of the others what the page itself says: columns that it does not are left out. @throws ApiError */
  readSome(isWanted: (key: string, entity: string) => boolean): Pick<RecordPage, 'records' | 'unread'>;
}

/** What a key turned out to be when it was asked for by itself. */
export type Presence = 'there' | 'gone' | 'unknown';

/** A row that a person typed, without an id. */
export interface NewRow {
  /** Names the row while it has no id, wherever it is moved to: made of what names it (`namesNewRow`). */
  readonly key: string;
  /** Row number in the sheet, from 1. */
  readonly rowNumber: number;
  /** Its cells by column; empty ones are left out. */
  readonly cells: ReadonlyMap<string, Cell>;
}

/** A row that Affinity has: its key, its entity, and the values of the columns that name it. */
export interface NamedRecord {
  readonly key: string;
  readonly entity: string;
  readonly values: ReadonlyMap<string, Value>;
}

/** Something in Affinity that a typed row may mean. */
export interface Candidate {
  /** The entity, e.g. `1:7133202`: the same for the same thing. */
  readonly entity: string;
  /** Words that tell it from others and that can be typed instead, e.g. `Acme <acme.com>`. */
  readonly label: string;
  /** How it is called in the sentence about what will happen, e.g. `the organization “Acme”, on 3 lists`. */
  readonly says: string;
  /** The rows that it has in this dataset already; none where one is still to be made for it. */
  readonly records: readonly NamedRecord[];
}

/** What was found out about a typed row. What follows from it is decided in `merge/plan-new-rows.ts`. */
export interface Evidence {
  readonly row: NewRow;
  readonly candidates: readonly Candidate[];
  /** What would be made where there is no candidate; or why nothing can be. */
  readonly creation:
    | {
        readonly says: string;
        /** Two rows with the same `strong` identity, or the same `weak` one where either has no strong one, are one thing. */
        readonly identity: { readonly strong: string | null; readonly weak: string };
      }
    | { readonly problem: string };
}

/** What one creating call is to make, as it is written into the journal before the call: enough to send it and to find it again. */
export interface Making {
  /** What is made, in Affinity's words, e.g. `organization`. */
  readonly noun: string;
  /** Its name. */
  readonly title: string;
  /** What the dataset needs beside; nobody else reads it. */
  readonly parts: MakingParts;
}
export type MakingParts = Readonly<Record<string, string | number | readonly (string | number)[]>>;

/** What a creating call made. */
export interface Made {
  readonly id: string;
  /** The row that it completed, where the answer says it. */
  readonly record?: NamedRecord;
}

/** How rows of a dataset come to be: a sequence of calls for each, every one written down before and found again when its answer is lost. */
export interface Creates {
  /** Calls that make a row from nothing. */
  readonly calls: number;
  /** Looks up what typed rows may mean. Reads only. @throws ApiError */
  evidence(rows: readonly NewRow[]): readonly Evidence[];
  /** Whether a record may be a typed row, judged without asking; `evidence` has the last word. */
  mayBe(row: NewRow, record: SyncRecord): boolean;
  /** The first thing to make for a row, on the ground of a candidate or from nothing. */
  first(row: NewRow, candidate: Candidate | null): Making;
  call(making: Making): PreparedCall<Made>;
  /** What is to be made after that; null where the row is complete. */
  next(making: Making, made: Made): Making | null;
  /** Finds what was made by calls whose answer was lost, by its natural key; null where it was not made. @throws ApiError */
  find(makings: readonly Making[]): readonly (Made | null)[];
}

/** Who changed a value in Affinity last, and when. */
export interface Change {
  /** Name of the person, or ''. */
  readonly who: string;
  /** Instant, as Affinity writes it: ISO 8601 with an offset. */
  readonly at: string;
}

/** How rows of a dataset are removed in Affinity. */
export interface Removes {
  /** What else goes when rows are removed, in whole sentences; '' for nothing. */
  readonly warning: string;
  call(key: string): PreparedCall<unknown>;
}

/** A change of a cell that the API recorded. */
export interface RecordedChange {
  readonly column: string;
  /** Key of the row, where the cell is that row's alone; null where all rows of the entity share it. */
  readonly key: string | null;
  readonly entity: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Name of who did it, or ''. */
  readonly by: string;
}

/** What the API recorded of changes, for the columns where it does. */
export interface History {
  /** Columns whose changes are recorded. */
  readonly columns: ReadonlySet<string>;
  /** Columns that are current once the pages and the changed records were read: those, and what the pages say themselves. */
  readonly current: ReadonlySet<string>;
  /** A short text that differs when cells of these columns may look different without a change of their values. */
  readonly fingerprint: string;
  /** Calls that `since` costs, as long as not much changed. */
  readonly calls: number;
  /** All changes from this instant on; null where the API can't be held to that. @throws ApiError */
  since(instant: number): readonly RecordedChange[] | null;
  /** The last recorded change of each of some cells, as far as there is one: a call each. @throws ApiError */
  lastOf(
    cells: readonly { readonly column: string; readonly key: string; readonly entity: string }[],
  ): readonly RecordedChange[];
}

/** One call that writes a cell; of several values, which one it adds or takes away. */
export interface CellCall {
  readonly call: PreparedCall<unknown>;
  readonly adds?: Scalar;
  readonly removes?: Scalar;
}

/** A dataset bound to one source, with its columns settled for this run. */
export interface Source {
  readonly title: string;
  /** Number of records that the source says it has, for judging whether a pull was complete; 0 where nobody can tell before. */
  readonly size: number;
  /** Where its records are, as a sentence goes on after “no longer”, e.g. `on this list`. */
  readonly place: string;
  readonly columns: readonly Column[];
  /** Pages in a stable order; `token` null is the first. @throws ApiError */
  page(token: string | null): RecordPage;
  /** The same pages before their records are read; only where these cost calls of their own. @throws ApiError */
  readonly listing?: (token: string | null) => Listing;
  /** Where changes are recorded; absent where they are not. */
  readonly history?: History;
  /** The present state of some records, one entity read once. Missing keys are gone or unreadable. @throws ApiError */
  fresh(rows: readonly { readonly key: string; readonly entity: string }[]): ReadonlyMap<string, SyncRecord>;
  /** All keys, without their values; null where that would cost as much as a whole pull. @throws ApiError */
  keys(): Iterable<string> | null;
  /** Asks for one key by itself. */
  presence(key: string): Presence;
  /** The calls that turn what is stored into `to`; none may depend on another. */
  writes(record: SyncRecord, column: Column, to: Value): readonly CellCall[];
  /** Where the API takes a record as a whole: one call for all changed columns of a row, in place of `writes`. */
  writesTogether?(record: SyncRecord, changes: ReadonlyMap<string, Value>): PreparedCall<unknown>;
  /** Absent where rows can't be made from the sheet. */
  readonly creates?: Creates;
  /** Asks who changed a cell last; null where Affinity keeps no history of it. Absent where it keeps none at all. */
  lastChange?(record: SyncRecord, column: Column): PreparedCall<Change | null> | null;
  /** Absent where rows can't be removed from the sheet. */
  readonly removes?: Removes;
}

/** What a run gives to the dataset that it opens. */
export interface Opening {
  readonly api: Api;
  /** Keys of the columns wanted, in order; null for those that the dataset shows by itself. */
  readonly columns: readonly string[] | null;
  /** Entities met on the way are named here. */
  readonly persons: Directory;
  readonly organizations: Directory;
  readonly opportunities: Directory;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What a clock in the sheet's time zone shows at an instant: `YYYY-MM-DDTHH:MM:SS`. */
  readonly localTime: (instant: number) => string;
  /**
   * What `read` gives, or what it gave a slice of this run before, for no longer than one execution could have held it. `name` is the
   * place that it is kept at, `about` what it was asked for: only the same counts. JSON goes in and out.
   */
  readonly kept: <T>(name: string, about: string, read: () => T) => T;
}

/** A kind of table. `P`: what it is asked for, as it is stored with each import; a change of its shape has to read the older one. */
export interface Dataset<P> {
  readonly parameters: Codec<P>;
  /** Drawn beside a new table. */
  readonly charts?: readonly ChartLook[];
  /** Binds the dataset to what it is asked for. @throws ApiError when it can't be read */
  open(parameters: P, opening: Opening): Source;
}
