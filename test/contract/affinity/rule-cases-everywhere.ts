/** Cases of the rules that hold for many endpoints, one for each endpoint they hold for. */
import { type Api, KEYS, LIST_IDS } from './api';
import { EXTERNAL, good, NOBODY, type RuleCase, refused, TEAM, YEAR } from './rule-case';

type Method = 'GET' | 'POST' | 'PUT';

/** A call that lacks what it needs, or has it in a wrong form; `name` is in the sentence of the refusal. */
const MALFORMED: readonly (readonly [what: string, method: Method, path: string, body: object | null, name: string])[] =
  [
    ['a list needs a name', 'POST', '/lists', { type: 1, is_public: true }, 'name'],
    ['a list needs a type', 'POST', '/lists', { name: 'L', is_public: true }, 'type'],
    ['a list is of a type that is documented', 'POST', '/lists', { name: 'L', type: 2, is_public: true }, 'type'],
    ['a list needs is_public', 'POST', '/lists', { name: 'L', type: 1 }, 'is_public'],
    [
      'a role on a list is one that is documented',
      'POST',
      '/lists',
      { name: 'L', type: 1, is_public: true, additional_permissions: [{ internal_person_id: TEAM.guest, role_id: 3 }] },
      'role_id',
    ],
    ['a field needs a name', 'POST', '/fields', { entity_type: 1, value_type: 3 }, 'name'],
    ['a field needs an entity type', 'POST', '/fields', { name: 'F', value_type: 3 }, 'entity_type'],
    [
      'a field is of a value type that is documented',
      'POST',
      '/fields',
      { name: 'F', entity_type: 1, value_type: 8 },
      'value_type',
    ],
    ['a history needs field_id', 'GET', '/field-value-changes', null, 'field_id'],
    [
      'the action of a history is one that is documented',
      'GET',
      '/field-value-changes?field_id=61223&action_type=3',
      null,
      'action_type',
    ],
    ['a person needs a first name', 'POST', '/persons', { last_name: 'B', emails: [] }, 'first_name'],
    ['a person needs a last name', 'POST', '/persons', { first_name: 'A', emails: [] }, 'last_name'],
    ['a person needs e-mail addresses, be it none', 'POST', '/persons', { first_name: 'A', last_name: 'B' }, 'emails'],
    ['an organization needs a name', 'POST', '/organizations', { domain: 'a.example' }, 'name'],
    ['an opportunity needs a name', 'POST', '/opportunities', { list_id: LIST_IDS.pipeline }, 'name'],
    ['an opportunity needs a list', 'POST', '/opportunities', { name: 'A' }, 'list_id'],
    ['interactions need a type', 'GET', `/interactions?${YEAR}&person_id=${EXTERNAL}`, null, 'type'],
    [
      'interactions need start_time',
      'GET',
      `/interactions?type=0&end_time=2026-01-01&person_id=${EXTERNAL}`,
      null,
      'start_time',
    ],
    [
      'interactions need end_time',
      'GET',
      `/interactions?type=0&start_time=2026-01-01&person_id=${EXTERNAL}`,
      null,
      'end_time',
    ],
    [
      'the type of interactions is one that is documented',
      'GET',
      `/interactions?type=4&${YEAR}&person_id=${EXTERNAL}`,
      null,
      'type',
    ],
    ['one interaction needs a type', 'GET', '/interactions/500001', null, 'type'],
    [
      'e-mails cannot be created',
      'POST',
      '/interactions',
      { type: 3, person_ids: [TEAM.admin, EXTERNAL], content: 'a', date: '2026-06-01' },
      'type',
    ],
    [
      'an interaction needs content',
      'POST',
      '/interactions',
      { type: 0, person_ids: [TEAM.admin, EXTERNAL], date: '2026-06-01' },
      'content',
    ],
    [
      'an interaction needs a date',
      'POST',
      '/interactions',
      { type: 0, person_ids: [TEAM.admin, EXTERNAL], content: 'a' },
      'date',
    ],
    ['an update of an interaction needs its type', 'PUT', '/interactions/500001', { content: 'a' }, 'type'],
    ['relationship strengths need external_id', 'GET', '/relationships-strengths', null, 'external_id'],
    ['a note needs content', 'POST', '/notes', { person_ids: [EXTERNAL] }, 'content'],
    ['a note is plain or HTML', 'POST', '/notes', { person_ids: [EXTERNAL], content: 'a', type: 3 }, 'type'],
    ['an update of a note needs content', 'PUT', '/notes/7000001', {}, 'content'],
    ['a reminder needs an owner', 'POST', '/reminders', { type: 0, due_date: '2026-08-01' }, 'owner_id'],
    ['a reminder needs a type', 'POST', '/reminders', { owner_id: TEAM.admin, due_date: '2026-08-01' }, 'type'],
    [
      'is_completed is 0, 1, true or false',
      'POST',
      '/reminders',
      { owner_id: TEAM.admin, type: 0, due_date: '2026-08-01', is_completed: 2 },
      'is_completed',
    ],
    ['the status of reminders is one that is documented', 'GET', '/reminders?status=3', null, 'status'],
    ['a webhook needs an address', 'POST', '/webhook/subscribe', {}, 'webhook_url'],
    [
      'a webhook hears of events that are documented',
      'POST',
      '/webhook/subscribe',
      { webhook_url: 'https://hooks.firm.example', subscriptions: ['note.read'] },
      'subscriptions[0]',
    ],
  ];

/** Paths of records that nobody has. */
const MISSING: readonly (readonly [what: string, method: Method | 'DELETE', path: string, body?: object])[] = [
  ['list', 'GET', `/lists/${NOBODY}`],
  ['list entry', 'GET', `/lists/${LIST_IDS.people}/list-entries/${NOBODY}`],
  ['field', 'DELETE', `/fields/${NOBODY}`],
  ['field value', 'PUT', `/field-values/${NOBODY}`, { value: 1 }],
  ['person', 'GET', `/persons/${NOBODY}`],
  ['organization', 'GET', `/organizations/${NOBODY}`],
  ['opportunity', 'GET', `/opportunities/${NOBODY}`],
  ['interaction', 'DELETE', `/interactions/${NOBODY}?type=0`],
  ['note', 'GET', `/notes/${NOBODY}`],
  ['note to change', 'PUT', `/notes/${NOBODY}`, { content: 'a' }],
  ['file', 'GET', `/entity-files/${NOBODY}`],
  ['file to download', 'GET', `/entity-files/download/${NOBODY}`],
  ['reminder', 'GET', `/reminders/${NOBODY}`],
  ['reminder to delete', 'DELETE', `/reminders/${NOBODY}`],
  ['webhook', 'GET', `/webhook/${NOBODY}`],
];

/** Calls that name a person, organization or opportunity that does not exist. */
const UNKNOWN: readonly (readonly [what: string, path: string, body: object])[] = [
  [
    'a person at an unknown organization',
    '/persons',
    { first_name: 'A', last_name: 'B', emails: [], organization_ids: [NOBODY] },
  ],
  ['an organization of an unknown person', '/organizations', { name: 'A', person_ids: [NOBODY] }],
  [
    'an opportunity with an unknown person',
    '/opportunities',
    { name: 'A', list_id: LIST_IDS.pipeline, person_ids: [NOBODY] },
  ],
  [
    'an opportunity with an unknown organization',
    '/opportunities',
    { name: 'A', list_id: LIST_IDS.pipeline, organization_ids: [NOBODY] },
  ],
  ['a note about an unknown person', '/notes', { content: 'a', person_ids: [NOBODY] }],
  ['a note about an unknown organization', '/notes', { content: 'a', organization_ids: [NOBODY] }],
  ['a note about an unknown opportunity', '/notes', { content: 'a', opportunity_ids: [NOBODY] }],
  [
    'a reminder about an unknown person',
    '/reminders',
    { owner_id: TEAM.admin, type: 0, due_date: '2026-08-01', person_id: NOBODY },
  ],
  [
    'an interaction with an unknown person',
    '/interactions',
    { type: 0, person_ids: [TEAM.admin, EXTERNAL, NOBODY], content: 'a', date: '2026-06-01' },
  ],
];

/** Calls with a time that is no ISO 8601 text. */
const BAD_TIMES: readonly (readonly [what: string, method: Method, path: string, body: object | null])[] = [
  [
    'the start of interactions',
    'GET',
    `/interactions?type=0&person_id=${EXTERNAL}&start_time=yesterday&end_time=1970-02-01`,
    null,
  ],
  [
    'the date of an interaction',
    'POST',
    '/interactions',
    { type: 0, person_ids: [TEAM.admin, EXTERNAL], content: 'a', date: '1/2/2026' },
  ],
  ['the creation of a note', 'POST', '/notes', { content: 'a', person_ids: [EXTERNAL], created_at: '1 June 2026' }],
  ['the due date of a reminder', 'POST', '/reminders', { owner_id: TEAM.admin, type: 0, due_date: '2026-02-30' }],
  ['due_before of reminders', 'GET', '/reminders?due_before=soon', null],
  ['a date that persons are searched by', 'GET', '/persons?min_last_email_date=2026', null],
  ['a date that organizations are searched by', 'GET', '/organizations?max_next_event_date=13%3A00', null],
  ['the beginning of a history', 'GET', '/field-value-changes?field_id=61223&changed_after=today', null],
];

/** Results that come in pages: where, the key of their rows, the largest page. */
const PAGED: readonly (readonly [what: string, path: string, key: string, most: number])[] = [
  ['organizations', '/organizations?term=', 'organizations', 500],
  ['opportunities', '/opportunities?term=', 'opportunities', 500],
  ['notes', '/notes?', 'notes', 500],
  ['reminders', '/reminders?', 'reminders', 500],
  ['files', '/entity-files?', 'entity_files', 500],
  ['interactions', `/interactions?type=3&${YEAR}&organization_id=40001`, 'emails', 100],
];

const busy = (api: Api, path: string): string => {
  if (!path.startsWith('/interactions')) return path;
  // An organization with more than one e-mail in the last year.
  const rows: { id: number }[] = api.get('/organizations?with_interaction_dates=true&min_last_email_date=2025-09-01')
    .json.organizations;
  const of = (id: number): string => path.replace(/organization_id=\d+/, `organization_id=${id}`);
  return of(rows.find(({ id }) => api.get(of(id)).json.emails.length > 1)?.id ?? 0);
};

/** Calls that name a merged record; `ID` stands for its id. */
const MERGED: readonly (readonly [what: string, type: 0 | 1, method: Method, path: string, body: object | null])[] = [
  ['a change of a merged person', 0, 'PUT', '/persons/ID', { first_name: 'A' }],
  ['a change of a merged organization', 1, 'PUT', '/organizations/ID', { name: 'A' }],
  ['a note about a merged person', 0, 'POST', '/notes', { content: 'a', person_ids: ['ID'] }],
  ['the strength of the relationship to a merged person', 0, 'GET', '/relationships-strengths?external_id=ID', null],
  ['the interactions of a merged organization', 1, 'GET', `/interactions?type=0&${YEAR}&organization_id=ID`, null],
];

export const EVERYWHERE_CASES: readonly RuleCase[] = [
  ...MALFORMED.map(
    ([what, method, path, body, name]): RuleCase => ({
      rule: 'parameters-well-formed',
      sentence: `${what}: otherwise a 422 names ${name} (${method} ${path.split('?')[0]})`,
      run: (api) => {
        const reply = api.send(method, path, body === null ? {} : { body });
        refused(reply, 422);
        expect(reply.text).toContain(`${name} is missing or invalid`);
      },
    }),
  ),
  ...MISSING.map(
    ([what, method, path, body]): RuleCase => ({
      rule: 'missing-record-not-found',
      sentence: `a ${what} that does not exist is a 404 (${method} ${path.replace(String(NOBODY), '…')})`,
      run: (api) => refused(api.send(method, path, body === undefined ? {} : { body }), 404),
    }),
  ),
  ...UNKNOWN.map(
    ([what, path, body]): RuleCase => ({
      rule: 'named-entities-exist',
      sentence: `${what} is a 422`,
      run: (api) => refused(api.post(path, body), 422),
    }),
  ),
  ...BAD_TIMES.map(
    ([what, method, path, body]): RuleCase => ({
      rule: 'times-are-iso',
      sentence: `${what} must be an ISO 8601 text`,
      run: (api) => refused(api.send(method, path, body === null ? {} : { body }), 422),
    }),
  ),
  ...PAGED.map(
    ([what, path, , most]): RuleCase => ({
      rule: 'page-size-within-bounds',
      sentence: `${what} come in pages of 1 to ${most}`,
      run: (api) => {
        good(api.get(`${path}&page_size=${most}`));
        refused(api.get(`${path}&page_size=${most + 1}`), 422);
        refused(api.get(`${path}&page_size=0`), 422);
      },
    }),
  ),
  ...PAGED.map(
    ([what, path, key]): RuleCase => ({
      rule: 'token-tied-to-query',
      sentence: `${what}: a page_token leads to the next rows of the same query, and of no other`,
      run: (api) => {
        const url = busy(api, path);
        const first = api.get(`${url}&page_size=1`).json;
        const token = encodeURIComponent(first.next_page_token);
        const second = api.get(`${url}&page_size=1&page_token=${token}`).json;
        expect(second[key][0].id).not.toBe(first[key][0].id);
        refused(api.get(`${url}&page_size=2&page_token=${token}`), 422);
      },
    }),
  ),
  ...PAGED.filter(([what]) => what !== 'interactions').map(
    ([what, path, key]): RuleCase => ({
      rule: 'end-may-be-an-empty-page',
      sentence: `${what}: the last filled page may name one more page, which is empty and ends with null`,
      run: (api) => {
        api.control.setChoices({ lastPage: 'empty-page' });
        const size = 500;
        const last = api.get(`${path}&page_size=${size}`).json;
        expect(last.next_page_token).not.toBeNull();
        const end = api.get(`${path}&page_size=${size}&page_token=${encodeURIComponent(last.next_page_token)}`).json;
        expect([end[key], end.next_page_token]).toEqual([[], null]);
      },
    }),
  ),
  ...MERGED.map(
    ([what, type, method, path, body]): RuleCase => ({
      rule: 'merged-record-named',
      sentence: `${what} is a 422 that names the survivor`,
      run: (api) => {
        const one = api.control.state().merged.find((merged) => merged.type === type);
        const fill = (text: string): string =>
          text.replaceAll('"ID"', String(one?.id)).replaceAll('ID', String(one?.id));
        const reply = api.send(method, fill(path), body === null ? {} : { body: fill(JSON.stringify(body)) });
        refused(reply, 422);
        expect(reply.text).toContain(`merged into ${one?.into}`);
      },
    }),
  ),
  {
    rule: 'unknown-parameters-ignored',
    sentence: 'an unknown query parameter changes nothing in a list of notes',
    run: (api) => expect(api.get('/notes?since=2026-01-01').json?.notes).toEqual(api.get('/notes').json.notes),
  },
  {
    rule: 'limit-headers',
    sentence: 'a refusal for lack of rights carries the limit headers too',
    run: (api) => {
      const reply = api.get(`/lists/${LIST_IDS.watchlist}`, KEYS.guest);
      refused(reply, 403);
      expect(String(reply.headers['x-ratelimit-limit-user-remaining'])).toMatch(/^\d+$/);
    },
  },
];
