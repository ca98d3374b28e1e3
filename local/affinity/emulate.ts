/**
 * The core: a function from request to answer over a world. Routing and decoding come from the endpoint table; a row without
 * a handler does not compile. The emulator's own answers go through the same codecs, so that client and emulator cannot drift
 * apart: an answer that does not decode is an error of the emulator and throws.
 */
import { type Codec, DecodeError } from '../../src/api/codec';
import { type ArgsOf, type Endpoint, pathParameters, type Table } from '../../src/api/endpoint';
import type { WireRequest, WireResponse } from '../../src/api/ports';
import { decodeForm, isForm } from './form';
import { bytesOf, decodeMultipart, isMultipart } from './multipart';
import { Refusal, refusalBody } from './refusal';
import { findRoute, type Route, routesOf } from './routes';
import type { User } from './world/records';
import type { World } from './world/world';

/** What a handler gets: path ids as integers, query and body as the row's codecs give them. */
export type HandlerArgs<E> =
  E extends Endpoint<infer _P, infer Q, infer B, infer _R>
    ? {
        readonly path: ArgsOf<E> extends { readonly path: infer P } ? { readonly [N in keyof P]: number } : unknown;
        readonly query: Q;
        readonly body: B;
      }
    : never;

/** Who is calling, and where. */
export interface Caller {
  readonly world: World;
  readonly user: User;
}

/**
 * Gives the answer as the API prints it (decoded types leave out what the product does not read, so the row's codec checks
 * it when it is sent); for a row whose answer is a file, `{ location }`. @throws Refusal for what the API refuses; the world is then unchanged.
 */
export type Handler<E> = (args: HandlerArgs<E>, caller: Caller) => object;

export type Handlers<T extends Table> = {
  readonly [G in keyof T]: { readonly [N in keyof T[G]]: Handler<T[G][N]> };
};

/** One call as the core sees it, for quotas and counters around it. */
export interface Routed {
  readonly endpoint: string;
  readonly user: User | null;
}

export interface Emulated {
  (request: WireRequest): WireResponse;
  /** Names the call and its user without carrying it out. */
  route(request: WireRequest): Routed;
  /** Rows that have a handler, e.g. `fieldValues.create`. */
  readonly endpoints: readonly string[];
}

const BASE = 'https://api.affinity.co';

/** The key of Basic (its password; the user part is not checked) or Bearer authentication. */
const keyOf = (authorization: string | undefined): string | null => {
  const match = /^(Basic|Bearer)\s+(\S+)\s*$/i.exec(authorization ?? '');
  if (match === null) return null;
  const credentials = match[2] ?? '';
  if (match[1]?.toLowerCase() === 'bearer') return credentials;
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : null;
};

const decodePart = (codec: Codec<unknown>, raw: unknown, at: string, world: World): unknown => {
  try {
    return codec.decode(raw, at);
  } catch (fault) {
    if (!(fault instanceof DecodeError)) throw fault;
    if (!world.rules.isOn('parameters-well-formed')) return raw;
    // `body.entity_id` reads as `entity_id` to the caller.
    const name = fault.path.startsWith(`${at}.`) ? fault.path.slice(at.length + 1) : fault.path;
    throw new Refusal(422, `${name} is missing or invalid: expected ${fault.expected}`);
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(422, 'The request body is not valid JSON');
  }
};

const bodyOf = (route: Route, request: WireRequest, codec: Codec<unknown>, isStrict: boolean): unknown => {
  const contentType = request.headers['content-type'] ?? '';
  if (route.row.encoding === 'multipart') {
    const form = isMultipart(contentType) ? decodeMultipart(request.body, contentType) : null;
    if (form !== null) return form;
    if (!isStrict) return { files: [] };
    throw new Refusal(422, 'The request body must be multipart/form-data');
  }
  if (isForm(contentType)) {
    if (!route.takesForm) throw new Refusal(422, 'The request body must be JSON');
    return decodeForm(bytesOf(request.body).toString('utf8'), codec);
  }
  if (request.body === null || request.body === '') throw new Refusal(422, 'The request body is missing');
  return parseJson(bytesOf(request.body).toString('utf8'));
};

const queryOf = (url: URL): Record<string, string> => Object.fromEntries(url.searchParams);

const pathOf = (route: Route, found: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    pathParameters(route.row.path).map((name, index) => {
      const raw = found[index] ?? '';
      if (!/^\d+$/.test(raw) || !Number.isSafeInteger(Number(raw))) {
        throw new Refusal(422, `${name} is missing or invalid: expected integer`);
      }
      return [name, Number(raw)];
    }),
  );

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** Builds the core. @throws RangeError when two rows have the same method and path. */
export const emulate = <const T extends Table>(table: T, handlers: Handlers<T>, world: World): Emulated => {
  const routes = routesOf(table);

  const userOf = (request: WireRequest): User | null => {
    const key = keyOf(request.headers.authorization);
    const user = key === null ? undefined : world.userByKey(key);
    if (user !== undefined) return user;
    return world.rules.isOn('key-required') ? null : (world.users[0] ?? null);
  };

  const respond = (request: WireRequest): WireResponse => {
    const user = userOf(request);
    if (user === null) throw new Refusal(401, 'The API key is missing or invalid');
    const url = new URL(request.url, BASE);
    const found = findRoute(routes, request.method, url.pathname);
    if (found === null) {
      if (!world.rules.isOn('unknown-path-not-found')) return { status: 200, headers: JSON_HEADERS, body: '{}' };
      throw new Refusal(404, 'The requested resource does not exist');
    }
    const { route } = found;
    const { row } = route;
    const path = pathOf(route, found.parameters);
    const rawQuery = queryOf(url);
    const query = row.query === undefined ? undefined : decodePart(row.query, rawQuery, 'query', world);
    if (!world.rules.isOn('unknown-parameters-ignored')) {
      const known = Object.keys((query as object | undefined) ?? {}); // a decoded query is an object by construction
      const extra = Object.keys(rawQuery).find((name) => !known.includes(name));
      if (extra !== undefined) throw new Refusal(422, `${extra} is not a parameter`);
    }
    const isStrict = world.rules.isOn('upload-is-a-form');
    const body =
      row.body === undefined
        ? undefined
        : decodePart(row.body, bodyOf(route, request, row.body, isStrict), 'body', world);
    // The table's types tie each row to its handler; after routing by text that tie has to be taken on trust.
    const handler = handlers[route.resource]?.[route.call] as unknown as Handler<Endpoint> | undefined;
    if (handler === undefined) throw new RangeError(`${route.endpoint} has no handler`);
    const args = { path, query, body } as unknown as HandlerArgs<Endpoint>; // decoded by this row's own codecs above
    const answer = handler(args, { world, user });
    // A file is not here: its address is, and nothing else.
    if (row.answer === 'file') {
      const { location } = answer as { readonly location: string }; // what handlers of such rows give
      const status = world.rules.isOn('download-is-a-redirect') ? 302 : 200;
      return { status, headers: { location, 'content-type': 'text/html; charset=utf-8' }, body: '' };
    }
    row.response.decode(answer, `answer of ${route.endpoint}`);
    const status = request.method === 'POST' ? world.choices.createdStatus : 200;
    return { status, headers: JSON_HEADERS, body: JSON.stringify(answer) };
  };

  const answer = (request: WireRequest): WireResponse => {
    try {
      return respond(request);
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      if (fault.status === 404 && !world.rules.isOn('missing-record-not-found')) {
        return { status: 200, headers: JSON_HEADERS, body: '{}' };
      }
      const form = world.choices.errorBodies;
      const headers = form === 'text' ? { 'content-type': 'text/plain; charset=utf-8' } : JSON_HEADERS;
      return { status: fault.status, headers, body: refusalBody(fault, form) };
    }
  };

  return Object.assign(answer, {
    endpoints: routes
      .filter(({ resource, call }) => typeof handlers[resource]?.[call] === 'function')
      .map(({ endpoint }) => endpoint),
    route: (request: WireRequest): Routed => {
      const found = findRoute(routes, request.method, new URL(request.url, BASE).pathname);
      return { endpoint: found?.route.endpoint ?? 'unknown', user: userOf(request) };
    },
  });
};
