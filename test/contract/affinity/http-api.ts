/**
 * The emulator over real HTTP, called as `api.ts` calls it in process: each call blocks until its answer is there, so that one
 * case runs over both. Server and requests live in another thread, since this one waits.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { createSyncFn } from 'synckit';
import type { Control, ServerOptions } from '../../../local/affinity';
import { type Api, type Carry, callsOver } from './api';
import type { Task } from './http-host';

const build = (): string => {
  const file = path.join(process.cwd(), 'build', `affinity-http-host.${process.pid}.mjs`);
  const entry = path.join('test', 'contract', 'affinity', 'http-host.ts');
  const esbuild = path.join(process.cwd(), 'node_modules', '.bin', 'esbuild');
  execFileSync(esbuild, [
    entry,
    `--outfile=${file}`,
    '--bundle',
    '--platform=node',
    '--format=esm',
    '--target=node20',
    '--packages=external',
    '--log-level=error',
  ]);
  return file;
};

let send: ((task: Task) => unknown) | null = null;
const run = (task: Task): unknown => {
  send ??= createSyncFn<(task: Task) => Promise<unknown>>(build());
  return send(task);
};

const controlOver = (): Control =>
  new Proxy({} as Control, {
    get: (_target, name) => (argument: unknown) => run({ do: 'control', name: String(name), argument }),
  });

/** Starts a fresh emulator behind a socket; the one before it is closed. */
export const startHttpApi = (options: Omit<ServerOptions, 'clock'> = {}): Api => {
  run({ do: 'start', options });
  const carry: Carry = (method, url, headers, body) =>
    run({ do: 'call', method, path: url, headers, body }) as ReturnType<Carry>; // what the host answers to a call
  return callsOver(carry, controlOver());
};
