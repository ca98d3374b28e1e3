/** The dataset of persons. Source: official text, "Persons". */
import { PersonType } from '../../api/enums';
import type { Person } from '../../api/records';
import { choiceScalar } from '../cells/choice';
import { multiple, single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import { namedPerson } from '../names';
import { as, longestWord } from '../search';
import type { Api, Dataset, Opening } from './dataset';
import { byAffinity, changed, type DirectoryWanted, dateColumns, paged, parameters, queryOf, texts } from './directory';
import { type RecordMaking, saidIf, sameText, searchEach, sent, textsIn } from './record-creation';
import { column, type RecordColumn, type RecordKind, recordSource, typed } from './record-source';
import { isEmail } from './typed-naming';

const columnsOf = (withDates: boolean | undefined): readonly RecordColumn<Person>[] => [
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
  ...dateColumns(withDates),
];

/** A person is told by an e-mail address, one without by the name. Parts are named as the API names them. */
export const personMaking = (api: Api): Pick<RecordMaking<Person>, 'call' | 'alike' | 'isSame'> => ({
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

const creationOf = (api: Api): RecordMaking<Person> => ({
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
});

const kindOf = ({ withDates }: DirectoryWanted, opening: Opening): RecordKind<Person> => {
  const { api } = opening;
  const parts = withDates === true ? { with_interaction_dates: true } : {};
  return {
    columns: columnsOf(withDates),
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
    making: creationOf(api),
    meet: (person) => opening.persons.add(namedPerson(person)),
  };
};

export const persons: Dataset<DirectoryWanted> = {
  parameters,
  open: (wanted, opening) =>
    recordSource(
      kindOf(wanted, opening),
      {
        title: wanted.title,
        place: 'among these people',
        read: (token) => {
          const page = opening.api.persons.search({ query: { ...queryOf(wanted, opening), ...paged(token) } });
          return { records: page.persons, next: page.next_page_token };
        },
        isCheap: true,
      },
      opening,
    ),
};
