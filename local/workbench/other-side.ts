/**
 * "The other side": what a colleague sees and does in Affinity, and troubles on demand. Edits go over the real API with the colleague's
 * key; only looking and making trouble use the emulator's control functions.
 */
import type { AffinityThread } from '../affinity/thread';
import type { RequestView } from './protocol';

type Value = string | number | boolean | null | Readonly<Record<string, unknown>>;

export interface OtherSideParts {
  readonly thread: AffinityThread;
  readonly colleagueKey: string;
  readonly note: (request: RequestView) => void;
  readonly nextId: () => number;
  /** Lets time pass for the script as well. */
  readonly later: (ms: number) => void;
  /** Signs the browser in to several Google accounts, or to one again. */
  readonly severalAccounts: (isOn: boolean) => void;
}

/** Troubles by the name of their button. `times: 'always'` lasts until everything is put right again. */
const TROUBLES = {
  slow: { kind: 'latency', latencyMs: 2000, times: 'always' },
  tooMany: { kind: 'minute-limit', times: 3 },
  monthGone: { kind: 'month-limit', times: 'always' },
  down: { kind: 'error-503', times: 'always' },
  dropped: { kind: 'reset', times: 3 },
  replyLost: { kind: 'reply-lost', times: 1 },
  wrongReplies: { kind: 'html', times: 3 },
  cutOff: { kind: 'truncated', times: 3 },
} as const;
export type Trouble = keyof typeof TROUBLES;

const isTrouble = (name: unknown): name is Trouble => typeof name === 'string' && Object.hasOwn(TROUBLES, name);
const idIn = (argument: Record<string, unknown>, name: string): number => {
  const id = argument[name];
  if (typeof id !== 'number') throw new Error(`${name} must be a number`);
  return id;
};

export class OtherSide {
  readonly #parts: OtherSideParts;

  constructor(parts: OtherSideParts) {
    this.#parts = parts;
  }

  /** Does what the drawer asks for. @throws Error with a sentence. */
  async do(name: string, argument: Record<string, unknown>): Promise<unknown> {
    const { thread } = this.#parts;
    switch (name) {
      case 'state': {
        const [state, calls, faults] = await Promise.all([
          thread.control('state'),
          thread.control('calls'),
          thread.control('faults'),
        ]);
        return { lists: state.lists, quota: state.quota, now: state.now, calls, faults };
      }
      case 'list': {
        const list_id = idIn(argument, 'list');
        const [dump, fields] = await Promise.all([
          thread.control('dump', { list_id, offset: idIn(argument, 'offset'), limit: 50 }),
          this.#api('GET', `/fields?list_id=${list_id}`),
        ]);
        return { ...dump, fields };
      }
      case 'edit':
        return this.#edit(argument);
      case 'trouble': {
        if (!isTrouble(argument.trouble)) throw new Error('there is no such trouble');
        return thread.control('addFault', TROUBLES[argument.trouble]);
      }
      case 'accounts':
        this.#parts.severalAccounts(true);
        return null;
      case 'calm':
        this.#parts.severalAccounts(false);
        return thread.control('clearFaults');
      case 'later': {
        const ms = idIn(argument, 'minutes') * 60_000;
        this.#parts.later(ms);
        return thread.control('advance', ms);
      }
      default:
        throw new Error(`there is no ${name}`);
    }
  }

  /** A colleague sets, changes or empties one value. */
  #edit(argument: Record<string, unknown>): Promise<unknown> {
    const value = argument.value as Value; // JSON of the page; the API checks it
    const valueId = argument.valueId;
    if (typeof valueId === 'number') {
      if (value === null) return this.#api('DELETE', `/field-values/${valueId}`);
      return this.#api('PUT', `/field-values/${valueId}`, { value });
    }
    if (value === null) return Promise.resolve(null);
    return this.#api('POST', '/field-values', {
      field_id: idIn(argument, 'field'),
      entity_id: idIn(argument, 'entity'),
      list_entry_id: idIn(argument, 'entry'),
      value,
    });
  }

  async #api(method: string, path: string, body?: object): Promise<unknown> {
    const { thread, colleagueKey, note, nextId } = this.#parts;
    const started = {
      id: nextId(),
      at: Date.now(),
      from: 'colleague',
      method,
      path,
      status: null,
      ms: null,
      bytes: null,
    } as const;
    note(started);
    const answer = await fetch(thread.url + path, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`:${colleagueKey}`).toString('base64')}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    note({ ...started, status: answer.status, ms: Date.now() - started.at, bytes: text.length });
    if (!answer.ok) throw new Error(`Affinity refused this (${answer.status}): ${text.slice(0, 200)}`);
    return JSON.parse(text);
  }
}
