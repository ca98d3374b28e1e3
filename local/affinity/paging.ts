/**
 * Pages as the API gives them: a token is base64 of JSON with the query, the page size and an offset, so rows shift when the
 * data changes between pages. Source: affinity-v1-facts, section 10.
 */
import { unprocessable } from './refusal';
import type { World } from './world/world';

export interface PageQuery {
  readonly page_size?: number;
  readonly page_token?: string;
}

export interface Paged<T> {
  readonly items: readonly T[];
  readonly next_page_token: string | null;
}

/** Largest page where the text names a maximum. Source: official text, "page_size". */
export const MAX_PAGE_SIZE = 500;

interface Token {
  readonly params: Readonly<Record<string, unknown>>;
  readonly page_size: number;
  readonly offset: number;
}

const encode = (token: Token): string => Buffer.from(JSON.stringify(token)).toString('base64');

const decode = (text: string): Token | null => {
  try {
    const raw: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    if (typeof raw !== 'object' || raw === null) return null;
    const { params, page_size, offset } = raw as Partial<Token>; // each part is checked on the next lines
    if (typeof params !== 'object' || params === null) return null;
    if (!Number.isSafeInteger(page_size) || !Number.isSafeInteger(offset) || Number(offset) < 0) return null;
    return { params, page_size: Number(page_size), offset: Number(offset) };
  } catch {
    return null;
  }
};

const sizeOf = (world: World, wanted: number | undefined, max: number): number => {
  if (wanted === undefined) return max;
  if (wanted >= 1 && wanted <= max) return wanted;
  if (!world.rules.isOn('page-size-within-bounds') || world.choices.pageSize === 'clamp') {
    return Math.min(Math.max(wanted, 1), max);
  }
  throw unprocessable(`page_size must be between 1 and ${max}`);
};

const endsWithNull = (world: World): boolean => {
  if (!world.rules.isOn('end-may-be-an-empty-page')) return true;
  const { lastPage } = world.choices;
  if (lastPage !== 'alternate') return lastPage === 'null';
  world.pagingEnds += 1;
  return world.pagingEnds % 2 === 1;
};

/**
 * One page of `rows`. `params` is the rest of the query: a token is good for exactly that. A page size may be left out on
 * later pages (the default applies), but not changed.
 * @throws Refusal 422 for a page size out of bounds and for a token that does not belong to this query.
 */
export const pageOf = <T>(
  world: World,
  rows: { readonly length: number; slice(from: number, to: number): readonly T[] },
  query: PageQuery,
  params: Readonly<Record<string, unknown>>,
  max: number = MAX_PAGE_SIZE,
): Paged<T> => {
  const size = sizeOf(world, query.page_size, max);
  let offset = 0;
  if (query.page_token !== undefined) {
    const token = decode(query.page_token);
    const isSame =
      token !== null &&
      JSON.stringify(token.params) === JSON.stringify(params) &&
      (query.page_size === undefined || query.page_size === token.page_size);
    if (token === null || (!isSame && world.rules.isOn('token-tied-to-query'))) {
      throw unprocessable('Invalid page_token variable');
    }
    offset = token.offset;
  }
  const next = offset + size;
  const items = rows.slice(offset, next);
  const isEnd = next >= rows.length;
  const noMore = items.length === 0 || (isEnd && endsWithNull(world));
  return { items, next_page_token: noMore ? null : encode({ params, page_size: size, offset: next }) };
};
