/** Time as Apps Script gives it. `Utilities.sleep` is the platform's only timer, at most five minutes a call. */
import type { Clock } from '../api/ports';

const LONGEST_SLEEP_MS = 300_000;

export const createScriptClock = (): Clock => ({
  now: () => Date.now(),
  sleep(milliseconds) {
    for (let left = Math.max(0, Math.ceil(milliseconds)); left > 0; left -= LONGEST_SLEEP_MS) {
      Utilities.sleep(Math.min(left, LONGEST_SLEEP_MS));
    }
  },
});
