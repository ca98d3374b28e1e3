/** Reads a folder as clasp would push it: the script, every HTML file, the manifest. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BundleSource, Manifest } from './bundle';

/** @throws Error that names the file when the script or the manifest is not there. */
export const pushedFolder = (folder: string): BundleSource & { readonly manifest: Manifest } => {
  const read = (name: string): string => {
    const file = path.join(folder, name);
    try {
      return readFileSync(file, 'utf8');
    } catch {
      throw new Error(`${file} is missing. Run "npm run build" first.`);
    }
  };
  const code = read('Code.js');
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html'));
  return {
    code,
    files: Object.fromEntries(pages.map((name) => [name.slice(0, -'.html'.length), read(name)])),
    manifest: JSON.parse(read('appsscript.json')),
  };
};
