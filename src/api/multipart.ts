/**
 * `multipart/form-data` as pieces of text and bytes, which each transport puts together from what its platform has.
 * Source: RFC 7578; the official text sends files this way ("Upload Files").
 */
import type { Piece, PiecedBody, Random } from './ports';

interface Part {
  readonly name: string;
  readonly filename?: string;
  readonly contentType?: string;
  readonly content: Piece;
}

type SentFile = { readonly name: string; readonly contentType?: string } & Piece;

/** Quotes and line breaks would end a header; browsers escape them so. */
const quoted = (name: string): string => name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A');

const headOf = (part: Part): string => {
  const file = part.filename === undefined ? '' : `; filename="${quoted(part.filename)}"`;
  const type = part.contentType ?? (part.filename === undefined ? null : 'application/octet-stream');
  return [
    `Content-Disposition: form-data; name="${quoted(part.name)}"${file}`,
    ...(type === null ? [] : [`Content-Type: ${type.replace(/[\r\n]/g, ' ')}`]),
    '',
    '',
  ].join('\r\n');
};

/**
 * A call's body as the parts of a form: a list of files becomes `file` or, when there are several, `files[]`; everything else a
 * field of its name. Source: official text, "Upload Files".
 */
const partsOf = (body: unknown): readonly Part[] => {
  // The row's codec says what a body is: fields, and `files` as `entityFiles.upload` declares it.
  const { files = [], ...fields } = body as { readonly files?: readonly SentFile[]; readonly [field: string]: unknown };
  const sent = files.map(({ name, contentType, ...content }) => ({
    name: files.length === 1 ? 'file' : 'files[]',
    filename: name,
    ...(contentType === undefined ? {} : { contentType }),
    content,
  }));
  const named = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return [...sent, ...named.map(([name, value]) => ({ name, content: { text: String(value) } }))];
};

/** Random enough that no content holds it by chance. */
const newBoundary = (random: Random): string =>
  `form-${Array.from({ length: 4 }, () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0'),
  ).join('')}`;

/** A body as a form, and the content type that names its boundary. */
export const formOf = (body: unknown, random: Random): { readonly body: PiecedBody; readonly contentType: string } => {
  const boundary = newBoundary(random);
  const pieces = partsOf(body).flatMap((part): readonly Piece[] => [
    { text: `--${boundary}\r\n${headOf(part)}` },
    part.content,
    { text: '\r\n' },
  ]);
  return {
    body: { pieces: [...pieces, { text: `--${boundary}--\r\n` }] },
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
};
