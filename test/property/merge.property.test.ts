/** What holds for a cell whatever both sides do. `base`, `mine` and `theirs` are three values of which some are equal. */
import fc from 'fast-check';
import type { Cell } from '../../src/sync/cells/cell';
import { manyValue, mergeSets, sameValue, scalarsOf, type Value } from '../../src/sync/cells/value';
import type { Column } from '../../src/sync/datasets/dataset';
import { type CellPlan, mergeCell, ownOf } from '../../src/sync/merge/merge-cell';
import type { BaselineCell } from '../../src/sync/state/baseline';
import { columnOf } from '../unit/columns';
import { holds } from './run';
import { type Sample, sample } from './values';

const columnFor = ({ type, isMany, codec }: Sample): Column => columnOf(type, isMany, { codec });

/** What the baseline keeps of a cell that we wrote, as `runs/apply.ts` does. */
const kept = ({ codec, context }: Sample, value: Value): BaselineCell => {
  const cell = value === null ? null : codec.toCell(value, context);
  return codec.isContextual && typeof cell === 'string' ? { value, text: cell } : { value };
};

const shown = ({ codec, context }: Sample, value: Value): Cell =>
  value === null ? null : codec.toCell(value, context);

/** A continent alone is shown and never sent: an edit to it is refused. */
const isSendable = ({ codec }: Sample, value: Value): boolean => (codec.unsendable?.(value) ?? null) === null;

const planOf = (given: Sample, base: BaselineCell | undefined, sheet: Cell, theirs: Value): CellPlan =>
  mergeCell({ column: columnFor(given), base, sheet, theirs, context: given.context });

/** The cell and the baseline after a refresh has done what the plan says. */
const refreshed = (given: Sample, base: BaselineCell | undefined, sheet: Cell, plan: CellPlan) =>
  plan.state === 'theirs' || plan.state === 'agreed'
    ? { base: kept(given, plan.theirs), sheet: plan.next }
    : { base, sheet };

const meeting = (check: (given: Sample, base: Value, mine: Value, theirs: Value) => void) =>
  holds(
    fc.property(sample, (given) => check(given, ...given.values)),
    2000,
  );

test('three times the same is nothing to do', () => {
  meeting((given, base) => {
    expect(planOf(given, kept(given, base), shown(given, base), base)).toEqual({ state: 'same' });
  });
});

test('an edited cell is never overwritten, an unedited one never sent', () => {
  meeting((given, base, mine, theirs) => {
    const { state } = planOf(given, kept(given, base), shown(given, mine), theirs);
    if (sameValue(base, mine)) expect(['same', 'theirs']).toContain(state);
    else expect(['pending', 'cleared', 'agreed', 'conflict', 'refused']).toContain(state);
  });
});

test('both sides changed, differently: a conflict, or of several values both changes together', () => {
  meeting((given, base, mine, theirs) => {
    fc.pre(!sameValue(base, mine) && !sameValue(base, theirs) && !sameValue(mine, theirs));
    fc.pre(isSendable(given, mine));
    const plan = planOf(given, kept(given, base), shown(given, mine), theirs);
    const both = mergeSets(base, mine, theirs);
    if (!given.isMany || [mine, theirs, both].includes(null)) expect(plan.state).toBe('conflict');
    else if (sameValue(both, theirs)) expect(plan.state).toBe('agreed');
    else expect('mine' in plan && plan.state === 'pending' && sameValue(plan.mine, both)).toBe(true);
  });
});

describe('several values put together', () => {
  const set = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 6 }).map(manyValue);
  const sides = (check: (base: Value, one: Value, other: Value) => void) =>
    holds(fc.property(set, set, set, check), 2000);

  test('are the same whichever side is which, in whatever order', () => {
    sides((base, one, other) => {
      expect(sameValue(mergeSets(base, one, other), mergeSets(base, other, one))).toBe(true);
      const turned = (value: Value) => manyValue([...scalarsOf(value)].reverse());
      expect(sameValue(mergeSets(turned(base), turned(one), other), mergeSets(base, one, other))).toBe(true);
    });
  });

  test('have every value that either side added, none that either side removed, and what both kept', () => {
    sides((base, one, other) => {
      const both = scalarsOf(mergeSets(base, one, other));
      const [before, a, b] = [base, one, other].map(scalarsOf) as [string[], string[], string[]]; // texts, as made above
      for (const value of ['a', 'b', 'c', 'd', 'e']) {
        const isIn = before.includes(value) ? a.includes(value) && b.includes(value) : [...a, ...b].includes(value);
        expect([value, both.includes(value)]).toEqual([value, isIn]);
      }
      expect(new Set(both).size).toBe(both.length);
    });
  });

  test('with a side that changed nothing are the other side, and again together the same', () => {
    sides((base, one, other) => {
      expect(sameValue(mergeSets(base, base, other), other)).toBe(true);
      const both = mergeSets(base, one, other);
      expect(sameValue(mergeSets(base, one, both), both)).toBe(true);
    });
  });
});

test('an edit is pending with its own value, an emptied cell is cleared', () => {
  meeting((given, base, mine) => {
    fc.pre(!sameValue(base, mine) && isSendable(given, mine));
    const plan = planOf(given, kept(given, base), shown(given, mine), base);
    expect(plan.state).toBe(mine === null ? 'cleared' : 'pending');
    expect('mine' in plan && sameValue(plan.mine, mine)).toBe(true);
  });
});

test('a second refresh finds nothing more to do', () => {
  meeting((given, base, mine, theirs) => {
    for (const known of [kept(given, base), undefined]) {
      const sheet = shown(given, mine);
      const first = planOf(given, known, sheet, theirs);
      const after = refreshed(given, known, sheet, first);
      const second = planOf(given, after.base, after.sheet, theirs);
      if (first.state === 'theirs' || first.state === 'agreed') expect(second).toEqual({ state: 'same' });
      else expect(second).toEqual(first);
    }
  });
});

test('after a push both sides agree', () => {
  meeting((given, base, mine, theirs) => {
    const sheet = shown(given, mine);
    const plan = planOf(given, kept(given, base), sheet, theirs);
    fc.pre(plan.state === 'pending' || plan.state === 'cleared' || plan.state === 'conflict');
    const after: BaselineCell =
      given.codec.isContextual && typeof sheet === 'string' ? { value: mine, text: sheet } : { value: mine };
    // What both sides changed goes into the cell together; where a person was faster, the cell keeps its own words.
    if (ownOf(plan) === undefined) expect(planOf(given, after, sheet, mine)).toEqual({ state: 'same' });
    else {
      expect(planOf(given, kept(given, plan.mine), shown(given, plan.mine), plan.mine)).toEqual({ state: 'same' });
      expect(planOf(given, after, sheet, plan.mine).state).toMatch(/^(same|theirs)$/);
    }
  });
});

test('a row without a baseline is never sent, and overwritten only where it is empty', () => {
  meeting((given, _base, mine, theirs) => {
    const sheet = shown(given, mine);
    const { state } = planOf(given, undefined, sheet, theirs);
    expect(['same', 'theirs', 'agreed', 'conflict', ...(isSendable(given, mine) ? [] : ['refused'])]).toContain(state);
    if (sheet !== null) expect(state).not.toBe('theirs');
  });
});
