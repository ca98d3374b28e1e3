/**
 * Takes webhook deliveries to their addresses over HTTP, and tries an address before a subscription to it is made or changed.
 * The core is synchronous and asks nobody: what was found is put where it looks.
 */
import type { WireRequest } from '../../src/api/ports';
import type { Affinity } from './emulator';
import { bytesOf } from './multipart';
import type { Delivery } from './webhooks';

const TIMEOUT_MS = 5_000;

const post = async (url: string, payload: object): Promise<boolean> => {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return answer.ok;
  } catch {
    return false;
  }
};

/** The address that a call to the webhook endpoints names, in JSON or in a form; null for every other call. */
const addressIn = ({ method, url, body }: WireRequest): string | null => {
  if (!['POST', 'PUT'].includes(method) || !new URL(url).pathname.startsWith('/webhook/')) return null;
  const text = bytesOf(body).toString('utf8');
  try {
    const { webhook_url: named } = JSON.parse(text) as { readonly webhook_url?: unknown };
    return typeof named === 'string' ? named : null;
  } catch {
    return new URLSearchParams(text).get('webhook_url');
  }
};

export interface Couriers {
  probe(request: WireRequest): Promise<void>;
  /** Starts on what is due, and comes back by itself when something is due later. Waits for nothing. */
  carry(): void;
}

export const createCouriers = (affinity: Affinity): Couriers => {
  const { webhooks, world } = affinity;
  const underway = new Set<Delivery>();
  let timer: NodeJS.Timeout | undefined;
  affinity.carryWith(null);

  const carry = (): void => {
    if (!affinity.isCarriedElsewhere) return;
    for (const delivery of webhooks.due()) {
      if (underway.has(delivery)) continue;
      underway.add(delivery);
      void post(delivery.url, delivery.envelope).then((isGood) => {
        webhooks.settle(delivery, isGood);
        underway.delete(delivery);
        carry();
      });
    }
    const next = webhooks.nextAt();
    clearTimeout(timer);
    if (next === null || underway.size > 0) return;
    timer = setTimeout(carry, Math.min(Math.max(1, next - world.clock.now()), 2 ** 31 - 1));
    // Nobody waits for a webhook before the program may end.
    timer.unref();
  };

  return {
    async probe(request) {
      const address = addressIn(request);
      if (address === null || !affinity.isCarriedElsewhere) return;
      const isGood = /^https?:/i.test(address) && (await post(address, {}));
      world.answersWell = () => isGood;
    },
    carry,
  };
};
