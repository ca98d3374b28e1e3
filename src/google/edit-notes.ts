/**
 * Edits that people make while a run is writing, noted by the simple edit trigger in the file's properties: the one trace of an edit
 * that a flush of ours overwrites. The run looks after each flush and puts such edits back; so does the trigger itself when it comes
 * too late for that. A paste of many cells that was overwritten before the trigger ran leaves no trace: its event has no values.
 * Source: apps-script-facts, sections 4 and 5.
 */
import { type Cell, isDay, isFormula, sameCell } from '../sync/cells/cell';
import { ID_COLUMN, idIn } from '../sync/row-id';
import { dayOfSerial, isDayFormat } from './calendar-day';
import { type CellReading, formatFor, kindOf, toCell, toValue } from './cell-conversion';
import { readLayout } from './table-layout';

type Range = GoogleAppsScript.Spreadsheet.Range;

export interface EditNote {
  /** Id of the row; '' for a row that has none. */
  readonly id: string;
  /** Row number at the time of the edit. */
  readonly row: number;
  readonly column: string;
  readonly content: Cell;
}

export interface EditNotes {
  /** Takes the notes of this table out of the store, oldest first, the last one of each cell. */
  take(): readonly EditNote[];
}

const PREFIX = 'edit.';
/** More cells than these in one edit, or longer ones, are not noted: a paste of that size and a flush in the same moment. */
const CELLS_NOTED = 400;
/** Characters of one property value, with room for the key. Source: apps-script-facts, section 3. */
const PROPERTY_CHARACTERS = 8_000;

/** A note as it is stored: `[id, row, column, kind, content]`. */
type Stored = readonly [
  string,
  number,
  string,
  'plain' | 'day' | 'formula',
  string | number | boolean | null,
  (string | null)?,
];

const stored = ({ id, row, column, content }: EditNote): Stored => {
  if (isFormula(content)) return [id, row, column, 'formula', content.formula];
  if (isDay(content)) return [id, row, column, 'day', content.day, content.time];
  return [id, row, column, 'plain', content];
};

const encode = (notes: readonly EditNote[]): string => JSON.stringify(notes.map(stored));

/** Enough to tell a note of ours: nobody else writes under these keys. */
const isStored = (raw: unknown): raw is Stored => Array.isArray(raw) && typeof raw[0] === 'string' && raw.length > 4;

/** A damaged note tells nothing. */
const decode = (text: string): readonly EditNote[] => {
  try {
    const raw: unknown = JSON.parse(text);
    return (Array.isArray(raw) ? raw : []).filter(isStored).map(([id, row, column, kind, content, time]) => ({
      id,
      row,
      column,
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

export const createEditNotes = (importId: string): EditNotes => ({
  take() {
    const store = properties();
    const all = store?.getProperties() ?? {};
    const keys = keysOf(all, importId);
    const last = new Map<string, EditNote>();
    for (const key of keys) {
      for (const note of decode(all[key] ?? ''))
        last.set(`${note.id}/${note.id === '' ? note.row : ''}/${note.column}`, note);
      store?.deleteProperty(key);
    }
    return [...last.values()];
  },
});

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

/** What the event says that was typed into its single cell; undefined where it does not say. */
const typedInto = (range: Range, { value, oldValue }: EditEvent): Cell | undefined => {
  if (value === undefined || value === null) return oldValue === undefined ? undefined : null;
  const typed = String(value);
  const number = Number(typed);
  if (typed.trim() === '' || Number.isNaN(number) || range.getNumberFormat() === '@') return typed;
  return isDayFormat(range.getNumberFormat()) ? dayOfSerial(number) : number;
};

const isAsTyped = (shown: Cell, { value }: EditEvent): boolean => {
  if (isFormula(shown)) return true;
  if (isDay(shown)) return sameCell(shown, dayOfSerial(Number(value)));
  return shown === null
    ? value === undefined
    : String(shown) === String(value) || String(shown).toUpperCase() === value;
};

/**
 * Notes an edit in the table of an import while a run is writing it (`isLive`). What a flush of ours has already overwritten is put
 * back at once, also after the run. @throws SheetError when the edit's tab has no such table
 */
export const noteEdit = (event: EditEvent, importId: string, reading: CellReading, isLive: boolean): void => {
  const { range } = event;
  const sheet = range.getSheet();
  const at = readLayout(sheet, importId, ID_COLUMN);
  const [row, column, rows, columns] = [range.getRow(), range.getColumn(), range.getNumRows(), range.getNumColumns()];
  const keys = [...at.columns].filter(
    ([key, place]) => key !== ID_COLUMN && place >= column && place < column + columns,
  );
  if (keys.length === 0 || row + rows - 1 <= at.headerRow || rows * keys.length > CELLS_NOTED) return;
  const ids = sheet.getRange(row, at.columns.get(ID_COLUMN) ?? 0, rows, 1).getValues();
  const values = range.getValues();
  const formulas = range.getFormulas();
  const notes = keys.flatMap(([key, place]) =>
    values.flatMap((line, index): readonly EditNote[] => {
      if (row + index <= at.headerRow) return [];
      const shown = toCell(line[place - column], formulas[index]?.[place - column] ?? '', reading);
      const id = idIn(toCell(ids[index]?.[0], '', reading)) ?? '';
      return [{ id, row: row + index, column: key, content: shown }];
    }),
  );
  const [single] = notes;
  const isSingle = rows === 1 && columns === 1 && single !== undefined;
  if (isSingle && !isAsTyped(single.content, event)) {
    const typed = typedInto(range, event);
    if (typed === undefined) return;
    putCell(range, typed, reading);
    return;
  }
  const noted = encode(notes);
  if (isLive && noted.length < PROPERTY_CHARACTERS) {
    properties()?.setProperty(`${PREFIX}${importId}.${Date.now().toString(36)}.${Math.random()}`, noted);
  }
};

/** The file's stored texts, for judging whether an edit concerns a run. Empty outside a file. */
export const fileProperties = (): Readonly<Record<string, string>> => properties()?.getProperties() ?? {};

/** Imports of which edits are noted that no run has taken up yet. */
export const importsWithNotes = (all: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(all).flatMap((key) => (key.startsWith(PREFIX) ? [key.slice(PREFIX.length).split('.')[0] ?? ''] : []));
