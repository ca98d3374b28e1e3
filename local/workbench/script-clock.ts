/**
 * The script's clock: the computer's, plus what was skipped on demand. Waiting really waits, but keeps an ear open; while time is being
 * skipped it jumps instead.
 */
import type { Clock } from '../google';

export class ScriptClock implements Clock {
  readonly #listen: (ms: number) => void;
  readonly #isOver: () => boolean;
  #skipped: number;
  #isSkipping = false;

  /** `listen` blocks for at most `ms` and takes what came meanwhile; `isOver` ends a wait early; `start` is what it shows now. */
  constructor(listen: (ms: number) => void, isOver: () => boolean, start = Date.now()) {
    this.#skipped = start - Date.now();
    this.#listen = listen;
    this.#isOver = isOver;
  }

  now(): number {
    return Date.now() + this.#skipped;
  }

  wait(ms: number): void {
    if (this.#isSkipping) {
      this.#skipped += ms;
      return;
    }
    const end = Date.now() + ms;
    for (let left = ms; left > 0 && !this.#isOver(); left = end - Date.now()) this.#listen(left);
  }

  /** Runs `body`, in which every wait is a jump. */
  skip(body: () => void): void {
    this.#isSkipping = true;
    try {
      body();
    } finally {
      this.#isSkipping = false;
    }
  }
}
