/**
 * From inputs to typed cells and back: the one place where a written text is parsed, where a date gets its format and
 * where limits of a single cell are checked. Counts from 0.
 */
import type { Area } from './area';
import type { CellStyle } from './cell-style';
import { isDatePattern } from './cell-style';
import { CellError, type CellInput, type CellValue, cellError, SerialDate } from './cell-value';
import { ScriptFault, texts } from './errors';
import { displayText } from './number-format';
import type { PlatformSwitches } from './platform';
import type { SheetModel } from './sheet-model';
import { parseTyped, type TypingRules } from './typed-input';
import { serialToInstant, wallTime } from './zone';

export const MAX_CELL_CHARACTERS = 50_000;

/** How texts are read now: the file's locale, the current year there, the platform switches. */
export const typingRules = (sheet: SheetModel, now: number, switches: PlatformSwitches): TypingRules => ({
  locale: sheet.workbook.locale,
  year: new Date(wallTime(sheet.workbook.timeZone, now)).getUTCFullYear(),
  switches,
});

const putText = (
  sheet: SheetModel,
  row: number,
  column: number,
  input: string,
  rules: TypingRules,
  all: PlatformSwitches,
): void => {
  const style = sheet.cells.style(row, column);
  if (style.isText) {
    if (input.startsWith('=') && input.length > 1 && all.formulaInTextCell === 'formula') {
      sheet.cells.setFormula(row, column, input, undefined);
    } else if (input.startsWith("'") && all.apostropheInTextCell === 'marker') {
      sheet.cells.setValue(row, column, input.slice(1));
    } else sheet.cells.setValue(row, column, input);
    return;
  }
  const typed = parseTyped(input, rules);
  if (typed.kind === 'formula') sheet.cells.setFormula(row, column, typed.text, undefined);
  else {
    sheet.cells.setValue(row, column, typed.value);
    if (typed.kind === 'value' && typed.format !== undefined) lendFormat(sheet, row, column, style, typed.format);
  }
};

/** A parsed value brings its format only where nobody chose one. */
const lendFormat = (sheet: SheetModel, row: number, column: number, style: CellStyle, format: string): void => {
  if (style.get('numberFormat') === undefined) sheet.cells.setStyle(row, column, style.with('numberFormat', format));
};

/** Writes one input into one cell. @throws for an over-long text, before anything changed. */
export const putInput = (
  sheet: SheetModel,
  row: number,
  column: number,
  input: CellInput,
  rules: TypingRules,
  all: PlatformSwitches,
): void => {
  if (input === null || input === undefined || input === '') sheet.cells.setValue(row, column, undefined);
  else if (typeof input === 'string') {
    if (input.length > MAX_CELL_CHARACTERS) throw new ScriptFault(texts.tooLongCell);
    putText(sheet, row, column, input, rules, all);
  } else if (input instanceof SerialDate) {
    sheet.cells.setValue(row, column, input.serial);
    const whole = Number.isInteger(input.serial);
    const { date } = rules.locale;
    lendFormat(sheet, row, column, sheet.cells.style(row, column), whole ? date : `${date} H:mm:ss`);
  } else if (typeof input === 'number' && !Number.isFinite(input))
    sheet.cells.setValue(row, column, cellError('#NUM!'));
  else sheet.cells.setValue(row, column, input);
  sheet.workbook.engine?.changed(sheet, row, column);
};

/** What `getValues` answers for one cell; `date` makes a Date of an instant. */
export const readValue = (
  sheet: SheetModel,
  row: number,
  column: number,
  date: (instant: number) => unknown,
): unknown => {
  const value: CellValue = sheet.cells.value(row, column);
  if (value === undefined) return '';
  if (typeof value === 'number') {
    const style = sheet.cells.style(row, column);
    const isDate = style.isDate || (style.get('numberFormat') === undefined && isLentDate(sheet, row, column));
    return isDate ? date(serialToInstant(sheet.workbook.timeZone, value)) : value;
  }
  return value instanceof CellError ? value.code : value;
};

const isLentDate = (sheet: SheetModel, row: number, column: number): boolean => {
  const pattern = sheet.workbook.engine?.lentPattern(sheet, row, column);
  return pattern !== undefined && isDatePattern(pattern);
};

export const readDisplay = (sheet: SheetModel, row: number, column: number): string =>
  displayText(
    sheet.cells.value(row, column),
    sheet.cells.style(row, column),
    sheet.workbook.locale,
    sheet.workbook.engine?.lentPattern(sheet, row, column),
  );

/** Removes values and formulas, keeps formats, notes and validations. */
export const clearContents = (sheet: SheetModel, area: Area): void => {
  const last = Math.min(area.row + area.rows, sheet.cells.rows.length);
  for (let row = area.row; row < last; row++) {
    for (let column = area.column; column < area.column + area.columns; column++) {
      if (sheet.cells.value(row, column) === undefined && sheet.cells.formula(row, column) === undefined) continue;
      sheet.cells.setValue(row, column, undefined);
      sheet.workbook.engine?.changed(sheet, row, column);
    }
  }
};
