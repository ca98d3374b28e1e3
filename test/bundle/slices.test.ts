/** A long list, imported slice by slice as the sidebar does it: the minute's limit is waited for between slices, not run into. */
import { ADMIN_KEY, Desktop } from './desktop';

interface Slice {
  readonly kind: string;
  readonly goesOn: boolean;
  readonly waitMs: number;
  readonly rowsDone: number;
  readonly calls: number;
}

const rpc = <T>(desktop: Desktop, name: string, ...args: readonly unknown[]): T => {
  const text = desktop.google.scriptRun('rpc', [JSON.stringify({ name, args })], { spreadsheet: desktop.file });
  const reply = JSON.parse(String(text)) as { ok: boolean; value: T; message?: string };
  if (!reply.ok) throw new Error(reply.message);
  return reply.value;
};

test('2,500 rows by slices: no 429 of our own making, few slices, and every row once', () => {
  const desktop = new Desktop({ affinity: { entries: 2500 } });
  rpc(desktop, 'connect', ADMIN_KEY);
  const lists = rpc<readonly { id: number; name: string }[]>(desktop, 'lists');
  const list = lists.find(({ name }) => name === 'Deal Pipeline');
  const columns = rpc<readonly { key: string }[]>(desktop, 'columns', list?.id);
  const id = rpc<string>(
    desktop,
    'startImport',
    list?.id,
    columns.slice(0, 4).map(({ key }) => key),
    '',
  );
  const slices: Slice[] = [];
  for (let slice: Slice = { kind: 'paused', goesOn: true, waitMs: 0, rowsDone: 0, calls: 0 }; slice.goesOn; ) {
    slice = rpc<Slice>(desktop, 'pull', id);
    slices.push(slice);
    // The page waits as long as it is told.
    desktop.clock.advance(slice.waitMs);
    if (slices.length > 40) throw new Error(`does not get on: ${JSON.stringify(slices.slice(-3))}`);
  }
  expect(slices.at(-1)).toMatchObject({ kind: 'done', goesOn: false, rowsDone: 2500 });
  expect(desktop.ids()).toHaveLength(2500);
  const { byStatus, busiestMinute } = desktop.affinity.counter.read();
  expect(byStatus['429']).toBeUndefined();
  expect(busiestMinute).toBeLessThanOrEqual(900);
  expect(slices.length).toBeLessThan(20);
});
