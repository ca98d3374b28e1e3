/**
 * The suite that each dataset gets by being declared. What it is asked for comes from one bag for all: the codec of a dataset takes
 * what it knows. Fifteen seconds.
 */
import { LIST_IDS } from '../../local/affinity';
import { createClient } from '../../src/api/client';
import type { NoAnswer, WireResponse } from '../../src/api/ports';
import { affinity } from '../../src/api/table';
import { type Cell, dayCell } from '../../src/sync/cells/cell';
import { datasets } from '../../src/sync/datasets/registry';
import { ID_COLUMN } from '../../src/sync/row-id';
import { importDataset, previewPush, pushImport, refreshImport } from '../../src/sync/runs/desk';
import { createNameBook } from '../../src/sync/runs/resolve-names';
import type { Run } from '../../src/sync/runs/run';
import { readImport } from '../../src/sync/state/saved-import';
import { Stage } from './stage';

const ASKED = {
  title: 'Everything',
  scope: { listId: LIST_IDS.pipeline },
  listId: LIST_IDS.pipeline,
  types: [0, 1, 2, 3],
  from: '2025-01-01',
  fieldId: 61_223,
};

/** A name in a cell is as long as it takes to tell it from the names known so far: what makes it longer is left out here. */
const briefly = (cell: Cell): Cell => (typeof cell === 'string' ? cell.replace(/ (<[^<>]*>|#\d+)/g, '') : cell);

/** Cells by row and column, as the table holds them. */
const tableOf = (stage: Stage): ReadonlyMap<Cell, object> =>
  new Map(
    stage.tab.rows.map(({ cells }) => [
      cells.get(ID_COLUMN) ?? null,
      Object.fromEntries([...cells].map(([name, cell]) => [name, briefly(cell)])),
    ]),
  );

const nothing = { sendClears: false, choices: new Map() };
/** No `;`, which separates values where a cell holds several. */
const HOSTILE = '=1+1 <b>&amp</b> "\' DROP\n\u202e\ud83d\ude00 +x,-y @z\tend';

/** Adds a field that nobody knows to every object of an answer. */
const withStrangers = (raw: unknown): unknown => {
  if (Array.isArray(raw)) return raw.map(withStrangers);
  if (typeof raw !== 'object' || raw === null) return raw;
  const known = Object.entries(raw).map(([name, value]) => [name, withStrangers(value)] as const);
  return { ...Object.fromEntries(known), stranger_of_tomorrow: { id: 'x', list: [null] } };
};

const estranged = (answer: WireResponse | NoAnswer): WireResponse | NoAnswer =>
  'noAnswer' in answer || answer.status !== 200
    ? answer
    : { ...answer, body: JSON.stringify(withStrangers(JSON.parse(answer.body))) };

describe.each(Object.keys(datasets))('%s', (key) => {
  const imported = (entries = 12) => {
    const stage = new Stage({ entries });
    const { importId, result } = stage.importDataset(key, ASKED);
    return { stage, importId, result };
  };
  /** One import for the tests that change nothing in Affinity. */
  const calm = imported();

  test('brings each of its records once', () => {
    const { stage, result } = calm;
    expect(result).toMatchObject({ kind: 'done' });
    expect(result.rows).toBe(stage.tab.rows.length);
    expect(result.rows).toBeGreaterThan(0);
    expect(new Set(stage.ids()).size).toBe(result.rows);
  });

  test('fills every column in some row or says by its lock that Affinity does', () => {
    const { stage } = calm;
    const empty = stage.tab.columns.filter(
      ({ key: name, isEditable }) =>
        isEditable && stage.tab.rows.every(({ cells }) => (cells.get(name) ?? null) === null),
    );
    expect(empty.map(({ header }) => header)).toEqual([]);
  });

  test('refreshed again, nothing changes, and nothing was edited', () => {
    const { stage, importId } = calm;
    const before = tableOf(stage);
    expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject({
      kind: 'done',
      rowsAdded: 0,
      cellsChanged: 0,
      rowsHeld: 0,
      rowsGone: 0,
      messages: [],
    });
    expect(tableOf(stage)).toEqual(before);
    expect(previewPush(stage.run(), importId).cells).toEqual([]);
  });

  test('fields that a later API adds change nothing', () => {
    const stage = new Stage({ entries: 12 });
    const transport = stage.affinity.transport();
    const run = stage.run();
    const api = createClient(affinity, {
      transport: { sendAll: (requests) => transport.sendAll(requests).map(estranged) },
      clock: stage.clock,
      random: () => 0.5,
      credentials: { header: `Basic ${Buffer.from(':northlight-admin-key').toString('base64')}`, secrets: [] },
      deadline: run.deadline,
    });
    importDataset(stage.desk, { ...run, api, names: createNameBook(api) }, { dataset: key, parameters: ASKED });
    expect(tableOf(stage)).toEqual(tableOf(calm.stage));
  });

  test('stopped at each checkpoint and gone on with, it ends like a run in one go', () => {
    const whole = new Stage({ entries: 450 });
    whole.importDataset(key, ASKED);
    const stage = new Stage({ entries: 450 });
    /** A run whose time is over when the first part is done. */
    const short = (): Run => {
      const run = stage.run();
      let isOver = false;
      const { store } = stage;
      return {
        ...run,
        store: {
          get: (name) => store.get(name),
          remove: (name) => store.remove(name),
          set: (name, value) => {
            isOver ||= name.startsWith('checkpoint');
            store.set(name, value);
          },
        },
        clock: { ...run.clock, now: () => (isOver ? run.deadline : run.clock.now()) },
      };
    };
    const { importId, result } = importDataset(stage.desk, short(), { dataset: key, parameters: ASKED });
    let { kind } = result;
    let runs = 1;
    for (; kind === 'paused'; runs += 1) ({ kind } = refreshImport(stage.desk, short(), importId));
    expect({ kind, columns: readImport(stage.workbook.state(importId)).columns.length }).toMatchObject({
      kind: 'done',
    });
    expect(tableOf(stage)).toEqual(tableOf(whole));
    expect(stage.ids()).toEqual(whole.ids());
    // The largest part of any dataset has 500 rows.
    if (whole.tab.rows.length > 500) expect(runs).toBeGreaterThan(1);
  });

  test('an edit of a column that Affinity fills is refused, and stays', () => {
    const { stage, importId } = calm;
    const [id = ''] = stage.ids();
    const locked = stage.tab.columns.filter((look) => !look.isEditable && !look.key.startsWith('#'));
    const before = new Map(stage.row(id).cells);
    for (const { key: name } of locked) stage.row(id).cells.set(name, 'typed by somebody');
    const { cells } = previewPush(stage.run(), importId);
    expect(cells.map(({ state }) => state)).toEqual(locked.map(() => 'refused'));
    stage.affinity.counter.reset();
    pushImport(stage.desk, stage.run(), importId, nothing);
    expect(stage.affinity.counter.read().writes).toBe(0);
    for (const { key: name } of locked) expect(stage.row(id).cells.get(name)).toBe('typed by somebody');
    for (const [name, cell] of before) stage.row(id).cells.set(name, cell);
    pushImport(stage.desk, stage.run(), importId, nothing);
  });

  test('edited texts, days and times arrive as they were typed, hostile ones too', () => {
    const { stage, importId } = imported();
    const edits: { readonly id: string; readonly header: string; readonly typed: Cell }[] = [];
    const taken = new Set<string>();
    for (const { key: name, header, format, isEditable, choices } of stage.tab.columns) {
      if (!isEditable || choices !== undefined) continue;
      // A row whose cell may be edited: the preview says so.
      for (const id of stage.ids().filter((one) => !taken.has(one))) {
        const before = stage.row(id).cells.get(name) ?? null;
        if (before === null) continue;
        const typed: Cell =
          format === 'number'
            ? 77
            : format === 'day'
              ? dayCell('2026-02-28')
              : format === 'time'
                ? { day: '2026-02-28', time: '09:30:00' }
                : HOSTILE;
        stage.row(id).cells.set(name, typed);
        const shown = previewPush(stage.run(), importId).cells.find((cell) => cell.id === id);
        if (shown?.state === 'pending') {
          edits.push({ id, header, typed });
          taken.add(id);
          break;
        }
        stage.row(id).cells.set(name, before);
        // Names can't be hostile: nobody is called so.
        if (shown?.problem?.includes('Affinity has no')) break;
      }
    }
    const isEditable = stage.tab.columns.some((look) => look.isEditable && look.choices === undefined);
    expect(edits.length > 0).toBe(isEditable);
    const { cells, failed } = pushImport(stage.desk, stage.run(), importId, nothing);
    // Affinity takes no such text for some things, an address for example: then the cell stays edited, and its row says so.
    const refused = previewPush(stage.run(), importId).cells.map(({ id, header }) => `${id} ${header}`);
    expect(refused).toHaveLength(failed);
    expect(cells + failed).toBe(edits.length);
    for (const { id } of edits)
      if (refused.some((cell) => cell.startsWith(`${id} `))) expect(stage.cell(id, 'Sync status')).toMatch(/Affinity/);
    const arrived = edits.filter(({ id, header }) => !refused.includes(`${id} ${header}`));
    stage.importDataset(key, ASKED);
    for (const { id, header, typed } of arrived) expect([header, stage.cell(id, header)]).toEqual([header, typed]);
  });

  test('of an account without anything in it, it makes an empty table', () => {
    const stage = new Stage({ entries: 0 });
    for (const shelf of ['notes', 'reminders'] as const) {
      for (const { id } of stage.affinity.world[shelf].all()) stage.affinity.world[shelf].remove(id);
    }
    const { result } = stage.importDataset(key, ASKED);
    expect(result).toMatchObject({ kind: 'done', rows: stage.tab.rows.length });
  });

  test('of one row, it makes one row', () => {
    const stage = new Stage({ entries: 1 });
    const { result } = stage.importDataset(key, ASKED);
    expect(result).toMatchObject({ kind: 'done', rows: stage.tab.rows.length });
  });
});
