/**
 * The form of a cell codec: how one field's value becomes a cell and how an edited cell becomes a value.
 * Law: `fromCell(toCell(v)) = v`. A cell that can't be read back is a problem that names what is accepted, never a guess.
 */
import type { Cell, PlainCell } from './cell';
import type { Scalar, Value } from './value';

/** How the cells of a column are formatted, which decides what Sheets makes of a typed text. */
export type CellFormat = 'text' | 'number' | 'day' | 'time';

/** What a name in a cell refers to. */
export type Found =
  | { readonly kind: 'one'; readonly id: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'many'; readonly labels: readonly string[] };

/** Kinds of record that are shown by name. */
export type NamedKind = 'person' | 'organization' | 'opportunity';

/** Names of one kind of record, both ways. `find(label(id))` is that id. */
export interface Names {
  label(id: number): string;
  find(label: string): Found;
}

/** What codecs need to know of the surroundings. */
export interface CellContext {
  readonly decimal: '.' | ',';
  /** Texts of the value that stood in the cell before the edit: they stay readable, also when an option of that text is gone. */
  readonly kept?: ReadonlySet<string>;
  readonly persons: Names;
  readonly organizations: Names;
  readonly opportunities: Names;
  /** What a clock in the sheet's time zone shows at an instant (milliseconds since 1970): `YYYY-MM-DDTHH:MM:SS`. */
  readonly localTime: (instant: number) => string;
}

export type Read =
  | { readonly ok: true; readonly value: Value }
  /** `problem` continues a sentence after the column's name, e.g. `"abc" is not a number. Write a number such as 1250.5.` */
  | { readonly ok: false; readonly problem: string };

export interface CellCodec {
  readonly format: CellFormat;
  /** True when the cell's text depends on more than the value (names, options, locale): then the baseline keeps the text. */
  readonly isContextual: boolean;
  /** Reads one value of the API's answer; null when it holds nothing. */
  readonly fromWire: (raw: unknown) => Scalar | null;
  /** The scalar as the API takes it. */
  readonly toWire: (scalar: Scalar) => unknown;
  readonly toCell: (value: Value, context: CellContext) => PlainCell;
  readonly fromCell: (cell: Cell, context: CellContext) => Read;
  /** Names in an edited cell that have to be looked up before `fromCell` can answer. */
  readonly references?: {
    readonly kind: NamedKind;
    readonly labels: (cell: Cell) => readonly string[];
    readonly ids: (value: Value) => readonly number[];
  };
  /** Why an edit of a cell with this value can't be sent, or null. */
  readonly lock?: (value: Value) => string | null;
  /** Why this value can be shown but not sent, or null. */
  readonly unsendable?: (value: Value) => string | null;
  /** True for several values in a cell: both sides' changes of them are put together. */
  readonly isSet?: true;
  /** Texts offered in the cell's picker. */
  readonly choices?: readonly string[];
}

export const good = (value: Value): Read => ({ ok: true, value });
export const bad = (problem: string): Read => ({ ok: false, problem });
