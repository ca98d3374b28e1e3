/** Records of the directory by id and by search term: how they are asked for, and what an answer means. */
import type { PreparedCall } from '../api/client';
import { ApiError, type Outcome } from '../api/errors';
import { DIRECTORY_PAGE } from '../api/limits';
import type { NamedKind } from './cells/codec';
import type { Api } from './datasets/dataset';
import { type Named, namedOpportunity, namedOrganization, namedPerson } from './names';

/** Pages of one search that are read before a name counts as too common to be settled. */
const SEARCH_PAGES = 4;

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface PageQuery {
  readonly page_size: number;
  readonly term?: string;
  readonly page_token?: string;
}

export const pageQuery = (token: string | null, term?: string): PageQuery => ({
  page_size: DIRECTORY_PAGE,
  ...(term === undefined ? {} : { term }),
  ...(token === null ? {} : { page_token: token }),
});

/** A call whose answer is turned into something else. */
export const as = <A, B>(call: PreparedCall<A>, to: (answer: A) => B): PreparedCall<B> => ({
  ...call,
  decode: (raw) => to(call.decode(raw)),
});

/** @throws ApiError for a fault */
export const answerOf = <T>(outcome: Outcome<T> | undefined): T => {
  if (outcome?.ok) return outcome.value;
  throw outcome === undefined ? new RangeError('no outcome') : new ApiError(outcome.fault); // `all` gives one for each
};

/** Whether a record is none that could be meant: deleted, merged or not for this person to see. */
export const isAbsent = (outcome: Outcome<unknown>): boolean =>
  !outcome.ok && ['api/not-found', 'api/merged', 'api/rejected', 'api/forbidden'].includes(outcome.fault.code);

/** How records of a kind are read for their names. */
export interface NamingCalls {
  one(id: number): PreparedCall<Named>;
  page(query: PageQuery): PreparedCall<Page<Named>>;
}

export const namingCalls = ({ prepare }: Api): Readonly<Record<NamedKind, NamingCalls>> => ({
  person: {
    one: (id) => as(prepare.persons.get({ path: { person_id: id } }), namedPerson),
    page: (query) =>
      as(prepare.persons.search({ query }), ({ persons, next_page_token: next }) => ({
        items: persons.map(namedPerson),
        next,
      })),
  },
  organization: {
    one: (id) => as(prepare.organizations.get({ path: { organization_id: id } }), namedOrganization),
    page: (query) =>
      as(prepare.organizations.search({ query }), ({ organizations, next_page_token: next }) => ({
        items: organizations.map(namedOrganization),
        next,
      })),
  },
  opportunity: {
    one: (id) => as(prepare.opportunities.get({ path: { opportunity_id: id } }), namedOpportunity),
    page: (query) =>
      as(prepare.opportunities.search({ query }), ({ opportunities, next_page_token: next }) => ({
        items: opportunities.map(namedOpportunity),
        next,
      })),
  },
});

/** Affinity's search looks into first and last name apart: the longest word finds a name best. */
export const longestWord = (name: string): string =>
  name.split(/[\s,]+/).reduce((longest, word) => (word.length > longest.length ? word : longest), '');

export interface Found<T> {
  readonly items: readonly T[];
  /** More than could be read: nothing follows from what is missing. */
  readonly isCut: boolean;
}

/** Searches for several terms side by side. @throws ApiError */
export const searchAll = <T>(
  api: Api,
  terms: readonly string[],
  pageOf: (query: PageQuery) => PreparedCall<Page<T>>,
): ReadonlyMap<string, Found<T>> => {
  const found = new Map<string, T[]>([...new Set(terms)].map((term) => [term, []]));
  let open = [...found.keys()].map((term): { readonly term: string; readonly token: string | null } => ({
    term,
    token: null,
  }));
  for (let round = 0; round < SEARCH_PAGES && open.length > 0; round += 1) {
    const outcomes = api.all(open.map(({ term, token }) => pageOf(pageQuery(token, term))));
    open = outcomes.flatMap((outcome, index) => {
      const { items, next } = answerOf(outcome);
      const term = open[index]?.term ?? '';
      found.get(term)?.push(...items);
      return next === null ? [] : [{ term, token: next }];
    });
  }
  const cut = new Set(open.map(({ term }) => term));
  return new Map([...found].map(([term, items]) => [term, { items, isCut: cut.has(term) }]));
};
