/**
 * References inside a formula's text, and the ways Sheets rewrites them: lines inserted, deleted or moved, a formula
 * copied elsewhere, a sheet renamed. The text is kept as the user wrote it; only references change.
 */
import { type Area, cellName, columnIndex, columnLetters, movedArea, quotedSheet } from './area';
import type { AxisEdit } from './axis-edit';
import type { SheetLocale } from './sheet-locale';

type End = { column: number | null; columnFixed: boolean; row: number | null; rowFixed: boolean };
export type Reference = { sheet: string | null; from: End; to: End | null };

const CELL = String.raw`\$?[A-Za-z]{1,3}\$?\d+`;
const COLUMN = String.raw`\$?[A-Za-z]{1,3}`;
const ROW = String.raw`\$?\d+`;
const PLACE = `${CELL}:${CELL}|${CELL}:${COLUMN}(?![\\w$(])|${CELL}|${COLUMN}:${COLUMN}(?![\\w$(])|${ROW}:${ROW}(?!\\w)`;
const PIECE = new RegExp(
  String.raw`"(?:[^"]|"")*"|(?:('(?:[^']|'')+'|[\p{L}_][\p{L}\w.]*)!)(${PLACE})|(?<![\p{L}\w.$!'])(${PLACE})(?![\p{L}\w(.!])`,
  'gu',
);
const END = /^(\$?)([A-Za-z]{0,3})(\$?)(\d*)$/;

const readEnd = (text: string): End => {
  const [, a = '', letters = '', b = '', digits = ''] = END.exec(text) ?? [];
  const rowOnly = letters === '';
  return {
    column: rowOnly ? null : columnIndex(letters),
    columnFixed: !rowOnly && a === '$',
    row: digits === '' ? null : Number(digits) - 1,
    rowFixed: rowOnly ? a === '$' : b === '$',
  };
};
const writeEnd = (end: End): string =>
  (end.column === null ? '' : (end.columnFixed ? '$' : '') + columnLetters(end.column)) +
  (end.row === null ? '' : (end.rowFixed ? '$' : '') + String(end.row + 1));

const unquoted = (name: string): string => (name.startsWith("'") ? name.slice(1, -1).replaceAll("''", "'") : name);

export const writeReference = (reference: Reference): string =>
  (reference.sheet === null ? '' : `${quotedSheet(reference.sheet)}!`) +
  writeEnd(reference.from) +
  (reference.to === null ? '' : `:${writeEnd(reference.to)}`);

/** Replaces each reference by what `change` says; the same object means unchanged, `null` means `#REF!`. */
export const mapReferences = (formula: string, change: (reference: Reference) => Reference | null): string =>
  formula.replace(
    PIECE,
    (whole: string, sheet: string | undefined, behindSheet: string | undefined, bare: string | undefined) => {
      const place = behindSheet ?? bare;
      if (place === undefined) return whole;
      const [from = '', to] = place.split(':');
      const reference: Reference = {
        sheet: sheet === undefined ? null : unquoted(sheet),
        from: readEnd(from),
        to: to === undefined ? null : readEnd(to),
      };
      const changed = change(reference);
      if (changed === reference) return whole;
      return changed === null ? '#REF!' : writeReference(changed);
    },
  );

/** Size that an open end (`A2:A`, `3:3`) stands for. */
const OPEN = 10_000_000;

const areaOf = ({ from, to }: Reference): Area => {
  const end = to ?? from;
  const row = from.row ?? 0;
  const column = from.column ?? 0;
  return {
    row,
    column,
    rows: (end.row ?? OPEN) - row + 1,
    columns: (end.column ?? OPEN) - column + 1,
  };
};

/** The formula after lines of `edited` were inserted, deleted or moved. `home` is the sheet the formula stands on. */
export const afterEdit = (formula: string, home: string, edited: string, edit: AxisEdit): string =>
  mapReferences(formula, (reference) => {
    if ((reference.sheet ?? home).toLowerCase() !== edited.toLowerCase()) return reference;
    const byRow = edit.axis === 'row';
    if (byRow ? reference.from.row === null : reference.from.column === null) return reference;
    const before = areaOf(reference);
    const area = movedArea(before, edit);
    if (area === null) return null;
    if (
      area.row === before.row &&
      area.column === before.column &&
      area.rows === before.rows &&
      area.columns === before.columns
    )
      return reference;
    const from = byRow ? { ...reference.from, row: area.row } : { ...reference.from, column: area.column };
    if (reference.to === null) return { ...reference, from };
    const last = byRow ? area.row + area.rows - 1 : area.column + area.columns - 1;
    const open = byRow ? reference.to.row === null : reference.to.column === null;
    const to = open ? reference.to : byRow ? { ...reference.to, row: last } : { ...reference.to, column: last };
    return { ...reference, from, to };
  });

const shiftedEnd = (end: End, rows: number, columns: number): End | null => {
  const row = end.row === null || end.rowFixed ? end.row : end.row + rows;
  const column = end.column === null || end.columnFixed ? end.column : end.column + columns;
  return (row !== null && row < 0) || (column !== null && column < 0) ? null : { ...end, row, column };
};

/** The formula as it reads when copied `rows` down and `columns` to the right. */
export const copiedBy = (formula: string, rows: number, columns: number): string =>
  rows === 0 && columns === 0
    ? formula
    : mapReferences(formula, (reference) => {
        const from = shiftedEnd(reference.from, rows, columns);
        const to = reference.to === null ? null : shiftedEnd(reference.to, rows, columns);
        return from === null || (reference.to !== null && to === null) ? null : { ...reference, from, to };
      });

/** The formula after the sheet `from` was renamed. */
export const afterRename = (formula: string, from: string, to: string): string =>
  mapReferences(formula, (reference) =>
    reference.sheet?.toLowerCase() === from.toLowerCase() ? { ...reference, sheet: to } : reference,
  );

/** Pieces outside string literals, with the literals left alone. */
const outsideStrings = (formula: string, change: (piece: string) => string): string =>
  formula.replace(/("(?:[^"]|"")*"|'(?:[^']|'')*')|[^"']+/g, (piece, literal: string | undefined) =>
    literal === undefined ? change(piece) : piece,
  );

/** The formula in the engine's English notation: comma between arguments, decimal point, closed ranges. */
export const toEngine = (formula: string, locale: SheetLocale, rows: number, columns: number): string => {
  const english = outsideStrings(formula, (piece) => {
    const points = locale.decimal === ',' ? piece.replace(/(\d),(\d)/g, '$1.$2') : piece;
    return points.replaceAll(';', ',');
  });
  return mapReferences(english, (reference) => {
    const { from, to } = reference;
    if (to === null) return reference;
    const closed: Reference = {
      ...reference,
      from: { ...from, row: from.row ?? 0, column: from.column ?? 0 },
      to: { ...to, row: to.row ?? rows - 1, column: to.column ?? columns - 1 },
    };
    return closed;
  });
};

const R1C1 = /(?<![\p{L}\w."'])R(\d+|\[-?\d+\])?C(\d+|\[-?\d+\])?(?![\p{L}\w(])/gu;
const relative = (part: string | undefined, base: number): [number, boolean] =>
  part === undefined
    ? [base, false]
    : part.startsWith('[')
      ? [base + Number(part.slice(1, -1)), false]
      : [Number(part) - 1, true];

/** `R[1]C[-2]` notation → A1 notation, for a formula standing at `row`, `column`. */
export const fromR1C1 = (formula: string, row: number, column: number): string =>
  outsideStrings(formula, (piece) =>
    piece.replace(R1C1, (_whole, r: string | undefined, c: string | undefined) => {
      const [toRow, rowFixed] = relative(r, row);
      const [toColumn, columnFixed] = relative(c, column);
      if (toRow < 0 || toColumn < 0) return '#REF!';
      return rowFixed || columnFixed
        ? writeEnd({ row: toRow, rowFixed, column: toColumn, columnFixed })
        : cellName(toRow, toColumn);
    }),
  );

/** A1 notation → `R[1]C[-2]` notation. */
export const toR1C1 = (formula: string, row: number, column: number): string => {
  const part = (letter: string, value: number | null, fixed: boolean, base: number): string =>
    value === null ? '' : fixed ? `${letter}${value + 1}` : `${letter}[${value - base}]`;
  const end = (one: End): string =>
    part('R', one.row, one.rowFixed, row) + part('C', one.column, one.columnFixed, column);
  return formula.replace(
    PIECE,
    (whole: string, sheet: string | undefined, behind: string | undefined, bare: string | undefined) => {
      const place = behind ?? bare;
      if (place === undefined) return whole;
      const ends = place.split(':').map((one) => end(readEnd(one)));
      return (sheet === undefined ? '' : `${sheet}!`) + ends.join(':');
    },
  );
};

const OPERAND_THEN_OPERAND = /[\p{L}\d_)"%}]\s+[\p{L}\d_("${]/u;

/** Whether Sheets would take the formula at all; what it does not take shows `#ERROR!`. The engine is more patient. */
export const isWellFormed = (formula: string): boolean => {
  const body = formula
    .slice(1)
    .replace(/"(?:[^"]|"")*"/g, '""')
    .replace(/'(?:[^']|'')*'!/g, 'Q!');
  if (/["']/.test(body.replaceAll('""', '')) || /^\s*@/.test(body) || OPERAND_THEN_OPERAND.test(body)) return false;
  if (/[-+*/^&=<>]\s*$/.test(body) || body.trim() === '') return false;
  let depth = 0;
  for (const letter of body) {
    if (letter === '(') depth++;
    if (letter === ')' && --depth < 0) return false;
  }
  return depth === 0;
};
