/**
 * The product built with single fragments of its source exchanged: with small pages, so that few rows make several of them, or broken
 * on purpose, so that a suite can show that it would notice. A fragment that is not there exactly once fails the build, and with it the
 * test: nobody can change the product and leave a broken engine that is broken no more.
 */
import fs from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

export interface Patch {
  /** Path of the source file, from the root of the project. */
  readonly file: string;
  readonly fragment: string;
  readonly by: string;
}

const patching = (patches: readonly Patch[]): Plugin => ({
  name: 'patches',
  setup({ onLoad }) {
    for (const file of new Set(patches.map((patch) => patch.file))) {
      const whole = path.join(process.cwd(), file);
      onLoad({ filter: new RegExp(`${file.replace(/[.]/g, '\\.')}$`) }, () => {
        let contents = fs.readFileSync(whole, 'utf8');
        for (const { fragment, by } of patches.filter((patch) => patch.file === file)) {
          const times = contents.split(fragment).length - 1;
          if (times !== 1) throw new Error(`${file} has ${times} times, not once: ${fragment}`);
          contents = contents.replace(fragment, () => by);
        }
        return { contents, loader: 'ts' };
      });
    }
  },
});

/** The script as it would be pushed, from patched source. The top-level functions are those of the built one. */
export const patchedScript = async (patches: readonly Patch[]): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: ['src/main.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2019',
    charset: 'utf8',
    define: { global: 'globalThis' },
    plugins: [patching(patches)],
    logLevel: 'silent',
  });
  const built = fs.readFileSync(path.join(process.cwd(), 'dist', 'Code.js'), 'utf8');
  return `${built.slice(0, built.indexOf('/******/'))}\n${outputFiles[0]?.text ?? ''}`;
};

/** A module of the tests with all it imports, from patched source. */
export const patchedModule = async <T>(entry: string, patches: readonly Patch[]): Promise<T> => {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    packages: 'external',
    plugins: [patching(patches)],
    logLevel: 'silent',
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(module, module.exports, require);
  return module.exports as T; // the caller names the module it asked for
};

const limit = (name: string, from: string, to: string): Patch => ({
  file: 'src/sync/limits.ts',
  fragment: `export const ${name} = ${from};`,
  by: `export const ${name} = ${to};`,
});

/** Pages and blocks of a few rows, so that a dozen rows make several of each. */
export const SMALL: readonly Patch[] = [
  limit('ENTRIES_AT_ONCE', '2_000', '4'),
  limit('ENTRIES_PER_PAGE', '500', '5'),
  limit('ROWS_PER_BLOCK', '250', '3'),
  limit('ROWS_PER_PUSH', '300', '1'),
  limit('RECORDS_PER_BLOCK', '100', '1'),
];
