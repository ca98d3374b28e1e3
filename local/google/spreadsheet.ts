/** `Spreadsheet` and `Selection`. Sheets come and go at once, after what was pending: a new sheet has an id to answer. */
import { parseA1 } from './area';
import type { Family } from './authorization';
import { DeveloperMetadata, DeveloperMetadataFinder, type MetadataArguments, newMetadata } from './developer-metadata';
import type { EnumValue } from './enums';
import { ScriptFault, texts } from './errors';
import type { Execution } from './execution';
import { members } from './members';
import { NamedRange } from './named-range';
import { Protection } from './protection';
import { Range } from './range';
import { RangeList } from './range-list';
import { behind, ServiceObject } from './service-object';
import { User } from './session';
import { insertedSheetCopy, Sheet } from './sheet';
import { sheetLocale } from './sheet-locale';
import type { SheetModel } from './sheet-model';
import type { Workbook } from './workbook';
import { isZone } from './zone';

const METADATA = 'str | str,DeveloperMetadataVisibility | str,str | str,str,DeveloperMetadataVisibility';
const spreadsheetMembers = members('Spreadsheet', {
  navigate: {
    getId: '',
    getName: '',
    getUrl: '',
    getSheets: '',
    getNumSheets: '',
    getSheetByName: 'str',
    getSheetById: 'int',
    getActiveSheet: '',
    getActiveRange: '',
    getActiveRangeList: '',
    getCurrentCell: '',
    getSelection: '',
    getSpreadsheetTimeZone: '',
    getSpreadsheetLocale: '',
    getOwner: '',
    getEditors: '',
    getRange: 'str',
    getRangeList: 'str[]',
    createDeveloperMetadataFinder: '',
  },
  read: {
    getRangeByName: 'str',
    getNamedRanges: '',
    getDeveloperMetadata: '',
    getProtections: 'ProtectionType',
    getDataRange: '',
    getLastRow: '',
    getLastColumn: '',
  },
  structure: {
    rename: 'str',
    insertSheet: ' | int | int,obj | obj | str | str,int | str,int,obj | str,obj',
    deleteSheet: 'Sheet',
    deleteActiveSheet: '',
    duplicateActiveSheet: '',
    moveActiveSheet: 'int',
    setActiveSheet: 'Sheet | Sheet,bool',
    setActiveRange: 'Range',
    setCurrentCell: 'Range',
    addDeveloperMetadata: METADATA,
    setNamedRange: 'str,Range',
    removeNamedRange: 'str',
    setSpreadsheetTimeZone: 'str',
    setSpreadsheetLocale: 'str',
    copy: 'str',
  },
  ui: { toast: 'str | str,str | str,str,num?' },
});

export class Spreadsheet extends ServiceObject {
  readonly serviceName = 'Spreadsheet';
  readonly members = spreadsheetMembers;
  readonly workbook: Workbook;
  constructor(run: Execution, workbook: Workbook) {
    super(run);
    this.workbook = workbook;
  }
  override get qualifiedName(): string {
    return 'SpreadsheetApp.Spreadsheet';
  }
  override family(member: string): Family {
    return member === 'copy' ? 'all-documents' : 'document';
  }
  override get readsFrom(): Workbook {
    return this.workbook;
  }
  #sheet(model: SheetModel): Sheet {
    return new Sheet(this.run, model);
  }
  getId(): string {
    return this.workbook.id;
  }
  getName(): string {
    return this.workbook.name;
  }
  rename(name: string): void {
    this.workbook.name = name;
  }
  getUrl(): string {
    return `https://docs.google.com/spreadsheets/d/${this.workbook.id}/edit`;
  }
  getSheets(): Sheet[] {
    return this.workbook.sheets.map((model) => this.#sheet(model));
  }
  getNumSheets(): number {
    return this.workbook.sheets.length;
  }
  getSheetByName(name: string): Sheet | null {
    const model = this.workbook.sheets.find((sheet) => sheet.name === name) ?? null;
    return model && this.#sheet(model);
  }
  getSheetById(id: number): Sheet | null {
    const model = this.workbook.sheetById(id);
    return model ? this.#sheet(model) : null;
  }
  getActiveSheet(): Sheet {
    return this.#sheet(this.workbook.activeSheet);
  }
  getActiveRange(): Range {
    const sheet = this.workbook.activeSheet;
    return new Range(this.run, sheet, sheet.selection);
  }
  getActiveRangeList(): RangeList {
    return new RangeList(this.run, [this.getActiveRange()]);
  }
  getCurrentCell(): Range {
    const sheet = this.workbook.activeSheet;
    return new Range(this.run, sheet, { ...sheet.selection, rows: 1, columns: 1 });
  }
  getSelection(): Selection {
    return new Selection(this.run, this.workbook);
  }
  setActiveSheet(sheet: Sheet): Sheet {
    return sheet.activate();
  }
  setActiveRange(range: Range): Range {
    return range.activate();
  }
  setCurrentCell(cell: Range): Range {
    return cell.activate();
  }
  getSpreadsheetTimeZone(): string {
    return this.workbook.timeZone;
  }
  setSpreadsheetTimeZone(zone: string): void {
    if (!isZone(zone)) throw new ScriptFault(`Invalid time zone: ${zone}`);
    this.workbook.timeZone = zone;
  }
  getSpreadsheetLocale(): string {
    return this.workbook.locale.id;
  }
  setSpreadsheetLocale(locale: string): void {
    this.run.pending.flush();
    this.workbook.locale = sheetLocale(locale);
    this.workbook.invalidate();
  }
  getOwner(): User {
    return new User(this.run, this.workbook.owner);
  }
  getEditors(): User[] {
    return [this.workbook.owner, ...this.workbook.editors].map((email) => new User(this.run, email));
  }
  getRange(a1: string): Range {
    const named = this.workbook.names.find((one) => one.name === a1);
    const home = named && this.workbook.sheetById(named.sheetId);
    if (named && home) return new Range(this.run, home, named.area);
    const sheetName = parseA1(a1, { rows: 1, columns: 1 })?.sheet ?? null;
    const model = sheetName === null ? this.workbook.activeSheet : this.workbook.sheetByName(sheetName);
    if (!model) throw new ScriptFault(texts.rangeNotFound);
    return this.#sheet(model).getRange(a1.slice(a1.lastIndexOf('!') + 1));
  }
  getRangeList(a1s: readonly string[]): RangeList {
    return new RangeList(
      this.run,
      a1s.map((a1) => this.getRange(a1)),
    );
  }
  getDataRange(): Range {
    return this.getActiveSheet().getDataRange();
  }
  getLastRow(): number {
    return this.workbook.activeSheet.cells.lastRow;
  }
  getLastColumn(): number {
    return this.workbook.activeSheet.cells.lastColumn;
  }
  getRangeByName(name: string): Range | null {
    const named = this.workbook.names.find((one) => one.name === name);
    const sheet = named && this.workbook.sheetById(named.sheetId);
    return named && sheet ? new Range(this.run, sheet, named.area) : null;
  }
  getNamedRanges(): NamedRange[] {
    return this.workbook.names.map((named) => new NamedRange(this.run, this.workbook, named));
  }
  setNamedRange(name: string, range: Range): void {
    if (!/^[\p{L}_][\p{L}\w.]{0,249}$/u.test(name) || /^[A-Za-z]{1,3}\d+$/.test(name))
      throw new ScriptFault(`Invalid name: ${name}`);
    this.run.pending.flush();
    this.workbook.names = this.workbook.names.filter((one) => one.name !== name);
    this.workbook.names.push({ name, sheetId: range.sheet.id, area: range.area });
  }
  removeNamedRange(name: string): void {
    if (!this.workbook.names.some((one) => one.name === name)) throw new ScriptFault(`Named range not found: ${name}`);
    this.workbook.names = this.workbook.names.filter((one) => one.name !== name);
  }
  getProtections(type: EnumValue): Protection[] {
    return this.workbook.sheets.flatMap((sheet) =>
      sheet.protections.filter((one) => one.kind === type.name()).map((one) => new Protection(this.run, sheet, one)),
    );
  }
  insertSheet(...args: unknown[]): Sheet {
    this.run.pending.flush();
    const name = args.find((arg): arg is string => typeof arg === 'string') ?? this.workbook.freeName('Sheet');
    const active = this.workbook.sheets.indexOf(this.workbook.activeSheet);
    const position = args.find((arg): arg is number => typeof arg === 'number') ?? active + 1;
    const options = args.find((arg): arg is { template?: object } => typeof arg === 'object' && arg !== null);
    const model = options?.template
      ? insertedSheetCopy(this.run, behind(options.template) as object, this.workbook, name, position)
      : this.workbook.addSheet(name, position);
    this.workbook.activeSheetId = model.id;
    return this.#sheet(model);
  }
  deleteSheet(sheet: Sheet): void {
    this.run.pending.flush();
    sheet.requireAlive();
    this.workbook.deleteSheet(sheet.model);
  }
  deleteActiveSheet(): Sheet {
    this.deleteSheet(this.getActiveSheet());
    return this.getActiveSheet();
  }
  duplicateActiveSheet(): Sheet {
    const active = this.getActiveSheet();
    const copy = active.copyTo(this);
    return copy.activate();
  }
  moveActiveSheet(position: number): void {
    this.run.pending.flush();
    const { sheets, activeSheet } = this.workbook;
    if (position < 1 || position > sheets.length) throw new ScriptFault('Invalid argument: pos');
    sheets.splice(sheets.indexOf(activeSheet), 1);
    sheets.splice(position - 1, 0, activeSheet);
  }
  createDeveloperMetadataFinder(): DeveloperMetadataFinder {
    return new DeveloperMetadataFinder(this.run, this.workbook, { kind: 'spreadsheet' });
  }
  getDeveloperMetadata(): DeveloperMetadata[] {
    return this.workbook.metadata
      .filter((entry) => entry.place.type === 'SPREADSHEET')
      .map((entry) => new DeveloperMetadata(this.run, this.workbook, entry));
  }
  addDeveloperMetadata(...args: MetadataArguments): this {
    newMetadata(this.run, this.workbook, { type: 'SPREADSHEET' }, args);
    return this;
  }
  toast(text: string, title = '', seconds: number | null = 5): void {
    this.run.pending.flush();
    this.run.world.ui.toasts.push({ text, title, seconds, workbookId: this.workbook.id });
  }
  copy(name: string): Spreadsheet {
    return new Spreadsheet(this.run, this.run.world.copyWorkbook(this.workbook, name, this.run.user));
  }
}

const selectionMembers = members('Selection', {
  navigate: { getActiveSheet: '', getActiveRange: '', getActiveRangeList: '', getCurrentCell: '' },
});

export class Selection extends ServiceObject {
  readonly serviceName = 'Selection';
  readonly members = selectionMembers;
  readonly #spreadsheet: Spreadsheet;
  constructor(run: Execution, workbook: Workbook) {
    super(run);
    this.#spreadsheet = new Spreadsheet(run, workbook);
  }
  override family(): Family {
    return 'document';
  }
  getActiveSheet(): Sheet {
    return this.#spreadsheet.getActiveSheet();
  }
  getActiveRange(): Range {
    return this.#spreadsheet.getActiveRange();
  }
  getActiveRangeList(): RangeList {
    return this.#spreadsheet.getActiveRangeList();
  }
  getCurrentCell(): Range {
    return this.#spreadsheet.getCurrentCell();
  }
}
