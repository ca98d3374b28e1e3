/** What a person typed to say who a row is about: names, e-mail addresses, websites. */
import { EntityType } from '../../api/records';
import type { CellContext } from '../cells/codec';
import { single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import { createDirectory } from '../names';
import type { NewRow } from './dataset';
import { ENTITY_WORD } from './list-entity';

export const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
export const same = (a: string, b: string): boolean => plain(a).toLowerCase() === plain(b).toLowerCase();

const nobody = createDirectory();
/** Texts need no names, numbers or zones to be read. */
export const textOnly: CellContext = {
  decimal: '.',
  persons: nobody,
  organizations: nobody,
  opportunities: nobody,
  localTime: (instant) => new Date(instant).toISOString().slice(0, 19),
};

/** What stands in a naming cell, as text; a formula or a date is a problem. */
export const typed = (row: NewRow, column: string): { readonly text: string; readonly problem?: string } => {
  const read = single(textScalar).fromCell(row.cells.get(column) ?? null, textOnly);
  if (!read.ok) return { text: '', problem: read.problem };
  return { text: plain(typeof read.value === 'string' ? read.value : '') };
};

/** `https://www.acme.com/about` and `acme.com` are one website. */
export const domainOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#].*$/, '')
    .replace(/\.$/, '');

/** Domains that Affinity takes: no address, no underscore. Source: affinity-v1-facts, section 12. */
export const isDomain = (text: string): boolean => /^[^\s@/_:]+\.[^\s@/_:.]+$/.test(text);
export const isEmail = (text: string): boolean => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text);

/** What names a person or an organization in a row: a name and, where one was typed, the key that nobody else has. */
export interface Wanted {
  readonly name: string;
  /** E-mail address or domain; '' for none. */
  readonly key: string;
  /** Why nothing can become of the row. */
  readonly problem?: string;
}

export type TypedKind = typeof EntityType.person | typeof EntityType.organization;

export const KEY_COLUMN = { [EntityType.person]: 'entity.email', [EntityType.organization]: 'entity.domain' } as const;

export const wantedOf = (type: TypedKind, row: NewRow): Wanted => {
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
export const splitName = (name: string): { readonly first: string; readonly last: string } | null => {
  const [last = '', first = '', ...rest] = name.split(',').map((part) => part.trim());
  if (rest.length === 0 && first !== '' && last !== '') return { first, last };
  const at = name.lastIndexOf(' ');
  return at < 0 || name.includes(',') ? null : { first: name.slice(0, at), last: name.slice(at + 1) };
};

/** A person's name as Affinity shows it, for comparison. */
export const fullName = (name: string): string => {
  const split = splitName(name);
  return split === null ? name : `${split.first} ${split.last}`;
};
