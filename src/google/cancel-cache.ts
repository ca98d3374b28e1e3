/** What a person asks runs of theirs to stop, in their own cache: each execution sees it, and it goes by itself. */
import type { CancelBox } from '../sync/ports';

/** Longer than any slice of a run, in seconds. */
const KEPT_SECONDS = 600;
const keyOf = (ticket: string): string => `cancel.${ticket}`;

export const createCancelCache = (): CancelBox => ({
  ask: (ticket) => CacheService.getUserCache().put(keyOf(ticket), '1', KEPT_SECONDS),
  isAsked: (ticket) => CacheService.getUserCache().get(keyOf(ticket)) !== null,
});
