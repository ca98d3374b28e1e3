/**
 * What commands make and read in Affinity beside the rows of a table: records, lists, fields, files, webhooks, and who the key
 * belongs to. What is made is made once (`by-command.ts`).
 */
import { EntityType, ValueType, WEBHOOK_EVENTS, type WebhookEvent } from '../../api/enums';
import type { Field, List, RateLimit, Whoami } from '../../api/records';
import { opportunityMaking } from '../datasets/opportunities';
import { organizationMaking } from '../datasets/organizations';
import { personMaking } from '../datasets/persons';
import { partsOf, type RecordMaking, sent } from '../datasets/record-creation';
import { entityFrom } from '../datasets/scope';
import { webhookMaking } from '../datasets/service-tables';
import { answerOf, as } from '../search';
import { carryOut, type Written } from './by-command';
import type { Desk } from './desk';
import type { Run } from './run';

type Mutex = Pick<Desk, 'mutex'>;
const idOf = ({ id }: { readonly id: number }): string => String(id);

const addRecord = <R extends { readonly id: number }>(
  desk: Mutex,
  run: Run,
  noun: string,
  title: string,
  { call }: Pick<RecordMaking<R>, 'call'>,
  parts: Parameters<typeof call>[0],
): Written => carryOut(desk, run, [{ noun, title, parts, call: as(call(parts), idOf) }]);

/** Adds a person. */
export const addPerson = (
  desk: Mutex,
  run: Run,
  first_name: string,
  last_name: string,
  emails: readonly string[],
): Written => {
  const parts = { first_name, last_name, emails };
  return addRecord(desk, run, 'person', `${first_name} ${last_name}`, personMaking(run.api), parts);
};

export const addOrganization = (desk: Mutex, run: Run, name: string, domain: string): Written => {
  const parts = partsOf({ name, domain: domain === '' ? null : domain });
  return addRecord(desk, run, 'organization', name, organizationMaking(run.api), parts);
};

/** Adds an opportunity, and with it a row on its list. */
export const addOpportunity = (desk: Mutex, run: Run, name: string, listId: number): Written =>
  addRecord(desk, run, 'opportunity', name, opportunityMaking(run.api), { name, list_id: listId });

/** Roles on a list, by the word that is typed. Source: official text, "List-level Roles". */
export const ROLES: Readonly<Record<string, 0 | 1 | 2>> = { admin: 0, basic: 1, standard: 2 };

export interface NewList {
  readonly name: string;
  readonly type: EntityType;
  readonly isPublic: boolean;
  readonly ownerId: number | null;
  readonly permissions: readonly { readonly personId: number; readonly role: 0 | 1 | 2 }[];
}

export const createList = (desk: Mutex, run: Run, { name, type, isPublic, ownerId, permissions }: NewList): Written => {
  const call = run.api.prepare.lists.create({
    body: {
      name,
      type,
      is_public: isPublic,
      ...(ownerId === null ? {} : { owner_id: ownerId }),
      additional_permissions: permissions.map(({ personId, role }) => ({
        internal_person_id: personId,
        role_id: role,
      })),
    },
  });
  return carryOut(desk, run, [{ noun: 'list', title: name, parts: { name, type }, call: as(call, idOf) }]);
};

/** What the texts of a column look like, as a type of field. */
export const guessType = (texts: readonly string[]): { readonly valueType: ValueType; readonly words: string } => {
  const filled = texts.map((text) => text.trim()).filter((text) => text !== '');
  const every = (pattern: RegExp): boolean => filled.length > 0 && filled.every((text) => pattern.test(text));
  if (every(/^[+-]?[\d,. ]*\d%?$/) && !every(/^\d{4}-\d{2}-\d{2}$/) && filled.every((text) => !/^0\d/.test(text)))
    return { valueType: ValueType.number, words: 'Number' };
  if (every(/^\d{4}-\d{2}-\d{2}$/)) return { valueType: ValueType.date, words: 'Date' };
  const distinct = new Set(filled).size;
  if (filled.length >= 8 && distinct <= filled.length / 3) return { valueType: ValueType.dropdown, words: 'Dropdown' };
  return { valueType: ValueType.text, words: 'Text' };
};

export const createField = (desk: Mutex, run: Run, name: string, list: List, valueType: ValueType): Written => {
  const call = run.api.prepare.fields.create({
    body: {
      name,
      entity_type: list.type,
      value_type: valueType,
      list_id: list.id,
      is_list_specific: true,
      allows_multiple: false,
      is_required: false,
    },
  });
  const parts = { name, list_id: list.id };
  return carryOut(desk, run, [{ noun: 'field', title: name, parts, call: as(call, idOf) }]);
};

/** Fields of a list that keep a history. @throws ApiError */
export const trackedFields = (run: Run, listId: number): readonly Field[] => {
  const { type, fields } = run.api.lists.get({ path: { list_id: listId } });
  const shared = type === EntityType.opportunity ? [] : run.api.fields.all({ query: { entity_type: type } });
  const all = [...fields, ...shared.filter(({ list_id }) => list_id === null)];
  return all.filter((field) => field.track_changes);
};

/** A tab as comma-separated values: a cell with a comma, a quote or a line break stands in quotes. Lines end as RFC 4180 says. */
export const asCsv = (texts: readonly (readonly string[])[]): string =>
  texts
    .map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join(','))
    .join('\r\n');

/** Puts a text file on a person, organization or opportunity. */
export const uploadText = (
  desk: Mutex,
  run: Run,
  entity: string,
  name: string,
  content: string,
  contentType: string,
): Written => {
  const target = entityFrom(entity);
  const of = (type: EntityType): number | undefined => (target?.type === type ? target.id : undefined);
  const on = sent({
    person_id: of(EntityType.person),
    organization_id: of(EntityType.organization),
    opportunity_id: of(EntityType.opportunity),
  });
  const call = run.api.prepare.entityFiles.upload({ body: { files: [{ name, contentType, text: content }], ...on } });
  // The answer says no more than that it went well.
  return carryOut(desk, run, [
    { noun: 'file', title: name, parts: partsOf({ name, ...on }), call: as(call, () => '') },
  ]);
};

/** Bytes of a text in base64. */
const bytesOf = (base64: string): Uint8Array => {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const clean = base64.replace(/[^A-Za-z0-9+/]/g, '');
  const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const letter of clean) {
    buffer = (buffer << 6) | digits.indexOf(letter);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = (buffer >> bits) & 255;
    at += 1;
  }
  return bytes;
};

/** UTF-8 as text, or null for bytes that are none. The platform has no decoder of its own. */
const textOf = (bytes: Uint8Array): string | null => {
  try {
    const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
    return decodeURIComponent(escaped);
  } catch {
    return null;
  }
};

/** What a file is and, where it is text, what it says. @throws ApiError */
export const readFile = (run: Run, fileId: number) => {
  const { name, contentType, base64 } = run.api.entityFiles.download({ path: { entity_file_id: fileId } });
  const bytes = bytesOf(base64);
  return { name: name ?? `File ${fileId}`, contentType, bytes: bytes.length, text: textOf(bytes) };
};

/** The events of a list such as `note.created; note.updated`; all of them for nothing; null when one is not known. */
export const eventsIn = (text: string): readonly WebhookEvent[] | null => {
  const wanted = text
    .split(/[;,\s]+/)
    .map((event) => event.trim())
    .filter((event) => event !== '');
  const known = wanted.filter((event): event is WebhookEvent => (WEBHOOK_EVENTS as readonly string[]).includes(event));
  return known.length === wanted.length ? known : null;
};

/** Asks Affinity to tell an address of events. Affinity calls it at once and refuses one that answers badly. */
export const subscribe = (desk: Mutex, run: Run, url: string, events: readonly WebhookEvent[]): Written =>
  addRecord(desk, run, 'webhook', url, webhookMaking(run.api), { url, events });

/**
 * Who the key belongs to, and what is left of its calls. Both are asked for together: the answer to the first may tell that none but the
 * calls reserved for others are left, and that is when a person wants to know. @throws ApiError
 */
export const identity = ({ api }: Run) => {
  const parts = api
    .all<Partial<Whoami & RateLimit>>([
      as(api.prepare.account.whoami(), (who) => who),
      as(api.prepare.account.rateLimit(), (limits) => limits),
    ])
    .map(answerOf);
  const { user, tenant, grant, rate } = Object.assign({}, ...parts) as Whoami & RateLimit; // one answer each
  return {
    name: [user.firstName, user.lastName].filter((part) => part !== null && part !== '').join(' '),
    email: user.email,
    firm: tenant.name,
    keyMade: grant?.createdAt ?? null,
    minute: rate.api_key_per_minute,
    month: rate.org_monthly ?? null,
  };
};
