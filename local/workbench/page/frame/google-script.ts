/**
 * `google.script` inside the add-on's pages, as far as a page can tell: runners that never change, one own name for every public
 * function, JSON-like values only, ten calls at once and no promise about their order. Source: apps-script-facts, section 10.
 */
interface Frame {
  readonly names: readonly string[];
  /** Origin of the page that shows this one. */
  readonly origin: string;
  readonly page: number;
}
type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly name: string; readonly message: string };
type Success = (value: unknown, user: unknown) => void;
type Failure = (fault: Error, user: unknown) => void;
interface Handlers {
  readonly success: Success | null;
  /** Undefined: nobody said; null: silenced. */
  readonly failure: Failure | null | undefined;
  readonly user: unknown;
}

const MOST_AT_ONCE = 10;

((frame: Frame) => {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;

  const next = (): void => {
    while (running < MOST_AT_ONCE) {
      const start = waiting.shift();
      if (start === undefined) return;
      running += 1;
      void start().finally(() => {
        running -= 1;
        next();
      });
    }
  };

  const illegal = (name: string): TypeError => new TypeError(`Failed due to illegal value in property: ${name}`);

  /** A copy as it is sent. @throws TypeError with the client code's own sentence. */
  const copied = (value: unknown, name: string, above: readonly object[]): unknown => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return value;
    if (value === undefined) return above.length > 0 ? null : undefined;
    if (typeof value !== 'object') throw illegal(name);
    if (above.includes(value)) throw new TypeError('Failed due to circular reference.');
    const tag = Object.prototype.toString.call(value);
    const path = [...above, value];
    if (Array.isArray(value)) return value.map((item, index) => copied(item, String(index), path));
    if (tag !== '[object Object]') throw illegal(name);
    const parts = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(parts.map(([key, item]) => [key, copied(item, key, path)]));
  };

  /** A form, allowed as the only argument: its fields as texts. */
  const formFields = (form: HTMLFormElement): Record<string, unknown> => {
    const fields: Record<string, unknown> = {};
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== 'string') throw new TypeError('The workbench sends no files.');
      const before = fields[name];
      fields[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
    }
    return fields;
  };

  const argumentsOf = (args: readonly unknown[]): unknown[] => {
    const [first] = args;
    if (args.length === 1 && first instanceof HTMLFormElement) return [formFields(first)];
    return args.map((value, index) => copied(value, String(index), []));
  };

  const failed = (handlers: Handlers, fault: Error): void => {
    if (handlers.failure === undefined) console.error(fault);
    else handlers.failure?.(fault, handlers.user);
  };

  const send = async (name: string, args: unknown[], handlers: Handlers): Promise<void> => {
    let outcome: Outcome;
    try {
      const answer = await fetch('/run', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, args }),
      });
      outcome = (await answer.json()) as Outcome; // our own server's answer
    } catch {
      const fault = new Error('NetworkError: Connection failure due to HTTP 0');
      fault.name = 'NetworkError';
      return failed(handlers, fault);
    }
    if (outcome.ok) {
      handlers.success?.(outcome.value, handlers.user);
      return;
    }
    const fault = new Error(outcome.message);
    fault.name = outcome.name;
    failed(handlers, fault);
  };

  const runner = (handlers: Handlers): Record<string, unknown> => {
    const made: Record<string, unknown> = {
      withSuccessHandler: (success: Success) => runner({ ...handlers, success }),
      withFailureHandler: (failure: Failure | null) => runner({ ...handlers, failure }),
      withUserObject: (user: unknown) => runner({ ...handlers, user }),
    };
    for (const name of frame.names) {
      made[name] = (...args: unknown[]): void => {
        const sent = argumentsOf(args);
        waiting.push(() => send(name, sent, handlers));
        next();
      };
    }
    return made;
  };

  const tell = (what: string, value: unknown = null): void =>
    window.parent.postMessage({ workbenchFrame: frame.page, what, value }, frame.origin);
  const host = {
    origin: frame.origin,
    close: () => tell('close'),
    setHeight: (height: number) => tell('height', height),
    setWidth: (width: number) => tell('width', width),
    editor: { focus: () => tell('focus') },
  };
  Object.assign(window, {
    google: { script: { run: runner({ success: null, failure: undefined, user: null }), host } },
  });
  // The script's window.close does nothing on the platform.
  window.close = () => undefined;
})((window as unknown as { workbenchFrame: Frame }).workbenchFrame); // put there by the server, just before this script
