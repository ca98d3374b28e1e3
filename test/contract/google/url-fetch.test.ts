import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type HostRequest, type HostResponse, NetworkError } from '../../../local/google/index';
import { trial } from './trial';

const answer = (status: number, body = '', headers: HostResponse['headers'] = {}): HostResponse => ({
  status,
  body,
  headers,
});
const api = (
  host: (request: HostRequest) => HostResponse,
  rest: Parameters<typeof trial>[0] = {},
): ReturnType<typeof trial> =>
  trial({ hosts: { 'https://api.test': host, 'https://other.test': () => answer(200, 'other') }, ...rest });

// Facts 2.
describe('UrlFetchApp', () => {
  test('sends method, headers and body, and answers with code, text, signed bytes and headers', () => {
    const seen: HostRequest[] = [];
    const { act } = api((request) => {
      seen.push(request);
      return answer(201, 'é', { 'content-type': 'text/plain; charset=utf-8', 'set-cookie': ['a=1', 'b=2'] });
    });
    const got =
      act(`const r = UrlFetchApp.fetch('https://api.test/x?y=1', { method: 'post', contentType: 'application/json', payload: '{}', headers: { 'X-A': 1 } });
      return [r.getResponseCode(), r.getContentText(), r.getContent(), r.getHeaders()['Set-Cookie'], r.getAllHeaders()['Set-Cookie']]`);
    expect(got).toEqual([201, 'é', [-61, -87], 'a=1', ['a=1', 'b=2']]);
    expect(seen).toEqual([
      {
        method: 'POST',
        url: 'https://api.test/x?y=1',
        headers: { 'x-a': '1', 'content-type': 'application/json' },
        body: '{}',
      },
    ]);
  });
  test('an object payload becomes form fields', () => {
    let body: unknown;
    const { act } = api((request) => {
      body = request.body;
      return answer(200);
    });
    act(`UrlFetchApp.fetch('https://api.test/', { method: 'post', payload: { a: 'x y', b: 2 } })`);
    expect(body).toBe('a=x+y&b=2');
  });
  test('an object payload with a blob becomes multipart', () => {
    let request: HostRequest | undefined;
    const { act } = api((given) => {
      request = given;
      return answer(200);
    });
    act(
      `UrlFetchApp.fetch('https://api.test/', { method: 'post', payload: { f: Utilities.newBlob('abc', 'text/plain', 'a.txt') } })`,
    );
    expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(Buffer.from(request?.body as Uint8Array).toString()).toContain(
      'filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nabc',
    );
  });
  test('an unmuted error status throws, with scheme and host only', () => {
    const { act } = api(() => answer(500, 'oops'));
    expect(() => act(`UrlFetchApp.fetch('https://api.test/secret?k=1')`)).toThrow(
      'Request failed for https://api.test returned code 500. Truncated server response: oops (use muteHttpExceptions option to examine full response)',
    );
    expect(act(`return UrlFetchApp.fetch('https://api.test/', { muteHttpExceptions: true }).getResponseCode()`)).toBe(
      500,
    );
  });
  test('one unmuted failure loses a whole fetchAll', () => {
    const { act, google } = api((request) => answer(request.url.endsWith('2') ? 404 : 200));
    expect(() =>
      act(`UrlFetchApp.fetchAll(['https://api.test/1', 'https://api.test/2', 'https://api.test/3'])`),
    ).toThrow('returned code 404');
    expect(google.calls.fetches).toBe(3);
  });
  test('muting does not cover a network failure, and a dead host loses the whole batch', () => {
    const { act } = api((request) => {
      if (request.url.endsWith('2')) throw new NetworkError('address');
      return answer(200);
    });
    const batch = `UrlFetchApp.fetchAll([1, 2, 3].map((n) => ({ url: 'https://api.test/' + n, muteHttpExceptions: true })))`;
    expect(() => act(batch)).toThrow('Address unavailable: https://api.test/2');
  });
  test('or only its own answer, by the switch', () => {
    const { act } = api(
      (request) => {
        if (request.url.endsWith('2')) throw new NetworkError('address');
        return answer(200);
      },
      { platform: { deadHostLosesBatch: false } },
    );
    expect(
      act(`const r = UrlFetchApp.fetchAll([1, 2].map((n) => ({ url: 'https://api.test/' + n, muteHttpExceptions: true })));
           let text; try { r[1].getResponseCode() } catch (e) { text = e.message } return [r[0].getResponseCode(), text]`),
    ).toEqual([200, 'Address unavailable: https://api.test/2']);
  });
  test('answers come in the order of the requests', () => {
    const { act } = api((request) => answer(200, request.url.slice(-1)));
    expect(
      act(`return UrlFetchApp.fetchAll([3, 1, 2].map((n) => 'https://api.test/' + n)).map((r) => r.getContentText())`),
    ).toEqual(['3', '1', '2']);
  });
  test('redirects are followed by default, to mapped hosts only', () => {
    const { act } = api((request) =>
      request.url.endsWith('/from')
        ? answer(302, '', { location: 'https://other.test/to' })
        : answer(302, '', { location: 'https://nowhere.test/' }),
    );
    expect(act(`return UrlFetchApp.fetch('https://api.test/from').getContentText()`)).toBe('other');
    expect(act(`return UrlFetchApp.fetch('https://api.test/from', { followRedirects: false }).getResponseCode()`)).toBe(
      302,
    );
    expect(() => act(`UrlFetchApp.fetch('https://api.test/dead')`)).toThrow('DNS error');
  });
  test('a host outside the map does not exist', () => {
    expect(() => api(() => answer(200)).act(`UrlFetchApp.fetch('https://unknown.test/')`)).toThrow(
      'DNS error: https://unknown.test/',
    );
  });
  test.each([
    [`{ method: 'head' }`, 'invalid value: method'],
    [`{ muteHttpExceptions: 1 }`, 'invalid value: muteHttpExceptions'],
    [`{ headers: { 'X Y': '1' } }`, 'invalid value: Header:X Y'],
    [`{ timeout: 5 }`, 'local Google does not support UrlFetchApp option timeout'],
    [`{ headers: { a: 'x'.repeat(9000) } }`, 'Limit Exceeded: URLFetch Header Size'],
  ])('refuses the options %s', (options, text) => {
    expect(() => api(() => answer(200)).act(`UrlFetchApp.fetch('https://api.test/', ${options})`)).toThrow(text);
  });
  test('refuses a URL of more than 2082 characters', () => {
    expect(() => api(() => answer(200)).act(`UrlFetchApp.fetch('https://api.test/' + 'x'.repeat(2082))`)).toThrow(
      'Limit Exceeded: URLFetch URL Length',
    );
  });
  test('counts each request of a batch against the day', () => {
    const { act } = api(() => answer(200), { quotas: { fetchesPerDay: 3 } });
    act(`UrlFetchApp.fetchAll(['https://api.test/1', 'https://api.test/2', 'https://api.test/3'])`);
    expect(() => act(`UrlFetchApp.fetch('https://api.test/')`)).toThrow(
      'Service invoked too many times for one day: urlfetch.',
    );
  });
  test('the day’s quota comes back after 24 hours', () => {
    const { act, clock } = api(() => answer(200), { quotas: { fetchesPerDay: 1 } });
    act(`UrlFetchApp.fetch('https://api.test/')`);
    clock.advance(86_400_000);
    expect(act(`return UrlFetchApp.fetch('https://api.test/').getResponseCode()`)).toBe(200);
  });
});

// Facts 12.
describe('urlFetchWhitelist', () => {
  const fetches = (prefix: string, url: string): boolean => {
    const { google, file } = trial({
      manifest: { urlFetchWhitelist: [prefix] },
      hosts: { 'https://api.test': () => answer(200), 'https://a.b.api.test': () => answer(200) },
    });
    const { error } = google.tryRun('act', [`UrlFetchApp.fetch('${url}')`], { spreadsheet: file });
    if (error)
      expect(error.message).toBe(
        'Request to URL failed because the URL has not been whitelisted in the script manifest.',
      );
    return error === null;
  };
  test.each([
    ['https://api.test/', 'https://api.test/anything', true],
    ['https://api.test/foo', 'https://api.test/foo/bar', true],
    ['https://api.test/foo', 'https://api.test/foo?x', true],
    ['https://api.test/foo', 'https://api.test/foobar', false],
    ['https://api.test/foo', 'https://api.test/Foo', false],
    ['https://*.api.test/', 'https://a.b.api.test/x', true],
    ['https://*.api.test/', 'https://api.test/x', false],
  ])('%s and %s → %s', (prefix, url, allowed) => {
    expect(fetches(prefix, url)).toBe(allowed);
  });
});

describe('over real HTTP', () => {
  const serverSource = `
    const { parentPort } = require('node:worker_threads');
    const server = require('node:http').createServer((request, response) => {
      let body = '';
      request.on('data', (part) => { body += part; });
      request.on('end', () => {
        if (request.url === '/drop') return request.socket.destroy();
        if (request.url === '/gzip') {
          response.setHeader('content-encoding', 'gzip');
          return response.end(require('node:zlib').gzipSync('packed'));
        }
        setTimeout(() => response.end(request.method + ' ' + request.url + ' ' + body), request.url.startsWith('/slow') ? 100 : 0);
      });
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;
  let server: Worker;
  let base = '';
  beforeAll(async () => {
    // In a thread of its own: this one is blocked while a request is under way.
    server = new Worker(serverSource, { eval: true });
    const [port] = (await once(server, 'message')) as [number];
    base = `http://127.0.0.1:${port}`;
  });
  afterAll(() => server.terminate());

  test('a blocking request reaches the mapped server', () => {
    const { act } = trial({ hosts: { 'https://api.test': base } });
    expect(
      act(`return UrlFetchApp.fetch('https://api.test/a?b=c', { method: 'put', payload: 'hi' }).getContentText()`),
    ).toBe('PUT /a?b=c hi');
  });
  test('fetchAll runs in parallel', () => {
    const { act } = trial({ hosts: { 'https://api.test': base } });
    act(`UrlFetchApp.fetch('https://api.test/warm')`);
    const start = performance.now();
    const texts = act(
      `return UrlFetchApp.fetchAll(Array.from({ length: 20 }, (_, i) => 'https://api.test/slow' + i)).map((r) => r.getContentText())`,
    ) as string[];
    expect(texts[19]).toBe('GET /slow19 ');
    expect(performance.now() - start).toBeLessThan(1000);
  });
  test('a compressed answer is decoded, a dropped connection is a network failure', () => {
    const { act } = trial({ hosts: { 'https://api.test': base, 'https://dead.test': 'http://127.0.0.1:9' } });
    expect(act(`return UrlFetchApp.fetch('https://api.test/gzip').getContentText()`)).toBe('packed');
    expect(() => act(`UrlFetchApp.fetch('https://api.test/drop', { muteHttpExceptions: true })`)).toThrow(
      'Address unavailable: https://api.test/drop',
    );
    expect(() => act(`UrlFetchApp.fetch('https://dead.test/')`)).toThrow('Address unavailable');
  });
});
