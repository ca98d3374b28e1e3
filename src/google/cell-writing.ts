/** How single cells and groups of them are written: the format that a content needs first, then the content. Buffered. */
import { type Cell, isDay } from '../sync/cells/cell';
import { formatFor, toValue } from './cell-conversion';
import type { TextRules } from './cell-text';
import type { Repair } from './displaced';
import { rectanglesOf, type Spot } from './rectangles';
import { type Block, sameList } from './table-reader';

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/**
 * Writes cells, neighbours of one kind by one call. All reading comes before the first write, since a read makes what was written so
 * far real: a row is never left with one of its cells only.
 */
export const writeSpots = (sheet: Sheet, spots: readonly Spot<Cell>[], rules: TextRules): void => {
  const blocks = rectanglesOf(spots).map(({ row, column, kind, contents }) => {
    const range = sheet.getRange(row, column, contents.length, contents[0]?.length ?? 0);
    if (kind !== 'text' && kind !== 'day' && kind !== 'time') return { range, formats: [], needed: [], contents };
    const formats = range.getNumberFormats();
    return { range, formats, needed: formats.map((line) => line.map((format) => formatFor(kind, format))), contents };
  });
  for (const { range, formats, needed, contents } of blocks) {
    if (needed.some((line, at) => !sameList(line, formats[at] ?? []))) range.setNumberFormats(needed);
    range.setValues(contents.map((line) => line.map((cell) => toValue(cell, rules))));
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
  const formula = origin === undefined ? '' : (block?.formulas[line]?.[origin.column - 1] ?? '');
  const raw = origin === undefined ? undefined : block?.values[line]?.[origin.column - 1];
  if (formula !== '') range.setFormula(formula);
  // An instant with a time of day goes back as it was read.
  else if (isDay(content) && raw !== undefined) range.setValue(raw);
  else range.setValue(toValue(content, rules));
};
