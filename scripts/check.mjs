/**
 * Says whether the sources are in order: format and lint, types, layers, dead code. Writes nothing that git tracks. Every step runs,
 * also after one failed; exit 1 if any did. A step that looked at nothing fails: no green without work.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);

/** Folders with sources of ours. A folder that is not there yet is left out. */
const SOURCES = ['src', 'local', 'test', 'bench', 'scripts'].filter((folder) => fs.existsSync(folder));
/** Folders whose layers are ruled. */
const LAYERED = ['src', 'local'];

const bin = (name) => path.join('node_modules', '.bin', name);

/** Runs a tool; gives its output, and fails the step on a bad exit. */
const run = (name, args) => {
  const { status, stdout, stderr, error } = spawnSync(bin(name), args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return { isGood: error === undefined && status === 0, stdout, output: `${error ?? ''}${stdout}${stderr}`.trim() };
};

const filesIn = (folders, pattern) =>
  folders.flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((name) => pattern.test(name) && !name.includes('/node_modules/')),
  );

const formatAndLint = () =>
  run('biome', ['ci', '--colors=off', '--diagnostic-level=warn', '--error-on-warnings', '--max-diagnostics=50', '.']);

/** `tsc -b` reads only the projects that it is told of, so every file must belong to one. */
const types = () => {
  const covered = new Set();
  const open = [path.join(root, 'tsconfig.json')];
  for (const file of open) {
    const { config } = ts.readConfigFile(file, ts.sys.readFile);
    const { fileNames, projectReferences = [] } = ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(file));
    for (const name of fileNames) covered.add(path.relative(root, name).replaceAll('\\', '/'));
    for (const reference of projectReferences) {
      const next = ts.resolveProjectReferencePath(reference);
      if (!open.includes(next)) open.push(next);
    }
  }
  const left = filesIn(SOURCES, /\.tsx?$/).filter((name) => !covered.has(name));
  const { isGood, output } = run('tsc', ['-b']);
  const missed = left.map((name) => `${name}: belongs to no project. Add it to the tsconfig.json of its folder.`);
  return { isGood: isGood && left.length === 0, output: [...missed, output].join('\n').trim() };
};

const layers = () => {
  const { stdout, output } = run('depcruise', [
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    ...SOURCES,
  ]);
  let result;
  try {
    result = JSON.parse(stdout);
  } catch {
    return { isGood: false, output };
  }
  const isOurs = (name) => /^(src|local)\/.*\.tsx?$/.test(name) && !name.includes('node_modules/');
  const cruised = result.modules.filter(({ source, couldNotResolve }) => isOurs(source) && !couldNotResolve).length;
  const wanted = filesIn(LAYERED, /\.tsx?$/).length;
  const comments = new Map(result.summary.ruleSetUsed.forbidden.map(({ name, comment }) => [name, comment]));
  const lines = result.summary.violations.map(({ rule, from, to, cycle }) => {
    const way = cycle === undefined ? to : cycle.map((step) => step.name ?? step).join(' → ');
    return `${from}${way === from ? '' : ` → ${way}`}\n  ${rule.name}: ${comments.get(rule.name) ?? ''}`;
  });
  if (cruised === 0 || cruised < wanted) {
    lines.unshift(`dependency-cruiser read ${cruised} of ${wanted} files, so its answer says nothing.`);
  }
  return { isGood: lines.length === 0, output: lines.join('\n'), note: `${cruised} files` };
};

const deadCode = () => run('knip', ['--no-progress', '--no-config-hints']);

const steps = { 'format and lint': formatAndLint, types, layers, 'dead code': deadCode };

let isGood = true;
for (const [name, step] of Object.entries(steps)) {
  const start = Date.now();
  let result;
  try {
    result = step();
  } catch (fault) {
    result = { isGood: false, output: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) };
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const note = result.note === undefined ? '' : `, ${result.note}`;
  console.log(`${result.isGood ? 'ok    ' : 'FAILED'}  ${name}  (${seconds} s${note})`);
  if (!result.isGood) console.log(`${result.output.replace(/^/gm, '    ')}\n`);
  isGood &&= result.isGood;
}
process.exit(isGood ? 0 : 1);
