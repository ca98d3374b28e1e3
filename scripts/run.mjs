/**
 * Runs one of the project's commands: `node scripts/run.mjs NAME [arguments]`. Installs what is missing first, so that any command
 * can be the first after a clone. Plain JavaScript without dependencies, since there may be none yet.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ensureBrowser } from './browser.mjs';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);

const run = (command, args, options = {}) => {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
};

/** Installs the locked packages unless they are there already. What npm prints goes to stderr: stdout belongs to the command. */
const install = () => {
  const mark = path.join(root, 'node_modules', '.installed');
  const wanted = createHash('sha256').update(fs.readFileSync('package-lock.json')).digest('hex');
  if (fs.existsSync(mark) && fs.readFileSync(mark, 'utf8') === wanted) return;
  console.error('Installing packages (once) …');
  // Not `npm ci`: it refuses a lockfile that lacks the optional packages of other platforms, which are not to be had everywhere.
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { stdio: ['ignore', 2, 2] });
  fs.writeFileSync(mark, wanted);
};

const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const script = (name, args) => run(process.execPath, [path.join('scripts', name), ...args]);

const commands = {
  build: (args) => script('build.mjs', args),
  push: (args) => script('push.mjs', args),
  check: (args) => script('check.mjs', args),
  demo(args) {
    script('build.mjs', ['--quiet']);
    script('start.mjs', ['local/demo.ts', ...args]);
  },
  start(args) {
    script('build.mjs', ['--quiet']);
    script('start.mjs', ['local/workbench/main.ts', ...args]);
  },
  docs(args) {
    script('build.mjs', ['--quiet']);
    script('start.mjs', ['scripts/docs/main.ts', ...args]);
  },
  endpoints: (args) => script('start.mjs', ['local/endpoints.ts', ...args]),
  affinity: (args) => script('start.mjs', ['local/affinity/main.ts', ...args]),
  test(args) {
    ensureBrowser();
    script('build.mjs', ['--quiet']);
    run(process.execPath, ['--max-old-space-size=6144', bin('jest'), ...args]);
  },
  format: () => run(bin('biome'), ['check', '--write', '.']),
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(`There is no command "${name}". Commands: ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
install();
command(args);
