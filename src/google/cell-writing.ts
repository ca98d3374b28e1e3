/** How single cells and groups of them are written: the format that a content needs first, then the content. Buffered. */
import { type Cell, isDay, isFormula } from '../sync/cells/cell';
import { formatFor, toValue } from './cell-conversion';
import type { TextRules } from './cell-text';
import type { Repair } from './displaced';
import { addressOf, type Rectangle, rectanglesOf, type Spot } from './rectangles';
import { type Block, sameList } from './table-reader';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;
type Group = readonly Rectangle<Cell>[];
type Place = Pick<Repair, 'row' | 'column'>;

/** Rectangles of one place and width in their rows: what they need to know is read by one call. */
const byColumns = (rectangles: Group): readonly Group[] => {
  const groups = new Map<string, Rectangle<Cell>[]>();
  for (const one of rectangles) {
    const name = `${one.column}/${one.contents[0]?.length ?? 0}`;
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()];
};

/** The formats of cells that keep the person's own where it will do. Texts are not asked for theirs: it has to be `@`. */
const formatsOf = (sheet: Sheet, rectangles: Group): ReadonlyMap<Rectangle<Cell>, readonly (readonly string[])[]> => {
  const found = new Map<Rectangle<Cell>, readonly (readonly string[])[]>();
  for (const group of byColumns(rectangles.filter(({ kind }) => kind === 'day' || kind === 'time'))) {
    const first = Math.min(...group.map(({ row }) => row));
    const end = Math.max(...group.map(({ row, contents }) => row + contents.length));
    const [{ column, contents }] = group as [Rectangle<Cell>]; // no group is empty
    const formats = sheet.getRange(first, column, end - first, contents[0]?.length ?? 0).getNumberFormats();
    for (const one of group) found.set(one, formats.slice(one.row - first, one.row - first + one.contents.length));
  }
  return found;
};

/** Single cells far apart that are to hold the same, by that content: a list of ranges takes it by one call. */
const alike = (rectangles: Group, rules: TextRules): readonly Group[] => {
  const groups = new Map<string | Rectangle<Cell>, Rectangle<Cell>[]>();
  for (const one of rectangles) {
    const [[cell = null] = []] = one.contents;
    const isSingle = one.contents.length === 1 && one.contents[0]?.length === 1;
    const name = isSingle ? JSON.stringify(toValue(cell, rules)) : one;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return [...groups.values()];
};

/**
 * Writes cells, neighbours of one kind by one call, and so are cells far apart that are to hold the same: rows that were sent mostly say
 * the same. All reading comes before the first write, since a read makes what was written so far real: a row is never left with one of its
 * cells only.
 */
export const writeSpots = (sheet: Sheet, spots: readonly Spot<Cell>[], rules: TextRules): void => {
  const rectangles = rectanglesOf(spots);
  const formats = formatsOf(sheet, rectangles);
  const rangeOf = ({ row, column, contents }: Rectangle<Cell>) =>
    sheet.getRange(row, column, contents.length, contents[0]?.length ?? 0);
  const texts = rectangles.filter(({ kind }) => kind === 'text');
  if (texts.length > 0) sheet.getRangeList(texts.map(addressOf)).setNumberFormat('@');
  for (const rectangle of rectangles) {
    const { kind } = rectangle;
    const had = formats.get(rectangle);
    if (had === undefined || (kind !== 'day' && kind !== 'time')) continue;
    const needed = had.map((line) => line.map((format) => formatFor(kind, format)));
    if (needed.some((line, at) => !sameList(line, had[at] ?? []))) rangeOf(rectangle).setNumberFormats(needed);
  }
  for (const group of alike(rectangles, rules)) {
    const [first] = group as [Rectangle<Cell>]; // no group is empty
    const values = first.contents.map((line) => line.map((cell) => toValue(cell, rules)));
    if (group.length === 1) rangeOf(first).setValues(values);
    else sheet.getRangeList(group.map(addressOf)).setValue(values[0]?.[0] ?? '');
  }
};

/**
 * Gives a cell that was written in place of another one the format that its column has in the nearest row that was not written: its own
 * was not read. `written`: all cells of that write.
 */
export const takeFormatBack = (sheet: Sheet, headerRow: number, written: readonly Place[], place: Place): void => {
  const hit = new Set(written.flatMap(({ row, column }) => (column === place.column ? [row] : [])));
  for (let away = 1; away <= hit.size; away += 1) {
    const row = [place.row - away, place.row + away].find(
      (one) => one > headerRow && one <= sheet.getMaxRows() && !hit.has(one),
    );
    if (row === undefined) continue;
    const format = sheet.getRange(row, place.column).getNumberFormat();
    sheet.getRange(place.row, place.column).setNumberFormat(formatFor('number', format));
    return;
  }
};

/** Puts back what a cell held, as it was read in `block` where that is known. */
export const putContent = (
  sheet: Sheet,
  rules: TextRules,
  block: Block | undefined,
  { row, column, content, origin }: Repair,
): void => {
  const range = sheet.getRange(row, column);
  const line = origin === undefined || block === undefined ? -1 : origin.row - block.firstRow;
  const raw = origin === undefined ? undefined : block?.values[line]?.[origin.column - 1];
  if (isFormula(content)) range.setFormula(content.formula);
  // An instant with a time of day goes back as it was read.
  else if (isDay(content) && raw !== undefined) range.setValue(raw);
  else range.setValue(toValue(content, rules));
};
