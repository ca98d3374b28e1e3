/** A push that is ended before it came to all rows: each row, and the result, tell what became of it. */
import { createControl, LIST_IDS } from '../../local/affinity';
import { STATUS_COLUMN } from '../../src/sync/row-id';
import { pushImport } from '../../src/sync/runs/desk';
import { Stage } from './stage';

// Several blocks of a few rows.
jest.mock('../../src/sync/limits', () => ({
  ...jest.requireActual<object>('../../src/sync/limits'),
  ROWS_PER_PUSH: 100,
}));

const ROWS = 250;
const MONTH = 2_000;
const options = { sendClears: false, choices: new Map() };

/** A table whose first 250 rows have an edited amount, and a month that has so many calls left. */
const edited = (callsLeft: number) => {
  const stage = new Stage({ entries: ROWS + 10, quota: { perMonth: MONTH } });
  const { importId } = stage.import(LIST_IDS.pipeline, null);
  const ids = stage.ids().slice(0, ROWS);
  ids.forEach((id, index) => {
    stage.type(id, 'Amount', 70_000 + index);
  });
  createControl(stage.affinity).setUsedInMonth(MONTH - callsLeft);
  const arrived = (): readonly string[] => {
    const { entries } = createControl(stage.affinity).dump({ list_id: LIST_IDS.pipeline, limit: 1_000 });
    const column = stage.column('Amount');
    return entries.flatMap(({ entry, values }) => {
      const id = String((entry as { id: number }).id); // as the API gives it
      const all = values as readonly { readonly field_id: number; readonly value: unknown }[]; // likewise
      const amount = all.find(({ field_id }) => `field.${field_id}` === column)?.value;
      return amount === 70_000 + ids.indexOf(id) ? [id] : [];
    });
  };
  const statusOf = (id: string) => String(stage.row(id).cells.get(STATUS_COLUMN) ?? '');
  return { stage, importId, ids, arrived, statusOf };
};

test.each([
  ['while the first hundred rows are written', 1 + 100 + 50, 50],
  ['while the second hundred rows are read', 1 + 200 + 50, 100],
  ['while the first hundred rows are read', 1 + 50, 0],
] as const)(
  'a month that ends %s: every row says what became of it, and the result counts them all',
  (_when, callsLeft, sent) => {
    const { stage, importId, ids, arrived, statusOf } = edited(callsLeft);
    const result = pushImport(stage.desk, stage.run(), importId, options);
    expect(result).toMatchObject({
      kind: 'stopped',
      code: 'api/month-used-up',
      cells: sent,
      unsent: ROWS - sent,
      failed: 0,
    });
    expect(result.messages[0]).toMatch(/calls for this month are used up/);
    const there = new Set(arrived());
    expect(there.size).toBe(sent);
    for (const id of ids) {
      const told = there.has(id) ? /^Sent Amount at / : /^Not sent\. .*this month are used up.*Open edits: “Amount”\.$/;
      expect([id, statusOf(id)]).toEqual([id, expect.stringMatching(told)]);
    }

    createControl(stage.affinity).setUsedInMonth(0);
    const next = pushImport(stage.desk, stage.run(), importId, options);
    expect(next).toMatchObject({ kind: 'done', cells: ROWS - sent, unsent: 0 });
    expect(arrived()).toHaveLength(ROWS);
    expect(ids.filter((id) => !statusOf(id).startsWith('Sent Amount at '))).toEqual([]);
  },
);

test('emptied cells and cells that were kept back don’t count as not sent', () => {
  const { stage, importId, ids } = edited(1 + 50);
  const [emptied = '', kept = ''] = ids.slice(-2);
  stage.type(emptied, 'Amount', null);
  const without = new Set([`${kept}/${stage.column('Amount')}`]);
  const selection = { rows: new Set(ids), without, onlyNew: false };
  expect(pushImport(stage.desk, stage.run(), importId, { ...options, selection })).toMatchObject({ unsent: ROWS - 2 });
});

test('a push that is cancelled stops between two blocks: what was sent is told, the rest says that it was not, and goes with the next one', () => {
  const { stage, importId, ids, arrived, statusOf } = edited(MONTH);
  let progress = { rowsDone: 0, rowsInAll: 0 };
  const run = {
    ...stage.run(),
    onProgress: (now: typeof progress) => {
      progress = now;
    },
    isCancelAsked: () => progress.rowsDone > 0,
  };
  const result = pushImport(stage.desk, run, importId, options);
  expect(progress).toEqual({ rowsDone: 100, rowsInAll: ROWS });
  expect(result).toMatchObject({ kind: 'paused', goesOn: false, code: '', cells: 100, unsent: ROWS - 100 });
  expect(result.messages[0]).toBe('Cancelled after 100 rows. What was sent stays. Push again to send the rest.');
  const there = new Set(arrived());
  expect(there.size).toBe(100);
  for (const id of ids) {
    const told = there.has(id) ? /^Sent Amount at / : /^Not sent\. Cancelled .*Open edits: “Amount”\.$/;
    expect([id, statusOf(id)]).toEqual([id, expect.stringMatching(told)]);
  }
  expect(pushImport(stage.desk, stage.run(), importId, options)).toMatchObject({ kind: 'done', cells: ROWS - 100 });
  expect(arrived()).toHaveLength(ROWS);
});
