/** Rows of entity files. Source: official text, "Entity Files"; affinity-v1-facts, section 11. */
import { anyOf, array, type Codec, integer, integerText, nullable, object, optional, text } from '../codec';
import { endpoint } from '../endpoint';
import { type DownloadedFile, entityFile, entityFilePage, uploaded } from '../service-records';

/** A file to send: a text (UTF-8) or base64 of its bytes. */
const sentFile = anyOf(
  object({ name: text, contentType: optional(text), text }),
  object({ name: text, contentType: optional(text), base64: text }),
);
const downloaded: Codec<DownloadedFile> = object({ contentType: text, name: nullable(text), base64: text });

export const entityFiles = {
  /** All files that users uploaded, or those of one entity. */
  list: endpoint({
    method: 'GET',
    path: '/entity-files',
    query: object({
      person_id: optional(integerText),
      organization_id: optional(integerText),
      opportunity_id: optional(integerText),
      page_size: optional(integerText),
      page_token: optional(text),
    }),
    response: entityFilePage,
    paging: 'pageToken',
    resend: 'safe',
    doc: 'Get All Files',
  }),
  get: endpoint({
    method: 'GET',
    path: '/entity-files/{entity_file_id}',
    response: entityFile,
    resend: 'safe',
    doc: 'Get a Specific File',
  }),
  download: endpoint({
    method: 'GET',
    path: '/entity-files/download/{entity_file_id}',
    response: downloaded,
    resend: 'safe',
    answer: 'file',
    doc: 'Download File',
  }),
  /** At least one file, on exactly one entity. One file travels as `file`, several as `files[]`. */
  upload: endpoint({
    method: 'POST',
    path: '/entity-files',
    body: object({
      files: array(sentFile),
      person_id: optional(integer),
      organization_id: optional(integer),
      opportunity_id: optional(integer),
    }),
    response: uploaded,
    resend: 'never',
    encoding: 'multipart',
    doc: 'Upload Files',
  }),
};
