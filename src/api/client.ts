/**
 * The client: one method an endpoint row, and `all` for calls side by side. Retries, quota and time budget live here; what a
 * fault means for a row or a run does not. Decision: docs/decisions/0003-synchronous-client.md.
 */
import { DecodeError } from './codec';
import { readDownload, redirectOf } from './download';
import { type ArgsOf, type Endpoint, fillPath, type ResultOf, type Table } from './endpoint';
import { ApiError, type ApiFault, type Outcome } from './errors';
import { CALLS_PER_MINUTE, WHOLE_BATCH_MS } from './limits';
import { formOf } from './multipart';
import { createParallelism } from './parallelism';
import type { Clock, NoAnswer, PiecedBody, Random, SentCalls, Transport, WireRequest, WireResponse } from './ports';
import { createQuota, type QuotaState } from './quota';
import { refusalText, survivorOf } from './refusal';
import { judge, limitOf, MAX_SPARED } from './retry';

/** A call that was written down and not sent yet. `R` is what its answer decodes to. */
export interface PreparedCall<R> {
  readonly endpoint: string;
  readonly request: Omit<WireRequest, 'headers'> & { readonly contentType?: string };
  readonly resend: 'safe' | 'never';
  readonly decode: (raw: unknown) => R;
  /** `file` for a call whose answer is a redirect to a file; JSON when absent. */
  readonly answer?: 'file';
}

// biome-ignore lint/complexity/noBannedTypes: `{} extends A` asks whether every argument may be left out
type Method<E, R> = {} extends ArgsOf<E> ? (args?: ArgsOf<E>) => R : (args: ArgsOf<E>) => R;
export type Calls<T extends Table> = {
  readonly [G in keyof T]: { readonly [N in keyof T[G]]: Method<T[G][N], PreparedCall<ResultOf<T[G][N]>>> };
};
export type Methods<T extends Table> = {
  readonly [G in keyof T]: { readonly [N in keyof T[G]]: Method<T[G][N], ResultOf<T[G][N]>> };
};

export type Client<T extends Table> = Methods<T> & {
  /** The same calls, written down for `all`. */
  readonly prepare: Calls<T>;
  /**
   * Sends calls side by side within the quota, `most` at a time (BATCH_CALLS unless said); one outcome for each, in order. Never throws for a
   * fault of a call.
   */
  all<R>(calls: readonly PreparedCall<R>[], most?: number): readonly Outcome<R>[];
  quota(): QuotaState;
  /** Calls that the minute has room for now, and the instant (milliseconds since 1970) from which it has room for so many. */
  room(): number;
  /** Calls that a minute takes in all, as far as known. */
  perMinute(): number;
  readyAt(calls: number): number;
  /** What this client has asked so far, by endpoint. */
  counts(): CallCounts;
};

export interface EndpointCount {
  /** Requests sent, retries included. */
  readonly sent: number;
  /** Calls that ended with a value, and with a fault. A call that was never sent is a fault too. */
  readonly good: number;
  readonly faults: number;
}
export type CallCounts = Readonly<Record<string, EndpointCount>>;

/** One line for the log. Holds no key, no query and no body. */
export interface CallReport {
  readonly endpoint: string;
  readonly status: number;
  readonly tries: number;
  readonly code: string;
}

export interface ClientOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: Random;
  /** The `Authorization` header, and every form of the key that must never appear in a fault. */
  readonly credentials: { readonly header: string; readonly secrets: readonly string[] };
  /** Milliseconds since 1970 after which nothing is sent and no wait goes on. */
  readonly deadline: number;
  /** Calls that earlier runs of the same key sent within the last minute. */
  readonly sentBefore?: readonly SentCalls[];
  /** Rate limit headers that an earlier run saw a moment ago, with the reset counted from now: the minute is not over by a new run. */
  readonly limitsSoFar?: Readonly<Record<string, string>>;
  /** Calls of the month that are left to other programs; 0 for none. */
  readonly monthlyFloor?: number;
  readonly onCall?: (report: CallReport) => void;
}

const BASE_URL = 'https://api.affinity.co';

const statusOf = (answer: WireResponse | NoAnswer): number => ('noAnswer' in answer ? 0 : answer.status);

const queryText = (query: object | undefined): string => {
  const parts = Object.entries(query ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
};

interface AnyArgs {
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: object;
  readonly body?: unknown;
}

interface WrittenBody {
  readonly body: string | PiecedBody | null;
  readonly contentType?: string;
}

const bodyOf = (row: Endpoint, body: unknown, random: Random): WrittenBody => {
  if (body === undefined) return { body: null };
  if (row.encoding === 'multipart') return formOf(body, random);
  return { body: JSON.stringify(body), contentType: 'application/json' };
};

const prepareAll = <T extends Table>(table: T, random: Random): Calls<T> => {
  const resources: Record<string, Record<string, (args?: AnyArgs) => PreparedCall<unknown>>> = {};
  for (const [resource, rows] of Object.entries(table)) {
    const calls: Record<string, (args?: AnyArgs) => PreparedCall<unknown>> = {};
    for (const [name, row] of Object.entries(rows)) {
      // The build leaves out what is the same in most rows. A POST without a word on resending is never sent again.
      const { method = 'GET', resend = method === 'POST' ? 'never' : 'safe' } = row;
      calls[name] = (args = {}) => ({
        endpoint: `${resource}.${name}`,
        request: {
          method,
          url: BASE_URL + fillPath(row.path, args.path ?? {}) + queryText(args.query),
          ...bodyOf(row, args.body, random),
        },
        resend: args.body !== undefined && row.onceFor?.(args.body) === true ? 'never' : resend,
        decode: (raw) => row.response.decode(raw, 'response'),
        ...(row.answer === undefined ? {} : { answer: row.answer }),
      });
    }
    resources[resource] = calls;
  }
  // Filled for each resource and call of `T` by the two loops above.
  return resources as unknown as Calls<T>;
};

/** Faults that say something about the key, the account or the platform: no other call would fare better. */
const ENDS_ALL: ReadonlySet<ApiFault['code']> = new Set(['api/bad-key', 'api/month-used-up', 'api/platform-quota']);

interface Pending<R> {
  readonly index: number;
  readonly call: PreparedCall<R>;
  tries: number;
  /** Tries that a limit refused although the call was one of many: they are not held against the call. */
  spared: number;
  notBefore: number;
  /** An earlier try may have been carried out. */
  outcomeUnknown: boolean;
  /** Where the file is that the API has led to; null while the API itself is asked. */
  fileAt: string | null;
}

/** Builds the client. It holds the quota's count, so one run has one client. */
export const createClient = <const T extends Table>(table: T, options: ClientOptions): Client<T> => {
  const { transport, clock, random, credentials, deadline } = options;
  const quota = createQuota(clock, options.monthlyFloor, options.sentBefore);
  quota.observe(options.limitsSoFar ?? {});
  const parallelism = createParallelism();
  const counts: Record<string, { sent: number; good: number; faults: number }> = {};
  let hasWorked = false;
  /** A 401 came that is not believed yet: until it is settled, one call at a time goes on asking. */
  let isKeyInDoubt = false;

  const countOf = (endpoint: string): { sent: number; good: number; faults: number } => {
    const known = counts[endpoint];
    if (known !== undefined) return known;
    const fresh = { sent: 0, good: 0, faults: 0 };
    counts[endpoint] = fresh;
    return fresh;
  };

  const withoutSecrets = (message: string): string =>
    credentials.secrets.reduce((clean, secret) => clean.split(secret).join('•••'), message);

  const read = <R>(call: PreparedCall<R>, answer: WireResponse): { value: R } | { unreadable: string } => {
    try {
      return { value: call.decode(call.answer === 'file' ? readDownload(answer) : JSON.parse(answer.body)) };
    } catch (fault) {
      return { unreadable: fault instanceof DecodeError ? fault.message : 'response: expected JSON' };
    }
  };

  /** Whether a write without a good answer may have been carried out, now or by an earlier try. */
  const mayBeDone = ({ call, outcomeUnknown }: Pending<unknown>, answer: WireResponse | NoAnswer): boolean => {
    if (call.request.method === 'GET') return false;
    if ('noAnswer' in answer) return outcomeUnknown || !answer.neverSent;
    return outcomeUnknown || answer.status >= 500 || (answer.status >= 200 && answer.status < 300);
  };

  const faultOf = (
    pending: Pending<unknown>,
    answer: WireResponse | NoAnswer,
    code: ApiFault['code'],
    rest: Partial<ApiFault>,
  ) => {
    // Secrets go first: a text that is cut could keep a part of one.
    const message = withoutSecrets('noAnswer' in answer ? answer.noAnswer : refusalText(withoutSecrets(answer.body)));
    const survivorId = code === 'api/rejected' ? survivorOf(message) : null;
    const fault: ApiFault = {
      code: survivorId === null ? code : 'api/merged',
      endpoint: pending.call.endpoint,
      status: statusOf(answer),
      message,
      outcomeUnknown: mayBeDone(pending, answer),
      ...(survivorId === null ? {} : { survivorId }),
      ...rest,
    };
    return { ok: false as const, fault };
  };

  /** What a file's host says is no word of the API's: any refusal is trouble, and the API is asked for a new address. */
  const fromFileHost = (pending: Pending<unknown>, answer: WireResponse | NoAnswer): WireResponse | NoAnswer => {
    if (pending.fileAt === null || 'noAnswer' in answer || (answer.status >= 200 && answer.status < 300)) return answer;
    pending.fileAt = null;
    return { status: 503, headers: {}, body: '' };
  };

  /** Settles one answer: an outcome, or null when the call is to be tried again. */
  const settle = <R>(pending: Pending<R>, given: WireResponse | NoAnswer, isOneOfMany: boolean): Outcome<R> | null => {
    if (pending.call.answer === 'file' && pending.fileAt === null && !('noAnswer' in given)) {
      pending.fileAt = redirectOf(given);
      if (pending.fileAt !== null) return null;
    }
    const answer = fromFileHost(pending, given);
    pending.tries += 1;
    const status = statusOf(answer);
    if (status === 429 && 'headers' in answer && pending.spared < MAX_SPARED) {
      const limit = limitOf(answer.headers);
      // Calls beside it were refused or carried out by chance: what is wrong is the number of calls, not this one.
      if (limit === 'minute' || (limit === 'concurrency' && isOneOfMany)) pending.spared += 1;
    }
    // A delete whose first outcome is unknown and that now finds nothing has done its work.
    const isDone = pending.outcomeUnknown && pending.call.request.method === 'DELETE' && status === 404;
    const seen: WireResponse | NoAnswer = isDone ? { status: 200, headers: {}, body: '{"success":true}' } : answer;
    const result = 'noAnswer' in seen || seen.status < 200 || seen.status > 299 ? null : read(pending.call, seen);
    const unreadable = result !== null && 'unreadable' in result;
    const verdict = judge(
      {
        answer: seen,
        tries: pending.tries,
        spared: pending.spared,
        resend: pending.call.resend,
        unreadable,
        hasWorked,
        budgetMs: deadline - clock.now(),
      },
      random,
    );
    options.onCall?.({
      endpoint: pending.call.endpoint,
      status,
      tries: pending.tries,
      code: verdict.kind === 'fault' ? verdict.code : verdict.kind,
    });
    switch (verdict.kind) {
      case 'good':
        hasWorked = true;
        isKeyInDoubt = false;
        return result !== null && 'value' in result ? { ok: true, value: result.value } : null;
      case 'again':
        pending.notBefore = clock.now() + verdict.afterMs;
        if (status === 401) isKeyInDoubt = true;
        pending.outcomeUnknown = mayBeDone(pending, answer);
        return null;
      case 'fault':
        return faultOf(pending, answer, verdict.code, {
          ...(unreadable ? { decode: result.unreadable, message: '' } : {}),
          ...(verdict.retryAfterMs === undefined ? {} : { retryAfterMs: verdict.retryAfterMs }),
        });
    }
  };

  const unsent = (pending: Pending<unknown>, code: ApiFault['code'], retryAfterMs?: number): Outcome<never> => ({
    ok: false,
    fault: {
      code,
      endpoint: pending.call.endpoint,
      status: 0,
      message: '',
      outcomeUnknown: pending.outcomeUnknown,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
  });

  const requestOf = ({ call, fileAt }: Pending<unknown>): WireRequest => {
    // The file's host gets no key: the address is the permission.
    if (fileAt !== null) return { method: 'GET', url: fileAt, headers: {}, body: null, wants: 'base64' };
    const { contentType, ...request } = call.request;
    return {
      ...request,
      headers: {
        authorization: credentials.header,
        accept: 'application/json',
        ...(contentType === undefined ? {} : { 'content-type': contentType }),
      },
    };
  };

  /** Sends a batch and settles its answers. Gives the outcomes that are final, by the calls they belong to. */
  const sendBatch = <R>(batch: readonly Pending<R>[]): readonly (readonly [Pending<R>, Outcome<R>])[] => {
    for (const { call } of batch) countOf(call.endpoint).sent += 1;
    quota.sent(batch.length);
    const answers = transport.sendAll(batch.map(requestOf));
    quota.answered();
    let isCrowded = false;
    let isQuiet = true;
    for (const answer of answers) {
      if ('noAnswer' in answer) continue;
      quota.observe(answer.headers);
      if (answer.status !== 429) continue;
      isQuiet = false;
      isCrowded ||= limitOf(answer.headers) === 'concurrency';
    }
    if (isCrowded) parallelism.crowded(batch.length);
    else if (isQuiet) parallelism.quiet(batch.length);
    return batch.flatMap((pending, position): readonly (readonly [Pending<R>, Outcome<R>])[] => {
      const answer = answers[position] ?? { noAnswer: 'the transport gave no answer', neverSent: false };
      const outcome = settle(pending, answer, batch.length > 1);
      return outcome === null ? [] : [[pending, outcome]];
    });
  };

  /** Calls that may go out next: all that wait, or while the key is in doubt the one that was tried most. */
  const candidates = <R>(waiting: readonly Pending<R>[]): readonly Pending<R>[] => {
    if (!isKeyInDoubt) return waiting;
    const most = Math.max(...waiting.map((pending) => pending.tries));
    return waiting.filter((pending) => pending.tries === most).slice(0, 1);
  };

  const all = <R>(calls: readonly PreparedCall<R>[], most?: number): readonly Outcome<R>[] => {
    const outcomes: Outcome<R>[] = [];
    let waiting: Pending<R>[] = calls.map((call, index) => ({
      index,
      call,
      tries: 0,
      spared: 0,
      notBefore: 0,
      outcomeUnknown: false,
      fileAt: null,
    }));
    const finish = (pending: Pending<R>, outcome: Outcome<R>): void => {
      outcomes[pending.index] = outcome;
      const count = countOf(pending.call.endpoint);
      if (outcome.ok) count.good += 1;
      else count.faults += 1;
    };
    /** Ends all calls that are still waiting: nothing more is sent. */
    const giveUp = (code: ApiFault['code'], retryAfterMs?: number): readonly Outcome<R>[] => {
      for (const pending of waiting) finish(pending, unsent(pending, code, retryAfterMs));
      return outcomes;
    };
    while (waiting.length > 0) {
      const now = clock.now();
      if (quota.isFloorReached()) return giveUp('api/month-floor');
      if (now > deadline) return giveUp('api/out-of-time');
      const ready = candidates(waiting).filter((pending) => pending.notBefore <= now);
      const wanted = Math.min(ready.length, parallelism.width(most));
      const allowed = quota.allow(wanted);
      const wholeAt = allowed === 0 || allowed === wanted ? now : quota.readyAt(wanted);
      if (wholeAt > now && wholeAt <= Math.min(now + WHOLE_BATCH_MS, deadline)) {
        clock.sleep(wholeAt - now);
        continue;
      }
      if (allowed === 0) {
        const earliest = Math.min(...candidates(waiting).map((pending) => pending.notBefore));
        const wake = ready.length === 0 ? earliest : Math.max(quota.nextAt(), now + 1);
        if (wake > deadline) return giveUp('api/out-of-time', Math.ceil(wake - now));
        clock.sleep(wake - now);
        continue;
      }
      const settled = sendBatch(ready.slice(0, allowed));
      for (const [pending, outcome] of settled) finish(pending, outcome);
      const done = new Set(settled.map(([pending]) => pending.index));
      waiting = waiting.filter((pending) => !done.has(pending.index));
      const last = settled.map(([, outcome]) => outcome).find((one) => !one.ok && ENDS_ALL.has(one.fault.code));
      if (last !== undefined && !last.ok) return giveUp(last.fault.code);
    }
    return outcomes;
  };

  const one = <R>(call: PreparedCall<R>): R => {
    const [outcome] = all([call]);
    if (outcome === undefined) throw new RangeError(`${call.endpoint}: no outcome`); // `all` gives one for each call
    if (!outcome.ok) throw new ApiError(outcome.fault);
    return outcome.value;
  };

  const prepare = prepareAll(table, random);
  const methods: Record<string, Record<string, (args?: AnyArgs) => unknown>> = {};
  for (const [resource, calls] of Object.entries(prepare)) {
    methods[resource] = {};
    for (const [name, write] of Object.entries(calls as Record<string, (args?: AnyArgs) => PreparedCall<unknown>>)) {
      (methods[resource] as Record<string, unknown>)[name] = (args?: AnyArgs) => one(write(args));
    }
  }
  // Filled for each resource and call of `T` by the loop above.
  return {
    ...(methods as unknown as Methods<T>),
    prepare,
    all,
    quota: quota.state,
    room: () => quota.allow(CALLS_PER_MINUTE),
    perMinute: quota.perMinute,
    readyAt: (calls) => quota.readyAt(calls),
    counts: () => Object.fromEntries(Object.entries(counts).map(([endpoint, count]) => [endpoint, { ...count }])),
  };
};
