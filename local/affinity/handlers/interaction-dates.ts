/** Searching persons and organizations by the dates of their interactions. Source: official text, "Search for Persons". */
import { SEARCHABLE_DATES, type SearchableDate } from '../../../src/api/enums';
import { instantFor } from '../access';
import type { Caller } from '../emulate';
import { interactionDatesOf } from '../world/interactions';

export interface PartsQuery {
  readonly with_interaction_dates?: boolean;
  readonly with_interaction_persons?: boolean;
  readonly with_opportunities?: boolean;
}

type RangeQuery = { readonly [K in `${'min' | 'max'}_${SearchableDate}_date`]?: string };

export const wantsDates = ({ world }: Caller, query: PartsQuery): boolean =>
  query.with_interaction_dates === true || !world.rules.isOn('interaction-dates-on-request');

/** A test of one row: within all ranges, and with any interaction at all when dates were asked for. */
export const byInteractionDates = <T>(
  caller: Caller,
  query: PartsQuery & RangeQuery,
  personIdsOf: (row: T) => readonly number[],
): ((row: T) => boolean) => {
  const { world } = caller;
  const ranges = SEARCHABLE_DATES.flatMap((kind) => {
    const min = query[`min_${kind}_date`];
    const max = query[`max_${kind}_date`];
    if (min === undefined && max === undefined) return [];
    return [
      {
        kind,
        min: min === undefined ? Number.NEGATIVE_INFINITY : instantFor(caller, min, `min_${kind}_date`),
        max: max === undefined ? Number.POSITIVE_INFINITY : instantFor(caller, max, `max_${kind}_date`),
      },
    ];
  });
  const leavesOut = query.with_interaction_dates === true && world.rules.isOn('interaction-dates-leave-others-out');
  if (ranges.length === 0 && !leavesOut) return () => true;
  const isRanged = world.rules.isOn('search-by-interaction-dates');
  return (row) => {
    const dates = interactionDatesOf(world, personIdsOf(row));
    if (dates === null) return !leavesOut && (ranges.length === 0 || !isRanged);
    return (
      !isRanged ||
      ranges.every(({ kind, min, max }) => {
        const one = dates[kind];
        return one !== null && one.date >= min && one.date <= max;
      })
    );
  };
};
