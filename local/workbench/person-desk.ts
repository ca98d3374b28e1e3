/**
 * Carries out what a person does in the page, on local Google, and remembers how to take it back. Cells are put back with their
 * formats, notes and rules; deleted lines come back with their cells and their developer metadata.
 */
import type { Google, Person, SpreadsheetHandle } from '../google';
import { type Area, areaName, parseA1 } from '../google/area';
import { ScriptFault } from '../google/errors';
import type { SheetModel } from '../google/sheet-model';
import type { MetadataEntry } from '../google/workbook';
import type { PersonCommand } from './protocol';
import { History } from './undo';

type CommandOf<K extends PersonCommand['kind']> = Extract<PersonCommand, { readonly kind: K }>;

/** Nobody types more cells at once than this; undoing more would need more memory than it is worth. */
const MOST_REMEMBERED = 2_000_000;

export class PersonDesk {
  readonly history = new History();
  readonly #file: SpreadsheetHandle;
  readonly #person: Person;

  constructor(google: Google, file: SpreadsheetHandle, user: string) {
    this.#file = file;
    this.#person = google.person(file, user);
  }

  /** @throws Error with a sentence for the person when it can't be done; nothing has changed then. */
  do(command: PersonCommand): void {
    // Each kind has the handler of its own command type; the compiler can't follow that through the lookup.
    const handler = this.#handlers[command.kind] as (command: PersonCommand) => void;
    handler(command);
  }

  readonly #handlers: { readonly [K in PersonCommand['kind']]: (command: CommandOf<K>) => void } = {
    undo: () => this.history.undo(),
    redo: () => this.history.redo(),
    select: ({ sheet, a1 }) => this.#person.select(this.#name(sheet), a1),

    type: ({ sheet, a1, text }) => this.#cells(sheet, a1, () => this.#person.type(this.#name(sheet), a1, text)),
    clear: ({ sheet, a1 }) => this.#cells(sheet, a1, () => this.#person.clear(this.#name(sheet), a1), 'content'),
    paste: (command) => this.#paste(command),
    pasteCells: (command) => this.#pasteCells(command),
    fillDown: ({ sheet, a1, sourceRows }) =>
      this.#cells(sheet, a1, () => this.#person.fillDown(this.#name(sheet), a1, sourceRows)),
    sort: ({ sheet, a1, column, ascending }) =>
      this.#cells(sheet, a1, () => this.#person.sort(this.#name(sheet), a1, { column, ascending }), 'content'),
    note: ({ sheet, a1, note }) => this.#cells(sheet, a1, () => this.#person.setNote(this.#name(sheet), a1, note)),
    bold: ({ sheet, a1, bold }) => this.#cells(sheet, a1, () => this.#person.setBold(this.#name(sheet), a1, bold)),
    background: ({ sheet, a1, color }) =>
      this.#cells(sheet, a1, () => this.#person.setBackground(this.#name(sheet), a1, color)),
    numberFormat: ({ sheet, a1, pattern }) =>
      this.#cells(sheet, a1, () => this.#person.setNumberFormat(this.#name(sheet), a1, pattern)),

    deleteChart: ({ sheet, chart }) => this.#deleteChart(sheet, chart),

    insertRows: (command) => this.#insert(command),
    insertColumns: (command) => this.#insert(command),
    deleteRows: (command) => this.#delete(command),
    deleteColumns: (command) => this.#delete(command),
    moveRows: (command) => this.#move(command),
    moveColumns: (command) => this.#move(command),
    hideRows: (command) => this.#hide(command),
    hideColumns: (command) => this.#hide(command),
    setColumnWidth: (command) => this.#setColumnWidth(command),
    freeze: (command) => this.#freeze(command),

    addSheet: ({ name }) => this.#person.addSheet(name === '' ? this.#file.workbook.freeName('Sheet') : name),
    renameSheet: ({ sheet, name }) => {
      const before = this.#name(sheet);
      this.#note(
        () => this.#person.renameSheet(this.#name(sheet), name),
        () => this.#person.renameSheet(this.#name(sheet), before),
      );
    },
    duplicateSheet: ({ sheet }) => this.#person.duplicateSheet(this.#name(sheet), this.#copyName(this.#name(sheet))),
    deleteSheet: ({ sheet }) => this.#person.deleteSheet(this.#name(sheet)),
    moveSheet: ({ sheet, position }) => {
      const before = this.#file.workbook.sheets.indexOf(this.#sheet(sheet)) + 1;
      this.#note(
        () => this.#person.moveSheet(this.#name(sheet), position),
        () => this.#person.moveSheet(this.#name(sheet), before),
      );
    },
    hideSheet: ({ sheet, hidden }) => {
      if (hidden && this.#file.workbook.sheets.filter((one) => !one.hidden).length === 1) {
        throw new ScriptFault("You can't hide the only tab that is shown.");
      }
      this.#note(
        () => this.#person.hideSheet(this.#name(sheet), hidden),
        () => this.#person.hideSheet(this.#name(sheet), !hidden),
      );
    },
  };

  /** `Copy of X`, `Copy of X 2`: a second copy needs a name of its own. */
  #copyName(name: string): string {
    const stem = `Copy of ${name}`;
    for (let n = 1; ; n++) {
      const wanted = n === 1 ? stem : `${stem} ${n}`;
      if (!this.#file.workbook.sheetByName(wanted)) return wanted;
    }
  }

  #sheet(id: number): SheetModel {
    const sheet = this.#file.workbook.sheetById(id);
    if (!sheet) throw new ScriptFault('This tab is not there any more.');
    return sheet;
  }
  #name(id: number): string {
    return this.#sheet(id).name;
  }
  #area(id: number, a1: string): Area {
    const sheet = this.#sheet(id);
    const found = parseA1(a1, { rows: sheet.maxRows, columns: sheet.maxColumns });
    if (!found) throw new ScriptFault(`There is no range ${a1}.`);
    return found.area;
  }

  /** Does something once now and again on redo. */
  #note(action: () => void, undo: () => void): void {
    action();
    this.history.note({ undo, redo: action });
  }

  /**
   * An edit of cells: what stood there is put back cell by cell. `size`: what a paste covers, where it is more than the area;
   * `content`: the edit touches nothing below the content, so there is no need to look further.
   */
  #cells(
    id: number,
    a1: string,
    action: () => void,
    size: { readonly rows: number; readonly columns: number } | 'content' | null = null,
  ): void {
    const at = this.#area(id, a1);
    const sheet = this.#sheet(id);
    const wanted = size === null || size === 'content' ? at : size;
    const below = size === 'content' ? sheet.cells.rows.length : sheet.maxRows;
    const touched = {
      ...at,
      rows: Math.min(wanted.rows, Math.max(1, below - at.row)),
      columns: Math.min(wanted.columns, Math.max(1, sheet.maxColumns - at.column)),
    };
    if (touched.rows * touched.columns > MOST_REMEMBERED) throw new ScriptFault('This is too much to change at once.');
    const before = this.#person.copy(sheet.name, areaName(touched));
    // The row itself, not its number: the add-on may have put rows above it meanwhile.
    const first = sheet.cells.rowAt(touched.row);
    this.#note(action, () => {
      const row = this.#sheet(id).cells.rows.indexOf(first);
      if (row < 0) throw new ScriptFault('The rows of this edit are gone.');
      this.#person.paste(this.#name(id), areaName({ row, column: touched.column, rows: 1, columns: 1 }), before);
    });
  }

  #paste({ sheet, a1, block }: CommandOf<'paste'>): void {
    const at = this.#area(sheet, a1);
    const height = block.length;
    const width = Math.max(0, ...block.map((line) => line.length));
    if (height === 0 || width === 0) return;
    const even = block.map((line) => Array.from({ length: width }, (_, i) => line[i] ?? ''));
    // One copied cell fills the whole selection, a block repeats where it fits, as in any spreadsheet.
    const rows = at.rows % height === 0 ? at.rows : height;
    const columns = at.columns % width === 0 ? at.columns : width;
    const whole = Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_unused, j) => even[i % height]?.[j % width] ?? ''),
    );
    const target = { ...at, rows: 1, columns: 1 };
    this.#cells(sheet, areaName(target), () => this.#person.paste(this.#name(sheet), areaName(target), whole), {
      rows,
      columns,
    });
  }

  #pasteCells({ sheet, a1, from, isCut }: CommandOf<'pasteCells'>): void {
    const source = this.#area(from.sheet, from.a1);
    const clipboard = this.#person.copy(this.#name(from.sheet), from.a1);
    const at = this.#area(sheet, a1);
    // A smaller source is repeated where it fits, as the platform does.
    const times = (target: number, size: number): number => Math.max(size, Math.floor(target / size) * size);
    this.#cells(sheet, a1, () => this.#person.paste(this.#name(sheet), a1, clipboard), {
      rows: times(at.rows, source.rows),
      columns: times(at.columns, source.columns),
    });
    if (isCut) {
      this.#cells(from.sheet, from.a1, () => this.#person.clear(this.#name(from.sheet), from.a1));
    }
  }

  #insert({ kind, sheet, before, count }: CommandOf<'insertRows' | 'insertColumns'>): void {
    const name = () => this.#name(sheet);
    if (kind === 'insertRows') {
      this.#note(
        () => this.#person.insertRows(name(), before, count),
        () => this.#person.deleteRows(name(), before, count),
      );
    } else {
      this.#note(
        () => this.#person.insertColumns(name(), before, count),
        () => this.#person.deleteColumns(name(), before, count),
      );
    }
  }

  #delete({ kind, sheet: id, first, count }: CommandOf<'deleteRows' | 'deleteColumns'>): void {
    const sheet = this.#sheet(id);
    const byRow = kind === 'deleteRows';
    const area: Area = byRow
      ? { row: first - 1, column: 0, rows: count, columns: sheet.maxColumns }
      : { row: 0, column: first - 1, rows: Math.max(1, sheet.cells.rows.length), columns: count };
    const cells = this.#person.copy(sheet.name, areaName(area));
    const metadata = this.#metadataOf(id, byRow, first - 1, count);
    const widths = sheet.columns.slice(first - 1, first - 1 + count).map((column) => column && { ...column });
    this.#note(
      () => {
        if (byRow) this.#person.deleteRows(this.#name(id), first, count);
        else this.#person.deleteColumns(this.#name(id), first, count);
      },
      () => {
        if (byRow) this.#person.insertRows(this.#name(id), first, count);
        else {
          this.#person.insertColumns(this.#name(id), first, count);
          widths.forEach((column, i) => {
            if (column) this.#person.setColumnWidth(this.#name(id), first + i, column.width);
          });
        }
        this.#person.paste(this.#name(id), areaName({ ...area, rows: 1, columns: 1 }), cells);
        this.#file.workbook.metadata.push(...metadata.map((entry) => ({ ...entry })));
      },
    );
  }

  #metadataOf(sheetId: number, byRow: boolean, first: number, count: number): readonly MetadataEntry[] {
    return this.#file.workbook.metadata
      .filter(({ place }) => {
        if (place.type !== (byRow ? 'ROW' : 'COLUMN') || place.sheetId !== sheetId) return false;
        return place.index >= first && place.index < first + count;
      })
      .map((entry) => ({ ...entry }));
  }

  #move({ kind, sheet, first, count, before }: CommandOf<'moveRows' | 'moveColumns'>): void {
    const move = (from: number, to: number): void => {
      if (kind === 'moveRows') this.#person.moveRows(this.#name(sheet), from, count, to);
      else this.#person.moveColumns(this.#name(sheet), from, count, to);
    };
    const isDown = before > first;
    this.#note(
      () => move(first, before),
      () => (isDown ? move(before - count, first) : move(before, first + count)),
    );
  }

  #hide({ kind, sheet, first, count, hidden }: CommandOf<'hideRows' | 'hideColumns'>): void {
    const hide = (on: boolean): void => {
      if (kind === 'hideRows') this.#person.hideRows(this.#name(sheet), first, count, on);
      else this.#person.hideColumns(this.#name(sheet), first, count, on);
    };
    this.#note(
      () => hide(hidden),
      () => hide(!hidden),
    );
  }

  #setColumnWidth({ sheet, column, width }: CommandOf<'setColumnWidth'>): void {
    const before = this.#sheet(sheet).columnAt(column - 1).width;
    this.#note(
      () => this.#person.setColumnWidth(this.#name(sheet), column, width),
      () => this.#person.setColumnWidth(this.#name(sheet), column, before),
    );
  }

  #deleteChart(id: number, chart: number): void {
    const kept = this.#sheet(id).charts.find((one) => one.id === chart);
    if (!kept) throw new ScriptFault('This chart is not there any more.');
    this.#note(
      () => this.#person.deleteChart(this.#name(id), chart),
      () => this.#sheet(id).charts.push(kept),
    );
  }

  #freeze({ sheet: id, rows, columns }: CommandOf<'freeze'>): void {
    const { frozenRows, frozenColumns } = this.#sheet(id);
    this.#note(
      () => this.#person.freeze(this.#name(id), rows, columns),
      () => this.#person.freeze(this.#name(id), frozenRows, frozenColumns),
    );
  }
}
