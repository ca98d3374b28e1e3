/**
 * The interference suite over some scenarios: each act of a person before each service call, one point for each class of points that
 * are the same (service-trace.ts). By default a part of the classes is played; `SWEEP=all` plays every class, on every platform, and
 * again with a script whose few rows make several pages and blocks; `SWEEP=classes` every class on one platform.
 */
import type { PlatformSwitches } from '../../local/google';
import { patchedScript, SMALL } from '../variants/patched';
import { ACTS } from './acts';
import { SCENARIOS, type Scenario } from './scenarios';
import { type Clean, play, playClean, stateOf, troublesOf } from './sweep';
import type { StageOptions } from './world';

const SWEEP = process.env.SWEEP ?? '';
const IS_WHOLE = SWEEP === 'all' || SWEEP === 'classes';
/** Calls that are skipped after a class that was played. */
const LEAP = IS_WHOLE ? 0 : 60;
/** Every so-manieth class is played at another of its points as well, to check the rule of classes. */
const CHECKED = IS_WHOLE ? 20 : 12;

const PLATFORMS: readonly Partial<PlatformSwitches>[] = [
  {},
  { structuralCalls: 'at-once' },
  { editEvents: 'after-run' },
];

interface Variant {
  readonly name: string;
  readonly platform: Partial<PlatformSwitches>;
  readonly isSmall: boolean;
}

const variantsOf = (scenario: Scenario, number: number): readonly Variant[] => {
  const isSmall = scenario.isSmall === true;
  const named = (platform: Partial<PlatformSwitches>, small: boolean): Variant => ({
    name: [...Object.values(platform), ...(small ? ['small blocks'] : [])].join(', ') || 'as it is',
    platform,
    isSmall: small,
  });
  if (SWEEP === 'all') {
    return [...PLATFORMS.map((platform) => named(platform, isSmall)), ...(isSmall ? [] : [named({}, true)])];
  }
  return [named(IS_WHOLE ? {} : (PLATFORMS[number % PLATFORMS.length] ?? {}), isSmall)];
};

export interface Count {
  points: number;
  classes: number;
  pairs: number;
  readonly differences: string[];
}

/** Plays one act before the calls of a run. */
export const sweepAct = (clean: Clean, act: (typeof ACTS)[number], first: number, leap: number, count: Count): void => {
  for (let number = first; number < clean.calls.length; ) {
    const played = play(clean, act, number);
    count.classes += 1;
    count.points += played.last - number + 1;
    if (played.last > number && count.classes % CHECKED === 0) {
      // Anywhere in the class but at the point that was played, by a step that shares no factor with most lengths.
      const other = number + 1 + ((count.classes * 7919) % (played.last - number));
      const twin = play(clean, act, other);
      count.pairs += 1;
      if (stateOf(twin.desktop) !== stateOf(played.desktop))
        count.differences.push(`${act.name}: before call ${number} and ${other} are not the same`);
    }
    const troubles = troublesOf(clean, played);
    if (troubles.length > 0)
      count.differences.push(
        `${clean.scenario.name}, ${act.name}, ${played.at}:\n  ${troubles.slice(0, 5).join('\n  ')}`,
      );
    number = played.last + 1 + leap;
  }
};

/** Declares the tests of these scenarios. */
export const declareSuite = (isMeant: (scenario: Scenario) => boolean): void => {
  const lines: string[] = [];
  let small = '';
  beforeAll(async () => {
    small = await patchedScript(SMALL);
  });

  const cases = SCENARIOS.flatMap((scenario, number) =>
    isMeant(scenario) ? variantsOf(scenario, number).map((variant) => ({ scenario, variant, number })) : [],
  );
  describe.each(cases.map((one) => [one.scenario.name, one.variant.name, one] as const))(
    '%s (%s)',
    (_name, _variant, { scenario, variant, number }) => {
      const count: Count = { points: 0, classes: 0, pairs: 0, differences: [] };
      let clean: Clean;
      beforeAll(() => {
        const options: StageOptions = { platform: variant.platform, ...(variant.isSmall ? { code: small } : {}) };
        clean = playClean(scenario, options);
      });

      test.each(ACTS.map((act, index) => [act.name, act, index] as const))('%s', (_act, act, index) => {
        const before = count.differences.length;
        const first = LEAP === 0 ? 0 : (number * 7 + index * 17) % LEAP;
        sweepAct(clean, act, first, LEAP, count);
        expect(count.differences.slice(before)).toEqual([]);
      });

      afterAll(() => {
        const { points, classes, pairs, differences } = count;
        lines.push(
          `${scenario.name} (${variant.name}): ${points} interference points of ${clean.calls.length} service calls, ${differences.length} differences (${ACTS.length} acts, ${classes} runs, ${pairs} pairs compared)`,
        );
      });
    },
  );

  afterAll(() => console.log(lines.join('\n')));
};
