/**
 * Finds out what has changed in the file since it was last told, and tells it: row by row, as JSON that the page can draw.
 * Comparing is by content, so nobody has to announce a change: person, script, formula and undo are all seen alike.
 */
import type { SpreadsheetHandle } from '../google';
import { DEFAULT_COLUMN_WIDTH, type GridRow } from '../google/cell-store';
import { type CellStyle, isDatePattern, plainStyle } from '../google/cell-style';
import { CellError } from '../google/cell-value';
import { readDisplay } from '../google/cell-writer';
import { type ChartModel, chartData } from '../google/chart-data';
import type { ConditionalRule } from '../google/conditional-rule';
import { entryOf } from '../google/entry-of';
import type { SheetModel } from '../google/sheet-model';
import type { TypingRules } from '../google/typed-input';
import type { ValidationRule } from '../google/validation-rule';
import { editTextOf } from './edit-text';
import type { BookView, CellView, ChartView, RowPatch, SheetView, StyleView } from './protocol';

/** Formats that conditional rules give to cells of a row, by column. */
type Paint = ReadonlyMap<number, ConditionalRule['format']>;

/** A row as it was when it was last told. */
interface Told {
  readonly values: GridRow['values'];
  readonly styles: GridRow['styles'];
  readonly formulas: GridRow['formulas'];
  readonly notes: GridRow['notes'];
  readonly validations: GridRow['validations'];
  readonly paint: Paint | null;
  readonly json: string;
}

const BLANK = '[]';

const isSameList = <T>(a: readonly T[], b: readonly T[]): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};
const isSameMap = <T>(a: ReadonlyMap<number, T> | undefined, b: ReadonlyMap<number, T> | undefined): boolean => {
  if ((a?.size ?? 0) !== (b?.size ?? 0)) return false;
  for (const [key, value] of a ?? []) if (b?.get(key) !== value) return false;
  return true;
};

export interface Tell {
  patch(sheet: number, length: number, rows: readonly RowPatch[]): void;
  book(book: BookView): void;
}

export class Publisher {
  readonly #file: SpreadsheetHandle;
  readonly #user: string;
  readonly #tell: Tell;
  readonly #rules: () => TypingRules;
  readonly #told = new WeakMap<GridRow, Told>();
  readonly #sent = new Map<number, string[]>();
  readonly #styles: StyleView[] = [];
  readonly #styleIndex = new Map<CellStyle, number | null>();
  readonly #paintedIndex = new Map<string, number>();
  readonly #choices: (readonly string[])[] = [];
  readonly #choiceIndex = new Map<string, number>();
  #lastBook = '';

  constructor(file: SpreadsheetHandle, user: string, rules: () => TypingRules, tell: Tell) {
    this.#file = file;
    this.#rules = rules;
    this.#user = user;
    this.#tell = tell;
  }

  /** Tells whatever has changed: rows first, so that whoever hears of the book can ask for them. */
  publish(undo: { readonly canUndo: boolean; readonly canRedo: boolean }): void {
    const { sheets } = this.#file.workbook;
    const known = new Set(sheets.map(({ id }) => id));
    for (const sheet of sheets) this.#publishRows(sheet);
    for (const id of [...this.#sent.keys()]) {
      if (known.has(id)) continue;
      this.#sent.delete(id);
      this.#tell.patch(id, 0, []);
    }
    const book = this.book(undo);
    const text = JSON.stringify(book);
    if (text === this.#lastBook) return;
    this.#lastBook = text;
    this.#tell.book(book);
  }

  book(undo: { readonly canUndo: boolean; readonly canRedo: boolean }): BookView {
    const { workbook } = this.#file;
    return {
      name: workbook.name,
      locale: workbook.locale.id,
      timeZone: workbook.timeZone,
      user: this.#user,
      sheets: workbook.sheets.map(sheetView),
      activeSheet: workbook.activeSheet.id,
      ...undo,
      styles: this.#styles,
      choices: this.#choices,
    };
  }

  #publishRows(sheet: SheetModel): void {
    const sent = this.#sent.get(sheet.id) ?? [];
    this.#sent.set(sheet.id, sent);
    const { rows } = sheet.cells;
    const patches: RowPatch[] = [];
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const json = row === undefined ? BLANK : this.#jsonOf(sheet, row, i);
      if ((sent[i] ?? BLANK) !== json) patches.push([i, json]);
      sent[i] = json;
    }
    for (let i = rows.length; i < sent.length; i++) if (sent[i] !== BLANK) patches.push([i, BLANK]);
    sent.length = rows.length;
    if (patches.length > 0) this.#tell.patch(sheet.id, rows.length, patches);
  }

  #jsonOf(sheet: SheetModel, row: GridRow, index: number): string {
    const told = this.#told.get(row);
    const paint = this.#paintOf(sheet, row, index);
    if (
      told !== undefined &&
      isSameMap(told.paint ?? undefined, paint ?? undefined) &&
      isSameList(told.values, row.values) &&
      isSameList(told.styles, row.styles) &&
      isSameMap(told.formulas, row.formulas) &&
      isSameMap(told.notes, row.notes) &&
      isSameMap(told.validations, row.validations)
    ) {
      return told.json;
    }
    const json = JSON.stringify(this.#rowView(sheet, row, index, paint));
    this.#told.set(row, {
      values: row.values.slice(),
      styles: row.styles.slice(),
      formulas: row.formulas && new Map(row.formulas),
      notes: row.notes && new Map(row.notes),
      validations: row.validations && new Map(row.validations),
      paint,
      json,
    });
    return json;
  }

  #paintOf(sheet: SheetModel, row: GridRow, index: number): Paint | null {
    if (sheet.conditionalRules.length === 0) return null;
    const paint = new Map<number, ConditionalRule['format']>();
    for (let column = 0; column < row.values.length; column++) {
      const format = sheet.workbook.paint.formatAt(sheet, index, column);
      if (format !== null) paint.set(column, format);
    }
    return paint.size === 0 ? null : paint;
  }

  #rowView(sheet: SheetModel, row: GridRow, index: number, paint: Paint | null): (CellView | 0)[] {
    const beyond = (map: ReadonlyMap<number, unknown> | undefined): number => Math.max(-1, ...(map?.keys() ?? [])) + 1;
    const width = Math.max(row.values.length, row.styles.length, beyond(row.notes), beyond(row.validations));
    const cells: (CellView | 0)[] = [];
    for (let column = 0; column < width; column++)
      cells.push(this.#cellView(sheet, row, index, column, paint?.get(column)));
    while (cells.at(-1) === 0) cells.pop();
    return cells;
  }

  #cellView(
    sheet: SheetModel,
    row: GridRow,
    index: number,
    column: number,
    painted: ConditionalRule['format'] | undefined,
  ): CellView | 0 {
    const value = row.values[column];
    const style = row.styles[column];
    const note = row.notes?.get(column);
    const choice = this.#choice(row.validations?.get(column));
    const formula = row.formulas?.get(column);
    if (value === undefined && formula === undefined && !style && !note && choice === null && !painted) return 0;
    const text = readDisplay(sheet, index, column);
    const isDate =
      typeof value === 'number' &&
      isDatePattern(style?.get('numberFormat') ?? sheet.workbook.engine?.lentPattern(sheet, index, column) ?? '');
    const edit = editTextOf({ value, formula, text, isDate, isText: style?.isText ?? false }, this.#rules());
    const align =
      typeof value === 'number' ? 'r' : typeof value === 'boolean' || value instanceof CellError ? 'c' : null;
    const look = painted === undefined ? this.#style(style) : this.#paintedStyle(style, painted);
    return {
      t: text,
      ...(edit === text ? {} : { e: edit }),
      ...(align === null ? {} : { a: align }),
      ...(look === null ? {} : { s: look }),
      ...(note ? { n: note } : {}),
      ...(choice === null ? {} : { v: choice }),
    };
  }

  #style(style: CellStyle | undefined): number | null {
    if (!style || style === plainStyle) return null;
    let index = this.#styleIndex.get(style);
    if (index === undefined) {
      const { numberFormat: _pattern, border: _border, ...look } = style.attributes;
      index = Object.keys(look).length === 0 ? null : this.#styles.push(look) - 1;
      this.#styleIndex.set(style, index);
    }
    return index;
  }

  /** A look with a conditional format over it; such looks are few. */
  #paintedStyle(style: CellStyle | undefined, format: ConditionalRule['format']): number {
    const { numberFormat: _pattern, border: _border, ...own } = style?.attributes ?? {};
    const { background, fontColor, bold, italic, underline, strikethrough } = format;
    const lines = [underline ? 'underline' : '', strikethrough ? 'line-through' : ''].filter((line) => line !== '');
    const look: StyleView = {
      ...own,
      ...(background ? { background } : {}),
      ...(fontColor ? { fontColor } : {}),
      ...(bold ? { fontWeight: 'bold' } : {}),
      ...(italic ? { fontStyle: 'italic' } : {}),
      ...(lines.length > 0 ? { fontLine: lines.join(' ') } : {}),
    };
    const key = JSON.stringify(look);
    return entryOf(this.#paintedIndex, key, () => this.#styles.push(look) - 1);
  }

  #choice(rule: ValidationRule | undefined): number | null {
    const offered = rule?.showDropdown ? rule.listItems : null;
    if (!offered || offered.length === 0) return null;
    const key = JSON.stringify(offered);
    let index = this.#choiceIndex.get(key);
    if (index === undefined) {
      index = this.#choices.push(offered) - 1;
      this.#choiceIndex.set(key, index);
    }
    return index;
  }
}

const hiddenSpans = (sheet: SheetModel): [number, number][] => {
  const spans: [number, number][] = [];
  sheet.cells.rows.forEach((row, index) => {
    if (!row?.hiddenByUser && !row?.hiddenByFilter) return;
    const last = spans.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else spans.push([index, index]);
  });
  return spans;
};

/** Size of a chart that says none. */
const CHART_WIDTH = 600;
const CHART_HEIGHT = 371;
/** Of series, unless a chart names its own. */
const COLORS = ['#4285f4', '#ea4335', '#fbbc04', '#34a853'];

const chartView = (sheet: SheetModel, chart: ChartModel): ChartView => {
  const { id, type, options, row, column, offsetX, offsetY } = chart;
  const size = (name: string, usual: number): number => (typeof options[name] === 'number' ? options[name] : usual);
  return {
    ...{ id, kind: type, title: String(options['title'] ?? ''), row, column, offsetX, offsetY },
    ...{ width: size('width', CHART_WIDTH), height: size('height', CHART_HEIGHT) },
    colors: Array.isArray(options['colors']) ? options['colors'].map(String) : COLORS,
    ...chartData(sheet, chart),
  };
};

const sheetView = (sheet: SheetModel): SheetView => ({
  id: sheet.id,
  name: sheet.name,
  isHidden: sheet.hidden,
  tabColor: sheet.tabColor,
  rows: sheet.maxRows,
  columns: sheet.maxColumns,
  frozenRows: sheet.frozenRows,
  frozenColumns: sheet.frozenColumns,
  lastRow: sheet.cells.lastRow,
  lastColumn: sheet.cells.lastColumn,
  widths: sheet.columns.flatMap((column, index): [number, number][] =>
    column && column.width !== DEFAULT_COLUMN_WIDTH ? [[index, column.width]] : [],
  ),
  hiddenColumns: sheet.columns.flatMap((column, index) => (column?.hidden ? [index] : [])),
  hiddenRows: hiddenSpans(sheet),
  heights: sheet.cells.rows.flatMap((row, index): [number, number][] =>
    row?.height === undefined ? [] : [[index, row.height]],
  ),
  charts: sheet.charts.map((chart) => chartView(sheet, chart)),
});
