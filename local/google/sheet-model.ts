/** One sheet of a file: the grid's size and look, and everything bound to it beside the cells. Counts from 0. */
import { type Area, movedArea } from './area';
import { type AxisEdit, editLines, movedIndex } from './axis-edit';
import { CellStore, DEFAULT_COLUMN_WIDTH } from './cell-store';
import { type ChartModel, movedChart } from './chart-data';
import type { ConditionalRule } from './conditional-rule';
import { afterEdit, copiedBy } from './formula-text';
import type { Workbook } from './workbook';

export type Column = { width: number; hidden: boolean };
export type FilterModel = { area: Area; criteria: Map<number, FilterCriterion> };
export type FilterCriterion = {
  readonly hiddenValues: readonly string[] | null;
  readonly visibleValues: readonly string[] | null;
  readonly criteria: string | null;
  readonly args: readonly (string | number | boolean)[];
};
export type ProtectionModel = {
  id: number;
  kind: 'RANGE' | 'SHEET';
  area: Area | null;
  unprotected: Area[];
  description: string;
  warningOnly: boolean;
  editors: string[];
};

export class SheetModel {
  readonly workbook: Workbook;
  readonly id: number;
  name: string;
  cells = new CellStore();
  maxRows: number;
  maxColumns: number;
  columns: (Column | undefined)[] = [];
  frozenRows = 0;
  frozenColumns = 0;
  hidden = false;
  tabColor: string | null = null;
  hiddenGridlines = false;
  rightToLeft = false;
  conditionalRules: ConditionalRule[] = [];
  protections: ProtectionModel[] = [];
  charts: ChartModel[] = [];
  merges: Area[] = [];
  filter: FilterModel | null = null;
  /** Active range as the user sees it. */
  selection: Area = { row: 0, column: 0, rows: 1, columns: 1 };

  constructor(workbook: Workbook, id: number, name: string, maxRows = 1000, maxColumns = 26) {
    this.workbook = workbook;
    this.id = id;
    this.name = name;
    this.maxRows = maxRows;
    this.maxColumns = maxColumns;
  }

  /** `false` once the sheet was deleted. */
  get isAlive(): boolean {
    return this.workbook.sheets.includes(this);
  }

  columnAt(column: number): Column {
    while (this.columns.length <= column) this.columns.push(undefined);
    let found = this.columns[column];
    if (!found) this.columns[column] = found = { width: DEFAULT_COLUMN_WIDTH, hidden: false };
    return found;
  }

  /**
   * Inserts, deletes or moves lines of this sheet only; references from elsewhere are the workbook's business.
   * `like` is the line whose look inserted ones take.
   */
  edit(edit: AxisEdit, like: number | null): void {
    const byRow = edit.axis === 'row';
    this.cells.edit(edit, this.maxColumns, like);
    if (!byRow) {
      const model = like === null ? undefined : this.columns[like];
      editLines(this.columns, edit, () => (model ? { width: model.width, hidden: false } : undefined));
    }
    const growth = edit.kind === 'insert' ? edit.count : edit.kind === 'delete' ? -edit.count : 0;
    if (byRow) this.maxRows += growth;
    else this.maxColumns += growth;
    this.#editFrozen(edit);
    const move = (area: Area): Area[] => {
      const moved = movedArea(area, edit);
      return moved ? [moved] : [];
    };
    this.merges = this.merges.flatMap(move).filter((area) => area.rows * area.columns > 1);
    this.protections = this.protections.flatMap((protection) => {
      if (!protection.area) return [{ ...protection, unprotected: protection.unprotected.flatMap(move) }];
      const area = movedArea(protection.area, edit);
      return area ? [{ ...protection, area }] : [];
    });
    this.conditionalRules = this.conditionalRules.flatMap((rule) => {
      const areas = rule.areas.flatMap(move);
      return areas.length === 0 ? [] : [{ ...rule, areas, values: this.#ruleAfter(rule, areas, edit) }];
    });
    this.charts = this.charts.map((chart) => movedChart(chart, edit));
    this.#editFilter(edit);
    this.selection = movedArea(this.selection, edit) ?? { row: 0, column: 0, rows: 1, columns: 1 };
  }

  /**
   * A rule's custom formula after an edit. It is written as seen from the rule's first cell; where that went, from the first one that is
   * left. Not documented; the interface shows the same for insertions.
   */
  #ruleAfter({ criteria, values, areas: [before] }: ConditionalRule, [after]: readonly Area[], edit: AxisEdit) {
    if (criteria !== 'CUSTOM_FORMULA' || before === undefined || after === undefined) return values;
    const byRow = edit.axis === 'row';
    const [from, to, size] = byRow
      ? [before.row, after.row, before.rows]
      : [before.column, after.column, before.columns];
    let offset = 0;
    while (offset < size && movedIndex(edit, from + offset) !== to) offset += 1;
    if (offset === size) offset = 0;
    const seen = copiedBy(String(values[0]), byRow ? offset : 0, byRow ? 0 : offset);
    return [afterEdit(seen, this.name, this.name, edit)];
  }

  #editFrozen(edit: AxisEdit): void {
    const frozen = edit.axis === 'row' ? this.frozenRows : this.frozenColumns;
    let next = frozen;
    if (edit.kind === 'insert' && edit.at < frozen) next += edit.count;
    if (edit.kind === 'delete') next -= Math.max(0, Math.min(frozen, edit.at + edit.count) - Math.min(frozen, edit.at));
    if (edit.axis === 'row') this.frozenRows = next;
    else this.frozenColumns = next;
  }

  #editFilter(edit: AxisEdit): void {
    if (!this.filter) return;
    const area = movedArea(this.filter.area, edit);
    if (!area) {
      this.filter = null;
      return;
    }
    const criteria = new Map<number, FilterCriterion>();
    for (const [column, criterion] of this.filter.criteria) {
      const moved = edit.axis === 'column' ? movedIndex(edit, column) : column;
      if (moved !== null) criteria.set(moved, criterion);
    }
    this.filter = { area, criteria };
  }

  /** A copy under a new id and name, for `copyTo` and duplicated tabs; metadata is the workbook's. */
  copyInto(workbook: Workbook, id: number, name: string): SheetModel {
    const copy = new SheetModel(workbook, id, name, this.maxRows, this.maxColumns);
    copy.cells = this.cells.copy();
    copy.columns = this.columns.map((column) => column && { ...column });
    copy.frozenRows = this.frozenRows;
    copy.frozenColumns = this.frozenColumns;
    copy.hidden = this.hidden;
    copy.tabColor = this.tabColor;
    copy.hiddenGridlines = this.hiddenGridlines;
    copy.rightToLeft = this.rightToLeft;
    copy.conditionalRules = [...this.conditionalRules];
    copy.protections = this.protections.map((protection) => ({ ...protection, id: workbook.newObjectId() }));
    copy.charts = this.charts.map((chart) => ({ ...chart, id: workbook.newObjectId() }));
    copy.merges = [...this.merges];
    copy.filter = this.filter && { area: this.filter.area, criteria: new Map(this.filter.criteria) };
    return copy;
  }
}
