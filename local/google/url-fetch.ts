/**
 * `UrlFetchApp`: blocking requests with the platform's options, limits and refusals. What travels is http-bridge.ts's
 * business. Source: facts section 2, allowlist section 12.
 */
import type { Family } from './authorization';
import { Blob, signed, unsigned } from './blob';
import { ScriptFault, texts, Unsupported } from './errors';
import type { Execution } from './execution';
import { type HostResponse, isFailure, type Outcome } from './host-map';
import { type BridgeRequest, sendAll } from './http-bridge';
import { members } from './members';
import { behind, ServiceObject } from './service-object';
import { isWhitelisted } from './url-whitelist';

const MAX_URL = 2082;
const MAX_BODY = 50 * 1024 * 1024;
const MAX_HEADERS = 100;
const MAX_HEADER_BYTES = 8 * 1024;
/** Fixed time limit where `timeoutSeconds` is not honoured. Source: facts section 2. */
const FIXED_TIMEOUT_MS = 60_000;
const METHODS = ['get', 'delete', 'patch', 'post', 'put'];
const OPTIONS: Record<string, (value: unknown) => boolean> = {
  url: (v) => typeof v === 'string',
  contentType: (v) => typeof v === 'string',
  headers: (v) => typeof v === 'object' && !Array.isArray(v),
  method: (v) => typeof v === 'string',
  payload: () => true,
  useIntranet: (v) => typeof v === 'boolean',
  validateHttpsCertificates: (v) => typeof v === 'boolean',
  followRedirects: (v) => typeof v === 'boolean',
  muteHttpExceptions: (v) => typeof v === 'boolean',
  escaping: (v) => typeof v === 'boolean',
  timeoutSeconds: (v) => typeof v === 'number' && v > 0 && v <= 360,
};

type Options = Record<string, unknown>;
type Prepared = { readonly request: BridgeRequest; readonly muted: boolean; readonly contentType: string };

const fetchMembers = members('UrlFetchApp', {
  fetch: { fetch: 'str | str,obj', fetchAll: 'any[]' },
  pure: { getRequest: 'str | str,obj' },
});

export class UrlFetchApp extends ServiceObject {
  readonly serviceName = 'UrlFetchApp';
  readonly members = fetchMembers;
  override family(): Family {
    return 'fetch';
  }

  fetch(url: string, options: Options = {}): HttpResponse {
    const prepared = this.#prepare(url, options);
    const [outcome] = this.#send([prepared]);
    return this.#responseOf(prepared, outcome as Outcome); // one outcome per request
  }

  fetchAll(requests: readonly unknown[]): HttpResponse[] {
    const prepared = requests.map((one) => {
      if (typeof one === 'string') return this.#prepare(one, {});
      const options = one as Options; // anything else fails the check of its url
      if (typeof one !== 'object' || one === null || typeof options.url !== 'string') {
        throw new ScriptFault('Attribute provided with no value: url');
      }
      return this.#prepare(options.url, options);
    });
    if (prepared.length === 0) return [];
    const outcomes = this.#send(prepared);
    if (!this.run.world.platform.deadHostLosesBatch) {
      return prepared.map((one, i) => new HttpResponse(this.run, one, withoutDead(outcomes[i] as Outcome)));
    }
    return prepared.map((one, i) => this.#responseOf(one, outcomes[i] as Outcome));
  }

  getRequest(url: string, options: Options = {}): Record<string, unknown> {
    const { request, contentType } = this.#prepare(url, options);
    return {
      url: request.url,
      method: request.method.toLowerCase(),
      contentType,
      headers: { ...request.headers },
      payload: request.body,
      useIntranet: false,
      validateHttpsCertificates: options.validateHttpsCertificates ?? true,
      followRedirects: request.followRedirects,
    };
  }

  #send(prepared: readonly Prepared[]): Outcome[] {
    const { world } = this.run;
    for (const _one of prepared) world.quotas.spendFetch(this.run.user);
    world.calls.fetches += prepared.length;
    this.run.calls.fetches += prepared.length;
    return sendAll(
      world.hosts,
      prepared.map((one) => one.request),
      () => world.clock.now(),
    );
  }

  #responseOf(prepared: Prepared, outcome: Outcome): HttpResponse {
    const { url } = prepared.request;
    if (isFailure(outcome)) {
      throw new ScriptFault(
        outcome.failure === 'dns'
          ? `DNS error: ${url}`
          : outcome.failure === 'timeout'
            ? `Timeout: ${url}`
            : `Address unavailable: ${url}`,
      );
    }
    const response = new HttpResponse(this.run, prepared, outcome);
    if (outcome.body.length > MAX_BODY) throw new ScriptFault('Limit Exceeded: URLFetch Response Size.');
    if (outcome.status >= 400 && !prepared.muted) {
      const host = /^https?:\/\/[^/?#]+/i.exec(url)?.[0] ?? url;
      const body = response.getContentText();
      const start = body.length > 100 ? `${body.slice(0, 100)}...` : body;
      throw new ScriptFault(
        `Request failed for ${host} returned code ${outcome.status}. Truncated server response: ${start} (use muteHttpExceptions option to examine full response)`,
      );
    }
    return response;
  }

  #prepare(url: string, options: Options): Prepared {
    this.#checkOptions(options);
    const address = options.escaping === false ? url : escaped(url);
    if (!/^https?:\/\/[^/?#\s]+/i.test(address)) throw new ScriptFault(`Invalid argument: ${url}`);
    if (address.length > MAX_URL) throw new ScriptFault('Limit Exceeded: URLFetch URL Length.');
    if (!isWhitelisted(address, this.run.world.manifest.urlFetchWhitelist)) throw new ScriptFault(texts.notWhitelisted);
    const method = String(options.method ?? 'get').toLowerCase();
    if (!METHODS.includes(method)) throw new ScriptFault(`Attribute provided with invalid value: method`);
    const { body, contentType } = bodyOf(options);
    if (body !== null && Buffer.byteLength(body) > MAX_BODY)
      throw new ScriptFault('Limit Exceeded: URLFetch POST Size.');
    const headers = headersOf(options, body === null ? null : contentType);
    const { timeoutSeconds } = this.run.world.platform;
    const timeoutMs = timeoutSeconds === 'honoured' ? Number(options.timeoutSeconds ?? 360) * 1000 : FIXED_TIMEOUT_MS;
    const request: BridgeRequest = {
      method: method.toUpperCase(),
      url: address,
      headers,
      body: method === 'get' && body === null ? null : body,
      followRedirects: options.followRedirects !== false,
      timeoutMs,
    };
    return { request, muted: options.muteHttpExceptions === true, contentType };
  }

  #checkOptions(options: Options): void {
    for (const [name, value] of Object.entries(options)) {
      const legal = OPTIONS[name];
      if (!legal) throw new Unsupported(`UrlFetchApp option ${name}`);
      if (value === undefined || value === null) continue;
      if (name === 'timeoutSeconds' && this.run.world.platform.timeoutSeconds === 'refused') {
        throw new ScriptFault('Attribute provided with invalid value: timeoutSeconds');
      }
      if (!legal(value)) throw new ScriptFault(`Attribute provided with invalid value: ${name}`);
    }
  }
}

const withoutDead = (outcome: Outcome): HostResponse =>
  isFailure(outcome) ? { status: 0, headers: {}, body: '' } : outcome;

/** Characters that may not stand in an address, percent-encoded; what is encoded already stays. */
const escaped = (url: string): string => url.replace(/[^\w\-.~:/?#[\]@!$&'()*+,;=%]/gu, (c) => encodeURIComponent(c));

const headersOf = (options: Options, contentType: string | null): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries((options.headers ?? {}) as Record<string, unknown>)) {
    if (typeof value === 'object' || typeof value === 'function' || value === undefined) {
      throw new ScriptFault(`Attribute provided with invalid value: Header:${name}`);
    }
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[\r\n\0]/.test(String(value))) {
      throw new ScriptFault(`Attribute provided with invalid value: Header:${name}`);
    }
    headers[name.toLowerCase()] = String(value);
  }
  if (contentType !== null && !('content-type' in headers)) headers['content-type'] = contentType;
  const entries = Object.entries(headers);
  if (entries.length > MAX_HEADERS) throw new ScriptFault('Limit Exceeded: URLFetch Header Count.');
  if (entries.reduce((n, [name, value]) => n + name.length + value.length, 0) > MAX_HEADER_BYTES) {
    throw new ScriptFault('Limit Exceeded: URLFetch Header Size.');
  }
  return headers;
};

const FORM = 'application/x-www-form-urlencoded';

/** Payload as it travels: text and bytes as they are, a blob's bytes, an object as form fields. */
const bodyOf = (options: Options): { body: Uint8Array | string | null; contentType: string } => {
  const payload = behind(options.payload);
  const stated = typeof options.contentType === 'string' ? options.contentType : null;
  if (payload === undefined || payload === null) return { body: null, contentType: stated ?? FORM };
  if (typeof payload === 'string') return { body: payload, contentType: stated ?? FORM };
  if (payload instanceof Blob) return { body: payload.bytes, contentType: stated ?? payload.type ?? FORM };
  if (Array.isArray(payload)) return { body: unsigned(payload as number[]), contentType: stated ?? FORM };
  if (typeof payload !== 'object') return { body: String(payload), contentType: stated ?? FORM };
  const fields = Object.entries(payload).map(([name, value]): [string, unknown] => [name, behind(value)]);
  if (fields.some(([, value]) => value instanceof Blob)) return multipart(fields);
  return {
    body: new URLSearchParams(fields.map(([n, v]): [string, string] => [n, String(v)])).toString(),
    contentType: stated ?? FORM,
  };
};

const multipart = (fields: readonly (readonly [string, unknown])[]): { body: Uint8Array; contentType: string } => {
  const boundary = '----local-google-boundary-7d1f';
  const parts: Uint8Array[] = [];
  const add = (text: string): void => void parts.push(new Uint8Array(Buffer.from(text, 'utf8')));
  const quoted = (text: string): string => text.replace(/["\r\n]/g, (c) => encodeURIComponent(c));
  for (const [name, value] of fields) {
    add(`--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"`);
    if (value instanceof Blob) {
      add(
        `; filename="${quoted(value.name ?? 'file')}"\r\nContent-Type: ${value.type ?? 'application/octet-stream'}\r\n\r\n`,
      );
      parts.push(value.bytes);
      add('\r\n');
    } else add(`\r\n\r\n${String(value)}\r\n`);
  }
  add(`--${boundary}--\r\n`);
  return { body: new Uint8Array(Buffer.concat(parts)), contentType: `multipart/form-data; boundary=${boundary}` };
};

const responseMembers = members('HTTPResponse', {
  pure: {
    getResponseCode: '',
    getContentText: ' | str',
    getContent: '',
    getBlob: '',
    getHeaders: '',
    getAllHeaders: '',
  },
});

export class HttpResponse extends ServiceObject {
  readonly serviceName = 'HTTPResponse';
  readonly members = responseMembers;
  readonly #response: HostResponse;
  readonly #request: Prepared;
  constructor(run: Execution, request: Prepared, response: HostResponse) {
    super(run);
    this.#request = request;
    this.#response = response;
  }
  #bytes(): Uint8Array {
    const { body } = this.#response;
    return typeof body === 'string' ? new Uint8Array(Buffer.from(body, 'utf8')) : body;
  }
  getResponseCode(): number {
    if (this.#response.status === 0) throw new ScriptFault(`Address unavailable: ${this.#request.request.url}`);
    return this.#response.status;
  }
  getContentText(charset?: string): string {
    const { body } = this.#response;
    if (typeof body === 'string' && charset === undefined) return body;
    return new TextDecoder(charset ?? /charset=([\w-]+)/i.exec(this.#header('content-type'))?.[1] ?? 'utf-8').decode(
      this.#bytes(),
    );
  }
  getContent(): number[] {
    return signed(this.#bytes());
  }
  getBlob(): Blob {
    const name = decodeURIComponent(/\/([^/?#]*)(?:[?#]|$)/.exec(this.#request.request.url.slice(8))?.[1] ?? '');
    return new Blob(
      this.run,
      this.#bytes(),
      this.#header('content-type').split(';')[0] || 'application/octet-stream',
      name,
    );
  }
  #written(name: string): string {
    return this.run.world.platform.responseHeaderCase === 'titled' ? titled(name) : name.toLowerCase();
  }
  getHeaders(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.#response.headers).map(([name, value]) => [
        this.#written(name),
        typeof value === 'string' ? value : (value[0] ?? ''),
      ]),
    );
  }
  getAllHeaders(): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(this.#response.headers).map(([name, value]) => [
        this.#written(name),
        typeof value === 'string' || value.length !== 1 ? value : value[0],
      ]),
    );
  }
  #header(name: string): string {
    const value = Object.entries(this.#response.headers).find(([one]) => one.toLowerCase() === name)?.[1];
    return typeof value === 'string' ? value : (value?.[0] ?? '');
  }
}

/** The platform shows header names capitalised, whatever the server sent: `Content-Type`. */
const titled = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_all, dash: string, letter: string) => dash + letter.toUpperCase());
