/**
 * A long list, imported slice by slice as the sidebar does it: the minute's limit is waited for between slices, not run into; and what
 * the sidebar's calls come to on their way: cancelling, another account, a key that was taken back.
 */
import { ADMIN_KEY, Desktop } from './desktop';

interface Slice {
  readonly kind: string;
  readonly goesOn: boolean;
  readonly waitMs: number;
  readonly rowsDone: number;
  readonly calls: number;
}

interface Reply<T> {
  readonly ok: boolean;
  readonly value: T;
  readonly message?: string;
  readonly needsKey?: boolean;
}

const reply = <T>(desktop: Desktop, envelope: object): Reply<T> => {
  const text = desktop.google.scriptRun('rpc', [JSON.stringify(envelope)], { spreadsheet: desktop.file });
  return JSON.parse(String(text)) as Reply<T>; // what the server of the same contract writes
};

const rpc = <T>(desktop: Desktop, name: string, ...args: readonly unknown[]): T => {
  const { ok, value, message } = reply<T>(desktop, { name, args });
  if (!ok) throw new Error(message);
  return value;
};

/** An import of the pipeline that is begun and has no row yet. */
const begun = (entries: number): { desktop: Desktop; id: string } => {
  const desktop = new Desktop({ affinity: { entries } });
  rpc(desktop, 'connect', ADMIN_KEY);
  const lists = rpc<readonly { id: number; name: string }[]>(desktop, 'lists');
  const list = lists.find(({ name }) => name === 'Deal Pipeline');
  const columns = rpc<readonly { key: string }[]>(desktop, 'columns', list?.id);
  const keys = columns.slice(0, 4).map(({ key }) => key);
  return { desktop, id: rpc<string>(desktop, 'startImport', list?.id, keys, '') };
};

test('2,500 rows by slices: no 429 of our own making, few slices, and every row once', () => {
  const { desktop, id } = begun(2500);
  const slices: Slice[] = [];
  for (let slice: Slice = { kind: 'paused', goesOn: true, waitMs: 0, rowsDone: 0, calls: 0 }; slice.goesOn; ) {
    slice = rpc<Slice>(desktop, 'pull', id, 'a-ticket', false);
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

test('a slice that is cancelled from another execution stops at its next batch of calls, keeps its pages and goes on from there', () => {
  const { desktop, id } = begun(850);
  let after = 0;
  let isAsked = false;
  const stop = desktop.google.onServiceCall(({ member }) => {
    if (member !== 'fetchAll') return;
    if (isAsked) after += 1;
    // Somewhere in the middle, with calls still to come.
    if (!isAsked && desktop.affinity.counter.read().total > 500) {
      isAsked = true;
      rpc(desktop, 'cancel', 'mine');
    }
  });
  const slice = rpc<Slice & { messages: readonly string[] }>(desktop, 'pull', id, 'mine', false);
  stop();
  expect(isAsked).toBe(true);
  expect(after).toBe(0);
  expect(slice).toMatchObject({ kind: 'paused', goesOn: false });
  expect(slice.rowsDone).toBeGreaterThan(0);
  expect(slice.rowsDone).toBeLessThan(850);
  expect(slice.messages[0]).toBe(`Cancelled after ${slice.rowsDone} rows. Refresh again to go on from there.`);
  expect(desktop.ids()).toHaveLength(slice.rowsDone);
  const [saved] = rpc<{ imports: readonly { unfinishedRows: number }[] }>(desktop, 'state').imports;
  expect(saved?.unfinishedRows ?? 0).toBe(slice.rowsDone);
  // The old wish concerns the old ticket only.
  for (let next = rpc<Slice>(desktop, 'pull', id, 'another', false); next.goesOn; ) {
    desktop.clock.advance(next.waitMs);
    next = rpc<Slice>(desktop, 'pull', id, 'another', false);
  }
  expect(new Set(desktop.ids()).size).toBe(850);
});

test('a slice under way tells another execution its rows, its calls and what is left of the month; of an unknown ticket nothing is told', () => {
  const { desktop, id } = begun(1_500);
  const seen: { rowsDone: number; rowsInAll: number; calls: number; monthRemaining: number | null }[] = [];
  let isInside = false;
  const stop = desktop.google.onServiceCall(({ member }) => {
    if (member !== 'fetchAll' || isInside) return;
    isInside = true;
    // Calls take their time, as they do.
    desktop.clock.advance(900);
    const progress = rpc<(typeof seen)[number] | null>(desktop, 'progress', 'mine');
    if (progress !== null) seen.push(progress);
    isInside = false;
  });
  // Some calls of before, such as asking who one is, are not taken off the month.
  const leftBefore = desktop.affinity.quota.month()?.remaining ?? 0;
  const slice = rpc<Slice>(desktop, 'pull', id, 'mine', false);
  stop();
  expect(slice).toMatchObject({ kind: 'paused', goesOn: true });
  const last = seen.at(-1);
  expect(last?.rowsInAll).toBe(1_500);
  expect(last?.rowsDone).toBeGreaterThan(0);
  expect(last?.rowsDone).toBeLessThanOrEqual(slice.rowsDone);
  expect(last?.calls).toBeLessThanOrEqual(slice.calls);
  // A batch that is on its way is taken off the month before its answers count as calls.
  const underWay = leftBefore - (last?.calls ?? 0) - (last?.monthRemaining ?? 0);
  expect(underWay).toBeGreaterThanOrEqual(0);
  expect(underWay).toBeLessThanOrEqual(100);
  const rows = seen.map(({ rowsDone }) => rowsDone);
  expect(rows).toEqual([...rows].sort((a, b) => a - b));
  expect(rpc(desktop, 'progress', 'another')).toBeNull();
});

test('a table that is read in one go, and needs more time than a slice has, gets a longer one and ends', () => {
  const { desktop } = begun(400);
  const wanted = {
    ...{
      dataset: 'notes',
      whose: 'all',
      records: [],
      named: '',
      person: '',
      from: '',
      to: '',
      status: null,
      type: null,
    },
    ...{ types: [], direction: null, isManualOnly: false },
  };
  const id = rpc<string>(desktop, 'showActivity', wanted);
  // Two pages of notes, and the names in them: none of it is of use without the rest.
  const stop = desktop.google.onServiceCall(({ effect }) => {
    if (effect === 'fetch') desktop.clock.advance(11_000);
  });
  const slices: Slice[] = [];
  for (let slice: Slice | null = null; slice === null || slice.goesOn; ) {
    slice = rpc<Slice>(desktop, 'pull', id, 'a-ticket', false);
    slices.push(slice);
    desktop.clock.advance(slice.waitMs);
    if (slices.length > 5) throw new Error(`does not get on: ${JSON.stringify(slices.slice(-2))}`);
  }
  stop();
  expect(slices[0]).toMatchObject({ kind: 'paused', goesOn: true, rowsDone: 0 });
  expect(slices.at(-1)).toMatchObject({ kind: 'done' });
  expect(slices.at(-1)?.rowsDone).toBeGreaterThan(500);
});

test('a call that Google runs as another account is answered with both addresses and what to do', () => {
  const { desktop } = begun(10);
  const opened = desktop.file.workbook.owner;
  const ask = (account?: string) => reply(desktop, { name: 'state', args: [], ...(account ? { account } : {}) });
  expect(ask()).toMatchObject({ ok: true });
  expect(ask(opened)).toMatchObject({ ok: true });
  const refused = ask('ida@example.org');
  expect(refused).toMatchObject({ ok: false });
  expect(refused.message).toContain('ida@example.org');
  expect(refused.message).toContain(opened);
  expect(refused.message).toMatch(/just one of them/);
});

test('an answer tells when Affinity refused the key, and only then', () => {
  const { desktop, id } = begun(10);
  expect(reply(desktop, { name: 'pull', args: [id, 'mine', false] }).needsKey).toBeUndefined();
  desktop.control.addFault({ kind: 'unauthorized', times: 'always' });
  expect(reply(desktop, { name: 'pull', args: [id, 'mine', false] })).toMatchObject({ ok: true, needsKey: true });
  expect(reply(desktop, { name: 'lists', args: [] })).toMatchObject({ ok: false, needsKey: true });
  // A key that is tried and refused says nothing about the one that is kept.
  expect(reply(desktop, { name: 'connect', args: ['wrong'] }).needsKey).toBeUndefined();
});

test('a push under way tells another execution how many rows are meant, its calls and what is left of the month', () => {
  const desktop = new Desktop({ affinity: { entries: 20 } });
  desktop.connect();
  desktop.importList();
  const [saved] = rpc<{ imports: readonly { id: string }[] }>(desktop, 'state').imports;
  const rows = desktop.ids().slice(0, 5);
  for (const row of rows) desktop.person().type('Deal Pipeline', desktop.at(row, 'Amount'), '4321');
  const seen: { rowsInAll: number; calls: number; monthRemaining: number | null }[] = [];
  let isInside = false;
  const stop = desktop.google.onServiceCall(({ effect }) => {
    if (effect !== 'fetch' || isInside) return;
    isInside = true;
    desktop.clock.advance(2_500);
    const progress = rpc<(typeof seen)[number] | null>(desktop, 'progress', 'push');
    if (progress !== null) seen.push(progress);
    isInside = false;
  });
  const selection = { rows, without: [], formulas: [], again: [], onlyNew: false };
  expect(rpc(desktop, 'push', saved?.id, false, [], selection, 'push')).toMatchObject({ cells: 5 });
  stop();
  expect(seen.at(-1)?.rowsInAll).toBe(5);
  expect(seen.at(-1)?.calls).toBeGreaterThan(0);
  expect(seen.at(-1)?.monthRemaining).toBeLessThan(100_000);
});
