/**
 * The API client's transport over UrlFetchApp. Every request is muted, since one unmuted failure discards a whole batch; a batch
 * that throws all the same (network, quota) says nothing about any of its requests. Source: apps-script-facts, section 2.
 */
import { multipartPieces, multipartType } from '../api/multipart';
import type { MultipartBody, NoAnswer, Transport, WireRequest, WireResponse } from '../api/ports';

const lowerCaseNames = (headers: object): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** A form as bytes: the platform's own form payload can't hold two files of one name. */
const formOf = (body: MultipartBody) => {
  const boundary = `form-${Utilities.getUuid()}`;
  const payload = multipartPieces(body, boundary).flatMap((piece) =>
    'text' in piece ? Utilities.newBlob(piece.text).getBytes() : Utilities.base64Decode(piece.base64),
  );
  return { payload, contentType: multipartType(boundary) };
};

const payloadOf = (body: WireRequest['body'], contentType: string | undefined) => {
  if (body === null) return {};
  return typeof body === 'string' ? { payload: body, contentType: contentType ?? 'application/json' } : formOf(body);
};

const toFetch = (request: WireRequest): GoogleAppsScript.URL_Fetch.URLFetchRequest => {
  const { 'content-type': contentType, ...headers } = request.headers;
  return {
    url: request.url,
    // The four methods of the API are all among those that the platform takes, in lower case.
    method: request.method.toLowerCase() as GoogleAppsScript.URL_Fetch.HttpMethod,
    headers,
    muteHttpExceptions: true,
    followRedirects: false,
    ...payloadOf(request.body, contentType),
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
