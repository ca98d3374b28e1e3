/**
 * The emulator in a thread of its own, for callers that block theirs with synchronous HTTP. The thread runs a file built by
 * esbuild, because worker threads load neither TypeScript nor jest's transforms.
 */
import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Control, ControlName } from './control';
import type { QuotaOptions } from './quota';
import type { SeedOptions } from './seed/northlight';

/** What can be sent to another thread: no clock. */
export interface ThreadOptions extends Omit<SeedOptions, 'clock'> {
  readonly quota?: Partial<QuotaOptions>;
  /** Origin of the addresses that downloads lead to. Default: the server's own. */
  readonly fileHost?: string;
  readonly port?: number;
  /** `real`, the default: the computer's time. `simulated`: stands still until `control('advance', ms)`. */
  readonly time?: 'real' | 'simulated';
  /** With `real`: what the clock shows at the start, milliseconds since 1970. Default: the computer's time. */
  readonly startsAt?: number;
}

export interface AffinityThread {
  readonly url: string;
  /** Calls a control function in the thread. @throws Error with the reason when it refuses. */
  control<N extends ControlName>(name: N, ...argument: Parameters<Control[N]>): Promise<ReturnType<Control[N]>>;
  close(): Promise<void>;
}

/** Messages between the two threads. */
export type ToThread =
  | { readonly id: number; readonly name: string; readonly argument: unknown }
  | { readonly close: true };
export type FromThread =
  | { readonly url: string }
  | { readonly failed: string }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly refused: string };

let bundle: Promise<string> | undefined;

const build = async (): Promise<string> => {
  const { build: esbuild } = await import('esbuild');
  const root = process.cwd();
  const file = path.join(root, 'build', 'affinity-thread.mjs');
  // Several processes may build at once: each writes a file of its own and puts it in place whole.
  const own = path.join(root, 'build', `affinity-thread.${process.pid}.mjs`);
  mkdirSync(path.dirname(file), { recursive: true });
  await esbuild({
    absWorkingDir: root,
    entryPoints: ['local/affinity/worker.ts'],
    outfile: own,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  renameSync(own, file);
  return file;
};

/** Builds the file that the thread runs, once a process, and gives its path. Needs the repository's root as working folder. */
export const bundleOnce = (): Promise<string> => {
  bundle ??= build();
  return bundle;
};

/** Starts the emulator in a thread. @throws Error when it cannot start, e.g. because the port is taken. */
export const startAffinityThread = async (options: ThreadOptions = {}): Promise<AffinityThread> => {
  const worker = new Worker(await bundleOnce(), { workerData: options });
  const waiting = new Map<number, { done(result: unknown): void; failed(fault: Error): void }>();
  let lastId = 0;
  const url = await new Promise<string>((started, failed) => {
    worker.on('error', (fault) => {
      failed(fault);
      for (const call of waiting.values()) call.failed(fault instanceof Error ? fault : new Error(String(fault)));
    });
    worker.on('message', (message: FromThread) => {
      if ('url' in message) return started(message.url);
      if ('failed' in message) return failed(new Error(message.failed));
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (waiting.size === 0) worker.unref();
      if ('refused' in message) call?.failed(new Error(message.refused));
      else call?.done(message.result);
    });
  });
  const post = (message: ToThread): void => worker.postMessage(message);
  // A thread that nobody closed must not keep a finished program alive; a call that waits for its result does.
  worker.unref();
  return {
    url,
    control: (name, ...argument) =>
      new Promise((done, failed) => {
        lastId += 1;
        worker.ref();
        // The thread answers each id with the result of exactly this function.
        waiting.set(lastId, { done: done as (result: unknown) => void, failed });
        post({ id: lastId, name, argument: argument[0] });
      }),
    close: () =>
      new Promise((closed) => {
        worker.ref();
        worker.once('exit', () => closed());
        post({ close: true });
      }),
  };
};
