/**
 * Google's trigger time of a person's day, over all their files: 90 minutes for consumer accounts, six hours for Workspace, counted from
 * the first use. A trigger beyond it does not start and nobody is told, so we count and stop before. Source: apps-script-facts, section 1.
 */
import type { PersonalStore, TriggerTime } from '../sync/ports';

const KEY = 'triggerDay';
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** What is left unused, for what the platform counts and we don't. */
const RESERVE_MS = 3 * MINUTE_MS;
const CONSUMER_MS = 90 * MINUTE_MS;
const WORKSPACE_MS = 360 * MINUTE_MS;
const CONSUMER_CALLS = 20_000;
const WORKSPACE_CALLS = 100_000;

/** Other addresses may be of either kind. */
const isConsumer = (address: string): boolean => /@(gmail|googlemail)\.com$/i.test(address);

export const createTriggerTime = (store: PersonalStore, address: () => string, now: () => number): TriggerTime => {
  /** `start/used`, milliseconds. */
  const read = (): { readonly start: number; readonly used: number } => {
    const [start = Number.NaN, used = Number.NaN] = (store.get(KEY) ?? '').split('/').map(Number);
    const isToday = now() - start < DAY_MS && Number.isFinite(used);
    return isToday ? { start, used } : { start: now(), used: 0 };
  };
  return {
    get limit() {
      return (isConsumer(address()) ? CONSUMER_MS : WORKSPACE_MS) - RESERVE_MS;
    },
    get callsADay() {
      return isConsumer(address()) ? CONSUMER_CALLS : WORKSPACE_CALLS;
    },
    used: () => read().used,
    endsAt: () => read().start + DAY_MS,
    add(milliseconds) {
      const { start, used } = read();
      store.set(KEY, `${start}/${Math.round(used + milliseconds)}`);
    },
  };
};
