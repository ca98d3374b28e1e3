/**
 * Runs beside each other on one file: two people start the same import, a trigger fires while the sidebar runs, a run dies and leaves its
 * lease. Never two writers, never a stuck job. A second execution takes place inside a service call of the first.
 */
import { ADMIN_KEY, COLLEAGUE_KEY, Desktop, LIST_IDS } from './desktop';
import { rpcOf, type ScheduledState } from './unattended';

const HOUR = 3_600_000;
const OWNER = 'analyst@example.com';
const COLLEAGUE = 'colleague@example.com';
const PIPELINE = 'Deal Pipeline';
const HOURLY = { kind: 'hours', value: 1 } as const;
const BUSY = /Another run is at work here/;

interface Slice {
  readonly kind: string;
  readonly goesOn: boolean;
  readonly waitMs: number;
}

const opened = (entries = 30) => {
  const desktop = new Desktop({ affinity: { entries }, spreadsheet: { editors: [COLLEAGUE] } });
  desktop.connect();
  const owner = rpcOf(desktop, OWNER);
  const colleague = rpcOf(desktop, COLLEAGUE);
  colleague('connect', COLLEAGUE_KEY);
  const columns = owner<readonly { key: string }[]>('columns', LIST_IDS.pipeline)
    .slice(0, 6)
    .map(({ key }) => key);
  const begin = () => owner<string>('startImport', LIST_IDS.pipeline, columns, '');
  return { desktop, owner, colleague, columns, begin };
};

/** Pulls as the page does, slice by slice, until it ends. */
const pullAll = (desktop: Desktop, rpc: ReturnType<typeof rpcOf>, id: string): void => {
  for (let slices = 0; slices < 30; slices += 1) {
    const slice = rpc<Slice>('pull', id, 'mark', false);
    if (!slice.goesOn) {
      expect(slice.kind).toBe('done');
      return;
    }
    desktop.clock.advance(slice.waitMs);
  }
  throw new Error('does not come to an end');
};

/** Does `act` once, at the n-th call to Affinity or write of a property by anybody; gives whether it came to that. */
const meanwhile = (desktop: Desktop, n: number, act: () => void): { readonly took: () => boolean; stop(): void } => {
  let seen = 0;
  let isIn = false;
  let took = false;
  const stop = desktop.google.onServiceCall((call) => {
    if (isIn || (call.effect !== 'fetch' && call.effect !== 'property-write' && call.effect !== 'flush'))
      return undefined;
    seen += 1;
    if (seen !== n) return undefined;
    isIn = true;
    took = true;
    act();
    isIn = false;
    return undefined;
  });
  return { took: () => took, stop };
};

/** Watches who writes into the file: whether an execution wrote between two writes of another one. */
const watchWriters = (desktop: Desktop): { readonly wereTwo: () => boolean; stop(): void } => {
  const writers: object[] = [];
  const stop = desktop.google.onServiceCall(({ effect, execution }) => {
    if ((effect === 'write' || effect === 'structure') && writers.at(-1) !== execution) writers.push(execution);
    return undefined;
  });
  return { wereTwo: () => new Set(writers).size < writers.length, stop };
};

/** Every row of the list once, and nothing else. */
const expectWhole = (desktop: Desktop, tab = PIPELINE, rows = 30): void => {
  const ids = desktop.ids(tab);
  expect(ids).toHaveLength(rows);
  expect(new Set(ids).size).toBe(rows);
};

const said = (work: () => unknown): string => {
  try {
    work();
    return '';
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
};

test('a colleague goes on with an import that is running: told that it runs, at every point of it, and nothing is doubled', () => {
  let points = 0;
  let told = 0;
  for (let n = 1; n < 100; n += 2) {
    const { desktop, owner, colleague, begin } = opened();
    const id = begin();
    let answer = 'none';
    const writers = watchWriters(desktop);
    const { took, stop } = meanwhile(desktop, n, () => {
      answer = said(() => colleague('pull', id, 'mark', false));
    });
    pullAll(desktop, owner, id);
    stop();
    writers.stop();
    if (!took()) break;
    points += 1;
    told += BUSY.test(answer) ? 1 : 0;
    // Before the lease is taken and after it was given back the colleague's run does the work itself.
    expect([n, answer === '' || BUSY.test(answer)]).toEqual([n, true]);
    expect([n, writers.wereTwo()]).toEqual([n, false]);
    expectWhole(desktop);
  }
  expect(points).toBeGreaterThan(5);
  expect(told).toBeGreaterThan(points / 2);
});

test('two people start the same list at the same time: two imports or a refusal, each whole', () => {
  for (let n = 1; n < 12; n += 1) {
    const { desktop, owner, colleague, columns, begin } = opened(12);
    let theirs = '';
    const { stop } = meanwhile(desktop, n, () => {
      said(() => {
        theirs = colleague<string>('startImport', LIST_IDS.pipeline, columns, '');
      });
    });
    let mine = '';
    const refusal = said(() => {
      mine = begin();
    });
    stop();
    expect([n, refusal === '' || BUSY.test(refusal)]).toEqual([n, true]);
    for (const [rpc, id] of [
      [owner, mine],
      [colleague, theirs],
    ] as const) {
      if (id !== '') pullAll(desktop, rpc, id);
    }
    const { imports } = owner<ScheduledState>('state');
    expect(imports.length).toBe(new Set([mine, theirs].filter((id) => id !== '')).size);
    const tabs = desktop.file.workbook.sheets.filter(({ name }) => name.startsWith(PIPELINE));
    expect(tabs).toHaveLength(imports.length);
    for (const { name } of tabs) expectWhole(desktop, name, 12);
  }
});

test('the trigger fires while the sidebar refreshes: it leaves that import alone, nothing is wrong, and the next firing serves it', () => {
  let met = 0;
  for (let n = 1; n < 60; n += 2) {
    const { desktop, owner, begin } = opened();
    const id = begin();
    pullAll(desktop, owner, id);
    owner('saveSchedule', id, HOURLY, false);
    const course = () => owner<ScheduledState>('state').imports[0]?.schedule;
    // Each firing writes into these, whatever it leaves alone.
    for (const report of ['Sync status', 'Sync log', 'What changed']) desktop.person().deleteSheet(report);
    // Something to write for whoever refreshes.
    for (const row of desktop.ids().slice(0, 3)) {
      const { entity_id } = desktop.api<{ entity_id: number }>(
        'GET',
        `/lists/${LIST_IDS.pipeline}/list-entries/${row}`,
      );
      desktop.api('PUT', `/opportunities/${entity_id}`, { name: `Renamed ${row}` });
    }
    const writers = watchWriters(desktop);
    desktop.clock.advance(HOUR - 5_000);
    const { took, stop } = meanwhile(desktop, n, () => {
      desktop.clock.advance(10_000);
      desktop.google.fireTriggers();
    });
    pullAll(desktop, owner, id);
    stop();
    writers.stop();
    if (!took()) break;
    met += 1;
    expect([n, writers.wereTwo()]).toEqual([n, false]);
    expect(desktop.google.triggerRuns.filter(({ error }) => error !== null)).toEqual([]);
    expect([n, course()?.trouble]).toEqual([n, null]);
    expectWhole(desktop);
    desktop.google.passTime(HOUR + 60_000);
    expect([n, course()?.trouble, course()?.lastRun?.result]).toEqual([n, null, 'done']);
    expectWhole(desktop);
  }
  expect(met).toBeGreaterThan(3);
});

test('a run that died left its lease: others are told for three minutes, then the next firing goes on where it stopped', () => {
  for (const n of [2, 4, 6]) {
    const { desktop, owner, colleague, begin } = opened();
    const id = begin();
    owner('saveSchedule', id, HOURLY, false);
    let seen = 0;
    const stop = desktop.google.onServiceCall((call) => {
      if (call.effect !== 'fetch' && call.effect !== 'flush') return undefined;
      seen += 1;
      return seen === n ? 'kill-after' : undefined;
    });
    expect(said(() => owner('pull', id, 'mark', false))).not.toBe('');
    stop();
    expect(said(() => colleague('pull', id, 'mark', false))).toMatch(BUSY);
    desktop.google.passTime(HOUR + 60_000);
    expectWhole(desktop);
    expect(owner<ScheduledState>('state').imports[0]).toMatchObject({ rows: 30, schedule: { trouble: null } });
  }
});

test('a firing that is killed at any effect: the next one makes it good, and each change is noted once', () => {
  for (let n = 1; n < 80; n += 3) {
    const { desktop, owner, begin } = opened(12);
    const id = begin();
    pullAll(desktop, owner, id);
    owner('saveSchedule', id, HOURLY, false);
    const [row = ''] = desktop.ids();
    const before = desktop.person().sees(PIPELINE, desktop.at(row, 'Name'));
    const opportunity = desktop.api<{ entity_id: number }>('GET', `/lists/${LIST_IDS.pipeline}/list-entries/${row}`);
    desktop.api('PUT', `/opportunities/${opportunity.entity_id}`, { name: 'Renamed' });
    let seen = 0;
    let isKilled = false;
    const stop = desktop.google.onServiceCall((call) => {
      if (call.execution.options.kind !== 'clock') return undefined;
      if (call.effect !== 'fetch' && call.effect !== 'property-write' && call.effect !== 'flush') return undefined;
      seen += 1;
      if (seen !== n) return undefined;
      isKilled = true;
      return 'kill-before';
    });
    desktop.google.passTime(HOUR + 60_000);
    stop();
    desktop.google.passTime(HOUR);
    expect([n, desktop.person().sees(PIPELINE, desktop.at(row, 'Name'))]).toEqual([n, 'Renamed']);
    const lines = owner<readonly { before: string; now: string }[]>('changes', id);
    expect([n, lines.map(({ before: old, now }) => [old, now])]).toEqual([n, [[before, 'Renamed']]]);
    expect(owner<ScheduledState>('state').imports[0]?.schedule).toMatchObject({ trouble: null });
    expectWhole(desktop, PIPELINE, 12);
    if (!isKilled) return;
  }
});

test('a sidebar that was closed in the middle of a long import: the next firing goes on with it', () => {
  const desktop = new Desktop({ affinity: { entries: 1500 }, google: { account: 'workspace' } });
  const owner = rpcOf(desktop, OWNER);
  owner('connect', ADMIN_KEY);
  const columns = owner<readonly { key: string }[]>('columns', LIST_IDS.pipeline).slice(0, 3);
  const id = owner<string>(
    'startImport',
    LIST_IDS.pipeline,
    columns.map(({ key }) => key),
    '',
  );
  owner('saveSchedule', id, { kind: 'daily', value: 3 }, false);
  owner('pull', id, 'mark', false);
  const [import1] = owner<ScheduledState>('state').imports;
  expect(import1?.unfinishedRows).toBeGreaterThan(0);
  desktop.google.passTime(HOUR + 10 * 60_000);
  expect(owner<ScheduledState>('state').imports[0]).toMatchObject({ rows: 1500, unfinishedRows: null });
  expectWhole(desktop, PIPELINE, 1500);
});

test('two people push two imports of a file at the same time: each has its receipt, and each can be undone', () => {
  let points = 0;
  for (let n = 1; n < 100; n += 1) {
    const { desktop, owner, colleague } = opened(12);
    const amount = owner<readonly { key: string; header: string }[]>('columns', LIST_IDS.pipeline).find(
      ({ header }) => header === 'Amount',
    );
    const imports = [PIPELINE, `${PIPELINE} (2)`].map((tab, index) => {
      const id = owner<string>('startImport', LIST_IDS.pipeline, [amount?.key], tab);
      pullAll(desktop, owner, id);
      const row = desktop.ids(tab)[index] ?? '';
      desktop.person().type(tab, desktop.at(row, 'Amount', tab), `${index + 11}`);
      return { id, row };
    });
    const [first, second] = imports as [(typeof imports)[0], (typeof imports)[0]]; // two of them
    const push = (rpc: typeof owner, { id, row }: typeof first) =>
      rpc<{ readonly cells: number }>(
        'push',
        id,
        false,
        [],
        {
          rows: [row],
          without: [],
          formulas: [],
          again: [],
          onlyNew: false,
        },
        'mark',
      );
    let theirs = 0;
    const { took, stop } = meanwhile(desktop, n, () => {
      // Within the moment in which the other one takes its lease, a run inside of it waits in vain.
      expect(
        said(() => {
          theirs = push(colleague, second).cells;
        }),
      ).toMatch(/^$|Another run/);
    });
    expect(push(owner, first).cells).toBe(1);
    stop();
    if (!took()) break;
    if (theirs === 0) theirs = push(colleague, second).cells;
    else points += 1;
    expect(theirs).toBe(1);
    for (const { id } of imports) {
      const cells = owner<readonly { readonly cells: number }[]>('pastPushes', id).map((past) => past.cells);
      expect([n, cells]).toEqual([n, [1]]);
    }
  }
  expect(points).toBeGreaterThan(5);
});
