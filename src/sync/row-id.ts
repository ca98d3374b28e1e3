/** The two columns of every table that belong to the add-on alone, and how a row's id is read. */
import type { Cell } from './cells/cell';

/** Key of the column that says which record a row is. */
export const ID_COLUMN = '#id';
/** Key of the column that says how the last run of a row went. */
export const STATUS_COLUMN = '#status';

/** The id in a cell of the id column, or null for none. */
export const idIn = (cell: Cell): string | null => {
  if (typeof cell === 'number') return Number.isSafeInteger(cell) ? String(cell) : null;
  if (typeof cell !== 'string') return null;
  const text = cell.trim();
  return text === '' ? null : text;
};
