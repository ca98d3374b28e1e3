/** A small account with thousands of records of each kind, in the emulator's own world: what it takes to read and keep them all. */
import { LIST_IDS } from '../../local/affinity';
import type { World } from '../../local/affinity/world/world';

const HOUR_MS = 3_600_000;

const counted = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** The first of some records; a world without one has nothing to copy. */
const first = <T>(records: Iterable<T>, isFit: (record: T) => boolean = () => true): T => {
  for (const record of records) if (isFit(record)) return record;
  throw new Error('nothing to copy');
};

/** So many more persons and organizations, and records of every kind on what is there. */
export const addRecords = (world: World, count: number, fieldId: number): void => {
  const [entry] = world.entriesOf(LIST_IDS.pipeline);
  if (entry === undefined) throw new Error('no entry');
  const deal = entry.entity_id;
  const { now } = { now: world.clock.now() };
  const external = first(
    world.persons.values(),
    ({ id, type }) => type === 0 && (world.opportunities.get(deal)?.person_ids.includes(id) ?? false),
  );
  const colleague = world.users[0]?.id ?? 0;
  const note = first(world.notes.all(), ({ parent_id }) => parent_id === null);
  const reminder = first(world.reminders.all());
  const file = first(world.entityFiles.all());
  const webhook = first(world.webhooks.all());
  const organization = first(world.organizations.values(), ({ isKnown }) => isKnown);
  const field = first(world.fields.values(), ({ list_id }) => list_id !== null && list_id !== LIST_IDS.pipeline);
  const options = world.fields.get(fieldId)?.dropdown_options ?? [];
  for (const index of counted(count, (at) => at)) {
    const on = { person_id: null, organization_id: null, opportunity_id: deal };
    world.notes.put({ ...note, id: world.nextId('note'), opportunity_ids: [deal], content: `Note ${index}` });
    world.reminders.put({ ...reminder, ...on, id: world.nextId('reminder'), content: `Reminder ${index}` });
    world.entityFiles.put({ ...file, ...on, id: world.nextId('entityFile'), name: `file-${index}.txt` });
    world.webhooks.put({ ...webhook, id: world.nextId('webhook'), webhook_url: `https://hook-${index}.example` });
    world.interactions.put({
      id: world.nextId('interaction'),
      type: 1,
      date: now - index * HOUR_MS,
      end_time: null,
      updated_at: null,
      manual_creator_id: colleague,
      title: `Call ${index}`,
      direction: null,
      person_ids: [external.id, colleague],
      cc_ids: [],
    });
    world.changes.record({
      id: world.nextId('change'),
      field_id: fieldId,
      entity_id: deal,
      list_entry_id: entry.id,
      action_type: 2,
      changer_id: colleague,
      changed_at: now - (count - index) * HOUR_MS,
      value: options[index % Math.max(1, options.length)]?.id ?? null,
    });
    const email = `person-${index}@crowd.example`;
    const personId = world.nextId('person');
    const person = { ...external, first_name: 'Person', last_name: String(index), organization_ids: [] };
    world.persons.set(personId, { ...person, id: personId, emails: [email], primary_email: email });
    const domain = `company-${index}.example`;
    const organizationId = world.nextId('organization');
    const company = { ...organization, name: `Company ${index}`, domain, domains: [domain], person_ids: [] };
    world.organizations.set(organizationId, { ...company, id: organizationId });
    const newField = { ...field, id: world.nextId('field'), name: `Field ${index}` };
    world.fields.set(newField.id, newField);
  }
};

/** So many more opportunities on the pipeline, each with somebody of its own who had one call with a colleague. */
export const addEntries = (world: World, count: number): void => {
  const [entry] = world.entriesOf(LIST_IDS.pipeline);
  const deal = world.opportunities.get(entry?.entity_id ?? 0);
  if (entry === undefined || deal === undefined) throw new Error('no entry');
  const external = first(world.persons.values(), ({ type }) => type === 0);
  const colleague = world.users[0]?.id ?? 0;
  for (const index of counted(count, (at) => at)) {
    const personId = world.nextId('person');
    const email = `person-${index}@crowd.example`;
    world.persons.set(personId, { ...external, id: personId, last_name: String(index), emails: [email] });
    const id = world.nextId('opportunity');
    world.opportunities.set(id, { ...deal, id, name: `Deal ${index}`, person_ids: [personId], organization_ids: [] });
    world.addEntry({ ...entry, id: world.nextId('listEntry'), entity_id: id });
    world.interactions.put({
      id: world.nextId('interaction'),
      type: 1,
      date: world.clock.now() - 48 * HOUR_MS,
      end_time: null,
      updated_at: null,
      manual_creator_id: colleague,
      title: 'Call',
      direction: null,
      person_ids: [personId, colleague],
      cc_ids: [],
    });
  }
};
