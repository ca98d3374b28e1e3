/**
 * The client: one method an endpoint row, and `all` for calls side by side. Retries, quota and time budget live here; what a
 * fault means for a row or a run does not. Decision: docs/decisions/0003-synchronous-client.md.
 */
import { DecodeError } from './codec';
import { type ArgsOf, fillPath, type ResultOf, type Table } from './endpoint';
import { ApiError, type ApiFault, type Outcome } from './errors';
import { BATCH_CALLS } from './limits';
import type { Clock, NoAnswer, Random, Transport, WireRequest, WireResponse } from './ports';
import { createQuota, type QuotaState } from './quota';
import { refusalText, survivorOf } from './refusal';
import { judge } from './retry';

/** A call that was written down and not sent yet. `R` is what its answer decodes to. */
export interface PreparedCall<R> {
  readonly endpoint: string;
  readonly request: Omit<WireRequest, 'headers'>;
  readonly resend: 'safe' | 'never';
  readonly decode: (raw: unknown) => R;
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
  /** Sends calls side by side within the quota; one outcome for each, in order. Never throws for a fault of a call. */
  all<R>(calls: readonly PreparedCall<R>[]): readonly Outcome<R>[];
  quota(): QuotaState;
};

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
  /** Calls of the month that are left to other programs; 0 for none. */
  readonly monthlyFloor?: number;
  readonly onCall?: (report: CallReport) => void;
}

const BASE_URL = 'https://api.affinity.co';

const statusOf = (answer: WireResponse | NoAnswer): number => ('noAnswer' in answer ? 0 : answer.status);

/** Why a call was not tried again, when the run's time does not last for the wait. */
const codeOfWait = (status: number): ApiFault['code'] => {
  if (status === 429) return 'api/rate-limited';
  if (status === 0) return 'api/no-answer';
  return status >= 500 ? 'api/server-trouble' : 'api/out-of-time';
};

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

const prepareAll = <T extends Table>(table: T): Calls<T> => {
  const resources: Record<string, Record<string, (args?: AnyArgs) => PreparedCall<unknown>>> = {};
  for (const [resource, rows] of Object.entries(table)) {
    const calls: Record<string, (args?: AnyArgs) => PreparedCall<unknown>> = {};
    for (const [name, row] of Object.entries(rows)) {
      calls[name] = (args = {}) => ({
        endpoint: `${resource}.${name}`,
        request: {
          method: row.method,
          url: BASE_URL + fillPath(row.path, args.path ?? {}) + queryText(args.query),
          body: args.body === undefined ? null : JSON.stringify(args.body),
        },
        resend: row.resend,
        decode: (raw) => row.response.decode(raw, 'response'),
      });
    }
    resources[resource] = calls;
  }
  // Filled for each resource and call of `T` by the two loops above.
  return resources as unknown as Calls<T>;
};

interface Pending<R> {
  readonly index: number;
  readonly call: PreparedCall<R>;
  tries: number;
  notBefore: number;
  /** An earlier try may have been carried out. */
  outcomeUnknown: boolean;
}

/** Builds the client. It holds the quota's count, so one run has one client. */
export const createClient = <const T extends Table>(table: T, options: ClientOptions): Client<T> => {
  const { transport, clock, random, credentials, deadline } = options;
  const quota = createQuota(clock, options.monthlyFloor);

  const withoutSecrets = (message: string): string =>
    credentials.secrets.reduce((clean, secret) => clean.split(secret).join('•••'), message);

  const read = <R>(call: PreparedCall<R>, answer: WireResponse): { value: R } | { unreadable: string } => {
    try {
      return { value: call.decode(JSON.parse(answer.body)) };
    } catch (fault) {
      return { unreadable: fault instanceof DecodeError ? fault.message : 'response: expected JSON' };
    }
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
      outcomeUnknown: false,
      ...(survivorId === null ? {} : { survivorId }),
      ...rest,
    };
    return { ok: false as const, fault };
  };

  /** Settles one answer: an outcome, or null when the call is to be tried again. */
  const settle = <R>(pending: Pending<R>, answer: WireResponse | NoAnswer): Outcome<R> | null => {
    pending.tries += 1;
    if (!('noAnswer' in answer)) quota.observe(answer.headers);
    const status = statusOf(answer);
    // A delete whose first outcome is unknown and that now finds nothing has done its work.
    const isDone = pending.outcomeUnknown && pending.call.request.method === 'DELETE' && status === 404;
    const seen: WireResponse | NoAnswer = isDone ? { status: 200, headers: {}, body: '{"success":true}' } : answer;
    const result = 'noAnswer' in seen || seen.status < 200 || seen.status > 299 ? null : read(pending.call, seen);
    const unreadable = result !== null && 'unreadable' in result;
    const verdict = judge({ answer: seen, tries: pending.tries, resend: pending.call.resend, unreadable }, random);
    options.onCall?.({
      endpoint: pending.call.endpoint,
      status,
      tries: pending.tries,
      code: verdict.kind === 'fault' ? verdict.code : verdict.kind,
    });
    switch (verdict.kind) {
      case 'good':
        return result !== null && 'value' in result ? { ok: true, value: result.value } : null;
      case 'again': {
        const at = clock.now() + verdict.afterMs;
        if (at > deadline) {
          if (unreadable) {
            return faultOf(pending, answer, 'api/unreadable-answer', { decode: result.unreadable, message: '' });
          }
          return faultOf(pending, answer, codeOfWait(status), { retryAfterMs: verdict.afterMs });
        }
        pending.notBefore = at;
        if (status === 0 || status >= 500) pending.outcomeUnknown = true;
        return null;
      }
      case 'fault':
        return faultOf(pending, answer, verdict.code, {
          outcomeUnknown: verdict.outcomeUnknown,
          ...(unreadable ? { decode: result.unreadable, message: '' } : {}),
          ...(verdict.retryAfterMs === undefined ? {} : { retryAfterMs: verdict.retryAfterMs }),
        });
    }
  };

  const unsent = (pending: Pending<unknown>, code: 'api/out-of-time' | 'api/month-floor'): Outcome<never> => ({
    ok: false,
    fault: { code, endpoint: pending.call.endpoint, status: 0, message: '', outcomeUnknown: pending.outcomeUnknown },
  });

  const all = <R>(calls: readonly PreparedCall<R>[]): readonly Outcome<R>[] => {
    const outcomes: Outcome<R>[] = [];
    let waiting: Pending<R>[] = calls.map((call, index) => ({
      index,
      call,
      tries: 0,
      notBefore: 0,
      outcomeUnknown: false,
    }));
    while (waiting.length > 0) {
      const now = clock.now();
      const ready = waiting.filter((pending) => pending.notBefore <= now);
      if (quota.isFloorReached()) {
        for (const pending of waiting) outcomes[pending.index] = unsent(pending, 'api/month-floor');
        return outcomes;
      }
      const allowed = quota.allow(Math.min(ready.length, BATCH_CALLS));
      if (allowed === 0) {
        const earliest = Math.min(...waiting.map((pending) => pending.notBefore));
        const wake = ready.length === 0 ? earliest : Math.max(quota.nextAt(), now + 1);
        if (wake > deadline) {
          for (const pending of waiting) outcomes[pending.index] = unsent(pending, 'api/out-of-time');
          return outcomes;
        }
        clock.sleep(wake - now);
        continue;
      }
      const batch = now > deadline ? [] : ready.slice(0, allowed);
      if (batch.length === 0) {
        for (const pending of waiting) outcomes[pending.index] = unsent(pending, 'api/out-of-time');
        return outcomes;
      }
      quota.sent(batch.length);
      const answers = transport.sendAll(
        batch.map(({ call }) => ({
          ...call.request,
          headers: {
            authorization: credentials.header,
            accept: 'application/json',
            ...(call.request.body === null ? {} : { 'content-type': 'application/json' }),
          },
        })),
      );
      const done = new Set<number>();
      batch.forEach((pending, position) => {
        const answer = answers[position] ?? { noAnswer: 'the transport gave no answer', neverSent: false };
        const outcome = settle(pending, answer);
        if (outcome === null) return;
        outcomes[pending.index] = outcome;
        done.add(pending.index);
      });
      waiting = waiting.filter((pending) => !done.has(pending.index));
    }
    return outcomes;
  };

  const one = <R>(call: PreparedCall<R>): R => {
    const [outcome] = all([call]);
    if (outcome === undefined) throw new RangeError(`${call.endpoint}: no outcome`); // `all` gives one for each call
    if (!outcome.ok) throw new ApiError(outcome.fault);
    return outcome.value;
  };

  const prepare = prepareAll(table);
  const methods: Record<string, Record<string, (args?: AnyArgs) => unknown>> = {};
  for (const [resource, calls] of Object.entries(prepare)) {
    methods[resource] = {};
    for (const [name, write] of Object.entries(calls as Record<string, (args?: AnyArgs) => PreparedCall<unknown>>)) {
      (methods[resource] as Record<string, unknown>)[name] = (args?: AnyArgs) => one(write(args));
    }
  }
  // Filled for each resource and call of `T` by the loop above.
  return { ...(methods as unknown as Methods<T>), prepare, all, quota: quota.state };
};
