/** The dataset of opportunities: none is made without its list. Source: official text, "Opportunities". */
import { EntityType, type Opportunity } from '../../api/records';
import { choiceScalar } from '../cells/choice';
import { organizationScalar, personScalar } from '../cells/reference';
import { multiple, single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import type { Value } from '../cells/value';
import { namedOpportunity } from '../names';
import { as } from '../search';
import type { Api, Dataset, Opening } from './dataset';
import { changed, type DirectoryWanted, paged, parameters, RECORDS_PER_PAGE, texts } from './directory';
import { idsIn, partsOf, type RecordMaking, saidIf, sameText, searchEach, sent } from './record-creation';
import { column, type RecordColumn, type RecordKind, recordSource, required, typed } from './record-source';

/** Names of the lists of opportunities, by their ids. */
type ListNames = Readonly<Record<string, string>>;

const numbers = (value: Value): readonly number[] => texts(value).map(Number);

const columnsOf = (names: ListNames): readonly RecordColumn<Opportunity>[] => [
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

/** An opportunity is told by its name and its list. */
export const opportunityMaking = (api: Api): Pick<RecordMaking<Opportunity>, 'call' | 'alike' | 'isSame'> => ({
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

const creationOf = (api: Api, names: ListNames): RecordMaking<Opportunity> => ({
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
});

const kindOf = (opening: Opening): RecordKind<Opportunity> => {
  const { api } = opening;
  const lists = api.lists.all().filter(({ type }) => type === EntityType.opportunity);
  const names = Object.fromEntries(lists.map(({ id, name }) => [id, name]));
  return {
    columns: columnsOf(names),
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
    making: creationOf(api, names),
    meet: (one) => opening.opportunities.add(namedOpportunity(one)),
  };
};

export const opportunities: Dataset<DirectoryWanted> = {
  parameters,
  open: (wanted, opening) =>
    recordSource(
      kindOf(opening),
      {
        title: wanted.title,
        place: 'among these opportunities',
        read: (token) => {
          const page = opening.api.opportunities.search({
            query: {
              page_size: RECORDS_PER_PAGE,
              ...(wanted.term === undefined ? {} : { term: wanted.term }),
              ...paged(token),
            },
          });
          return { records: page.opportunities, next: page.next_page_token };
        },
        isCheap: true,
      },
      opening,
    ),
};
