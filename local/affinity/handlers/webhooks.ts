/** Webhook subscriptions. Source: official text, "Webhooks"; affinity-v1-facts, sections 11 and 13. */
import type { Affinity } from '../../../src/api/table';
import { webhookAnswer } from '../answers/activity';
import type { Caller, Handlers } from '../emulate';
import { notFound, Refusal, unprocessable } from '../refusal';
import type { WebhookRecord } from '../world/records';

/** Source: official text, "Webhook Subscription Limit". */
const MAX_WEBHOOKS = 3;

const webhookFor = ({ world }: Caller, id: number): WebhookRecord => {
  const webhook = world.webhooks.get(id);
  if (webhook === undefined) throw notFound(`Webhook subscription ${id} does not exist`);
  return webhook;
};

/** @throws Refusal 422 for an address that is none, or that does not answer well. */
const checkAddress = ({ world }: Caller, url: string): void => {
  const isAddress = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (!isAddress && world.rules.isOn('webhook-url-is-an-address'))
    throw unprocessable('webhook_url is not a valid URL');
  if (isAddress && world.rules.isOn('webhook-url-answers') && !world.answersWell(url)) {
    throw unprocessable('The endpoint of webhook_url returned an invalid response');
  }
};

export const webhooks: Handlers<Affinity>['webhooks'] = {
  all: (_args, { world }) => world.webhooks.all().map(webhookAnswer),

  get: ({ path }, caller) => webhookAnswer(webhookFor(caller, path.webhook_subscription_id)),

  create: ({ body }, caller) => {
    const { world, user } = caller;
    if (world.webhooks.size >= MAX_WEBHOOKS && world.rules.isOn('three-webhooks-at-most')) {
      throw unprocessable(`There is a limit of ${MAX_WEBHOOKS} webhook subscriptions`);
    }
    checkAddress(caller, body.webhook_url);
    const webhook: WebhookRecord = {
      id: world.nextId('webhook'),
      webhook_url: body.webhook_url,
      subscriptions: body.subscriptions ?? [],
      disabled: false,
      created_by: user.id,
    };
    world.webhooks.put(webhook);
    return webhookAnswer(webhook);
  },

  update: ({ path, body }, caller) => {
    const { world, user } = caller;
    const webhook = webhookFor(caller, path.webhook_subscription_id);
    if (webhook.created_by !== user.id && world.rules.isOn('webhook-changed-by-creator')) {
      throw new Refusal(403, 'Only the creator of a webhook subscription can change it');
    }
    checkAddress(caller, body.webhook_url ?? webhook.webhook_url);
    const updated: WebhookRecord = {
      ...webhook,
      webhook_url: body.webhook_url ?? webhook.webhook_url,
      subscriptions: body.subscriptions ?? (world.rules.isOn('update-keeps-the-rest') ? webhook.subscriptions : []),
      disabled: body.disabled ?? webhook.disabled,
    };
    world.webhooks.put(updated);
    return webhookAnswer(updated);
  },

  remove: ({ path }, caller) => {
    const { world, user } = caller;
    const webhook = webhookFor(caller, path.webhook_subscription_id);
    const mayDelete = webhook.created_by === user.id || user.role === 'admin';
    if (!mayDelete && world.rules.isOn('webhook-deleted-by-creator-or-admin')) {
      throw new Refusal(403, 'Only its creator or an admin can delete a webhook subscription');
    }
    world.webhooks.remove(webhook.id);
    return { success: true };
  },
};
