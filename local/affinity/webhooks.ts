/**
 * Deliveries of webhook events: one for each enabled subscription that wants the event, tried again with a growing delay, and
 * given up after ten hours; then the subscription is disabled. Who carries them (a function, HTTP) is not decided here.
 * Source: affinity-v1-facts, section 11.
 */
import type { WebhookEvent } from '../../src/api/enums';
import type { World } from './world/world';

const FIRST_DELAY_MS = 60_000;
/** After this time a delivery is given up. */
export const GIVE_UP_MS = 10 * 3_600_000;
/** Deliveries that are remembered for a look. */
const REMEMBERED = 1_000;

/** What is posted, as JSON. `sent_at` is in seconds since 1970. */
export interface Envelope {
  readonly type: WebhookEvent;
  readonly body: object;
  readonly sent_at: number;
}

export interface Delivery {
  readonly webhookId: number;
  readonly url: string;
  readonly envelope: Envelope;
  readonly firstAt: number;
  tries: number;
  /** Milliseconds since 1970 at which it is tried next. */
  dueAt: number;
  state: 'waiting' | 'delivered' | 'given up';
}

/** Takes an envelope to an address. True when the answer was good. */
export type Carrier = (url: string, envelope: Envelope) => boolean;

export class WebhookDesk {
  readonly #world: World;
  readonly #deliveries: Delivery[] = [];

  constructor(world: World) {
    this.#world = world;
    world.onEvent((event, body) => this.#enqueue(event, body));
  }

  #enqueue(event: WebhookEvent, body: object): void {
    const now = this.#world.clock.now();
    const { rules } = this.#world;
    for (const webhook of this.#world.webhooks.all()) {
      if (webhook.disabled && rules.isOn('disabled-webhook-is-silent')) continue;
      const wantsAll = webhook.subscriptions.length === 0 && rules.isOn('no-events-means-all');
      const isWanted = wantsAll || webhook.subscriptions.includes(event);
      if (!isWanted && rules.isOn('webhook-hears-its-events')) continue;
      this.#deliveries.push({
        webhookId: webhook.id,
        url: webhook.webhook_url,
        envelope: { type: event, body, sent_at: Math.floor(now / 1000) },
        firstAt: now,
        tries: 0,
        dueAt: now,
        state: 'waiting',
      });
    }
    if (this.#deliveries.length > 2 * REMEMBERED) this.#forget();
  }

  #forget(): void {
    const old = this.#deliveries.filter(({ state }) => state !== 'waiting').slice(0, REMEMBERED);
    const gone = new Set(old);
    const kept = this.#deliveries.filter((delivery) => !gone.has(delivery));
    this.#deliveries.splice(0, this.#deliveries.length, ...kept);
  }

  /** Deliveries whose time has come. */
  due(): readonly Delivery[] {
    const now = this.#world.clock.now();
    return this.#deliveries.filter(({ state, dueAt }) => state === 'waiting' && dueAt <= now);
  }

  /** Milliseconds since 1970 at which the next one is due, or null. */
  nextAt(): number | null {
    const waiting = this.#deliveries.filter(({ state }) => state === 'waiting').map(({ dueAt }) => dueAt);
    return waiting.length === 0 ? null : Math.min(...waiting);
  }

  /** Notes how a delivery went. */
  settle(delivery: Delivery, isGood: boolean): void {
    const now = this.#world.clock.now();
    delivery.tries += 1;
    if (isGood) {
      delivery.state = 'delivered';
      return;
    }
    delivery.dueAt = now + FIRST_DELAY_MS * 2 ** (delivery.tries - 1);
    const isRetried = this.#world.rules.isOn('webhook-is-retried');
    if (isRetried && delivery.dueAt - delivery.firstAt <= GIVE_UP_MS) return;
    delivery.state = 'given up';
    const webhook = this.#world.webhooks.get(delivery.webhookId);
    if (webhook !== undefined) this.#world.webhooks.put({ ...webhook, disabled: true });
  }

  /** Carries everything that is due. */
  carry(carrier: Carrier): void {
    for (const delivery of this.due()) this.settle(delivery, carrier(delivery.url, delivery.envelope));
  }

  /** All deliveries that are remembered, oldest first. */
  list(): readonly Readonly<Delivery>[] {
    return this.#deliveries.map((delivery) => ({ ...delivery }));
  }
}
