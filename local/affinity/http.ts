/** The HTTP shell: the API at `/`, the control functions at `/_emulator/`, on 127.0.0.1 only. */
import type { AddressInfo } from 'node:net';
import { type Http2Bindings, type HttpBindings, serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { WireRequest } from '../../src/api/ports';
import { type Control, ControlError, createControl } from './control';
import { createCouriers } from './couriers';
import { Affinity, type AffinityOptions } from './emulator';
import { isMultipart } from './multipart';
import { realClock } from './world/clock';
import type { World } from './world/world';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;
type Method = (typeof METHODS)[number];
const methodOf = (method: string): Method | null => METHODS.find((known) => known === method) ?? null;

const headersOf = (headers: Headers): Record<string, string> => Object.fromEntries(headers);

const wait = (milliseconds: number): Promise<void> =>
  milliseconds <= 0 ? Promise.resolve() : new Promise((done) => setTimeout(done, milliseconds));

const isPresent = (control: Control, name: string): name is keyof Control => Object.hasOwn(control, name);

/** Calls a control function by name with a JSON value. @throws ControlError for an unknown name or a refused wish. */
export const callControl = (control: Control, name: string, argument: unknown): unknown => {
  if (!isPresent(control, name)) throw new ControlError(`there is no control function ${name}`);
  // One function for each name, each with its own argument type; over the wire the caller vouches for it.
  return (control[name] as (argument: unknown) => unknown)(argument);
};

/** The app without a socket. Hono's own type stays in this file: it would ask its readers for browser types. */
export interface App {
  readonly fetch: (request: Request, bindings?: HttpBindings | Http2Bindings) => Response | Promise<Response>;
  readonly request: (path: string, init?: RequestInit) => Response | Promise<Response>;
}

/** The app: `request()` answers in process, and a dropped connection is an error there. */
export const createApp = (affinity: Affinity): App => {
  const app = new Hono<{ Bindings: Partial<HttpBindings | Http2Bindings> }>();
  const control = createControl(affinity);
  const couriers = createCouriers(affinity);
  let running = 0;

  app.post('/_emulator/:name', async (c) => {
    // A page of another site cannot send JSON without asking first, and is never answered.
    if (!c.req.header('content-type')?.startsWith('application/json')) return c.json({ error: 'send JSON' }, 415);
    try {
      const text = await c.req.text();
      const argument: unknown = text === '' ? undefined : JSON.parse(text);
      const result = callControl(control, c.req.param('name'), argument) ?? null;
      couriers.carry();
      return c.json({ result });
    } catch (fault) {
      if (fault instanceof ControlError || fault instanceof SyntaxError || fault instanceof TypeError) {
        return c.json({ error: fault.message }, 400);
      }
      throw fault;
    }
  });

  app.all('*', async (c) => {
    const method = methodOf(c.req.method);
    if (method === null) return c.json({ message: 'The requested resource does not exist' }, 404);
    const headers = headersOf(c.req.raw.headers);
    // Bytes stay bytes: a file in a form is no text.
    const bytes = Buffer.from(await c.req.arrayBuffer());
    const body = isMultipart(headers['content-type'] ?? '')
      ? { pieces: [{ base64: bytes.toString('base64') }] }
      : bytes.toString('utf8');
    const request: WireRequest = { method, url: c.req.url, headers, body: body === '' ? null : body, wants: 'base64' };
    const others = running;
    running += 1;
    try {
      await couriers.probe(request);
      const { answer, latencyMs } = affinity.exchange(request, others);
      await wait(latencyMs);
      if ('noAnswer' in answer) {
        c.env?.incoming?.socket.destroy();
        throw new Error(answer.noAnswer);
      }
      couriers.carry();
      const content = answer.encoding === 'base64' ? Buffer.from(answer.body, 'base64') : answer.body;
      return new Response(content, { status: answer.status, headers: answer.headers });
    } finally {
      running -= 1;
    }
  });

  app.onError((fault, c) => {
    // A destroyed socket has nobody to tell; an error of the emulator itself must be seen.
    if (c.env?.incoming?.socket.destroyed === true) return new Response(null, { status: 500 });
    if (c.env?.incoming === undefined) throw fault;
    console.error(fault);
    return c.text(`The emulator failed: ${fault.message}`, 500);
  });
  return {
    fetch: (request, bindings) => app.fetch(request, bindings),
    request: (path, init) => app.request(path, init),
  };
};

export interface ServerOptions extends AffinityOptions {
  /** 0, the default, takes a free port. */
  readonly port?: number;
}

export interface AffinityServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly world: World;
  readonly affinity: Affinity;
  readonly control: Control;
  close(): Promise<void>;
}

/**
 * Starts the emulator on 127.0.0.1. Its clock is the computer's unless another is given.
 * @throws the system's error when the port is taken.
 */
export const startAffinity = async (options: ServerOptions = {}): Promise<AffinityServer> => {
  const affinity = new Affinity({ clock: realClock(), ...options });
  const app = createApp(affinity);
  const server = serve({
    fetch: (request, bindings) => app.fetch(request, bindings),
    port: options.port ?? 0,
    hostname: '127.0.0.1',
  });
  await new Promise<void>((listening, failed) => {
    server.once('listening', listening);
    server.once('error', failed);
  });
  const { port } = server.address() as AddressInfo; // a listening TCP server has a port
  // A caller that knows nothing but this address must be able to follow a download.
  if (options.fileHost === undefined) affinity.fileHost.origin = `http://127.0.0.1:${port}`;
  return {
    url: `http://127.0.0.1:${port}`,
    world: affinity.world,
    affinity,
    control: createControl(affinity),
    close: () =>
      new Promise((closed, failed) => {
        server.close((fault) => (fault === undefined ? closed() : failed(fault)));
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
};
