/**
 * The datasets of persons, organizations and opportunities, page by page as the API searches them. Interaction dates come when they
 * are asked for, and then records without any interaction stay out. Source: official text, sections of the same names.
 */
import { flag, object, optional, text } from '../../api/codec';
import { PersonType } from '../../api/enums';
import { EntityType, type InteractionDates, type Opportunity, type Organization, type Person } from '../../api/records';
import { choiceScalar } from '../cells/choice';
import { instant, instantAt } from '../cells/instant';
import { organizationScalar, personScalar } from '../cells/reference';
import { multiple, single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import type { Value } from '../cells/value';
import { namedOpportunity, namedOrganization, namedPerson } from '../names';
import { as, longestWord } from '../search';
import type { Api, Dataset, Opening } from './dataset';
import {
  idsIn,
  partsOf,
  type RecordMaking,
  saidIf,
  sameText,
  searchEach,
  sent,
  textIn,
  textsIn,
} from './record-creation';
import { column, type RecordColumn, recordSource, required, typed } from './record-source';
import { domainOf, isDomain, isEmail } from './typed-naming';

export interface DirectoryWanted {
  /** What the table is called. */
  readonly title: string;
  /** Part of a name, an e-mail address or a domain. */
  readonly term?: string;
  readonly withDates?: boolean;
  /** Calendar days in the sheet's zone between which the last interaction was, both included. */
  readonly lastFrom?: string;
  readonly lastTo?: string;
}

const parameters = object({
  title: text,
  term: optional(text),
  withDates: optional(flag),
  lastFrom: optional(text),
  lastTo: optional(text),
});

const byAffinity = 'Affinity fills this column itself.';
const DAY_MS = 86_400_000;
/** Largest page. Source: official text, "Search for Persons". */
const RECORDS_PER_PAGE = 500;

/** The query that all pages share: a token is good for exactly that. */
const queryOf = ({ term, withDates, lastFrom, lastTo }: DirectoryWanted, { localTime }: Opening) => {
  const start = (day: string): number => instantAt(`${day}T00:00:00`, localTime);
  const after = lastTo === undefined ? null : new Date(Date.parse(lastTo) + DAY_MS).toISOString().slice(0, 10);
  return {
    page_size: RECORDS_PER_PAGE,
    ...(term === undefined ? {} : { term }),
    ...(withDates === true ? { with_interaction_dates: true } : {}),
    ...(lastFrom === undefined ? {} : { min_last_interaction_date: new Date(start(lastFrom)).toISOString() }),
    ...(after === null ? {} : { max_last_interaction_date: new Date(start(after) - 1).toISOString() }),
  };
};

const paged = (token: string | null) => (token === null ? {} : { page_token: token });

interface Dated {
  readonly interaction_dates?: InteractionDates | null;
}

const DATES = [
  ['first_email_date', 'First e-mail'],
  ['last_email_date', 'Last e-mail'],
  ['last_event_date', 'Last meeting'],
  ['next_event_date', 'Next meeting'],
  ['last_interaction_date', 'Last interaction'],
] as const;

const dateColumns = (withDates: boolean | undefined): readonly RecordColumn<Dated>[] =>
  withDates !== true
    ? []
    : DATES.map(([key, header]) =>
        column<Dated>(`dates.${key}`, header, instant, (record) => record.interaction_dates?.[key] ?? null, {
          locked: byAffinity,
        }),
      );

const texts = (value: Value): readonly string[] =>
  Array.isArray(value) ? value.map(String) : value === null ? [] : [String(value)];
const numbers = (value: Value): readonly number[] => texts(value).map(Number);
/** Only what was changed is sent. */
const changed = <T>(changes: ReadonlyMap<string, Value>, key: string, to: (value: Value) => T): T | undefined =>
  changes.has(key) ? to(changes.get(key) ?? null) : undefined;
type Making<R> = Pick<RecordMaking<R>, 'call' | 'alike' | 'isSame'>;

/** A person is told by an e-mail address, one without by the name. Parts are named as the API names them. */
export const personMaking = (api: Api): Making<Person> => ({
  call: (parts) =>
    api.prepare.persons.create({
      body: {
        first_name: String(parts.first_name),
        last_name: String(parts.last_name),
        emails: textsIn(parts, 'emails'),
      },
    }),
  alike: (wanted) =>
    searchEach(
      api,
      wanted.map((parts) => {
        const emails = textsIn(parts, 'emails');
        return emails.length > 0 ? emails : [longestWord(`${parts.first_name} ${parts.last_name}`)];
      }),
      (query) =>
        as(api.prepare.persons.search({ query }), (page) => ({ items: page.persons, next: page.next_page_token })),
    ),
  isSame: (parts, person) => {
    const emails = textsIn(parts, 'emails');
    return emails.length > 0
      ? person.emails.some((email) => emails.some((one) => sameText(one, email)))
      : sameText(namedPerson(person).name, `${parts.first_name} ${parts.last_name}`);
  },
});

/** An organization is told by its domain, one without by the name. */
export const organizationMaking = (api: Api): Making<Organization> => ({
  call: (parts) =>
    api.prepare.organizations.create({ body: sent({ name: String(parts.name), domain: textIn(parts, 'domain') }) }),
  alike: (wanted) =>
    searchEach(
      api,
      wanted.map((parts) => [String(parts.domain ?? parts.name)]),
      (query) =>
        as(api.prepare.organizations.search({ query }), (page) => ({
          items: page.organizations,
          next: page.next_page_token,
        })),
    ),
  isSame: (parts, { name, domain, domains }) =>
    parts.domain === undefined
      ? sameText(name ?? '', String(parts.name))
      : [domain, ...domains].some((one) => one !== null && domainOf(one) === parts.domain),
});

/** An opportunity is told by its name and its list. */
export const opportunityMaking = (api: Api): Making<Opportunity> => ({
  call: (parts) => {
    const links = { person_ids: idsIn(parts, 'person_ids'), organization_ids: idsIn(parts, 'organization_ids') };
    const body = { name: String(parts.name), list_id: Number(parts.list_id), ...links };
    // The text says that the answer is without them.
    return as(api.prepare.opportunities.create({ body }), (made) => ({ ...made, ...links }));
  },
  alike: (wanted) =>
    searchEach(
      api,
      wanted.map((parts) => [String(parts.name)]),
      (query) =>
        as(api.prepare.opportunities.search({ query }), (page) => ({
          items: page.opportunities,
          next: page.next_page_token,
        })),
    ),
  isSame: (parts, { name, list_entries }) =>
    sameText(name ?? '', String(parts.name)) && list_entries.some(({ list_id }) => list_id === parts.list_id),
});

export const persons: Dataset<DirectoryWanted> = {
  parameters,
  open(wanted, opening) {
    const { api } = opening;
    const parts = wanted.withDates === true ? { with_interaction_dates: true } : {};
    const columns: readonly RecordColumn<Person>[] = [
      column('person.first', 'First name', single(textScalar), (person) => person.first_name, typed),
      column('person.last', 'Last name', single(textScalar), (person) => person.last_name, typed),
      column('person.emails', 'E-mail addresses', multiple(textScalar), ({ emails }) => emails, typed),
      column('person.primary', 'Primary e-mail', single(textScalar), (person) => person.primary_email, {
        locked: 'The primary e-mail address is chosen by Affinity.',
      }),
      column(
        'person.type',
        'Colleague',
        single(choiceScalar({ [PersonType.external]: 'No', [PersonType.internal]: 'Yes' })),
        ({ type }) => type,
        { locked: byAffinity },
      ),
      ...dateColumns(wanted.withDates),
    ];
    return recordSource<Person>(
      {
        columns,
        keyOf: ({ id }) => String(id),
        entityOf: ({ id }) => `0:${id}`,
        titleOf: (person) => namedPerson(person).name,
        one: (key) => api.prepare.persons.get({ path: { person_id: Number(key) }, query: parts }),
        change: ({ id }, changes) =>
          api.prepare.persons.update({
            path: { person_id: id },
            body: sent({
              first_name: changed(changes, 'person.first', (value) => String(value ?? '')),
              last_name: changed(changes, 'person.last', (value) => String(value ?? '')),
              emails: changed(changes, 'person.emails', texts),
            }),
          }),
        removes: {
          warning: 'Their values and their rows on all lists go with them.',
          call: (key) => api.prepare.persons.remove({ path: { person_id: Number(key) } }),
        },
        making: {
          ...personMaking(api),
          noun: 'person',
          telling: ['person.last', 'person.emails'],
          wanted(row) {
            const [first, last] = [row.text('person.first'), row.text('person.last')];
            const emails = row.texts('person.emails');
            const [email] = emails;
            return {
              title: `${first} ${last}`,
              says: `the person ${first} ${last}${email === undefined ? '' : ` <${email}>`}`,
              parts: { first_name: first, last_name: last, emails },
              missing: [
                ...saidIf(first === '' || last === '', 'Write first and last name.'),
                ...emails.filter((one) => !isEmail(one)).map((one) => `“${one}” is not an e-mail address.`),
              ],
              ...(email === undefined ? {} : { strong: email.toLowerCase() }),
            };
          },
        },
        meet: (person) => opening.persons.add(namedPerson(person)),
      },
      {
        title: wanted.title,
        place: 'among these people',
        read: (token) => {
          const page = api.persons.search({ query: { ...queryOf(wanted, opening), ...paged(token) } });
          return { records: page.persons, next: page.next_page_token };
        },
        isCheap: true,
      },
      opening,
    );
  },
};

const GLOBAL = 'Affinity keeps this organization for all its customers: its name and domain can’t be changed.';

export const organizations: Dataset<DirectoryWanted> = {
  parameters,
  open(wanted, opening) {
    const { api } = opening;
    const parts = wanted.withDates === true ? { with_interaction_dates: true } : {};
    const columns: readonly RecordColumn<Organization>[] = [
      column('organization.name', 'Name', required(single(textScalar)), ({ name }) => name, typed),
      column('organization.domain', 'Domain', required(single(textScalar)), ({ domain }) => domain, typed),
      column('organization.domains', 'All domains', multiple(textScalar), ({ domains }) => domains, {
        locked: byAffinity,
      }),
      column('organization.global', 'Kept by Affinity', single(textScalar), (one) => (one.global ? 'Yes' : null), {
        locked: byAffinity,
      }),
      ...dateColumns(wanted.withDates),
    ];
    return recordSource<Organization>(
      {
        columns,
        keyOf: ({ id }) => String(id),
        entityOf: ({ id }) => `1:${id}`,
        titleOf: ({ name }) => name ?? '',
        one: (key) => api.prepare.organizations.get({ path: { organization_id: Number(key) }, query: parts }),
        locksOf: (one) =>
          new Map(one.global ? ['organization.name', 'organization.domain'].map((key) => [key, GLOBAL]) : []),
        change: ({ id }, changes) =>
          api.prepare.organizations.update({
            path: { organization_id: id },
            body: sent({
              name: changed(changes, 'organization.name', String),
              domain: changed(changes, 'organization.domain', String),
            }),
          }),
        removes: {
          warning:
            'Their values and their rows on all lists go with them. What Affinity keeps for all customers is refused.',
          call: (key) => api.prepare.organizations.remove({ path: { organization_id: Number(key) } }),
        },
        making: {
          ...organizationMaking(api),
          noun: 'organization',
          telling: ['organization.name', 'organization.domain'],
          wanted(row) {
            const name = row.text('organization.name');
            const domain = domainOf(row.text('organization.domain'));
            return {
              title: name,
              says: `the organization ${name}${domain === '' ? '' : ` <${domain}>`}`,
              parts: partsOf({ name, domain: domain === '' ? null : domain }),
              missing: [
                ...saidIf(name === '', 'Write the name.'),
                ...saidIf(domain !== '' && !isDomain(domain), `“${domain}” is not a website such as acme.com.`),
              ],
              ...(domain === '' ? {} : { strong: domain }),
            };
          },
        },
        meet: (one) => opening.organizations.add(namedOrganization(one)),
      },
      {
        title: wanted.title,
        place: 'among these organizations',
        read: (token) => {
          const page = api.organizations.search({ query: { ...queryOf(wanted, opening), ...paged(token) } });
          return { records: page.organizations, next: page.next_page_token };
        },
        isCheap: true,
      },
      opening,
    );
  },
};

export const opportunities: Dataset<DirectoryWanted> = {
  parameters,
  open(wanted, opening) {
    const { api } = opening;
    const lists = api.lists.all().filter(({ type }) => type === EntityType.opportunity);
    const names = Object.fromEntries(lists.map(({ id, name }) => [id, name]));
    const columns: readonly RecordColumn<Opportunity>[] = [
      column('opportunity.name', 'Name', required(single(textScalar)), ({ name }) => name, typed),
      column('opportunity.persons', 'People', multiple(personScalar), (one) => one.person_ids, typed),
      column(
        'opportunity.organizations',
        'Organizations',
        multiple(organizationScalar),
        (one) => one.organization_ids,
        typed,
      ),
      column('opportunity.list', 'List', single(choiceScalar(names)), (one) => one.list_entries[0]?.list_id ?? null, {
        locked: 'An opportunity stays on its list.',
        ...typed,
      }),
    ];
    const { term } = wanted;
    return recordSource<Opportunity>(
      {
        columns,
        keyOf: ({ id }) => String(id),
        entityOf: ({ id }) => `8:${id}`,
        titleOf: ({ name }) => name ?? '',
        one: (key) => api.prepare.opportunities.get({ path: { opportunity_id: Number(key) } }),
        change: ({ id }, changes) =>
          api.prepare.opportunities.update({
            path: { opportunity_id: id },
            body: sent({
              name: changed(changes, 'opportunity.name', String),
              person_ids: changed(changes, 'opportunity.persons', numbers),
              organization_ids: changed(changes, 'opportunity.organizations', numbers),
            }),
          }),
        removes: {
          warning: 'Their rows on the list and all their values go with them.',
          call: (key) => api.prepare.opportunities.remove({ path: { opportunity_id: Number(key) } }),
        },
        making: {
          ...opportunityMaking(api),
          noun: 'opportunity',
          telling: ['opportunity.name'],
          wanted(row) {
            const name = row.text('opportunity.name');
            const list = row.number('opportunity.list');
            return {
              title: name,
              says: `the opportunity ${name} on “${names[list ?? ''] ?? ''}”`,
              parts: partsOf({
                name,
                list_id: list,
                person_ids: row.ids('opportunity.persons'),
                organization_ids: row.ids('opportunity.organizations'),
              }),
              missing: [
                ...saidIf(name === '', 'Write the name.'),
                ...saidIf(list === null, 'Write on which list it is to be.'),
              ],
            };
          },
        },
        meet: (one) => opening.opportunities.add(namedOpportunity(one)),
      },
      {
        title: wanted.title,
        place: 'among these opportunities',
        read: (token) => {
          const page = api.opportunities.search({
            query: { page_size: RECORDS_PER_PAGE, ...(term === undefined ? {} : { term }), ...paged(token) },
          });
          return { records: page.opportunities, next: page.next_page_token };
        },
        isCheap: true,
      },
      opening,
    );
  },
};
