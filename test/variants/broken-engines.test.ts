/**
 * The proofs can fail: the kill suite and the random histories, run over engines that are broken on purpose, each report differences.
 * Whole engines report none: test/kill/kill.test.ts, test/property/two-way.property.test.ts.
 */
import { killPoints } from '../kill/kill-points';
import { SCENARIOS } from '../kill/scenarios';
import {
  BASELINE_FIRST,
  FORMULAS_OVERWRITTEN,
  LAST_WRITER_WINS,
  NO_CONSENT,
  NO_JOURNAL,
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

test('a fragment that is not in the source fails the build', async () => {
  const stale = [{ file: 'src/sync/runs/push.ts', fragment: 'no such text', by: '' }];
  await expect(patchedScript(stale)).rejects.toThrow('has 0 times');
});

afterAll(() => console.log(found.join('\n')));
