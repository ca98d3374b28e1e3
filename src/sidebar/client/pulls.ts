/** Drives refreshes slice by slice, one import at a time (the file has one lock), whatever the person looks at meanwhile. */
import { useReducer, useRef } from 'preact/hooks';
import { isUnderWay, type Pull, type Pulls, pullsAfter } from './pull-state';
import { asFault, CallFault, call } from './server';
import { pause } from './tasks';
import { watched } from './watch';

/** Slices in a row that may bring neither a row nor a call, and no row at all, before we stop asking: each costs the firm calls. */
const IDLE_SLICES = 3;
const SLICES_WITHOUT_ROWS = 8;
const STUCK = 'The refresh does not get on. What was read stays. Wait a minute, then go on.';

export interface PullDriver {
  readonly all: Pulls;
  of(importId: string): Pull | undefined;
  /** Does nothing while this import's refresh is under way. */
  start(importId: string, rowsDone: number, agreed?: boolean): void;
  stop(importId: string): void;
  dismiss(importId: string): void;
}

export const usePulls = (onEnded: () => void): PullDriver => {
  const [pulls, dispatch] = useReducer(pullsAfter, {});
  const active = useRef(new Set<string>());
  const stopping = useRef(new Set<string>());
  /** Names of the refreshes under way, under which the server is asked to stop. */
  const tickets = useRef(new Map<string, string>());
  const queue = useRef<Promise<void>>(Promise.resolve());
  const ended = useRef(onEnded);
  ended.current = onEnded;

  const drive = async (id: string, ticket: string, agreed: boolean): Promise<'ended' | 'cancelled'> => {
    let idle = 0;
    let without = 0;
    let rowsDone = -1;
    while (!stopping.current.has(id)) {
      const slice = await watched(
        ticket,
        () => call('pull', id, ticket, agreed),
        (seen) => dispatch({ kind: 'look', id, at: Date.now(), seen }),
      );
      dispatch({ kind: 'slice', id, at: Date.now(), slice });
      if (slice.kind === 'paused' && stopping.current.has(id)) return 'cancelled';
      if (slice.kind !== 'paused' || !slice.goesOn) return 'ended';
      const hasNews = slice.rowsDone !== rowsDone;
      idle = hasNews || slice.calls > 0 ? 0 : idle + 1;
      without = hasNews ? 0 : without + 1;
      rowsDone = slice.rowsDone;
      if (idle >= IDLE_SLICES || without >= SLICES_WITHOUT_ROWS) throw new CallFault('said', STUCK);
      if (slice.waitMs > 0) dispatch({ kind: 'wait', id, until: Date.now() + slice.waitMs });
      await pause(slice.waitMs, () => stopping.current.has(id));
    }
    return 'cancelled';
  };

  const turn = async (id: string, agreed: boolean): Promise<void> => {
    let fault: CallFault | null = null;
    let isCancelled = false;
    if (!stopping.current.has(id)) dispatch({ kind: 'start', id, at: Date.now() });
    try {
      const ticket = crypto.randomUUID();
      tickets.current.set(id, ticket);
      isCancelled = (await drive(id, ticket, agreed)) === 'cancelled';
    } catch (reason) {
      fault = asFault(reason);
    }
    active.current.delete(id);
    tickets.current.delete(id);
    stopping.current.delete(id);
    dispatch({ kind: 'end', id, isCancelled, fault });
    ended.current();
  };

  return {
    all: pulls,
    of: (id) => pulls[id],
    start: (id, rowsDone, agreed = false) => {
      if (active.current.has(id)) return;
      active.current.add(id);
      dispatch({ kind: 'queue', id, rowsDone });
      queue.current = queue.current.then(() => turn(id, agreed));
    },
    stop: (id) => {
      if (!isUnderWay(pulls[id])) return;
      stopping.current.add(id);
      const ticket = tickets.current.get(id);
      // If this does not arrive, the part under way goes to its own end.
      if (ticket !== undefined) call('cancel', ticket).catch(() => {});
      dispatch({ kind: 'stop', id });
    },
    dismiss: (id) => dispatch({ kind: 'dismiss', id }),
  };
};
