/**
 * Builds `dist/`, which is what clasp pushes: Code.js with real top-level functions, one HTML file a page, the manifest.
 * esbuild bundles and drops dead code; webpack with gas-webpack-plugin writes the top-level functions, which Apps Script finds by
 * scanning the text. Decision: docs/decisions/0002-two-step-bundle.md.
 */
import fs from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';
import GasPlugin from 'gas-webpack-plugin';
import webpack from 'webpack';

const root = path.resolve(import.meta.dirname, '..');
const from = (...parts) => path.join(root, ...parts);

/** Constants of the API, `Name.member`, with their values: they are put in as numbers. */
const constants = new Map(
  [
    ...fs
      .readFileSync(from('src', 'api', 'enums.ts'), 'utf8')
      .matchAll(/^export const (\w+) = \{([^}]*)\} as const;/gm),
  ].flatMap(([, name, members]) =>
    [...members.matchAll(/(\w+): (\d+)/g)].map(([, member, value]) => [`${name}.${member}`, value]),
  ),
);

/**
 * Leaves out what only readers of the source need: the sections of the official text in the endpoint table, what is the same in most
 * of its rows (see `callOf` in client.ts), and the names of the API's constants.
 */
const asShort = {
  name: 'as-short',
  setup: (build) =>
    build.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path: file }) => {
      const text = fs
        .readFileSync(file, 'utf8')
        .replace(/(?<!typeof )\b[A-Z]\w+\.\w+\b/g, (found) => constants.get(found) ?? found);
      const isTable = /[/\\]endpoints[/\\]/.test(file);
      return {
        contents: isTable ? text.replace(/(?<=^ *|, )(?:doc: '[^']*'|resend: 'safe'|method: 'GET'),? ?/gm, '') : text,
        loader: 'ts',
      };
    }),
};

/**
 * Names of the engine's own attributes and methods that are written often: they are shortened. None of them is ever a text: not in
 * what is stored, not in what travels to the page or to Affinity. test/unit/shortened-names.test.ts holds them to that.
 */
const SHORTENED = [
  'action',
  'activeTab',
  'activeTabId',
  'baseline',
  'beside',
  'callsMade',
  'candidates',
  'caption',
  'clock',
  'codec',
  'command',
  'context',
  'createReport',
  'createState',
  'createTable',
  'creates',
  'dataFrom',
  'deadline',
  'decimal',
  'decode',
  'doubled',
  'dropped',
  'entityOf',
  'expected',
  'fault',
  'firstRow',
  'firstRowNumber',
  'forgetLayout',
  'freeTitle',
  'fromCell',
  'fromText',
  'fromWire',
  'heartbeat',
  'idColumnOf',
  'importTitle',
  'isCheap',
  'isContextual',
  'isEditable',
  'isFloorReached',
  'isIndexOld',
  'isSaidOnce',
  'isUnfinished',
  'learn',
  'linesOf',
  'listing',
  'localTime',
  'locate',
  'locksOf',
  'medianDays',
  'mutex',
  'namesNewRow',
  'namesOf',
  'oldText',
  'onProgress',
  'openRun',
  'outcome',
  'outcomeUnknown',
  'path',
  'plan',
  'picture',
  'pictureNow',
  'positions',
  'prepare',
  'presence',
  'query',
  'readBlock',
  'readColumn',
  'readIds',
  'readRows',
  'readyAt',
  'record',
  'recover',
  'references',
  'remarks',
  'removes',
  'resend',
  'response',
  'retryAfterMs',
  'rowId',
  'saved',
  'scalar',
  'shape',
  'snapshot',
  'store',
  'tabTitle',
  'textRules',
  'titleOf',
  'toCell',
  'toText',
  'toWire',
  'typeName',
  'unattended',
  'undoes',
  'unsendable',
  'warning',
  'wasKeyRefused',
  'widthOf',
  'workbook',
  'writeAt',
  'writesTogether',
];

const buildCode = async () => {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    outfile: 'build/main.js',
    plugins: [asShort],
    bundle: true,
    format: 'esm',
    target: 'es2019',
    // Google's own samples have these two; without them the script is a twentieth longer.
    supported: { 'optional-chain': true, 'nullish-coalescing': true },
    charset: 'utf8',
    // Every execution loads the whole text, so it is kept short.
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    mangleProps: new RegExp(`^(${SHORTENED.join('|')})$`),
    // `g` is webpack's word for the global object, of which nothing may be read.
    mangleCache: { globalObject: 'g' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  const stats = await new Promise((resolve, reject) => {
    webpack(
      {
        mode: 'production',
        context: root,
        devtool: false,
        target: ['web', 'es2019'],
        entry: './build/main.js',
        output: { path: from('dist'), filename: 'Code.js' },
        // Of a script, the minimizer keeps top-level functions, unused as they look.
        optimization: { minimize: true },
        plugins: [new GasPlugin({ comment: false })],
      },
      (fault, result) => (fault ? reject(fault) : resolve(result)),
    );
  });
  if (stats.hasErrors()) throw new Error(stats.toString('errors-only'));
};

/** Pages by the name of their HTML file, with the source that each begins at. Each holds its script and its style. */
const PAGES = {
  sidebar: 'src/sidebar/client/index.tsx',
  review: 'src/sidebar/client/review/index.tsx',
  undo: 'src/sidebar/client/undo/index.tsx',
  activity: 'src/sidebar/client/activity/index.tsx',
};

const buildPages = async () => {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: PAGES,
    bundle: true,
    write: false,
    outdir: 'build',
    format: 'iife',
    minify: true,
    target: 'es2020',
    charset: 'utf8',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
  });
  const part = (file) => outputFiles.find((output) => path.basename(output.path) === file)?.text ?? '';
  for (const name of Object.keys(PAGES)) {
    const css = part(`${name}.css`).replaceAll('</style', '<\\/style');
    const js = part(`${name}.js`).replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
    fs.writeFileSync(
      from('dist', `${name}.html`),
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><base target="_top"><style>${css}</style></head>` +
        `<body><div id="root"></div><script>${js}</script></body></html>\n`,
    );
  }
};

fs.rmSync(from('dist'), { recursive: true, force: true });
fs.mkdirSync(from('dist'), { recursive: true });
await buildCode();
await buildPages();
fs.copyFileSync(from('appsscript.json'), from('dist', 'appsscript.json'));
if (!process.argv.includes('--quiet')) {
  for (const name of fs.readdirSync(from('dist'))) {
    console.log(`dist/${name}  ${(fs.statSync(from('dist', name)).size / 1024).toFixed(1)} KB`);
  }
}
