/** What a fault of a writing call says about whether the call was carried out. */
import type { ApiFault } from '../../api/errors';

/** Whether a failed call may have been carried out all the same. */
export const isOpen = (fault: ApiFault): boolean =>
  fault.outcomeUnknown || ['api/no-answer', 'api/server-trouble', 'api/unreadable-answer'].includes(fault.code);

/** Whether a failed call is known not to have reached Affinity. */
export const isUnsent = (fault: ApiFault): boolean =>
  !fault.outcomeUnknown &&
  [
    'api/out-of-time',
    'api/month-floor',
    'api/month-used-up',
    'api/rate-limited',
    'api/platform-quota',
    'api/bad-key',
  ].includes(fault.code);

/** Why a cell was not taken: Affinity refused it, the call was never carried out, or there was no answer that tells. */
export type Fate = 'failed' | 'unsent' | 'unanswered';

export const fateOf = (fault: ApiFault): Fate => (isUnsent(fault) ? 'unsent' : isOpen(fault) ? 'unanswered' : 'failed');
