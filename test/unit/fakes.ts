/** Small stand-ins with behaviour for the ports that unit tests need. */
import { type Client, type ClientOptions, createClient } from '../../src/api/client';
import type { Clock, NoAnswer, WireRequest, WireResponse } from '../../src/api/ports';
import { type Affinity, affinity } from '../../src/api/table';
import type { CellContext } from '../../src/sync/cells/codec';
import { createDirectory, type Directory } from '../../src/sync/names';
import type { FileStore, Mutex, StateRows } from '../../src/sync/ports';

export interface FakeClock extends Clock {
  /** Milliseconds of each sleep. */
  readonly slept: readonly number[];
  advance(milliseconds: number): void;
}

/** Time that moves only when something sleeps or a test moves it. */
export const fakeClock = (start = 1_000_000): FakeClock => {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep(milliseconds) {
      slept.push(milliseconds);
      now += milliseconds;
    },
    advance(milliseconds) {
      now += milliseconds;
    },
  };
};

export const answer = (status: number, body: unknown, headers: Record<string, string> = {}): WireResponse => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

export type Reply = WireResponse | NoAnswer;

export interface FakeServer {
  readonly client: Client<Affinity>;
  readonly clock: FakeClock;
  readonly requests: WireRequest[];
  /** Number of requests in each batch. */
  readonly batches: number[];
}

/** A client over a server that answers each request by a function of the request and of how often that request came. */
export const clientOver = (
  reply: (request: WireRequest, time: number) => Reply,
  options: Partial<ClientOptions> = {},
): FakeServer => {
  const clock = fakeClock();
  const requests: WireRequest[] = [];
  const batches: number[] = [];
  const times = new Map<string, number>();
  const client = createClient(affinity, {
    transport: {
      sendAll(batch) {
        batches.push(batch.length);
        return batch.map((request) => {
          requests.push(request);
          const name = `${request.method} ${request.url}`;
          times.set(name, (times.get(name) ?? 0) + 1);
          return reply(request, times.get(name) ?? 0);
        });
      },
    },
    clock,
    random: () => 1,
    credentials: { header: 'Basic OnNlY3JldA==', secrets: ['OnNlY3JldA==', 'secret'] },
    deadline: clock.now() + 3_600_000,
    ...options,
  });
  return { client, clock, requests, batches };
};

/** Texts in memory. */
export const fakeStore = (): FileStore & { readonly texts: Map<string, string> } => {
  const texts = new Map<string, string>();
  return {
    texts,
    get: (key) => texts.get(key) ?? null,
    set: (key, value) => void texts.set(key, value),
    remove: (key) => void texts.delete(key),
  };
};

/** A lock that nobody else holds, or that somebody holds all the time. */
export const fakeMutex = (isFree = true): Mutex => ({
  within: (_waitMs, work) => (isFree ? { value: work() } : null),
});

/** Rows of a hidden sheet, as its adapter gives them back: without blanks at the end of a row. */
export const fakeRows = (): StateRows & { readonly writes: { readonly start: number; readonly rows: number }[] } => {
  const grid: string[][] = [];
  const writes: { start: number; rows: number }[] = [];
  return {
    writes,
    first: () => [...(grid[0] ?? [])],
    read: () =>
      grid.map((row) => {
        const texts = [...row];
        while (texts[texts.length - 1] === '') texts.pop();
        return texts;
      }),
    keys: () => grid.map(([key]) => key ?? ''),
    rows: (start, count) =>
      grid.slice(start, start + count).map((row) => {
        const texts = [...row];
        while (texts[texts.length - 1] === '') texts.pop();
        return texts;
      }),
    write(start, rows) {
      writes.push({ start, rows: rows.length });
      while (grid.length < start + rows.length) grid.push([]);
      rows.forEach((row, index) => {
        grid[start + index] = [...row];
      });
    },
    remove: (start, count) => void grid.splice(start, count),
  };
};

export const contextWith = (
  persons: Directory = createDirectory(),
  organizations: Directory = createDirectory(),
  decimal: '.' | ',' = '.',
): CellContext => ({
  decimal,
  persons,
  organizations,
  opportunities: createDirectory(),
  localTime: (instant) => new Date(instant).toISOString().slice(0, 19),
});
