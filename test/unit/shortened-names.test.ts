/** Names that the build shortens are the engine's own: none of them stands in what is stored or in what travels. */
import fs from 'node:fs';
import path from 'node:path';
import { affinity } from '../../src/api/table';
import { datasets } from '../../src/sync/datasets/registry';

const root = path.resolve(__dirname, '..', '..');
const read = (...parts: readonly string[]): string => fs.readFileSync(path.join(root, ...parts), 'utf8');

const shortened = [
  ...(/const SHORTENED = \[([\s\S]*?)\n\];/.exec(read('scripts', 'build.mjs'))?.[1] ?? '').matchAll(/'(\w+)'/g),
].map(([, name]) => name ?? '');

const states = fs.readdirSync(path.join(root, 'src', 'sync', 'state'));

/** Texts in which a key of something stored or sent stands as `name:`. */
const texts: readonly (readonly [string, string])[] = [
  ['what the page and the server tell each other', read('src', 'sidebar', 'rpc.ts')],
  ...states
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      // The codecs of what is stored, and not the attributes of what works with it.
      const codecs = [...read('src', 'sync', 'state', file).matchAll(/object\(\{[\s\S]*?\n\}\)/g)].map(
        ([whole]) => whole,
      );
      return [`src/sync/state/${file}`, codecs.join('\n')] as const;
    }),
  [
    'what is remembered of a layout',
    read('src', 'google', 'table-layout.ts').split('interface TableLayout')[1]?.split('\n}')[0] ?? '',
  ],
  ...Object.entries(datasets).map(([key, { parameters }]) => [`what ${key} is asked for`, parameters.shape] as const),
  ...Object.entries(affinity).flatMap(([group, rows]) =>
    Object.entries(rows).map(([call, row]) => {
      const { query, body, response } = row as {
        query?: { shape: string };
        body?: { shape: string };
        response: { shape: string };
      };
      return [`${group}.${call}`, [query?.shape, body?.shape, response.shape].join(' ')] as const;
    }),
  ),
];

test('there are names that are shortened', () => {
  expect(shortened.length).toBeGreaterThan(30);
  expect(new Set(shortened).size).toBe(shortened.length);
});

test.each(texts)('none of them is a key in %s', (_where, text) => {
  expect(shortened.filter((name) => new RegExp(`\\b${name}\\??[:(]`).test(text))).toEqual([]);
});

test('none of them is read by a text', () => {
  const sources = fs
    .readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('client'))
    .map((file) => [file, read('src', file)] as const);
  const found = sources.flatMap(([file, text]) =>
    // Types name attributes as texts, as in `Pick<Desk, 'workbook'>`: they are gone from the script.
    shortened
      .filter((name) => new RegExp(`\\b[a-z]\\w*\\[['"\`]${name}['"\`]\\]|['"\`]${name}['"\`] in `).test(text))
      .map((name) => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});
