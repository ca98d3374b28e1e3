/** The text that a person gets to edit when opening a cell: typed again unchanged, it gives the same cell. */
import type { CellError, CellValue } from '../google/cell-value';
import { parseTyped, type TypingRules } from '../google/typed-input';

export interface CellToEdit {
  readonly value: CellValue;
  readonly formula: string | undefined;
  /** As shown. */
  readonly text: string;
  readonly isDate: boolean;
  /** The cell's format is `@`: nothing is parsed there. */
  readonly isText: boolean;
}

const LONGEST_PARSED = 60;

/** A text that typing would turn into something else keeps its mark in sight. */
const needsMark = (text: string, rules: TypingRules): boolean => {
  if (text.length > LONGEST_PARSED && !/^[=+\-@']/.test(text)) return false;
  const typed = parseTyped(text, rules);
  return typed.kind !== 'text' || typed.value !== text;
};

const numberText = (value: number, rules: TypingRules): string => String(value).replace('.', rules.locale.decimal);

export const editTextOf = ({ value, formula, text, isDate, isText }: CellToEdit, rules: TypingRules): string => {
  if (formula !== undefined) return formula;
  if (value === undefined) return '';
  if (typeof value === 'string') return !isText && needsMark(value, rules) ? `'${value}` : value;
  if (typeof value === 'number') {
    if (isDate) return text;
    return text.endsWith('%') ? text : numberText(value, rules);
  }
  return typeof value === 'boolean' ? text : errorText(value);
};

const errorText = (error: CellError): string => error.code;
