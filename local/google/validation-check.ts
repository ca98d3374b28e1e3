/** Whether a value satisfies a validation rule. */
import { cellName } from './area';
import { plainStyle } from './cell-style';
import type { CellValue } from './cell-value';
import { meets } from './criteria-test';
import { displayText } from './number-format';
import type { DateArgument, RangeArgument, ValidationRule } from './validation-rule';
import type { Workbook } from './workbook';

export const checkboxRule: ValidationRule = {
  criteria: 'CHECKBOX',
  values: [],
  listItems: null,
  showDropdown: false,
  allowInvalid: false,
  helpText: null,
};

export const isRangeArgument = (value: unknown): value is RangeArgument =>
  typeof value === 'object' && value !== null && 'sheetId' in value;
export const isDateArgument = (value: unknown): value is DateArgument =>
  typeof value === 'object' && value !== null && 'day' in value;

const listed = (workbook: Workbook, rule: ValidationRule): string[] => {
  if (rule.listItems) return [...rule.listItems];
  const range = rule.values.find(isRangeArgument);
  const sheet = range && workbook.sheetById(range.sheetId);
  if (!range || !sheet) return [];
  const { row, column, rows, columns } = range.area;
  return Array.from({ length: rows * columns }, (_, i) => {
    const at = [row + Math.floor(i / columns), column + (i % columns)] as const;
    return displayText(sheet.cells.value(...at), sheet.cells.style(...at), workbook.locale);
  });
};

/** Empty cells satisfy every rule; custom formulas are taken as satisfied. */
export const satisfies = (workbook: Workbook, rule: ValidationRule, value: CellValue): boolean => {
  if (value === undefined || value === '') return true;
  const args = rule.values.flatMap((one) => (isRangeArgument(one) ? [] : isDateArgument(one) ? [one.day] : [one]));
  switch (rule.criteria) {
    case 'VALUE_IN_LIST':
    case 'VALUE_IN_RANGE':
      return listed(workbook, rule).includes(displayText(value, plainStyle, workbook.locale));
    case 'CHECKBOX':
      return args.length === 0 ? typeof value === 'boolean' : args.some((one) => one === value);
    case 'TEXT_IS_VALID_EMAIL':
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(String(value));
    case 'TEXT_IS_VALID_URL':
      return /^(https?:\/\/)?[^\s.]+\.\S+$/.test(String(value));
    default:
      return meets(rule.criteria, args, value) ?? true;
  }
};

export const violation = (row: number, column: number): string =>
  `The data you entered in cell ${cellName(row, column)} violates the data validation rules set on this cell.`;
