/**
 * How long each row was in which stage, from the history of a field. Pure. A visit begins when the value becomes the stage and ends
 * when it becomes another one or is deleted; the same value written again is the same visit. Cases: test/property/stage-times.test.ts.
 */

/** One step of the history of one row's cell. */
export interface StageStep {
  readonly row: number;
  readonly entity: number;
  /** Instant, milliseconds since 1970; steps of one instant go by their id. */
  readonly at: number;
  readonly id: number;
  /** Id of the stage that the cell got; null where its value was deleted. */
  readonly stage: number | null;
}

/** A stay of one row in one stage. */
export interface Visit {
  readonly row: number;
  readonly entity: number;
  /** Counts the visits of the row from 1. */
  readonly number: number;
  readonly stage: number;
  readonly entered: number;
  /** Null while the row is still there. */
  readonly left: number | null;
  /** The stage after this one; null where there is none, because the row is still here or its value was deleted. */
  readonly next: number | null;
  /** Whether the row came from a stage that stands behind this one. */
  readonly isBack: boolean;
}

/** Visits row by row, each row's in the order of time. `rankOf` orders the stages. */
export const visitsOf = (steps: readonly StageStep[], rankOf: (stage: number) => number): readonly Visit[] => {
  const byRow = new Map<number, StageStep[]>();
  for (const step of steps) {
    const known = byRow.get(step.row);
    if (known === undefined) byRow.set(step.row, [step]);
    else known.push(step);
  }
  const visits: Visit[] = [];
  for (const ofRow of [...byRow.entries()].sort(([a], [b]) => a - b).map(([, list]) => list)) {
    ofRow.sort((a, b) => a.at - b.at || a.id - b.id);
    let open: Visit | null = null;
    let before: number | null = null;
    let number = 0;
    for (const { row, entity, at, stage } of ofRow) {
      if (open !== null && open.stage === stage) continue;
      if (open !== null) {
        visits.push({ ...open, left: at, next: stage });
        before = open.stage;
      }
      if (stage === null) open = null;
      else {
        number += 1;
        const isBack: boolean = before !== null && rankOf(before) > rankOf(stage);
        open = { row, entity, number, stage, entered: at, left: null, next: null, isBack };
      }
    }
    if (open !== null) visits.push(open);
  }
  return visits;
};

const DAY_MS = 86_400_000;

/** Length of a visit in days, to a tenth; one that goes on ends `now`. */
export const daysOf = ({ entered, left }: Visit, now: number): number =>
  Math.round(((left ?? Math.max(now, entered)) - entered) / (DAY_MS / 10)) / 10;

const median = (sorted: readonly number[]): number | null => {
  if (sorted.length === 0) return null;
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : Math.round((((sorted[middle - 1] ?? 0) + high) / 2) * 10) / 10;
};

/** What became of the rows that were in a stage. */
export interface StageFigures {
  readonly stage: number;
  /** Rows that were ever in it, that are in it now, and that ever moved on to a stage behind it. */
  readonly reached: number;
  readonly present: number;
  readonly movedOn: number;
  /** Moves into it from a stage behind it. */
  readonly movesBack: number;
  /** Of visits that ended, in days. */
  readonly medianDays: number | null;
}

export const figuresOf = (
  visits: readonly Visit[],
  stages: readonly number[],
  rankOf: (stage: number) => number,
  now: number,
): readonly StageFigures[] =>
  stages.map((stage) => {
    const here = visits.filter((visit) => visit.stage === stage);
    const rows = (of: readonly Visit[]): number => new Set(of.map(({ row }) => row)).size;
    const ended = here.filter(({ left }) => left !== null).map((visit) => daysOf(visit, now));
    return {
      stage,
      reached: rows(here),
      present: rows(here.filter(({ left }) => left === null)),
      movedOn: rows(here.filter(({ next }) => next !== null && rankOf(next) > rankOf(stage))),
      movesBack: here.filter(({ isBack }) => isBack).length,
      medianDays: median(ended.sort((a, b) => a - b)),
    };
  });

/** Moves from one stage to another. */
export interface StageMoves {
  readonly from: number;
  readonly to: number;
  readonly moves: number;
  /** Part of all moves out of `from`, 0 to 1. */
  readonly share: number;
  readonly medianDays: number | null;
}

export const movesOf = (visits: readonly Visit[], stages: readonly number[], now: number): readonly StageMoves[] =>
  stages.flatMap((from) => {
    const out = visits.filter(({ stage, next }) => stage === from && next !== null);
    return stages.flatMap((to) => {
      const moves = out.filter(({ next }) => next === to);
      if (moves.length === 0) return [];
      const days = moves.map((visit) => daysOf(visit, now)).sort((a, b) => a - b);
      return [{ from, to, moves: moves.length, share: moves.length / out.length, medianDays: median(days) }];
    });
  });
