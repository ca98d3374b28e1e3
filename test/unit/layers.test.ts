/**
 * The layer rules and the compiler's part of them notice what they forbid. One offending file a rule, in a temporary copy of the tree;
 * stray globals as files that exist in memory only.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '..', '..');

/** Rule, file and its text. Each offends against the named rule. */
const OFFENDERS: readonly (readonly [string, string, string])[] = [
  ['api-imports', 'src/api/stray.ts', "import { idIn } from '../sync/row-id';\nexport const a = idIn;"],
  ['api-imports', 'src/api/stray-node.ts', "import fs from 'node:fs';\nexport const a = fs;"],
  ['sync-imports', 'src/sync/stray.ts', "import { judge } from '../api/retry';\nexport const a = judge;"],
  [
    'sync-imports',
    'src/sync/stray-google.ts',
    "import type { ApiKey } from '../google/api-key';\nexport type A = ApiKey;",
  ],
  [
    'sync-imports',
    'src/sync/stray-endpoint.ts',
    "import { lists } from '../api/endpoints/lists';\nexport const a = lists;",
  ],
  ['sync-imports', 'src/sync/stray-package.ts', "import { h } from 'preact';\nexport const a = h;"],
  [
    'sync-takes-client-as-type',
    'src/sync/stray-client.ts',
    "import { createClient } from '../api/client';\nexport const a = createClient;",
  ],
  [
    'sync-takes-client-as-type',
    'src/sync/stray-table.ts',
    "import { affinity } from '../api/table';\nexport const a = affinity;",
  ],
  [
    'google-imports',
    'src/google/stray.ts',
    "import { mergeCell } from '../sync/merge/merge-cell';\nexport const a = mergeCell;",
  ],
  [
    'google-imports',
    'src/google/stray-type.ts',
    "import type { Column } from '../sync/datasets/dataset';\nexport type A = Column;",
  ],
  ['google-imports', 'src/google/stray-retry.ts', "import { judge } from '../api/retry';\nexport const a = judge;"],
  ['menu-imports', 'src/menu/stray.ts', "import { affinity } from '../api/table';\nexport const a = affinity;"],
  ['menu-imports', 'src/menu/stray-type.ts', "import type { List } from '../api/records';\nexport type A = List;"],
  [
    'menu-imports',
    'src/menu/stray-google.ts',
    "import { createScriptUi } from '../google/script-ui';\nexport const a = createScriptUi;",
  ],
  [
    'menu-takes-state-as-type',
    'src/menu/stray-state.ts',
    "import { readImport } from '../sync/state/saved-import';\nexport const a = readImport;",
  ],
  [
    'sidebar-server-imports',
    'src/sidebar/stray.ts',
    "import { openDesk } from '../compose';\nexport const a = openDesk;",
  ],
  [
    'sidebar-client-imports',
    'src/sidebar/client/stray.ts',
    "import type { Desk } from '../../sync/runs/desk';\nexport type A = Desk;",
  ],
  [
    'sidebar-client-takes-rpc-as-type',
    'src/sidebar/client/stray-rpc.ts',
    "import * as rpc from '../rpc';\nexport const a = rpc;",
  ],
  ['main-imports', 'src/main.ts', "import { a } from '../local/affinity/index';\nexport const b = a;"],
  ['main-is-the-top', 'src/google/stray-main.ts', "import { openDesk } from '../compose';\nexport const a = openDesk;"],
  [
    'emulator-imports',
    'local/affinity/stray.ts',
    "import { idIn } from '../../src/sync/row-id';\nexport const a = idIn;",
  ],
  ['emulator-imports', 'local/affinity/stray-google.ts', "import { a } from '../google/index';\nexport const b = a;"],
  [
    'platform-imports',
    'local/google/stray.ts',
    "import type { Cell } from '../../src/sync/cells/cell';\nexport type A = Cell;",
  ],
  ['platform-imports', 'local/google/stray-affinity.ts', "import { a } from '../affinity/index';\nexport const b = a;"],
  ['local-imports', 'local/demo.ts', "import { affinity } from '../src/api/table';\nexport const a = affinity;"],
  [
    'local-imports',
    'local/workbench/stray.ts',
    "import { openDesk } from '../../src/compose';\nexport const a = openDesk;",
  ],
  ['bench-imports', 'bench/stray.ts', "import { a } from '../test/beside';\nexport const b = a;"],
  ['no-cycle', 'src/sync/round.ts', "import type { B } from './trip';\nexport type A = B | 1;"],
  ['no-cycle-of-values', 'local/google/round.ts', "import { b } from './trip';\nexport const a = () => b;"],
  ['no-orphan', 'src/sync/alone.ts', 'export const a = 1;'],
  ['no-unresolved', 'local/google/lost.ts', "import { a } from './nowhere';\nexport const b = a;"],
];

/** What the offenders need beside the product itself. */
const BESIDE: Readonly<Record<string, string>> = {
  'local/affinity/index.ts': 'export const a = 1;',
  'local/google/index.ts': 'export const a = 1;',
  'test/beside.ts': 'export const a = 1;',
  'src/sync/trip.ts': "import type { A } from './round';\nexport type B = A | 2;",
  'local/google/trip.ts': "import { a } from './round';\nexport const b = () => a;",
};

/** What the rules allow, each imported by `src/main.ts` below so that it is no orphan. */
const ALLOWED: readonly (readonly [string, string])[] = [
  ['src/api/fine.ts', "import { text } from './codec';\nexport const a = text;"],
  [
    'src/sync/fine.ts',
    "import type { Client } from '../api/client';\nimport { ApiError } from '../api/errors';\nexport type C = Client<{}>;\nexport const a = ApiError;",
  ],
  [
    'src/google/fine.ts',
    "import type { Clock } from '../api/ports';\nimport { SheetError } from '../sync/ports';\nexport type C = Clock;\nexport const a = SheetError;",
  ],
  [
    'src/menu/fine.ts',
    "import { explainFault } from '../sync/runs/desk';\nimport type { SavedImport } from '../sync/state/saved-import';\nexport type S = SavedImport;\nexport const a = explainFault;",
  ],
  [
    'src/sidebar/client/fine.ts',
    "import { h } from 'preact';\nimport type { Rpc } from '../rpc';\nexport type R = Rpc;\nexport const a = h;",
  ],
  [
    'local/affinity/fine.ts',
    "import fs from 'node:fs';\nimport { Hono } from 'hono';\nimport { text } from '../../src/api/codec';\nexport const a = [fs, Hono, text];",
  ],
  // Types may know each other in local.
  ['local/google/pair.ts', "import type { Other } from './other';\nexport interface Pair { readonly other: Other }"],
  ['bench/fine.ts', "import { a } from '../local/affinity/index';\nexport const b = a;"],
  ['local/google/other.ts', "import type { Pair } from './pair';\nexport interface Other { readonly pair: Pair }"],
  [
    'local/fine.ts',
    "import { a } from './affinity/index';\nimport { a as b } from './google/index';\nexport const c = [a, b];",
  ],
];

interface Violation {
  readonly rule: { readonly name: string };
  readonly from: string;
}

describe('dependency-cruiser', () => {
  let violations: readonly Violation[] = [];
  let comments: Readonly<Record<string, string>> = {};
  let tree = '';

  beforeAll(() => {
    tree = fs.mkdtempSync(path.join(os.tmpdir(), 'layers-'));
    fs.cpSync(path.join(root, 'src'), path.join(tree, 'src'), { recursive: true });
    for (const name of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json']) {
      fs.copyFileSync(path.join(root, name), path.join(tree, name));
    }
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'), 'junction');
    const files = [...Object.entries(BESIDE), ...ALLOWED, ...OFFENDERS.map(([, file, text]) => [file, text] as const)];
    for (const [file, text] of files) {
      fs.mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
      // At the end of a file of that name, so that main.ts goes on importing the rest.
      fs.appendFileSync(path.join(tree, file), `${text}\n`);
    }
    const depcruise = path.join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
    const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'local', 'bench'];
    const { stdout } = spawnSync(process.execPath, [depcruise, ...args], {
      cwd: tree,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    const { summary } = JSON.parse(stdout);
    violations = summary.violations;
    comments = Object.fromEntries(
      summary.ruleSetUsed.forbidden.map(({ name, comment }: { name: string; comment: string }) => [name, comment]),
    );
  });

  afterAll(() => fs.rmSync(tree, { recursive: true, force: true }));

  test.each(OFFENDERS)('%s refuses %s', (rule, file) => {
    expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(rule);
  });

  test.each(ALLOWED)('%s is allowed', (file) => {
    expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toEqual([]);
  });

  test('every rule has an offender here, and a message that says what is allowed', () => {
    expect(Object.keys(comments).sort()).toEqual([...new Set(OFFENDERS.map(([rule]) => rule))].sort());
    for (const comment of Object.values(comments)) expect(comment).toMatch(/may|named|leads to/);
  });
});

describe('names that a file takes from the ports of the API', () => {
  /** Names imported from a module, by file, in a folder. */
  const namesFrom = (folder: string, wanted: RegExp): readonly string[] =>
    ts.sys.readDirectory(path.join(root, folder), ['.ts']).flatMap((file) => {
      const source = ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
      return source.statements.flatMap((statement) => {
        if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return [];
        const bindings = statement.importClause?.namedBindings;
        if (!wanted.test(statement.moduleSpecifier.text) || bindings === undefined) return [];
        return ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : ['*'];
      });
    });

  test('src/sync takes the clock and nothing of HTTP', () => {
    expect([...new Set(namesFrom('src/sync', /api\/ports$/))]).toEqual(['Clock']);
  });
});

/** What the compiler says of one statement, as if it stood in a file of its own in `folder`. */
const compile = (folder: string, statements: readonly string[]): readonly (readonly string[])[] => {
  const config = path.join(root, folder, 'tsconfig.json');
  const parsed = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    path.dirname(config),
  );
  const options = { ...parsed.options, composite: false, noEmit: true, emitDeclarationOnly: false };
  // Without a build info of its own the program must not name one.
  delete options.tsBuildInfoFile;
  const host = ts.createCompilerHost(options);
  const files = new Map(
    statements.map((text, index) => [path.join(root, folder, `stray-${index}.ts`), `export const a = ${text};\n`]),
  );
  const { fileExists, readFile } = host;
  host.fileExists = (name) => files.has(path.normalize(name)) || fileExists(name);
  host.readFile = (name) => files.get(path.normalize(name)) ?? readFile(name);
  host.getSourceFile = (name, target) => {
    const text = host.readFile(name);
    return text === undefined ? undefined : ts.createSourceFile(name, text, target);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((name) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  );
};

const SERVICES = ['SpreadsheetApp.flush()', 'UrlFetchApp', 'Utilities.sleep(1)'];
const BROWSER = ["new URL('https://a.b')", 'setTimeout(() => 1, 1)', 'fetch', 'document', 'window'];
const NODE = ['process.env', "Buffer.from('')", "require('fs')"];
const MISSING: Readonly<Record<string, readonly string[]>> = {
  'src/api': [...SERVICES, ...BROWSER, ...NODE, 'console'],
  'src/sync': [...SERVICES, ...BROWSER, ...NODE, 'console'],
  'src/menu': [...SERVICES, ...BROWSER, ...NODE, 'console'],
  'src/sidebar': [...SERVICES, ...BROWSER, ...NODE, 'console'],
  'src/google': [...BROWSER, ...NODE],
  src: [...BROWSER, ...NODE],
  'src/sidebar/client': [...SERVICES, ...NODE],
};

describe.each(Object.entries(MISSING))('in %s', (folder, names) => {
  const found = () => compile(folder, [...names, "['a'].map((text) => text.length)"]);
  let faults: readonly (readonly string[])[] = [];
  beforeAll(() => {
    faults = found();
  });

  test.each(names.map((name, index) => [name, index] as const))('%s does not compile', (_name, index) => {
    expect(faults[index]?.join(' ')).toMatch(/Cannot find name/);
  });

  test('plain TypeScript does', () => {
    expect(faults[names.length]).toEqual([]);
  });
});
