/**
 * A client that somebody else could have written from the official text alone: plain `fetch`, a base address and a key. It uses
 * nothing of ours and reads only what the text documents.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AffinityServer, SEED_NOW, simulatedClock, startAffinity } from '../../../local/affinity';

let api: AffinityServer;
let hook: Server;
let heard: { type: string; sent_at: number; body: Record<string, unknown> }[] = [];
beforeAll(async () => {
  api = await startAffinity({ entries: 40, clock: simulatedClock(SEED_NOW) });
  hook = createServer((request, answer) => {
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      const event = JSON.parse(text);
      if (event.type !== undefined) heard.push(event);
      answer.writeHead(request.url === '/bad' ? 500 : 200).end();
    });
  });
  await new Promise<void>((listening) => hook.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  await api.close();
  hook.close();
});

const auth = { authorization: `Basic ${Buffer.from(':northlight-admin-key').toString('base64')}` };
const call = async (method: string, path: string, body?: object | URLSearchParams | FormData) => {
  const isJson = body !== undefined && !(body instanceof URLSearchParams) && !(body instanceof FormData);
  const answer = await fetch(api.url + path, {
    method,
    headers: { ...auth, ...(isJson ? { 'content-type': 'application/json' } : {}) },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as BodyInit) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
};
const json = async (method: string, path: string, body?: object) => (await call(method, path, body)).json();

/** All pages of a result, as the text describes paging. */
const pages = async (path: string, key: string) => {
  const all: { id: number }[] = [];
  let token: string | null | undefined;
  do {
    const at = token == null ? '' : `&page_token=${encodeURIComponent(token)}`;
    const page = await json('GET', `${path}&page_size=7${at}`);
    all.push(...page[key]);
    token = page.next_page_token;
  } while (token);
  return all;
};

test('reads the field values of all list entries on a list, as the first common use case does', async () => {
  const lists = await json('GET', '/lists');
  const list = lists.find((one: { name: string }) => one.name === 'Deal Pipeline');
  const entries = await pages(`/lists/${list.id}/list-entries?`, 'list_entries');
  expect(new Set(entries.map((entry) => entry.id)).size).toBe(list.list_size);
  const values = await json('GET', `/field-values?list_entry_id=${entries[0]?.id}`);
  const fields = await json('GET', `/fields?list_id=${list.id}`);
  const names = new Map(fields.map((field: { id: number; name: string }) => [field.id, field.name]));
  expect(values.every((value: { field_id: number }) => names.has(value.field_id))).toBe(true);
});

test('follows a status field through its history, as the second common use case does', async () => {
  const fields = await json('GET', '/fields');
  const status = fields.find(
    (field: { name: string; list_id: number }) => field.name === 'Status' && field.list_id === 4974,
  );
  const steps = await json('GET', `/field-value-changes?field_id=${status.id}`);
  expect(steps.length).toBeGreaterThan(40);
  expect(steps[0]).toMatchObject({ field_id: status.id, changer: { type: 1 }, value: { rank: expect.any(Number) } });
});

test('finds the strongest relationship to an organization, as the third common use case does', async () => {
  const { organizations } = await json('GET', '/organizations?with_interaction_dates=true');
  const organization = await json('GET', `/organizations/${organizations[0].id}`);
  const strengths = [];
  for (const id of organization.person_ids)
    strengths.push(...(await json('GET', `/relationships-strengths?external_id=${id}`)));
  expect(Math.max(...strengths.map((one) => one.strength))).toBeGreaterThan(0);
});

test('creates, changes and deletes one of each', async () => {
  const person = await json('POST', '/persons', { first_name: 'Ida', last_name: 'Berg', emails: ['ida@berg.example'] });
  const organization = await json('POST', '/organizations', {
    name: 'Berg',
    domain: 'berg.example',
    person_ids: [person.id],
  });
  const opportunity = await json('POST', '/opportunities', { name: 'Berg A', list_id: 4974, person_ids: [person.id] });
  await json('PUT', `/opportunities/${opportunity.id}`, { organization_ids: [organization.id] });
  const note = await json('POST', '/notes', { person_ids: [person.id], content: 'Hello' });
  const [one] = (await json('GET', `/notes?person_id=${person.id}`)).notes;
  expect(one).toEqual(note);
  const reminder = await json('POST', '/reminders', {
    owner_id: 40_001,
    type: 0,
    due_date: '2026-09-01',
    person_id: person.id,
  });
  expect(reminder).toMatchObject({ status: 1, due_date: '2026-09-01T00:00:00.000-07:00', person: { id: person.id } });
  const meeting = { type: 0, person_ids: [40_001, person.id], content: 'Met', date: '2026-06-30T10:00:00Z' };
  const interaction = await json('POST', '/interactions', meeting);
  for (const path of [
    `/interactions/${interaction.id}?type=0`,
    `/reminders/${reminder.id}`,
    `/notes/${note.id}`,
    `/opportunities/${opportunity.id}`,
    `/organizations/${organization.id}`,
    `/persons/${person.id}`,
  ]) {
    expect([path, await json('DELETE', path)]).toEqual([path, { success: true }]);
  }
});

test('sends a note as a form, as the text shows', async () => {
  const form = new URLSearchParams([
    ['person_ids[]', '40008'],
    ['person_ids[]', '40009'],
    ['content', 'A <strong>form</strong>'],
    ['type', '2'],
  ]);
  expect(await json('POST', '/notes', form)).toMatchObject({
    associated_person_ids: [40_008, 40_009],
    content: 'A **form**',
  });
});

test('uploads a file of any bytes and gets it back through the redirect', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_item, index) => index);
  const form = new FormData();
  form.append('file', new Blob([bytes], { type: 'image/png' }), 'pixels é.png');
  form.append('person_id', '40008');
  expect(await json('POST', '/entity-files', form)).toMatchObject({ success: true });
  const found = (await json('GET', '/entity-files?person_id=40008')).entity_files.at(-1);
  expect(found).toMatchObject({ name: 'pixels é.png', size: 256, uploader_id: 40_001 });
  // fetch drops the authorization header when a redirect leads to another origin; here it stays on this one, so by hand.
  const redirect = await fetch(`${api.url}/entity-files/download/${found.id}`, { headers: auth, redirect: 'manual' });
  const file = await fetch(redirect.headers.get('location') ?? '');
  expect([...new Uint8Array(await file.arrayBuffer())]).toEqual([...bytes]);
});

test('subscribes to events with a form, hears of them at its address, and is refused a bad address', async () => {
  heard = [];
  const { port } = hook.address() as AddressInfo;
  const good = new URLSearchParams({ webhook_url: `http://127.0.0.1:${port}/hook` });
  const webhook = await json('POST', '/webhook/subscribe', good);
  expect(webhook).toMatchObject({ subscriptions: [], disabled: false, created_by: 40_001 });
  const person = await json('POST', '/persons', { first_name: 'Kai', last_name: 'Holm', emails: [] });
  for (let wait = 0; wait < 50 && heard.length === 0; wait += 1) await new Promise((done) => setTimeout(done, 20));
  expect(heard).toEqual([
    {
      type: 'person.created',
      body: expect.objectContaining({ id: person.id, first_name: 'Kai' }),
      sent_at: SEED_NOW / 1000,
    },
  ]);
  const bad = new URLSearchParams({ webhook_url: `http://127.0.0.1:${port}/bad` });
  await expect(json('PUT', `/webhook/${webhook.id}`, bad)).rejects.toThrow('422');
  await json('DELETE', `/webhook/${webhook.id}`);
});
