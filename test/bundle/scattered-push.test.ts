/**
 * A push of many rows that are far apart, killed at each call that others see: the next one ends it. So many changed rows of the baseline are
 * written below the others, which the few rows of the kill suite never are. On the built bundle.
 */
import { ExecutionKilled } from '../../local/google';
import type { SelectionView } from '../../src/sidebar/rpc';
import { Desktop, LIST_IDS, letters } from './desktop';

/** The field of the amounts. */
const AMOUNT = 61_225;
const TAB = 'Deal Pipeline';
const ROWS = 190;
const EDITED = 60;
const LEASE_IS_OVER_MS = 240_000;

const rpc = <T>(desktop: Desktop, name: string, ...args: readonly unknown[]): T => {
  const reply = desktop.google.scriptRun('rpc', [JSON.stringify({ name, args })], { spreadsheet: desktop.file });
  return JSON.parse(String(reply)).value as T; // the contract of src/sidebar/rpc.ts
};

const amountOf = (index: number): number => 7_000_000 + index;

/** A table in which every third row has an edited amount. */
const edited = () => {
  const desktop = new Desktop({ affinity: { entries: ROWS } });
  desktop.connect();
  desktop.importList();
  const [headers = []] = desktop.table();
  const column = letters(headers.indexOf('Amount'));
  const ids = desktop.ids().filter((_id, index) => index % 3 === 0 && index < 3 * EDITED);
  for (let index = 0; index < EDITED; index += 1)
    desktop.person().type(TAB, `${column}${2 + 3 * index}`, String(amountOf(index)));
  desktop.clock.wait(86_400_000);
  const [{ id: importId = '' } = {}] = rpc<{ imports: { id: string }[] }>(desktop, 'state').imports;
  return { desktop, ids, importId };
};

const { desktop: prepared, ids, importId } = edited();
const selection: SelectionView = { rows: ids, without: [], formulas: [], again: [], onlyNew: false };
const push = (desktop: Desktop) =>
  rpc<{ kind: string; cells: number }>(desktop, 'push', importId, false, [], selection, 'ticket');

/** Each sent row as Affinity and the sheet have it. */
const picture = (desktop: Desktop): readonly string[] => {
  const { entries } = desktop.control.dump({ list_id: LIST_IDS.pipeline, limit: 1_000 });
  const amounts = new Map(
    entries.map(({ entry, values }) => {
      const all = values as readonly { readonly field_id: number; readonly value: unknown }[]; // as the API gives them
      const own = all.filter(({ field_id }) => field_id === AMOUNT).map(({ value }) => value);
      return [String((entry as { id: number }).id), own.join('+')];
    }),
  );
  const [headers = [], ...rows] = desktop.table();
  return rows
    .map((row) => {
      const id = row[headers.indexOf('Affinity row ID')] ?? '';
      const status = (row[headers.indexOf('Sync status')] ?? '').replace(/ at .*/, '');
      return `${id}: ${amounts.get(id)}, ${row[headers.indexOf('Amount')]}, ${status}`;
    })
    .filter((_line, index) => index % 3 === 0 && index < 3 * EDITED);
};

test('60 rows, three apart, killed before and after each flush, batch and stored text: the next push ends what was begun', () => {
  const clean = prepared.copy();
  const points: number[] = [];
  const stop = clean.google.onServiceCall(({ effect, index }) => {
    if (effect === 'flush' || effect === 'fetch' || effect === 'property-write') points.push(index);
  });
  expect(push(clean)).toMatchObject({ kind: 'done', cells: EDITED });
  stop();
  const expected = picture(clean);
  expect(expected).toEqual(ids.map((id, index) => `${id}: ${amountOf(index)}, ${amountOf(index)}, Sent Amount`));
  const stored = clean.file.workbook.sheetByName(`_list-sync-${importId}`)?.cells.lastRow ?? 0;
  expect(stored).toBeGreaterThan(ROWS + EDITED);
  for (const at of points) {
    for (const verdict of ['kill-before', 'kill-after'] as const) {
      const desktop = prepared.copy();
      const killing = desktop.google.onServiceCall(({ index }) => (index === at ? verdict : undefined));
      expect(() => push(desktop)).toThrow(ExecutionKilled);
      killing();
      desktop.clock.wait(LEASE_IS_OVER_MS);
      expect([at, verdict, push(desktop).kind]).toEqual([at, verdict, 'done']);
      expect([at, verdict, picture(desktop)]).toEqual([at, verdict, expected]);
      if (at !== points[points.length - 1]) continue;
      desktop.clock.wait(LEASE_IS_OVER_MS);
      expect([at, verdict, push(desktop).cells]).toEqual([at, verdict, 0]);
    }
  }
  console.info(`${2 * points.length} kill points`);
});
