/** Each documented rule: its case passes over HTTP with the rule on, and fails with the rule off. */
import { RULES, type RuleName } from '../../../local/affinity';
import { startApi } from './api';
import { startHttpApi } from './http-api';
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

describe('the emulator keeps each documented rule, over HTTP', () => {
  for (const { rule, sentence, run } of RULE_CASES) {
    test(`${sentence} (${rule})`, () => run(startHttpApi()));
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

test('there are at least 200 cases, each with a sentence of its own', () => {
  const sentences = RULE_CASES.map(({ sentence }) => sentence);
  expect(sentences.length).toBeGreaterThanOrEqual(200);
  expect(new Set(sentences).size).toBe(sentences.length);
});
