/** Pages of a result as one sequence. */
import { ApiError } from './errors';

/** An answer that may be followed by another. The end is a null token; a token may lead to an empty page. */
export interface Page {
  readonly next_page_token: string | null;
}

/** What is thrown where the server names a page that was already read. */
export const repeatedPage = (endpoint: string): ApiError =>
  new ApiError({
    code: 'api/unreadable-answer',
    endpoint,
    status: 200,
    message: '',
    decode: 'response.next_page_token: expected a new page',
    outcomeUnknown: false,
  });

/**
 * Yields page after page, starting at `token` (null: the first).
 * @throws ApiError api/unreadable-answer when the server names a page that was already read: going on would never end.
 * Source: official text, "Search for Persons" (end of paging); affinity-v1-facts, section 10.
 */
export function* pages<P extends Page>(
  endpoint: string,
  fetch: (token: string | null) => P,
  token: string | null = null,
): Generator<P, void, undefined> {
  const seen = new Set(token === null ? [] : [token]);
  let next = token;
  do {
    const page = fetch(next);
    yield page;
    next = page.next_page_token;
    if (next !== null && seen.has(next)) throw repeatedPage(endpoint);
    if (next !== null) seen.add(next);
  } while (next !== null);
}

/** What a page is asked for with, besides the filters, which must stay the same from page to page. */
export interface PageQuery {
  readonly page_size?: number;
  readonly page_token?: string;
}

/** What is known about a reading of all rows once it is over. */
export interface Reading {
  readonly pages: number;
  /** Rows that were given, each once. */
  readonly rows: number;
  /** Rows that came again and were left out: a sign that rows moved between pages while somebody changed them. */
  readonly repeated: number;
  /**
   * Rows fewer than there should be: so many may have been missed. Rows that others removed meanwhile count as well, since nobody
   * can tell them apart from here. Null when nobody could tell how many there should be.
   */
  readonly missed: number | null;
}

export interface RowsOptions<P, R> {
  /** Resource and call, e.g. `notes.list`, for faults. */
  readonly endpoint: string;
  readonly fetch: (query: PageQuery) => P;
  readonly rowsOf: (page: P) => readonly R[];
  /** What tells two rows apart; interactions need type and id. */
  readonly keyOf: (row: R) => number | string;
  /** Sent with every page. List entries ignore a token without it. */
  readonly pageSize?: number;
  /** How many rows there are, e.g. a list's `list_size`: asked before the first page and after each. */
  readonly expected?: () => number;
}

/**
 * Yields each row of all pages once, whatever form they come in: a bare array (which decodes to one page), pages with a token, a
 * last page that is empty. Tokens are offsets, so rows move when others add or remove some meanwhile: what comes twice is
 * left out and counted, and the return value says how many may have been missed.
 * @throws ApiError api/unreadable-answer when the server names a page that was already read.
 * Source: affinity-v1-facts, section 10.
 */
export function* rows<P extends Page, R>(options: RowsOptions<P, R>): Generator<R, Reading, undefined> {
  const { endpoint, fetch, rowsOf, keyOf, pageSize, expected } = options;
  const size = pageSize === undefined ? {} : { page_size: pageSize };
  const seen = new Set<number | string>();
  // A row that was read and then removed makes the next page begin one too late: only the count from before it tells.
  let most = expected?.() ?? null;
  let repeated = 0;
  let count = 0;
  for (const page of pages(endpoint, (token) => fetch(token === null ? size : { ...size, page_token: token }))) {
    count += 1;
    if (most !== null && expected !== undefined) most = Math.max(most, expected());
    for (const row of rowsOf(page)) {
      const key = keyOf(row);
      if (seen.has(key)) repeated += 1;
      else {
        seen.add(key);
        yield row;
      }
    }
  }
  return { pages: count, rows: seen.size, repeated, missed: most === null ? null : Math.max(0, most - seen.size) };
}

/** A step in a history, as far as its place in time goes. */
interface Step {
  readonly id: number;
  readonly changed_at: string;
}

/** Where the next steps of a history begin. `changed_after` is inclusive. */
export interface AfterStep {
  readonly changed_after?: string;
  readonly after_id?: number;
}

/**
 * Yields the steps of a history from the oldest on, each once, a limited number a call: each call asks for what comes after the
 * last step. Ends at a call that brings nothing new, so a server that does not know these parameters gives its one answer.
 * Source: affinity-v1-facts, section 8.
 */
export function* changesInOrder<S extends Step>(
  fetch: (after: AfterStep) => readonly S[],
): Generator<S, void, undefined> {
  const seen = new Set<number>();
  let after: AfterStep = {};
  for (;;) {
    const fresh = fetch(after).filter((step) => !seen.has(step.id));
    const last = fresh[fresh.length - 1];
    if (last === undefined) return;
    for (const step of fresh) {
      seen.add(step.id);
      yield step;
    }
    after = { changed_after: last.changed_at, after_id: last.id };
  }
}
