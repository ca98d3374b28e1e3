/** The end state of a world as text, for comparison. */
import type { Google } from '../../local/google';
import type { Desktop } from '../bundle/desktop';

type Snapshot = ReturnType<Google['snapshot']>;

const withoutTimes = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?Z| UTC)/g, 'TIME')
    .replace(/\b(run-|i)[0-9a-z]{6,}\b/g, '$1ID')
    .replace(/tabId(\W+)\d+/g, 'tabId$1ID');

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
      .map((row) => JSON.stringify(row));
    return { name: sheet.name, rows: rows.filter((row) => !/^\[("",?)*\]$/.test(row)).sort() };
  });
  // A lease that ran out holds nobody back; it is taken over or stays as it is.
  const properties = Object.entries(desktop.google.properties())
    .filter(([name]) => name.startsWith('document:'))
    .map(([name, store]) => [name, Object.keys(store).filter((key) => !key.startsWith('lease.'))]);
  const affinity = desktop.control
    .dump({ list_id: 4974, limit: 1000 })
    .entries.map(({ entry, values }) => [
      (entry as { id: number }).id,
      (values as readonly { field_id: number; value: unknown }[])
        .map(({ field_id, value }) => JSON.stringify([field_id, value]))
        .sort(),
    ]);
  return JSON.parse(withoutTimes(JSON.stringify({ sheets, properties, affinity })));
};
