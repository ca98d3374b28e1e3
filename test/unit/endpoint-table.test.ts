/** The endpoint table as data: what the client, the emulator and the documentation are generated from. */
import type { Endpoint } from '../../src/api/endpoint';
import { fillPath, pathParameters } from '../../src/api/endpoint';
import { affinity } from '../../src/api/table';

const rows: readonly (readonly [string, Endpoint])[] = Object.entries(affinity).flatMap(([resource, calls]) =>
  Object.entries(calls as Record<string, Endpoint>).map(([name, row]) => [`${resource}.${name}`, row] as const),
);

/** A path with the names of its parameters left out: two that look the same can't be told apart by a server. */
const form = ({ method, path }: Endpoint): string => `${method} ${path.replace(/\{\w+\}/g, '{}')}`;

test('no two rows have the same method and path', () => {
  const forms = rows.map(([, row]) => form(row));
  expect(forms.filter((one, index) => forms.indexOf(one) !== index)).toEqual([]);
});

describe.each(rows)('%s', (name, row) => {
  test('has a path that begins with / and whose braces match', () => {
    expect(row.path).toMatch(/^(\/[a-z-]+|\/\{[a-z_]+\})+$/);
  });

  test('names each path parameter once', () => {
    const names = pathParameters(row.path);
    expect(new Set(names).size).toBe(names.length);
    expect(fillPath(row.path, Object.fromEntries(names.map((parameter) => [parameter, 7])))).not.toMatch(
      /[{}]|undefined/,
    );
  });

  test('says where it is documented', () => {
    expect(row.doc.trim()).not.toBe('');
  });

  test('is never sent twice where its method creates, and may be where it only reads', () => {
    if (row.method === 'POST') expect(row.resend).toBe('never');
    if (row.method === 'GET') expect(row.resend).toBe('safe');
  });

  test('has no body where it reads or removes', () => {
    if (row.method === 'GET' || row.method === 'DELETE') expect(row.body).toBeUndefined();
  });

  test('takes a page token exactly where it has pages', () => {
    expect((row.query?.shape ?? '').includes('page_token')).toBe(row.paging !== undefined);
    expect(row.response.shape.includes('next_page_token')).toBe(row.paging !== undefined);
  });

  test('is named by its resource and a verb or a noun', () => {
    expect(name).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
  });
});

test('a path parameter is escaped, so that it can’t lead elsewhere', () => {
  expect(fillPath('/lists/{list_id}', { list_id: 'a/../b?c' })).toBe('/lists/a%2F..%2Fb%3Fc');
});
