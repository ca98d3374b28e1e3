/** Starts the worker that holds local Google and turns its messages into calls of a listener. */
import { MessageChannel, Worker } from 'node:worker_threads';
import { buildWorker } from './bundles';
import { Outbox } from './inbox';
import type { FromWorker, ToWorker, WorkerOptions } from './protocol';

export interface WorkerThread {
  send(message: ToWorker): void;
  close(): Promise<void>;
}

/** @throws Error when local Google cannot start, e.g. for a locale that it does not know. */
export const startWorkerThread = async (
  options: WorkerOptions,
  listener: (message: FromWorker) => void,
): Promise<WorkerThread> => {
  const { port1, port2 } = new MessageChannel();
  const bell = new SharedArrayBuffer(4);
  const worker = new Worker(await buildWorker(), {
    workerData: { options, port: port2, bell },
    transferList: [port2],
    // A page of 100,000 rows is held twice: as cells and as what was told.
    resourceLimits: { maxOldGenerationSizeMb: 4096 },
  });
  const outbox = new Outbox(port1, bell);
  await new Promise<void>((ready, failed) => {
    worker.on('error', failed);
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'failed') return failed(new Error(message.message));
      listener(message);
      if (message.kind === 'ready') ready();
    });
  });
  return {
    send: (message) => outbox.send(message),
    async close() {
      outbox.close();
      await worker.terminate();
    },
  };
};
