/** The commands of package.json, as a person meets them in a terminal. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

const node = (args: readonly string[], cwd = root) =>
  spawnSync(process.execPath, args, { cwd, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });

test('an unknown command ends with 2 and names the known ones', () => {
  const { status, stderr } = node(['scripts/run.mjs', 'fly']);
  expect(status).toBe(2);
  expect(stderr).toMatch(/There is no command "fly"\. Commands: .*\btest\b/);
});

test('no command is an unknown command', () => {
  expect(node(['scripts/run.mjs']).status).toBe(2);
});

test('every script of package.json is a known command', () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const known = /Commands: (.*)\./.exec(node(['scripts/run.mjs']).stderr)?.[1]?.split(', ') ?? [];
  for (const [name, line] of Object.entries(scripts as Record<string, string>)) {
    expect(line).toBe(`node scripts/run.mjs ${name}`);
    expect(known).toContain(name);
  }
});

describe('push without a script id', () => {
  /** A copy of the script beside a configuration without an id, so that the test holds also where somebody has one. */
  const push = (clasp: object) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'push-'));
    try {
      fs.mkdirSync(path.join(folder, 'scripts'));
      fs.copyFileSync(path.join(root, 'scripts', 'push.mjs'), path.join(folder, 'scripts', 'push.mjs'));
      fs.writeFileSync(path.join(folder, '.clasp.json'), JSON.stringify(clasp));
      return node(['scripts/push.mjs'], folder);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  };

  test.each([{ scriptId: '' }, { scriptId: '  ' }, {}])('%j ends badly and says how to get one', (clasp) => {
    const { status, stdout, stderr } = push(clasp);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/no script id in \.clasp\.json/);
    expect(stderr).toMatch(/clasp login/);
    expect(stderr).toMatch(/Extensions → Apps Script/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

test('the repository carries no script id of anybody', () => {
  expect(JSON.parse(fs.readFileSync(path.join(root, '.clasp.json'), 'utf8')).scriptId).toBe('');
});
