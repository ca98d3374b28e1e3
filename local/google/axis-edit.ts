/**
 * Arithmetic of inserting, deleting and moving rows or columns: where an index or a span of indices ends up. Everything
 * that is bound to rows or columns (metadata, filters, protections, references in formulas) asks here. Counts from 0.
 */

export type Axis = 'row' | 'column';
export type AxisEdit =
  | { readonly axis: Axis; readonly kind: 'insert'; readonly at: number; readonly count: number }
  | { readonly axis: Axis; readonly kind: 'delete'; readonly at: number; readonly count: number }
  /** Moves `count` lines starting at `at` so that they stand before the line that was at `to`. */
  | { readonly axis: Axis; readonly kind: 'move'; readonly at: number; readonly count: number; readonly to: number };

/** First and last index, both included. */
export type Span = { readonly first: number; readonly last: number };

/** New index of a line, or `null` when it was deleted. */
export const movedIndex = (edit: AxisEdit, index: number): number | null => {
  const { at, count } = edit;
  const end = at + count;
  if (edit.kind === 'insert') return index >= at ? index + count : index;
  if (edit.kind === 'delete') return index < at ? index : index < end ? null : index - count;
  if (index >= at && index < end) return edit.to > at ? index + (edit.to - end) : index - (at - edit.to);
  if (edit.to > at) return index >= end && index < edit.to ? index - count : index;
  return index >= edit.to && index < at ? index + count : index;
};

const deleted = (span: Span, at: number, count: number): Span | null => {
  const lost = (index: number): number => Math.max(0, Math.min(index - at, count));
  const first = span.first - lost(span.first);
  const last = span.last - lost(span.last + 1);
  return last < first ? null : { first, last };
};

const inserted = (span: Span, at: number, count: number): Span => ({
  first: span.first >= at ? span.first + count : span.first,
  last: span.last >= at ? span.last + count : span.last,
});

/** New place of a span: it grows when lines are put into it, shrinks when some go, and is `null` when all are gone. */
export const movedSpan = (edit: AxisEdit, span: Span): Span | null => {
  const { at, count } = edit;
  if (edit.kind === 'insert') return inserted(span, at, count);
  if (edit.kind === 'delete') return deleted(span, at, count);
  const inBlock = (index: number): boolean => index >= at && index < at + count;
  if (inBlock(span.first) && inBlock(span.last)) {
    const shift = edit.to > at ? edit.to - at - count : edit.to - at;
    return { first: span.first + shift, last: span.last + shift };
  }
  const target = edit.to > at ? edit.to - count : edit.to;
  const rest = deleted(span, at, count);
  if (rest === null) return null;
  const strictlyInside =
    span.first <= at && span.last >= at + count - 1 && edit.to >= span.first && edit.to <= span.last + 1;
  if (strictlyInside) return span;
  return inserted(rest, target, count);
};

/** Applies the edit to an array of lines; `blank` makes an inserted one. */
export const editLines = <T>(lines: T[], edit: AxisEdit, blank: (offset: number) => T): void => {
  const { at, count } = edit;
  if (edit.kind === 'insert') {
    if (at >= lines.length) return;
    const made = Array.from({ length: count }, (_, i) => blank(i));
    spliceMany(lines, at, 0, made);
  } else if (edit.kind === 'delete') {
    if (at < lines.length) lines.splice(at, count);
  } else {
    const needed = Math.max(at + count, edit.to);
    while (lines.length < needed) lines.push(undefined as T); // lines beyond the content are empty
    const block = lines.splice(at, count);
    spliceMany(lines, edit.to > at ? edit.to - count : edit.to, 0, block);
  }
};

/** `splice` with more items than a call can take as arguments. */
const spliceMany = <T>(lines: T[], at: number, remove: number, items: readonly T[]): void => {
  if (items.length < 10_000) {
    lines.splice(at, remove, ...items);
    return;
  }
  const tail = lines.splice(at);
  for (const item of items) lines.push(item);
  for (const item of tail.slice(remove)) lines.push(item);
};
