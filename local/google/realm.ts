/**
 * The border between host and script. Values and errors handed to a script are made with the constructors of its own
 * context, so `instanceof` holds there; values coming back are copied into the host's.
 */
import { EnumValue } from './enums';

/** A block of cell values whose dates already belong to the script's realm; rows are handed over by a fast copy. */
export class ScriptGrid {
  readonly rows: unknown[][];
  constructor(rows: unknown[][]) {
    this.rows = rows;
  }
}

export type Realm = {
  readonly date: (ms: number) => Date;
  readonly error: (message: string, name: string) => Error;
  readonly list: (items: readonly unknown[]) => unknown[];
  readonly lists: (rows: readonly (readonly unknown[])[]) => unknown[][];
  readonly object: () => Record<string, unknown>;
  readonly isError: (value: unknown) => boolean;
  readonly parse: (json: string) => unknown;
};

/** Source run inside a fresh context, before `Date` is replaced. */
export const REALM_SOURCE = `(() => {
  const { Date, Error, Object, JSON } = globalThis;
  const list = (items) => {
    const copy = [];
    for (let at = 0; at < items.length; at += 1) copy[at] = items[at];
    return copy;
  };
  return {
    date: (ms) => new Date(ms),
    error: (message, name) => {
      const error = new Error(message);
      Object.defineProperty(error, 'name', { value: name, writable: true, configurable: true, enumerable: false });
      return error;
    },
    list,
    lists: (rows) => {
      const copy = [];
      for (let at = 0; at < rows.length; at += 1) copy[at] = list(rows[at]);
      return copy;
    },
    object: () => ({}),
    isError: (value) => value instanceof Error,
    parse: (json) => JSON.parse(json),
  };
})()`;

const isPlain = (value: object): boolean => {
  const proto = Object.getPrototypeOf(value);
  return proto === null || proto === Object.prototype || Object.getPrototypeOf(proto) === null;
};

/** Copies a host value into the script's realm; `present` turns emulated objects into what scripts see of them. */
export const toScript = (realm: Realm, value: unknown, present: (object: object) => unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof ScriptGrid) return realm.lists(value.rows);
  if (value instanceof EnumValue) return value;
  if (Array.isArray(value)) return realm.list(value.map((item) => toScript(realm, item, present)));
  if (Object.prototype.toString.call(value) === '[object Date]') return realm.date((value as Date).getTime());
  if (!isPlain(value)) return present(value);
  const copy = realm.object();
  for (const [key, item] of Object.entries(value)) copy[key] = toScript(realm, item, present);
  return copy;
};

/** Copies a script value into the host's realm: plain data becomes host data, everything else passes as it is. */
export const toHost = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || value instanceof EnumValue) return value;
  if (Array.isArray(value)) return value.map(toHost);
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Date]') return new Date((value as Date).getTime());
  if (tag !== '[object Object]' || !isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toHost(item)]));
};
