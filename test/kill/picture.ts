/** The end state of a world as text, for comparison. */
import type { Google } from '../../local/google';
import type { Desktop } from '../bundle/desktop';

type Snapshot = ReturnType<Google['snapshot']>;

const withoutTimes = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?Z| UTC)/g, 'TIME')
    .replace(/\b(run-|i)[0-9a-z]{6,}\b/g, '$1ID')
    .replace(/tabId(\W+)\d+/g, 'tabId$1ID');

/** A stored object in one form: the order of its names says nothing. */
const inOrder = (cell: string): string => {
  if (!cell.startsWith('{')) return cell;
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, inner]) => [name, sorted(inner)]),
        )
      : value;
  try {
    return JSON.stringify(sorted(JSON.parse(cell)));
  } catch {
    return cell; // a long one, cut into several cells
  }
};

/** Formats and pickers stand on whole columns: one text for each column says the same as one for each cell. */
const distinct = (byCell: unknown): readonly string[] => {
  const texts = Object.entries(byCell as Record<string, unknown>).map(
    ([cell, what]) => `${cell.replace(/\d+/, '')} ${JSON.stringify(what)}`,
  );
  return [...new Set(texts)].sort();
};

/** The end state, with what differs from run to run by nature taken out: times, run ids, and the order of journal lines. */
export const picture = (desktop: Desktop): unknown => {
  const snapshot: Snapshot = desktop.google.snapshot(desktop.file);
  const sheets = snapshot.sheets.map((sheet) => {
    const { id: _id, ...rest } = sheet;
    if (!sheet.name.startsWith('_list-sync-'))
      return { ...rest, formats: distinct(rest.formats), validations: distinct(rest.validations) };
    const rows = desktop
      .person()
      .seesTable(sheet.name)
      .map((row) => JSON.stringify(row.map(inOrder)));
    return { name: sheet.name, rows: rows.filter((row) => !/^\[("",?)*\]$/.test(row)).sort() };
  });
  // A lease that ran out holds nobody back; it is taken over or stays as it is.
  const properties = Object.entries(desktop.google.properties())
    .filter(([name]) => name.startsWith('document:'))
    .map(([name, store]) => [name, Object.keys(store).filter((key) => !key.startsWith('lease.'))]);
  const entries = desktop.control
    .state()
    .lists.flatMap(({ id }) => desktop.control.dump({ list_id: id, limit: 1000 }).entries);
  const affinity = entries.map(({ entry, values }) => [
    (entry as { id: number }).id,
    (values as readonly { field_id: number; value: unknown }[])
      .map(({ field_id, value }) => JSON.stringify([field_id, value]))
      .sort(),
  ]);
  // Whatever was created is counted: made once, and nothing beside it.
  const { persons, organizations, opportunities } = desktop.affinity.world;
  const records = { persons: persons.size, organizations: organizations.size, opportunities: opportunities.size };
  return JSON.parse(withoutTimes(JSON.stringify({ sheets, properties, affinity, records })));
};
