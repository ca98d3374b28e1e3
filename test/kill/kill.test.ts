/**
 * Every stop is survivable: a run of the built bundle is killed at each of its effects, before and after it took place; its unflushed
 * writes are lost; it is run again, and sometimes killed again; the world then equals the clean run's. Source: design, promise P1.
 */
import { patchedScript, SMALL } from '../variants/patched';
import { killPoints } from './kill-points';
import { SCENARIOS } from './scenarios';

let points = 0;
let differences = 0;

const survives = (scenario: (typeof SCENARIOS)[number], code?: string): void => {
  const count = killPoints(scenario, { twiceEvery: 5 }, code);
  points += count.points;
  differences += count.differences.length;
  expect(count.differences).toEqual([]);
};

describe('as if it had never been killed', () => {
  test.each(SCENARIOS)('$name', (scenario) => survives(scenario));
});

describe('the same where a few rows make several pages and blocks', () => {
  let small = '';
  beforeAll(async () => {
    small = await patchedScript(SMALL);
  });

  test.each(SCENARIOS.filter(({ name }) => !name.includes('new rows')))('$name', (scenario) =>
    survives(scenario, small),
  );
});

afterAll(() => console.log(`${points} kill points, ${differences} differences`));
