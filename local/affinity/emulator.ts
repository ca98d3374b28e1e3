/**
 * The whole emulator in process: core, quotas, faults and counters around one world. The HTTP shell, the thread and tests
 * all speak to this; it is synchronous and does no input or output.
 */
import type { NoAnswer, Transport, WireRequest, WireResponse } from '../../src/api/ports';
import { affinity } from '../../src/api/table';
import { shiftRows } from './between-pages';
import { CallCounter } from './calls';
import { type Emulated, emulate } from './emulate';
import { type FaultKind, Faults, faultIn } from './faults';
import { FILE_HOST, FileHost } from './file-host';
import { handlers } from './handlers';
import { Quota, type QuotaOptions } from './quota';
import { Refusal, refusalBody } from './refusal';
import { northlight, type SeedOptions } from './seed/northlight';
import { type Carrier, WebhookDesk } from './webhooks';
import type { User } from './world/records';
import type { World } from './world/world';

export interface AffinityOptions extends SeedOptions {
  /** A world that was built elsewhere; the options of the seed then have no effect. */
  readonly world?: World;
  readonly quota?: Partial<QuotaOptions>;
  /** Origin of the addresses that downloads lead to. Default: Affinity's own file host. */
  readonly fileHost?: string;
}

/** One call's outcome and how long it takes beyond the time of the work itself. */
export interface Exchange {
  readonly answer: WireResponse | NoAnswer;
  readonly latencyMs: number;
}

/** Calls that do not count against the month. Source: affinity-v1-facts, section 7. */
const FREE_OF_MONTH: ReadonlySet<string> = new Set(['account.whoami', 'account.rateLimit']);

/** A header with a fault as JSON (`{"kind":"error-503"}`) or just its kind, for the one call that carries it. */
const FAULT_HEADER = 'x-emulator-fault';

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const page = (title: string): string =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;

const DROPPED: NoAnswer = { noAnswer: 'the connection was closed without an answer', neverSent: false };

/** Header names mean the same in any case; a caller in process may write them as it likes. */
const inLowerCase = (headers: WireRequest['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

export class Affinity {
  readonly world: World;
  readonly quota: Quota;
  readonly faults: Faults;
  readonly counter = new CallCounter();
  readonly fileHost: FileHost;
  readonly webhooks: WebhookDesk;
  #carrier: Carrier | null = () => true;
  readonly #core: Emulated;
  readonly #listeners = new Set<(endpoint: string) => void>();

  constructor(options: AffinityOptions = {}) {
    this.world = options.world ?? northlight(options);
    this.quota = new Quota(this.world, options.quota);
    this.faults = new Faults(this.world.random);
    this.fileHost = new FileHost(this.world, options.fileHost ?? FILE_HOST);
    this.webhooks = new WebhookDesk(this.world);
    this.#core = emulate(affinity, handlers(this.quota, this.fileHost), this.world);
  }

  /**
   * Says who takes webhook deliveries to their addresses, and tries an address when a subscription is made. Without a carrier all
   * count as delivered; with null somebody else carries them (`webhooks.due()`), as the HTTP shell does.
   */
  carryWith(carrier: Carrier | null): void {
    this.#carrier = carrier;
    if (carrier !== null) {
      const probe = { type: 'list.updated', body: {}, sent_at: 0 } as const;
      this.world.answersWell = (url) => carrier(url, probe);
    }
  }

  /** Whether deliveries are left to somebody else. */
  get isCarriedElsewhere(): boolean {
    return this.#carrier === null;
  }

  /** Carries the deliveries that are due. */
  carryDue(): void {
    if (this.#carrier !== null) this.webhooks.carry(this.#carrier);
  }

  /** Names of the endpoints that have a handler: found by looking at the handlers. */
  get endpoints(): readonly string[] {
    return this.#core.endpoints;
  }

  /** Calls `listener` before each call is carried out, e.g. to change the world between two pages. Gives its removal. */
  beforeCall(listener: (endpoint: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The endpoint that a request leads to, without carrying it out; `unknown` for none. */
  routeOf(request: WireRequest): string {
    return this.#core.route(request).endpoint;
  }

  /** Carries out one call. `others`: calls of the account that are running at this moment. */
  exchange(sent: WireRequest, others = 0): Exchange {
    const request = { ...sent, headers: inLowerCase(sent.headers) };
    if (this.fileHost.owns(request)) return { answer: this.fileHost.answer(request), latencyMs: 0 };
    const { endpoint, user } = this.#core.route(request);
    const wished = faultIn(request.headers[FAULT_HEADER]);
    const { latencyMs, kind } =
      wished ?? this.faults.take({ endpoint, method: request.method, user: user?.role ?? 'nobody' });
    for (const listener of this.#listeners) listener(endpoint);
    if (kind === 'row-added' || kind === 'row-removed') shiftRows(this.world, endpoint, request.url, kind);
    const answer = this.#answer(request, endpoint, user, kind, others);
    this.carryDue();
    this.counter.note({
      endpoint,
      method: request.method,
      user: user?.role ?? 'nobody',
      status: 'noAnswer' in answer ? 0 : answer.status,
      at: this.world.clock.now(),
    });
    return { answer, latencyMs };
  }

  #answer(
    request: WireRequest,
    endpoint: string,
    user: User | null,
    kind: FaultKind | null,
    others: number,
  ): WireResponse | NoAnswer {
    if (kind === 'reset') return DROPPED;
    if (kind === 'minute-limit' || kind === 'month-limit' || kind === 'concurrency-limit') {
      return this.#limited(kind, user);
    }
    const { concurrent } = this.quota.options;
    if (concurrent !== 'unlimited' && others >= concurrent) return this.#limited('concurrency-limit', user);
    if (user !== null) {
      const isFree = FREE_OF_MONTH.has(endpoint) && this.world.rules.isOn('account-calls-are-free');
      const taken = this.quota.take(user.id, !isFree);
      if (taken !== 'taken') return this.#limited(taken === 'minute' ? 'minute-limit' : 'month-limit', user);
    }
    const withLimits = (answer: WireResponse): WireResponse => ({
      ...answer,
      headers: { ...answer.headers, ...this.quota.headers(user?.id ?? null) },
    });
    const trouble = (status: number, title: string): WireResponse =>
      withLimits({ status, headers: HTML, body: page(title) });
    switch (kind) {
      case 'error-500':
        return trouble(500, '500 Internal Server Error');
      case 'error-503':
        return trouble(503, '503 Service Unavailable');
      case 'unauthorized': {
        const refusal = new Refusal(401, 'The API key is missing or invalid');
        const headers = { 'content-type': 'application/json; charset=utf-8' };
        return withLimits({ status: 401, headers, body: refusalBody(refusal, this.world.choices.errorBodies) });
      }
      default: {
        const answer = withLimits(this.#core(request));
        if (kind === 'reply-lost') return DROPPED;
        if (kind === 'html') return trouble(200, 'Affinity');
        if (kind === 'applied-error-500') return trouble(500, '500 Internal Server Error');
        if (kind === 'truncated') return { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) };
        return answer;
      }
    }
  }

  /** A 429. Its body is not documented; the headers tell its three causes apart. */
  #limited(kind: 'minute-limit' | 'month-limit' | 'concurrency-limit', user: User | null): WireResponse {
    const { limitBody, retryAfter } = this.world.choices;
    const headers = this.quota.headers(user?.id ?? null);
    if (kind === 'minute-limit') {
      headers['x-ratelimit-limit-user-remaining'] = '0';
      if (headers['x-ratelimit-limit-user-reset'] === '0') headers['x-ratelimit-limit-user-reset'] = '1';
      if (retryAfter) headers['retry-after'] = headers['x-ratelimit-limit-user-reset'] ?? '1';
    }
    if (kind === 'month-limit') {
      const month = this.quota.month();
      headers['x-ratelimit-limit-org'] = String(month?.limit ?? 100_000);
      headers['x-ratelimit-limit-org-remaining'] = '0';
      headers['x-ratelimit-limit-org-reset'] = String(month?.reset ?? 86_400);
    }
    const body = {
      message: JSON.stringify({ message: 'Rate limit exceeded' }),
      html: page('429 Too Many Requests'),
      empty: '',
    };
    const type = limitBody === 'message' ? { 'content-type': 'application/json; charset=utf-8' } : HTML;
    return { status: 429, headers: { ...type, ...headers }, body: body[limitBody] };
  }

  /**
   * A transport into this emulator, for clients in the same thread. A batch counts as running side by side, and its longest
   * latency passes on the world's clock.
   */
  transport(): Transport {
    return {
      sendAll: (requests) => {
        const exchanges = requests.map((request, index) => this.exchange(request, index));
        const latencyMs = exchanges.reduce((longest, exchange) => Math.max(longest, exchange.latencyMs), 0);
        if (latencyMs > 0) this.world.clock.advance(latencyMs);
        return exchanges.map(({ answer }) => answer);
      },
    };
  }
}
