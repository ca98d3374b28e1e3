// @ts-check
/**
 * The other side of the blocking bridge: does the requests of one batch in parallel and hands back data, never a throw.
 * It neither follows redirects nor knows hosts: http-bridge.ts does, because a redirect may lead to a mapped host.
 */
import { runAsWorker } from 'synckit';
import { Agent, interceptors, request } from 'undici';

/** @typedef {{ url: string, method: string, headers: Record<string, string>, body: Uint8Array | string | null, timeoutMs: number }} WireRequest */
/** @typedef {{ status: number, headers: Record<string, string | string[]>, body: Uint8Array } | { failure: 'dns' | 'address' | 'timeout' }} WireOutcome */

// The decompressing interceptor announces itself as experimental on every start; the platform decodes silently.
process.removeAllListeners('warning');
const base = new Agent({ connections: 128, headersTimeout: 360_000, bodyTimeout: 360_000 });
const decoded = base.compose(interceptors.decompress());

/** @param {unknown} fault @returns {WireOutcome} */
const failureOf = (fault) => {
  const { code, name } = /** @type {{ code?: unknown, name?: string }} */ (fault);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return { failure: 'dns' };
  if (code === 23 || name === 'TimeoutError' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return { failure: 'timeout' };
  }
  return { failure: 'address' };
};

/** @param {WireRequest} one @returns {Promise<WireOutcome>} */
const send = async (one) => {
  try {
    const answer = await request(one.url, {
      method: /** @type {import('undici').Dispatcher.HttpMethod} */ (one.method),
      headers: one.headers,
      body: one.body,
      // A script that asks for compression itself gets the raw bytes, as on the platform.
      dispatcher: 'accept-encoding' in one.headers ? base : decoded,
      signal: AbortSignal.timeout(one.timeoutMs),
    });
    const headers = /** @type {Record<string, string | string[]>} */ (answer.headers);
    return { status: answer.statusCode, headers, body: new Uint8Array(await answer.body.arrayBuffer()) };
  } catch (fault) {
    return failureOf(fault);
  }
};

runAsWorker((/** @type {WireRequest[]} */ batch) => Promise.all(batch.map(send)));
