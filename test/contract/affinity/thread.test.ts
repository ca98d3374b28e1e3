/** The emulator in a thread: it answers while the caller's own thread is blocked. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { SEED_NOW, startAffinityThread } from '../../../local/affinity';
import { KEYS } from './api';

/** One GET that blocks this thread until the answer is there. */
const blockingGet = (url: string): string => {
  const script = `fetch(${JSON.stringify(url)}, { headers: { authorization: 'Bearer ${KEYS.admin}' } }).then(async (r) => console.log(r.status, await r.text()))`;
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8', timeout: 20_000 }).stdout;
};

test('the thread answers a blocked caller and obeys its control', async () => {
  const thread = await startAffinityThread({ entries: 5, time: 'simulated', adminKey: KEYS.admin });
  expect(blockingGet(`${thread.url}/lists`)).toContain('"list_size":5');
  expect(await thread.control('now')).toBe(SEED_NOW);
  expect(await thread.control('advance', 1000)).toBe(SEED_NOW + 1000);
  expect((await thread.control('calls')).byEndpoint).toEqual({ 'lists.all': 1 });
  await expect(thread.control('removeList', 1)).rejects.toThrow('there is no list 1');
  await thread.close();
  await expect(fetch(`${thread.url}/lists`)).rejects.toThrow();
});

test('a taken port is told as the reason', async () => {
  const thread = await startAffinityThread({ entries: 0 });
  await expect(startAffinityThread({ entries: 0, port: Number(new URL(thread.url).port) })).rejects.toThrow(
    'EADDRINUSE',
  );
  await thread.close();
});

test('a program waits for the results of its control calls, and ends although nobody closed the thread', async () => {
  const file = path.join(process.cwd(), 'build', `affinity-program.${process.pid}.mjs`);
  const program = `
    import { startAffinityThread } from './local/affinity';
    const thread = await startAffinityThread({ entries: 3 });
    console.log((await thread.control('state')).lists.length, (await thread.control('calls')).total);`;
  await build({
    absWorkingDir: process.cwd(),
    stdin: { contents: program, resolveDir: process.cwd(), loader: 'ts' },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const { stdout, status } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 20_000 });
  rmSync(file, { force: true });
  expect({ stdout, status }).toEqual({ stdout: '4 0\n', status: 0 });
});
