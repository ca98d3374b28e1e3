/** How far runs are, in the cache of the person who drives them: each execution sees it, and it goes by itself. */
import type { ProgressBoard } from '../sync/ports';

/** Longer than any slice of a run, in seconds. */
const KEPT_SECONDS = 600;
const keyOf = (ticket: string): string => `progress.${ticket}`;

export const createProgressCache = (): ProgressBoard => ({
  tell: (ticket, text) => CacheService.getUserCache().put(keyOf(ticket), text, KEPT_SECONDS),
  read: (ticket) => CacheService.getUserCache().get(keyOf(ticket)),
});
