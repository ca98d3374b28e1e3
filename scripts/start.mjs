/** Bundles a TypeScript entry of `local/` into `build/` and runs it: `node scripts/start.mjs local/demo.ts [arguments]`. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import esbuild from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) throw new Error('start.mjs needs an entry');
const outfile = path.join(root, 'build', `${entry.replace(/[\\/]/g, '-').replace(/\.ts$/, '')}.mjs`);
await esbuild.build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
});
process.argv = [process.argv[0], outfile, ...args];
await import(pathToFileURL(outfile).href);
