/**
 * From a scalar's text form to whole cells: one value in a cell, or several joined by `; `. An item that holds a separator,
 * a quote at its start, or blanks at its ends is put in double quotes, so that joining loses nothing.
 */
import { type Cell, isDay, isFormula, type PlainCell } from './cell';
import { bad, type CellCodec, type CellContext, good, type NamedKind } from './codec';
import { manyValue, type Scalar, scalarsOf, type Value } from './value';

export type ReadScalar =
  | { readonly ok: true; readonly scalar: Scalar }
  | { readonly ok: false; readonly problem: string };

/** A type of value whose cells hold text. */
export interface TextScalar {
  readonly isContextual: boolean;
  readonly fromWire: (raw: unknown) => Scalar | null;
  readonly toWire: (scalar: Scalar) => unknown;
  readonly toText: (scalar: Scalar, context: CellContext) => string;
  readonly fromText: (text: string, context: CellContext) => ReadScalar;
  readonly references?: NamedKind;
  /** Why a scalar can be shown but not sent, or null. */
  readonly unsendable?: (scalar: Scalar) => string | null;
  readonly choices?: readonly string[];
}

/** Longest text of a cell. Source: apps-script-facts, section 1. */
const CELL_CHARACTERS = 50_000;
/** What is left of a longer text; the apostrophe that protects a text may need a character as well. */
const SHOWN_CHARACTERS = 49_900;

const shorten = (text: string): string =>
  text.length < CELL_CHARACTERS
    ? text
    : `${text.slice(0, SHOWN_CHARACTERS)}… (cut: ${text.length} characters in Affinity)`;

const NEEDS_QUOTES = /^$|^["\s\ufeff]|;|[\s\ufeff]$/;

/** Items in one text. */
export const join = (items: readonly string[]): string => {
  let joined = '';
  for (const item of items) {
    const quoted = NEEDS_QUOTES.test(item) ? `"${item.replace(/"/g, '""')}"` : item;
    joined = joined === '' ? quoted : `${joined}; ${quoted}`;
  }
  return joined;
};

/** The items of a joined text, or null when a quote is never closed or is followed by more than a separator. */
export const split = (joined: string): readonly string[] | null => {
  const items: string[] = [];
  const pattern = /\s*(?:"((?:[^"]|"")*)"\s*(?=;|$)|([^;]*))(?:;|$)/gy;
  while (pattern.lastIndex < joined.length) {
    const match = pattern.exec(joined);
    if (match === null) return null;
    const [, quoted, bare] = match;
    if (quoted !== undefined) items.push(quoted.replace(/""/g, '"'));
    else {
      const item = (bare ?? '').trim();
      if (item.startsWith('"')) return null;
      if (item !== '') items.push(item);
    }
  }
  return items;
};

/** The text of an edited cell, or a problem when Sheets made something else of what was typed. */
const textOf = (cell: Cell): { readonly text: string } | { readonly problem: string } => {
  if (isFormula(cell)) {
    return { problem: 'this cell holds a formula. Replace it by its value to send it.' };
  }
  if (isDay(cell)) {
    return { problem: `Google Sheets made a date of this (${cell.day}). Type ' in front to keep it as text.` };
  }
  if (typeof cell === 'boolean') return { text: cell ? 'TRUE' : 'FALSE' };
  return { text: cell === null ? '' : String(cell) };
};

const tooLong = 'is longer than a cell can hold. Change it in Affinity.';

/** One value in a cell of text. */
export const single = (type: TextScalar): CellCodec => ({
  format: 'text',
  isContextual: type.isContextual,
  fromWire: type.fromWire,
  toWire: type.toWire,
  toCell: (value, context): PlainCell => {
    const [scalar] = scalarsOf(value);
    return scalar === undefined ? null : shorten(type.toText(scalar, context));
  },
  fromCell: (cell, context) => {
    const text = textOf(cell);
    if ('problem' in text) return bad(text.problem);
    if (text.text === '') return good(null);
    const read = type.fromText(text.text, context);
    return read.ok ? good(read.scalar) : bad(read.problem);
  },
  lock: (value) => (typeof value === 'string' && value.length >= CELL_CHARACTERS ? tooLong : null),
  ...(type.choices === undefined ? {} : { choices: type.choices }),
  ...(type.unsendable === undefined
    ? {}
    : {
        unsendable: (value: Value) =>
          scalarsOf(value).reduce<string | null>((found, scalar) => found ?? type.unsendable?.(scalar) ?? null, null),
      }),
  ...(type.references === undefined
    ? {}
    : {
        references: {
          kind: type.references,
          labels: (cell: Cell) => {
            const text = textOf(cell);
            return 'problem' in text || text.text === '' ? [] : [text.text];
          },
          ids: (value: Value) => scalarsOf(value).filter((scalar): scalar is number => typeof scalar === 'number'),
        },
      }),
});

const unreadableQuotes =
  'the double quotes do not match. Separate values by ; and put a value that holds a ; in double quotes.';

/** Several values in a cell of text, compared as a set. */
export const multiple = ({ choices: _oneAtATime, ...type }: TextScalar): CellCodec => ({
  ...single(type),
  isSet: true,
  toCell: (value, context): PlainCell => {
    const items = scalarsOf(value).map((scalar) => type.toText(scalar, context));
    return items.length === 0 ? null : shorten(join(items));
  },
  fromCell: (cell, context) => {
    const text = textOf(cell);
    if ('problem' in text) return bad(text.problem);
    const items = split(text.text);
    if (items === null) return bad(unreadableQuotes);
    const scalars: Scalar[] = [];
    for (const item of items) {
      const read = type.fromText(item, context);
      if (!read.ok) return bad(read.problem);
      scalars.push(read.scalar);
    }
    return good(manyValue(scalars));
  },
  lock: (value) => {
    const texts = scalarsOf(value).map((scalar) =>
      typeof scalar === 'object' ? JSON.stringify(scalar) : String(scalar),
    );
    return join(texts).length >= CELL_CHARACTERS ? tooLong : null;
  },
  ...(type.references === undefined
    ? {}
    : {
        references: {
          kind: type.references,
          labels: (cell: Cell) => {
            const text = textOf(cell);
            return 'problem' in text ? [] : (split(text.text) ?? []);
          },
          ids: (value: Value) => scalarsOf(value).filter((scalar): scalar is number => typeof scalar === 'number'),
        },
      }),
});
