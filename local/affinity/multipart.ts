/** Reads `multipart/form-data`. Source: RFC 7578; official text, "Upload Files". */
import type { PiecedBody } from '../../src/api/ports';

export const isMultipart = (contentType: string): boolean =>
  contentType.toLowerCase().startsWith('multipart/form-data');

export const bytesOf = (body: PiecedBody | string | null): Buffer => {
  if (body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  return Buffer.concat(
    body.pieces.map((piece) =>
      'text' in piece ? Buffer.from(piece.text, 'utf8') : Buffer.from(piece.base64, 'base64'),
    ),
  );
};

interface Part {
  readonly name: string;
  readonly filename: string | null;
  readonly contentType: string | null;
  readonly bytes: Buffer;
}

const headerOf = (head: string, name: string): string =>
  head.split('\r\n').find((line) => line.toLowerCase().startsWith(`${name}:`)) ?? '';

const quoted = (header: string, name: string): string | null => {
  const raw = new RegExp(`;\\s*${name}="([^"]*)"`, 'i').exec(header)?.[1];
  return raw === undefined ? null : raw.replace(/%22/g, '"').replace(/%0D/g, '\r').replace(/%0A/g, '\n');
};

const partOf = (bytes: Buffer): Part | null => {
  const split = bytes.indexOf('\r\n\r\n');
  if (split < 0) return null;
  const head = bytes.subarray(0, split).toString('utf8');
  const disposition = headerOf(head, 'content-disposition');
  const name = quoted(disposition, 'name');
  const contentType = /^content-type:\s*(.+)$/i.exec(headerOf(head, 'content-type'))?.[1]?.trim() ?? null;
  if (name === null) return null;
  return { name, filename: quoted(disposition, 'filename'), contentType, bytes: bytes.subarray(split + 4) };
};

/** The parts in order, or null for bytes that are no such form. */
const partsOf = (bytes: Buffer, contentType: string): readonly Part[] | null => {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const mark = Buffer.from(`\r\n--${boundary}`);
  // The first mark has no line break before it.
  const all = Buffer.concat([Buffer.from('\r\n'), bytes]);
  const parts: Part[] = [];
  let from = all.indexOf(mark);
  while (from >= 0) {
    const after = from + mark.length;
    if (all.subarray(after, after + 2).toString() === '--') return parts;
    const to = all.indexOf(mark, after);
    const part = to < 0 ? null : partOf(all.subarray(after + 2, to));
    if (part === null) return null;
    parts.push(part);
    from = to;
  }
  return null;
};

const FILE_FIELDS: readonly string[] = ['file', 'files', 'files[]'];

/** The form as the body that the row's codec reads: `files`, and whole numbers for the ids. Null when it is no form. */
export const decodeMultipart = (body: PiecedBody | string | null, contentType: string): object | null => {
  const parts = partsOf(bytesOf(body), contentType);
  if (parts === null) return null;
  const isFile = (part: Part): boolean => part.filename !== null && FILE_FIELDS.includes(part.name);
  const fields = parts
    .filter((part) => part.filename === null)
    .map(({ name, bytes }): [string, string | number] => {
      const text = bytes.toString('utf8');
      return [name, /^\d+$/.test(text) ? Number(text) : text];
    });
  return {
    ...Object.fromEntries(fields),
    files: parts.filter(isFile).map(({ filename, contentType: type, bytes }) => ({
      name: filename ?? '',
      ...(type === null ? {} : { contentType: type }),
      base64: bytes.toString('base64'),
    })),
  };
};
