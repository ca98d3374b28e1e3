/**
 * The proofs can fail: the kill suite and the random histories, run over engines that are broken on purpose, each report differences.
 * Whole engines report none: test/kill/kill.test.ts, test/property/two-way.property.test.ts.
 */
import { ACTS } from '../interference/acts';
import { SCENARIOS as INTERFERED } from '../interference/scenarios';
import { type Count, sweepAct } from '../interference/suite';
import { playClean } from '../interference/sweep';
import { killPoints } from '../kill/kill-points';
import { SCENARIOS } from '../kill/scenarios';
import {
  BASELINE_FIRST,
  FORMULAS_OVERWRITTEN,
  LAST_WRITER_WINS,
  NO_CONSENT,
  NO_JOURNAL,
  NO_LOOK_AFTER_FLUSH,
  NO_LOOK_BEFORE_WRITE,
  NO_READING_AGAIN,
  ROWS_BY_POSITION,
  SETS_OVERWRITTEN,
} from './broken';
import { type Patch, patchedModule, patchedScript, SMALL } from './patched';

type Runs = typeof import('../property/two-way-runs');

const found: string[] = [];

test.each([
  ['no journal', NO_JOURNAL, 'push of updates'],
  ['no journal', NO_JOURNAL, 'push of new rows: two persons'],
  ['baseline before effect', BASELINE_FIRST, 'refresh with remote changes'],
] as const)('killed anywhere: %s', async (name, patches, scenarioName) => {
  const scenario = SCENARIOS.find((one) => one.name.startsWith(scenarioName));
  if (scenario === undefined) throw new Error(`no scenario ${scenarioName}`);
  const { points, differences } = killPoints(scenario, { every: 1 }, await patchedScript(patches));
  found.push(`${name}: ${differences.length} of ${points} kill points differ (${scenario.name})`);
  expect(differences.length).toBeGreaterThan(0);
});

test.each([
  ['last writer wins', LAST_WRITER_WINS],
  ['rows by position', ROWS_BY_POSITION],
  ['no reading again before a block', NO_READING_AGAIN],
  ['several values written over', SETS_OVERWRITTEN],
  ['formulas written over', FORMULAS_OVERWRITTEN],
  ['no consent to formulas', NO_CONSENT],
] as readonly (readonly [string, readonly Patch[]])[])('random histories: %s', async (name, patches) => {
  const { runHistories } = await patchedModule<Runs>('test/property/two-way-runs.ts', [...SMALL, ...patches]);
  const { histories, divergences, report } = runHistories(1_000, false);
  found.push(`${name}: diverges at random history ${histories}: ${report.split('\n')[0]}`);
  expect(divergences).toBeGreaterThan(0);
});

test.each([
  ['no look before a write', NO_LOOK_BEFORE_WRITE, 'an edit of a cell that the run writes'],
  ['rows by the place where they were read', NO_LOOK_AFTER_FLUSH, 'a sort'],
] as const)('a person beside a refresh: %s', async (name, patches, actName) => {
  const scenario = INTERFERED.find((one) => one.name.startsWith('refresh'));
  const act = ACTS.find((one) => one.name === actName);
  if (scenario === undefined || act === undefined) throw new Error(`no refresh or no act ${actName}`);
  const count: Count = { points: 0, classes: 0, pairs: 0, differences: [] };
  sweepAct(playClean(scenario, { code: await patchedScript(patches) }), act, 0, 0, count);
  found.push(`${name}: ${count.differences.length} of ${count.classes} runs differ (${actName})`);
  expect(count.differences.length).toBeGreaterThan(0);
});

test('a fragment that is not in the source fails the build', async () => {
  const stale = [{ file: 'src/sync/runs/push.ts', fragment: 'no such text', by: '' }];
  await expect(patchedScript(stale)).rejects.toThrow('has 0 times');
});

afterAll(() => console.log(found.join('\n')));
