/** One refresh as the page sees it: slices add up, and time left follows from the measured speed. Pure. */
import type { ProgressView, SliceView } from '../rpc';
import type { CallFault } from './server';

export interface Pull {
  /** `waiting` for another import's refresh to end; `stopping` after the slice that is under way. */
  readonly phase: 'waiting' | 'running' | 'stopping' | 'ended';
  readonly startedAt: number;
  readonly rowsAtStart: number;
  readonly rowsDone: number;
  /** Null until the first slice says it. */
  readonly rowsInAll: number | null;
  /** Calls of the slices that ended, and of the one under way. */
  readonly calls: number;
  readonly callsNow: number;
  /** Calls left in the month; null where unlimited or not told. */
  readonly monthRemaining: number | null;
  readonly rowsHeld: number;
  readonly rowsGone: number;
  /** When rows were counted last; null before the first time. */
  readonly measuredAt: number | null;
  readonly last: SliceView | null;
  /** When Affinity takes calls again; null while nothing is waited for. */
  readonly waitingUntil: number | null;
  readonly isCancelled: boolean;
  readonly fault: CallFault | null;
}

export type Pulls = Readonly<Record<string, Pull>>;

export type PullEvent =
  | { readonly kind: 'queue'; readonly id: string; readonly rowsDone: number }
  | { readonly kind: 'start'; readonly id: string; readonly at: number }
  | { readonly kind: 'slice'; readonly id: string; readonly at: number; readonly slice: SliceView }
  | { readonly kind: 'look'; readonly id: string; readonly at: number; readonly seen: ProgressView }
  | { readonly kind: 'wait'; readonly id: string; readonly until: number }
  | { readonly kind: 'stop'; readonly id: string }
  | { readonly kind: 'end'; readonly id: string; readonly isCancelled: boolean; readonly fault: CallFault | null }
  | { readonly kind: 'dismiss'; readonly id: string };

const queued = (rowsDone: number): Pull => ({
  phase: 'waiting',
  startedAt: 0,
  rowsAtStart: rowsDone,
  rowsDone,
  rowsInAll: null,
  calls: 0,
  callsNow: 0,
  monthRemaining: null,
  rowsHeld: 0,
  rowsGone: 0,
  measuredAt: null,
  last: null,
  waitingUntil: null,
  isCancelled: false,
  fault: null,
});

const next = (pull: Pull, event: PullEvent): Pull => {
  switch (event.kind) {
    case 'queue':
      return queued(event.rowsDone);
    case 'start':
      return { ...pull, phase: 'running', startedAt: event.at };
    case 'slice':
      // Rows done, added and cells changed count from the start of the refresh; calls, held and gone are those of the slice.
      return {
        ...pull,
        rowsDone: event.slice.rowsDone,
        // A slice that got no page does not know how many rows there are.
        rowsInAll: Math.max(pull.rowsInAll ?? 0, event.slice.rowsInAll),
        calls: pull.calls + event.slice.calls,
        callsNow: 0,
        monthRemaining: event.slice.monthRemaining,
        rowsHeld: pull.rowsHeld + event.slice.rowsHeld,
        rowsGone: pull.rowsGone + event.slice.rowsGone,
        measuredAt: event.at,
        last: event.slice,
        waitingUntil: null,
      };
    case 'look':
      return {
        ...pull,
        // Speed is measured from the first look on: what is prepared before says nothing of it.
        ...(pull.measuredAt === null ? { startedAt: event.at, rowsAtStart: event.seen.rowsDone } : {}),
        rowsDone: event.seen.rowsDone,
        rowsInAll: event.seen.rowsInAll || pull.rowsInAll,
        callsNow: event.seen.calls,
        monthRemaining: event.seen.monthRemaining,
        measuredAt: event.at,
      };
    case 'wait':
      return { ...pull, waitingUntil: event.until };
    case 'stop':
      return { ...pull, phase: 'stopping' };
    case 'end':
      return { ...pull, phase: 'ended', isCancelled: event.isCancelled, fault: event.fault };
    case 'dismiss':
      return pull;
  }
};

export const pullsAfter = (pulls: Pulls, event: PullEvent): Pulls => {
  if (event.kind === 'dismiss') {
    return Object.fromEntries(Object.entries(pulls).filter(([id]) => id !== event.id));
  }
  return { ...pulls, [event.id]: next(pulls[event.id] ?? queued(0), event) };
};

export const isUnderWay = (pull: Pull | undefined): boolean => pull !== undefined && pull.phase !== 'ended';

/** Milliseconds still to go at the speed so far, counted down since the last slice; null while nothing was measured. */
export const timeLeft = (pull: Pull, now: number): number | null => {
  const rows = pull.rowsDone - pull.rowsAtStart;
  if (pull.measuredAt === null || pull.rowsInAll === null || rows <= 0) return null;
  const msPerRow = (pull.measuredAt - pull.startedAt) / rows;
  return Math.max(0, msPerRow * (pull.rowsInAll - pull.rowsDone) - (now - pull.measuredAt));
};
