/**
 * The API client's transport over UrlFetchApp. Every request is muted, since one unmuted failure discards a whole batch; a batch
 * that throws all the same (network, quota) says nothing about any of its requests. Source: apps-script-facts, section 2.
 */
import type { NoAnswer, PiecedBody, Transport, WireRequest, WireResponse } from '../api/ports';

const lowerCaseNames = (headers: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

const bytesOf = (body: PiecedBody): number[] =>
  body.pieces.flatMap((piece) =>
    'text' in piece ? Utilities.newBlob(piece.text).getBytes() : Utilities.base64Decode(piece.base64),
  );

const toFetch = (request: WireRequest): GoogleAppsScript.URL_Fetch.URLFetchRequest => {
  const { 'content-type': contentType, ...headers } = request.headers;
  return {
    url: request.url,
    // The four methods of the API are all among those that the platform takes, in lower case.
    method: request.method.toLowerCase() as GoogleAppsScript.URL_Fetch.HttpMethod,
    headers,
    muteHttpExceptions: true,
    followRedirects: false,
    ...(request.body === null
      ? {}
      : {
          payload: typeof request.body === 'string' ? request.body : bytesOf(request.body),
          contentType: contentType ?? 'application/json',
        }),
  };
};

const toResponse = (response: GoogleAppsScript.URL_Fetch.HTTPResponse, wants: WireRequest['wants']): WireResponse => ({
  status: response.getResponseCode(),
  headers: lowerCaseNames(response.getHeaders()),
  ...(wants === 'base64'
    ? { body: Utilities.base64Encode(response.getContent()), encoding: 'base64' }
    : { body: response.getContentText() }),
});

const toNoAnswer = (fault: unknown): NoAnswer => {
  const message = String(fault instanceof Error ? fault.message : fault);
  const isQuota = /too many times for one day/i.test(message);
  const isRefused = isQuota || /permission|whitelist|too many times in a short time/i.test(message);
  return { noAnswer: message, neverSent: isRefused, ...(isQuota ? { platformQuota: true } : {}) };
};

export const createUrlFetchTransport = (): Transport => ({
  sendAll(requests) {
    try {
      return UrlFetchApp.fetchAll(requests.map(toFetch)).map((response, index) =>
        toResponse(response, requests[index]?.wants),
      );
    } catch (fault) {
      const none = toNoAnswer(fault);
      return requests.map(() => none);
    }
  },
});
