/** Whether a run that was ended by a fault may simply go on, and when. */
import { ApiError, type ApiFault } from '../../api/errors';

/** Longest wait that somebody at the screen is made to sit through between two slices, in milliseconds: a minute's limit, and some. */
const LONGEST_WAIT_MS = 90_000;

const faultOf = (fault: unknown): ApiFault | null => (fault instanceof ApiError ? fault.fault : null);

/** Milliseconds until Affinity takes calls again, as far as known. */
export const waitOf = (fault: unknown): number => Math.min(LONGEST_WAIT_MS, faultOf(fault)?.retryAfterMs ?? 0);

/** True where nothing was wrong but the time of the run or the limit of the minute. */
export const isOnlyTime = (fault: unknown): boolean => {
  const api = faultOf(fault);
  if (api?.code === 'api/out-of-time') return true;
  return api?.code === 'api/rate-limited' && (api.retryAfterMs ?? Number.POSITIVE_INFINITY) <= LONGEST_WAIT_MS;
};
