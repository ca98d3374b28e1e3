/** Wire records around the data: files of an entity, and webhook subscriptions. */
import {
  absentOrNull,
  anyOf,
  array,
  type Codec,
  type Decoded,
  flag,
  integer,
  mapped,
  object,
  optional,
  text,
} from './codec';
import { success } from './records';

/** Bytes. The text's attribute table says string, its examples have a number. */
const size = mapped(anyOf(integer, text), Number);

/** A file on a person, organization or opportunity; `size` in bytes. Source: official text, "The Entity File Resource". */
export const entityFile = object({
  id: integer,
  name: text,
  size,
  person_id: absentOrNull(integer),
  organization_id: absentOrNull(integer),
  opportunity_id: absentOrNull(integer),
  uploader_id: absentOrNull(integer),
  created_at: text,
});
/** @public for datasets over this resource */
export type EntityFile = Decoded<typeof entityFile>;

export const entityFilePage = object({ entity_files: array(entityFile), next_page_token: absentOrNull(text) });

const uploadedFiles = object({ entity_files: optional(array(entityFile)) });

/** Newer answers tell the records that were made. Source: affinity-v1-facts, section 11. */
export const uploaded: Codec<Decoded<typeof uploadedFiles>> = {
  shape: `${success.shape} & ${uploadedFiles.shape}`,
  decode: (raw, at) => {
    success.decode(raw, at);
    return uploadedFiles.decode(raw, at);
  },
};

/** What a download gives. `base64` holds the bytes, whatever they are. */
export interface DownloadedFile {
  readonly contentType: string;
  /** As the file host names it; null when it does not. */
  readonly name: string | null;
  readonly base64: string;
}

/** No events means all of them. Events that are not documented are read as text. Source: official text, "The Webhook Subscription Resource". */
export const webhook = object({
  id: integer,
  webhook_url: text,
  subscriptions: array(text),
  disabled: flag,
  created_by: absentOrNull(integer),
});
/** @public for datasets over this resource */
export type Webhook = Decoded<typeof webhook>;
