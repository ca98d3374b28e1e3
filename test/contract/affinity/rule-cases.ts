/**
 * One case for each documented rule that the emulator enforces, as data: `rules.test.ts` runs each with its rule on, and once
 * more with the rule off, where it must fail. A case that passes both ways would prove nothing.
 */
import type { RuleName } from '../../../local/affinity';
import { type Api, FIELDS, KEYS, LIST_IDS } from './api';
import { good, ids, type RuleCase, refused } from './rule-case';
import { ACTIVITY_CASES } from './rule-cases-activity';
import { EVERYWHERE_CASES } from './rule-cases-everywhere';
import { RECORD_CASES } from './rule-cases-records';

const { pipeline, companies, people, watchlist } = LIST_IDS;

const firstPerson = (api: Api): number => api.entries(people)[0].entity_id;
const firstOrganization = (api: Api): number => api.entries(companies)[0].entity_id;
const mergedOf = (api: Api, type: 0 | 1): readonly [number, number] => {
  const found = api.control.state().merged.find((one) => one.type === type);
  return [found?.id ?? 0, found?.into ?? 0];
};

const transport: readonly RuleCase[] = [
  {
    rule: 'key-required',
    sentence: 'a call without a key or with an unknown one is a 401',
    run: (api) => {
      refused(api.get('/lists', null), 401);
      refused(api.get('/lists', 'somebody-elses-key'), 401);
    },
  },
  {
    rule: 'unknown-path-not-found',
    sentence: 'a path that does not exist is a 404',
    run: (api) => refused(api.get('/list'), 404),
  },
  {
    rule: 'parameters-well-formed',
    sentence: 'a parameter that is missing or of the wrong type is a 422 with a sentence that names it',
    run: (api) => {
      const reply = api.post(`/lists/${companies}/list-entries`, { entity_id: 'first' });
      refused(reply, 422);
      expect(reply.text).toContain('entity_id');
    },
  },
  {
    rule: 'unknown-parameters-ignored',
    sentence: 'an unknown query parameter changes nothing',
    run: (api) =>
      expect(api.get('/persons?min_last_modified=2026-01-01').json?.persons).toEqual(api.get('/persons').json.persons),
  },
  {
    rule: 'limit-headers',
    sentence: 'every answer carries the six limit headers as whole numbers, refusals too',
    run: (api) => {
      for (const reply of [api.get('/lists'), api.get('/nowhere'), api.get('/lists/1')]) {
        for (const name of ['user', 'user-remaining', 'user-reset', 'org', 'org-remaining', 'org-reset']) {
          expect(String(reply.headers[`x-ratelimit-limit-${name}`])).toMatch(/^\d+$/);
        }
      }
    },
  },
  {
    rule: 'minute-limit',
    sentence: 'the 901st call of a user in a minute is a 429, another user goes on',
    run: (api) => {
      for (let call = 0; call < 900; call += 1) good(api.get('/auth/whoami'));
      refused(api.get('/auth/whoami'), 429);
      good(api.get('/auth/whoami', KEYS.colleague));
    },
  },
  {
    rule: 'month-limit',
    sentence: 'after the last call of the month every counted call is a 429 for all users',
    run: (api) => {
      api.control.setUsedInMonth(100_000);
      refused(api.get('/lists'), 429);
      refused(api.get('/lists', KEYS.colleague), 429);
    },
  },
  {
    rule: 'account-calls-are-free',
    sentence: 'whoami and rate limit do not count against the month and still answer at its end',
    run: (api) => {
      api.get('/auth/whoami');
      expect(api.get('/rate-limit').json.rate.org_monthly.used).toBe(0);
      api.control.setUsedInMonth(100_000);
      good(api.get('/auth/whoami'));
    },
  },
];

const lists: readonly RuleCase[] = [
  {
    rule: 'lists-only-visible',
    sentence: 'a private list is listed for its owner and for those with a role on it only',
    run: (api) => {
      expect(ids(api.get('/lists').json)).toContain(watchlist);
      expect(ids(api.get('/lists', KEYS.colleague).json)).toContain(watchlist);
      expect(ids(api.get('/lists', KEYS.guest).json)).not.toContain(watchlist);
    },
  },
  {
    rule: 'hidden-list-refused',
    sentence: 'a private list, its entries, its fields and their values are a 403 without rights',
    run: (api) => {
      const entry = api.entries(watchlist)[0];
      refused(api.get(`/lists/${watchlist}`, KEYS.guest), 403);
      refused(api.get(`/lists/${watchlist}/list-entries`, KEYS.guest), 403);
      refused(api.get(`/fields?list_id=${watchlist}`, KEYS.guest), 403);
      refused(api.get(`/field-values?list_entry_id=${entry.id}`, KEYS.guest), 403);
      refused(api.remove(`/lists/${watchlist}/list-entries/${entry.id}`, KEYS.guest), 403);
    },
  },
  {
    rule: 'list-gives-own-fields',
    sentence: 'a list comes with its own fields and no global ones',
    run: (api) => {
      const { fields } = api.get(`/lists/${companies}`).json;
      expect(new Set(fields.map((field: { list_id: number }) => field.list_id))).toEqual(new Set([companies]));
    },
  },
  {
    rule: 'entries-bare-array-without-page-size',
    sentence: 'without page_size the entries come all at once, as an array',
    run: (api) => {
      const { json } = api.get(`/lists/${pipeline}/list-entries`);
      expect(Array.isArray(json) && json.length).toBe(60);
    },
  },
  {
    rule: 'entries-token-needs-page-size',
    sentence: 'a page_token without page_size is ignored: all entries come as an array',
    run: (api) => {
      const { next_page_token } = api.get(`/lists/${pipeline}/list-entries?page_size=10`).json;
      const { json } = api.get(`/lists/${pipeline}/list-entries?page_token=${encodeURIComponent(next_page_token)}`);
      expect(Array.isArray(json) && json.length).toBe(60);
    },
  },
  {
    rule: 'entry-belongs-to-list',
    sentence: 'an entry is found under its own list only',
    run: (api) => {
      const entry = api.entries(companies)[0];
      good(api.get(`/lists/${companies}/list-entries/${entry.id}`));
      refused(api.get(`/lists/${people}/list-entries/${entry.id}`), 404);
    },
  },
  {
    rule: 'entry-not-for-opportunities',
    sentence: 'an opportunity cannot be added to a list',
    run: (api) => {
      const { entity_id } = api.entries(pipeline)[0];
      refused(api.post(`/lists/${pipeline}/list-entries`, { entity_id }), 422);
      expect(api.entries(pipeline)).toHaveLength(60);
    },
  },
  {
    rule: 'entry-entity-exists',
    sentence: 'a list takes existing entities of its own type only',
    run: (api) => refused(api.post(`/lists/${people}/list-entries`, { entity_id: 999 }), 422),
  },
  {
    rule: 'entry-creator-is-internal',
    sentence: 'creator_id must be a person who can access Affinity',
    run: (api) => {
      const body = { entity_id: firstPerson(api), creator_id: firstPerson(api) };
      refused(api.post(`/lists/${people}/list-entries`, body), 422);
    },
  },
  {
    rule: 'entry-may-repeat-entity',
    sentence: 'the same entity can be added twice, each time as an entry of its own',
    run: (api) => {
      const body = { entity_id: firstPerson(api) };
      const before = api.entries(people).length;
      const first = api.post(`/lists/${people}/list-entries`, body);
      const second = api.post(`/lists/${people}/list-entries`, body);
      good(second);
      expect(second.json.id).not.toBe(first.json.id);
      expect(api.entries(people)).toHaveLength(before + 2);
    },
  },
  {
    rule: 'entry-removal-takes-values',
    sentence: 'removing an entry removes its list-specific values',
    run: (api) => {
      const entry = api.entries(companies)[0];
      const [value] = api.get(`/field-values?list_entry_id=${entry.id}`).json;
      expect(api.remove(`/lists/${companies}/list-entries/${entry.id}`).json).toEqual({ success: true });
      refused(api.put(`/field-values/${value.id}`, { value: value.value?.id ?? value.value }), 404);
    },
  },
  {
    rule: 'entry-removal-takes-opportunity',
    sentence: 'removing an entry of an opportunity list removes the opportunity',
    run: (api) => {
      const entry = api.entries(pipeline)[0];
      api.remove(`/lists/${pipeline}/list-entries/${entry.id}`);
      refused(api.get(`/field-values?opportunity_id=${entry.entity_id}`), 422);
    },
  },
];

const paging: readonly RuleCase[] = [
  {
    rule: 'token-tied-to-query',
    sentence: 'a page_token with another query is a 422 "Invalid page_token variable"',
    run: (api) => {
      const token = encodeURIComponent(api.get('/persons?term=a&page_size=2').json.next_page_token);
      good(api.get(`/persons?term=a&page_size=2&page_token=${token}`));
      for (const query of ['term=b&page_size=2', 'term=a&page_size=3', 'page_size=2']) {
        const reply = api.get(`/persons?${query}&page_token=${token}`);
        refused(reply, 422);
        expect(reply.json).toEqual(['Invalid page_token variable']);
      }
    },
  },
  {
    rule: 'page-size-within-bounds',
    sentence: 'a page_size of 0 or above 500 is a 422',
    run: (api) => {
      refused(api.get('/persons?page_size=501'), 422);
      refused(api.get('/organizations?page_size=0'), 422);
      good(api.get('/persons?page_size=500'));
    },
  },
  {
    rule: 'end-may-be-an-empty-page',
    sentence: 'the last filled page ends with null in one pull and with a token to an empty page in the next',
    run: (api) => {
      const pull = (): readonly number[] => {
        const sizes: number[] = [];
        let token: string | null = '';
        while (token !== null) {
          const at: string = token === '' ? '' : `&page_token=${encodeURIComponent(token)}`;
          const { json } = api.get(`/lists/${pipeline}/list-entries?page_size=25${at}`);
          sizes.push(json.list_entries.length);
          token = json.next_page_token;
        }
        return sizes;
      };
      expect([pull(), pull()]).toEqual([
        [25, 25, 10],
        [25, 25, 10, 0],
      ]);
    },
  },
];

interface FieldRow {
  readonly id: number;
  readonly name: string;
  readonly list_id: number | null;
  readonly value_type: number;
}

const fields: readonly RuleCase[] = [
  {
    rule: 'fields-of-list-only',
    sentence: "list_id gives that list's own fields and no global ones",
    run: (api) => {
      const rows: FieldRow[] = api.get(`/fields?list_id=${people}`).json;
      expect(rows.map((field) => field.list_id)).toEqual([people, people, people, people, people]);
    },
  },
  {
    rule: 'fields-by-value-type',
    sentence: 'value_type gives the fields of that type',
    run: (api) => {
      const rows: FieldRow[] = api.get('/fields?value_type=7').json;
      expect(new Set(rows.map((field) => field.value_type))).toEqual(new Set([7]));
    },
  },
  {
    rule: 'fields-by-entity-type',
    sentence: 'entity_type gives the global fields of that type and those of its lists',
    run: (api) => {
      const rows: FieldRow[] = api.get('/fields?entity_type=0').json;
      expect(new Set(rows.map((field) => field.list_id))).toEqual(new Set([null, people]));
    },
  },
  {
    rule: 'fields-with-modified-names',
    sentence: 'with_modified_names puts the name of the list before that of a list-specific field',
    run: (api) => {
      const rows: FieldRow[] = api.get('/fields?with_modified_names=true').json;
      expect(rows.find((field) => field.id === FIELDS.amount)?.name).toBe('[Deal Pipeline] Amount');
      expect(rows.find((field) => field.id === FIELDS.personAddress)?.name).toBe('Address');
    },
  },
  {
    rule: 'fields-without-options',
    sentence: 'exclude_dropdown_options leaves the options out',
    run: (api) => expect(api.get('/fields?exclude_dropdown_options=true').text).not.toContain('dropdown_options'),
  },
  {
    rule: 'fields-without-crunchbase',
    sentence: 'Crunchbase fields are not among the fields',
    run: (api) => expect(api.get('/fields').text).not.toContain('crunchbase'),
  },
  {
    rule: 'global-fields-only',
    sentence: 'the fields of persons and of organizations are the global ones',
    run: (api) => {
      for (const path of ['/persons/fields', '/organizations/fields']) {
        const rows: FieldRow[] = api.get(path).json;
        expect(new Set(rows.map((field) => field.list_id))).toEqual(new Set([null]));
      }
    },
  },
];

const reading: readonly RuleCase[] = [
  {
    rule: 'values-by-one-id',
    sentence: 'field values need exactly one of the four ids',
    run: (api) => {
      const entry = api.entries(pipeline)[0];
      refused(api.get('/field-values'), 422);
      refused(api.get(`/field-values?opportunity_id=${entry.entity_id}&list_entry_id=${entry.id}`), 422);
      good(api.get(`/field-values?list_entry_id=${entry.id}`));
    },
  },
  {
    rule: 'values-of-known-entity',
    sentence: 'the values of an unknown entity are a 422, those of a known one without values an empty array',
    run: (api) => {
      for (const id of ['person_id', 'organization_id', 'opportunity_id', 'list_entry_id']) {
        refused(api.get(`/field-values?${id}=7`), 422);
      }
      const entry = api.post(`/lists/${people}/list-entries`, { entity_id: firstPerson(api) }).json;
      expect(api.get(`/field-values?list_entry_id=${entry.id}`).json).toEqual([]);
    },
  },
  {
    rule: 'values-include-entries',
    sentence: "an entity's id gives its global values and those of all its list entries",
    run: (api) => {
      const [twice] = api.entries(companies); // the newest company entry repeats the oldest one's entity
      const values: { list_entry_id: number | null }[] = api.get(
        `/field-values?organization_id=${twice.entity_id}`,
      ).json;
      const entryIds = api
        .entries(companies)
        .filter((entry: { entity_id: number }) => entry.entity_id === twice.entity_id)
        .map((entry: { id: number }) => entry.id);
      expect(entryIds).toHaveLength(2);
      expect(new Set(values.map((value) => value.list_entry_id))).toEqual(new Set([null, ...entryIds]));
    },
  },
  {
    rule: 'values-of-hidden-lists-left-out',
    sentence: "an entity's values on a private list are shown to those with rights only",
    run: (api) => {
      const entry = api.entries(watchlist)[0];
      const path = `/field-values?organization_id=${entry.entity_id}`;
      const own = (rows: { list_entry_id: number | null }[]) => rows.some((value) => value.list_entry_id === entry.id);
      expect(own(api.get(path, KEYS.colleague).json)).toBe(true);
      expect(own(api.get(path, KEYS.guest).json)).toBe(false);
    },
  },
  {
    rule: 'crunchbase-values-null',
    sentence: 'Crunchbase values come as null',
    run: (api) => {
      const values = api
        .entries(companies)
        .flatMap((entry: { entity_id: number }) => api.get(`/field-values?organization_id=${entry.entity_id}`).json)
        .filter((value: { field_id: number }) => value.field_id === FIELDS.organizationTotalFunding);
      expect(new Set(values.map((value: { value: unknown }) => value.value))).toEqual(new Set([null]));
    },
  },
  {
    rule: 'date-is-pacific-midnight',
    sentence: 'a date reads as midnight Pacific in UTC: T08 in winter, T07 in summer',
    run: (api) => {
      const cell = api.emptyCell(FIELDS.closeDate);
      const created = api.post('/field-values', { ...cell, value: '2026-01-15' }).json;
      expect(created.value).toBe('2026-01-15T08:00:00.000Z');
      expect(api.put(`/field-values/${created.id}`, { value: '2026-07-15' }).json.value).toBe(
        '2026-07-15T07:00:00.000Z',
      );
    },
  },
];

const associations: readonly RuleCase[] = [
  {
    rule: 'enriched-field-is-read-only',
    sentence: 'a field that Affinity fills can be neither written, changed nor cleared',
    run: (api) => {
      const value = api
        .entries(companies)
        .flatMap((entry: { entity_id: number }) => api.get(`/field-values?organization_id=${entry.entity_id}`).json)
        .find((one: { field_id: number }) => one.field_id === FIELDS.organizationDescription);
      const body = { field_id: FIELDS.organizationDescription, entity_id: value.entity_id, value: 'mine' };
      refused(api.post('/field-values', body), 422);
      refused(api.put(`/field-values/${value.id}`, { value: 'mine' }), 422);
      refused(api.remove(`/field-values/${value.id}`), 422);
    },
  },
  {
    rule: 'list-field-needs-entry',
    sentence: 'a list-specific field needs list_entry_id besides entity_id',
    run: (api) => {
      const { field_id, entity_id } = api.emptyCell(FIELDS.amount);
      refused(api.post('/field-values', { field_id, entity_id, value: 5 }), 422);
    },
  },
  {
    rule: 'global-field-refuses-entry',
    sentence: 'a global field refuses list_entry_id',
    run: (api) => {
      const entry = api.entries(people)[0];
      const body = { field_id: FIELDS.personUseCase, entity_id: entry.entity_id, value: 'pilot' };
      refused(api.post('/field-values', { ...body, list_entry_id: entry.id }), 422);
      good(api.post('/field-values', body));
    },
  },
  {
    rule: 'entry-on-list-of-field',
    sentence: "the entry must be on the field's list",
    run: (api) => {
      const entry = api.entries(companies)[0];
      const body = { field_id: FIELDS.amount, entity_id: entry.entity_id, list_entry_id: entry.id, value: 5 };
      refused(api.post('/field-values', body), 422);
    },
  },
  {
    rule: 'entry-holds-entity',
    sentence: 'entity_id must be the entity of the entry',
    run: (api) => {
      const cell = api.emptyCell(FIELDS.amount);
      refused(api.post('/field-values', { ...cell, entity_id: cell.entity_id - 1, value: 5 }), 422);
    },
  },
  {
    rule: 'entity-fits-field',
    sentence: 'a global field takes entities of its own type only',
    run: (api) => {
      const { entity_id } = api.entries(pipeline)[0]; // the newest deal: no organization has an id as high
      refused(api.get(`/organizations/${entity_id}`), 404);
      refused(api.post('/field-values', { field_id: FIELDS.organizationUsers, entity_id, value: 5 }), 422);
    },
  },
  {
    rule: 'single-cell-takes-one-value',
    sentence: 'a second value in a single cell is refused, in a multiple one it is added',
    run: (api) => {
      const single = api.emptyCell(FIELDS.amount);
      good(api.post('/field-values', { ...single, value: 1 }));
      const multiple = api.emptyCell(FIELDS.themes);
      good(api.post('/field-values', { ...multiple, value: 'TRUE' }));
      good(api.post('/field-values', { ...multiple, value: '00123' }));
      refused(api.post('/field-values', { ...single, value: 2 }), 422);
    },
  },
  {
    rule: 'value-not-empty',
    sentence: 'null and the empty text are no values',
    run: (api) => {
      const cell = api.emptyCell(FIELDS.dealMemo);
      refused(api.post('/field-values', { ...cell, value: null }), 422);
      refused(api.post('/field-values', { ...cell, value: '' }), 422);
    },
  },
];

/** A case for a value type: what it takes, what it refuses. */
const takes = (
  rule: RuleName,
  sentence: string,
  fieldId: number,
  accepted: readonly unknown[],
  refusedValues: readonly unknown[],
): RuleCase => ({
  rule,
  sentence,
  run: (api) => {
    for (const value of refusedValues) {
      expect([value, api.post('/field-values', { ...api.emptyCell(fieldId), value }).status]).toEqual([value, 422]);
    }
    for (const value of accepted) {
      const created = api.post('/field-values', { ...api.emptyCell(fieldId), value });
      good(created);
      expect(api.put(`/field-values/${created.json.id}`, { value: refusedValues[0] }).status).toBe(422);
    }
  },
});

const values: readonly RuleCase[] = [
  takes(
    'number-takes-number',
    'a number field takes JSON numbers only',
    FIELDS.amount,
    [0, -1.5, 1e9],
    ['5', true, {}, [5]],
  ),
  takes('text-takes-text', 'a text field takes texts only', FIELDS.dealMemo, ['=1+1', ' '], [5, true, {}]),
  takes(
    'person-takes-known-id',
    'a person field takes ids of persons',
    FIELDS.leadPartner,
    [40_001],
    [1, '40001', 'Maya'],
  ),
  takes(
    'organization-takes-known-id',
    'an organization field takes ids of organizations',
    FIELDS.leadInvestor,
    [40_001],
    [1, '40001'],
  ),
  takes('dropdown-takes-text', 'a dropdown takes texts', FIELDS.nickname, ['new tag'], [5, {}]),
  takes(
    'dropdown-takes-known-option',
    'a dropdown with options takes their texts only',
    FIELDS.sector,
    ['SaaS'],
    ['saas', 'Space'],
  ),
  takes(
    'ranked-dropdown-takes-option-id',
    'a ranked dropdown takes the id of an option, not its text',
    FIELDS.status,
    [71_001],
    ['New', '71001', { id: 71_001 }],
  ),
  takes(
    'ranked-option-of-this-field',
    'a ranked dropdown takes its own options only',
    FIELDS.status,
    [71_002],
    [71_020, 9],
  ),
  takes(
    'date-takes-iso-text',
    'a date field takes ISO 8601 dates and date-times',
    FIELDS.closeDate,
    ['2026-03-01', '2026-03-01T12:00:00Z', '2026-03-01T12:00:00.000-08:00'],
    ['1/2/2026', '2026-02-30', '2026-13-01', 'tomorrow', 1_767_225_600_000],
  ),
  {
    rule: 'date-is-pacific-day',
    sentence: 'the day of a date-time is its Pacific day: midnight UTC is the day before',
    run: (api) => {
      const cell = api.emptyCell(FIELDS.closeDate);
      const created = api.post('/field-values', { ...cell, value: '2026-03-01T00:00:00Z' }).json;
      expect(created.value).toBe('2026-02-28T08:00:00.000Z');
      expect(api.put(`/field-values/${created.id}`, { value: '2026-03-01T12:00:00Z' }).json.value).toBe(
        '2026-03-01T08:00:00.000Z',
      );
    },
  },
  takes(
    'location-takes-object',
    'a location field takes an object of texts',
    FIELDS.headquarters,
    [{ city: 'Lagos' }, { street_address: null, city: 'Oslo', state: null, country: 'Norway' }],
    ['Oslo', 5, { city: 5 }],
  ),
];

const directory: readonly RuleCase[] = [
  {
    rule: 'search-matches-term',
    sentence: 'a term finds parts of names, e-mail addresses and domains',
    run: (api) => {
      const names = (path: string) => api.get(path).json.persons.map((one: { last_name: string }) => one.last_name);
      expect(names('/persons?term=lindq')).toContain('Lindqvist');
      expect(names('/persons?term=MAYA@')).toEqual(['Lindqvist']);
      expect(api.get('/organizations?term=no-such-firm').json.organizations).toEqual([]);
    },
  },
  {
    rule: 'search-rows-are-short',
    sentence: 'found persons come without organization_ids and list_entries',
    run: (api) => {
      const [row] = api.get('/persons?page_size=1').json.persons;
      expect(Object.keys(row)).toEqual(['id', 'type', 'first_name', 'last_name', 'primary_email', 'emails']);
      expect(api.get(`/persons/${row.id}`).json).toHaveProperty('organization_ids');
    },
  },
  {
    rule: 'term-finds-global-organizations',
    sentence: 'a term also finds global organizations that the team never met',
    run: (api) => {
      const names = (path: string) => api.get(path).json.organizations.map((one: { name: string }) => one.name);
      expect(names('/organizations?term=northwind')).toEqual(['Northwind Global Analytics']);
      expect(names('/organizations')).not.toContain('Northwind Global Analytics');
    },
  },
  {
    rule: 'interaction-dates-on-request',
    sentence: 'interaction dates come with with_interaction_dates only',
    run: (api) => {
      const path = `/persons/${firstPerson(api)}`;
      expect(Object.keys(api.get(`${path}?with_interaction_dates=true`).json.interaction_dates)).toHaveLength(7);
      expect(api.get(path).json).not.toHaveProperty('interaction_dates');
    },
  },
  {
    rule: 'opportunities-on-request',
    sentence: 'opportunity ids come with with_opportunities only',
    run: (api) => {
      const path = `/organizations/${firstOrganization(api)}`;
      expect(api.get(`${path}?with_opportunities=true`).json.opportunity_ids.length).toBeGreaterThan(0);
      expect(api.get(path).json).not.toHaveProperty('opportunity_ids');
    },
  },
  {
    rule: 'entries-of-hidden-lists-left-out',
    sentence: 'entries on a private list are shown to those with rights only',
    run: (api) => {
      const { entity_id, id } = api.entries(watchlist)[0];
      expect(ids(api.get(`/organizations/${entity_id}`).json.list_entries)).toContain(id);
      expect(ids(api.get(`/organizations/${entity_id}`, KEYS.guest).json.list_entries)).not.toContain(id);
    },
  },
  {
    rule: 'merged-record-named',
    sentence: 'a merged record answers 422 and names its survivor, wherever its id is used',
    run: (api) => {
      const [person, survivor] = mergedOf(api, 0);
      const [organization] = mergedOf(api, 1);
      const reply = api.get(`/persons/${person}`);
      refused(reply, 422);
      expect(reply.json).toEqual([`${person} no longer exists as it has been merged into ${survivor}`]);
      refused(api.get(`/organizations/${organization}`), 422);
      expect(api.get(`/field-values?person_id=${person}`).text).toContain('has been merged into');
      expect(api.post(`/lists/${people}/list-entries`, { entity_id: person }).text).toContain('has been merged into');
    },
  },
];

export const RULE_CASES: readonly RuleCase[] = [
  ...transport,
  ...lists,
  ...paging,
  ...fields,
  ...reading,
  ...associations,
  ...values,
  ...directory,
  ...RECORD_CASES,
  ...ACTIVITY_CASES,
  ...EVERYWHERE_CASES,
];
