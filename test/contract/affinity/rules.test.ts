/** Each documented rule: its case passes with the rule on, and fails with the rule off. */
import { RULES, type RuleName } from '../../../local/affinity';
import { startApi } from './api';
import { RULE_CASES } from './rule-cases';

/** What an expectation throws when it is not met; an error of another kind would prove nothing. */
const failureOf = (run: () => void): unknown => {
  try {
    run();
  } catch (fault) {
    return fault;
  }
  return null;
};

describe('the emulator keeps each documented rule', () => {
  for (const { rule, sentence, run } of RULE_CASES) {
    test(`${sentence} (${rule})`, () => run(startApi()));
  }
});

describe('the case of each rule notices when the rule is broken', () => {
  for (const { rule, run } of RULE_CASES) {
    test(rule, () => {
      const broken = startApi({ rulesOff: [rule] });
      expect(failureOf(() => run(broken))).toHaveProperty('matcherResult');
    });
  }
});

test('every rule has a case', () => {
  const covered = new Set<RuleName>(RULE_CASES.map(({ rule }) => rule));
  const names = Object.keys(RULES) as RuleName[]; // the keys of a constant
  expect(names.filter((name) => !covered.has(name))).toEqual([]);
});
