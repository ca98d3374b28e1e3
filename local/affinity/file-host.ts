/**
 * The host that holds the files: each address is good for a minute and is the permission by itself, so a key sent along is
 * refused, as signed addresses elsewhere do. Source: affinity-v1-facts, section 11.
 */
import { createHash } from 'node:crypto';
import type { WireRequest, WireResponse } from '../../src/api/ports';
import type { World } from './world/world';

/** Where Affinity keeps files. A server of one's own gives its own address instead. */
export const FILE_HOST = 'https://userfiles.affinity.co';
const FOLDER = '/entity-file-contents/';
const GOOD_FOR_MS = 60_000;

const TEXT = { 'content-type': 'application/xml' };
const refused = (status: number, reason: string): WireResponse => ({
  status,
  headers: TEXT,
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${reason}</Code></Error>\n`,
});

export class FileHost {
  readonly #world: World;
  /** Origin of the addresses that are given, without a slash at the end. */
  origin: string;

  constructor(world: World, origin: string = FILE_HOST) {
    this.#world = world;
    this.origin = origin;
  }

  #signature(id: number, expires: number): string {
    return createHash('sha256').update(`${this.#world.tenant.subdomain} ${id} ${expires}`).digest('hex').slice(0, 32);
  }

  /** An address for this file, good for a minute. */
  addressOf(id: number): string {
    const expires = this.#world.clock.now() + GOOD_FOR_MS;
    return `${this.origin}${FOLDER}${id}?expires=${expires}&signature=${this.#signature(id, expires)}`;
  }

  /** True for requests that are for this host and not for the API. */
  owns(request: WireRequest): boolean {
    return new URL(request.url, this.origin).pathname.startsWith(FOLDER);
  }

  answer(request: WireRequest): WireResponse {
    const { rules, clock, entityFiles } = this.#world;
    const url = new URL(request.url, this.origin);
    const id = Number(url.pathname.slice(FOLDER.length));
    const expires = Number(url.searchParams.get('expires'));
    if (request.headers.authorization !== undefined && rules.isOn('file-address-takes-no-key')) {
      return refused(400, 'InvalidArgument');
    }
    const isSigned = url.searchParams.get('signature') === this.#signature(id, expires);
    if (!isSigned && rules.isOn('file-address-is-signed')) return refused(403, 'SignatureDoesNotMatch');
    if (clock.now() > expires && rules.isOn('file-address-expires')) return refused(403, 'AccessDenied');
    const file = entityFiles.get(id);
    if (file === undefined) return refused(404, 'NoSuchKey');
    return {
      status: 200,
      headers: {
        'content-type': file.contentType,
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      },
      body: Buffer.from(file.bytes).toString(request.wants === 'base64' ? 'base64' : 'utf8'),
      ...(request.wants === 'base64' ? { encoding: 'base64' as const } : {}),
    };
  }
}
