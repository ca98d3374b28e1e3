/**
 * The worker's ear. While no script runs, messages come as events; while one blocks the thread, they are taken out of the port by
 * hand at every service call and during every wait. Nothing here knows what the messages mean.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { ToWorker } from './protocol';

/** How long a wait looks away from the port at most. */
const SLICE_MS = 25;

export class Inbox {
  readonly #port: MessagePort;
  readonly #bell: Int32Array;

  /** `bell`: counted up and rung by the sender after each message, so that a wait ends at once. */
  constructor(port: MessagePort, bell: SharedArrayBuffer) {
    this.#port = port;
    this.#bell = new Int32Array(bell);
  }

  onMessage(listener: (message: ToWorker) => void): void {
    this.#port.on('message', listener);
  }

  /** Messages that have come and were not seen yet. */
  take(): ToWorker[] {
    const messages: ToWorker[] = [];
    for (;;) {
      const next = receiveMessageOnPort(this.#port) as { message: ToWorker } | undefined; // Node's own type says any
      if (next === undefined) return messages;
      messages.push(next.message);
    }
  }

  /** Blocks until a message may have come, or for `ms`. */
  pause(ms: number): void {
    const seen = Atomics.load(this.#bell, 0);
    Atomics.wait(this.#bell, 0, seen, Math.min(ms, SLICE_MS));
  }
}

/** The sender's half. */
export class Outbox {
  readonly #port: MessagePort;
  readonly #bell: Int32Array;

  constructor(port: MessagePort, bell: SharedArrayBuffer) {
    this.#port = port;
    this.#bell = new Int32Array(bell);
  }

  send(message: ToWorker): void {
    this.#port.postMessage(message);
    Atomics.add(this.#bell, 0, 1);
    Atomics.notify(this.#bell, 0);
  }

  close(): void {
    this.#port.close();
  }
}
