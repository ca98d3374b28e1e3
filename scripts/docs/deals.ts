/** A pipeline that reads like a real one: the emulator's odd names leave the list, and what is in the pictures gets plain values. */
import type { Stage } from '../../test/browser/stage';

export const LIST = 'Deal Pipeline';
/** Fields of the pictures, in the order of the table. */
export const FIELDS = ['Name', 'Status', 'Owners', 'Amount', 'Sector', 'Close Date', 'Next Step'];

interface Entry {
  readonly id: number;
  readonly entity_id: number;
  readonly entity: { readonly name: string };
}
interface StoredValue {
  readonly id: number;
  readonly field_id: number;
}

/** Rows that a picture may show; the others keep what the emulator made up. */
const TIDIED = 26;
const STEPS = [
  'Call the founder',
  'Read the data room',
  'Two customer calls',
  'Draft the memo',
  'Send the term sheet',
  'Check references',
  'Meet the team',
  'Partner vote',
];
const SECTORS = ['Fintech', 'Healthcare', 'SaaS', 'Climate', 'Consumer'];
const PLAIN_NAME = /^[A-Z][a-z]+ [A-Z][a-z]+ – /;

const valuesFor = (index: number): Readonly<Record<string, string | number>> => ({
  Amount: 1_500_000 + ((index * 7) % 11) * 750_000,
  Sector: SECTORS[(index * 3) % SECTORS.length] ?? '',
  'Close Date': new Date(Date.UTC(2027, 0, 15 + ((index * 19) % 150), 12)).toISOString(),
  'Next Step': STEPS[(index * 5) % STEPS.length] ?? '',
});

const listId = async (stage: Stage): Promise<number> => {
  const lists = (await stage.affinity('GET', '/lists')) as readonly { id: number; name: string }[]; // as documented
  const id = lists.find(({ name }) => name === LIST)?.id;
  if (id === undefined) throw new Error(`no list ${LIST}`);
  return id;
};

/** Sets one field of an entry, as a person does in Affinity. */
export const setInAffinity = async (
  stage: Stage,
  entry: Entry,
  field: number,
  value: string | number,
  key?: string,
): Promise<void> => {
  const stored = (await stage.affinity('GET', `/field-values?list_entry_id=${entry.id}`)) as readonly StoredValue[];
  const there = stored.find(({ field_id }) => field_id === field);
  if (there) await stage.affinity('PUT', `/field-values/${there.id}`, { value }, key);
  else {
    const { entity_id, id: list_entry_id } = entry;
    await stage.affinity('POST', '/field-values', { field_id: field, entity_id, list_entry_id, value }, key);
  }
};

/** Entries of the list, newest first, as the table shows them. */
export const entriesOf = async (stage: Stage): Promise<readonly Entry[]> =>
  (await stage.affinity('GET', `/lists/${await listId(stage)}/list-entries`)) as readonly Entry[]; // as documented

export const tidy = async (stage: Stage): Promise<void> => {
  const list = await listId(stage);
  for (const { id, entity } of await entriesOf(stage))
    if (!PLAIN_NAME.test(entity.name)) await stage.affinity('DELETE', `/lists/${list}/list-entries/${id}`);
  const entries = (await entriesOf(stage)).slice(0, TIDIED);
  for (const [index, entry] of entries.entries())
    for (const [name, value] of Object.entries(valuesFor(index)))
      await setInAffinity(stage, entry, await stage.fieldId(name), value);
};

/** Words of names for persons and organizations whose own are meant to be misread. */
const FIRST = ['Lena', 'Oskar', 'Amara', 'Tobias'];
const LAST = ['Hartmann', 'Nilsson', 'Diallo', 'Keller'];
const TREES = ['Alder', 'Birch', 'Cedar', 'Hazel'];
const TRADES = ['Robotics', 'Energy', 'Foods', 'Security'];
/** Sixteen pairs, each once. */
const pairOf = (firsts: readonly string[], lasts: readonly string[], index: number): readonly [string, string] => [
  firsts[index % 4] ?? '',
  lasts[(index + (index >> 2)) % 4] ?? '',
];
const PLAIN_WORDS = /^\p{Script=Latin}[\p{Script=Latin} ’.-]*$/u;

/** Gives people, organizations and reminders plain names, for the tables that show all of them. */
export const nameAll = async (stage: Stage): Promise<void> => {
  const { persons } = (await stage.affinity('GET', '/persons?page_size=500')) as {
    readonly persons: readonly { id: number; first_name: string | null; last_name: string | null }[];
  };
  const odd = persons.filter((one) => ![one.first_name, one.last_name].every((name) => PLAIN_WORDS.test(name ?? '')));
  for (const [index, { id }] of odd.entries()) {
    const [first_name, last_name] = pairOf(FIRST, LAST, index);
    await stage.affinity('PUT', `/persons/${id}`, { first_name, last_name });
  }
  const { organizations } = (await stage.affinity('GET', '/organizations?page_size=500')) as {
    readonly organizations: readonly { id: number; name: string; global: boolean }[];
  };
  const strange = organizations.filter(({ name, global }) => !global && !PLAIN_WORDS.test(name));
  for (const [index, { id }] of strange.entries()) {
    await stage.affinity('PUT', `/organizations/${id}`, { name: pairOf(TREES, TRADES, index).join(' ') });
  }
  const { reminders } = (await stage.affinity('GET', '/reminders?page_size=500')) as {
    readonly reminders: readonly { id: number; content: string | null }[];
  };
  for (const { id, content } of reminders) {
    if (content?.startsWith('+ f'))
      await stage.affinity('PUT', `/reminders/${id}`, { content: `F${content.slice(3)}` });
  }
};
