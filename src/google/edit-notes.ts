/**
 * Edits that people make while a run is writing, noted by the simple edit trigger in the file's properties: the one trace of an edit
 * that a flush of ours overwrites. The run looks after each flush and puts such edits back; so does the trigger itself when it comes
 * too late for that, where the cell shows what the run wrote. A paste of many cells that was overwritten before the trigger ran leaves
 * no trace: its event has no values. Source: apps-script-facts, sections 4 and 5.
 */
import { type Cell, isDay, isFormula, sameCell } from '../sync/cells/cell';
import { ID_COLUMN, idIn } from '../sync/row-id';
import { dayOfSerial, isDayFormat } from './calendar-day';
import { type CellReading, formatFor, kindOf, toCell, toValue } from './cell-conversion';
import { readLayout, type TableLayout } from './table-layout';

type Range = GoogleAppsScript.Spreadsheet.Range;

/** One cell with something in it. */
interface CellContent {
  /** Id of the row; '' for a row that has none. */
  readonly id: string;
  readonly column: string;
  readonly content: Cell;
}

export interface EditNote extends CellContent {
  /** Row number at the time of the edit. */
  readonly row: number;
  /** What stood there before, as the event words it; absent where it does not say. */
  readonly old?: string;
}

export interface EditNotes {
  /** Takes the notes of this table out of the store, oldest first, the last one of each cell. */
  take(): readonly EditNote[];
  /** Tells the trigger what the run is about to write: what a late one finds in a cell it may take for ours. */
  tell(cells: readonly CellContent[]): void;
}

const PREFIX = 'edit.';
/** More cells than these in one edit, or longer ones, are not noted: a paste of that size and a flush in the same moment. */
const CELLS_NOTED = 400;
/** Characters of one property value, with room for the key. Source: apps-script-facts, section 3. */
const PROPERTY_CHARACTERS = 8_000;

/** What a run told of its writes is kept for so long, in seconds: longer than a trigger is late. */
const TOLD_SECONDS = 180;
/** Characters of it, of which a cache takes 100 KB; the newest stay. */
const TOLD_CHARACTERS = 30_000;

/** A note as it is stored: `[id, row, column, kind, content, time, old]`. */
type Stored = readonly [
  string,
  number,
  string,
  'plain' | 'day' | 'formula',
  string | number | boolean | null,
  (string | null)?,
  (string | undefined)?,
];

const stored = ({ id, row, column, content, old }: EditNote): Stored => {
  if (isFormula(content)) return [id, row, column, 'formula', content.formula, null, old];
  if (isDay(content)) return [id, row, column, 'day', content.day, content.time, old];
  return [id, row, column, 'plain', content, null, old];
};

const encode = (notes: readonly EditNote[]): string => JSON.stringify(notes.map(stored));

/** Enough to tell a note of ours: nobody else writes under these keys. */
const isStored = (raw: unknown): raw is Stored => Array.isArray(raw) && typeof raw[0] === 'string' && raw.length > 4;

/** A damaged note tells nothing. */
const decode = (text: string): readonly EditNote[] => {
  try {
    const raw: unknown = JSON.parse(text);
    return (Array.isArray(raw) ? raw : []).filter(isStored).map(([id, row, column, kind, content, time, old]) => ({
      id,
      row,
      column,
      ...(typeof old === 'string' ? { old } : {}),
      content:
        kind === 'formula'
          ? { formula: String(content), shows: null }
          : kind === 'day'
            ? { day: String(content), time: time ?? null }
            : content,
    }));
  } catch {
    return [];
  }
};

const properties = (): GoogleAppsScript.Properties.Properties | null => PropertiesService.getDocumentProperties();

const keysOf = (all: Readonly<Record<string, string>>, importId: string): readonly string[] =>
  Object.keys(all)
    .filter((key) => key.startsWith(`${PREFIX}${importId}.`))
    .sort();

const nameOf = ({ id, row, column }: Pick<EditNote, 'id' | 'row' | 'column'>): string =>
  `${id}/${id === '' ? row : ''}/${column}`;

const toldKey = (importId: string): string => `wrote.${importId}`;

const told = (importId: string): readonly EditNote[] =>
  decode(CacheService.getDocumentCache()?.get(toldKey(importId)) ?? '[]');

export const createEditNotes = (importId: string): EditNotes => {
  const writes: string[] = [];
  return {
    take() {
      const store = properties();
      const all = store?.getProperties() ?? {};
      const last = new Map<string, EditNote>();
      for (const key of keysOf(all, importId)) {
        for (const note of decode(all[key] ?? '')) last.set(nameOf(note), note);
        store?.deleteProperty(key);
      }
      return [...last.values()];
    },
    tell(cells) {
      writes.push(...cells.map((cell) => JSON.stringify(stored({ ...cell, row: 0 }))));
      let room = TOLD_CHARACTERS;
      const first = writes.reduceRight((from, text, at) => {
        room -= text.length + 1;
        return room > 0 ? at : from;
      }, writes.length);
      writes.splice(0, first);
      CacheService.getDocumentCache()?.put(toldKey(importId), `[${writes.join()}]`, TOLD_SECONDS);
    },
  };
};

/** Takes the notes of some cells back: what stands in them now is later. */
const withdraw = (importId: string, isMeant: (note: EditNote) => boolean): void => {
  const store = properties();
  const all = store?.getProperties() ?? {};
  for (const key of keysOf(all, importId)) {
    const notes = decode(all[key] ?? '');
    const left = notes.filter((note) => !isMeant(note));
    if (left.length === 0) store?.deleteProperty(key);
    else if (left.length < notes.length) store?.setProperty(key, encode(left));
  }
};

/** Writes one cell as the person had it. Buffered. */
export const putCell = (range: Range, content: Cell, { rules }: CellReading): void => {
  if (isFormula(content)) range.setFormula(content.formula);
  else {
    const format = range.getNumberFormat();
    const needed = formatFor(kindOf(content), format);
    if (needed !== format) range.setNumberFormat(needed);
    range.setValue(toValue(content, rules));
  }
};

/** An edit event of the platform, as far as it is used. */
export interface EditEvent {
  readonly range: Range;
  /** What was typed, as text; only for a single cell. */
  readonly value?: unknown;
  readonly oldValue?: unknown;
}

/** Puts what was typed into its single cell once more, as far as the event says it. */
const typeAgain = (range: Range, { value, oldValue }: EditEvent, reading: CellReading): void => {
  if (value === undefined || value === null) {
    if (oldValue !== undefined) range.setValue('');
    return;
  }
  const typed = String(value);
  const number = Number(typed);
  const format = range.getNumberFormat();
  if (format === '@' || /^\s*$|^[=+'@]/.test(typed)) putCell(range, typed, reading);
  else if (!Number.isNaN(number) && isDayFormat(format)) putCell(range, dayOfSerial(number), reading);
  // The platform reads the words of a number or a date as it did when they were typed.
  else range.setValue(Number.isNaN(number) ? typed : number);
};

const isAsTyped = (shown: Cell, { value }: EditEvent): boolean => {
  if (isFormula(shown)) return true;
  if (isDay(shown)) return sameCell(shown, dayOfSerial(Number(value)));
  return shown === null
    ? value === undefined
    : String(shown) === String(value) || String(shown).toUpperCase() === value;
};

/** In notes, a column of the person's own is called by its header; where it has none, by its number. */
const ownName = ({ headers }: TableLayout, column: number): string => `=${headers[column - 1] || column}`;

/** The column of the person's own that a note means. */
export const ownColumn = ({ headers }: TableLayout, name: string): number | undefined => {
  const header = name.slice(1);
  return headers.indexOf(header) + 1 || Number(header) || undefined;
};

/** The columns within an edited area: managed ones by their keys, a person's own by their names. Not that of the ids. */
const keysIn = (at: TableLayout, first: number, columns: number): ReadonlyMap<string, number> => {
  const keys = new Map([...at.columns].map(([key, column]) => [column, key]));
  const within = Array.from({ length: columns }, (_, index) => first + index);
  const named = within.map((column) => [keys.get(column) ?? ownName(at, column), column] as const);
  return new Map(named.filter(([key]) => key !== ID_COLUMN));
};

/**
 * Looks after an edit in the table of an import. While a run is writing it (`isLive`), the edit is noted; one that a flush of ours has
 * already overwritten is put back at once, also after the run. What notes say of its cells from before is withdrawn where no new note
 * takes its place. @throws SheetError when the edit's tab has no such table
 */
export const noteEdit = (event: EditEvent, importId: string, reading: CellReading, isLive: boolean): void => {
  const { range } = event;
  const sheet = range.getSheet();
  const at = readLayout(sheet, importId, ID_COLUMN);
  const [row, column, rows, columns] = [range.getRow(), range.getColumn(), range.getNumRows(), range.getNumColumns()];
  const keys = keysIn(at, column, columns);
  if (keys.size === 0 || row + rows - 1 <= at.headerRow) return;
  const ids = sheet
    .getRange(row, at.columns.get(ID_COLUMN) ?? 0, rows, 1)
    .getValues()
    .map(([cell]) => idIn(toCell(cell, '', reading)) ?? '');
  const isCovered = ({ id, column: key }: EditNote): boolean => id !== '' && keys.has(key) && ids.includes(id);
  if (rows * keys.size > CELLS_NOTED) {
    withdraw(importId, isCovered);
    return;
  }
  const values = range.getValues();
  const formulas = range.getFormulas();
  const notes = [...keys].flatMap(([key, place]) =>
    values.flatMap((line, index): readonly EditNote[] => {
      if (row + index <= at.headerRow) return [];
      const shown = toCell(line[place - column], formulas[index]?.[place - column] ?? '', reading);
      return [{ id: ids[index] ?? '', row: row + index, column: key, content: shown }];
    }),
  );
  const [single] = notes;
  if (rows === 1 && columns === 1 && single !== undefined) {
    const { id, content } = single;
    const isOurs = (cell: EditNote): boolean =>
      cell.id === id && cell.column === single.column && sameCell(cell.content, content);
    if (!isAsTyped(content, event) && id !== '' && told(importId).some(isOurs)) {
      typeAgain(range, event, reading);
      return;
    }
  }
  const old = rows === 1 && columns === 1 && typeof event.oldValue === 'string' ? event.oldValue : undefined;
  const noted = encode(old === undefined ? notes : notes.map((note) => ({ ...note, old })));
  if (isLive && noted.length < PROPERTY_CHARACTERS) {
    properties()?.setProperty(`${PREFIX}${importId}.${Date.now().toString(36)}.${Math.random()}`, noted);
  } else withdraw(importId, isCovered);
};

/** Forgets all notes of an import: nothing of a run that ended well is left to be looked after. */
export const forgetEdits = (importId: string): void => withdraw(importId, () => true);

/** The file's stored texts, for judging whether an edit concerns a run. Empty outside a file. */
export const fileProperties = (): Readonly<Record<string, string>> => properties()?.getProperties() ?? {};

/** Imports of which edits are noted that no run has taken up yet. */
export const importsWithNotes = (all: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(all).flatMap((key) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length).split('.')[0] ?? ''] : []));
