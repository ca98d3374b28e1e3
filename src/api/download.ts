/** A file behind a redirect: where it is, and what came from there. Source: affinity-v1-facts, section 11. */
import { DecodeError } from './codec';
import type { WireResponse } from './ports';
import type { DownloadedFile } from './service-records';

/** The address that a redirect leads to, or null. Only an encrypted one is followed: a file is confidential on its way too. */
export const redirectOf = ({ status, headers }: WireResponse): string | null => {
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const { location } = headers;
  return location !== undefined && /^https:\/\//i.test(location) ? location : null;
};

/** A name as `filename*=UTF-8''…` (RFC 5987) or `filename="…"`. */
const nameIn = (disposition: string | undefined): string | null => {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded !== undefined) {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  }
  return /filename="([^"]*)"/i.exec(disposition ?? '')?.[1] ?? null;
};

/** @throws DecodeError when the answer holds no bytes. */
export const readDownload = ({ headers, body, encoding }: WireResponse): DownloadedFile => {
  if (encoding !== 'base64') throw new DecodeError('response', 'a file');
  return {
    contentType: headers['content-type'] ?? 'application/octet-stream',
    name: nameIn(headers['content-disposition']),
    base64: body,
  };
};
