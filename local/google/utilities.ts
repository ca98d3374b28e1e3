/** `Utilities`. `sleep` moves the clock; digests and decoded bytes are signed, as on the platform. */
import { createHash, createHmac } from 'node:crypto';
import { Blob, signed, unsigned } from './blob';
import { formatDate, parseDate } from './date-pattern';
import { Charset, DigestAlgorithm, type EnumValue, MacAlgorithm } from './enums';
import { ScriptFault, Unsupported } from './errors';
import { members } from './members';
import { ServiceObject } from './service-object';

const utilitiesMembers = members('Utilities', {
  pure: {
    sleep: 'int',
    formatDate: 'date,str,str',
    parseDate: 'str,str,str',
    formatString: 'str,...any',
    getUuid: '',
    base64Encode: 'str | str,Charset | int[]',
    base64EncodeWebSafe: 'str | str,Charset | int[]',
    base64Decode: 'str | str,Charset',
    base64DecodeWebSafe: 'str | str,Charset',
    computeDigest: 'DigestAlgorithm,str | DigestAlgorithm,str,Charset | DigestAlgorithm,int[]',
    computeHmacSha256Signature: 'str,str | str,str,Charset | int[],int[]',
    computeHmacSignature: 'MacAlgorithm,str,str | MacAlgorithm,str,str,Charset | MacAlgorithm,int[],int[]',
    newBlob: 'str | str,str | str,str,str | int[] | int[],str | int[],str,str',
  },
});
const MAX_SLEEP_MS = 300_000;

const bytesOf = (value: string | number[]): Uint8Array =>
  typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'utf8')) : unsigned(value);

export class Utilities extends ServiceObject {
  readonly serviceName = 'Utilities';
  readonly members = utilitiesMembers;
  /** Numbers the ids of a run, so that a simulated run is repeatable. */
  #uuids = 0;
  override get constants(): Readonly<Record<string, unknown>> {
    return { DigestAlgorithm, MacAlgorithm, Charset };
  }
  sleep(ms: number): void {
    if (ms > MAX_SLEEP_MS) throw new ScriptFault(`Argument too large: milliseconds`);
    if (ms < 0) throw new ScriptFault(`Invalid argument: milliseconds`);
    this.run.wait(ms, 'Utilities.sleep');
  }
  formatDate(date: Date, zone: string, pattern: string): string {
    return formatDate(date.getTime(), zone, pattern);
  }
  parseDate(text: string, zone: string, pattern: string): Date {
    return new Date(parseDate(text, zone, pattern));
  }
  formatString(template: string, ...values: unknown[]): string {
    let next = 0;
    return template.replace(/%(-)?(0)?(\d+)?(?:\.(\d+))?([sdfx%])/g, (whole, left, zero, width, decimals, kind) => {
      if (kind === '%') return '%';
      if (next >= values.length) throw new ScriptFault(`Format specifier '${whole}'`);
      const value = values[next++];
      const text =
        kind === 'd'
          ? String(Math.trunc(Number(value)))
          : kind === 'f'
            ? Number(value).toFixed(Number(decimals ?? 6))
            : kind === 'x'
              ? Number(value).toString(16)
              : String(value);
      const size = Number(width ?? 0);
      return left ? text.padEnd(size) : text.padStart(size, zero ? '0' : ' ');
    });
  }
  /** Deterministic within an execution: two runs of one test agree, two calls never do. */
  getUuid(): string {
    const hash = createHash('sha256')
      .update(`${this.run.world.scriptId}:${this.run.id}:${this.#uuids++}`)
      .digest('hex');
    return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  }
  base64Encode(value: string | number[]): string {
    return Buffer.from(bytesOf(value)).toString('base64');
  }
  base64EncodeWebSafe(value: string | number[]): string {
    return this.base64Encode(value).replaceAll('+', '-').replaceAll('/', '_');
  }
  base64Decode(text: string): number[] {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new ScriptFault('Could not decode string.');
    return signed(new Uint8Array(Buffer.from(text, 'base64')));
  }
  base64DecodeWebSafe(text: string): number[] {
    return this.base64Decode(text.replaceAll('-', '+').replaceAll('_', '/'));
  }
  computeDigest(algorithm: EnumValue, value: string | number[]): number[] {
    if (algorithm.name() === 'MD2') throw new Unsupported('DigestAlgorithm.MD2');
    return signed(new Uint8Array(createHash(nodeName(algorithm)).update(bytesOf(value)).digest()));
  }
  computeHmacSha256Signature(value: string | number[], key: string | number[]): number[] {
    return this.computeHmacSignature(MacAlgorithm.HMAC_SHA_256, value, key);
  }
  computeHmacSignature(algorithm: EnumValue, value: string | number[], key: string | number[]): number[] {
    return signed(new Uint8Array(createHmac(nodeName(algorithm), bytesOf(key)).update(bytesOf(value)).digest()));
  }
  newBlob(content: string | number[], type: string | null = null, name: string | null = null): Blob {
    return new Blob(this.run, bytesOf(content), type ?? (typeof content === 'string' ? 'text/plain' : null), name);
  }
}

const nodeName = (algorithm: EnumValue): string =>
  algorithm.name().replace('HMAC_', '').replace('SHA_', 'sha').toLowerCase();
