/** What a push costs beside its calls to Affinity: a service call of the platform takes as long as many of our own lines. On the built bundle. */
import type { SelectionView } from '../../src/sidebar/rpc';
import { Desktop, letters } from './desktop';

/** A call of the sidebar. */
const rpc = <T>(desktop: Desktop, name: string, ...args: readonly unknown[]): T => {
  const reply = desktop.google.scriptRun('rpc', [JSON.stringify({ name, args })], { spreadsheet: desktop.file });
  return JSON.parse(String(reply)).value as T; // the contract of src/sidebar/rpc.ts
};

const ROWS = 400;
const EDITED = 120;

test('120 rows, three apart, with an amount and a next step each: a fixed number of readings and flushes a block', () => {
  const desktop = new Desktop({ affinity: { entries: ROWS } });
  desktop.connect();
  desktop.importList();
  desktop.clock.wait(86_400_000);
  const [headers = []] = desktop.table();
  const column = (header: string): string => letters(headers.indexOf(header));
  const edited = desktop.ids().filter((_id, index) => index % 3 === 0 && index < 3 * EDITED);
  for (let index = 0; index < EDITED; index += 1) {
    desktop.person().type('Deal Pipeline', `${column('Amount')}${2 + 3 * index}`, String(7_000_000 + index));
    desktop.person().type('Deal Pipeline', `${column('Next Step')}${2 + 3 * index}`, `Call again, ${index}`);
  }
  const { imports } = rpc<{ imports: { id: string }[] }>(desktop, 'state');
  desktop.google.calls.reset();
  desktop.affinity.counter.reset();
  const selection: SelectionView = { rows: edited, without: [], formulas: [], again: [], onlyNew: false };
  const result = rpc(desktop, 'push', imports[0]?.id, false, [], selection, 'mark');
  expect(result).toMatchObject({ kind: 'done', cells: 2 * EDITED, rows: EDITED });
  const { byEffect, byMember } = desktop.google.calls;
  console.info(JSON.stringify({ ...byEffect, fetchAll: byMember['UrlFetchApp.fetchAll'] }));
  expect(desktop.affinity.counter.read().total).toBe(1 + EDITED + 2 * EDITED);
  expect(byEffect.read).toBeLessThanOrEqual(20);
  expect(byEffect.flush).toBeLessThanOrEqual(2);
});
