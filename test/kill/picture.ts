/** The end state of a world as text, for comparison. Read from the model itself: a suite compares some thousand of them. */
import type { Desktop } from '../bundle/desktop';
import { keysInOrder } from './stored-object';

type Sheet = Desktop['file']['workbook']['sheets'][number];

export const withoutTimes = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?Z| UTC)/g, 'TIME')
    .replace(/\b(run-|i)[0-9a-z]{6,}\b/g, '$1ID')
    .replace(/tabId(\W+)\d+/g, 'tabId$1ID');

/** Formats and pickers stand on whole columns: each that occurs in a column once, with the column's number. */
const byColumn = (sheet: Sheet): readonly string[] => {
  const found: Set<unknown>[] = [];
  for (const row of sheet.cells.rows) {
    row?.styles.forEach((style, column) => {
      if (style === undefined) return;
      found[column] ??= new Set();
      found[column].add(style.attributes);
    });
    for (const [column, rule] of row?.validations ?? []) {
      found[column] ??= new Set();
      found[column].add(rule);
    }
  }
  return found.flatMap((all, column) => [...new Set([...all].map((one) => `${column} ${JSON.stringify(one)}`))]).sort();
};

const lines = (sheet: Sheet): readonly unknown[] =>
  sheet.cells.rows.flatMap((row, index) => {
    if (row === undefined) return [];
    const { values, formulas, notes, height, hiddenByUser, hiddenByFilter } = row;
    const last = values.findLastIndex((value) => value !== undefined) + 1;
    const rest = [...(formulas ?? []), ...(notes ?? [])];
    if (last === 0 && rest.length === 0 && height === undefined && !hiddenByUser && !hiddenByFilter) return [];
    return [[index, values.slice(0, last), rest, height ?? null, hiddenByUser, hiddenByFilter]];
  });

/** Rows of a hidden sheet, whatever their order, without those that hold nothing. */
const stateRows = (sheet: Sheet): readonly string[] =>
  sheet.cells.rows
    .map((row) =>
      withoutTimes(
        JSON.stringify((row?.values ?? []).filter((value) => value !== undefined && value !== '').map(keysInOrder)),
      ),
    )
    .filter((row) => row !== '[]')
    .sort();

const sheetOf = (sheet: Sheet): unknown => {
  const { name, hidden } = sheet;
  if (name.startsWith('_list-sync-')) return { name, hidden, rows: stateRows(sheet) };
  const { columns, frozenRows, frozenColumns, conditionalRules, protections, merges, filter, maxColumns, tabColor } =
    sheet;
  return {
    ...{ name, hidden, columns, frozenRows, frozenColumns, conditionalRules, protections, merges, filter, maxColumns },
    tabColor,
    lines: lines(sheet),
    looks: byColumn(sheet),
  };
};

/** The end state, with what differs from run to run by nature taken out: times, run ids, and the order of journal lines. */
export const picture = (desktop: Desktop): unknown => {
  const { workbook } = desktop.file;
  const nameOf = (id: number) => workbook.sheetById(id)?.name ?? '';
  const metadata = workbook.metadata
    .map(({ key, value, place }) =>
      JSON.stringify([key, value, { ...place, sheetId: 'sheetId' in place ? nameOf(place.sheetId) : '' }]),
    )
    .sort();
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
  const sheets = workbook.sheets.map(sheetOf);
  return JSON.parse(withoutTimes(JSON.stringify({ sheets, metadata, properties, affinity, records })));
};
