/**
 * The dataset of a list: one row a list entry, columns from the list's own fields and its entities' global ones.
 * v1 has no bulk read of field values: each distinct entity costs one call, which gives the global values and those of all its
 * list entries. Source: official text, "Getting Field Values for All List Entries on a List".
 */
import type { PreparedCall } from '../../api/client';
import { integer, object } from '../../api/codec';
import { ApiError, type ApiFault } from '../../api/errors';
import { exactly, type PlannedCalls, pagesOf } from '../../api/estimate';
import { LARGE_BATCH_CALLS } from '../../api/limits';
import { pages } from '../../api/paging';
import { EntityType, type Field, type FieldValue, type ListEntry, type ListEntryPage } from '../../api/records';
import { codecFor, isKnownType, typeNameOf } from '../cells/for-field';
import { manyValue, type Scalar, scalarsOf, type Value, without } from '../cells/value';
import { ENTRIES_AT_ONCE, ENTRIES_PER_PAGE, KEYS_PER_PAGE } from '../limits';
import { namedOrganization, namedPerson } from '../names';
import type {
  CellCall,
  Column,
  Dataset,
  Listing,
  Opening,
  RecordPage,
  Source,
  StoredValue,
  SyncRecord,
} from './dataset';
import { lastChangeIn } from './last-change';
import { withActivity } from './list-activity';
import { createsOf, removesOf } from './list-creation';
import { entityColumns, entityIdOf, entityKeyOf, entityValues, SELECTOR } from './list-entity';
import { createHistory } from './list-history';
import { withLinks } from './list-links';

export const fieldKey = (id: number): string => `field.${id}`;

const fromAffinity = (what: string): string => `${what} Affinity fills this column itself; edits here are not sent.`;

const lockOf = (field: Field): string | undefined => {
  if (!isKnownType(field)) return 'This type of field is shown only.';
  const source = field.enrichment_source;
  return source !== null && source !== '' && source !== 'none' ? fromAffinity(`Source: ${source}.`) : undefined;
};

const fieldColumn = (field: Field): Column => {
  const locked = lockOf(field);
  return {
    key: fieldKey(field.id),
    header: field.name,
    codec: codecFor(field),
    typeName: typeNameOf(field),
    isShared: field.list_id === null,
    ...(locked === undefined ? {} : { locked }),
  };
};

/** All columns that an import of this list can have, in Affinity's order: entity, list-specific, global. */
export const columnsOf = (type: EntityType, listId: number, fields: readonly Field[]): readonly Column[] => [
  ...entityColumns(type),
  ...fields.filter((field) => field.list_id === listId).map(fieldColumn),
  ...(type === EntityType.opportunity ? [] : fields.filter((field) => field.list_id === null).map(fieldColumn)),
];

const listEntryIdOf = (key: string): number => Number(key);

/**
 * What an import of so many rows costs: the list, its entities' global fields where they have some, its pages, and one call for each
 * row's entity. Names of persons and organizations in cells come on top: at most a call for each that is met, mostly a few pages of the directory.
 */
export const importPlan = (rows: number): readonly PlannedCalls[] => [
  exactly('lists.get', 1),
  { endpoint: 'fields.all', least: 0, most: 1 },
  rows <= ENTRIES_AT_ONCE ? exactly('listEntries.page', 1) : pagesOf('listEntries.page', rows, ENTRIES_PER_PAGE),
  exactly('fieldValues.list', rows),
];

/** A fault of one record's read: it says something about the record, not about the run. */
const isAboutRecord = (fault: ApiFault): boolean =>
  fault.code === 'api/rejected' ||
  fault.code === 'api/merged' ||
  fault.code === 'api/not-found' ||
  fault.code === 'api/forbidden';

/**
 * Opens a list for a run: reads the list with its own fields and, where its entities have global ones, these (one call or two).
 * Opportunities have none. Source: affinity-v1-facts, sections 1.1 and 1.8.
 */
const openList = (listId: number, opening: Opening): Source => {
  const { api, columns: wanted, persons, organizations, kept } = opening;
  const { list, fields } = kept('list', String(listId), () => {
    const list = api.lists.get({ path: { list_id: listId } });
    const isWhole = list.type === EntityType.opportunity;
    return { list, fields: isWhole ? list.fields : api.fields.all({ query: { entity_type: list.type } }) };
  });
  // A short list comes as one answer.
  const size = list.list_size <= ENTRIES_AT_ONCE ? {} : { page_size: ENTRIES_PER_PAGE };
  const available = columnsOf(list.type, listId, fields);
  const columns =
    wanted === null ? available : wanted.flatMap((key) => available.filter((column) => column.key === key));
  const fieldColumns = new Map(columns.map((column) => [column.key, column]));
  const fieldKeys = new Set(fields.map((field) => fieldKey(field.id)));
  const globalFields = new Set(fields.filter((field) => field.list_id === null).map((field) => field.id));

  const meet = (entry: ListEntry) => {
    if (list.type === EntityType.person) persons.add(namedPerson({ ...entry.entity, id: entry.entity_id }));
    if (list.type === EntityType.organization)
      organizations.add(namedOrganization({ ...entry.entity, id: entry.entity_id }));
  };

  const toRecord = (
    key: string,
    entity: string,
    title: string,
    known: readonly (readonly [string, Value])[],
    values: readonly FieldValue[],
  ): SyncRecord => {
    const stored = new Map<string, StoredValue[]>();
    for (const fieldValue of values) {
      const column = fieldColumns.get(fieldKey(fieldValue.field_id));
      const belongs = globalFields.has(fieldValue.field_id)
        ? fieldValue.list_entry_id === null
        : fieldValue.list_entry_id === listEntryIdOf(key);
      if (column === undefined || !belongs) continue;
      const scalar = column.codec.fromWire(fieldValue.value);
      if (scalar === null) continue;
      const sofar = stored.get(column.key);
      if (sofar === undefined) stored.set(column.key, [{ id: fieldValue.id, scalar }]);
      else sofar.push({ id: fieldValue.id, scalar });
    }
    // Fields without a field value are empty; the entity's own columns are in a record only where the entry was read.
    const cells = new Map<string, Value>(columns.filter(({ key }) => fieldKeys.has(key)).map(({ key }) => [key, null]));
    for (const [column, value] of known) if (fieldColumns.has(column)) cells.set(column, value);
    for (const [column, list] of stored) {
      const scalars = list.map(({ scalar }) => scalar);
      cells.set(column, isMany(column) ? manyValue(scalars) : (scalars[scalars.length - 1] ?? null));
    }
    return { key, entity, title, values: cells, stored };
  };

  const many = new Set(fields.filter((field) => field.allows_multiple).map((field) => fieldKey(field.id)));
  const isMany = (column: string): boolean => many.has(column);

  const readValues = (entities: readonly string[], atOnce?: number) => {
    const distinct = [...new Set(entities)];
    const outcomes = api.all(
      distinct.map((entity) => api.prepare.fieldValues.list({ query: { [SELECTOR[list.type]]: entityIdOf(entity) } })),
      atOnce,
    );
    const values = new Map<string, readonly FieldValue[]>();
    const faults = new Map<string, ApiFault>();
    /** What ended the reading before all were read. */
    let ended: ApiFault | null = null;
    for (const [index, outcome] of outcomes.entries()) {
      const entity = distinct[index] ?? '';
      if (outcome.ok) values.set(entity, outcome.value);
      else if (isAboutRecord(outcome.fault)) faults.set(entity, outcome.fault);
      else ended ??= outcome.fault;
    }
    return { values, faults, ended };
  };

  const entityOf = (entry: ListEntry) => entityKeyOf(list.type, entry.entity_id);

  const titleOf = (entry: ListEntry, known: readonly (readonly [string, Value])[]): string => {
    const title = known.map(([, value]) => value).find((value) => typeof value === 'string');
    return typeof title === 'string' ? title : `Row ${entry.id}`;
  };

  /** These entries up to the first that could not be asked for. @throws ApiError where that is the first of all */
  const readFirst = (entries: readonly ListEntry[]): Pick<RecordPage, 'records' | 'unread'> => {
    const { values, faults, ended } = readValues(entries.map(entityOf));
    const records: SyncRecord[] = [];
    const unread: { key: string; reason: string }[] = [];
    for (const entry of entries) {
      const key = String(entry.id);
      const found = values.get(entityOf(entry));
      const fault = faults.get(entityOf(entry));
      if (found === undefined && fault === undefined && ended !== null) {
        if (records.length + unread.length > 0) break;
        throw new ApiError(ended);
      }
      meet(entry);
      if (found === undefined) {
        unread.push({ key, reason: fault?.message ?? '' });
        continue;
      }
      const known = entityValues(list.type, entry.entity_id, entry.entity);
      records.push(toRecord(key, entityOf(entry), titleOf(entry, known), known, found));
    }
    return { records, unread };
  };

  /** All of these entries. @throws ApiError */
  const readEntries = (entries: readonly ListEntry[]): Pick<RecordPage, 'records' | 'unread'> => {
    const records: SyncRecord[] = [];
    const unread: RecordPage['unread'][number][] = [];
    for (let at = 0; at < entries.length; at = records.length + unread.length) {
      const some = readFirst(entries.slice(at));
      records.push(...some.records);
      unread.push(...some.unread);
    }
    return { records, unread };
  };

  /** What an entry says by itself. */
  const entryRecord = (entry: ListEntry): SyncRecord => {
    const known = entityValues(list.type, entry.entity_id, entry.entity);
    const values = new Map(known.filter(([column]) => fieldColumns.has(column)));
    meet(entry);
    return { key: String(entry.id), entity: entityOf(entry), title: titleOf(entry, known), values, stored: new Map() };
  };

  const pageAt = (token: string | null): ListEntryPage =>
    kept('page', `${listId} ${token}`, () =>
      api.listEntries.page({
        path: { list_id: listId },
        query: token === null ? size : { page_size: ENTRIES_PER_PAGE, page_token: token },
      }),
    );

  const listing = (token: string | null): Listing => {
    const { list_entries: entries, next_page_token: next } = pageAt(token);
    return {
      keys: entries.map(({ id }) => String(id)),
      next,
      read: (from, to) => readFirst(entries.slice(from, to)),
      readSome(isWanted) {
        const wanted = entries.filter((entry) => isWanted(String(entry.id), entityOf(entry)));
        const { records, unread } = readEntries(wanted);
        const others = entries.filter((entry) => !wanted.includes(entry)).map(entryRecord);
        return { records: [...records, ...others], unread };
      },
    };
  };

  const source: Source = {
    title: list.name,
    size: list.list_size,
    place: 'on this list',
    columns,
    page(token): RecordPage {
      const { list_entries: entries, next_page_token: next } = pageAt(token);
      return { ...readEntries(entries), next };
    },
    listing,
    history: createHistory({
      api,
      type: list.type,
      // Names in cells may change without a change of the cell: such columns are read in full only.
      fields: fields.filter(
        ({ id, track_changes }) =>
          track_changes === true &&
          fieldColumns.get(fieldKey(id))?.codec.references === undefined &&
          fieldColumns.has(fieldKey(id)),
      ),
      columnOf: fieldKey,
      onPages: columns.map(({ key }) => key).filter((key) => !fieldKeys.has(key)),
    }),
    fresh(rows) {
      const { values, ended } = readValues(
        rows.map(({ entity }) => entity),
        LARGE_BATCH_CALLS,
      );
      if (ended !== null) throw new ApiError(ended);
      const records = new Map<string, SyncRecord>();
      for (const { key, entity } of rows) {
        const found = values.get(entity);
        if (found !== undefined) records.set(key, toRecord(key, entity, '', [], found));
      }
      return records;
    },
    *keys() {
      const fetch = (token: string | null) =>
        api.listEntries.page({
          path: { list_id: listId },
          query: { page_size: KEYS_PER_PAGE, ...(token === null ? {} : { page_token: token }) },
        });
      for (const page of pages('listEntries.page', fetch)) yield* page.list_entries.map((entry) => String(entry.id));
    },
    creates: createsOf(list.type, listId, list.name, opening),
    removes: removesOf(list.type, listId, api),
    lastChange: lastChangeIn(api, SELECTOR[list.type], fields),
    presence(key) {
      const [outcome] = api.all([
        api.prepare.listEntries.get({ path: { list_id: listId, list_entry_id: listEntryIdOf(key) } }),
      ]);
      if (outcome?.ok) return 'there';
      return outcome?.fault.code === 'api/not-found' ? 'gone' : 'unknown';
    },
    writes(record, column, to): readonly CellCall[] {
      const stored = record.stored.get(column.key) ?? [];
      const wire = (scalar: Scalar) => column.codec.toWire(scalar);
      const create = (scalar: Scalar): PreparedCall<unknown> =>
        api.prepare.fieldValues.create({
          body: {
            field_id: Number(column.key.slice('field.'.length)),
            entity_id: entityIdOf(record.entity),
            value: wire(scalar),
            ...(column.isShared ? {} : { list_entry_id: listEntryIdOf(record.key) }),
          },
        });
      const remove = ({ id }: StoredValue): PreparedCall<unknown> =>
        api.prepare.fieldValues.remove({ path: { field_value_id: id } });
      const goal = scalarsOf(to);
      if (!isMany(column.key)) {
        const [current, ...others] = [...stored].reverse();
        const [scalar] = goal;
        if (scalar === undefined) return stored.map((one) => ({ call: remove(one) }));
        if (current === undefined) return [{ call: create(scalar) }];
        const body = { value: wire(scalar) };
        return [
          { call: api.prepare.fieldValues.update({ path: { field_value_id: current.id }, body }) },
          ...others.map((one) => ({ call: remove(one) })),
        ];
      }
      const added = without(
        goal,
        stored.map(({ scalar }) => scalar),
      ).map((scalar) => ({ call: create(scalar), adds: scalar }));
      const removed = stored
        .filter(({ scalar }) => without([scalar], goal).length > 0)
        .map((one) => ({ call: remove(one), removes: one.scalar }));
      return [...added, ...removed];
    },
  };
  return withLinks(list.type, source, opening);
};

export const list: Dataset<{ readonly listId: number }> = {
  parameters: object({ listId: integer }),
  open: ({ listId }, opening) => withActivity(openList(listId, opening), opening),
};
