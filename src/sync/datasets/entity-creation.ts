/** How an entry of a person or an organization comes to be: the entity is found or made, then its entry, and each is found again. */
import type { PreparedCall } from '../../api/client';
import { EntityType, type NestedEntry, type Organization, type Person } from '../../api/records';
import type { Named } from '../names';
import { answerOf, as, type Found, isAbsent, longestWord, namingCalls, searchAll } from '../search';
import type { Api, Candidate, Creates, Evidence, Made, Making, NamedRecord, NewRow } from './dataset';
import { ENTITY_WORD, entityIdOf, entityKeyOf, entityValues } from './list-entity';
import {
  domainOf,
  fullName,
  KEY_COLUMN,
  plain,
  same,
  splitName,
  type TypedKind,
  type Wanted,
  wantedOf,
} from './typed-naming';

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
export const createsOfEntities = (type: TypedKind, listId: number, listName: string, api: Api): Creates => {
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
