/** Rows of webhook subscriptions: three at most an account. Source: official text, "Webhooks". */
import { array, flag, object, oneOf, optional, text } from '../codec';
import { endpoint } from '../endpoint';
import { WEBHOOK_EVENTS } from '../enums';
import { success } from '../records';
import { webhook } from '../service-records';

/** No events means all of them. */
const events = optional(array(oneOf(...WEBHOOK_EVENTS)));

export const webhooks = {
  /** All subscriptions of the account. */
  all: endpoint({
    method: 'GET',
    path: '/webhook',
    response: array(webhook),
    resend: 'safe',
    doc: 'Get All Webhook Subscriptions',
  }),
  get: endpoint({
    method: 'GET',
    path: '/webhook/{webhook_subscription_id}',
    response: webhook,
    resend: 'safe',
    doc: 'Get a Specific Webhook Subscription',
  }),
  /** Affinity calls the address at once; one that answers badly is refused. */
  create: endpoint({
    method: 'POST',
    path: '/webhook/subscribe',
    body: object({ webhook_url: text, subscriptions: events }),
    response: webhook,
    resend: 'never',
    doc: 'Create a New Webhook Subscription',
  }),
  /** By its creator only. */
  update: endpoint({
    method: 'PUT',
    path: '/webhook/{webhook_subscription_id}',
    body: object({ webhook_url: optional(text), subscriptions: events, disabled: optional(flag) }),
    response: webhook,
    resend: 'safe',
    doc: 'Update a Webhook Subscription',
  }),
  /** By its creator or an admin. */
  remove: endpoint({
    method: 'DELETE',
    path: '/webhook/{webhook_subscription_id}',
    response: success,
    resend: 'safe',
    doc: 'Delete a Specific Webhook Subscription',
  }),
};
