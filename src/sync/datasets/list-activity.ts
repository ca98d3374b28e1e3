/**
 * Columns that a list may have beside its fields: when and with whom the last and next interactions were, the strongest connection,
 * notes, the next reminder, a link. They cost calls of their own, so they are there only where somebody chose them.
 * Source: official text, "Get a Specific Person" (interaction dates), "Relationship Strengths", "Notes", "Reminders".
 */
import type { Note, Reminder } from '../../api/activity-records';
import type { PreparedCall } from '../../api/client';
import { ReminderStatus } from '../../api/enums';
import { ApiError } from '../../api/errors';
import type { PlannedCalls } from '../../api/estimate';
import { pages } from '../../api/paging';
import { EntityType, type Organization, type Person } from '../../api/records';
import type { CellCodec } from '../cells/codec';
import { singleDate } from '../cells/date';
import { instant } from '../cells/instant';
import { singleNumber } from '../cells/number';
import { personScalar } from '../cells/reference';
import { multiple, single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import type { Value } from '../cells/value';
import { once } from '../once';
import type { Column, Opening, RecordPage, Source, SyncRecord } from './dataset';
import { enriched } from './list-links';
import { isAboutOne } from './record-source';
import { type Entity, entityFrom } from './scope';

type Kind = 'first_email' | 'last_email' | 'last_event' | 'next_event' | 'last_interaction';

/** What is known of one entity. */
interface Known {
  readonly entity: Entity;
  /** Instant of each kind of interaction, milliseconds since 1970. */
  readonly dates: ReadonlyMap<Kind, number>;
  /** Colleagues of the last interaction. */
  readonly lastWith: readonly number[];
  readonly strongest: { readonly colleague: number; readonly strength: number } | null;
  readonly notes: number;
  readonly nextReminder: string | null;
}

/** What has to be read for a column. */
type Need = 'dates' | 'strengths' | 'notes' | 'reminders' | 'link';

interface ActivityColumn extends Column {
  readonly need: Need;
  readonly of: (known: Known, more: { readonly now: number; readonly link: string }) => unknown;
}

const column = (
  key: string,
  header: string,
  codec: CellCodec,
  need: Need,
  of: ActivityColumn['of'],
): ActivityColumn => ({
  key: `activity.${key}`,
  header,
  typeName: '',
  codec,
  need,
  of,
  locked: 'Affinity fills this column itself.',
  isShared: true,
});

const DAY_MS = 86_400_000;
const time = (kind: Kind, header: string): ActivityColumn =>
  column(kind, header, instant, 'dates', ({ dates }) => {
    const at = dates.get(kind);
    return at === undefined ? null : new Date(at).toISOString();
  });

const PATHS = {
  [EntityType.person]: 'persons',
  [EntityType.organization]: 'companies',
  [EntityType.opportunity]: 'opportunities',
};

export const ACTIVITY_COLUMNS: readonly ActivityColumn[] = [
  time('last_event', 'Last meeting'),
  time('next_event', 'Next meeting'),
  time('first_email', 'First e-mail'),
  time('last_email', 'Last e-mail'),
  time('last_interaction', 'Last interaction'),
  column('with', 'Last interaction with', multiple(personScalar), 'dates', ({ lastWith }) => lastWith),
  column('days', 'Days since last interaction', singleNumber, 'dates', ({ dates }, { now }) => {
    const last = dates.get('last_interaction');
    return last === undefined ? null : Math.max(0, Math.floor((now - last) / DAY_MS));
  }),
  column(
    'connection',
    'Strongest connection',
    single(personScalar),
    'strengths',
    ({ strongest }) => strongest?.colleague ?? null,
  ),
  column('strength', 'Strength of it', singleNumber, 'strengths', ({ strongest }) => strongest?.strength ?? null),
  column('notes', 'Number of notes', singleNumber, 'notes', ({ notes }) => notes),
  column('reminder', 'Next reminder', singleDate, 'reminders', ({ nextReminder }) => nextReminder),
  // Source: the later official page, which finds ids in such addresses.
  column(
    'link',
    'Open in Affinity',
    single(textScalar),
    'link',
    ({ entity: { type, id } }, { link }) => `https://${link}.affinity.co/${PATHS[type]}/${id}`,
  ),
];

/** What the chosen columns cost for so many rows beside what the list costs; people behind the rows come on top. */
export const activityPlan = (rows: number, keys: readonly string[]): readonly PlannedCalls[] => {
  const needs = needsOf(keys);
  const each = needs.has('dates') || needs.has('strengths') ? rows : 0;
  return [
    { endpoint: 'persons.get', least: each, most: 2 * each },
    { endpoint: 'relationshipStrengths.list', least: 0, most: needs.has('strengths') ? 2 * rows : 0 },
  ];
};

const needsOf = (keys: readonly string[]): ReadonlySet<Need> =>
  new Set(ACTIVITY_COLUMNS.filter(({ key }) => keys.includes(key)).map(({ need }) => need));

/** Answers of calls about one record each; null for a record that is gone or may not be seen. @throws ApiError */
const each = <R>({ api }: Opening, calls: readonly PreparedCall<R>[]): readonly (R | null)[] =>
  api.all(calls).map((outcome) => {
    if (outcome.ok) return outcome.value;
    if (isAboutOne(outcome.fault)) return null;
    throw new ApiError(outcome.fault);
  });

const PARTS = { with_interaction_dates: true, with_interaction_persons: true };

/** The later of two instants; of what lies first or ahead, the earlier. */
const better = (kind: Kind, a: number, b: number): number =>
  kind === 'first_email' || kind === 'next_event' ? Math.min(a, b) : Math.max(a, b);

const KINDS: readonly Kind[] = ['first_email', 'last_email', 'last_event', 'next_event', 'last_interaction'];

const PER_PAGE = 500;

const countNotes = (notes: Iterable<Note>): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const { person_ids, organization_ids, opportunity_ids } of notes) {
    for (const [type, ids] of [
      [0, person_ids],
      [1, organization_ids],
      [8, opportunity_ids],
    ] as const)
      for (const id of new Set(ids)) counts.set(`${type}:${id}`, (counts.get(`${type}:${id}`) ?? 0) + 1);
  }
  return counts;
};

const earliest = (reminders: Iterable<Reminder>): ReadonlyMap<string, string> => {
  const next = new Map<string, string>();
  for (const { status, due_date, person, organization, opportunity } of reminders) {
    if (status === ReminderStatus.completed || due_date === null) continue;
    for (const [type, of] of [
      [0, person],
      [1, organization],
      [8, opportunity],
    ] as const) {
      const key = `${type}:${of?.id}`;
      if (of !== null && Date.parse(due_date) < Date.parse(next.get(key) ?? '9999-12-31')) next.set(key, due_date);
    }
  }
  return next;
};

const readerOf = (
  opening: Opening,
  needs: ReadonlySet<Need>,
): ((entities: readonly string[]) => ReadonlyMap<string, Known>) => {
  const { api } = opening;
  const { prepare } = api;
  const paged = (token: string | null) => ({ page_size: PER_PAGE, ...(token === null ? {} : { page_token: token }) });
  const notes = once(() =>
    countNotes(
      [...pages('notes.list', (token) => api.notes.list({ query: paged(token) }))].flatMap((page) => page.notes),
    ),
  );
  const reminders = once(() =>
    earliest(
      [...pages('reminders.list', (token) => api.reminders.list({ query: paged(token) }))].flatMap(
        (page) => page.reminders,
      ),
    ),
  );

  const personsOf = (ids: readonly number[]): readonly (Person | null)[] =>
    each(
      opening,
      ids.map((id) => prepare.persons.get({ path: { person_id: id }, query: PARTS })),
    );

  /** Records with interactions and the people behind each entity. */
  const behind = (entities: readonly Entity[]) => {
    const sources = new Map<Entity, readonly (Person | Organization)[]>();
    const people = new Map<Entity, readonly number[]>();
    const of = (type: EntityType) => entities.filter((entity) => entity.type === type);
    const known = of(EntityType.person);
    personsOf(known.map(({ id }) => id)).forEach((person, index) => {
      const entity = known[index];
      if (entity === undefined || person === null) return;
      sources.set(entity, [person]);
      people.set(entity, [person.id]);
    });
    const firms = of(EntityType.organization);
    each(
      opening,
      firms.map(({ id }) => prepare.organizations.get({ path: { organization_id: id }, query: PARTS })),
    ).forEach((firm, index) => {
      const entity = firms[index];
      if (entity === undefined || firm === null) return;
      sources.set(entity, [firm]);
      people.set(entity, firm.person_ids ?? []);
    });
    const deals = of(EntityType.opportunity);
    const opened = each(
      opening,
      deals.map(({ id }) => prepare.opportunities.get({ path: { opportunity_id: id } })),
    );
    const ids = [...new Set(opened.flatMap((deal) => deal?.person_ids ?? []))];
    const found = new Map(personsOf(ids).flatMap((person) => (person === null ? [] : [[person.id, person] as const])));
    opened.forEach((deal, index) => {
      const entity = deals[index];
      if (entity === undefined || deal === null) return;
      sources.set(
        entity,
        deal.person_ids.flatMap((id) => found.get(id) ?? []),
      );
      people.set(entity, deal.person_ids);
    });
    return { sources, people };
  };

  const strongestOf = (people: ReadonlyMap<Entity, readonly number[]>) => {
    const ids = [...new Set([...people.values()].flat())];
    const found = each(
      opening,
      ids.map((id) => prepare.relationshipStrengths.list({ query: { external_id: id } })),
    );
    const best = new Map<number, Known['strongest']>();
    found.forEach((rows, index) => {
      const strongest = [...(rows ?? [])].sort((a, b) => b.strength - a.strength || a.internal_id - b.internal_id)[0];
      if (strongest !== undefined)
        best.set(ids[index] ?? 0, { colleague: strongest.internal_id, strength: strongest.strength });
    });
    return (entity: Entity): Known['strongest'] =>
      (people.get(entity) ?? [])
        .flatMap((id) => best.get(id) ?? [])
        .sort((a, b) => b.strength - a.strength || a.colleague - b.colleague)[0] ?? null;
  };

  const datesOf = (sources: readonly (Person | Organization)[]): Pick<Known, 'dates' | 'lastWith'> => {
    const dates = new Map<Kind, number>();
    let lastWith: readonly number[] = [];
    for (const { interactions } of sources) {
      for (const kind of KINDS) {
        const one = interactions?.[kind];
        if (one?.date === undefined || one.date === null) continue;
        const at = Date.parse(one.date);
        const before = dates.get(kind);
        if (kind === 'last_interaction' && (before === undefined || at > before)) lastWith = one.person_ids ?? [];
        dates.set(kind, before === undefined ? at : better(kind, before, at));
      }
    }
    return { dates, lastWith };
  };

  return (texts) => {
    const entities = [...new Set(texts)].flatMap((text) => entityFrom(text) ?? []);
    const needsPeople = needs.has('dates') || needs.has('strengths');
    const { sources, people } = needsPeople ? behind(entities) : { sources: new Map(), people: new Map() };
    const strongest = needs.has('strengths') ? strongestOf(people) : () => null;
    return new Map(
      entities.map((entity): readonly [string, Known] => {
        const key = `${entity.type}:${entity.id}`;
        return [
          key,
          {
            entity,
            ...datesOf(sources.get(entity) ?? []),
            strongest: strongest(entity),
            notes: needs.has('notes') ? (notes().get(key) ?? 0) : 0,
            nextReminder: needs.has('reminders') ? (reminders().get(key) ?? null) : null,
          },
        ];
      }),
    );
  };
};

/** A list with the columns of activity that were chosen among the others; the same list where none was. */
export const withActivity = (source: Source, opening: Opening): Source => {
  const wanted = opening.columns ?? [];
  const chosen = ACTIVITY_COLUMNS.filter(({ key }) => wanted.includes(key));
  if (chosen.length === 0) return source;
  const all: readonly Column[] = [...source.columns, ...chosen];
  const needs = needsOf(wanted);
  const read = readerOf(opening, needs);
  const link = once(() => (needs.has('link') ? opening.api.account.whoami().tenant.subdomain : ''));
  const filled = <P extends Pick<RecordPage, 'records' | 'unread'>>(page: P): P => {
    const known = read(page.records.map(({ entity }) => entity));
    const records = page.records.map((record): SyncRecord => {
      const of = known.get(record.entity);
      if (of === undefined) return record;
      const values = new Map<string, Value>(record.values);
      for (const { key, codec, of: told } of chosen) {
        const raw = told(of, { now: opening.now, link: link() });
        const scalars = (Array.isArray(raw) ? raw : [raw]).flatMap((one) => codec.fromWire(one) ?? []);
        values.set(key, Array.isArray(raw) ? (scalars.length === 0 ? null : scalars) : (scalars[0] ?? null));
      }
      return { ...record, values };
    });
    return { ...page, records };
  };
  // Every row is read at each refresh.
  return enriched(source, wanted, all, filled);
};
