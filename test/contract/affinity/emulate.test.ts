/** The core over a table of its own: what any row gets without a line of routing, decoding or checking written for it. */

import { northlight } from '../../../local/affinity';
import { emulate, type Handlers } from '../../../local/affinity/emulate';
import { array, integer, integerText, object, optional, text } from '../../../src/api/codec';
import { endpoint } from '../../../src/api/endpoint';
import { KEYS } from './api';

const note = object({ id: integer, content: text });
const table = {
  notes: {
    search: endpoint({
      method: 'GET',
      path: '/notes',
      query: object({ creator_id: optional(integerText) }),
      response: array(note),
      resend: 'safe',
      doc: 'Get Notes',
    }),
    latest: endpoint({ method: 'GET', path: '/notes/latest', response: note, resend: 'safe', doc: 'none' }),
    get: endpoint({ method: 'GET', path: '/notes/{note_id}', response: note, resend: 'safe', doc: 'Get a Note' }),
    create: endpoint({
      method: 'POST',
      path: '/notes',
      body: object({ content: text, person_ids: array(integer), type: optional(integer) }),
      response: note,
      resend: 'never',
      doc: 'Create a New Note',
    }),
  },
};

const seen: unknown[] = [];
const handlers: Handlers<typeof table> = {
  notes: {
    search: ({ query }) => [{ id: query.creator_id ?? 0, content: 'all' }],
    latest: () => ({ id: 1, content: 'latest' }),
    get: ({ path }) => (path.note_id === 666 ? { id: 'broken' } : { id: path.note_id, content: 'one', extra: true }),
    create: ({ body }) => {
      seen.push(body);
      return { id: 1, content: body.content };
    },
  },
};

const call = emulate(table, handlers, northlight({ entries: 0 }));
const headers = { authorization: `Bearer ${KEYS.admin}` };
const get = (path: string) => call({ method: 'GET', url: path, headers, body: null });
const post = (body: string, contentType: string) =>
  call({ method: 'POST', url: '/notes', headers: { ...headers, 'content-type': contentType }, body });
const FORM = 'application/x-www-form-urlencoded';

test('a literal path wins over a parameter', () => {
  expect(get('/notes/latest').body).toContain('latest');
  expect(get('/notes/12').body).toContain('"id":12');
});

test('a path parameter that is no integer is a 422 that names it', () => {
  const { status, body } = get('/notes/twelve');
  expect([status, body]).toEqual([422, '["note_id is missing or invalid: expected integer"]']);
});

test('query text reaches the handler as the codec gives it', () => {
  expect(get('/notes?creator_id=7').body).toBe('[{"id":7,"content":"all"}]');
  expect(get('/notes?creator_id=seven').status).toBe(422);
});

test('an answer may hold more than the codec reads', () => {
  expect(get('/notes/5').body).toContain('"extra":true');
});

test('an answer that does not decode is an error of the emulator', () => {
  expect(() => get('/notes/666')).toThrow('answer of notes.get.id: expected integer');
});

test('a form body becomes what the codec wants, where the text shows forms', () => {
  seen.length = 0;
  expect(post('content=123&person_ids[]=1&person_ids[]=2&type=0', FORM).status).toBe(200);
  expect(seen).toEqual([{ content: '123', person_ids: [1, 2], type: 0 }]);
});

test('a form body that does not fit is a 422', () => {
  expect(post('content=hello&person_ids[]=first', FORM).status).toBe(422);
});

test('two rows with the same method and path are refused at the start', () => {
  const twice = { notes: { a: table.notes.get, b: endpoint({ ...table.notes.get, path: '/notes/{id}' }) } };
  const build = () => emulate(twice, { notes: { a: () => ({}), b: () => ({}) } }, northlight({ entries: 0 }));
  expect(build).toThrow('another row has the same method and path');
});
