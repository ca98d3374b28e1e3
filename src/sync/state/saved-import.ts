/**
 * A saved import: which dataset stands on which tab with which columns, and how its last refresh went. Kept in the first row of the
 * import's hidden sheet, so that colleagues share it and a copied file carries it (with the id of the file it came from).
 * Format 1 knew lists only: its `listId` is the one parameter of the dataset `list`. Format 2 had no labels and no settings, format 3 no setting
 * for emptied cells.
 */

import {
  absentOrNull,
  anything,
  array,
  type Decoded,
  flag,
  integer,
  nullable,
  object,
  oneOf,
  text,
} from '../../api/codec';
import { SheetError, type StateRows } from '../ports';
import { cut, paste } from './chunks';
import { orRefuse } from './readable';

export const SAVED_IMPORT_VERSION = 4;
export const NO_TAB = -1;

/** What is in every version. */
const lasting = {
  id: text,
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
};

const ofAnyDataset = {
  ...lasting,
  /** Key of the dataset. */
  dataset: text,
  /** What the dataset is asked for; each dataset decodes its own. */
  parameters: anything,
};

const marksAndShare = {
  /** Whether cells with an open, refused or conflicting edit are coloured. */
  marks: flag,
  /** A refresh that would empty more than this percentage of a column’s values, or find more than this of the rows gone, asks first. */
  askAbovePercent: integer,
};

const ofFormat3 = object({ ...ofAnyDataset, labels: array(text), settings: object(marksAndShare) });

const format = object({
  ...ofAnyDataset,
  /** The header that we wrote last over each of `columns`; '' where that is not known. */
  labels: array(text),
  settings: object({
    ...marksAndShare,
    /** Emptied cells: asked about each time · cleared in Affinity unless the review says otherwise · never cleared. */
    blanks: oneOf('ask', 'clear', 'never'),
  }),
});
export const SAVED_IMPORT_SHAPE = format.shape;
export type SavedImport = Decoded<typeof format>;
/** What people set for an import; everyone who works on it shares it. */
export type ImportSettings = SavedImport['settings'];

/** What a new import is set to: the safe side. */
export const DEFAULT_SETTINGS: ImportSettings = { marks: true, askAbovePercent: 20, blanks: 'ask' };
/** What an import of an older format has not got. */
const UNSET = { labels: [], settings: DEFAULT_SETTINGS };

const ofOneList = object({ ...lasting, listId: integer });

/** How each version is read, by its number. */
const readers: Readonly<Record<string, (raw: unknown) => SavedImport>> = {
  1: (raw) => {
    const { listId, ...rest } = ofOneList.decode(raw, 'import');
    return { ...rest, ...UNSET, dataset: 'list', parameters: { listId } };
  },
  2: (raw) => ({ ...object(ofAnyDataset).decode(raw, 'import'), ...UNSET }),
  3: (raw) => {
    const saved = ofFormat3.decode(raw, 'import');
    return { ...saved, settings: { ...DEFAULT_SETTINGS, ...saved.settings } };
  },
  4: (raw) => format.decode(raw, 'import'),
};

const MARK = 'import';

/** @throws SheetError sheet/state-unreadable */
export const readImport = (state: StateRows): SavedImport => {
  const [mark, version = 'none', ...pieces] = state.first();
  const reader = mark === MARK ? readers[version] : undefined;
  if (reader === undefined) throw new SheetError('sheet/state-unreadable', `import: version ${version}`);
  return orRefuse('import', () => reader(JSON.parse(paste(pieces))));
};

/** Buffered until the workbook is flushed. */
export const writeImport = (state: StateRows, saved: SavedImport): void => {
  state.write(0, [[MARK, String(SAVED_IMPORT_VERSION), ...cut(JSON.stringify(saved))]]);
};
