/**
 * The road to Affinity: a small server between the add-on and the emulator (or the real API) that writes down every request. With the
 * real API it also guards it: no write passes unless allowed, and the real key is put in here, so that it never enters the browser.
 */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { RequestView } from './protocol';

/** What a person types as key in the live mode; it stands for the one in the environment. */
export const LIVE_KEY = 'live-key';

export interface RoadOptions {
  /** Base address without a slash at the end. */
  readonly target: string;
  readonly isReadOnly: boolean;
  /** Key of the real API, in the live mode. */
  readonly liveKey: string | null;
  readonly note: (request: RequestView) => void;
}

export interface Road {
  readonly url: string;
  /** Numbers requests that do not come through here. */
  nextId(): number;
  close(): Promise<void>;
}

const bodyOf = async (incoming: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part as Uint8Array)); // a request's stream gives bytes
  return Buffer.concat(parts);
};

const withRealKey = (authorization: string | undefined, key: string): string | undefined => {
  const placeholder = Buffer.from(`:${LIVE_KEY}`).toString('base64');
  return authorization === `Basic ${placeholder}`
    ? `Basic ${Buffer.from(`:${key}`).toString('base64')}`
    : authorization;
};

export const startRoad = async ({ target, isReadOnly, liveKey, note }: RoadOptions): Promise<Road> => {
  let last = 0;
  const nextId = (): number => ++last;

  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const method = incoming.method ?? 'GET';
    const path = incoming.url ?? '/';
    const started: RequestView = {
      id: nextId(),
      at: Date.now(),
      from: 'add-on',
      method,
      path,
      status: null,
      ms: null,
      bytes: null,
    };
    note(started);
    const ended = (status: number, bytes: number): void =>
      note({ ...started, status, ms: Date.now() - started.at, bytes });
    const body = await bodyOf(incoming);
    if (isReadOnly && method !== 'GET' && method !== 'HEAD') {
      const message = 'The workbench is read-only here. Start it with --allow-writes to send changes to Affinity.';
      outgoing.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
      return ended(403, 0);
    }
    const url = new URL(target + path);
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const authorization = liveKey === null ? headers.authorization : withRealKey(headers.authorization, liveKey);
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const onward = send(url, { method, headers: { ...headers, ...(authorization ? { authorization } : {}) } });
    onward.on('error', () => {
      // Nothing came back: the add-on must see the same, not an answer of ours.
      outgoing.destroy();
      ended(0, 0);
    });
    onward.on('response', (answer) => {
      let bytes = 0;
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.on('error', () => outgoing.destroy());
      answer.on('end', () => ended(answer.statusCode ?? 0, bytes));
      answer.pipe(outgoing);
    });
    onward.end(body);
  };

  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo; // a listening TCP server has a port
  return {
    url: `http://127.0.0.1:${port}`,
    nextId,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};
