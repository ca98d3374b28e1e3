/**
 * Sends a batch of requests and blocks until all outcomes are there: over real HTTP through one worker thread, or to
 * functions of this process. The called server must live in another thread: this one waits and cannot answer.
 */
import path from 'node:path';
import { createSyncFn } from 'synckit';
import { type HostMap, type HostRequest, isFailure, NetworkError, type Outcome, originOf } from './host-map';

export type BridgeRequest = HostRequest & { readonly followRedirects: boolean; readonly timeoutMs: number };
type WireRequest = HostRequest & { readonly timeoutMs: number };

const MAX_REDIRECTS = 10;
let sendBatch: ((batch: readonly WireRequest[]) => Outcome[]) | null = null;

/** The worker file, found from the project root so that tests and bundled callers agree. */
const workerPath = (): string => path.join(process.cwd(), 'local', 'google', 'http-worker.mjs');

const overHttp = (batch: readonly WireRequest[]): Outcome[] => {
  sendBatch ??= createSyncFn<(batch: readonly WireRequest[]) => Promise<Outcome[]>>(workerPath());
  return sendBatch(batch);
};

/** A host function that lets more than the time limit pass on the clock has timed out, whatever it answers. */
const inProcess = (
  answer: (request: HostRequest) => Outcome,
  request: HostRequest,
  timeoutMs: number,
  now: () => number,
): Outcome => {
  const start = now();
  try {
    const outcome = answer(request);
    return now() - start > timeoutMs ? { failure: 'timeout' } : outcome;
  } catch (fault) {
    if (fault instanceof NetworkError) return { failure: fault.failure };
    return { failure: 'address' };
  }
};

/** One round: every request once, redirects not followed. HTTP requests run in parallel. */
const round = (hosts: HostMap, batch: readonly BridgeRequest[], now: () => number): Outcome[] => {
  const outcomes: Outcome[] = new Array(batch.length);
  const wire: { at: number; request: WireRequest }[] = [];
  batch.forEach((request, at) => {
    const place = originOf(request.url);
    const host = place ? hosts[place.origin] : undefined;
    const { method, url, headers, body } = request;
    if (place === null || host === undefined) outcomes[at] = { failure: 'dns' };
    else if (typeof host === 'function')
      outcomes[at] = inProcess(host, { method, url, headers, body }, request.timeoutMs, now);
    else
      wire.push({
        at,
        request: {
          method,
          url: host.replace(/\/$/, '') + place.rest.split('#')[0],
          headers,
          body,
          timeoutMs: request.timeoutMs,
        },
      });
  });
  if (wire.length > 0) {
    overHttp(wire.map((one) => one.request)).forEach((outcome, i) => {
      const at = wire[i]?.at;
      if (at !== undefined) outcomes[at] = outcome;
    });
  }
  return outcomes;
};

const locationOf = (outcome: Outcome): string | null => {
  if (isFailure(outcome) || ![301, 302, 303, 307, 308].includes(outcome.status)) return null;
  const location = Object.entries(outcome.headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
  return typeof location === 'string' ? location : null;
};

const redirected = (request: BridgeRequest, location: string, status: number): BridgeRequest => {
  const url = new URL(location, request.url).href;
  const keepsMethod = status === 307 || status === 308 || request.method === 'GET';
  return keepsMethod ? { ...request, url } : { ...request, url, method: 'GET', body: null };
};

/** Outcomes in the order of the requests. */
export const sendAll = (hosts: HostMap, requests: readonly BridgeRequest[], now: () => number): Outcome[] => {
  const outcomes: Outcome[] = round(hosts, requests, now);
  let open = requests.map((request, at) => ({ request, at }));
  for (let hop = 0; hop < MAX_REDIRECTS; hop++) {
    open = open.flatMap(({ request, at }) => {
      const outcome = outcomes[at];
      const location = outcome && request.followRedirects ? locationOf(outcome) : null;
      if (location === null || outcome === undefined || isFailure(outcome)) return [];
      return [{ request: redirected(request, location, outcome.status), at }];
    });
    if (open.length === 0) break;
    round(
      hosts,
      open.map((one) => one.request),
      now,
    ).forEach((outcome, i) => {
      const at = open[i]?.at;
      if (at !== undefined) outcomes[at] = outcome;
    });
  }
  return outcomes;
};
