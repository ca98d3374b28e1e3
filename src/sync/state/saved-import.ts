/**
 * A saved import: which list stands on which tab with which columns, and how its last refresh went. Kept in the first row of the
 * import's hidden sheet, so that colleagues share it and a copied file carries it (with the id of the file it came from).
 */
import {
  absentOrNull,
  array,
  type Decoded,
  DecodeError,
  integer,
  nullable,
  object,
  oneOf,
  text,
} from '../../api/codec';
import { SheetError, type StateRows } from '../ports';
import { cut, paste } from './chunks';

export const SAVED_IMPORT_VERSION = 1;
export const NO_TAB = -1;

const format = object({
  id: text,
  listId: integer,
  /** Stable id of the tab; NO_TAB while it is still to be made. */
  tabId: integer,
  /** The name that the tab is made with. */
  tab: text,
  spreadsheetId: text,
  title: text,
  columns: array(text),
  lastPull: nullable(
    object({
      /** Instant, ISO 8601 UTC, at which the data was complete; null while it never was. */
      dataAsOf: absentOrNull(text),
      at: text,
      result: oneOf('done', 'paused', 'stopped'),
      rows: integer,
      message: text,
    }),
  ),
});
export const SAVED_IMPORT_SHAPE = format.shape;
export type SavedImport = Decoded<typeof format>;

const MARK = 'import';

/** @throws SheetError sheet/state-unreadable */
export const readImport = (state: StateRows): SavedImport => {
  const [mark, version, ...pieces] = state.first();
  if (mark !== MARK || version !== String(SAVED_IMPORT_VERSION)) {
    throw new SheetError('sheet/state-unreadable', `import: version ${version ?? 'none'}`);
  }
  try {
    return format.decode(JSON.parse(paste(pieces)), 'import');
  } catch (fault) {
    if (fault instanceof DecodeError || fault instanceof SyntaxError) {
      throw new SheetError('sheet/state-unreadable', 'import');
    }
    throw fault;
  }
};

/** Buffered until the workbook is flushed. */
export const writeImport = (state: StateRows, saved: SavedImport): void => {
  state.write(0, [[MARK, String(SAVED_IMPORT_VERSION), ...cut(JSON.stringify(saved))]]);
};
