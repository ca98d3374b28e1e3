/**
 * The lease: one run at a time works on an import. It has an owner and an expiry, so a run that died never blocks for long; the
 * document's lock guards only the moment of taking it, since a lock can't span what a run does.
 */

import { type Decoded, integer, object, text } from '../../api/codec';
import type { Clock } from '../../api/ports';
import { LEASE_MS, LEASE_RENEW_MS, MUTEX_WAIT_MS } from '../limits';
import { type FileStore, type Mutex, SheetError } from '../ports';
import { orNull } from '../state/readable';

const format = object({ owner: text, until: integer });
type Lease = Decoded<typeof format>;

/** A damaged lease holds nobody back. */
const decoded = (stored: string): Lease | null => orNull(() => format.decode(JSON.parse(stored), 'lease'));

const read = (store: FileStore, key: string): Lease | null => {
  const stored = store.get(key);
  return stored === null ? null : decoded(stored);
};

const PREFIX = 'lease.';
/** The owner of a lease that was given back. */
const FREE = '';
/** So long after a run people's edits may still turn out to have met its last writes, in milliseconds. */
const AFTERMATH_MS = 60_000;

/** Imports that a run works on (`isLive`), or worked on until a moment ago; from all stored texts of the file. */
export const recentlyHeld = (
  stored: Readonly<Record<string, string>>,
  now: number,
): readonly { readonly importId: string; readonly isLive: boolean }[] =>
  Object.entries(stored).flatMap(([key, text]) => {
    const lease = key.startsWith(PREFIX) ? decoded(text) : null;
    if (lease === null || lease.until <= now - AFTERMATH_MS) return [];
    return [{ importId: key.slice(PREFIX.length), isLive: lease.until > now }];
  });

export interface LeaseParts {
  readonly store: FileStore;
  readonly mutex: Mutex;
  readonly clock: Clock;
}

/** Forgets the lease of an import that is no more. */
export const removeLease = (store: FileStore, importId: string): void => store.remove(`${PREFIX}${importId}`);

/** What a run does from time to time while it lives; a lease hangs on it. */
export interface Heartbeat {
  beat(): void;
}

/** Longest sleep without a heartbeat, in milliseconds. */
const SLEEP_MS = 2_000;

/** The same clock, whose sleep is no silence: a wait for Affinity's minute beats as well. */
export const beatingClock = (clock: Clock, heartbeat: Heartbeat): Clock => ({
  now: () => clock.now(),
  sleep(milliseconds) {
    for (let left = milliseconds; left > 0; left -= SLEEP_MS) {
      clock.sleep(Math.min(left, SLEEP_MS));
      heartbeat.beat();
    }
  },
});

/**
 * Does `work` while holding the lease of an import, renews it with the run's heartbeat, and gives it back at the end.
 * @throws SheetError sheet/busy when another run holds it
 */
export const withLease = <T>(
  { store, mutex, clock }: LeaseParts,
  importId: string,
  owner: string,
  heartbeat: Heartbeat,
  work: () => T,
): T => {
  const key = `${PREFIX}${importId}`;
  let renewedAt = clock.now();
  const hold = () => {
    renewedAt = clock.now();
    store.set(key, JSON.stringify({ owner, until: renewedAt + LEASE_MS }));
  };
  const taken = mutex.within(MUTEX_WAIT_MS, () => {
    const held = read(store, key);
    if (held !== null && held.owner !== FREE && held.owner !== owner && held.until > clock.now()) return false;
    hold();
    return true;
  });
  if (taken?.value !== true) throw new SheetError('sheet/busy');
  const outer = heartbeat.beat;
  heartbeat.beat = () => {
    outer();
    if (clock.now() - renewedAt <= LEASE_RENEW_MS) return;
    // Whoever was silent for too long may have been taken for dead: another run works here now.
    if (read(store, key)?.owner !== owner) throw new SheetError('sheet/busy');
    hold();
  };
  try {
    return work();
  } finally {
    heartbeat.beat = outer;
    // It ends now rather than being removed: edits of these moments are looked after for a while (see `recentlyHeld`).
    if (read(store, key)?.owner === owner) store.set(key, JSON.stringify({ owner: FREE, until: clock.now() }));
  }
};
