/** Looks at an execution under way: how far it is, while its own answer is waited for. */
import type { ProgressView } from '../rpc';
import { call } from './server';

/** How often it is asked, in milliseconds. */
const LOOK_MS = 3_000;

export const watched = async <T>(
  ticket: string,
  work: () => Promise<T>,
  onSeen: (seen: ProgressView) => void,
): Promise<T> => {
  let isOver = false;
  const look = () =>
    call('progress', ticket).then(
      (seen) => {
        if (seen !== null && !isOver) onSeen(seen);
      },
      () => {}, // the work itself says what is wrong
    );
  const timer = setInterval(look, LOOK_MS);
  try {
    return await work();
  } finally {
    isOver = true;
    clearInterval(timer);
  }
};
