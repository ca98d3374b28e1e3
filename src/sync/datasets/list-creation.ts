/**
 * How rows of a list come to be and go: who is meant by what a person typed, the calls that make an entity and its list entry, and
 * how each is found again. An entity may be on a list more than once, so an entry is told by its entity and by being none of those
 * that were there before. Source: official text, "Create a New List Entry", "Create a New Opportunity".
 */
import type { PreparedCall } from '../../api/client';
import { EntityType, type NestedEntry, type Opportunity, type Organization, type Person } from '../../api/records';
import type { CellContext } from '../cells/codec';
import { single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import { createDirectory, type Named } from '../names';
import { answerOf, as, type Found, isAbsent, longestWord, namingCalls, type Page, searchAll } from '../search';
import type { Api, Candidate, Creates, Evidence, Made, Making, NamedRecord, NewRow, Opening, Removes } from './dataset';
import { ENTITY_WORD, entityIdOf, entityKeyOf, entityValues } from './list-entity';
import { linkValues, typedLinks } from './list-links';

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const same = (a: string, b: string): boolean => plain(a).toLowerCase() === plain(b).toLowerCase();

const nobody = createDirectory();
/** Texts need no names, numbers or zones to be read. */
const textOnly: CellContext = {
  decimal: '.',
  persons: nobody,
  organizations: nobody,
  opportunities: nobody,
  localTime: (instant) => new Date(instant).toISOString().slice(0, 19),
};

/** What stands in a naming cell, as text; a formula or a date is a problem. */
const typed = (row: NewRow, column: string): { readonly text: string; readonly problem?: string } => {
  const read = single(textScalar).fromCell(row.cells.get(column) ?? null, textOnly);
  if (!read.ok) return { text: '', problem: read.problem };
  return { text: plain(typeof read.value === 'string' ? read.value : '') };
};

/** `https://www.acme.com/about` and `acme.com` are one website. */
const domainOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#].*$/, '')
    .replace(/\.$/, '');

/** Domains that Affinity takes: no address, no underscore. Source: affinity-v1-facts, section 12. */
const isDomain = (text: string): boolean => /^[^\s@/_:]+\.[^\s@/_:.]+$/.test(text);
const isEmail = (text: string): boolean => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text);

/** What names a person or an organization in a row: a name and, where one was typed, the key that nobody else has. */
interface Wanted {
  readonly name: string;
  /** E-mail address or domain; '' for none. */
  readonly key: string;
  /** Why nothing can become of the row. */
  readonly problem?: string;
}

type TypedKind = typeof EntityType.person | typeof EntityType.organization;

const KEY_COLUMN = { [EntityType.person]: 'entity.email', [EntityType.organization]: 'entity.domain' } as const;

const wantedOf = (type: TypedKind, row: NewRow): Wanted => {
  const name = typed(row, 'entity.name');
  const typedKey = typed(row, KEY_COLUMN[type]);
  const label = /^(.*?)\s*<([^<>]+)>$/.exec(name.text);
  const text = typedKey.text === '' ? plain(label?.[2] ?? '') : typedKey.text;
  const isPerson = type === EntityType.person;
  const key = isPerson ? text.toLowerCase() : domainOf(text);
  const wanted = { name: label?.[1] ?? name.text, key };
  const problem =
    name.problem ??
    typedKey.problem ??
    (key === ''
      ? wanted.name === ''
        ? `Write the name of the ${ENTITY_WORD[type]}.`
        : undefined
      : (isPerson ? isEmail : isDomain)(key)
        ? undefined
        : `“${text}” is not ${isPerson ? 'an e-mail address' : 'a website such as acme.com'}.`);
  return problem === undefined ? wanted : { ...wanted, problem };
};

/** First and last name: before and after the last blank, or after and before a comma. Null where there is one word only. */
const splitName = (name: string): { readonly first: string; readonly last: string } | null => {
  const [last = '', first = '', ...rest] = name.split(',').map((part) => part.trim());
  if (rest.length === 0 && first !== '' && last !== '') return { first, last };
  const at = name.lastIndexOf(' ');
  return at < 0 || name.includes(',') ? null : { first: name.slice(0, at), last: name.slice(at + 1) };
};

/** A person's name as Affinity shows it, for comparison. */
const fullName = (name: string): string => {
  const split = splitName(name);
  return split === null ? name : `${split.first} ${split.last}`;
};

const termOf = (type: TypedKind, name: string): string => (type === EntityType.organization ? name : longestWord(name));

const labelOf = ({ id, name, keys }: Named): string => {
  const [key] = keys;
  if (key !== undefined) return name === '' ? key : `${name} <${key}>`;
  return `${name} #${id}`.trim();
};

const numberOf = (text: string): { readonly id: number; readonly name: string } | null => {
  const match = /^(.*?)\s*#(\d+)$/.exec(text);
  return match === null ? null : { id: Number(match[2]), name: match[1] ?? '' };
};

const isThis = (type: TypedKind, wanted: Wanted, { name, keys }: Named): boolean => {
  if (wanted.key !== '') return keys.some((key) => domainOrEmail(type, key) === wanted.key);
  return same(name, type === EntityType.person ? fullName(wanted.name) : wanted.name) || same(name, wanted.name);
};

const domainOrEmail = (type: TypedKind, key: string): string =>
  type === EntityType.organization ? domainOf(key) : key.toLowerCase();

const placesOf = (entries: readonly NestedEntry[]): string => {
  const lists = new Set(entries.map(({ list_id }) => list_id)).size;
  return lists === 0 ? 'on no list yet' : `on ${lists} ${lists === 1 ? 'list' : 'lists'}`;
};

type Entity = Pick<Person, 'id' | 'list_entries'> & Partial<Omit<Person, 'type'> & Organization>;

/** Persons and organizations: an entity that is found or made, and an entry made for it. */
const createsOfEntities = (type: TypedKind, listId: number, listName: string, api: Api): Creates => {
  const word = ENTITY_WORD[type];

  const read = (ids: readonly number[]): ReadonlyMap<number, Entity> => {
    const calls: readonly PreparedCall<Entity>[] = ids.map((id) =>
      type === EntityType.person
        ? api.prepare.persons.get({ path: { person_id: id } })
        : api.prepare.organizations.get({ path: { organization_id: id } }),
    );
    const found = new Map<number, Entity>();
    api.all(calls).forEach((outcome, index) => {
      if (!isAbsent(outcome)) found.set(ids[index] ?? 0, answerOf(outcome));
    });
    return found;
  };

  const search = (terms: readonly string[]) => searchAll(api, terms, namingCalls(api)[word].page);

  const entriesOf = (entity: Entity): readonly NestedEntry[] =>
    (entity.list_entries ?? []).filter(({ list_id }) => list_id === listId);

  const recordOf = (id: number, entryId: number, entity: Entity): NamedRecord => ({
    key: String(entryId),
    entity: entityKeyOf(type, id),
    values: new Map(entityValues(type, id, entity)),
  });

  const candidateOf = (named: Named, entity: Entity): Candidate => ({
    entity: entityKeyOf(type, named.id),
    label: labelOf(named),
    says: `the ${word} ${labelOf(named)}, ${placesOf(entity.list_entries ?? [])}`,
    records: entriesOf(entity).map(({ id }) => recordOf(named.id, id, entity)),
  });

  const creationOf = (wanted: Wanted, others: readonly Named[]): Evidence['creation'] => {
    const { name, key } = wanted;
    const split = splitName(name);
    if (name === '') return { problem: `Affinity has no ${word} ${key}. Write the name as well to create one.` };
    if (type === EntityType.person && split === null) {
      return { problem: `Affinity has no person called “${name}”. To create one, write first and last name.` };
    }
    const parts = split === null ? '' : ` (first name “${split.first}”, last name “${split.last}”)`;
    const alike =
      others.length === 0 ? '' : `. Affinity has another of this name: ${others.slice(0, 3).map(labelOf).join(', ')}`;
    const title = type === EntityType.person ? fullName(name) : name;
    return {
      says: `the ${word} ${key === '' ? title : `${title} <${key}>`}${type === EntityType.person ? parts : ''} and add it to “${listName}”${alike}`,
      identity: { strong: key === '' ? null : `${type}:${key}`, weak: `${type}:${plain(title).toLowerCase()}` },
    };
  };

  /** What a row may mean, judged by what the searches gave. */
  const meantBy = (wanted: Wanted, found: ReadonlyMap<string, Found<Named>>) => {
    const numbered = numberOf(wanted.name);
    const hits = (term: string): readonly Named[] => found.get(term)?.items ?? [];
    const byKey = wanted.key === '' ? [] : hits(wanted.key).filter((named) => isThis(type, wanted, named));
    const byName = hits(termOf(type, wanted.name)).filter((named) => isThis(type, { ...wanted, key: '' }, named));
    const byNumber = numbered === null ? [] : hits(termOf(type, numbered.name)).filter(({ id }) => id === numbered.id);
    const isCut = wanted.key === '' && found.get(termOf(type, wanted.name))?.isCut === true;
    const meant = wanted.key !== '' ? byKey : byName.length > 0 ? byName : byNumber;
    return { meant: [...new Map(meant.map((named) => [named.id, named])).values()], byName, isCut };
  };

  const termsOf = (wanted: Wanted): readonly string[] =>
    [wanted.key, termOf(type, wanted.name), termOf(type, numberOf(wanted.name)?.name ?? '')].filter(
      (term) => term !== '',
    );

  const firstOf = (row: NewRow, candidate: Candidate | null): Making => {
    const { name, key } = wantedOf(type, row);
    const title = name === '' ? key : name;
    if (candidate !== null) {
      const before = candidate.records.map((record) => Number(record.key));
      return { noun: 'list entry', title, parts: { entity: entityIdOf(candidate.entity), before } };
    }
    if (type === EntityType.organization) return { noun: word, title, parts: key === '' ? {} : { domain: key } };
    const { first, last } = splitName(name) ?? { first: name, last: '' };
    return { noun: word, title, parts: { first, last, ...(key === '' ? {} : { email: key }) } };
  };

  const findEntries = (makings: readonly Making[]): readonly (Made | null)[] => {
    const entities = read([...new Set(makings.map(({ parts }) => Number(parts.entity)))]);
    return makings.map(({ parts }) => {
      const id = Number(parts.entity);
      const before = new Set(parts.before as readonly number[]); // as `firstOf` and `next` write it
      const entity = entities.get(id);
      const [entry] = entity === undefined ? [] : entriesOf(entity).filter((one) => !before.has(one.id));
      if (entity === undefined || entry === undefined) return null;
      return { id: String(entry.id), record: recordOf(id, entry.id, entity) };
    });
  };

  const findEntities = (makings: readonly Making[]): readonly (Made | null)[] => {
    const wanted = makings.map(({ title, parts }): Wanted => {
      const key = String(parts.domain ?? parts.email ?? '');
      return { name: title, key };
    });
    const found = search(wanted.flatMap(termsOf));
    return wanted.map((one) => {
      const { meant } = meantBy(one, found);
      const newest = meant.reduce<Named | null>(
        (last, named) => (last === null || named.id > last.id ? named : last),
        null,
      );
      return newest === null ? null : { id: String(newest.id) };
    });
  };

  return {
    calls: 2,
    evidence(rows) {
      const wanted = rows.map((row) => ({ row, ...wantedOf(type, row) }));
      const found = search(wanted.flatMap((one) => (one.problem === undefined ? termsOf(one) : [])));
      const met = wanted.map((one) => ({ ...one, ...meantBy(one, found) }));
      const entities = read([...new Set(met.flatMap(({ meant }) => meant.map(({ id }) => id)))]);
      return met.map(({ row, problem, meant, isCut, byName, name, key }): Evidence => {
        if (problem !== undefined) return { row, candidates: [], creation: { problem } };
        const candidates = meant.flatMap((named) => {
          const entity = entities.get(named.id);
          return entity === undefined ? [] : [candidateOf(named, entity)];
        });
        const also = type === EntityType.person ? 'e-mail address' : 'website';
        const creation = isCut
          ? { problem: `Affinity has too many of the name “${name}” to tell who is meant. Write the ${also} as well.` }
          : creationOf({ name, key }, byName);
        return { row, candidates, creation };
      });
    },
    mayBe(row, record) {
      const wanted = wantedOf(type, row);
      if (wanted.problem !== undefined) return false;
      const key = record.values.get(KEY_COLUMN[type]);
      const name = record.values.get('entity.name');
      return (
        (wanted.key !== '' && typeof key === 'string' && domainOrEmail(type, key) === wanted.key) ||
        (typeof name === 'string' && (same(name, wanted.name) || same(name, fullName(wanted.name))))
      );
    },
    first: firstOf,
    call({ noun, title, parts }): PreparedCall<Made> {
      if (noun === 'list entry') {
        const body = { entity_id: Number(parts.entity) };
        return as(api.prepare.listEntries.create({ path: { list_id: listId }, body }), ({ id, entity_id, entity }) => {
          const values = new Map(entityValues(type, entity_id, entity));
          return { id: String(id), record: { key: String(id), entity: entityKeyOf(type, entity_id), values } };
        });
      }
      const emails = parts.email === undefined ? [] : [String(parts.email)];
      const made: PreparedCall<{ readonly id: number }> =
        type === EntityType.organization
          ? api.prepare.organizations.create({
              body: { name: title, ...(parts.domain === undefined ? {} : { domain: String(parts.domain) }) },
            })
          : api.prepare.persons.create({
              body: { first_name: String(parts.first), last_name: String(parts.last), emails },
            });
      return as(made, ({ id }) => ({ id: String(id) }));
    },
    next({ noun, title }, made) {
      return noun === 'list entry'
        ? null
        : { noun: 'list entry', title, parts: { entity: Number(made.id), before: [] } };
    },
    find(makings) {
      const isEntry = ({ noun }: Making): boolean => noun === 'list entry';
      const entries = [...findEntries(makings.filter(isEntry))];
      const entities = [...findEntities(makings.filter((making) => !isEntry(making)))];
      return makings.map((making) => (isEntry(making) ? entries : entities).shift() ?? null);
    },
  };
};

/** Opportunities: each lives on one list, and its entry is made with it. */
const createsOfOpportunities = (listId: number, listName: string, opening: Opening): Creates => {
  const { api, persons, organizations } = opening;
  const type = EntityType.opportunity;
  const linksOf = (row: NewRow) => typedLinks(row, { ...textOnly, persons, organizations });
  const search = (names: readonly string[]) => {
    const results = searchAll(api, names, (query) =>
      as(
        api.prepare.opportunities.search({ query }),
        ({ opportunities: items, next_page_token: next }): Page<Opportunity> => ({ items, next }),
      ),
    );
    return (name: string): readonly Opportunity[] =>
      (results.get(name)?.items ?? []).filter((one) => same(one.name ?? '', name));
  };
  const recordsOf = (one: Opportunity): readonly NamedRecord[] =>
    one.list_entries
      .filter(({ list_id }) => list_id === listId)
      .map(({ id }) => ({
        key: String(id),
        entity: entityKeyOf(type, one.id),
        values: new Map([...entityValues(type, one.id, one), ...linkValues(one)]),
      }));

  return {
    calls: 1,
    evidence(rows) {
      const names = rows.map((row) => ({ row, ...linksOf(row), ...typed(row, 'entity.name') }));
      const found = search(names.flatMap(({ text }) => (text === '' ? [] : [text])));
      return names.map(({ row, text, problem }): Evidence => {
        if (text === '') {
          return { row, candidates: [], creation: { problem: problem ?? 'Write the name of the opportunity.' } };
        }
        if (problem !== undefined) return { row, candidates: [], creation: { problem } };
        const records = found(text).flatMap(recordsOf);
        const weak = `${type}:${text.toLowerCase()}`;
        const candidate = { entity: weak, label: text, says: `the opportunity ${text}`, records };
        return {
          row,
          candidates: records.length === 0 ? [] : [candidate],
          creation: { says: `the opportunity ${text} on “${listName}”`, identity: { strong: null, weak } },
        };
      });
    },
    mayBe(row, record) {
      const theirs = record.values.get('entity.name');
      return typeof theirs === 'string' && same(theirs, typed(row, 'entity.name').text);
    },
    first(row, candidate) {
      const before = (candidate?.records ?? []).map(({ key }) => Number(key));
      const { person_ids, organization_ids } = linksOf(row);
      return {
        noun: 'opportunity',
        title: typed(row, 'entity.name').text,
        parts: { before, person_ids, organization_ids },
      };
    },
    call({ title, parts }) {
      // As `first` writes them.
      const links = {
        person_ids: parts.person_ids as readonly number[],
        organization_ids: parts.organization_ids as readonly number[],
      };
      const body = { name: title, list_id: listId, ...links };
      return as(api.prepare.opportunities.create({ body }), (made): Made => {
        // The text says that the answer is without them.
        const [record] = recordsOf({ ...made, ...links });
        return { id: String(made.id), ...(record === undefined ? {} : { record }) };
      });
    },
    next: () => null,
    find(makings) {
      const found = search(makings.map(({ title }) => title));
      return makings.map(({ title, parts }) => {
        const before = new Set((parts.before as readonly number[]).map(String)); // as `first` writes it
        for (const one of found(title)) {
          const record = recordsOf(one).find(({ key }) => !before.has(key));
          if (record !== undefined) return { id: String(one.id), record };
        }
        return null;
      });
    },
  };
};

export const createsOf = (type: EntityType, listId: number, listName: string, opening: Opening): Creates =>
  type === EntityType.opportunity
    ? createsOfOpportunities(listId, listName, opening)
    : createsOfEntities(type, listId, listName, opening.api);

export const removesOf = (type: EntityType, listId: number, api: Api): Removes => ({
  warning:
    type === EntityType.opportunity
      ? 'An opportunity lives on one list only: with its row, the opportunity itself is deleted in Affinity.'
      : `The list’s own values of these rows are deleted with them. Each ${ENTITY_WORD[type]} itself stays in Affinity.`,
  call: (key) => api.prepare.listEntries.remove({ path: { list_id: listId, list_entry_id: Number(key) } }),
});
