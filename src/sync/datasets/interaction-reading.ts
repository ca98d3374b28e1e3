/**
 * How interactions are read: the API answers one type of one entity over at most a year a call, so the calls are types × windows ×
 * entities, and one for each further page; the windows are as few as cover the span and meet without gap or overlap, since the end is
 * exclusive. Source: official text, "Get All Interactions"; affinity-v1-facts, section 9.
 */
import type { Interaction, InteractionPage } from '../../api/activity-records';
import { type Direction, InteractionType, LoggingType } from '../../api/enums';
import { ApiError } from '../../api/errors';
import { exactly, type PlannedCalls } from '../../api/estimate';
import { repeatedPage } from '../../api/paging';
import { instantAt } from '../cells/instant';
import type { Opening } from './dataset';
import { SELECTOR } from './list-entity';
import { type Chunk, isAboutOne } from './record-source';
import { type Entity, entitiesOf, type Scope } from './scope';

/** Longest span of one call: a year that has no leap day, which is a year in every reading of the word. */
const WINDOW_MS = 365 * 86_400_000;
/** Calls whose answers become one part of the table. */
const CALLS_PER_PART = 100;
/** Largest page of interactions. Source: official text, "Get All Interactions". */
export const INTERACTIONS_PER_PAGE = 100;

/** An interaction, and the entity whose history it was found in; null where it was read by itself. */
export interface Met {
  readonly one: Interaction;
  readonly about: Entity | null;
}

/** Kinds of interactions as keys have them, in the order of the API's numbers. */
export const SLUGS = ['meeting', 'call', 'chat', 'email'] as const;
/** Ids are unique only together with the type. */
export const interactionKey = ({ type, id }: Interaction): string => `${SLUGS[type] ?? type}-${id}`;

export interface InteractionsWanted {
  /** What the table is called. */
  readonly title: string;
  readonly scope: Scope;
  readonly types: readonly InteractionType[];
  /** Calendar days in the sheet's zone, both included; without the last one: up to the day of the refresh. */
  readonly from: string;
  readonly to?: string;
  readonly direction?: Direction;
  /** A colleague that took part. */
  readonly colleagueId?: number;
  readonly isManualOnly?: boolean;
}

interface Window {
  readonly start_time: string;
  readonly end_time: string;
}

const iso = (at: number): string => new Date(at).toISOString();

/** The fewest windows that cover `[start, end)`, each at most a year, the end of one being the start of the next. Milliseconds. */
export const windowsOf = (start: number, end: number): readonly Window[] => {
  const windows: Window[] = [];
  for (let at = start; at < end; at += WINDOW_MS) {
    windows.push({ start_time: iso(at), end_time: iso(Math.min(end, at + WINDOW_MS)) });
  }
  return windows;
};

const nextDay = (day: string): string => iso(Date.parse(day) + 86_400_000).slice(0, 10);

type Span = Pick<Opening, 'now' | 'localTime'>;

const spanOf = ({ from, to }: InteractionsWanted, { now, localTime }: Span): readonly Window[] => {
  const midnight = (day: string): number => instantAt(`${day}T00:00:00`, localTime);
  return windowsOf(midnight(from), midnight(nextDay(to ?? localTime(now).slice(0, 10))));
};

/** A direction is said of chat messages and e-mails only. */
const typesOf = ({ types, direction }: InteractionsWanted): readonly InteractionType[] =>
  direction === undefined
    ? types
    : types.filter((type) => type === InteractionType.chatMessage || type === InteractionType.email);

/** What reading the interactions of so many entities costs; further pages of a hundred come on top. */
export const interactionsPlan = (wanted: InteractionsWanted, entities: number, span: Span): readonly PlannedCalls[] => [
  exactly('interactions.list', typesOf(wanted).length * spanOf(wanted, span).length * entities),
];

const SILENT =
  'Affinity tells no interactions of some of the chosen records: colleagues of yours, records that are gone, or ones you may not see.';

/** Parts in the order of the entities; the token is the last entity that was read. */
export const readerOf = (wanted: InteractionsWanted, opening: Opening): ((token: string | null) => Chunk<Met>) => {
  const { api } = opening;
  let entities: readonly Entity[] | null = null;
  const windows = spanOf(wanted, opening);
  const types = typesOf(wanted);
  const perPart = Math.max(1, Math.floor(CALLS_PER_PART / Math.max(1, windows.length * types.length)));
  const filter = {
    ...(wanted.direction === undefined ? {} : { direction: wanted.direction }),
    ...(wanted.colleagueId === undefined ? {} : { internal_person_id: wanted.colleagueId }),
    ...(wanted.isManualOnly === true ? { logging_type: LoggingType.manual } : {}),
    page_size: INTERACTIONS_PER_PAGE,
  };
  const rank = (entity: Entity): number => entity.type * 2 ** 44 + entity.id;
  return (token) => {
    entities ??= entitiesOf(wanted.scope, opening) ?? [];
    const rest = token === null ? entities : entities.filter((entity) => rank(entity) > Number(token));
    const part = rest.slice(0, perPart);
    let isSilent = false;
    const met = new Map<string, Met>();
    let open = part.flatMap((entity) =>
      types.flatMap((type) =>
        windows.map((window) => ({
          entity,
          query: { ...filter, ...window, type, [SELECTOR[entity.type]]: entity.id },
          page: undefined as string | undefined,
        })),
      ),
    );
    while (open.length > 0) {
      const outcomes = api.all<InteractionPage>(
        open.map(({ query, page }) =>
          api.prepare.interactions.list({ query: { ...query, ...(page === undefined ? {} : { page_token: page }) } }),
        ),
      );
      open = outcomes.flatMap((outcome, index) => {
        const asked = open[index];
        if (asked === undefined) return [];
        if (!outcome.ok) {
          if (!isAboutOne(outcome.fault)) throw new ApiError(outcome.fault);
          isSilent = true;
          return [];
        }
        for (const one of outcome.value.interactions) {
          // Entities of a part come in order, and the first one in whose history it is found is told.
          const known = met.get(interactionKey(one));
          if (known?.about === undefined || known.about === null || rank(asked.entity) < rank(known.about)) {
            met.set(interactionKey(one), { one, about: asked.entity });
          }
        }
        const next = outcome.value.next_page_token;
        if (next === null) return [];
        if (next === asked.page) throw repeatedPage('interactions.list');
        return [{ ...asked, page: next }];
      });
    }
    const last = part[part.length - 1];
    return {
      records: [...met.values()].sort((a, b) => Date.parse(a.one.date) - Date.parse(b.one.date)),
      next: last === undefined || part.length === rest.length ? null : String(rank(last)),
      ...(isSilent ? { remarks: [SILENT] } : {}),
    };
  };
};
