/** Pages of a result as one sequence. */
import { ApiError } from './errors';

/** An answer that may be followed by another. The end is a null token; a token may lead to an empty page. */
export interface Page {
  readonly next_page_token: string | null;
}

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
    if (next !== null && seen.has(next)) {
      throw new ApiError({
        code: 'api/unreadable-answer',
        endpoint,
        status: 200,
        message: '',
        decode: 'response.next_page_token: expected a new page',
        outcomeUnknown: false,
      });
    }
    if (next !== null) seen.add(next);
  } while (next !== null);
}
