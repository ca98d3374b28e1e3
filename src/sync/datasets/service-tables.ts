/**
 * The datasets around the data: files, webhook subscriptions, fields, and how well persons know each other.
 * Source: official text, sections "Entity Files", "Webhooks", "Fields", "Relationship Strengths".
 */
import { object, text } from '../../api/codec';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../api/enums';
import { ApiError } from '../../api/errors';
import { pages } from '../../api/paging';
import { EntityType, type Field } from '../../api/records';
import type { EntityFile, Webhook } from '../../api/service-records';
import { choiceScalar } from '../cells/choice';
import { typeNameOf } from '../cells/for-field';
import { instant } from '../cells/instant';
import { singleNumber } from '../cells/number';
import { opportunityScalar, organizationScalar, personScalar } from '../cells/reference';
import { multiple, single, type TextScalar } from '../cells/scalar';
import { textScalar } from '../cells/text';
import type { Value } from '../cells/value';
import type { Api, Dataset, Opening } from './dataset';
import { type RecordMaking, saidIf, textsIn } from './record-creation';
import { collected, column, isAboutOne, type RecordColumn, recordSource, required, typed } from './record-source';
import { aboutOneOf, type Entity, entitiesOf, type Scope, scope } from './scope';

const byAffinity = 'Affinity fills this column itself.';

export interface ScopedWanted {
  /** What the table is called. */
  readonly title: string;
  readonly scope: Scope;
}
const scoped = object({ title: text, scope });

export const FILES_PER_PAGE = 500;

/** Where a file is told of; a browser asks for the key there. */
const addressOf = ({ id }: EntityFile): string => `https://api.affinity.co/entity-files/download/${id}`;

const fileColumns: readonly RecordColumn<EntityFile>[] = [
  column('file.name', 'File', single(textScalar), ({ name }) => name, { locked: byAffinity }),
  column('file.size', 'Bytes', singleNumber, ({ size }) => size, { locked: byAffinity }),
  column('file.person', 'Person', single(personScalar), (file) => file.person_id, { locked: byAffinity }),
  column('file.organization', 'Organization', single(organizationScalar), (file) => file.organization_id, {
    locked: byAffinity,
  }),
  column('file.opportunity', 'Opportunity', single(opportunityScalar), (file) => file.opportunity_id, {
    locked: byAffinity,
  }),
  column('file.uploader', 'Uploaded by', single(personScalar), (file) => file.uploader_id, {
    locked: byAffinity,
  }),
  column('file.created', 'Uploaded', instant, (file) => file.created_at, { locked: byAffinity }),
  column('file.link', 'Link', single(textScalar), addressOf, {
    locked: 'Opens with your API key as the password.',
  }),
];

export const files: Dataset<ScopedWanted> = {
  parameters: scoped,
  open(wanted, opening) {
    const { api } = opening;
    const readAll = (): readonly EntityFile[] => {
      const isAbout = aboutOneOf(entitiesOf(wanted.scope, opening));
      const isMeant = ({ person_id, organization_id, opportunity_id }: EntityFile): boolean =>
        isAbout({ persons: [person_id], organizations: [organization_id], opportunities: [opportunity_id] });
      const fetch = (token: string | null) =>
        api.entityFiles.list({
          query: { page_size: FILES_PER_PAGE, ...(token === null ? {} : { page_token: token }) },
        });
      return [...pages('entityFiles.list', fetch)].flatMap((page) => page.entity_files.filter(isMeant));
    };
    return recordSource(
      {
        columns: fileColumns,
        keyOf: ({ id }) => String(id),
        titleOf: ({ name }) => name,
        one: (key) => api.prepare.entityFiles.get({ path: { entity_file_id: Number(key) } }),
      },
      { title: wanted.title, place: 'among these files', read: collected(readAll, ({ id }) => id), isCheap: true },
      opening,
    );
  },
};

const EVENTS: readonly string[] = WEBHOOK_EVENTS;

const eventScalar: TextScalar = {
  ...textScalar,
  fromText: (event) =>
    EVENTS.includes(event)
      ? { ok: true, scalar: event }
      : {
          ok: false,
          problem: `Affinity knows no event "${event.slice(0, 60)}". Some that it knows: ${EVENTS.slice(0, 5).join(', ')}.`,
        },
};

const webhookColumns: readonly RecordColumn<Webhook>[] = [
  column('webhook.url', 'Address', required(single(textScalar)), (one) => one.webhook_url, typed),
  column(
    'webhook.events',
    'Events',
    required(multiple(eventScalar)),
    (one) => (one.subscriptions.length === 0 ? EVENTS : one.subscriptions),
    { isLong: true, ...typed },
  ),
  column('webhook.disabled', 'Switched off', required(single(choiceScalar({ 0: 'No', 1: 'Yes' }))), ({ disabled }) =>
    disabled ? 1 : 0,
  ),
  column('webhook.creator', 'Made by', single(personScalar), (one) => one.created_by, { locked: byAffinity }),
];

const textsOf = (value: Value | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** A subscription is told by its address. */
export const webhookMaking = (api: Api): Pick<RecordMaking<Webhook>, 'call' | 'alike' | 'isSame'> => ({
  call: (parts) => {
    // The column, and whoever asks, take known events only.
    const events = textsIn(parts, 'events') as readonly WebhookEvent[];
    return api.prepare.webhooks.create({
      body: { webhook_url: String(parts.url), ...(events.length === 0 ? {} : { subscriptions: events }) },
    });
  },
  alike(wanted) {
    const found = { items: api.webhooks.all(), isCut: false };
    return wanted.map(() => found);
  },
  isSame: ({ url }, one) => one.webhook_url === url,
});

export const webhooks: Dataset<{ readonly title: string }> = {
  parameters: object({ title: text }),
  open: ({ title }, opening) => {
    const { api } = opening;
    return recordSource(
      {
        columns: webhookColumns,
        keyOf: ({ id }) => String(id),
        titleOf: (one) => one.webhook_url,
        one: (key) => api.prepare.webhooks.get({ path: { webhook_subscription_id: Number(key) } }),
        change: ({ id }, changes) => {
          const url = changes.get('webhook.url');
          const events = changes.get('webhook.events');
          const disabled = changes.get('webhook.disabled');
          return api.prepare.webhooks.update({
            path: { webhook_subscription_id: id },
            body: {
              ...(typeof url === 'string' ? { webhook_url: url } : {}),
              // The column takes known events only.
              ...(events === undefined ? {} : { subscriptions: textsOf(events) as readonly WebhookEvent[] }),
              ...(disabled === undefined ? {} : { disabled: disabled === 1 }),
            },
          });
        },
        removes: {
          warning: 'Affinity stops telling this address at once.',
          call: (key) => api.prepare.webhooks.remove({ path: { webhook_subscription_id: Number(key) } }),
        },
        making: {
          ...webhookMaking(api),
          noun: 'webhook',
          telling: ['webhook.url'],
          wanted(row) {
            const url = row.text('webhook.url');
            return {
              title: url,
              says: `a webhook that tells ${url}`,
              parts: { url, events: row.texts('webhook.events') },
              missing: saidIf(!/^https?:\/\/\S+$/.test(url), 'Write the address, such as https://example.com/hook.'),
              strong: url,
            };
          },
        },
      },
      {
        title,
        place: 'among the webhooks',
        read: collected(
          () => api.webhooks.all(),
          ({ id }) => id,
        ),
        isCheap: true,
      },
      opening,
    );
  },
};

interface ListedField extends Field {
  readonly listName: string | null;
}

const fieldColumns: readonly RecordColumn<ListedField>[] = [
  column('field.name', 'Field', single(textScalar), ({ name }) => name, {
    locked: 'Affinity does not let fields be changed from outside.',
  }),
  column('field.list', 'List', single(textScalar), ({ listName }) => listName, { locked: byAffinity }),
  column('field.type', 'Type', single(textScalar), typeNameOf, { locked: byAffinity }),
  column(
    'field.options',
    'Options',
    multiple(textScalar),
    (field) => field.dropdown_options.map((option) => option.text),
    { locked: byAffinity },
  ),
  column('field.tracked', 'History kept', single(textScalar), (field) => (field.track_changes ? 'Yes' : null), {
    locked: byAffinity,
  }),
  column(
    'field.source',
    'Filled by',
    single(textScalar),
    (field) => (field.enrichment_source === 'none' ? null : field.enrichment_source),
    { locked: byAffinity },
  ),
];

/** All fields that the key's user sees: of lists, and of persons and organizations everywhere. */
export const fields: Dataset<{ readonly title: string }> = {
  parameters: object({ title: text }),
  open: ({ title }, opening) => {
    const { api } = opening;
    const readAll = (): readonly ListedField[] => {
      const names = new Map(api.lists.all().map(({ id, name }) => [id, name]));
      const everywhere = [
        ...api.persons.fields().map((field) => ({ ...field, listName: 'All people' })),
        ...api.organizations.fields().map((field) => ({ ...field, listName: 'All organizations' })),
      ];
      const known = new Map(everywhere.map((field) => [field.id, field]));
      return api.fields.all().map((field): ListedField => {
        const listName =
          field.list_id === null ? (known.get(field.id)?.listName ?? null) : (names.get(field.list_id) ?? null);
        return { ...field, listName };
      });
    };
    return recordSource(
      {
        columns: fieldColumns,
        keyOf: ({ id }) => String(id),
        titleOf: ({ name }) => name,
        removes: {
          warning: 'All values of these fields go with them, on every row.',
          call: (key) => api.prepare.fields.remove({ path: { id: Number(key) } }),
        },
      },
      { title, place: 'among the fields', read: collected(readAll, ({ id }) => id), isCheap: true },
      opening,
    );
  },
};

interface Strength {
  readonly external: number;
  readonly internal: number;
  readonly strength: number;
  readonly about: Entity;
}

const strengthColumns: readonly RecordColumn<Strength>[] = [
  column('strength.external', 'Person', single(personScalar), ({ external }) => external, {
    locked: byAffinity,
  }),
  column('strength.internal', 'Colleague', single(personScalar), ({ internal }) => internal, {
    locked: byAffinity,
  }),
  column('strength.value', 'Strength', singleNumber, ({ strength }) => strength, {
    locked: 'From 0 to 1; Affinity works it out about once a day.',
  }),
  column(
    'strength.organization',
    'Organization',
    single(organizationScalar),
    ({ about }) => (about.type === EntityType.organization ? about.id : null),
    { locked: byAffinity },
  ),
  column(
    'strength.opportunity',
    'Opportunity',
    single(opportunityScalar),
    ({ about }) => (about.type === EntityType.opportunity ? about.id : null),
    { locked: byAffinity },
  ),
];

/** Persons behind entities, each with the first entity that it was found behind. A call for each organization and opportunity. */
const personsBehind = (entities: readonly Entity[], { api }: Opening): ReadonlyMap<number, Entity> => {
  const outcomes = api.all<readonly number[]>(
    entities.map((entity) => {
      if (entity.type === EntityType.organization) {
        const call = api.prepare.organizations.get({ path: { organization_id: entity.id } });
        return { ...call, decode: (raw) => call.decode(raw).person_ids ?? [] };
      }
      if (entity.type === EntityType.opportunity) {
        const call = api.prepare.opportunities.get({ path: { opportunity_id: entity.id } });
        return { ...call, decode: (raw) => call.decode(raw).person_ids };
      }
      const call = api.prepare.persons.get({ path: { person_id: entity.id } });
      return { ...call, decode: (raw) => [call.decode(raw).id] };
    }),
  );
  const found = new Map<number, Entity>();
  outcomes.forEach((outcome, index) => {
    const entity = entities[index];
    if (!outcome.ok) {
      if (!isAboutOne(outcome.fault)) throw new ApiError(outcome.fault);
      return;
    }
    for (const id of outcome.value) if (entity !== undefined && !found.has(id)) found.set(id, entity);
  });
  return found;
};

/** Who of us knows whom how well: a call for each person behind the chosen records. */
export const strengths: Dataset<ScopedWanted> = {
  parameters: scoped,
  open(wanted, opening) {
    const { api } = opening;
    const readAll = (): readonly Strength[] => {
      const behind = [...personsBehind(entitiesOf(wanted.scope, opening) ?? [], opening)];
      const outcomes = api.all(
        behind.map(([id]) => api.prepare.relationshipStrengths.list({ query: { external_id: id } })),
      );
      return outcomes.flatMap((outcome, index) => {
        const about = behind[index]?.[1];
        if (!outcome.ok) {
          if (!isAboutOne(outcome.fault)) throw new ApiError(outcome.fault);
          return [];
        }
        return about === undefined
          ? []
          : outcome.value.map(({ external_id, internal_id, strength }) => ({
              external: external_id,
              internal: internal_id,
              strength,
              about,
            }));
      });
    };
    const keyOf = ({ external, internal }: Strength): string => `person-${external}-${internal}`;
    return recordSource(
      { columns: strengthColumns, keyOf, titleOf: keyOf, entityOf: ({ external }) => `0:${external}` },
      { title: wanted.title, place: 'among these relationships', read: collected(readAll, keyOf), isCheap: true },
      opening,
    );
  },
};
