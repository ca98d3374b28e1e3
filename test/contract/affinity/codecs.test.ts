/** Answers of the shapes that the official text and recordings show, with strings of our own, through the product's codecs. */
import { DecodeError } from '../../../src/api/codec';
import { affinity } from '../../../src/api/table';

const person = {
  id: 38706,
  type: 0,
  first_name: 'Ada',
  last_name: 'Moreau',
  primary_email: 'ada@firm.example',
  emails: ['ada@firm.example', 'am@alumni.example'],
};
const shortField = { id: 1625, name: 'Stage', value_type: 7, allows_multiple: false, dropdown_options: [] };

describe('lists', () => {
  test('an array of lists without creator_id, as the text shows', () => {
    const row = { id: 450, type: 0, name: 'Friends', public: true, owner_id: 38706, list_size: 67 };
    expect(affinity.lists.all.response.decode([row], 'response')).toEqual([row]);
  });

  test('a list with creator_id and permissions, as the resource shows', () => {
    const row = { id: 450, type: 8, name: 'Deals', public: false, owner_id: 1, creator_id: 2, list_size: 0 };
    const raw = { ...row, additional_permissions: [{ internal_person_id: 1, role_id: 0 }] };
    expect(affinity.lists.all.response.decode([raw], 'response')).toEqual([row]);
  });

  test('one list with its fields in the short form: list_id, source and tracking are absent', () => {
    const raw = { id: 450, type: 0, name: 'Friends', public: true, owner_id: 1, list_size: 2, fields: [shortField] };
    expect(affinity.lists.get.response.decode(raw, 'response').fields).toEqual([
      { ...shortField, list_id: null, enrichment_source: null, track_changes: false },
    ]);
  });

  test('a list of a type that is not documented is refused by path', () => {
    const raw = [{ id: 450, type: 2, name: 'Deals', public: true, owner_id: 1, list_size: 0 }];
    expect(() => affinity.lists.all.response.decode(raw, 'response')).toThrow(
      'response[0].type: expected one of 0, 1, 8',
    );
  });
});

describe('list entries', () => {
  const entry = {
    id: 64608,
    list_id: 450,
    creator_id: 287843,
    entity_id: 62034,
    created_at: '2017-05-04T10:44:31.525-08:00',
  };
  const { id: _id, ...entityWithoutId } = person;

  test('a bare array and an object of a page decode to the same page', () => {
    const bare = affinity.listEntries.page.response.decode([{ ...entry, entity: entityWithoutId }], 'response');
    const paged = affinity.listEntries.page.response.decode(
      { list_entries: [{ ...entry, entity: entityWithoutId }], next_page_token: null },
      'response',
    );
    expect(bare).toEqual(paged);
    expect(bare.list_entries[0]?.entity.first_name).toBe('Ada');
  });

  test('a page whose next_page_token is absent is the last one', () => {
    expect(affinity.listEntries.page.response.decode({ list_entries: [] }, 'response').next_page_token).toBeNull();
  });

  test('an organization whose domain is null', () => {
    const entity = { id: 7, name: 'Acorn', domain: null, domains: [], crunchbase_uuid: null, global: false };
    const { entity: decoded } = affinity.listEntries.get.response.decode(
      { ...entry, entity_type: 1, entity },
      'response',
    );
    expect(decoded).toMatchObject({ name: 'Acorn', domain: null, domains: [], global: false });
  });

  test('an opportunity with id and name only', () => {
    const decoded = affinity.listEntries.get.response.decode(
      { ...entry, entity_type: 8, entity: { id: 7133202, name: 'Acorn – Seed' } },
      'response',
    );
    expect(decoded.entity).toMatchObject({ id: 7133202, name: 'Acorn – Seed' });
  });
});

describe('fields and field values', () => {
  test('a plain dropdown with options, which the text denies', () => {
    const options = [{ id: 9, text: 'Fintech', rank: 0, color: 0 }];
    const raw = { ...shortField, list_id: 11, enrichment_source: 'none', value_type: 2, track_changes: false };
    const [decoded] = affinity.fields.all.response.decode([{ ...raw, dropdown_options: options }], 'response');
    expect(decoded?.dropdown_options).toEqual(options);
  });

  test('a value type that is not documented passes through', () => {
    const [decoded] = affinity.fields.all.response.decode([{ ...shortField, value_type: 10 }], 'response');
    expect(decoded?.value_type).toBe(10);
  });

  test.each([
    ['a location', { city: 'Lyon', state: null, country: 'France', continent: null, street_address: null }],
    ['a text', 'Architect'],
    ['a number with a fraction', 5000.5],
    ['a ranked option', { id: 71, text: 'Low', rank: 1, color: 4 }],
    ['null, as Crunchbase fields have', null],
  ])('a value that is %s', (_name, value) => {
    const raw = {
      id: 2634897436,
      field_id: 337,
      list_entry_id: null,
      entity_id: 38706,
      created_at: '2022-10-04T08:54:24.694-04:00',
      updated_at: null,
      value,
    };
    expect(affinity.fieldValues.list.response.decode([raw], 'response')[0]?.value).toEqual(value);
  });

  test('a value without timestamps and with types, as the use case shows', () => {
    const raw = {
      id: 2448594830,
      field_id: 61223,
      list_entry_id: 37605676,
      entity_type: 0,
      value_type: 3,
      entity_id: 7133202,
      value: 5000,
    };
    expect(affinity.fieldValues.list.response.decode([raw], 'response')[0]).toMatchObject({
      created_at: null,
      updated_at: null,
    });
  });

  test('a removal that did not succeed is no success', () => {
    expect(affinity.fieldValues.remove.response.decode({ success: true }, 'response')).toBe(true);
    expect(() => affinity.fieldValues.remove.response.decode({ success: false }, 'response')).toThrow(DecodeError);
  });
});

describe('persons and organizations', () => {
  test('a page of persons with a token', () => {
    const page = affinity.persons.search.response.decode(
      { persons: [person], next_page_token: 'bmV4dA==' },
      'response',
    );
    expect(page).toEqual({ persons: [person], next_page_token: 'bmV4dA==' });
  });

  test('a full person comes with its parts', () => {
    const raw = {
      ...person,
      organization_ids: [1],
      opportunity_ids: [4],
      current_organization_ids: [1],
      list_entries: [],
    };
    expect(affinity.persons.get.response.decode(raw, 'response')).toEqual(raw);
  });

  test('an organization without crunchbase_uuid, as the text shows', () => {
    const raw = { id: 64779194, name: 'Acorn', domain: 'acorn.example', domains: ['acorn.example'], global: false };
    const page = affinity.organizations.search.response.decode(
      { organizations: [raw], next_page_token: null },
      'response',
    );
    expect(page.organizations).toEqual([raw]);
  });
});

describe('account', () => {
  test('whoami in camel case', () => {
    const raw = {
      tenant: { id: 1, name: 'Acorn', subdomain: 'acorn' },
      user: { id: 2, firstName: 'Ada', lastName: 'Moreau', email: 'ada@firm.example' },
      grant: { type: 'api_key', scope: 'external_api', createdAt: '2020-12-14T09:00:00.000-05:00' },
    };
    expect(affinity.account.whoami.response.decode(raw, 'response')).toMatchObject({
      user: { id: 2, firstName: 'Ada' },
    });
  });

  test('limits as numbers, and "unlimited" as null', () => {
    const minute = { limit: 900, remaining: 900, reset: 0, used: 0 };
    const month = { limit: 'unlimited', remaining: 'unlimited', reset: 2124845, used: 7 };
    const decoded = affinity.account.rateLimit.response.decode(
      { rate: { org_monthly: month, api_key_per_minute: minute } },
      'response',
    );
    expect(decoded.rate.org_monthly).toMatchObject({ limit: null, remaining: null, used: 7 });
    expect(decoded.rate.api_key_per_minute).toEqual(minute);
  });
});

test('no two rows share method and path, each row names its section of the text', () => {
  const rows = Object.values(affinity).flatMap((resource) => Object.values(resource));
  const patterns = rows.map((row) => `${row.method} ${row.path.replace(/\{\w+\}/g, '{}')}`);
  expect(new Set(patterns).size).toBe(patterns.length);
  expect(rows.every((row) => row.doc.length > 0)).toBe(true);
});
