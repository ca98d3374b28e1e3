/**
 * One spreadsheet file: its sheets, metadata, names, locale and zone. Owns identities (sheet ids, metadata ids) and the
 * question whether formula results are up to date. Changing lines and cells is in structure.ts and cell-writer.ts.
 */
import type { Area } from './area';
import { ConditionalPaint } from './conditional-paint';
import { ScriptFault, texts } from './errors';
import type { FormulaEngine } from './formula-engine';
import { afterRename } from './formula-text';
import { type SheetLocale, sheetLocale } from './sheet-locale';
import { SheetModel } from './sheet-model';

export const MAX_CELLS = 10_000_000;
export const MAX_COLUMNS = 18_278;
export const METADATA_BUDGET = 30_000;

export type MetadataPlace =
  | { readonly type: 'SPREADSHEET' }
  | { readonly type: 'SHEET'; readonly sheetId: number }
  | { readonly type: 'ROW' | 'COLUMN'; readonly sheetId: number; readonly index: number };

export type MetadataEntry = {
  readonly id: number;
  key: string;
  value: string | null;
  visibility: 'DOCUMENT' | 'PROJECT';
  place: MetadataPlace;
};

export type NamedArea = { name: string; sheetId: number; area: Area };

export type WorkbookOptions = {
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly owner: string;
};

export class Workbook {
  readonly id: string;
  name: string;
  locale: SheetLocale;
  timeZone: string;
  owner: string;
  readonly editors = new Set<string>();
  sheets: SheetModel[] = [];
  metadata: MetadataEntry[] = [];
  names: NamedArea[] = [];
  activeSheetId = 0;
  /** The engine while formulas exist and have been asked for; dropped by every structural change. */
  engine: FormulaEngine | null = null;
  /** What conditional formats show here. */
  readonly paint = new ConditionalPaint();
  #nextObject = 1;
  #nextSheet = 1;

  constructor(id: string, options: WorkbookOptions) {
    this.id = id;
    this.name = options.name;
    this.locale = sheetLocale(options.locale);
    this.timeZone = options.timeZone;
    this.owner = options.owner;
  }

  /** Ids of metadata, protections and charts: never used twice in a file. */
  newObjectId(): number {
    return this.#nextObject++;
  }
  /** The first sheet has id 0; later ids look random, as on the platform, and are never used again. */
  newSheetId(): number {
    if (this.sheets.length === 0 && this.#nextSheet === 1) return 0;
    return (Math.imul(this.#nextSheet++, 0x9e3779b1) >>> 1) % 2_000_000_000 || 7;
  }

  /** Ids of the file this one was copied from are taken here too. */
  skipIds(from: Workbook): void {
    this.#nextObject = from.#nextObject;
    this.#nextSheet = from.#nextSheet;
  }

  /** The same file once more, down to its ids. */
  copy(): Workbook {
    const copy = new Workbook(this.id, {
      name: this.name,
      owner: this.owner,
      locale: this.locale.id,
      timeZone: this.timeZone,
    });
    for (const editor of this.editors) copy.editors.add(editor);
    copy.sheets = this.sheets.map((sheet) => {
      const same = sheet.copyInto(copy, sheet.id, sheet.name);
      same.protections = sheet.protections.map((protection) => ({ ...protection }));
      same.charts = [...sheet.charts];
      same.selection = sheet.selection;
      return same;
    });
    copy.metadata = this.metadata.map((entry) => ({ ...entry }));
    copy.names = this.names.map((named) => ({ ...named }));
    copy.activeSheetId = this.activeSheetId;
    copy.skipIds(this);
    return copy;
  }

  get hasFormulas(): boolean {
    return this.sheets.some((sheet) => sheet.cells.formulaCount > 0);
  }
  get activeSheet(): SheetModel {
    const active = this.sheetById(this.activeSheetId) ?? this.sheets.find((sheet) => !sheet.hidden) ?? this.sheets[0];
    if (!active) throw new Error('a file without sheets');
    return active;
  }

  sheetById(id: number): SheetModel | undefined {
    return this.sheets.find((sheet) => sheet.id === id);
  }
  sheetByName(name: string): SheetModel | undefined {
    const wanted = name.toLowerCase();
    return this.sheets.find((sheet) => sheet.name.toLowerCase() === wanted);
  }

  /** `Sheet1`, `Sheet2`: the next free name. */
  freeName(stem: string): string {
    for (let n = this.sheets.length + 1; ; n++) {
      const name = `${stem}${n}`;
      if (!this.sheetByName(name)) return name;
    }
  }

  addSheet(name: string, position: number, rows = 1000, columns = 26): SheetModel {
    this.requireFreeName(name);
    this.requireRoom(rows * columns);
    const sheet = new SheetModel(this, this.newSheetId(), name, rows, columns);
    this.sheets.splice(Math.max(0, Math.min(position, this.sheets.length)), 0, sheet);
    this.invalidate();
    return sheet;
  }

  renameSheet(sheet: SheetModel, name: string): void {
    if (name === sheet.name) return;
    if (name.toLowerCase() !== sheet.name.toLowerCase()) this.requireFreeName(name);
    const old = sheet.name;
    sheet.name = name;
    this.rewriteFormulas((formula) => afterRename(formula, old, name));
  }

  deleteSheet(sheet: SheetModel): void {
    if (this.sheets.length === 1) throw new ScriptFault(texts.lastSheet);
    this.sheets = this.sheets.filter((other) => other !== sheet);
    this.metadata = this.metadata.filter(({ place }) => place.type === 'SPREADSHEET' || place.sheetId !== sheet.id);
    this.names = this.names.filter((named) => named.sheetId !== sheet.id);
    if (!this.sheets.some((other) => !other.hidden)) (this.sheets[0] as SheetModel).hidden = false; // one is left, see above
    this.invalidate();
  }

  requireFreeName(name: string): void {
    if (name === '') throw new ScriptFault('Sheet name cannot be empty.');
    if (name.length > 100) throw new ScriptFault('Sheet name cannot be greater than 100 characters.');
    if (this.sheetByName(name)) throw new ScriptFault(texts.sheetExists(name));
  }

  /** @throws when `more` cells would exceed the file's limit; blank grid cells count. */
  requireRoom(more: number): void {
    const now = this.sheets.reduce((n, sheet) => n + sheet.maxRows * sheet.maxColumns, 0);
    if (more > 0 && now + more > MAX_CELLS) throw new ScriptFault(texts.tooManyCells);
  }

  /** Characters of keys and values at one budget holder: the file itself, or one sheet with its rows and columns. */
  metadataUse(sheetId: number | null): number {
    return this.metadata
      .filter(({ place }) => (place.type === 'SPREADSHEET' ? null : place.sheetId) === sheetId)
      .reduce((n, entry) => n + entry.key.length + (entry.value?.length ?? 0), 0);
  }

  /** @throws when the budget of the place would be exceeded by `more` characters. */
  requireMetadataRoom(place: MetadataPlace, more: number): void {
    const holder = place.type === 'SPREADSHEET' ? null : place.sheetId;
    if (this.metadataUse(holder) + more > METADATA_BUDGET) {
      throw new ScriptFault(
        `Developer metadata exceeds the limit of ${METADATA_BUDGET} characters for ${holder === null ? 'the spreadsheet' : 'this sheet'}.`,
      );
    }
  }

  rewriteFormulas(change: (formula: string, sheet: SheetModel) => string): void {
    for (const sheet of this.sheets) {
      if (sheet.cells.formulaCount === 0) continue;
      for (const row of sheet.cells.rows) {
        if (!row?.formulas) continue;
        for (const [column, formula] of row.formulas) row.formulas.set(column, change(formula, sheet));
      }
    }
    this.invalidate();
  }

  /** Forgets the engine: positions or names have changed. */
  invalidate(): void {
    this.engine?.free();
    this.engine = null;
  }
}
