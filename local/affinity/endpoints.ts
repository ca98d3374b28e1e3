/** Which endpoints there are in the client and in the emulator, found by looking at both, and what leads an analyst to them. */
import { createClient } from '../../src/api/client';
import type { WireRequest } from '../../src/api/ports';
import { affinity } from '../../src/api/table';
import { DOORS } from './doors';
import { Affinity } from './emulator';
import { simulatedClock } from './world/clock';

export interface EndpointReport {
  /** Resource and call, e.g. `fieldValues.create`. */
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly resource: string;
  /** Whether the generated client has a method that sends exactly this request. */
  readonly client: boolean;
  /** Whether the emulator has a handler and its router leads this request to it. */
  readonly emulator: boolean;
  /** Menu commands and forms of the sidebar that lead to it, by their captions. */
  readonly usedBy: readonly string[];
}

/** Whoami and rate limit share one group of the table and are two resources of the text. */
const resourceOf = (group: string, call: string): string => (group === 'account' ? call : group);

/** Declared for every row of the table, which is what `DOORS` is typed by. */
const doorsOf = (group: string, call: string): readonly string[] =>
  (DOORS as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>)[group]?.[call] ?? [];

const filled = (template: string): string => template.replace(/\{\w+\}/g, '7');

/** The request that the client's method of this name makes, or null when there is no such method. */
const requestOf = (group: string, call: string, parameters: Readonly<Record<string, number>>): WireRequest | null => {
  let sent: WireRequest | null = null;
  const client = createClient(affinity, {
    transport: {
      sendAll: (requests) => {
        sent = requests[0] ?? null;
        return requests.map(() => ({ status: 404, headers: {}, body: '' }));
      },
    },
    clock: simulatedClock(0),
    random: () => 0,
    credentials: { header: '', secrets: [] },
    deadline: 1,
  });
  // Groups and calls by name: what the client really has, not what its type says.
  const method = (client as unknown as Record<string, Record<string, unknown>>)[group]?.[call];
  if (typeof method !== 'function') return null;
  try {
    method({ path: parameters });
  } catch {
    // The 404 above: only the request is of interest.
  }
  return sent;
};

/** All rows of the table with what was found. */
export const findEndpoints = (): readonly EndpointReport[] => {
  const emulator = new Affinity({ entries: 0 });
  const registered = new Set(emulator.endpoints);
  return Object.entries(affinity).flatMap(([group, rows]) =>
    Object.entries(rows).map(([call, row]): EndpointReport => {
      const name = `${group}.${call}`;
      const parameters = Object.fromEntries([...row.path.matchAll(/\{(\w+)\}/g)].map(([, key]) => [key ?? '', 7]));
      const request = requestOf(group, call, parameters);
      const url = `https://api.affinity.co${filled(row.path)}`;
      const isSent = request !== null && request.method === row.method && request.url === url;
      const led = emulator.routeOf({ method: row.method, url, headers: {}, body: null });
      return {
        name,
        method: row.method,
        path: row.path,
        resource: resourceOf(group, call),
        client: isSent,
        emulator: registered.has(name) && led === name,
        usedBy: doorsOf(group, call),
      };
    }),
  );
};
