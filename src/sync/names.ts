/**
 * The names of persons or organizations that a run has met, both ways. A label is the shortest text that leads back to its id:
 * the name, the name with an e-mail address or domain, or the id itself.
 */
import type { Opportunity, Organization, Person } from '../api/records';
import type { Found, Names } from './cells/codec';

/** What is needed of a record to name it. */
export interface Named {
  readonly id: number;
  readonly name: string;
  /** E-mail addresses of a person, domains of an organization. */
  readonly keys: readonly string[];
}

const distinct = (keys: readonly (string | null)[]): readonly string[] => [
  ...new Set(keys.filter((key): key is string => key !== null && key !== '')),
];

export const namedPerson = (
  person: Pick<Person, 'id' | 'first_name' | 'last_name' | 'primary_email' | 'emails'>,
): Named => ({
  id: person.id,
  name: [person.first_name, person.last_name].filter((part) => part !== null && part.trim() !== '').join(' '),
  keys: distinct([person.primary_email, ...person.emails]),
});

export const namedOrganization = (organization: Pick<Organization, 'id' | 'name' | 'domain' | 'domains'>): Named => ({
  id: organization.id,
  name: organization.name ?? '',
  keys: distinct([organization.domain, ...organization.domains]),
});

export const namedOpportunity = ({ id, name }: Pick<Opportunity, 'id' | 'name'>): Named => ({
  id,
  name: name ?? '',
  keys: [],
});

/** Most texts are as plain as they get. */
const PLAIN = /^[!-~]+( [!-~]+)*$/;

const plain = (text: string): string =>
  PLAIN.test(text) ? text.toLowerCase() : text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();

export interface Directory extends Names {
  add(named: Named): void;
  has(id: number): boolean;
}

export const createDirectory = (): Directory => {
  const known = new Map<number, Named>();
  // One id as it is: a set for each of a hundred thousand names would be most of what a slice holds.
  const byName = new Map<string, number | Set<number>>();
  const byKey = new Map<string, number | Set<number>>();

  const put = (index: Map<string, number | Set<number>>, key: string, id: number) => {
    const ids = index.get(key);
    if (ids === undefined || ids === id) index.set(key, id);
    else if (typeof ids === 'number') index.set(key, new Set([ids, id]));
    else ids.add(id);
  };

  const take = (index: Map<string, number | Set<number>>, key: string, id: number) => {
    const ids = index.get(key);
    if (ids === id) index.delete(key);
    else if (ids instanceof Set) ids.delete(id);
  };

  const idsIn = (index: ReadonlyMap<string, number | ReadonlySet<number>>, key: string): readonly number[] => {
    const ids = index.get(key);
    return ids === undefined ? [] : typeof ids === 'number' ? [ids] : [...ids];
  };

  /** The ids that a text may mean: by id, else by name, else by key, else by the id it ends in. */
  const meant = (text: string): readonly number[] => {
    const wanted = plain(text);
    // An id alone comes first, so that every record has a label that leads back to it, whatever others are called.
    const id = Number(/^#(\d+)$/.exec(wanted)?.[1]);
    if (known.has(id)) return [id];
    const named = idsIn(byName, wanted);
    const exact = named.length > 0 ? named : idsIn(byKey, wanted);
    if (exact.length > 0) return exact;
    const withKey = /^.*<([^<>]+)>$/.exec(wanted);
    if (withKey !== null) return idsIn(byKey, (withKey[1] ?? '').trim());
    const numbered = Number(/\s#(\d+)$/.exec(wanted)?.[1]);
    return known.has(numbered) ? [numbered] : [];
  };

  /** Labels that were asked for since somebody was added; whoever is added may change those of others. */
  const labels = new Map<number, string>();

  const label = (id: number): string => {
    const found = labels.get(id) ?? labelOf(id);
    labels.set(id, found);
    return found;
  };

  const labelOf = (id: number): string => {
    const named = known.get(id);
    if (named === undefined) return `#${id}`;
    const name = named.name.replace(/\s+/g, ' ').trim();
    const [key] = named.keys;
    const leadsBack = (text: string): boolean => {
      const ids = text === '' ? [] : meant(text);
      return ids.length === 1 && ids[0] === id;
    };
    const candidates = [name, key === undefined ? '' : name === '' ? key : `${name} <${key}>`, `${name} #${id}`.trim()];
    return candidates.find(leadsBack) ?? `#${id}`;
  };

  const find = (text: string): Found => {
    const [first, ...others] = meant(text);
    if (first === undefined) return { kind: 'none' };
    if (others.length === 0) return { kind: 'one', id: first };
    return { kind: 'many', labels: [first, ...others].map(label) };
  };

  return {
    has: (id) => known.has(id),
    add(named) {
      labels.clear();
      const before = known.get(named.id);
      if (before !== undefined) {
        take(byName, plain(before.name), named.id);
        for (const key of before.keys) take(byKey, plain(key), named.id);
      }
      known.set(named.id, named);
      if (named.name.trim() !== '') put(byName, plain(named.name), named.id);
      for (const key of named.keys) put(byKey, plain(key), named.id);
    },
    label,
    find,
  };
};
