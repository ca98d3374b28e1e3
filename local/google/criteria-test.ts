/** Whether a typed value meets a criterion; shared by validation, filters and conditional formats. */
import { CellError, type CellValue } from './cell-value';

type Argument = string | number | boolean;
const text = (value: CellValue): string => (value === undefined || value instanceof CellError ? '' : String(value));

const numeric: Record<string, (value: number, a: number, b: number) => boolean> = {
  NUMBER_BETWEEN: (v, a, b) => v >= a && v <= b,
  NUMBER_NOT_BETWEEN: (v, a, b) => v < a || v > b,
  NUMBER_EQUAL_TO: (v, a) => v === a,
  NUMBER_NOT_EQUAL_TO: (v, a) => v !== a,
  NUMBER_GREATER_THAN: (v, a) => v > a,
  NUMBER_GREATER_THAN_OR_EQUAL_TO: (v, a) => v >= a,
  NUMBER_LESS_THAN: (v, a) => v < a,
  NUMBER_LESS_THAN_OR_EQUAL_TO: (v, a) => v <= a,
  DATE_AFTER: (v, a) => Math.floor(v) > a,
  DATE_BEFORE: (v, a) => Math.floor(v) < a,
  DATE_EQUAL_TO: (v, a) => Math.floor(v) === a,
  DATE_ON_OR_AFTER: (v, a) => Math.floor(v) >= a,
  DATE_ON_OR_BEFORE: (v, a) => Math.floor(v) <= a,
  DATE_BETWEEN: (v, a, b) => Math.floor(v) >= a && Math.floor(v) <= b,
  DATE_NOT_BETWEEN: (v, a, b) => Math.floor(v) < a || Math.floor(v) > b,
  DATE_IS_VALID_DATE: () => true,
};
const textual: Record<string, (value: string, argument: string) => boolean> = {
  TEXT_CONTAINS: (v, a) => v.includes(a),
  TEXT_DOES_NOT_CONTAIN: (v, a) => !v.includes(a),
  TEXT_EQUAL_TO: (v, a) => v === a,
  TEXT_STARTS_WITH: (v, a) => v.startsWith(a),
  TEXT_ENDS_WITH: (v, a) => v.endsWith(a),
};

/** `null`: this criterion cannot be decided from the value alone (custom formulas). */
export const meets = (criterion: string, args: readonly Argument[], value: CellValue): boolean | null => {
  if (criterion === 'CELL_EMPTY') return value === undefined || value === '';
  if (criterion === 'CELL_NOT_EMPTY') return value !== undefined && value !== '';
  const number = numeric[criterion];
  if (number) return typeof value === 'number' && number(value, Number(args[0]), Number(args[1]));
  const words = textual[criterion];
  if (words) return words(text(value).toLowerCase(), String(args[0] ?? '').toLowerCase());
  return null;
};
