/** Entry of the worker thread: local Google with one file, executing the built bundle. What it does is in `desk.ts`. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Desk } from './desk';
import { Inbox } from './inbox';
import type { FromWorker, WorkerOptions } from './protocol';

interface Start {
  readonly options: WorkerOptions;
  readonly port: MessagePort;
  readonly bell: SharedArrayBuffer;
}

const send = (message: FromWorker): void => parentPort?.postMessage(message);
const { options, port, bell } = workerData as Start; // set by worker-thread.ts

try {
  new Desk(options, new Inbox(port, bell), send).start();
} catch (fault) {
  send({ kind: 'failed', message: fault instanceof Error ? (fault.stack ?? fault.message) : String(fault) });
}
