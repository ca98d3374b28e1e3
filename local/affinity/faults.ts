/** Trouble on demand: which calls go wrong, and how. A fault waits until its calls come, and is used up by them. */
import type { Random } from '../../src/api/ports';

export const FAULT_KINDS = {
  latency: 'the answer takes latencyMs longer',
  'minute-limit': '429 as if the minute were used up; nothing is carried out',
  'month-limit': '429 as if the month were used up; nothing is carried out',
  'concurrency-limit': '429 with calls left in minute and month; nothing is carried out',
  'error-500': '500 with an HTML body; nothing is carried out',
  'error-503': '503 with an HTML body; nothing is carried out',
  unauthorized: '401 for a good key; nothing is carried out',
  reset: 'the connection drops before anything is carried out',
  'reply-lost': 'the call is carried out, then the connection drops',
  truncated: 'the call is carried out, the JSON of its answer is cut off',
  html: 'the call is carried out, the answer is an HTML page with status 200',
  'applied-error-500': 'the call is carried out, the answer is a 500 with an HTML body',
  'row-added': 'a row joins the result before this page is read, as when somebody adds one meanwhile',
  'row-removed': 'a row that was read already leaves the result before this page is read',
} as const;

export type FaultKind = keyof typeof FAULT_KINDS;
export const isFaultKind = (kind: string): kind is FaultKind => Object.hasOwn(FAULT_KINDS, kind);

export interface Fault {
  readonly kind: FaultKind;
  /** Resource and call, e.g. `fieldValues.list`; every call when absent. */
  readonly endpoint?: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Role of the user whose calls fail; everyone's when absent. */
  readonly user?: 'admin' | 'colleague' | 'guest';
  /** The how-manieth fitting call is the first to fail, from 1. Default 1. */
  readonly nth?: number;
  /** How many fitting calls fail from then on. Default 1; `always` never ends. */
  readonly times?: number | 'always';
  /** Share of the fitting calls that fail, 0 to 1, by the seeded random. Default 1. */
  readonly share?: number;
  /** Milliseconds, for `latency`. */
  readonly latencyMs?: number;
}

export interface FaultyCall {
  readonly endpoint: string;
  readonly method: string;
  readonly user: string;
}

interface Waiting {
  readonly fault: Fault;
  toSkip: number;
  left: number;
}

const fits = (fault: Fault, call: FaultyCall): boolean =>
  (fault.endpoint === undefined || fault.endpoint === call.endpoint) &&
  (fault.method === undefined || fault.method === call.method) &&
  (fault.user === undefined || fault.user === call.user);

export class Faults {
  #waiting: Waiting[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  add(fault: Fault): void {
    const left = fault.times === 'always' ? Number.POSITIVE_INFINITY : (fault.times ?? 1);
    this.#waiting.push({ fault, toSkip: (fault.nth ?? 1) - 1, left });
  }

  /** Faults that still wait for calls. */
  list(): readonly Fault[] {
    return this.#waiting.map((waiting) => waiting.fault);
  }

  clear(): void {
    this.#waiting = [];
  }

  /** What goes wrong with this call: all latencies that fit, and the first other fault. */
  take(call: FaultyCall): { readonly latencyMs: number; readonly kind: FaultKind | null } {
    let latencyMs = 0;
    let kind: FaultKind | null = null;
    for (const waiting of this.#waiting) {
      if (!fits(waiting.fault, call)) continue;
      const isLatency = waiting.fault.kind === 'latency';
      if (!isLatency && kind !== null) continue;
      if (waiting.toSkip > 0) {
        waiting.toSkip -= 1;
        continue;
      }
      if (waiting.fault.share !== undefined && this.#random() >= waiting.fault.share) continue;
      waiting.left -= 1;
      if (isLatency) latencyMs += waiting.fault.latencyMs ?? 0;
      else kind = waiting.fault.kind;
    }
    this.#waiting = this.#waiting.filter((waiting) => waiting.left > 0);
    return { latencyMs, kind };
  }
}

/** The fault that a header asks for: JSON, or only its kind. Null for anything else, and for no header. */
export const faultIn = (
  header: string | undefined,
): { readonly latencyMs: number; readonly kind: FaultKind | null } | null => {
  if (header === undefined) return null;
  if (isFaultKind(header)) return { latencyMs: 0, kind: header === 'latency' ? null : header };
  try {
    const { kind, latencyMs = 0 } = JSON.parse(header) as Partial<Fault>; // both parts are checked on the next line
    if (kind === undefined || !isFaultKind(kind) || typeof latencyMs !== 'number') return null;
    return { latencyMs, kind: kind === 'latency' ? null : kind };
  } catch {
    return null;
  }
};
