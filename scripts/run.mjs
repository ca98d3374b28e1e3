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

const jest = (args) =>
  spawnSync(process.execPath, ['--max-old-space-size=6144', bin('jest'), ...args], { stdio: 'inherit' }).status ?? 1;

const BROWSER = path.join('test', 'browser');

/** Adds up what two runs of jest reported. */
const joined = (files, target) => {
  const reports = files.map((file) => JSON.parse(fs.readFileSync(file, 'utf8')));
  const sum = Object.fromEntries(
    Object.entries(reports[0]).flatMap(([key, value]) =>
      typeof value === 'number' && key.startsWith('num')
        ? [[key, reports.reduce((total, report) => total + report[key], 0)]]
        : [],
    ),
  );
  fs.writeFileSync(
    target,
    JSON.stringify({
      ...reports[0],
      ...sum,
      success: reports.every(({ success }) => success),
      testResults: reports.flatMap(({ testResults }) => testResults),
    }),
  );
};

/**
 * All suites: those without a browser side by side on all cores, then those with one, alone, since a page that has to share its core
 * answers late. `--json --outputFile=…` gives one report of both.
 */
const testAll = (args) => {
  const output = args.find((arg) => arg.startsWith('--outputFile='))?.slice('--outputFile='.length);
  const rest = args.filter((arg) => !arg.startsWith('--outputFile='));
  const parts = [
    ['--maxWorkers=100%', `--testPathIgnorePatterns=${BROWSER}`, '/node_modules/'],
    ['--runInBand', `--testPathPatterns=${BROWSER}`],
  ];
  const reports = parts.map((_part, index) => path.join('build', `tests-${index + 1}.json`));
  fs.mkdirSync('build', { recursive: true });
  for (const report of reports) fs.rmSync(report, { force: true });
  const statuses = parts.map((part, index) =>
    jest([...rest, ...(output === undefined ? [] : [`--outputFile=${reports[index]}`]), ...part]),
  );
  if (output !== undefined && reports.every((report) => fs.existsSync(report))) joined(reports, output);
  process.exit(Math.max(...statuses));
};

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
  bench(args) {
    script('build.mjs', ['--quiet']);
    script('start.mjs', ['bench/main.ts', ...args]);
  },
  endpoints: (args) => script('start.mjs', ['local/endpoints.ts', ...args]),
  affinity: (args) => script('start.mjs', ['local/affinity/main.ts', ...args]),
  test(args) {
    ensureBrowser();
    script('build.mjs', ['--quiet']);
    // Whoever names a file or a test wants just that.
    const isPart = args.some((arg) => !arg.startsWith('--') || /^--(test|only|watch)/.test(arg));
    if (isPart) process.exit(jest(args));
    testAll(args);
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
