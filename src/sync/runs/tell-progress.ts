/**
 * How far a slice is while it is going: told with its blocks and its heartbeat, so at a batch of calls or in a wait, to the page that drives it. A slice
 * of a long pull takes minutes, in which the page would otherwise know nothing.
 */
import { type Decoded, integer, nullable, object } from '../../api/codec';
import type { ProgressBoard } from '../ports';
import { orNull } from '../state/readable';
import type { Progress, Run } from './run';

/** Shortest time between two of them, in milliseconds: each is a write to the cache. */
const TOLD_EVERY_MS = 2_000;

const format = object({ rowsDone: integer, rowsInAll: integer, calls: integer, monthRemaining: nullable(integer) });

/** Rows since the pull began, calls since this slice did. `rowsInAll` is 0 while nobody knows; `monthRemaining` null as in the quota. */
export type SliceProgress = Decoded<typeof format>;

/** Lets a run tell how far it is. What is given takes note of its rows. `rowsDone`: those of the slices before. */
export const tellProgress = (
  { tell }: ProgressBoard,
  ticket: string,
  { heartbeat, clock, callsMade, api }: Run,
  rowsDone: number,
): ((progress: Progress) => void) => {
  let rows: Progress = { rowsDone, rowsInAll: 0 };
  let toldAt = clock.now();
  const say = (): void => {
    if (clock.now() - toldAt < TOLD_EVERY_MS) return;
    toldAt = clock.now();
    const { monthRemaining } = api.quota();
    tell(ticket, JSON.stringify({ ...rows, calls: callsMade(), monthRemaining } satisfies SliceProgress));
  };
  const outer = heartbeat.beat;
  heartbeat.beat = () => {
    outer();
    say();
  };
  return (progress) => {
    // How many there are is told as soon as it is known.
    if (rows.rowsInAll === 0) toldAt = 0;
    rows = progress;
    say();
  };
};

const begunKey = (ticket: string): string => `${ticket}.begun`;

/**
 * Whether the slice of this ticket before this one began at the same row: it got nowhere, since what is read in one go, or waits for
 * Affinity's minute, needed more time than it had. Takes note of where this one begins.
 */
export const gotNowhere = (board: ProgressBoard, ticket: string, rowsDone: number): boolean => {
  const before = board.read(begunKey(ticket));
  board.tell(begunKey(ticket), String(rowsDone));
  return before === String(rowsDone);
};

/** How far the run of a ticket was a moment ago; null where nothing was told. */
export const readProgress = ({ read }: ProgressBoard, ticket: string): SliceProgress | null =>
  orNull(() => format.decode(JSON.parse(read(ticket) ?? ''), 'progress'));
