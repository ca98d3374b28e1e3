/**
 * Steps back for a person: the state of a sheet before each edit, kept until somebody else changes the sheet. References
 * in formulas of other sheets are not taken back.
 */
import type { SheetModel } from './sheet-model';

/** Larger sheets are not kept: a copy of each edit would cost more than it gives. */
const MAX_ROWS = 20_000;
const MAX_STEPS = 50;

type State = Pick<
  SheetModel,
  | 'cells'
  | 'columns'
  | 'maxRows'
  | 'maxColumns'
  | 'frozenRows'
  | 'frozenColumns'
  | 'conditionalRules'
  | 'protections'
  | 'charts'
  | 'merges'
  | 'filter'
>;
type Step = { readonly sheet: SheetModel; readonly before: State; readonly metadata: string; after: number };

const stateOf = (sheet: SheetModel): State => ({
  cells: sheet.cells.copy(),
  columns: sheet.columns.map((column) => column && { ...column }),
  maxRows: sheet.maxRows,
  maxColumns: sheet.maxColumns,
  frozenRows: sheet.frozenRows,
  frozenColumns: sheet.frozenColumns,
  conditionalRules: [...sheet.conditionalRules],
  protections: [...sheet.protections],
  charts: [...sheet.charts],
  merges: [...sheet.merges],
  filter: sheet.filter && { area: sheet.filter.area, criteria: new Map(sheet.filter.criteria) },
});

export class UndoStack {
  #steps: Step[] = [];

  /** Does an edit and remembers what was before it. */
  around(sheet: SheetModel, edit: () => void): void {
    const { workbook } = sheet;
    if (sheet.cells.rows.length > MAX_ROWS) {
      this.#steps = [];
      edit();
      return;
    }
    const before = stateOf(sheet);
    const metadata = JSON.stringify(workbook.metadata);
    edit();
    this.#steps.push({ sheet, before, metadata, after: sheet.cells.revision });
    if (this.#steps.length > MAX_STEPS) this.#steps.shift();
  }

  /** Takes the last edit back. @returns whether there was one that could still be taken back. */
  undo(): boolean {
    const step = this.#steps.pop();
    if (!step?.sheet.isAlive || step.sheet.cells.revision !== step.after) {
      this.#steps = []; // a script or another person wrote since: their work must not be undone with ours
      return false;
    }
    const { sheet, before } = step;
    const { workbook } = sheet;
    Object.assign(sheet, before);
    workbook.metadata = JSON.parse(step.metadata) as typeof workbook.metadata; // our own text
    workbook.invalidate();
    const previous = this.#steps.at(-1);
    if (previous?.sheet === sheet) previous.after = sheet.cells.revision;
    return true;
  }
}
