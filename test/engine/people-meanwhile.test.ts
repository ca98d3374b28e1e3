/** People type, sort, insert and delete while a run is going: at every step of a refresh and of a push. */
import { LIST_IDS } from '../../local/affinity';
import { pushImport, refreshImport } from '../../src/sync/runs/desk';
import { Stage } from './stage';

const nothing = { sendClears: false, choices: new Map() };

const opened = () => {
  const stage = new Stage({ entries: 12 });
  const { importId } = stage.import(LIST_IDS.pipeline);
  const ids = stage.ids().filter((id) => stage.cell(id, 'Amount') !== null);
  const colleagueSets = (id: string, value: number) => {
    const stored = stage
      .client()
      .fieldValues.list({ query: { list_entry_id: Number(id) } })
      .find((found) => `field.${found.field_id}` === stage.column('Amount'));
    stage.colleague().fieldValues.update({ path: { field_value_id: stored?.id ?? 0 }, body: { value } });
  };
  const valueIn = (id: string) =>
    stage
      .client()
      .fieldValues.list({ query: { list_entry_id: Number(id) } })
      .find((found) => `field.${found.field_id}` === stage.column('Amount'))?.value;
  return { stage, importId, ids, colleagueSets, valueIn };
};

/** Runs `scenario` once for each port call it makes, with `act` done just before that call. */
const atEveryStep = (
  scenario: (act: ((stage: Stage) => void) | null, at: number) => number,
  act: (stage: Stage) => void,
) => {
  const steps = scenario(null, -1);
  expect(steps).toBeGreaterThan(3);
  for (let at = 1; at <= steps; at += 1) scenario(act, at);
};

const hook = (stage: Stage, act: ((stage: Stage) => void) | null, at: number): (() => number) => {
  let step = 0;
  stage.workbook.before = () => {
    step += 1;
    if (step === at) act?.(stage);
  };
  return () => {
    stage.workbook.before = () => {};
    return step;
  };
};

test('an edit typed at any step of a refresh stands at the end and is pending', () => {
  atEveryStep(
    (act, at) => {
      const { stage, importId, ids, colleagueSets } = opened();
      const [edited = '', changed = ''] = ids;
      colleagueSets(changed, 222);
      const steps = hook(stage, act === null ? null : () => stage.type(edited, 'Amount', 999), at);
      refreshImport(stage.desk, stage.run(), importId);
      const count = steps();
      expect(stage.cell(changed, 'Amount')).toBe(222);
      if (act !== null) {
        expect(stage.cell(edited, 'Amount')).toBe(999);
        expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ cells: 1, conflicts: 0 });
      }
      return count;
    },
    () => {},
  );
});

test('an edit of the very cell that a refresh is about to write is kept, as a conflict', () => {
  atEveryStep(
    (act, at) => {
      const { stage, importId, ids, colleagueSets } = opened();
      const [id = ''] = ids;
      colleagueSets(id, 222);
      const steps = hook(stage, act === null ? null : () => stage.type(id, 'Amount', 999), at);
      refreshImport(stage.desk, stage.run(), importId);
      const count = steps();
      if (act !== null) {
        expect(stage.cell(id, 'Amount')).toBe(999);
        const result = pushImport(stage.desk, stage.run(), importId, nothing);
        // Typed before the write: a conflict. Typed after it: an edit of the new value.
        expect([result.cells, result.conflicts].sort()).toEqual([0, 1]);
      }
      return count;
    },
    () => {},
  );
});

test('rows sorted or inserted at any step of a refresh get their own values', () => {
  atEveryStep(
    (act, at) => {
      const { stage, importId, ids, colleagueSets } = opened();
      for (const [index, id] of ids.entries()) colleagueSets(id, 1000 + index);
      const steps = hook(
        stage,
        act === null
          ? null
          : () => {
              stage.tab.rows.reverse();
              stage.tab.rows.splice(2, 0, { cells: new Map(), beside: 'mine' });
            },
        at,
      );
      refreshImport(stage.desk, stage.run(), importId);
      const count = steps();
      for (const [index, id] of ids.entries()) expect(stage.cell(id, 'Amount')).toBe(1000 + index);
      if (act !== null) expect(stage.tab.rows[2]?.beside).toBe('mine');
      return count;
    },
    () => {},
  );
});

test('an edit typed at any step of a push is not lost: it is sent, or pending afterwards', () => {
  atEveryStep(
    (act, at) => {
      const { stage, importId, ids, valueIn } = opened();
      const [first = '', second = ''] = ids;
      stage.type(first, 'Amount', 111);
      const steps = hook(
        stage,
        act === null
          ? null
          : () => {
              stage.type(first, 'Amount', 112);
              stage.type(second, 'Amount', 113);
            },
        at,
      );
      pushImport(stage.desk, stage.run(), importId, nothing);
      const count = steps();
      if (act !== null) {
        expect([stage.cell(first, 'Amount'), stage.cell(second, 'Amount')]).toEqual([112, 113]);
        expect(pushImport(stage.desk, stage.run(), importId, nothing)).toMatchObject({ conflicts: 0, failed: 0 });
        expect([valueIn(first), valueIn(second)]).toEqual([112, 113]);
      }
      return count;
    },
    () => {},
  );
});
