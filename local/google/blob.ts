/** A blob of bytes with a type and a name. Bytes are signed numbers for scripts (-128…127). */
import type { Execution } from './execution';
import { members } from './members';
import { ServiceObject } from './service-object';

export const signed = (bytes: Uint8Array): number[] =>
  Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
export const unsigned = (bytes: readonly number[]): Uint8Array => Uint8Array.from(bytes, (byte) => byte & 0xff);

const blobMembers = members('Blob', {
  pure: {
    getBytes: '',
    getContentType: '',
    getDataAsString: ' | str',
    getName: '',
    copyBlob: '',
    isGoogleType: '',
    setBytes: 'int[]',
    setContentType: 'str?',
    setContentTypeFromExtension: '',
    setDataFromString: 'str | str,str',
    setName: 'str',
  },
});

export class Blob extends ServiceObject {
  readonly serviceName = 'Blob';
  readonly members = blobMembers;
  bytes: Uint8Array;
  type: string | null;
  name: string | null;
  constructor(run: Execution, bytes: Uint8Array, type: string | null, name: string | null) {
    super(run);
    this.bytes = bytes;
    this.type = type;
    this.name = name;
  }
  getBytes(): number[] {
    return signed(this.bytes);
  }
  getContentType(): string | null {
    return this.type;
  }
  getDataAsString(charset = 'UTF-8'): string {
    return new TextDecoder(charset).decode(this.bytes);
  }
  getName(): string | null {
    return this.name;
  }
  copyBlob(): Blob {
    return new Blob(this.run, this.bytes.slice(), this.type, this.name);
  }
  isGoogleType(): boolean {
    return false;
  }
  setBytes(bytes: number[]): this {
    this.bytes = unsigned(bytes);
    return this;
  }
  setContentType(type: string | null): this {
    this.type = type;
    return this;
  }
  setContentTypeFromExtension(): this {
    const types: Record<string, string> = {
      csv: 'text/csv',
      json: 'application/json',
      txt: 'text/plain',
      pdf: 'application/pdf',
    };
    this.type = types[this.name?.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    return this;
  }
  setDataFromString(text: string, charset = 'UTF-8'): this {
    this.bytes = new Uint8Array(Buffer.from(text, charset === 'UTF-8' ? 'utf8' : 'latin1'));
    return this;
  }
  setName(name: string): this {
    this.name = name;
    return this;
  }
}
