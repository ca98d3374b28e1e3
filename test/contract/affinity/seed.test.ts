/** The seeded firm: the same for the same seed, of the wanted size, valid cell by cell, and as nasty as it claims to be. */

import { SEED_NOW } from '../../../local/affinity';
import { ValueType } from '../../../src/api/records';
import { affinity as table } from '../../../src/api/table';
import { KEYS, LIST_IDS, startApi } from './api';

interface Value {
  readonly id: number;
  readonly field_id: number;
  readonly list_entry_id: number | null;
  readonly created_at: string;
  readonly updated_at: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: a value's type follows from its field
  readonly value: any;
}

const LISTS = Object.values(LIST_IDS);

/** Everything that the API tells about a firm of a certain size. */
const everything = (options: Parameters<typeof startApi>[0]) => {
  const api = startApi({ quota: { perMinute: 1e9 }, ...options });
  const entries = LISTS.flatMap((list) => api.entries(list));
  const values: Value[] = entries.flatMap((entry) => api.get(`/field-values?list_entry_id=${entry.id}`).json);
  const persons = api.get('/persons').json.persons;
  const organizations = api.get('/organizations').json.organizations;
  const ofEntities = (kind: string, rows: { id: number }[]): Value[] =>
    rows
      .flatMap((row) => api.get(`/field-values?${kind}=${row.id}`).json)
      .filter((value) => value.list_entry_id === null);
  const globals = [...ofEntities('person_id', persons), ...ofEntities('organization_id', organizations)];
  return {
    api,
    lists: api.get('/lists').json,
    fields: api.get('/fields').json,
    entries,
    values,
    persons,
    organizations,
    globals,
  };
};

const firm = everything({ entries: 137 });
const all = [...firm.values, ...firm.globals];
const fieldById = new Map([...firm.api.affinity.world.fields.values()].map((field) => [field.id, field]));

describe('the same seed', () => {
  const { api: _api, ...told } = firm;

  test('gives the same firm, value by value', () => {
    const { api: _other, ...again } = everything({ entries: 137 });
    expect(again).toEqual(told);
  });

  test('gives the same values in whatever order one looks', () => {
    const api = startApi({ entries: 137 });
    const backwards = [...firm.entries].reverse().slice(0, 50);
    for (const entry of backwards) {
      const values = api.get(`/field-values?list_entry_id=${entry.id}`).json;
      expect(values).toEqual(firm.values.filter((value) => value.list_entry_id === entry.id));
    }
  });

  test('another seed gives other values', () => {
    const { values } = everything({ entries: 137, seed: 'southlight' });
    expect(values.map((one) => one.value)).not.toEqual(firm.values.map((one) => one.value));
  });
});

describe('the size', () => {
  test.each([0, 1, 2, 137, 1000])(
    '%i entries are exactly as many on the pipeline, and in proportion elsewhere',
    (entries) => {
      const api = startApi({ entries });
      const sizes = api.get('/lists').json.map((list: { id: number; list_size: number }) => [list.id, list.list_size]);
      expect(Object.fromEntries(sizes)).toEqual({
        [LIST_IDS.pipeline]: entries,
        [LIST_IDS.companies]: Math.round(entries * 0.6),
        [LIST_IDS.people]: Math.round(entries * 0.45),
        [LIST_IDS.watchlist]: Math.round(entries * 0.1),
      });
    },
  );

  test('100,000 entries start in seconds', () => {
    const begin = Date.now();
    const api = startApi({ entries: 100_000 });
    expect(api.get(`/lists/${LIST_IDS.pipeline}/list-entries?page_size=1`).json.list_entries).toHaveLength(1);
    expect(Date.now() - begin).toBeLessThan(10_000);
  });
});

describe('what people did', () => {
  const api = startApi({ entries: 137, quota: { perMinute: 1e9 } });
  const all = (path: string, key: string) => api.get(path).json[key];
  const { world } = api.affinity;

  test('is the same for the same seed, and another for another', () => {
    const told = (seed: string) => {
      const other = startApi({ entries: 137, seed });
      return ['/notes', '/reminders', '/entity-files', '/webhook', '/field-value-changes?field_id=61223'].map(
        (path) => other.get(path).json,
      );
    };
    expect(told('northlight')).toEqual(told('northlight'));
    expect(told('northlight')).not.toEqual(told('southlight'));
  });

  test('has notes of every kind: plain, HTML, from e-mails, summaries, replies, on meetings, with mentions', () => {
    const notes: { type: number; parent_id: number | null; is_meeting: boolean; mentioned_person_ids: number[] }[] =
      all('/notes', 'notes');
    expect(new Set(notes.map((note) => note.type))).toEqual(new Set([0, 1, 2, 3]));
    expect(notes.some((note) => note.parent_id !== null)).toBe(true);
    expect(notes.some((note) => note.is_meeting)).toBe(true);
    expect(notes.some((note) => note.mentioned_person_ids.length > 0)).toBe(true);
  });

  test('has reminders one-time and recurring, completed, active and overdue', () => {
    const reminders: { type: number; status: number }[] = all('/reminders', 'reminders');
    const kinds = new Set(reminders.map(({ type, status }) => `${type} ${status}`));
    expect([...kinds].sort()).toEqual(['0 0', '0 1', '0 2', '1 1', '1 2']);
  });

  test('has meetings, calls, chats and e-mails over several years, with internal and external persons', () => {
    const made = [...world.persons.keys()].flatMap((id) => world.interactions.of(id));
    expect(new Set(made.map((one) => one.type))).toEqual(new Set([0, 1, 2, 3]));
    const years = new Set(made.map((one) => new Date(one.date).getUTCFullYear()));
    expect(years.size).toBeGreaterThanOrEqual(4);
    for (const one of made) {
      const types = new Set(one.person_ids.map((id) => world.persons.get(id)?.type));
      expect(types).toEqual(new Set([0, 1]));
    }
    const keys = new Set(made.map(({ type, id }) => `${type} ${id}`));
    const ids = new Set(made.map(({ id }) => id));
    expect(ids.size).toBeLessThan(keys.size); // an id alone does not tell an interaction
  });

  test('has interaction dates that are those of the interactions', () => {
    for (const person of all('/persons?with_interaction_dates=true', 'persons')) {
      const past = world.interactions.of(person.id).filter((one) => one.date <= SEED_NOW);
      const latest = Math.max(...past.map((one) => one.date));
      const told = person.interaction_dates.last_interaction_date;
      expect([person.id, told === null ? null : Date.parse(told)]).toEqual([
        person.id,
        past.length === 0 ? null : latest,
      ]);
    }
  });

  test('has a history of stages that moves forward and back and ends at what the cell holds', () => {
    const steps: { list_entry_id: number; action_type: number; changed_at: string; value: { rank: number } }[] =
      api.get('/field-value-changes?field_id=61223&order_by=asc').json;
    let forward = 0;
    let back = 0;
    for (const entry of api.entries(LIST_IDS.pipeline)) {
      const own = steps.filter((step) => step.list_entry_id === entry.id);
      const ranks = own.map((step) => step.value.rank);
      forward += ranks.filter((rank, index) => index > 0 && rank > (ranks[index - 1] ?? 0)).length;
      back += ranks.filter((rank, index) => index > 0 && rank < (ranks[index - 1] ?? 0)).length;
      const cell = api
        .get(`/field-values?list_entry_id=${entry.id}`)
        .json.find((one: Value) => one.field_id === 61_223);
      expect(ranks.at(-1)).toBe(cell?.value.rank);
      expect(own.map((step) => step.action_type)).toEqual(own.map((_step, index) => (index === 0 ? 0 : 2)));
    }
    expect(back).toBeGreaterThan(0);
    expect(forward).toBeGreaterThan(back);
  });

  test('names only what exists', () => {
    for (const note of world.notes.all()) {
      expect([...note.person_ids, note.creator_id].every((id) => world.persons.has(id))).toBe(true);
      expect(note.organization_ids.every((id) => world.organizations.has(id))).toBe(true);
      expect(note.opportunity_ids.every((id) => world.opportunities.has(id))).toBe(true);
      if (note.parent_id !== null) expect(world.notes.get(note.parent_id)?.parent_id).toBeNull();
      if (note.interaction !== null)
        expect(world.interactions.find(note.interaction.type, note.interaction.id)).toBeDefined();
    }
  });

  test('is there in a firm of any size, and in one of 100,000 within seconds', () => {
    for (const entries of [0, 1, 100_000]) {
      const begin = Date.now();
      const firmOf = startApi({ entries });
      for (const path of ['/notes', '/reminders', '/entity-files'])
        expect(firmOf.get(`${path}?page_size=5`).status).toBe(200);
      const { id } = firmOf.get('/persons?page_size=100').json.persons[50] ?? { id: 40_020 };
      expect(firmOf.get(`/interactions?type=3&person_id=${id}&start_time=2025-08-01&end_time=2026-07-01`).status).toBe(
        200,
      );
      expect(Date.now() - begin).toBeLessThan(10_000);
    }
  });
});

describe('every cell', () => {
  test('decodes through the codecs', () => {
    expect(table.fieldValues.list.response.decode(all, 'values')).toHaveLength(all.length);
    expect(table.fields.all.response.decode(firm.fields, 'fields').length).toBeGreaterThan(40);
    table.persons.search.response.decode({ persons: firm.persons, next_page_token: null }, 'persons');
    table.organizations.search.response.decode(
      { organizations: firm.organizations, next_page_token: null },
      'organizations',
    );
  });

  test('has the type of its field', () => {
    const personIds = new Set(firm.persons.map((person: { id: number }) => person.id));
    const organizationIds = new Set(firm.organizations.map((organization: { id: number }) => organization.id));
    for (const value of all) {
      const field = fieldById.get(value.field_id);
      const fits = (): boolean => {
        if (field?.enrichment_source === 'crunchbase') return value.value === null;
        switch (field?.value_type) {
          case ValueType.person:
            return personIds.has(value.value);
          case ValueType.organization:
            return organizationIds.has(value.value);
          case ValueType.number:
            return typeof value.value === 'number';
          case ValueType.date:
            return /^\d{4}-\d\d-\d\dT0[78]:00:00\.000Z$/.test(value.value);
          case ValueType.location:
            return typeof value.value === 'object' && 'street_address' in value.value;
          case ValueType.rankedDropdown:
            return field.dropdown_options.some((option) => option.id === value.value.id);
          case ValueType.dropdown:
            return (
              field.dropdown_options.length === 0 || field.dropdown_options.some(({ text }) => text === value.value)
            );
          default:
            return typeof value.value === 'string' && value.value !== '';
        }
      };
      expect([field?.name, value.value, fits()]).toEqual([field?.name, value.value, true]);
    }
  });

  test('has an id of its own above 2^31, as entries have', () => {
    const ids = all.map((value) => value.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(Math.min(...ids, ...firm.entries.map((entry) => entry.id))).toBeGreaterThan(2 ** 31);
  });

  test('of a single field has one value at most', () => {
    const filled = firm.values.filter((value) => fieldById.get(value.field_id)?.allows_multiple === false);
    const cells = filled.map((value) => `${value.field_id} ${value.list_entry_id}`);
    expect(new Set(cells).size).toBe(cells.length);
  });

  test('was written before the newest instant of the seed', () => {
    const latest = Math.max(
      ...all.flatMap((value) => [value.created_at, value.updated_at ?? value.created_at]).map(Date.parse),
    );
    expect(latest).toBeLessThanOrEqual(SEED_NOW);
  });
});

describe('the pipeline', () => {
  const fields = [...fieldById.values()].filter((field) => field.list_id === LIST_IDS.pipeline);

  test('has every value type, single and multiple where the type has both', () => {
    const kinds = new Set(fields.map((field) => `${field.value_type}${field.allows_multiple ? ' multiple' : ''}`));
    const both = [0, 1, 2, 3, 4, 5, 6].flatMap((type) => [`${type}`, `${type} multiple`]);
    expect([...both, '7'].filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test("has fields of the team's own only, and ranked dropdowns of four options or more", () => {
    expect(new Set(fields.map((field) => field.enrichment_source))).toEqual(new Set(['none']));
    const ranked = fields.filter((field) => field.value_type === ValueType.rankedDropdown);
    expect(ranked.map((field) => field.name)).toEqual(['Status', 'Priority']);
    expect(Math.min(...ranked.map((field) => field.dropdown_options.length))).toBeGreaterThanOrEqual(4);
  });

  test('is filled to between 60 and 100 per cent in every column', () => {
    for (const field of fields) {
      const owners = new Set(
        firm.values.filter((value) => value.field_id === field.id).map((value) => value.list_entry_id),
      );
      expect([field.name, owners.size / 137 >= 0.6 && owners.size <= 137]).toEqual([field.name, true]);
    }
  });
});

describe('the hostile parts', () => {
  const texts = all.map((value) => value.value).filter((value): value is string => typeof value === 'string');

  test.each([
    '=1+1',
    '-5%',
    '@import',
    "'quoted",
    '00123',
    '1e5',
    '12345678901234567890',
    '1/2',
    '2024-01-02',
    'TRUE',
    '#N/A',
    'two\nlines',
    '<script>alert(1)</script>',
    'AI; ML',
    '"Deep" Tech',
    '  leading and trailing  ',
  ])('the text %j is in a cell', (text) => expect(texts).toContain(text));

  test('a text of 5,000 characters is in a cell', () => {
    expect(Math.max(...texts.map((text) => text.length))).toBe(5000);
  });

  test('persons share a name, or have none', () => {
    const names = firm.persons.map(
      (person: { first_name: string; last_name: string }) => `${person.first_name} ${person.last_name}`,
    );
    expect(names.filter((name: string) => name === 'Anna Schmidt').length).toBeGreaterThanOrEqual(2);
    expect(names).toContain('null null');
  });

  test('an id means a person, an organization and an opportunity at once', () => {
    const { persons, organizations, opportunities } = firm.api.affinity.world;
    expect([...persons.keys()].some((id) => organizations.has(id) && opportunities.has(id))).toBe(true);
  });

  test('organizations lack a domain, are global, and one is on its list twice', () => {
    const { organizations } = firm;
    expect(organizations.some((one: { domain: string | null }) => one.domain === null)).toBe(true);
    expect(organizations.some((one: { global: boolean }) => one.global)).toBe(true);
    const onList = firm.api.entries(LIST_IDS.companies).map((entry: { entity_id: number }) => entry.entity_id);
    expect(onList.length - new Set(onList).size).toBe(1);
  });

  test('parts of locations are null', () => {
    const places = all
      .map((value) => value.value)
      .filter((value) => typeof value === 'object' && value !== null && 'city' in value);
    for (const part of ['street_address', 'city', 'state', 'continent']) {
      expect(places.some((place) => place[part] === null)).toBe(true);
    }
  });

  test('fields are not in the order of their ids', () => {
    const ids = firm.fields.map((field: { id: number }) => field.id);
    expect(ids).not.toEqual([...ids].sort((a, b) => a - b));
  });
});

test('the key that is given belongs to the admin', () => {
  const api = startApi({ adminKey: 'mine' });
  expect(api.get('/auth/whoami', 'mine').json.user.firstName).toBe('Maya');
  expect(api.get('/auth/whoami', KEYS.admin).status).toBe(401);
});
