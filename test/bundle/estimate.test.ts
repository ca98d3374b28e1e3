/** What a person is told before a large run is what it then takes: calls, pages among them, minutes and runs. */
import { importPlan } from '../../src/sync/datasets/list';
import { ADMIN_KEY, Desktop } from './desktop';
import { rpcOf, type ScheduledState } from './unattended';

const OWNER = 'analyst@example.com';
const PIPELINE = 'Deal Pipeline';

interface OfferedList {
  readonly id: number;
  readonly name: string;
  readonly calls: number;
  readonly cost: string;
}

interface Slice {
  readonly goesOn: boolean;
  readonly waitMs: number;
}

/** Imports as the sidebar does; gives what it took. The first rows come as the import is begun. */
const importAll = (desktop: Desktop, begin: () => string) => {
  const rpc = rpcOf(desktop, OWNER);
  desktop.affinity.counter.reset();
  const began = desktop.clock.now();
  const id = begin();
  let slices = 0;
  for (let goesOn = true; goesOn; slices += 1) {
    const slice = rpc<Slice>('pull', id, 'a-ticket', false);
    desktop.clock.advance(slice.waitMs);
    ({ goesOn } = slice);
  }
  const { total, byEndpoint } = desktop.affinity.counter.read();
  return { slices, minutes: (desktop.clock.now() - began) / 60_000, total, pages: byEndpoint['listEntries.page'] ?? 0 };
};

const COST = /^about ([\d,]+) calls, (\d+) minutes?, at least (\d+) runs one after another$/;

/** The figures of an estimate in words. */
const figures = (words: string) => {
  const [, calls = '', minutes = '', runs = ''] = COST.exec(words) ?? [];
  return { calls: Number(calls.replaceAll(',', '')), minutes: Number(minutes), runs: Number(runs) };
};

test.each([
  { rows: 1_000, way: 'in one answer' },
  { rows: 2_100, way: 'by pages' },
])('the estimate of $rows rows, whose ids come $way, is what they take', ({ rows }) => {
  const desktop = new Desktop({ affinity: { entries: rows } });
  const rpc = rpcOf(desktop, OWNER);
  rpc('connect', ADMIN_KEY);
  const list = rpc<readonly OfferedList[]>('lists').find(({ name }) => name === PIPELINE);
  const columns = rpc<readonly { key: string }[]>('columns', list?.id).map(({ key }) => key);
  const told = figures(list?.cost ?? '');
  expect(told.calls).toBe(list?.calls);
  const plan = importPlan(rows).find(({ endpoint }) => endpoint === 'listEntries.page');
  const taken = importAll(desktop, () => rpc<string>('startImport', list?.id, columns, ''));
  expect(taken.pages).toBeGreaterThanOrEqual(plan?.least ?? Number.NaN);
  expect(taken.pages).toBeLessThanOrEqual(plan?.most ?? Number.NaN);
  // Names in cells come on top: a few pages of the directory.
  expect(Math.abs(taken.total - told.calls) / told.calls).toBeLessThan(0.01);
  expect(taken.minutes).toBeCloseTo(told.minutes, 0);
  expect(taken.slices).toBeGreaterThanOrEqual(told.runs);
  const cost = rpc<{ readonly imports: readonly (ScheduledState['imports'][number] & { cost: string })[] }>('state');
  expect(cost.imports[0]?.cost).toBe(list?.cost);
});

test('the menu says what a long refresh takes as it begins, and nothing before a short one', () => {
  const hints = (entries: number): readonly string[] => {
    const desktop = new Desktop({ affinity: { entries } });
    desktop.connect();
    desktop.importList();
    desktop.google.ui.toasts.length = 0;
    desktop.refresh();
    return desktop.google.ui.toasts.map(({ text }) => text);
  };
  expect(hints(12)).toEqual([]);
  expect(hints(850)).toEqual([`Refreshing “${PIPELINE}”: about 853 calls, less than a minute.`]);
});
