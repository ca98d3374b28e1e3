/**
 * Time as the platform sees it. A simulated clock moves only when somebody waits or advances it,
 * so a night of hourly triggers takes seconds; the real clock really waits.
 */

/** Milliseconds since the epoch, and a way to let time pass. */
export interface Clock {
  now(): number;
  /** Lets `ms` pass: blocks on the real clock, jumps on a simulated one. */
  wait(ms: number): void;
}

export class SimulatedClock implements Clock {
  #now: number;
  constructor(start: number | string = '2026-11-02T09:00:00Z') {
    this.#now = typeof start === 'number' ? start : Date.parse(start);
  }
  now(): number {
    return this.#now;
  }
  wait(ms: number): void {
    this.advance(ms);
  }
  /** Moves time forward; never back. */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`time cannot go back by ${ms} ms`);
    this.#now += ms;
  }
}

/** The wall clock of this machine. `wait` blocks the thread, as `Utilities.sleep` does. */
export const realClock: Clock = {
  now: () => Date.now(),
  wait: (ms) => {
    if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
  },
};
