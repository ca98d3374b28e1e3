/** Entry of the emulator's thread: starts the server, then carries out control calls until told to close. */
import { parentPort, workerData } from 'node:worker_threads';
import { callControl, startAffinity } from './http';
import { SEED_NOW } from './seed/northlight';
import type { FromThread, ThreadOptions, ToThread } from './thread';
import { realClock, simulatedClock } from './world/clock';

const send = (message: FromThread): void => parentPort?.postMessage(message);
const reasonOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));

const run = async (options: ThreadOptions): Promise<void> => {
  const clock = options.time === 'simulated' ? simulatedClock(SEED_NOW) : realClock(options.startsAt);
  const server = await startAffinity({ ...options, clock });
  parentPort?.on('message', (message: ToThread) => {
    if ('close' in message) {
      void server.close().then(() => parentPort?.close());
      return;
    }
    try {
      send({ id: message.id, result: callControl(server.control, message.name, message.argument) });
    } catch (fault) {
      send({ id: message.id, refused: reasonOf(fault) });
    }
  });
  send({ url: server.url });
};

run(workerData as ThreadOptions).catch((fault: unknown) => send({ failed: reasonOf(fault) })); // set by startAffinityThread
