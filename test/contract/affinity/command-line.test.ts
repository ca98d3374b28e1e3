/** `npm run affinity`: its flags, what it prints, and how it ends. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { DEFAULT_PORT, readFlags } from '../../../local/affinity/flags';

describe('flags', () => {
  test('are optional', () => {
    expect(readFlags([])).toEqual({ port: DEFAULT_PORT, entries: 137, seed: 'northlight', key: null });
  });

  test('are read with a space or an equals sign', () => {
    const all = ['--port', '0', '--entries=5', '--seed=a=b', '--key', 'mine'];
    expect(readFlags(all)).toEqual({ port: 0, entries: 5, seed: 'a=b', key: 'mine' });
  });

  test.each([
    [['--port'], '--port needs a value.'],
    [['--port', '65536'], '--port takes a whole number from 0 to 65535.'],
    [['--port', '-1'], '--port takes a whole number'],
    [['--entries', '1.5'], '--entries takes a whole number'],
    [['--entries', 'many'], '--entries takes a whole number'],
    [['--key', 'two words'], '--key takes a key without spaces.'],
    [['--verbose', '1'], 'There is no flag "--verbose".'],
    [['entries'], 'There is no flag "entries".'],
  ])('%j is refused: %s', (args, sentence) => {
    expect(() => readFlags(args)).toThrow(sentence);
  });
});

describe('the command', () => {
  const file = path.join(process.cwd(), 'build', `affinity-command.${process.pid}.mjs`);
  beforeAll(() =>
    build({
      absWorkingDir: process.cwd(),
      entryPoints: ['local/affinity/main.ts'],
      outfile: file,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'error',
    }),
  );

  afterAll(() => rmSync(file, { force: true }));

  const run = (args: readonly string[], onOutput: (text: string, end: () => void) => void = () => undefined) =>
    new Promise<{ code: number | null; out: string; err: string }>((done) => {
      const child = spawn(process.execPath, [file, ...args]);
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk) => {
        out += chunk;
        onOutput(out, () => child.kill('SIGINT'));
      });
      child.stderr.on('data', (chunk) => {
        err += chunk;
      });
      child.on('exit', (code) => done({ code, out, err }));
    });

  test('prints address, keys and lists, answers, and ends cleanly on Ctrl-C', async () => {
    let status = 0;
    const { code, out, err } = await run(['--port', '0', '--entries', '10', '--key', 'mine'], async (text, end) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (url === undefined || !text.includes('Ctrl-C') || status !== 0) return;
      status = 1;
      status = (await fetch(`${url}/lists`, { headers: { authorization: 'Bearer mine' } })).status;
      end();
    });
    expect({ code, err, status }).toEqual({ code: 0, err: '', status: 200 });
    expect(out).toContain('Deal Pipeline: 10 opportunities');
    expect(out).toMatch(/admin +mine/);
  });

  test('a bad flag is a sentence and exit code 2', async () => {
    const { code, err } = await run(['--entries', 'many']);
    expect(code).toBe(2);
    expect(err).toContain('--entries takes a whole number from 0 to');
  });
});
