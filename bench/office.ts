/**
 * One office of the bench: a spreadsheet on local Google with a script in it, the emulator behind it, one simulated clock. What
 * passes on that clock follows the cost model; own CPU is real time without the time that the emulator takes.
 */
import { Affinity, createControl, SEED_NOW } from '../local/affinity';
import {
  type AccountKind,
  type BundleSource,
  createGoogle,
  type Google,
  type HostFunction,
  NetworkError,
  SimulatedClock,
  type SpreadsheetHandle,
} from '../local/google';
import type { Reply, Rpc } from '../src/sidebar/rpc';
import { CALLS_PER_MINUTE, EXECUTION_START_MS, ROUND_TRIP_MS } from './cost-model';

export const KEY = 'northlight-admin-key';
const COLLEAGUE = 'northlight-colleague-key';

export interface OfficeOptions {
  readonly bundle: BundleSource;
  readonly entries: number;
  /** Whether the daily quotas of Google and the monthly one of Affinity hold. */
  readonly limits: boolean;
  readonly account?: AccountKind;
  /** Affinity’s calls a month, where they are to differ from what `limits` says. */
  readonly perMonth?: number | 'unlimited';
}

/** What something that was measured took. */
export interface Measured {
  readonly calls: number;
  readonly refused: number;
  readonly minutes: number;
  readonly sheetCalls: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

const monthOf = (perMonth: number | 'unlimited' | null) => (perMonth === null ? {} : { perMonth });

const MEGABYTE = 2 ** 20;

/** CPU of this process since then, of all its threads, in milliseconds. */
export const cpuMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

export class Office {
  readonly clock = new SimulatedClock(SEED_NOW);
  readonly affinity: Affinity;
  readonly google: Google;
  readonly file: SpreadsheetHandle;
  /** Ids of the rows that a person edited. */
  readonly editedRows: string[] = [];
  readonly control: ReturnType<typeof createControl>;
  #emulatorMs = 0;
  #since: NodeJS.CpuUsage | null = null;
  #peak = 0;
  #batches = 0;
  #open = 0;

  constructor({ bundle, entries, limits, account = 'consumer', perMonth }: OfficeOptions) {
    const { clock } = this;
    const wait = (ms: number) => clock.wait(ms);
    this.affinity = new Affinity({
      entries,
      clock: { now: () => clock.now(), advance: wait, sleep: wait },
      quota: { window: 'sliding', perMinute: CALLS_PER_MINUTE, ...monthOf(perMonth ?? (limits ? null : 'unlimited')) },
    });
    this.control = createControl(this.affinity);
    this.google = createGoogle({
      bundle,
      hosts: { 'https://api.affinity.co': this.#host() },
      clock,
      quotas: limits,
      account,
      backstopMs: 900_000,
    });
    this.file = this.google.createSpreadsheet({ name: 'Deals' });
    // All requests of one call go out together: half a round trip passes before the first is there, half after the last answer.
    this.google.onServiceCall(({ effect, member, args }) => {
      if (effect !== 'fetch') return;
      this.#open = member === 'fetchAll' && Array.isArray(args[0]) ? args[0].length : 1;
      if (this.#open > 0) clock.wait(ROUND_TRIP_MS / 2);
      this.#sampleSome();
    });
  }

  #host(): HostFunction {
    return ({ method, url, headers, body }) => {
      // Once a batch: asking for the time takes time.
      this.#since ??= process.cpuUsage();
      const { answer } = this.affinity.exchange({
        method: method.toUpperCase() as 'GET', // the platform sends the API's methods only
        url,
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
        body: body === null ? null : typeof body === 'string' ? body : Buffer.from(body).toString('utf8'),
      });
      this.#open -= 1;
      if (this.#open === 0) {
        this.#emulatorMs += cpuMs(this.#since);
        this.#since = null;
      }
      if (this.#open === 0) this.clock.wait(ROUND_TRIP_MS / 2);
      if ('noAnswer' in answer) throw new NetworkError('address');
      return answer;
    };
  }

  /** Looks at the memory at every twentieth batch: to ask for it takes longer than to send one. */
  #sampleSome(): void {
    this.#batches += 1;
    if (this.#batches % 20 === 1) this.#sample();
  }

  #sample(): void {
    this.#peak = Math.max(this.#peak, process.memoryUsage.rss());
  }

  /** Does something, and tells what it took. */
  measure(work: () => void): Measured {
    this.affinity.counter.reset();
    this.google.calls.reset();
    globalThis.gc?.();
    this.#emulatorMs = 0;
    this.#peak = 0;
    const startedAt = this.clock.now();
    const memory = process.memoryUsage.rss();
    const cpu = process.cpuUsage();
    work();
    const spentMs = cpuMs(cpu);
    this.#sample();
    const { total, byStatus } = this.affinity.counter.read();
    return {
      calls: total,
      refused: byStatus[429] ?? 0,
      minutes: (this.clock.now() - startedAt) / 60_000,
      sheetCalls: this.google.calls.spreadsheet,
      cpuMs: spentMs - this.#emulatorMs,
      peakMb: Math.max(0, this.#peak - memory) / MEGABYTE,
    };
  }

  /** A call of the sidebar's page to its server side. @throws with the sentence that the person would see */
  rpc<N extends keyof Rpc>(name: N, ...args: Parameters<Rpc[N]>): ReturnType<Rpc[N]> {
    this.clock.wait(EXECUTION_START_MS);
    const text = this.google.scriptRun('rpc', [JSON.stringify({ name, args })], { spreadsheet: this.file });
    const reply = JSON.parse(String(text)) as Reply<ReturnType<Rpc[N]>>; // as the server writes it
    if (!reply.ok) throw new Error(`${name}: ${reply.message}`);
    return reply.value;
  }

  /** A script's function, started from the menu. `limitMs`: when it is killed. */
  start(name: string, limitMs: number): Error | null {
    this.clock.wait(EXECUTION_START_MS);
    return this.google.tryRun(name, [], { spreadsheet: this.file, kind: 'menu', limitMs }).error;
  }

  /** One call beside the script, as a colleague's own. It passes no time. */
  api<T>(method: 'GET' | 'PUT' | 'POST', pathAndQuery: string, body?: unknown): T {
    const { answer } = this.affinity.exchange({
      method,
      url: `https://api.affinity.co${pathAndQuery}`,
      headers: {
        authorization: `Bearer ${COLLEAGUE}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if ('noAnswer' in answer || answer.status > 299) throw new Error(JSON.stringify(answer));
    return JSON.parse(answer.body) as T; // the caller says what it asked for
  }
}
