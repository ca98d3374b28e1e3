/** Builds the worker's file and the browser's page with esbuild into `build/`. Needs the repository's root as working folder. */
import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';

const shared = (): esbuild.BuildOptions => ({
  absWorkingDir: process.cwd(),
  bundle: true,
  logLevel: 'error',
  format: 'esm',
});

/** Several processes may build at once: each writes a file of its own and puts it in place whole. */
const inPlace = async (name: string, options: esbuild.BuildOptions): Promise<string> => {
  const folder = path.join(process.cwd(), 'build');
  const file = path.join(folder, name);
  const own = path.join(folder, `${process.pid}.${name}`);
  mkdirSync(folder, { recursive: true });
  await esbuild.build({ ...shared(), ...options, outfile: own });
  renameSync(own, file);
  return file;
};

/** The file that the worker thread runs: worker threads load no TypeScript. */
export const buildWorker = (): Promise<string> =>
  inPlace('workbench-worker.mjs', {
    entryPoints: ['local/workbench/worker.ts'],
    platform: 'node',
    target: 'node20',
    packages: 'external',
  });

export interface PageFiles {
  readonly script: string;
  readonly style: string;
  /** Runs in the add-on's pages before their own script. */
  readonly shim: string;
}

const textsOf = async (
  entry: string,
  format: 'esm' | 'iife',
  minify: boolean,
): Promise<{ js: string; css: string }> => {
  const { outputFiles } = await esbuild.build({
    ...shared(),
    format,
    entryPoints: [entry],
    write: false,
    outdir: 'build',
    minify,
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const part = (ending: string) => outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { js: part('.js'), css: part('.css') };
};

export const buildPage = async (): Promise<PageFiles> => {
  const [page, shim] = await Promise.all([
    textsOf('local/workbench/page/main.tsx', 'esm', true),
    textsOf('local/workbench/page/frame/google-script.ts', 'iife', false),
  ]);
  return { script: page.js, style: page.css, shim: shim.js };
};
