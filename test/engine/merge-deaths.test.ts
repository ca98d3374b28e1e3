/**
 * A push of values that both sides changed and of what formulas show, and its undo, killed at each effect and with each answer lost: run
 * again, everything ends as if nothing had happened, formulas included. Ten seconds.
 */
import { LIST_IDS } from '../../local/affinity';
import { pushImport, undoablePushes, undoPush } from '../../src/sync/runs/desk';
import { choiceKey } from '../../src/sync/runs/send-rows';
import { killEverywhere, loseEveryReply } from './deaths';
import { Meeting } from './meeting';
import type { Stage } from './stage';

const FORMULA = { formula: '=X1', shows: 7 };

const prepared = () => {
  const at = new Meeting(LIST_IDS.pipeline, ['Amount', 'Tags']);
  const { stage, importId, id } = at;
  const other = stage.ids().find((one) => one !== id && typeof stage.cell(one, 'Amount') === 'number') ?? '';
  at.agreeOnTags('alpha; beta; gamma');
  at.type('Tags', 'gamma; alpha; delta; "x; y"');
  at.colleagueAddsTag('epsilon');
  at.colleagueRemovesTag('gamma');
  at.type('Amount', FORMULA);
  at.type('Amount', FORMULA, other);
  at.colleagueSets('Amount', 99, other);
  const amount = stage.column('Amount');
  const keys = [id, other].map((one) => choiceKey(one, amount));
  const push = (world: Stage) => {
    const options = {
      sendClears: false,
      choices: new Map(keys.map((key) => [key, 'mine' as const])),
      formulas: new Map(keys.map((key) => [key, '7'])),
    };
    pushImport(world.desk, world.run(), importId, options);
  };
  return { at, stage, importId, other, push };
};

test('the push: killed anywhere, or with any answer lost', () => {
  const { push } = prepared();
  const world = () => prepared().stage;
  const killed = killEverywhere(world, push);
  const lost = loseEveryReply(world, push);
  console.log(`${killed.points} kill points and ${lost.points} lost answers of a merging push`);
  expect([...killed.differences, ...lost.differences]).toEqual([]);
  expect([killed.points > 15, lost.points > 7]).toEqual([true, true]);
});

test('its undo: killed anywhere, or with any answer lost', () => {
  const world = () => {
    const { stage, push } = prepared();
    push(stage);
    return stage;
  };
  const { importId } = prepared();
  const start = world();
  const ofRun = undoablePushes(start.desk, start.run(), importId)[0]?.run ?? '';
  const undo = (stage: Stage) => void undoPush(stage.desk, stage.run(), importId, ofRun);
  const killed = killEverywhere(world, undo);
  const lost = loseEveryReply(world, undo);
  console.log(`${killed.points} kill points and ${lost.points} lost answers of its undo`);
  expect([...killed.differences, ...lost.differences]).toEqual([]);
  expect([killed.points > 15, lost.points > 7]).toEqual([true, true]);
});

test('the clean push leaves both formulas, and the cell shows what both sides made of it', () => {
  const { at, stage, other, push } = prepared();
  push(stage);
  expect([at.cell('Amount'), at.cell('Amount', other)]).toEqual([FORMULA, FORMULA]);
  expect([at.valueOf('Amount'), at.valueOf('Amount', other)]).toEqual([7, 7]);
  expect(at.tags()).toEqual(['alpha', 'delta', 'epsilon', 'x; y']);
  expect(at.cell('Tags')).toBe('alpha; epsilon; delta; "x; y"');
  expect(at.preview().cells).toEqual([]);
});
