/** The columns of a table in the sheet: those of the dataset, between the id column and the status column that are ours. */
import type { Column } from '../datasets/dataset';
import type { ColumnLook } from '../ports';
import { ID_COLUMN, STATUS_COLUMN } from '../row-id';

const ID_HEADER = 'Affinity row ID';
const STATUS_HEADER = 'Sync status';

const look = (column: Column): ColumnLook => ({
  key: column.key,
  header: column.header,
  format: column.codec.format,
  isEditable: column.locked === undefined,
  ...(column.locked === undefined ? {} : { note: column.locked }),
  ...(column.isLong === undefined ? {} : { isLong: column.isLong }),
  ...(column.codec.choices === undefined || (column.locked !== undefined && column.namesNewRow === undefined)
    ? {}
    : { choices: column.codec.choices }),
});

export const looksOf = (columns: readonly Column[]): readonly ColumnLook[] => [
  {
    key: ID_COLUMN,
    header: ID_HEADER,
    format: 'number',
    isEditable: false,
    note: 'Tells which Affinity row this is. Don’t change it. You may hide or move this column.',
  },
  ...columns.map(look),
  {
    key: STATUS_COLUMN,
    header: STATUS_HEADER,
    format: 'text',
    isEditable: false,
    // Sentences about a row are mostly about its edits.
    isLong: columns.some(({ locked }) => locked === undefined),
    note: 'How the last refresh or push of this row went.',
  },
];
