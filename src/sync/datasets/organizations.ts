/** The dataset of organizations. Source: official text, "Organizations". */
import type { Organization } from '../../api/records';
import { multiple, single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import { namedOrganization } from '../names';
import { as } from '../search';
import type { Api, Dataset, Opening } from './dataset';
import { byAffinity, changed, type DirectoryWanted, dateColumns, paged, parameters, queryOf } from './directory';
import { partsOf, type RecordMaking, saidIf, sameText, searchEach, sent, textIn } from './record-creation';
import { column, type RecordColumn, type RecordKind, recordSource, required, typed } from './record-source';
import { domainOf, isDomain } from './typed-naming';

const GLOBAL = 'Affinity keeps this organization for all its customers: its name and domain can’t be changed.';

const columnsOf = (withDates: boolean | undefined): readonly RecordColumn<Organization>[] => [
  column('organization.name', 'Name', required(single(textScalar)), ({ name }) => name, typed),
  column('organization.domain', 'Domain', required(single(textScalar)), ({ domain }) => domain, typed),
  column('organization.domains', 'All domains', multiple(textScalar), ({ domains }) => domains, {
    locked: byAffinity,
  }),
  column('organization.global', 'Kept by Affinity', single(textScalar), (one) => (one.global ? 'Yes' : null), {
    locked: byAffinity,
  }),
  ...dateColumns(withDates),
];

/** An organization is told by its domain, one without by the name. */
export const organizationMaking = (api: Api): Pick<RecordMaking<Organization>, 'call' | 'alike' | 'isSame'> => ({
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

const creationOf = (api: Api): RecordMaking<Organization> => ({
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
});

const kindOf = ({ withDates }: DirectoryWanted, opening: Opening): RecordKind<Organization> => {
  const { api } = opening;
  const parts = withDates === true ? { with_interaction_dates: true } : {};
  return {
    columns: columnsOf(withDates),
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
    making: creationOf(api),
    meet: (one) => opening.organizations.add(namedOrganization(one)),
  };
};

export const organizations: Dataset<DirectoryWanted> = {
  parameters,
  open: (wanted, opening) =>
    recordSource(
      kindOf(wanted, opening),
      {
        title: wanted.title,
        place: 'among these organizations',
        read: (token) => {
          const page = opening.api.organizations.search({ query: { ...queryOf(wanted, opening), ...paged(token) } });
          return { records: page.organizations, next: page.next_page_token };
        },
        isCheap: true,
      },
      opening,
    ),
};
