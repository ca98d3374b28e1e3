/**
 * Base of every object a script can hold. A script never sees the object itself but a view of it: a proxy that knows
 * the member list, sends each call through the execution (hooks, deadline, permission, arguments, counters) and throws
 * by name for everything else.
 */
import type { Family } from './authorization';
import { Unsupported } from './errors';
import type { Execution } from './execution';
import type { Members } from './members';
import type { SheetModel } from './sheet-model';
import type { Workbook } from './workbook';

export abstract class ServiceObject {
  /** `Range`, `UrlFetchApp`: the name in messages, counters and hooks. */
  abstract readonly serviceName: string;
  abstract readonly members: Members;
  protected readonly run: Execution;
  constructor(run: Execution) {
    this.run = run;
  }
  /** `SpreadsheetApp.Range`: the name in the platform's own messages. */
  get qualifiedName(): string {
    return this.serviceName;
  }
  /** Which permission the member needs. */
  family(_member: string): Family {
    return 'free';
  }
  /** Whose pending writes a reading call sends first. */
  get readsFrom(): SheetModel | Workbook | null {
    return null;
  }
  /** Values reachable without a call: enumerations. */
  get constants(): Readonly<Record<string, unknown>> {
    return {};
  }
  /** Cells touched by a call, for the cost model. */
  get cellCount(): number {
    return 1;
  }
}

/** Names that engines and test frameworks probe for; the platform's objects answer `undefined`. */
const PROBES: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'constructor',
  'nodeType',
  'tagName',
  '$$typeof',
  'asymmetricMatch',
  'inspect',
  'valueOf',
  'hasOwnProperty',
  'length',
  'prototype',
]);

const targets = new WeakMap<object, ServiceObject>();

/** The emulated object behind what a script passed as an argument, or the argument itself. */
export const behind = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (targets.get(value) ?? value) : value;

/** The same for an argument: a list of objects is unwrapped too, a block of values is left as it is. */
export const unwrapped = (value: unknown): unknown =>
  Array.isArray(value) && value.length > 0 && !Array.isArray(value[0]) ? value.map(behind) : behind(value);

const checkedLists = new Set<Members>();
/** A member that is listed but not written would look supported until somebody calls it. */
const requireWritten = (object: ServiceObject): void => {
  if (checkedLists.has(object.members)) return;
  checkedLists.add(object.members);
  const missing = Object.keys(object.members).filter(
    (name) => typeof (object as unknown as Record<string, unknown>)[name] !== 'function',
  );
  if (missing.length > 0) throw new Error(`${object.serviceName} lists but lacks: ${missing.join(', ')}`);
};

/** What a script sees of `object`. */
export const viewOf = (object: ServiceObject, run: Execution): object => {
  requireWritten(object);
  const calls = new Map<string, (...args: unknown[]) => unknown>();
  const view = new Proxy(Object.create(null) as object, {
    get: (_target, key) => {
      if (typeof key === 'symbol') return undefined;
      const known = calls.get(key);
      if (known) return known;
      if (key in object.members) {
        const call = (...args: unknown[]): unknown => run.invoke(object, key, args);
        calls.set(key, call);
        return call;
      }
      if (key === 'toString') return () => object.serviceName;
      const { constants } = object;
      if (Object.hasOwn(constants, key)) return constants[key];
      if (PROBES.has(key)) return undefined;
      throw run.unsupported(new Unsupported(`${object.serviceName}.${key}`));
    },
    set: (_target, key) => {
      throw run.unsupported(new Unsupported(`setting ${object.serviceName}.${String(key)}`));
    },
    has: (_target, key) => typeof key === 'string' && (key in object.members || Object.hasOwn(object.constants, key)),
    ownKeys: () => [],
  });
  targets.set(view, object);
  return view;
};

/** A service we know by name only: every member throws by name. */
export const unsupportedService = (name: string, run: Execution): object =>
  new Proxy(Object.create(null) as object, {
    get: (_target, key) => {
      if (typeof key === 'symbol' || PROBES.has(key)) return undefined;
      throw run.unsupported(new Unsupported(`${name}.${key}`));
    },
  });

/** A view made by the service itself, handed to the script as it is. */
export class FinishedView {
  readonly view: object;
  constructor(view: object) {
    this.view = view;
  }
}
