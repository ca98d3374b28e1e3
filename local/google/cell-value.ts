/** What a cell can hold. Dates are numbers whose cell has a date pattern. */
import { entryOf } from './entry-of';

/** An error value such as `#N/A`; scripts read its code as a string. */
export class CellError {
  readonly code: string;
  constructor(code: string) {
    this.code = code;
  }
  toString(): string {
    return this.code;
  }
}

/** `undefined` is an empty cell. */
export type CellValue = number | string | boolean | CellError | undefined;

/** A calendar moment on its way into a cell: a serial day number of wall time in the spreadsheet's zone. */
export class SerialDate {
  readonly serial: number;
  constructor(serial: number) {
    this.serial = serial;
  }
}

/** What a script or a person hands to the writer; strings are parsed as typed. */
export type CellInput = number | string | boolean | SerialDate | null | undefined;

const errors = new Map<string, CellError>();
/** The shared error object of a code. */
export const cellError = (code: string): CellError => entryOf(errors, code, () => new CellError(code));
export const ERROR_CODES = ['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!', '#NUM!', '#NULL!', '#ERROR!'] as const;
