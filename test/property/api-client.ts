/** The client against the emulator in process, on a simulated clock, as the properties of the client need them. */
import { Affinity, type AffinityOptions, createControl, SEED_NOW, simulatedClock } from '../../local/affinity';
import { type CallReport, createClient } from '../../src/api/client';
import type { Clock, Transport, WireRequest } from '../../src/api/ports';
import { affinity as table } from '../../src/api/table';

export const KEY = 'northlight-admin-key';

export interface Setup extends AffinityOptions {
  readonly budgetMs?: number;
  /** Milliseconds that each batch takes. */
  readonly latencyMs?: number;
  /** Milliseconds that a batch takes before the server sees it. */
  readonly wayOutMs?: () => number;
  /** Called as time passes: with the time it is. */
  readonly onTime?: (now: number) => void;
  readonly random?: () => number;
  readonly key?: string;
}

export const start = ({
  budgetMs = 24 * 3_600_000,
  latencyMs = 0,
  wayOutMs,
  onTime,
  random,
  key = KEY,
  ...options
}: Setup = {}) => {
  const inner = simulatedClock(SEED_NOW);
  const affinity = new Affinity({ entries: 60, clock: inner, ...options });
  /** Lets time pass in steps, so that others can act in between. */
  const pass = (milliseconds: number): void => {
    const until = inner.now() + milliseconds;
    while (onTime !== undefined && inner.now() < until) {
      inner.advance(Math.min(100, until - inner.now()));
      onTime(inner.now());
    }
    if (onTime === undefined) inner.advance(milliseconds);
  };
  const clock: Clock = { now: () => inner.now(), sleep: pass };
  const sent: WireRequest[] = [];
  const log: CallReport[] = [];
  const direct = affinity.transport();
  const transport: Transport = {
    sendAll(requests) {
      sent.push(...requests);
      if (wayOutMs !== undefined) pass(wayOutMs());
      const answers = direct.sendAll(requests);
      if (latencyMs > 0) pass(latencyMs);
      return answers;
    },
  };
  const header = `Basic ${Buffer.from(`:${key}`).toString('base64')}`;
  const client = createClient(table, {
    transport,
    clock,
    random: random ?? (() => 0.5),
    credentials: { header, secrets: [key, header.slice(6)] },
    deadline: clock.now() + budgetMs,
    onCall: (report) => log.push(report),
  });
  return { affinity, client, clock, control: createControl(affinity), sent, log };
};

export type Started = ReturnType<typeof start>;
