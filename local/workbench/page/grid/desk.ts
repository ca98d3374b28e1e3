/**
 * The person's hands on the grid: what is selected, what is being typed, what is on the clipboard. Every change of content goes to the
 * server as a command; nothing here writes cells.
 */
import type { CellView, SheetView } from '../../protocol';
import type { Store } from '../store';
import { type Area, areaName, type Cell, cellName, contains } from './a1';
import { type Geometry, geometryOf } from './geometry';
import { areaOf, at, type Selection } from './selection';
import { fromTsv, toTsv } from './tsv';

export interface Draft {
  readonly cell: Cell;
  readonly text: string;
  /** Typing over a cell: arrows end it. Editing in a cell (F2): arrows move in the text. */
  readonly isOver: boolean;
}

/** The most cells that go to the system's clipboard as text. */
const MOST_COPIED = 500_000;

export class GridDesk {
  readonly #store: Store;
  readonly #selections = new Map<number, Selection>();
  draft: Draft | null = null;
  /** What was copied here: pasted with formats and formulas as long as the system's clipboard still holds the same text. */
  copied: { readonly sheet: number; readonly area: Area; readonly text: string; readonly isCut: boolean } | null = null;
  #reveal: (cell: Cell) => void = () => undefined;
  #focus: () => void = () => undefined;
  #put: (text: string) => void = () => undefined;
  /** What the file does not know yet: the arrow keys select faster than is worth telling. */
  #untold: { readonly sheet: number; readonly a1: string } | null = null;
  #toldSelection = '';
  #timer = 0;

  constructor(store: Store) {
    this.#store = store;
    store.beforeCommands(
      () => this.#tellSelection(),
      () => {
        const a1 = areaName(this.area);
        this.#toldSelection = `${this.sheet?.id}!${a1}`;
        return a1;
      },
    );
  }

  /**
   * The component that draws: asked to bring a cell into sight, to take the keys, and to put a text into its input at once. The next
   * key may come before the next drawing, and must meet the right text.
   */
  attach(reveal: (cell: Cell) => void, focus: () => void, put: (text: string) => void): void {
    this.#reveal = reveal;
    this.#focus = focus;
    this.#put = put;
  }
  focus(): void {
    this.#focus();
  }

  get sheet(): SheetView | null {
    return this.#store.sheet;
  }
  get geometry(): Geometry | null {
    return this.sheet && geometryOf(this.sheet);
  }
  get selection(): Selection {
    const sheet = this.sheet;
    const kept = sheet && this.#selections.get(sheet.id);
    if (!sheet || !kept) return at({ row: 0, column: 0 });
    const clamp = ({ row, column }: Cell): Cell => ({
      row: Math.min(row, sheet.rows - 1),
      column: Math.min(column, sheet.columns - 1),
    });
    return { ...kept, active: clamp(kept.active), end: clamp(kept.end) };
  }
  get area(): Area {
    const { geometry } = this;
    return geometry ? areaOf(this.selection, geometry) : { row: 0, column: 0, rows: 1, columns: 1 };
  }
  get active(): Cell {
    return this.selection.active;
  }
  get activeCell(): CellView | 0 {
    const { row, column } = this.active;
    return this.sheet ? this.#store.cell(this.sheet.id, row, column) : 0;
  }
  editText(cell: CellView | 0): string {
    return cell === 0 ? '' : (cell.e ?? cell.t);
  }

  select(selection: Selection, reveal = true): void {
    const { sheet } = this;
    if (!sheet) return;
    this.#selections.set(sheet.id, selection);
    if (reveal) this.#reveal(selection.end);
    this.#store.touch();
    this.#untold = { sheet: sheet.id, a1: areaName(this.area) };
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#tellSelection(), 150);
  }
  /**
   * Tells the file what is selected: the add-on may ask for the active range. Selecting brings its tab to the front, so it is told before
   * anything that is done after it.
   */
  #tellSelection(): void {
    const { sheet, a1 } = this.#untold ?? { sheet: 0, a1: '' };
    this.#untold = null;
    clearTimeout(this.#timer);
    // A script may have brought another tab to the front since the same was told.
    const isTold = this.#toldSelection === `${sheet}!${a1}` && this.#store.book?.activeSheet === sheet;
    if (a1 === '' || isTold) return;
    this.#toldSelection = `${sheet}!${a1}`;
    this.#store.do({ kind: 'select', sheet, a1 });
  }

  // Typing

  begin(text: string | null): void {
    this.draft = { cell: this.active, text: text ?? this.editText(this.activeCell), isOver: text !== null };
    if (text === null) this.#put(this.draft.text);
    this.#reveal(this.active);
    this.#store.touch();
  }
  change(text: string): void {
    if (this.draft) this.draft = { ...this.draft, text };
    this.#store.touch();
  }
  cancel(): void {
    this.draft = null;
    this.#put('');
    this.#store.touch();
  }
  /** Ends typing. A text that is as it was is not sent. */
  commit(): void {
    const { draft, sheet } = this;
    this.draft = null;
    this.#put('');
    if (!draft || !sheet) return;
    const { row, column } = draft.cell;
    const before = this.#store.cell(sheet.id, row, column);
    if (draft.text !== this.editText(before)) this.#store.type(sheet, row, column, cellName(draft.cell), draft.text);
    this.#store.touch();
  }

  // Areas

  clear(): void {
    const { sheet } = this;
    if (sheet) this.#store.do({ kind: 'clear', sheet: sheet.id, a1: areaName(this.area) });
  }
  fillDown(area: Area, sourceRows: number): void {
    const { sheet } = this;
    if (sheet && area.rows > sourceRows) {
      this.#store.do({ kind: 'fillDown', sheet: sheet.id, a1: areaName(area), sourceRows });
    }
  }
  resize(column: number, width: number): void {
    const { sheet } = this;
    if (sheet)
      this.#store.do({ kind: 'setColumnWidth', sheet: sheet.id, column: column + 1, width: Math.round(width) });
  }
  undo(): void {
    this.#store.do({ kind: 'undo' });
  }
  redo(): void {
    this.#store.do({ kind: 'redo' });
  }

  // Clipboard

  /** Text of the selection for the system's clipboard: rows that were seen are at hand. */
  copy(isCut: boolean): string | null {
    const { sheet, area } = this;
    if (!sheet) return null;
    const rows = Math.min(area.rows, Math.max(1, sheet.lastRow - area.row));
    const columns = Math.min(area.columns, Math.max(1, sheet.lastColumn - area.column));
    if (rows * columns > MOST_COPIED) return null;
    const block = Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_unused, j) => {
        const cell = this.#store.cell(sheet.id, area.row + i, area.column + j);
        return cell === 0 ? '' : cell.t;
      }),
    );
    const text = toTsv(block);
    this.copied = { sheet: sheet.id, area: { ...area, rows, columns }, text, isCut };
    this.#store.touch();
    return text;
  }
  paste(text: string): void {
    const { sheet, copied } = this;
    if (!sheet) return;
    const a1 = areaName(this.area);
    if (copied && copied.text === text.replaceAll('\r\n', '\n')) {
      const from = { sheet: copied.sheet, a1: areaName(copied.area) };
      this.#store.do({ kind: 'pasteCells', sheet: sheet.id, a1, from, isCut: copied.isCut });
      if (copied.isCut) this.copied = null;
    } else {
      this.copied = null;
      this.#store.do({ kind: 'paste', sheet: sheet.id, a1, block: fromTsv(text) });
    }
    this.#store.touch();
  }

  /** A click with the other button keeps the selection when it falls into it. */
  isSelected(cell: Cell): boolean {
    return contains(this.area, cell);
  }
}
