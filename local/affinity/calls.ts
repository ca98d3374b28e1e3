/** Counts what was asked of the emulator, for tests that bound the number of calls. */

export interface CallCounts {
  readonly total: number;
  /** GET calls, and all the others. */
  readonly reads: number;
  readonly writes: number;
  /** Calls by resource and call name, e.g. `fieldValues.create`; `unknown` for paths that do not exist. */
  readonly byEndpoint: Readonly<Record<string, number>>;
  /** Calls other than GET that were carried out and answered well, by resource and call name. */
  readonly written: Readonly<Record<string, number>>;
  readonly byUser: Readonly<Record<string, number>>;
  /** Answers by status; `0` for calls that got no answer. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Most calls of one user within one sliding minute so far. */
  readonly busiestMinute: number;
}

interface Call {
  readonly endpoint: string;
  readonly method: string;
  /** Role of the user, or `nobody`. */
  readonly user: string;
  readonly status: number;
  readonly at: number;
}

const MINUTE_MS = 60_000;

export class CallCounter {
  #total = 0;
  #reads = 0;
  #busiestMinute = 0;
  #byEndpoint: Record<string, number> = {};
  #written: Record<string, number> = {};
  #byUser: Record<string, number> = {};
  #byStatus: Record<string, number> = {};
  readonly #recent = new Map<string, number[]>();

  note(call: Call): void {
    this.#total += 1;
    if (call.method === 'GET') this.#reads += 1;
    this.#byEndpoint[call.endpoint] = (this.#byEndpoint[call.endpoint] ?? 0) + 1;
    if (call.method !== 'GET' && call.status >= 200 && call.status < 300) {
      this.#written[call.endpoint] = (this.#written[call.endpoint] ?? 0) + 1;
    }
    this.#byUser[call.user] = (this.#byUser[call.user] ?? 0) + 1;
    this.#byStatus[call.status] = (this.#byStatus[call.status] ?? 0) + 1;
    const recent = this.#recent.get(call.user) ?? [];
    recent.push(call.at);
    let stale = 0;
    while ((recent[stale] ?? call.at) <= call.at - MINUTE_MS) stale += 1;
    recent.splice(0, stale);
    this.#recent.set(call.user, recent);
    this.#busiestMinute = Math.max(this.#busiestMinute, recent.length);
  }

  read(): CallCounts {
    return {
      total: this.#total,
      reads: this.#reads,
      writes: this.#total - this.#reads,
      byEndpoint: { ...this.#byEndpoint },
      written: { ...this.#written },
      byUser: { ...this.#byUser },
      byStatus: { ...this.#byStatus },
      busiestMinute: this.#busiestMinute,
    };
  }

  reset(): void {
    this.#total = 0;
    this.#reads = 0;
    this.#busiestMinute = 0;
    this.#byEndpoint = {};
    this.#written = {};
    this.#byUser = {};
    this.#byStatus = {};
    this.#recent.clear();
  }
}
