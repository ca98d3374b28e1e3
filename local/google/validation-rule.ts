/** A data validation rule as stored in a cell. Shared by the cells it was set on. */
import type { Area } from './area';

export type ValidationRule = {
  readonly criteria: string;
  /** Typed arguments; a range is named by sheet id and area. */
  readonly values: readonly (string | number | boolean | RangeArgument | DateArgument)[];
  readonly listItems: readonly string[] | null;
  readonly showDropdown: boolean;
  readonly allowInvalid: boolean;
  readonly helpText: string | null;
};

export type RangeArgument = { readonly sheetId: number; readonly area: Area };
/** A calendar day: rules ignore the time part (facts 9). */
export type DateArgument = { readonly day: number };
