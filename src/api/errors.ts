/** What happened to a call, as facts. What follows from it, and the words for it, is decided in `src/sync/errors.ts`. */

export type ApiFaultCode =
  | 'api/bad-key' // 401, again on a second try
  | 'api/forbidden' // 403
  | 'api/not-found' // 404
  | 'api/rejected' // 422 and other 4xx: Affinity understood and refused
  | 'api/merged' // 422: the person or organization was merged into another
  | 'api/rate-limited' // 429 by the minute or by concurrency, beyond the waits that the run can afford
  | 'api/month-used-up' // 429 with no call left in the month
  | 'api/month-floor' // only the calls that the person reserved for other programs are left; nothing was sent
  | 'api/server-trouble' // 5xx, also after retries
  | 'api/no-answer' // no response: carried out or not is unknown
  | 'api/unreadable-answer' // a 2xx whose body is not what is documented
  | 'api/platform-quota' // Google's own daily number of HTTP calls is used up; nothing was sent
  | 'api/out-of-time'; // the run's time is over; nothing was sent

/** One fault of one call. Holds no key, no header and no cell contents. */
export interface ApiFault {
  readonly code: ApiFaultCode;
  /** Resource and call, e.g. `fieldValues.create`. */
  readonly endpoint: string;
  readonly status: number;
  /** What Affinity said, for a refusal; else a short technical reason. */
  readonly message: string;
  /** Path of a decode fault in the answer, e.g. `response[3].id: expected integer`. */
  readonly decode?: string;
  readonly retryAfterMs?: number;
  /** The id that a merged record lives on under. */
  readonly survivorId?: number;
  /** True when the call may have been carried out although no good answer came. */
  readonly outcomeUnknown: boolean;
}

/** Thrown by the single-call form of the client; carries the fault. */
export class ApiError extends Error {
  readonly fault: ApiFault;
  constructor(fault: ApiFault) {
    super(`${fault.code} at ${fault.endpoint}: ${fault.message}`);
    this.name = 'ApiError';
    this.fault = fault;
  }
}

/** The value of a call, or why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: ApiFault };
