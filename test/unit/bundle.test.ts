/**
 * Guard 2, and what Apps Script asks of the built files: `dist/` as `npm run build` leaves it, read as text, since Apps Script finds
 * entry points by scanning the text. Source: apps-script-facts, sections 4, 6, 11 and 12.
 */
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import ts from 'typescript';
import { freeNames, newerSyntax, parse, walk } from './program';

const gas: { require(folder: string, globals: object): Record<string, unknown> } = jest.requireActual('gas-local');

const root = path.resolve(__dirname, '..', '..');
const read = (...parts: readonly string[]): string => {
  const file = path.join(root, ...parts);
  if (!fs.existsSync(file)) throw new Error(`${parts.join('/')} is not there. Build it first: npm run build`);
  return fs.readFileSync(file, 'utf8');
};

const code = read('dist', 'Code.js');
const pages = fs.readdirSync(path.join(root, 'dist')).filter((name) => name.endsWith('.html'));
const manifest = JSON.parse(read('dist', 'appsscript.json'));

/** Names that the platform lacks. Source: apps-script-facts, section 11. */
const LACKING = [
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'fetch',
  'Headers',
  'Request',
  'Response',
  'URL',
  'URLSearchParams',
  'FormData',
  'File',
  'Blob',
  'DOMException',
  'TextEncoder',
  'TextDecoder',
  'atob',
  'btoa',
  'structuredClone',
  'queueMicrotask',
  'process',
  'Buffer',
  'require',
  'module',
  'exports',
  'window',
  'self',
  'navigator',
  'document',
  'location',
  'localStorage',
  'crypto',
  'performance',
  'AbortController',
  'AbortSignal',
  'Event',
  'EventTarget',
  'ReadableStream',
  'WritableStream',
  'WeakRef',
  'FinalizationRegistry',
  'BigInt',
  'SharedArrayBuffer',
  'Atomics',
  'global',
];

/** Services that the add-on uses; one more needs a look at its scope. */
const SERVICES = [
  'SpreadsheetApp',
  'UrlFetchApp',
  'PropertiesService',
  'LockService',
  'CacheService',
  'HtmlService',
  'MailApp',
  'Charts',
  'ScriptApp',
  'Session',
  'Utilities',
];

interface Entry {
  readonly name: string;
  /** Their number: the bundler shortens their names. */
  readonly parameters: number;
}

const parametersOf = (node: ts.SignatureDeclaration): number => node.parameters.length;

/** The functions that stand in the text in front of the bundle. */
const stubs: readonly Entry[] = (() => {
  const entries: Entry[] = [];
  for (const statement of parse('Code.js', code).statements) {
    if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) break;
    entries.push({ name: statement.name.text, parameters: parametersOf(statement) });
  }
  return entries;
})();

/** The list in src/main.ts. */
const listed: readonly Entry[] = parse('main.ts', read('src', 'main.ts')).statements.flatMap((statement) => {
  if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression)) return [];
  const { left, right } = statement.expression;
  if (!ts.isPropertyAccessExpression(left) || left.expression.getText() !== 'global') return [];
  return [{ name: left.name.text, parameters: ts.isArrowFunction(right) ? parametersOf(right) : Number.NaN }];
});

const names = stubs.map(({ name }) => name);

describe('the global functions', () => {
  test('in the text are those of src/main.ts, with the same parameters', () => {
    expect(listed.length).toBeGreaterThan(0);
    expect(stubs).toEqual(listed);
  });

  test('are the only functions of the text outside the bundle', () => {
    const [, ...after] = parse('Code.js', code).statements.slice(stubs.length - 1);
    expect(after.map(({ kind }) => ts.SyntaxKind[kind])).toEqual(['ExpressionStatement']);
  });

  test('have every command of the menu among them', () => {
    const commands: string[] = [];
    walk(parse('main.ts', read('src', 'main.ts')), (node) => {
      if (ts.isPropertyAssignment(node) && node.name.getText() === 'command' && ts.isStringLiteral(node.initializer)) {
        commands.push(node.initializer.text);
      }
    });
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((command) => !names.includes(command))).toEqual([]);
  });

  test('have every function that the page calls among them', () => {
    const called: string[] = [];
    walk(parse('server.ts', read('src', 'sidebar', 'client', 'server.ts')), (node) => {
      if (!ts.isInterfaceDeclaration(node) || node.name.text !== 'Runner') return;
      for (const member of node.members) {
        const name = member.name?.getText() ?? '';
        if (!/^with(Success|Failure)Handler$|^withUserObject$/.test(name)) called.push(name);
      }
    });
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('have no name that hides them from the page and the cells: each can be called, so each is listed on purpose', () => {
    expect(names.filter((name) => name.endsWith('_'))).toEqual([]);
  });
});

describe('the code', () => {
  const free = freeNames(code);
  const places = (name: string) => free.get(name) ?? [];

  /** The global object as webpack keeps it: `g` of an object whose name the minimizer chose. */
  const isGlobal = (node: ts.Node): boolean => /^[\w$]+\.g$/.test(node.getText());

  /** webpack asks for `window` only after `globalThis` and `this` failed, and behind `typeof`. */
  const isGlobalLookup = (place: ts.Node): boolean => {
    for (let node = place; node.parent !== undefined; node = node.parent) {
      if (ts.isBinaryExpression(node) && isGlobal(node.left)) return true;
    }
    return false;
  };

  test.each(LACKING)('does not use %s, which the platform lacks', (name) => {
    expect(
      places(name)
        .filter((place) => !isGlobalLookup(place))
        .map((place) => place.parent.getText().slice(0, 80)),
    ).toEqual([]);
  });

  test('uses built-in names and the known services only', () => {
    const builtIn: readonly string[] = vm.runInNewContext('Object.getOwnPropertyNames(globalThis)');
    const known = new Set([...builtIn, ...SERVICES, 'arguments', 'undefined', 'console', 'window']);
    expect([...free.keys()].filter((name) => !known.has(name))).toEqual([]);
  });

  test('uses every service that it is known for', () => {
    expect(SERVICES.filter((name) => !free.has(name))).toEqual([]);
  });

  test('reads no name from the global object', () => {
    const reads: string[] = [];
    walk(parse('Code.js', code), (node) => {
      if (!ts.isPropertyAccessExpression(node)) return;
      const owner = node.expression.getText();
      if (owner !== 'globalThis' && !isGlobal(node.expression)) return;
      const isWrite = ts.isBinaryExpression(node.parent) && node.parent.left === node;
      if (!isWrite) reads.push(node.getText());
    });
    expect(reads).toEqual([]);
  });

  test('is written in ES2019 with `?.` and `??`, without private members, class fields and modules', () => {
    expect(newerSyntax(code)).toEqual([]);
  });

  test('is smaller than 320 KB (decision 19)', () => {
    expect(Buffer.byteLength(code)).toBeLessThan(320 * 1024);
  });

  test('names no address but that of the API', () => {
    const addresses = new Set<string>();
    walk(parse('Code.js', code), (node) => {
      if (ts.isStringLiteralLike(node) && /^https?:/.test(node.text)) addresses.add(node.text);
    });
    expect([...addresses]).toEqual(['https://api.affinity.co']);
  });

  test('holds no path of the machine that built it', () => {
    expect(code).not.toContain(root);
  });
});

describe('a guard over free names', () => {
  test('tells uses from properties, locals and labels', () => {
    const text = `
      const fetch = 1; a.setTimeout = { URL: fetch, process() {} };
      function f(Buffer) { window: for (;;) { break window; } return Buffer.atob + b; }
      class C { crypto() { return c; } }
      const { performance: d = e } = g;`;
    expect([...freeNames(text).keys()].sort()).toEqual(['a', 'b', 'c', 'e', 'g']);
  });

  test('sees every kind of use', () => {
    const text =
      'x({ setTimeout }); new URL(y); `$' + '{fetch}`; typeof window; [btoa]; ({ ...process }); (q = Buffer) => q;';
    expect([...freeNames(text).keys()]).toEqual(
      expect.arrayContaining(['setTimeout', 'URL', 'fetch', 'window', 'btoa', 'process', 'Buffer']),
    );
  });

  test.each([
    'class A { #x = 1; }',
    'class A { static x = 1; }',
    'class A { x = 1; }',
    'a ??= b',
    '10n',
    '1_000',
    'import("a")',
    'import a from "a"',
    'export const a = 1;',
    '/a/v',
  ])('of newer syntax sees %s', (text) => {
    expect(newerSyntax(text).length).toBeGreaterThan(0);
  });

  test.each([
    'a?.b ?? c?.[d]',
    'try { a(); } catch { b(); }',
    '({ ...a })',
    'async () => {}',
    '/(?<=a)b/su',
    'a ? .5 : 1',
    'class A { x() {} }',
  ])('of newer syntax lets %s pass', (text) => {
    expect(newerSyntax(text)).toEqual([]);
  });
});

describe('loaded', () => {
  /** A service that tells when it is touched in any way. */
  const forbidden = (name: string): object => {
    const touched = (): never => {
      throw new Error(`${name} was touched`);
    };
    return new Proxy(touched, { get: touched, set: touched, apply: touched, construct: touched, has: touched });
  };
  const services = [...SERVICES, 'Logger', 'ScriptApp', 'CacheService', 'MailApp', 'DriveApp', 'console'];
  const load = (rest: Readonly<Record<string, unknown>> = {}) =>
    gas.require(path.join(root, 'dist'), {
      ...Object.fromEntries(services.map((name) => [name, forbidden(name)])),
      ...rest,
    });

  test('it calls no service: in the first onOpen there is no authorisation at all', () => {
    expect(() => load()).not.toThrow();
  });

  test('every global function is there', () => {
    const loaded = load();
    expect(names.filter((name) => typeof loaded[name] !== 'function')).toEqual([]);
  });

  test('a touched service would be noticed', () => {
    const loaded = load();
    expect(() => (loaded.importList as () => void)()).toThrow(/was touched/);
  });

  test('the menu is built from the Ui alone, without any other service', () => {
    const items: (readonly [string, string])[] = [];
    const menu = {
      addItem: (caption: string, command: string) => {
        items.push([caption, command]);
        return menu;
      },
      addSeparator: () => menu,
      addSubMenu: () => menu,
      addToUi: () => undefined,
    };
    const ui = { createAddonMenu: () => menu, createMenu: () => menu };
    const loaded = load({ SpreadsheetApp: { getUi: () => ui } });
    for (const trigger of ['onOpen', 'onInstall']) {
      items.length = 0;
      (loaded[trigger] as () => void)();
      expect(items.length).toBeGreaterThan(0);
      for (const [caption, command] of items) {
        expect(caption).not.toBe('');
        expect(typeof loaded[command]).toBe('function');
      }
    }
  });
});

test('the pages of the bundle are those that the script opens', () => {
  // The bundler shortens names of functions, so they are looked up where they are written.
  const sources = ['google/addon-menu.ts', 'sidebar/server.ts'].map((file) => read('src', file)).join('\n');
  const opened = [...sources.matchAll(/\b(?:page|openDialog)\('(\w+)'/g)].map(([, name]) => name ?? '');
  expect(opened.map((name) => `${name}.html`).sort()).toEqual(pages.toSorted());
  expect(opened.filter((name) => !code.includes(`("${name}"`))).toEqual([]);
});

describe.each(pages)('%s', (page) => {
  const html = read('dist', page);
  const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
  const styles = [...html.matchAll(/<style([^>]*)>([\s\S]*?)<\/style>/g)];
  const markup = [...scripts, ...styles].reduce((rest, [whole]) => rest.replace(whole, () => ''), html);

  test('is one page with its script and style inside', () => {
    expect(scripts).toHaveLength(1);
    expect(scripts[0]?.[1]).toBe('');
    expect(scripts[0]?.[2]?.length).toBeGreaterThan(1000);
    expect(styles).toHaveLength(1);
  });

  test('loads nothing from outside', () => {
    expect(markup).not.toMatch(/\b(src|href|srcset|action|data)\s*=/i);
    expect(markup).not.toMatch(/<(link|iframe|img|object|embed)\b/i);
    expect(styles[0]?.[2]).not.toMatch(/@import|@font-face|url\(\s*["']?(?!data:)/i);
  });

  test('calls nothing but its server', () => {
    const free = freeNames(scripts[0]?.[2] ?? '');
    for (const name of [
      'fetch',
      'XMLHttpRequest',
      'WebSocket',
      'EventSource',
      'localStorage',
      'sessionStorage',
      'eval',
    ]) {
      expect([name, free.has(name)]).toEqual([name, false]);
    }
  });

  test('is smaller than 60 KB', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(60_000);
  });
});

describe('the manifest', () => {
  test('asks for V8', () => {
    expect(manifest.runtimeVersion).toBe('V8');
  });

  test('is the one in the repository', () => {
    expect(manifest).toEqual(JSON.parse(read('appsscript.json')));
  });

  test('declares exactly the scopes of the design: one more later makes every user consent again', () => {
    const prefix = 'https://www.googleapis.com/auth/';
    expect(manifest.oauthScopes.map((scope: string) => scope.replace(prefix, '')).sort()).toEqual([
      'script.container.ui',
      'script.external_request',
      'script.scriptapp',
      'script.send_mail',
      'spreadsheets.currentonly',
      'userinfo.email',
    ]);
  });

  test('allows fetches of the API and of nothing else', () => {
    expect(manifest.urlFetchWhitelist).toEqual(['https://api.affinity.co/', 'https://userfiles.affinity.co/']);
    const bases = [...code.matchAll(/["'`](https:\/\/api\.[^"'`]*)["'`]/g)].map(([, base]) => base);
    expect(bases).not.toEqual([]);
    expect(bases.filter((base) => !`${base}/`.startsWith(manifest.urlFetchWhitelist[0]))).toEqual([]);
  });

  test('brings no library, no advanced service and no web app', () => {
    expect(manifest.dependencies).toEqual({});
    expect(Object.keys(manifest).sort()).toEqual([
      'dependencies',
      'exceptionLogging',
      'oauthScopes',
      'runtimeVersion',
      'timeZone',
      'urlFetchWhitelist',
    ]);
  });
});
