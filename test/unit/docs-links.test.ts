/** Every relative link of a page leads to a file or folder, and its fragment to a heading; every picture is on a page. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

const PROSE = ['README.md', 'docs', 'local', 'test'];
const pages: readonly string[] = PROSE.flatMap((name) =>
  name.endsWith('.md')
    ? [name]
    : fs
        .readdirSync(path.join(root, name), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md'))
        .map((file) => path.join(name, file)),
);

const textOf = (page: string): string =>
  // What stands in a block of code is no link.
  fs.readFileSync(path.join(root, page), 'utf8').replace(/^```[\s\S]*?^```/gm, '');

const linksOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/\[[^\]]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((match) => match[1] ?? '');

/** Headings as fragments, the way GitHub writes them. */
const fragmentsOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^#+\s+(.*)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );

const isOutside = (link: string): boolean => /^[a-z]+:/i.test(link);

test('there are pages with links', () => {
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.flatMap(linksOf).filter((link) => !isOutside(link)).length).toBeGreaterThan(20);
});

describe.each(pages)('%s', (page) => {
  test('links to what is there', () => {
    const broken = linksOf(page).filter((link) => {
      if (isOutside(link)) return false;
      const [file = '', fragment] = link.split('#');
      const target = file === '' ? page : path.join(path.dirname(page), decodeURIComponent(file));
      if (!fs.existsSync(path.join(root, target))) return true;
      return fragment !== undefined && target.endsWith('.md') && !fragmentsOf(target).includes(fragment);
    });
    expect(broken).toEqual([]);
  });

  test('names files in `code` that are there', () => {
    const named = [...textOf(page).matchAll(/`((?:src|local|test|scripts|docs)\/[\w./-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(named.filter((file) => !fs.existsSync(path.join(root, file)))).toEqual([]);
  });

  test('names no machine path and links over https only', () => {
    expect(textOf(page)).not.toMatch(/(?<![\w.])\/(?:home|Users|work|root|tmp)\//);
    expect(linksOf(page).filter((link) => link.startsWith('http://'))).toEqual([]);
  });
});

test('every picture is shown on a page', () => {
  const shown = new Set(
    pages.flatMap((page) => linksOf(page).map((link) => path.join(path.dirname(page), link.split('#')[0] ?? ''))),
  );
  const pictures = fs
    .readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(png|svg)$/.test(name))
    .map((name) => path.join('docs', name));
  expect(pictures.length).toBeGreaterThan(20);
  expect(pictures.filter((name) => !shown.has(name))).toEqual([]);
});

test('decisions are numbered without a gap, and each says context, choice and consequences', () => {
  const files = fs.readdirSync(path.join(root, 'docs', 'decisions')).sort();
  expect(files.map((file) => file.slice(0, 4))).toEqual(files.map((_, index) => String(index + 1).padStart(4, '0')));
  for (const file of files) {
    const text = fs.readFileSync(path.join(root, 'docs', 'decisions', file), 'utf8');
    expect([file, text.startsWith(`# ${Number(file.slice(0, 4))}. `)]).toEqual([file, true]);
    for (const heading of ['## Context', '## Choice', '## Consequences'])
      expect([file, text.includes(heading)]).toEqual([file, true]);
  }
});

test('every decision that the code names is there', () => {
  const named = execFileSync(
    'git',
    ['grep', '-hoE', 'docs/(decisions/)?[a-z0-9-]+\\.md', '--', 'src', 'scripts', 'local', '.dependency-cruiser.cjs'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )
    .trim()
    .split('\n');
  expect([...new Set(named)].filter((file) => !fs.existsSync(path.join(root, file)))).toEqual([]);
});

test('every package has its line in the decision on dependencies, and no other has one', () => {
  const { devDependencies } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const text = fs.readFileSync(path.join(root, 'docs', 'decisions', '0007-dependencies.md'), 'utf8');
  const listed = [...text.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]);
  expect(listed).toEqual(Object.keys(devDependencies).sort());
});
