/** Cases of the rules about interactions, relationship strengths, notes, files, reminders and webhooks. */
import { type Api, KEYS, LIST_IDS } from './api';
import {
  EXTERNAL,
  good,
  ids,
  NOBODY,
  ORGANIZATION,
  type RuleCase,
  refused,
  TEAM,
  touched,
  untouched,
  YEAR,
} from './rule-case';

interface Interaction {
  readonly id: number;
  readonly type: number;
  readonly date: string;
  readonly logging_type: number;
  readonly direction: number;
  readonly persons: readonly { readonly id: number; readonly type: number }[];
  readonly notes: readonly number[];
}

const KEY = ['events', 'events', 'chat_messages', 'emails'] as const;
const read = (api: Api, type: 0 | 1 | 2 | 3, query: string): readonly Interaction[] =>
  api.get(`/interactions?type=${type}&${YEAR}&${query}`).json?.[KEY[type]] ?? [];
/** Of everybody who was in touch with the team in the last year. */
const readAll = (api: Api, type: 0 | 1 | 2 | 3, query = ''): readonly Interaction[] =>
  touched(api).flatMap((id) => read(api, type, `person_id=${id}&${query}`));

const meeting = {
  type: 0,
  person_ids: [TEAM.admin, EXTERNAL],
  content: 'Met for lunch',
  date: '2026-06-01T12:00:00Z',
};

const interactions: readonly RuleCase[] = [
  {
    rule: 'interactions-of-one-entity',
    sentence: 'interactions need exactly one person, organization or opportunity',
    run: (api) => {
      refused(api.get(`/interactions?type=3&${YEAR}`), 422);
      refused(api.get(`/interactions?type=3&${YEAR}&person_id=${EXTERNAL}&organization_id=${ORGANIZATION}`), 422);
    },
  },
  {
    rule: 'interactions-of-external-persons',
    sentence: 'the person of interactions must be an external one',
    run: (api) => refused(api.get(`/interactions?type=3&${YEAR}&person_id=${TEAM.admin}`), 422),
  },
  {
    rule: 'interactions-start-before-end',
    sentence: 'the window of interactions starts before it ends',
    run: (api) => {
      const path = `/interactions?type=3&person_id=${EXTERNAL}`;
      refused(api.get(`${path}&start_time=2026-02-01&end_time=2026-01-01`), 422);
      refused(api.get(`${path}&start_time=2026-02-01&end_time=2026-02-01`), 422);
    },
  },
  {
    rule: 'interactions-within-a-year',
    sentence: 'the window of interactions is a year at most',
    run: (api) => {
      const path = `/interactions?type=3&person_id=${EXTERNAL}`;
      good(api.get(`${path}&start_time=2025-01-01&end_time=2026-01-01`));
      refused(api.get(`${path}&start_time=2025-01-01&end_time=2026-01-03`), 422);
    },
  },
  {
    rule: 'interactions-of-one-type',
    sentence: 'interactions are of the type that was asked for',
    run: (api) => {
      for (const type of [0, 1, 2, 3] as const) {
        const found = new Set(readAll(api, type).map((one) => one.type));
        expect([type, ...found]).toEqual([type, type]);
      }
    },
  },
  {
    rule: 'interactions-key-by-type',
    sentence: 'meetings and calls come as events, chat messages and e-mails under names of their own',
    run: (api) => {
      const keys = [0, 1, 2, 3].map(
        (type) => Object.keys(api.get(`/interactions?type=${type}&${YEAR}&person_id=${EXTERNAL}`).json)[0],
      );
      expect(keys).toEqual(['events', 'events', 'chat_messages', 'emails']);
    },
  },
  {
    rule: 'interactions-end-is-exclusive',
    sentence: 'an interaction at end_time is not in the window, one at start_time is',
    run: (api) => {
      const [one] = readAll(api, 0);
      const at = encodeURIComponent(one?.date ?? '');
      const person = one?.persons.find(({ type }) => type === 0)?.id;
      const path = `/interactions?type=0&person_id=${person}`;
      expect(ids(api.get(`${path}&start_time=${at}&end_time=2026-07-01T15:00:00Z`).json.events)).toContain(one?.id);
      expect(ids(api.get(`${path}&start_time=2025-07-02&end_time=${at}`).json.events)).not.toContain(one?.id);
    },
  },
  {
    rule: 'interactions-logged-by-hand',
    sentence: 'logging_type 1 gives only what was logged by hand',
    run: (api) => {
      api.post('/interactions', { ...meeting, person_ids: [TEAM.admin, touched(api)[0]] });
      const all = readAll(api, 0);
      const manual = readAll(api, 0, 'logging_type=1');
      expect(new Set(manual.map((one) => one.logging_type))).toEqual(new Set([1]));
      expect(manual.length).toBeLessThan(all.length);
      expect(readAll(api, 0, 'logging_type=0')).toEqual(all);
    },
  },
  {
    rule: 'interactions-of-internal-person',
    sentence: 'internal_person_id narrows interactions to those it took part in',
    run: (api) => {
      const all = readAll(api, 0);
      const member = all[0]?.persons.find(({ type }) => type === 1)?.id;
      const own = readAll(api, 0, `internal_person_id=${member}`);
      expect(own.every((one) => one.persons.some(({ id }) => id === member))).toBe(true);
      expect(own.length).toBeLessThan(all.length);
    },
  },
  {
    rule: 'interactions-by-direction',
    sentence: 'direction narrows e-mails to those sent or received',
    run: (api) => {
      for (const direction of [0, 1]) {
        const found = new Set(readAll(api, 3, `direction=${direction}`).map((one) => one.direction));
        expect([direction, ...found]).toEqual([direction, direction]);
      }
    },
  },
  {
    rule: 'interaction-id-goes-with-type',
    sentence: 'an interaction is found by its id together with its type only',
    run: (api) => {
      const [one] = readAll(api, 0);
      expect(api.get(`/interactions/${one?.id}?type=0`).json).toMatchObject({ id: one?.id, type: 0 });
      const last = 500_001 + 31; // the last id of a person's block: nobody has as many
      refused(api.get(`/interactions/${last}?type=0`), 404);
      const { id } = api.post('/interactions', meeting).json;
      refused(api.get(`/interactions/${id}?type=1`), 404);
    },
  },
  {
    rule: 'interaction-needs-internal',
    sentence: 'a new interaction needs an internal person',
    run: (api) => refused(api.post('/interactions', { ...meeting, person_ids: [EXTERNAL] }), 422),
  },
  {
    rule: 'interaction-needs-external',
    sentence: 'a new interaction needs an external person',
    run: (api) => refused(api.post('/interactions', { ...meeting, person_ids: [TEAM.admin, TEAM.guest] }), 422),
  },
  {
    rule: 'direction-of-chat-messages-only',
    sentence: 'a chat message has a direction, a meeting has none',
    run: (api) => {
      const chat = api.post('/interactions', { ...meeting, type: 2, direction: 1 });
      expect(chat.json).toMatchObject({ type: 2, direction: 1 });
      refused(api.post('/interactions', { ...meeting, direction: 1 }), 422);
    },
  },
  {
    rule: 'interaction-creator-is-caller',
    sentence: "a new interaction is credited to the key's user, and found among those of its person",
    run: (api) => {
      const { json } = api.post('/interactions', meeting, KEYS.colleague);
      expect(json).toMatchObject({ type: 0, manual_creator_id: TEAM.colleague, logging_type: 1, end_time: null });
      expect(json.attendees).toHaveLength(2);
      expect(ids(read(api, 0, `person_id=${EXTERNAL}`))).toContain(json.id);
    },
  },
  {
    rule: 'interaction-content-is-a-note',
    sentence: 'the content of a new interaction becomes a note on it, and changes with it',
    run: (api) => {
      const { json } = api.post('/interactions', meeting);
      expect(json.notes).toHaveLength(1);
      expect(api.get(`/notes/${json.notes[0]}`).json).toMatchObject({
        content: 'Met for lunch',
        interaction_id: json.id,
        interaction_type: 0,
        interaction_person_ids: meeting.person_ids,
      });
      api.put(`/interactions/${json.id}`, { type: 0, content: 'Met for dinner', date: '2026-06-02T12:00:00Z' });
      expect(api.get(`/notes/${json.notes[0]}`).json.content).toBe('Met for dinner');
    },
  },
  {
    rule: 'arrays-replace',
    sentence: 'the persons of an interaction are replaced by those of an update',
    run: (api) => {
      const { id } = api.post('/interactions', meeting).json;
      const person_ids = [TEAM.admin, 40_009];
      const { json } = api.put(`/interactions/${id}`, { type: 0, person_ids });
      expect(json.persons.map((one: { id: number }) => one.id)).toEqual(person_ids);
    },
  },
  {
    rule: 'content-with-mentions-is-fixed',
    sentence: 'content with mentions cannot be changed',
    run: (api) => {
      const notes: { interaction_id: number | null; interaction_type: number }[] = api.get('/notes').json.notes;
      const note = notes.find((one) => one.interaction_id !== null);
      api.control.mentionIn({ note_id: (note as unknown as { id: number }).id, person_id: TEAM.guest });
      const body = { type: note?.interaction_type, content: 'other' };
      refused(api.put(`/interactions/${note?.interaction_id}`, body), 422);
    },
  },
  {
    rule: 'missing-record-not-found',
    sentence: 'an interaction that is deleted is gone, by id and from those of its person',
    run: (api) => {
      const { id } = api.post('/interactions', meeting).json;
      good(api.remove(`/interactions/${id}?type=0`));
      expect(ids(read(api, 0, `person_id=${EXTERNAL}`))).not.toContain(id);
      refused(api.get(`/interactions/${id}?type=0`), 404);
    },
  },
  {
    rule: 'search-by-interaction-dates',
    sentence: 'a new interaction moves the dates of its person',
    run: (api) => {
      const nobody = untouched(api);
      api.post('/interactions', { ...meeting, person_ids: [TEAM.admin, nobody] });
      const dates = api.get(`/persons/${nobody}?with_interaction_dates=true`).json.interaction_dates;
      expect(Date.parse(dates.last_event_date)).toBe(Date.parse(meeting.date));
      expect(dates.next_event_date).toBeNull();
      const found = api.get(
        '/persons?min_last_event_date=2026-06-01T12:00:00Z&max_last_event_date=2026-06-01T12:00:00Z',
      );
      expect(ids(found.json.persons)).toEqual([nobody]);
    },
  },
];

const strengths: readonly RuleCase[] = [
  {
    rule: 'strength-of-known-persons',
    sentence: 'the strength of a relationship to nobody is a 422',
    run: (api) => refused(api.get(`/relationships-strengths?external_id=${NOBODY}`), 422),
  },
  {
    rule: 'strength-is-with-externals',
    sentence: 'among internal persons there are no relationship strengths',
    run: (api) => {
      const { id } = api.post('/interactions', meeting).json;
      expect(id).toBeGreaterThan(0);
      expect(api.get(`/relationships-strengths?external_id=${TEAM.admin}`).json).toEqual([]);
    },
  },
  {
    rule: 'strength-of-one-internal',
    sentence: 'internal_id gives one strength between 0 and 1, or none',
    run: (api) => {
      const rows = touched(api).map((id) => api.get(`/relationships-strengths?external_id=${id}`).json);
      const several = rows.find((one) => one.length > 1) ?? [];
      const [first] = several;
      expect(several.every((one: { strength: number }) => one.strength > 0 && one.strength < 1)).toBe(true);
      const path = `/relationships-strengths?external_id=${first.external_id}`;
      expect(api.get(`${path}&internal_id=${first.internal_id}`).json).toEqual([first]);
      expect(api.get(`/relationships-strengths?external_id=${untouched(api)}`).json).toEqual([]);
    },
  },
];

interface Note {
  readonly id: number;
  readonly creator_id: number;
  readonly type: number;
  readonly content: string;
  readonly is_meeting: boolean;
  readonly parent_id: number | null;
  readonly interaction_id: number | null;
  readonly interaction_type: number | null;
  readonly interaction_person_ids: readonly number[];
  readonly associated_person_ids: readonly number[];
  readonly mentioned_person_ids: readonly number[];
  readonly organization_ids: readonly number[];
  readonly opportunity_ids: readonly number[];
}
const allNotes = (api: Api, query = ''): readonly Note[] => api.get(`/notes?${query}`).json.notes;
const newNote = { content: 'Good call', person_ids: [EXTERNAL] };

const notes: readonly RuleCase[] = [
  {
    rule: 'note-needs-a-place',
    sentence: 'a new note needs a person, an organization, an opportunity or a parent',
    run: (api) => {
      good(api.post('/notes', newNote));
      refused(api.post('/notes', { content: 'Nowhere' }), 422);
      refused(api.post('/notes', { content: 'Nowhere', person_ids: [] }), 422);
    },
  },
  {
    rule: 'reply-to-a-known-note',
    sentence: 'a reply needs a note that exists',
    run: (api) => refused(api.post('/notes', { content: 'Yes', parent_id: NOBODY }), 422),
  },
  {
    rule: 'no-reply-to-a-reply',
    sentence: 'a reply cannot be replied to, a note can many times',
    run: (api) => {
      const { id } = api.post('/notes', newNote).json;
      const reply = api.post('/notes', { content: 'Yes', parent_id: id });
      good(api.post('/notes', { content: 'No', parent_id: id }));
      refused(api.post('/notes', { content: 'Why?', parent_id: reply.json.id }), 422);
    },
  },
  {
    rule: 'reply-has-no-entities',
    sentence: 'a reply ignores the persons, organizations and opportunities that are sent with it',
    run: (api) => {
      const { id } = api.post('/notes', newNote).json;
      const { json } = api.post('/notes', { content: 'Yes', parent_id: id, person_ids: [EXTERNAL] });
      expect(json).toMatchObject({ parent_id: id, person_ids: [], organization_ids: [], opportunity_ids: [] });
    },
  },
  {
    rule: 'note-creator-is-internal',
    sentence: 'the creator of a note must be a person who can access Affinity',
    run: (api) => refused(api.post('/notes', { ...newNote, creator_id: EXTERNAL }), 422),
  },
  {
    rule: 'note-creator-can-be-named',
    sentence: 'a note is credited to the creator that is named, else to the user of the key',
    run: (api) => {
      expect(api.post('/notes', newNote, KEYS.guest).json.creator_id).toBe(TEAM.guest);
      expect(api.post('/notes', { ...newNote, creator_id: TEAM.other }).json.creator_id).toBe(TEAM.other);
    },
  },
  {
    rule: 'note-is-not-of-the-future',
    sentence: 'a note cannot be created in the future',
    run: (api) => refused(api.post('/notes', { ...newNote, created_at: '2026-07-02T00:00:00Z' }), 422),
  },
  {
    rule: 'note-can-be-backdated',
    sentence: 'a note can be created in the past, and is then sorted there',
    run: (api) => {
      const { json } = api.post('/notes', { ...newNote, created_at: '2020-01-01T12:00:00Z' });
      expect(Date.parse(json.created_at)).toBe(Date.parse('2020-01-01T12:00:00Z'));
      expect(allNotes(api).at(-1)?.id).toBe(json.id);
    },
  },
  {
    rule: 'html-note-reads-as-text',
    sentence: 'an HTML note reads as text with ** for bold',
    run: (api) => {
      const content = '<p>A <strong>bold</strong> word &amp; more</p>';
      const { json } = api.post('/notes', { ...newNote, type: 2, content });
      expect(json).toMatchObject({ type: 2, content: 'A **bold** word & more' });
      expect(api.post('/notes', { ...newNote, content }).json).toMatchObject({ type: 0, content });
    },
  },
  {
    rule: 'meeting-note-is-flagged',
    sentence: 'a note on a meeting or call says so, with everyone who took part',
    run: (api) => {
      const note = allNotes(api).find((one) => one.interaction_id !== null);
      expect(note).toMatchObject({ is_meeting: true });
      expect(note?.interaction_person_ids.length).toBeGreaterThan(1);
    },
  },
  {
    rule: 'notes-of-a-person',
    sentence: 'person_id gives the notes of that person',
    run: (api) => {
      const { id } = api.post('/notes', newNote).json;
      const found = allNotes(api, `person_id=${EXTERNAL}`);
      expect(ids(found)).toContain(id);
      expect(found.length).toBeLessThan(allNotes(api).length);
    },
  },
  {
    rule: 'notes-of-attended-interactions',
    sentence: 'person_id also gives the notes on interactions that the person attended',
    run: (api) => {
      const { notes: made } = api.post('/interactions', meeting).json;
      expect(ids(allNotes(api, `person_id=${EXTERNAL}`))).toContain(made[0]);
    },
  },
  {
    rule: 'notes-of-an-organization',
    sentence: 'organization_id gives the notes that are attached to it',
    run: (api) => {
      const { id } = api.post('/notes', { content: 'About them', organization_ids: [ORGANIZATION] }).json;
      const found = allNotes(api, `organization_id=${ORGANIZATION}`);
      expect(ids(found)).toContain(id);
      expect(found.every((one) => one.organization_ids.includes(ORGANIZATION))).toBe(true);
    },
  },
  {
    rule: 'notes-of-an-opportunity',
    sentence: 'opportunity_id gives the notes that are attached to it',
    run: (api) => {
      const opportunity = allNotes(api).find((one) => one.opportunity_ids.length > 0)?.opportunity_ids[0] ?? 0;
      const found = allNotes(api, `opportunity_id=${opportunity}`);
      expect(found.length).toBeGreaterThan(0);
      expect(found.every((one) => one.opportunity_ids.includes(opportunity))).toBe(true);
    },
  },
  {
    rule: 'notes-of-a-creator',
    sentence: 'creator_id gives the notes of that user',
    run: (api) =>
      expect(new Set(allNotes(api, `creator_id=${TEAM.guest}`).map((one) => one.creator_id))).toEqual(
        new Set([TEAM.guest]),
      ),
  },
  {
    rule: 'note-with-mentions-is-fixed',
    sentence: 'a note with mentions cannot be updated',
    run: (api) => {
      const note = allNotes(api).find((one) => one.mentioned_person_ids.length > 0);
      refused(api.put(`/notes/${note?.id}`, { content: 'Other' }), 422);
    },
  },
  {
    rule: 'note-from-email-is-fixed',
    sentence: 'a note that was made from an e-mail cannot be updated',
    run: (api) => {
      const note = allNotes(api).find((one) => one.type === 1);
      refused(api.put(`/notes/${note?.id}`, { content: 'Other' }), 422);
    },
  },
  {
    rule: 'note-update-is-dated',
    sentence: 'an updated note has its new content and the time of the update, and keeps its type',
    run: (api) => {
      const { id } = api.post('/notes', { ...newNote, type: 2 }).json;
      api.control.advance(60_000);
      const { json } = api.put(`/notes/${id}`, { content: 'Bad call' });
      expect(json).toMatchObject({ content: 'Bad call', type: 2 });
      expect(Date.parse(json.updated_at) - Date.parse(json.created_at)).toBe(60_000);
    },
  },
  {
    rule: 'note-deleted-by-creator',
    sentence: 'only its creator can delete a note, not even an admin can',
    run: (api) => {
      const { id } = api.post('/notes', newNote, KEYS.colleague).json;
      refused(api.remove(`/notes/${id}`), 403);
      good(api.remove(`/notes/${id}`, KEYS.colleague));
      refused(api.get(`/notes/${id}`), 404);
    },
  },
];

const FORM = 'multipart/form-data; boundary=sep';
const form = (
  files: readonly (readonly [field: string, name: string, content: string])[],
  ...fields: string[]
): string =>
  [
    ...files.flatMap(([field, name, content]) => [
      '--sep',
      `Content-Disposition: form-data; name="${field}"; filename="${name}"`,
      'Content-Type: text/plain',
      '',
      content,
    ]),
    ...fields.flatMap((field) => [
      '--sep',
      `Content-Disposition: form-data; name="${field.split('=')[0]}"`,
      '',
      field.split('=')[1] ?? '',
    ]),
    '--sep--',
    '',
  ].join('\r\n');
const upload = (api: Api, body: string, contentType = FORM) =>
  api.send('POST', '/entity-files', { body, headers: { 'content-type': contentType } });

const pathOf = (location: string): string => location.replace(/^https?:\/\/[^/]+/, '');

const files: readonly RuleCase[] = [
  {
    rule: 'files-of-an-entity',
    sentence: 'files are found by their person, organization or opportunity',
    run: (api) => {
      const all = api.get('/entity-files').json.entity_files;
      for (const name of ['person_id', 'organization_id', 'opportunity_id']) {
        const id = all.find((file: Record<string, number | null>) => file[name] !== null)[name];
        const found = api.get(`/entity-files?${name}=${id}`).json.entity_files;
        expect(found.every((file: Record<string, number | null>) => file[name] === id)).toBe(true);
        expect(found.length).toBeLessThan(all.length);
      }
    },
  },
  {
    rule: 'file-on-one-entity',
    sentence: 'an upload names exactly one entity',
    run: (api) => {
      refused(upload(api, form([['file', 'a.txt', 'a']])), 422);
      refused(
        upload(api, form([['file', 'a.txt', 'a']], `person_id=${EXTERNAL}`, `organization_id=${ORGANIZATION}`)),
        422,
      );
    },
  },
  {
    rule: 'upload-needs-a-file',
    sentence: 'an upload needs a file',
    run: (api) => refused(upload(api, form([], `person_id=${EXTERNAL}`)), 422),
  },
  {
    rule: 'upload-takes-several-files',
    sentence: 'an upload takes several files, each with its name and size in bytes',
    run: (api) => {
      const sent = form(
        [
          ['files[]', 'a.txt', 'äb'],
          ['files[]', 'b.txt', 'long'],
        ],
        `person_id=${EXTERNAL}`,
      );
      const { json } = upload(api, sent);
      expect(json.success).toBe(true);
      const found = api.get(`/entity-files?person_id=${EXTERNAL}`).json.entity_files.slice(-2);
      expect(found.map((file: { name: string; size: number }) => [file.name, file.size])).toEqual([
        ['a.txt', 3],
        ['b.txt', 4],
      ]);
    },
  },
  {
    rule: 'upload-is-a-form',
    sentence: 'an upload that is no multipart form is a 422',
    run: (api) => {
      const reply = api.post('/entity-files', { person_id: EXTERNAL });
      refused(reply, 422);
      expect(reply.text).toContain('multipart/form-data');
      refused(upload(api, 'no form at all'), 422);
    },
  },
  {
    rule: 'download-is-a-redirect',
    sentence: 'a download leads to an address that gives the file with its type and name',
    run: (api) => {
      const { json } = upload(api, form([['file', 'a b.txt', 'content']], `person_id=${EXTERNAL}`));
      const reply = api.get(`/entity-files/download/${json.entity_files[0].id}`);
      expect(reply.status).toBe(302);
      const file = api.get(pathOf(reply.headers.location ?? ''), null);
      expect([file.status, file.text, file.headers['content-type']]).toEqual([200, 'content', 'text/plain']);
      expect(file.headers['content-disposition']).toContain('a%20b.txt');
    },
  },
  {
    rule: 'file-address-takes-no-key',
    sentence: "the address of a file refuses a key: it is no business of the file's host",
    run: (api) => refused(api.get(pathOf(api.get('/entity-files/download/43001').headers.location ?? '')), 400),
  },
  {
    rule: 'file-address-is-signed',
    sentence: 'the address of a file cannot be guessed',
    run: (api) => {
      const address = pathOf(api.get('/entity-files/download/43001').headers.location ?? '');
      refused(api.get(address.replace('43001', '43002'), null), 403);
    },
  },
  {
    rule: 'file-address-expires',
    sentence: 'the address of a file is good for a minute',
    run: (api) => {
      const address = pathOf(api.get('/entity-files/download/43001').headers.location ?? '');
      api.control.advance(60_000);
      good(api.get(address, null));
      api.control.advance(1);
      refused(api.get(address, null), 403);
    },
  },
];

interface Reminder {
  readonly id: number;
  readonly type: number;
  readonly status: number;
  readonly reset_type: number | null;
  readonly due_date: string;
  readonly creator: { readonly id: number };
  readonly owner: { readonly id: number };
  readonly completer: { readonly id: number } | null;
  readonly person: { readonly id: number } | null;
  readonly organization: { readonly id: number } | null;
  readonly opportunity: { readonly id: number } | null;
}
const allReminders = (api: Api, query = ''): readonly Reminder[] => api.get(`/reminders?${query}`).json.reminders;
const oneTime = { owner_id: TEAM.colleague, type: 0, due_date: '2026-08-01', content: 'Call back' };
const recurring = { owner_id: TEAM.colleague, type: 1, reset_type: 0, reminder_days: 30, content: 'Keep in touch' };

/** A search for reminders that must give those it names, and some but not all. */
const reminderSearch = (
  rule: RuleCase['rule'],
  sentence: string,
  query: string,
  fits: (one: Reminder) => boolean,
): RuleCase => ({
  rule,
  sentence,
  run: (api) => {
    const found = allReminders(api, query);
    expect(found.length).toBeGreaterThan(0);
    expect(ids(found)).toEqual(ids(allReminders(api).filter(fits)));
    expect(found.length).toBeLessThan(allReminders(api).length);
  },
});

const reminders: readonly RuleCase[] = [
  {
    rule: 'reminder-of-one-entity',
    sentence: 'a reminder is about one person, organization or opportunity at most',
    run: (api) => {
      expect(api.post('/reminders', { ...oneTime, person_id: EXTERNAL }).json.person.id).toBe(EXTERNAL);
      good(api.post('/reminders', oneTime));
      refused(api.post('/reminders', { ...oneTime, person_id: EXTERNAL, organization_id: ORGANIZATION }), 422);
    },
  },
  {
    rule: 'reminder-owner-is-internal',
    sentence: 'the owner of a reminder must be an internal person, when it is created and when it is changed',
    run: (api) => {
      const { id } = api.post('/reminders', oneTime).json;
      refused(api.post('/reminders', { ...oneTime, owner_id: EXTERNAL }), 422);
      refused(api.put(`/reminders/${id}`, { owner_id: EXTERNAL }), 422);
    },
  },
  {
    rule: 'reminder-creator-is-caller',
    sentence: "a reminder is created by the key's user, whoever owns it",
    run: (api) => {
      const { json } = api.post('/reminders', oneTime, KEYS.guest);
      expect([json.creator.id, json.owner.id, json.completer]).toEqual([TEAM.guest, TEAM.colleague, null]);
    },
  },
  {
    rule: 'one-time-needs-due-date',
    sentence: 'a one-time reminder needs a due date',
    run: (api) => refused(api.post('/reminders', { owner_id: TEAM.admin, type: 0 }), 422),
  },
  {
    rule: 'one-time-needs-due-date',
    sentence: 'an update that sends the type one-time needs a due date, one without a type does not',
    run: (api) => {
      const { id } = api.post('/reminders', recurring).json;
      good(api.put(`/reminders/${id}`, { content: 'Other' }));
      refused(api.put(`/reminders/${id}`, { type: 0 }), 422);
    },
  },
  {
    rule: 'recurring-needs-reset-type',
    sentence: 'a recurring reminder needs a reset type',
    run: (api) => refused(api.post('/reminders', { owner_id: TEAM.admin, type: 1, reminder_days: 30 }), 422),
  },
  {
    rule: 'recurring-needs-reset-type',
    sentence: 'an update that sends the type recurring needs a reset type',
    run: (api) => {
      const { id } = api.post('/reminders', oneTime).json;
      refused(api.put(`/reminders/${id}`, { type: 1, reminder_days: 30 }), 422);
    },
  },
  {
    rule: 'recurring-needs-days',
    sentence: 'a recurring reminder needs its days',
    run: (api) => refused(api.post('/reminders', { owner_id: TEAM.admin, type: 1, reset_type: 0 }), 422),
  },
  {
    rule: 'recurring-needs-days',
    sentence: 'an update that sends the type recurring needs its days',
    run: (api) => {
      const { id } = api.post('/reminders', oneTime).json;
      refused(api.put(`/reminders/${id}`, { type: 1, reset_type: 0 }), 422);
      expect(api.put(`/reminders/${id}`, { type: 1, reset_type: 0, reminder_days: 70 }).json).toMatchObject({
        type: 1,
        reset_type: 0,
        reminder_days: 70,
      });
    },
  },
  {
    rule: 'reminder-days-are-positive',
    sentence: 'a reminder comes back after a day or more',
    run: (api) => refused(api.post('/reminders', { ...recurring, reminder_days: 0 }), 422),
  },
  {
    rule: 'reminder-day-is-pacific',
    sentence: 'a due date without a time is midnight Pacific of that day',
    run: (api) => {
      expect(api.post('/reminders', oneTime).json.due_date).toBe('2026-08-01T00:00:00.000-07:00');
      expect(api.post('/reminders', { ...oneTime, due_date: '2026-12-01' }).json.due_date).toBe(
        '2026-12-01T00:00:00.000-08:00',
      );
    },
  },
  {
    rule: 'reminder-overdue-by-date',
    sentence: 'a reminder becomes overdue when its due date passes',
    run: (api) => {
      const { id, status } = api.post('/reminders', oneTime).json;
      api.control.advance(40 * 86_400_000);
      expect([status, api.get(`/reminders/${id}`).json.status]).toEqual([1, 2]);
    },
  },
  {
    rule: 'completion-is-signed',
    sentence: 'a completed reminder says when and by whom, whether the flag is 1 or true',
    run: (api) => {
      for (const is_completed of [1, true]) {
        const { id } = api.post('/reminders', oneTime).json;
        const { json } = api.put(`/reminders/${id}`, { is_completed }, KEYS.guest);
        expect([json.status, json.completer?.id, json.completed_at !== null]).toEqual([0, TEAM.guest, true]);
      }
    },
  },
  {
    rule: 'completion-can-be-undone',
    sentence: 'a completed reminder can be opened again, whether the flag is 0 or false',
    run: (api) => {
      for (const is_completed of [0, false]) {
        const { id } = api.post('/reminders', { ...oneTime, is_completed: true }).json;
        const { json } = api.put(`/reminders/${id}`, { is_completed });
        expect([json.status, json.completer, json.completed_at]).toEqual([1, null, null]);
      }
    },
  },
  {
    rule: 'recurring-starts-anew',
    sentence: 'a recurring reminder that is completed is due again after its days',
    run: (api) => {
      const { id, due_date } = api.post('/reminders', recurring).json;
      api.control.advance(5 * 86_400_000);
      const { json } = api.put(`/reminders/${id}`, { is_completed: true });
      expect([json.status, json.completed_at]).toEqual([1, null]);
      expect(Date.parse(json.due_date) - Date.parse(due_date)).toBe(5 * 86_400_000);
    },
  },
  {
    rule: 'recurring-search-needs-reset-type',
    sentence: 'a search for recurring reminders needs a reset type',
    run: (api) => refused(api.get('/reminders?type=1'), 422),
  },
  {
    rule: 'reminders-of-an-entity',
    sentence: 'reminders are found by what they are about',
    run: (api) => {
      for (const kind of ['person', 'organization', 'opportunity'] as const) {
        const id = allReminders(api).find((one) => one[kind] !== null)?.[kind]?.id;
        const found = allReminders(api, `${kind}_id=${id}`);
        expect(ids(found)).toEqual(ids(allReminders(api).filter((one) => one[kind]?.id === id)));
        expect(found.length).toBeLessThan(allReminders(api).length);
      }
    },
  },
  reminderSearch(
    'reminders-of-a-creator',
    'reminders are found by their creator',
    `creator_id=${TEAM.guest}`,
    (one) => one.creator.id === TEAM.guest,
  ),
  reminderSearch(
    'reminders-of-an-owner',
    'reminders are found by their owner',
    `owner_id=${TEAM.other}`,
    (one) => one.owner.id === TEAM.other,
  ),
  {
    rule: 'reminders-of-a-completer',
    sentence: 'reminders are found by who completed them',
    run: (api) => {
      const completer = allReminders(api).find((one) => one.completer !== null)?.completer?.id;
      const found = allReminders(api, `completer_id=${completer}`);
      expect(ids(found)).toEqual(ids(allReminders(api).filter((one) => one.completer?.id === completer)));
    },
  },
  reminderSearch('reminders-by-type', 'one-time reminders are found by their type', 'type=0', (one) => one.type === 0),
  {
    rule: 'reminders-by-reset-type',
    sentence: 'recurring reminders are found by what starts them anew',
    run: (api) => {
      const byType = [0, 1, 2].map((type) => allReminders(api, `type=1&reset_type=${type}`));
      byType.forEach((found, type) => {
        expect(ids(found)).toEqual(ids(allReminders(api).filter((one) => one.reset_type === type)));
      });
      expect(byType.flat().length).toBeGreaterThan(0);
    },
  },
  ...([0, 1, 2] as const).map((status) =>
    reminderSearch(
      'reminders-by-status',
      `reminders are found by their status ${status}`,
      `status=${status}`,
      (one) => one.status === status,
    ),
  ),
  reminderSearch(
    'reminders-by-due-date',
    'due_before gives the reminders that are due earlier',
    'due_before=2026-07-01T16:00:00Z',
    (one) => Date.parse(one.due_date) < Date.parse('2026-07-01T16:00:00Z'),
  ),
  reminderSearch(
    'reminders-by-due-date',
    'due_after gives the reminders that are due later',
    'due_after=2026-07-01T16:00:00Z',
    (one) => Date.parse(one.due_date) > Date.parse('2026-07-01T16:00:00Z'),
  ),
  {
    rule: 'update-keeps-the-rest',
    sentence: 'an update of a reminder changes only what is sent',
    run: (api) => {
      const { id } = api.post('/reminders', { ...oneTime, person_id: EXTERNAL }).json;
      const { json } = api.put(`/reminders/${id}`, { due_date: '2026-09-01' });
      expect([json.content, json.owner.id, json.person.id]).toEqual(['Call back', TEAM.colleague, EXTERNAL]);
    },
  },
];

const URL_OF_OURS = 'https://hooks.firm.example/in';
/** A subscription whose address answers well. */
const subscribed = (api: Api, body: object = {}, key?: string) => {
  api.control.setWebhookAnswers(true);
  return api.post('/webhook/subscribe', { webhook_url: URL_OF_OURS, ...body }, key);
};
const delivered = (api: Api): readonly string[] => api.control.deliveries().map((one) => one.envelope.type);

/** What makes each event, and one sentence for it. */
const EVENTS: readonly (readonly [event: string, sentence: string, make: (api: Api) => void])[] = [
  ['list.created', 'a new list', (api) => api.post('/lists', { name: 'L', type: 1, is_public: true })],
  [
    'list_entry.created',
    'a new list entry',
    (api) => api.post(`/lists/${LIST_IDS.people}/list-entries`, { entity_id: EXTERNAL }),
  ],
  [
    'list_entry.deleted',
    'a deleted list entry',
    (api) => api.remove(`/lists/${LIST_IDS.people}/list-entries/${api.entries(LIST_IDS.people)[0].id}`),
  ],
  ['note.created', 'a new note', (api) => api.post('/notes', newNote)],
  [
    'note.updated',
    'an updated note',
    (api) => api.put(`/notes/${api.post('/notes', newNote).json.id}`, { content: 'b' }),
  ],
  ['note.deleted', 'a deleted note', (api) => api.remove(`/notes/${api.post('/notes', newNote).json.id}`)],
  ['field.created', 'a new field', (api) => api.post('/fields', { name: 'F', entity_type: 1, value_type: 3 })],
  [
    'field.deleted',
    'a deleted field',
    (api) => api.remove(`/fields/${api.post('/fields', { name: 'F', entity_type: 1, value_type: 3 }).json.id}`),
  ],
  [
    'field_value.created',
    'a new field value',
    (api) => api.post('/field-values', { ...api.emptyCell(61_225), value: 1 }),
  ],
  [
    'field_value.updated',
    'an updated field value',
    (api) =>
      api.put(`/field-values/${api.post('/field-values', { ...api.emptyCell(61_225), value: 1 }).json.id}`, {
        value: 2,
      }),
  ],
  [
    'field_value.deleted',
    'a deleted field value',
    (api) => api.remove(`/field-values/${api.post('/field-values', { ...api.emptyCell(61_225), value: 1 }).json.id}`),
  ],
  ['person.created', 'a new person', (api) => api.post('/persons', { first_name: 'A', last_name: 'B', emails: [] })],
  ['person.updated', 'an updated person', (api) => api.put(`/persons/${EXTERNAL}`, { last_name: 'B' })],
  ['person.deleted', 'a deleted person', (api) => api.remove(`/persons/${EXTERNAL}`)],
  ['organization.created', 'a new organization', (api) => api.post('/organizations', { name: 'A' })],
  [
    'organization.updated',
    'an updated organization',
    (api) => api.put(`/organizations/${ORGANIZATION}`, { person_ids: [] }),
  ],
  [
    'organization.deleted',
    'a deleted organization',
    (api) => api.remove(`/organizations/${api.post('/organizations', { name: 'A' }).json.id}`),
  ],
  [
    'organization.merged',
    'a merged organization',
    (api) => api.control.merge({ type: 1, id: 40_003, into: 40_004 }) ?? api.get('/lists'),
  ],
  [
    'opportunity.created',
    'a new opportunity',
    (api) => api.post('/opportunities', { name: 'A', list_id: LIST_IDS.pipeline }),
  ],
  ['opportunity.updated', 'an updated opportunity', (api) => api.put('/opportunities/40001', { name: 'A' })],
  ['opportunity.deleted', 'a deleted opportunity', (api) => api.remove('/opportunities/40001')],
  ['file.created', 'an uploaded file', (api) => upload(api, form([['file', 'a.txt', 'a']], `person_id=${EXTERNAL}`))],
  ['reminder.created', 'a new reminder', (api) => api.post('/reminders', oneTime)],
  ['reminder.updated', 'an updated reminder', (api) => api.put('/reminders/15001', { content: 'a' })],
  ['reminder.deleted', 'a deleted reminder', (api) => api.remove('/reminders/15001')],
];

const webhooks: readonly RuleCase[] = [
  {
    rule: 'three-webhooks-at-most',
    sentence: 'an account has three webhook subscriptions at most',
    run: (api) => {
      const count = api.get('/webhook').json.length;
      for (let more = count; more < 3; more += 1) good(subscribed(api));
      refused(subscribed(api), 422);
    },
  },
  {
    rule: 'webhook-url-is-an-address',
    sentence: 'a webhook needs an address that is one',
    run: (api) => {
      for (const webhook_url of ['hooks', 'ftp://hooks.firm.example', ''])
        refused(subscribed(api, { webhook_url }), 422);
    },
  },
  {
    rule: 'webhook-url-answers',
    sentence: 'a webhook whose address answers badly is refused, when it is created and when it is changed',
    run: (api) => {
      const { id } = subscribed(api).json;
      api.control.setWebhookAnswers(false);
      refused(api.post('/webhook/subscribe', { webhook_url: URL_OF_OURS }), 422);
      refused(api.put(`/webhook/${id}`, { disabled: true }), 422);
    },
  },
  {
    rule: 'webhook-changed-by-creator',
    sentence: 'only its creator can change a webhook, not even an admin can',
    run: (api) => {
      const { id } = subscribed(api, {}, KEYS.colleague).json;
      good(api.put(`/webhook/${id}`, { disabled: true }, KEYS.colleague));
      refused(api.put(`/webhook/${id}`, { disabled: false }), 403);
    },
  },
  {
    rule: 'webhook-deleted-by-creator-or-admin',
    sentence: 'a webhook is deleted by its creator or an admin',
    run: (api) => {
      const { id } = subscribed(api, {}, KEYS.colleague).json;
      refused(api.remove(`/webhook/${id}`, KEYS.guest), 403);
      good(api.remove(`/webhook/${id}`));
    },
  },
  {
    rule: 'update-keeps-the-rest',
    sentence: 'an update of a webhook changes only what is sent',
    run: (api) => {
      const { id } = subscribed(api, { subscriptions: ['note.created'] }).json;
      expect(api.put(`/webhook/${id}`, { disabled: true }).json).toMatchObject({
        webhook_url: URL_OF_OURS,
        subscriptions: ['note.created'],
        disabled: true,
        created_by: TEAM.admin,
      });
    },
  },
  {
    rule: 'webhook-hears-its-events',
    sentence: 'a webhook hears of the events it named and of no others',
    run: (api) => {
      subscribed(api, { subscriptions: ['note.deleted'] });
      const { id } = api.post('/notes', newNote).json;
      api.remove(`/notes/${id}`);
      expect(delivered(api)).toEqual(['note.deleted']);
    },
  },
  {
    rule: 'disabled-webhook-is-silent',
    sentence: 'a disabled webhook hears of nothing',
    run: (api) => {
      const { id } = subscribed(api).json;
      api.put(`/webhook/${id}`, { disabled: true });
      api.post('/notes', newNote);
      expect(delivered(api)).toEqual([]);
    },
  },
  {
    rule: 'webhook-is-retried',
    sentence: 'a delivery that failed is tried again with a growing delay, for hours, then the webhook is disabled',
    run: (api) => {
      const { id } = subscribed(api).json;
      api.control.setWebhookAnswers(false);
      api.post('/notes', newNote);
      api.control.advance(60_000);
      api.control.advance(60_000);
      expect(api.control.deliveries()).toMatchObject([{ tries: 2, state: 'waiting' }]);
      api.control.setWebhookAnswers(true);
      api.control.advance(60_000);
      expect(api.control.deliveries()).toMatchObject([{ tries: 3, state: 'delivered' }]);
      api.control.setWebhookAnswers(false);
      api.post('/notes', newNote);
      for (let hour = 0; hour < 11; hour += 1) api.control.advance(3_600_000);
      expect(api.control.deliveries()[1]?.state).toBe('given up');
      expect(api.get(`/webhook/${id}`).json.disabled).toBe(true);
    },
  },
  ...EVENTS.map(
    ([event, what, make]): RuleCase => ({
      rule: 'no-events-means-all',
      sentence: `a webhook without events of its own hears of ${what} (${event})`,
      run: (api) => {
        subscribed(api);
        make(api);
        const found = api.control.deliveries().find((one) => one.envelope.type === event);
        expect(found?.url).toBe(URL_OF_OURS);
        expect(found?.envelope.sent_at).toBeLessThan(1e10); // seconds, not milliseconds
      },
    }),
  ),
];

export const ACTIVITY_CASES: readonly RuleCase[] = [
  ...interactions,
  ...strengths,
  ...notes,
  ...files,
  ...reminders,
  ...webhooks,
];
