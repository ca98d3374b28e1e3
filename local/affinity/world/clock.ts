/** The emulator's time: simulated for tests, or the computer's own with an offset that tests and the demo may move. */
import type { Clock } from '../../../src/api/ports';

export interface EmulatorClock extends Clock {
  /** Moves time forward. Milliseconds, never negative. */
  advance(milliseconds: number): void;
}

/** Stands still until it is moved; `sleep` moves it at once. `start` is milliseconds since 1970, UTC. */
export const simulatedClock = (start: number): EmulatorClock => {
  let now = start;
  const advance = (milliseconds: number): void => {
    if (!(milliseconds >= 0)) throw new RangeError('time only goes forward');
    now += milliseconds;
  };
  return { now: () => now, sleep: advance, advance };
};

/** The computer's time, or one that begins at `start`, plus what was advanced. `sleep` only advances: an HTTP server must not block its own thread. */
export const realClock = (start = Date.now()): EmulatorClock => {
  let offset = start - Date.now();
  const advance = (milliseconds: number): void => {
    if (!(milliseconds >= 0)) throw new RangeError('time only goes forward');
    offset += milliseconds;
  };
  return { now: () => Date.now() + offset, sleep: advance, advance };
};
