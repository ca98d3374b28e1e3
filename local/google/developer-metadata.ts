/**
 * Developer metadata: binds keys to a file, a sheet, or one whole row or column, and moves and dies with it. The budget
 * of 30,000 characters is checked when the call is made; the change itself waits in the buffer like a write.
 */
import type { Area } from './area';
import type { Family } from './authorization';
import { DeveloperMetadataLocationType, DeveloperMetadataVisibility, EnumValue } from './enums';
import { ScriptFault } from './errors';
import type { Execution } from './execution';
import { make } from './make';
import { members } from './members';
import type { Range } from './range';
import { ServiceObject } from './service-object';
import type { Sheet } from './sheet';
import type { SheetModel } from './sheet-model';
import type { Spreadsheet } from './spreadsheet';
import type { MetadataEntry, MetadataPlace, Workbook } from './workbook';

export type MetadataArguments = [key: string, second?: string | EnumValue, third?: EnumValue];
type Visibility = MetadataEntry['visibility'];
const visibilityOf = (value: EnumValue): Visibility => value.name() as Visibility; // the enumeration has these two

/** The sheet whose buffer a metadata change goes into; file-wide metadata travels with the first sheet. */
const bufferOf = (workbook: Workbook, place: MetadataPlace): SheetModel => {
  const sheet = place.type === 'SPREADSHEET' ? workbook.sheets[0] : workbook.sheetById(place.sheetId);
  if (!sheet) throw new ScriptFault('Sheet not found');
  return sheet;
};

/** Adds an entry for one of the four overloads of `addDeveloperMetadata`. */
export const newMetadata = (
  run: Execution,
  workbook: Workbook,
  place: MetadataPlace,
  args: MetadataArguments,
): void => {
  const [key, second, third] = args;
  const value = typeof second === 'string' ? second : null;
  const visibility = second instanceof EnumValue ? visibilityOf(second) : third ? visibilityOf(third) : 'DOCUMENT';
  if (key === '') throw new ScriptFault('Developer metadata keys cannot be empty.');
  workbook.requireMetadataRoom(place, key.length + (value?.length ?? 0));
  run.write(bufferOf(workbook, place), () => {
    workbook.metadata.push({ id: workbook.newObjectId(), key, value, visibility, place });
  });
};

const metadataMembers = members('DeveloperMetadata', {
  read: { getId: '', getKey: '', getValue: '', getVisibility: '', getLocation: '' },
  write: {
    setKey: 'str',
    setValue: 'str',
    setVisibility: 'DeveloperMetadataVisibility',
    moveToColumn: 'Range',
    moveToRow: 'Range',
    moveToSheet: 'Sheet',
    moveToSpreadsheet: '',
    remove: '',
  },
});

export class DeveloperMetadata extends ServiceObject {
  readonly serviceName = 'DeveloperMetadata';
  readonly members = metadataMembers;
  readonly #workbook: Workbook;
  readonly #entry: MetadataEntry;
  constructor(run: Execution, workbook: Workbook, entry: MetadataEntry) {
    super(run);
    this.#workbook = workbook;
    this.#entry = entry;
  }
  override family(): Family {
    return 'document';
  }
  override get readsFrom(): Workbook {
    return this.#workbook;
  }
  #living(): MetadataEntry {
    if (!this.#workbook.metadata.includes(this.#entry))
      throw new ScriptFault(`Developer metadata ${this.#entry.id} no longer exists.`);
    return this.#entry;
  }
  #change(apply: (entry: MetadataEntry) => void): this {
    const entry = this.#living();
    this.run.write(bufferOf(this.#workbook, entry.place), () => apply(entry));
    return this;
  }
  getId(): number {
    return this.#entry.id;
  }
  getKey(): string {
    return this.#living().key;
  }
  getValue(): string | null {
    return this.#living().value;
  }
  getVisibility(): EnumValue {
    return DeveloperMetadataVisibility[this.#living().visibility];
  }
  getLocation(): DeveloperMetadataLocation {
    return new DeveloperMetadataLocation(this.run, this.#workbook, this.#living().place);
  }
  setKey(key: string): this {
    this.#workbook.requireMetadataRoom(this.#living().place, key.length - this.#entry.key.length);
    return this.#change((entry) => (entry.key = key));
  }
  setValue(value: string): this {
    this.#workbook.requireMetadataRoom(this.#living().place, value.length - (this.#entry.value?.length ?? 0));
    return this.#change((entry) => (entry.value = value));
  }
  setVisibility(visibility: EnumValue): this {
    return this.#change((entry) => (entry.visibility = visibilityOf(visibility)));
  }
  moveToColumn(range: Range): this {
    if (range.area.columns !== 1) throw new ScriptFault('Developer metadata can only be moved to a single column.');
    return this.#moveTo({ type: 'COLUMN', sheetId: range.sheet.id, index: range.area.column });
  }
  moveToRow(range: Range): this {
    if (range.area.rows !== 1) throw new ScriptFault('Developer metadata can only be moved to a single row.');
    return this.#moveTo({ type: 'ROW', sheetId: range.sheet.id, index: range.area.row });
  }
  moveToSheet(sheet: Sheet): this {
    return this.#moveTo({ type: 'SHEET', sheetId: sheet.model.id });
  }
  moveToSpreadsheet(): this {
    return this.#moveTo({ type: 'SPREADSHEET' });
  }
  #moveTo(place: MetadataPlace): this {
    return this.#change((entry) => (entry.place = place));
  }
  remove(): void {
    this.#change((entry) => {
      this.#workbook.metadata = this.#workbook.metadata.filter((other) => other !== entry);
    });
  }
}

const locationMembers = members('DeveloperMetadataLocation', {
  read: { getLocationType: '', getSpreadsheet: '', getSheet: '', getRow: '', getColumn: '' },
});

class DeveloperMetadataLocation extends ServiceObject {
  readonly serviceName = 'DeveloperMetadataLocation';
  readonly members = locationMembers;
  readonly #workbook: Workbook;
  readonly #place: MetadataPlace;
  constructor(run: Execution, workbook: Workbook, place: MetadataPlace) {
    super(run);
    this.#workbook = workbook;
    this.#place = place;
  }
  override family(): Family {
    return 'document';
  }
  getLocationType(): EnumValue {
    return DeveloperMetadataLocationType[this.#place.type];
  }
  getSpreadsheet(): Spreadsheet | null {
    return this.#place.type === 'SPREADSHEET' ? make.spreadsheet(this.run, this.#workbook) : null;
  }
  getSheet(): Sheet | null {
    const sheet = this.#place.type === 'SHEET' ? this.#workbook.sheetById(this.#place.sheetId) : undefined;
    return sheet ? make.sheet(this.run, sheet) : null;
  }
  getRow(): Range | null {
    const place = this.#place;
    const sheet = place.type === 'ROW' ? this.#workbook.sheetById(place.sheetId) : undefined;
    if (!sheet || place.type !== 'ROW') return null;
    return make.range(this.run, sheet, { row: place.index, column: 0, rows: 1, columns: sheet.maxColumns });
  }
  getColumn(): Range | null {
    const place = this.#place;
    const sheet = place.type === 'COLUMN' ? this.#workbook.sheetById(place.sheetId) : undefined;
    if (!sheet || place.type !== 'COLUMN') return null;
    return make.range(this.run, sheet, { row: 0, column: place.index, rows: sheet.maxRows, columns: 1 });
  }
}

/** Where a finder was made: it looks there and below. */
export type FinderHome =
  | { readonly kind: 'spreadsheet' }
  | { readonly kind: 'sheet'; readonly sheet: SheetModel }
  | { readonly kind: 'area'; readonly sheet: SheetModel; readonly area: Area };

const finderMembers = members('DeveloperMetadataFinder', {
  pure: {
    withId: 'int',
    withKey: 'str',
    withValue: 'str',
    withVisibility: 'DeveloperMetadataVisibility',
    withLocationType: 'DeveloperMetadataLocationType',
    onIntersectingLocations: '',
  },
  read: { find: '' },
});

export class DeveloperMetadataFinder extends ServiceObject {
  readonly serviceName = 'DeveloperMetadataFinder';
  readonly members = finderMembers;
  readonly #workbook: Workbook;
  readonly #home: FinderHome;
  readonly #tests: ((entry: MetadataEntry) => boolean)[] = [];
  #intersecting = false;
  constructor(run: Execution, workbook: Workbook, home: FinderHome) {
    super(run);
    this.#workbook = workbook;
    this.#home = home;
  }
  override family(): Family {
    return 'document';
  }
  override get readsFrom(): Workbook {
    return this.#workbook;
  }
  #with(test: (entry: MetadataEntry) => boolean): this {
    this.#tests.push(test);
    return this;
  }
  withId(id: number): this {
    return this.#with((entry) => entry.id === id);
  }
  withKey(key: string): this {
    return this.#with((entry) => entry.key === key);
  }
  withValue(value: string): this {
    return this.#with((entry) => entry.value === value);
  }
  withVisibility(visibility: EnumValue): this {
    return this.#with((entry) => entry.visibility === visibility.name());
  }
  withLocationType(type: EnumValue): this {
    return this.#with((entry) => entry.place.type === type.name());
  }
  onIntersectingLocations(): this {
    this.#intersecting = true;
    return this;
  }
  find(): DeveloperMetadata[] {
    return this.#workbook.metadata
      .filter((entry) => this.#isHere(entry.place) && this.#tests.every((test) => test(entry)))
      .map((entry) => new DeveloperMetadata(this.run, this.#workbook, entry));
  }
  #isHere(place: MetadataPlace): boolean {
    const home = this.#home;
    if (home.kind === 'spreadsheet') return true;
    if (place.type === 'SPREADSHEET') return this.#intersecting;
    if (place.sheetId !== home.sheet.id) return false;
    if (home.kind === 'sheet') return true;
    if (place.type === 'SHEET') return this.#intersecting;
    const { area } = home;
    const byRow = place.type === 'ROW';
    const first = byRow ? area.row : area.column;
    const size = byRow ? area.rows : area.columns;
    if (place.index < first || place.index >= first + size) return false;
    const whole = byRow ? area.columns === home.sheet.maxColumns : area.rows === home.sheet.maxRows;
    return this.#intersecting || whole;
  }
}
