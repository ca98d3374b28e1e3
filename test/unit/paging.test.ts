import { ApiError } from '../../src/api/errors';
import { pages } from '../../src/api/paging';

interface Numbers {
  readonly items: readonly number[];
  readonly next_page_token: string | null;
}

/** A server of pages by token; '' is the first. */
const over = (book: Readonly<Record<string, Numbers>>) => {
  const asked: (string | null)[] = [];
  const fetch = (token: string | null): Numbers => {
    asked.push(token);
    const page = book[token ?? ''];
    if (page === undefined) throw new RangeError(`no page ${token}`);
    return page;
  };
  return { asked, fetch };
};

const items = (sequence: Iterable<Numbers>): readonly number[] => [...sequence].flatMap((page) => page.items);

const cases: readonly (readonly [string, Readonly<Record<string, Numbers>>, readonly number[]])[] = [
  ['one page without a token is all', { '': { items: [1, 2], next_page_token: null } }, [1, 2]],
  ['an empty first page is all', { '': { items: [], next_page_token: null } }, []],
  [
    'pages come in order',
    {
      '': { items: [1], next_page_token: 'b' },
      b: { items: [2], next_page_token: 'c' },
      c: { items: [3], next_page_token: null },
    },
    [1, 2, 3],
  ],
  [
    'a token may lead to an empty page at the end',
    { '': { items: [1], next_page_token: 'b' }, b: { items: [], next_page_token: null } },
    [1],
  ],
  [
    'an empty page in between is not the end',
    { '': { items: [], next_page_token: 'b' }, b: { items: [2], next_page_token: null } },
    [2],
  ],
];

test.each(cases)('%s', (_name, book, expected) => {
  expect(items(pages('lists.all', over(book).fetch))).toEqual(expected);
});

test('it goes on from a given token', () => {
  const { asked, fetch } = over({ b: { items: [2], next_page_token: null } });
  expect(items(pages('lists.all', fetch, 'b'))).toEqual([2]);
  expect(asked).toEqual(['b']);
});

test('a page is not asked for before it is wanted', () => {
  const { asked, fetch } = over({ '': { items: [1], next_page_token: 'b' } });
  pages('lists.all', fetch).next();
  expect(asked).toEqual([null]);
});

test.each([
  ['a circle of pages', { '': { items: [1], next_page_token: 'b' }, b: { items: [2], next_page_token: 'b' } }, null],
  [
    'a page that leads to the one before',
    {
      '': { items: [], next_page_token: 'a' },
      a: { items: [], next_page_token: 'b' },
      b: { items: [], next_page_token: 'a' },
    },
    null,
  ],
  ['a page that leads back to where reading began', { b: { items: [2], next_page_token: 'b' } }, 'b'],
] as const)('%s ends in a fault, not in an endless run', (_name, book, token) => {
  const { asked, fetch } = over(book);
  let fault: unknown;
  try {
    items(pages('lists.all', fetch, token));
  } catch (caught) {
    fault = caught;
  }
  expect(fault).toBeInstanceOf(ApiError);
  expect((fault as ApiError).fault).toMatchObject({ code: 'api/unreadable-answer', endpoint: 'lists.all' });
  // No page is read twice.
  expect(new Set(asked).size).toBe(asked.length);
});
