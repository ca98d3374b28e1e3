/**
 * A person at the keyboard of one file: types, pastes, sorts, inserts, deletes. Takes effect at once, needs no
 * authorization and fires the edit triggers, which script writes never do. Rows and columns count from 1.
 */
import { type Area, areaName, parseA1 } from './area';
import type { Axis, AxisEdit } from './axis-edit';
import { type CopiedCell, type CopiedParts, everything, fillFrom, putBlock, takeBlock } from './block-copy';
import { type StyleKey, styleDefaults } from './cell-style';
import { clearContents, putInput, readDisplay, readValue, typingRules } from './cell-writer';
import type { ChartModel } from './chart-data';
import { ScriptFault } from './errors';
import { ChangeEvent, type ChangeType, EditEvent } from './events';
import { applyFilter } from './filter';
import { mayEdit } from './protection';
import type { FilterCriterion, ProtectionModel, SheetModel } from './sheet-model';
import { editLinesOf, reorderRows, sortedOrder } from './structure';
import { UndoStack } from './undo';
import { satisfies, violation } from './validation-check';
import type { Workbook } from './workbook';
import type { World } from './world';

/** Cells on the clipboard. */
export type Clipboard = { readonly cells: readonly (readonly CopiedCell[])[] };

export class Person {
  readonly user: string;
  readonly #world: World;
  readonly #workbook: Workbook;
  readonly #fire: (event: EditEvent | ChangeEvent) => void;
  readonly #steps = new UndoStack();

  constructor(world: World, workbook: Workbook, user: string, fire: (event: EditEvent | ChangeEvent) => void) {
    this.#world = world;
    this.#workbook = workbook;
    this.user = user;
    this.#fire = fire;
  }

  #sheet(name: string): SheetModel {
    const sheet = this.#workbook.sheetByName(name);
    if (!sheet)
      throw new Error(`no sheet "${name}"; there are ${this.#workbook.sheets.map((one) => one.name).join(', ')}`);
    return sheet;
  }
  #area(sheet: SheetModel, a1: string): Area {
    const found = parseA1(a1, { rows: sheet.maxRows, columns: sheet.maxColumns });
    if (!found) throw new Error(`no range "${a1}"`);
    const { area } = found;
    if (area.row + area.rows > sheet.maxRows || area.column + area.columns > sheet.maxColumns) {
      throw new Error(`${a1} is outside the grid of ${sheet.maxRows} × ${sheet.maxColumns}`);
    }
    return area;
  }
  #requireRight(sheet: SheetModel, area: Area): void {
    if (!mayEdit(sheet, area, this.user))
      throw new ScriptFault(`${this.user} may not edit ${sheet.name}!${areaName(area)}: protected`);
  }
  #edited(sheet: SheetModel, area: Area, single: { value?: string; oldValue?: string } | null = null): void {
    this.#fire(new EditEvent(sheet, area, this.user, single));
    this.#changed('EDIT');
  }
  #changed(type: ChangeType): void {
    this.#fire(new ChangeEvent(this.#workbook, this.user, type));
  }
  /** Ctrl+Z. Answers whether something was taken back: not after a script or somebody else wrote to the sheet. */
  undo(): boolean {
    const undone = this.#steps.undo();
    if (undone) this.#changed('OTHER');
    return undone;
  }
  #put(sheet: SheetModel, row: number, column: number, text: string): void {
    const { platform, clock } = this.#world;
    const rule = sheet.cells.validation(row, column);
    const before = sheet.cells.rows[row]?.copy();
    putInput(sheet, row, column, text, typingRules(sheet, clock.now(), platform), platform);
    if (rule && !rule.allowInvalid && !satisfies(this.#workbook, rule, sheet.cells.value(row, column))) {
      sheet.cells.rows[row] = before;
      sheet.cells.touched();
      throw new ScriptFault(violation(row, column));
    }
  }

  // Looking

  /** What the cell shows. */
  sees(sheetName: string, a1: string): string {
    const sheet = this.#sheet(sheetName);
    this.#world.settle(sheet);
    const { row, column } = this.#area(sheet, a1);
    return readDisplay(sheet, row, column);
  }
  /** How the cell is shown: what was set, and over it what conditional formats show. */
  looks(sheetName: string, a1: string): { readonly background: string; readonly fontColor: string } {
    const sheet = this.#sheet(sheetName);
    this.#world.settle(sheet);
    const { row, column } = this.#area(sheet, a1);
    const style = sheet.cells.style(row, column);
    const shown = sheet.workbook.paint.formatAt(sheet, row, column);
    return {
      background: shown?.background ?? style.get('background') ?? styleDefaults.background,
      fontColor: shown?.fontColor ?? style.get('fontColor') ?? styleDefaults.fontColor,
    };
  }
  /** Shown texts of a range, or of everything filled. */
  seesTable(sheetName: string, a1?: string): string[][] {
    const sheet = this.#sheet(sheetName);
    this.#world.settle(sheet);
    const area =
      a1 === undefined
        ? { row: 0, column: 0, rows: sheet.cells.lastRow, columns: sheet.cells.lastColumn }
        : this.#area(sheet, a1);
    return Array.from({ length: area.rows }, (_, i) =>
      Array.from({ length: area.columns }, (_unused, j) => readDisplay(sheet, area.row + i, area.column + j)),
    );
  }
  /** Typed value of a cell: number, text, truth, or a Date of the host. */
  value(sheetName: string, a1: string): unknown {
    const sheet = this.#sheet(sheetName);
    this.#world.settle(sheet);
    const { row, column } = this.#area(sheet, a1);
    return readValue(sheet, row, column, (ms) => new Date(ms));
  }

  // Cells

  /** Types a text and presses Enter; `=…` makes a formula, a leading `'` a text. */
  type(sheetName: string, a1: string, text: string): void {
    const sheet = this.#sheet(sheetName);
    const area = this.#area(sheet, a1);
    this.#requireRight(sheet, area);
    const { row, column } = area;
    const old = sheet.cells.value(row, column);
    this.#steps.around(sheet, () => this.#put(sheet, row, column, text));
    const now = sheet.cells.value(row, column);
    this.#edited(
      sheet,
      { ...area, rows: 1, columns: 1 },
      {
        ...(now === undefined ? {} : { value: this.#worded(sheet, row, column, now) }),
        ...(old === undefined ? {} : { oldValue: String(old) }),
      },
    );
  }
  /** What the event of an edit says that was typed. */
  #worded(sheet: SheetModel, row: number, column: number, value: unknown): string {
    if (this.#world.platform.editEventValue === 'typed') return String(value);
    this.#world.settle(sheet);
    return readDisplay(sheet, row, column);
  }
  /** Copies cells to the clipboard. */
  copy(sheetName: string, a1: string): Clipboard {
    const sheet = this.#sheet(sheetName);
    this.#world.settle(sheet);
    return { cells: takeBlock(sheet, this.#area(sheet, a1)) };
  }
  /** Pastes texts (from outside, tab-separated into a block) or copied cells. */
  paste(
    sheetName: string,
    a1: string,
    what: readonly (readonly string[])[] | Clipboard,
    only?: 'values' | 'formats',
  ): void {
    const sheet = this.#sheet(sheetName);
    const at = this.#area(sheet, a1);
    const block = 'cells' in what ? what.cells : what;
    const area: Area = {
      row: at.row,
      column: at.column,
      rows: Math.max(block.length, at.rows),
      columns: Math.max(block[0]?.length ?? 0, at.columns),
    };
    this.#requireRight(sheet, area);
    this.#steps.around(sheet, () => {
      this.#makeRoom(sheet, area);
      if ('cells' in what) {
        const parts: CopiedParts =
          only === 'values'
            ? { content: 'values', formats: false, notes: false, validations: false }
            : only === 'formats'
              ? { content: 'none', formats: true, notes: false, validations: false }
              : everything;
        putBlock(what.cells, sheet, at, parts);
      } else {
        for (const [i, line] of what.entries()) {
          for (const [j, text] of line.entries()) this.#put(sheet, at.row + i, at.column + j, text);
        }
      }
    });
    this.#edited(sheet, area);
  }
  #makeRoom(sheet: SheetModel, area: Area): void {
    const rows = area.row + area.rows - sheet.maxRows;
    if (rows > 0) editLinesOf(sheet, { axis: 'row', kind: 'insert', at: sheet.maxRows, count: rows });
    const columns = area.column + area.columns - sheet.maxColumns;
    if (columns > 0) editLinesOf(sheet, { axis: 'column', kind: 'insert', at: sheet.maxColumns, count: columns });
  }
  copyRow(sheetName: string, row: number): Clipboard {
    return this.copy(sheetName, `${row}:${row}`);
  }
  pasteRow(sheetName: string, row: number, clipboard: Clipboard): void {
    this.paste(sheetName, `A${row}`, clipboard);
  }
  /** Drags the fill handle: the first row of the range is filled down to the others. */
  fillDown(sheetName: string, a1: string, sourceRows = 1): void {
    const sheet = this.#sheet(sheetName);
    const area = this.#area(sheet, a1);
    this.#requireRight(sheet, area);
    this.#steps.around(sheet, () => fillFrom(sheet, { ...area, rows: sourceRows }, area));
    this.#edited(sheet, area);
  }
  /** Presses Delete: contents go, everything else stays. */
  clear(sheetName: string, a1: string): void {
    const sheet = this.#sheet(sheetName);
    const area = this.#area(sheet, a1);
    this.#requireRight(sheet, area);
    const old = sheet.cells.value(area.row, area.column);
    this.#steps.around(sheet, () => clearContents(sheet, area));
    const single = area.rows * area.columns === 1 && old !== undefined ? { oldValue: String(old) } : null;
    this.#edited(sheet, area, single);
  }

  // Lines

  #editLines(sheetName: string, edit: AxisEdit, like: number | null = null): void {
    const sheet = this.#sheet(sheetName);
    this.#steps.around(sheet, () => editLinesOf(sheet, edit, like));
    const lines = edit.axis === 'row' ? 'ROW' : 'COLUMN';
    this.#changed(edit.kind === 'move' ? 'OTHER' : `${edit.kind === 'insert' ? 'INSERT' : 'REMOVE'}_${lines}`);
  }
  #insert(sheetName: string, axis: Axis, before: number, count: number): void {
    this.#editLines(sheetName, { axis, kind: 'insert', at: before - 1, count }, before > 1 ? before - 2 : before - 1);
  }
  insertRows(sheetName: string, before: number, count = 1): void {
    this.#insert(sheetName, 'row', before, count);
  }
  insertColumns(sheetName: string, before: number, count = 1): void {
    this.#insert(sheetName, 'column', before, count);
  }
  deleteRows(sheetName: string, first: number, count = 1): void {
    this.#editLines(sheetName, { axis: 'row', kind: 'delete', at: first - 1, count });
  }
  deleteColumns(sheetName: string, first: number, count = 1): void {
    this.#editLines(sheetName, { axis: 'column', kind: 'delete', at: first - 1, count });
  }
  /** Drags rows so that they stand before the row that is now `before`. */
  moveRows(sheetName: string, first: number, count: number, before: number): void {
    this.#editLines(sheetName, { axis: 'row', kind: 'move', at: first - 1, count, to: before - 1 });
  }
  moveColumns(sheetName: string, first: number, count: number, before: number): void {
    this.#editLines(sheetName, { axis: 'column', kind: 'move', at: first - 1, count, to: before - 1 });
  }
  /** Data → Sort range, by columns of the sheet. */
  sort(
    sheetName: string,
    a1: string,
    ...keys: readonly { readonly column: number; readonly ascending?: boolean }[]
  ): void {
    const sheet = this.#sheet(sheetName);
    const area = this.#area(sheet, a1);
    this.#requireRight(sheet, area);
    this.#world.settle(sheet);
    const order = sortedOrder(
      sheet,
      area,
      keys.map(({ column, ascending = true }) => ({ column: column - 1, ascending })),
    );
    const follows = this.#world.platform.metadataOnSort === 'follows';
    this.#steps.around(sheet, () => reorderRows(sheet, area, order, follows));
    this.#edited(sheet, area);
  }
  /** Turns a filter on and hides values of one column; without hidden values it only turns it on. */
  filter(sheetName: string, a1: string, column?: number, hiddenValues: readonly string[] = []): void {
    const sheet = this.#sheet(sheetName);
    sheet.filter ??= { area: this.#area(sheet, a1), criteria: new Map<number, FilterCriterion>() };
    if (column !== undefined) {
      sheet.filter.criteria.set(column - 1, { hiddenValues, visibleValues: null, criteria: null, args: [] });
    }
    this.#world.settle(sheet);
    applyFilter(sheet);
  }
  removeFilter(sheetName: string): void {
    const sheet = this.#sheet(sheetName);
    sheet.filter = null;
    applyFilter(sheet);
  }
  hideRows(sheetName: string, first: number, count = 1, hidden = true): void {
    const sheet = this.#sheet(sheetName);
    for (let row = first - 1; row < first - 1 + count; row++) sheet.cells.rowAt(row).hiddenByUser = hidden;
  }
  hideColumns(sheetName: string, first: number, count = 1, hidden = true): void {
    const sheet = this.#sheet(sheetName);
    for (let column = first - 1; column < first - 1 + count; column++) sheet.columnAt(column).hidden = hidden;
  }
  setColumnWidth(sheetName: string, column: number, width: number): void {
    this.#sheet(sheetName).columnAt(column - 1).width = width;
  }
  freeze(sheetName: string, rows: number, columns = 0): void {
    const sheet = this.#sheet(sheetName);
    sheet.frozenRows = rows;
    sheet.frozenColumns = columns;
  }

  // Looks and notes

  #look(sheetName: string, a1: string, key: StyleKey, value: string | undefined): void {
    const sheet = this.#sheet(sheetName);
    const { row, column, rows, columns } = this.#area(sheet, a1);
    this.#steps.around(sheet, () => {
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) sheet.cells.setAttribute(row + i, column + j, key, value);
      }
    });
    this.#changed('FORMAT');
  }
  setBackground(sheetName: string, a1: string, color: string | null): void {
    this.#look(sheetName, a1, 'background', color ?? undefined);
  }
  setFontColor(sheetName: string, a1: string, color: string | null): void {
    this.#look(sheetName, a1, 'fontColor', color ?? undefined);
  }
  setBold(sheetName: string, a1: string, bold = true): void {
    this.#look(sheetName, a1, 'fontWeight', bold ? 'bold' : undefined);
  }
  setNumberFormat(sheetName: string, a1: string, pattern: string | null): void {
    this.#look(sheetName, a1, 'numberFormat', pattern ?? undefined);
  }
  setNote(sheetName: string, a1: string, note: string): void {
    const sheet = this.#sheet(sheetName);
    const { row, column } = this.#area(sheet, a1);
    this.#steps.around(sheet, () => sheet.cells.setNote(row, column, note));
    this.#changed('OTHER');
  }

  // Charts

  #charts(sheetName: string, id: number, change: (chart: ChartModel) => ChartModel | null): void {
    const sheet = this.#sheet(sheetName);
    if (!sheet.charts.some((chart) => chart.id === id)) throw new Error(`no chart ${id} on "${sheetName}"`);
    this.#steps.around(sheet, () => {
      sheet.charts = sheet.charts.flatMap((chart) => (chart.id === id ? (change(chart) ?? []) : [chart]));
    });
    this.#changed('OTHER');
  }
  deleteChart(sheetName: string, id: number): void {
    this.#charts(sheetName, id, () => null);
  }
  /** Drags a chart to a cell. */
  moveChart(sheetName: string, id: number, a1: string): void {
    const { row, column } = this.#area(this.#sheet(sheetName), a1);
    this.#charts(sheetName, id, (chart) => ({ ...chart, row, column, offsetX: 0, offsetY: 0 }));
  }
  setChartOption(sheetName: string, id: number, option: string, value: unknown): void {
    this.#charts(sheetName, id, (chart) => ({ ...chart, options: { ...chart.options, [option]: value } }));
  }

  // Sheets

  select(sheetName: string, a1 = 'A1'): void {
    const sheet = this.#sheet(sheetName);
    sheet.selection = this.#area(sheet, a1);
    this.#workbook.activeSheetId = sheet.id;
  }
  addSheet(name: string): void {
    this.#workbook.activeSheetId = this.#workbook.addSheet(name, this.#workbook.sheets.length).id;
    this.#changed('INSERT_GRID');
  }
  renameSheet(sheetName: string, name: string): void {
    this.#workbook.renameSheet(this.#sheet(sheetName), name);
  }
  duplicateSheet(sheetName: string, name = `Copy of ${sheetName}`): void {
    const sheet = this.#sheet(sheetName);
    this.#world.copySheet(sheet, this.#workbook, name, this.#workbook.sheets.indexOf(sheet) + 1);
  }
  deleteSheet(sheetName: string): void {
    this.#workbook.deleteSheet(this.#sheet(sheetName));
    this.#changed('REMOVE_GRID');
  }
  moveSheet(sheetName: string, position: number): void {
    const sheet = this.#sheet(sheetName);
    this.#workbook.sheets.splice(this.#workbook.sheets.indexOf(sheet), 1);
    this.#workbook.sheets.splice(position - 1, 0, sheet);
  }
  hideSheet(sheetName: string, hidden = true): void {
    this.#sheet(sheetName).hidden = hidden;
  }
  /** Protects a range, or the whole sheet without one, for everyone but the owner and the named editors. */
  protect(sheetName: string, a1: string | null, editors: readonly string[] = [], warningOnly = false): void {
    const sheet = this.#sheet(sheetName);
    const model: ProtectionModel = {
      id: this.#workbook.newObjectId(),
      kind: a1 === null ? 'SHEET' : 'RANGE',
      area: a1 === null ? null : this.#area(sheet, a1),
      unprotected: [],
      description: '',
      warningOnly,
      editors: [...editors],
    };
    sheet.protections.push(model);
  }
}
