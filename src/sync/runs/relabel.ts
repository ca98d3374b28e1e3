/**
 * Headers after a field was renamed in Affinity: a header that still is what we wrote last gets the new name, one that a person changed
 * is theirs.
 */
import type { Column, Source } from '../datasets/dataset';
import type { Relabel, TablePort } from '../ports';
import type { SavedImport } from '../state/saved-import';

/** The source with its columns named as the table names them: sentences about a cell use the header that people see. */
export const asShown = (source: Source, table: Pick<TablePort, 'headers'>): Source => {
  const headers = table.headers();
  const columns = source.columns.map((column) => ({ ...column, header: headers.get(column.key) || column.header }));
  return { ...source, columns };
};

/** The headers that we wrote last, by column. */
const writtenIn = ({ columns, labels }: SavedImport): ReadonlyMap<string, string> =>
  new Map(columns.map((key, index) => [key, labels[index] ?? '']));

/** Labels of an import: of `written` columns their present header, of the others what is noted; of one never noted nothing. */
export const labelsOf = (
  saved: SavedImport,
  columns: readonly Column[],
  written: readonly string[] | null,
): readonly string[] => {
  const before = writtenIn(saved);
  const headers = new Map(columns.map(({ key, header }) => [key, header]));
  return saved.columns.map((key) => {
    const isNew = written === null || written.includes(key);
    return (isNew ? headers.get(key) : undefined) ?? before.get(key) ?? '';
  });
};

/** Brings the headers of renamed fields up to date; gives what to note, and what to say. @throws SheetError */
export const relabelled = (
  saved: SavedImport,
  columns: readonly Column[],
  table: TablePort,
): { readonly labels: readonly string[]; readonly messages: readonly string[] } => {
  const before = writtenIn(saved);
  const shown = table.headers();
  const changes = new Map<string, Relabel>();
  const alike: string[] = [];
  for (const { key, header } of columns) {
    const expected = before.get(key) ?? '';
    if (shown.get(key) === header) alike.push(key);
    else if (expected !== '' && expected !== header && shown.get(key) === expected) {
      changes.set(key, { expected, next: header });
    }
  }
  const written = changes.size === 0 ? [] : table.relabel(changes);
  const renamed = written.map((key) => `“${changes.get(key)?.expected}” to “${changes.get(key)?.next}”`);
  return {
    labels: labelsOf(saved, columns, [...alike, ...written]),
    messages: renamed.length === 0 ? [] : [`Renamed in Affinity, and here as well: ${renamed.join(', ')}.`],
  };
};
