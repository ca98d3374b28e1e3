/**
 * Makes the objects that know each other in a circle (a range has a sheet, a sheet has ranges), so that their files
 * need not import each other. Filled once by services.ts.
 */
import type { Area } from './area';
import type { Execution } from './execution';
import type { Range } from './range';
import type { Sheet } from './sheet';
import type { SheetModel } from './sheet-model';
import type { Selection, Spreadsheet } from './spreadsheet';
import type { Workbook } from './workbook';

export type Makers = {
  range: (run: Execution, sheet: SheetModel, area: Area) => Range;
  sheet: (run: Execution, sheet: SheetModel) => Sheet;
  spreadsheet: (run: Execution, workbook: Workbook) => Spreadsheet;
  selection: (run: Execution, workbook: Workbook) => Selection;
};

const missing = (): never => {
  throw new Error('services.ts was not loaded');
};
export const make: Makers = { range: missing, sheet: missing, spreadsheet: missing, selection: missing };
