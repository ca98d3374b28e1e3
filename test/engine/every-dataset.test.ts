/**
 * The suite that each dataset gets by being declared: its records once, whatever their number and form; nothing sent that was not
 * edited; edits and new rows sent once, killed anywhere or not. What fits a dataset is found in `any-dataset.ts`. Thirty seconds.
 */
import { createClient } from '../../src/api/client';
import type { NoAnswer, WireResponse } from '../../src/api/ports';
import { affinity } from '../../src/api/table';
import type { Cell } from '../../src/sync/cells/cell';
import { datasets } from '../../src/sync/datasets/registry';
import { ID_COLUMN } from '../../src/sync/row-id';
import { importDataset, previewPush, pushImport, refreshImport, removeSelected } from '../../src/sync/runs/desk';
import { createNameBook } from '../../src/sync/runs/resolve-names';
import type { Run } from '../../src/sync/runs/run';
import { readImport } from '../../src/sync/state/saved-import';
import { ASKED, editAnything, typeAnything } from './any-dataset';
import { addEntries, addRecords } from './crowd';
import { type Count, killEverywhere, loseEveryReply } from './deaths';
import { Stage } from './stage';

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

const MANY = 5_000;
/** A world that all datasets look at, made when the first one does. */
const shared = (fill: (stage: Stage) => void): (() => Stage) => {
  let stage: Stage | null = null;
  return () => {
    if (stage === null) {
      stage = new Stage({ entries: 4 });
      fill(stage);
    }
    return stage;
  };
};
const manyRecords = shared(({ affinity: { world } }) => addRecords(world, MANY, ASKED.fieldId));
const manyEntries = shared(({ affinity: { world } }) => addEntries(world, MANY));
const FEW = 100;
const CALM = { kind: 'done', rowsAdded: 0, cellsChanged: 0, rowsHeld: 0, rowsGone: 0, messages: [] };
const NOTHING: Count = { points: 0, differences: [] };

/** A push of edits of all kinds and of a new row, prepared in the world before; null where the dataset writes nothing. */
const pushIn = (before: Stage, importId: string) => {
  const row = typeAnything(before, importId);
  const edits = editAnything(before, importId, 'edited');
  if (edits.length === 0 && row === null) return null;
  return (stage: Stage) => void pushImport(stage.desk, stage.run(), importId, nothing);
};

/** The deletion of a row that Affinity lets go; null where there is none. */
const deletionIn = (before: Stage, importId: string) => {
  const remove = (id: string) => (stage: Stage) => removeSelected(stage.desk, stage.run(), importId, [id]);
  const id = before.ids().find((one) => remove(one)(before.copy()).failed === 0);
  return id === undefined ? null : (stage: Stage) => void remove(id)(stage);
};

const tally = { points: 0, lost: 0, differences: 0 };
const WRITING = ['edits and a new row', 'a deletion'] as const;

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
    const edits = editAnything(stage, importId, HOSTILE);
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

  test('of 5,000 rows, it brings each once, and a refresh finds nothing new', () => {
    const many = (stage: Stage) => ({ stage, ...stage.importDataset(key, ASKED) });
    let table = many(manyRecords());
    if (table.result.rows < MANY) table = many(manyEntries());
    const { stage, importId, result } = table;
    expect(result).toMatchObject({ kind: 'done' });
    expect(new Set(stage.ids()).size).toBe(result.rows);
    // Tables that tell of all rows together have a row for each stage, or for each two.
    expect(result.rows >= MANY || result.rows < FEW).toBe(true);
    expect(refreshImport(stage.desk, stage.run(), importId)).toMatchObject(CALM);
  });

  describe.each(WRITING)('%s', (what) => {
    const { stage: before, importId } = imported(4);
    const act = what === 'a deletion' ? deletionIn(before, importId) : pushIn(before, importId);
    const isNothing = act === null;

    test('killed at every effect and run again, it ends as if it had never been killed', () => {
      const { points, differences } = isNothing ? NOTHING : killEverywhere(before, act);
      tally.points += points;
      tally.differences += differences.length;
      expect(differences).toEqual([]);
    });

    test('with the answer of each write lost, or a server fault in its place, it ends as if every answer had come', () => {
      const { points, differences } = isNothing ? NOTHING : loseEveryReply(before, act);
      tally.lost += points;
      tally.differences += differences.length;
      expect(differences).toEqual([]);
    });
  });
});

afterAll(() =>
  console.log(
    `${tally.points} kill points and ${tally.lost} lost answers of all datasets, ${tally.differences} differences`,
  ),
);
