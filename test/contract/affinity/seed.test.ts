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
