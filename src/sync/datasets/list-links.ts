/**
 * The persons and organizations of an opportunity, as columns that somebody may choose: they cost a call for each row. In a new row
 * they are typed; in all others they are shown. Source: official text, "The Opportunity Resource".
 */
import { ApiError } from '../../api/errors';
import { EntityType, type Opportunity } from '../../api/records';
import type { CellContext } from '../cells/codec';
import { organizationScalar, personScalar } from '../cells/reference';
import { multiple } from '../cells/scalar';
import { manyValue, scalarsOf, type Value } from '../cells/value';
import type { Column, NewRow, Opening, RecordPage, Source, SyncRecord } from './dataset';
import { entityIdOf } from './list-entity';
import { isAboutOne } from './record-source';

const shared = {
  typeName: '',
  locked: 'The people and organizations of an opportunity are changed in Affinity.',
  isShared: true,
  namesNewRow: true,
} as const;

export const LINK_COLUMNS: readonly Column[] = [
  { key: 'links.persons', header: 'People', codec: multiple(personScalar), ...shared },
  { key: 'links.organizations', header: 'Organizations', codec: multiple(organizationScalar), ...shared },
];

type Linked = Pick<Opportunity, 'person_ids' | 'organization_ids'>;

/** The values of the columns above. */
export const linkValues = ({ person_ids, organization_ids }: Linked): readonly (readonly [string, Value])[] => [
  ['links.persons', manyValue(person_ids)],
  ['links.organizations', manyValue(organization_ids)],
];

/** Who is meant in a typed row; the names were looked up before. */
export const typedLinks = (row: NewRow, context: CellContext): Linked & { readonly problem?: string } => {
  const [persons, organizations] = LINK_COLUMNS.map(({ key, header, codec }) => {
    const read = codec.fromCell(row.cells.get(key) ?? null, context);
    if (!read.ok) return { ids: [], problem: `${header}: ${read.problem}` };
    return { ids: scalarsOf(read.value).map(Number), problem: undefined };
  });
  const problem = persons?.problem ?? organizations?.problem;
  return {
    person_ids: persons?.ids ?? [],
    organization_ids: organizations?.ids ?? [],
    ...(problem === undefined ? {} : { problem }),
  };
};

/** A list of opportunities with the links that were chosen among its columns; the same list where none was. */
export const withLinks = (type: EntityType, source: Source, { api, columns: wanted }: Opening): Source => {
  const chosen = LINK_COLUMNS.filter(({ key }) => wanted?.includes(key));
  if (chosen.length === 0 || type !== EntityType.opportunity) return source;
  const filled = <P extends Pick<RecordPage, 'records' | 'unread'>>(page: P): P => {
    const calls = page.records.map(({ entity }) =>
      api.prepare.opportunities.get({ path: { opportunity_id: entityIdOf(entity) } }),
    );
    const outcomes = api.all(calls);
    const records = page.records.map((record, index): SyncRecord => {
      const outcome = outcomes[index];
      // One that is gone since is told of by the next refresh.
      if (outcome === undefined || (!outcome.ok && isAboutOne(outcome.fault))) return record;
      if (!outcome.ok) throw new ApiError(outcome.fault);
      return { ...record, values: new Map([...record.values, ...linkValues(outcome.value)]) };
    });
    return { ...page, records };
  };
  const all: readonly Column[] = [...source.columns, ...chosen];
  return enriched(source, wanted ?? [], all, filled);
};

/** A source whose pages are filled further, with the wanted columns of all. The history of fields does not tell of what is filled in. */
export const enriched = (
  { history: _fieldsOnly, listing, ...rest }: Source,
  wanted: readonly string[],
  all: readonly Column[],
  filled: <P extends Pick<RecordPage, 'records' | 'unread'>>(page: P) => P,
): Source => ({
  ...rest,
  columns: wanted.flatMap((key) => all.filter((one) => one.key === key)),
  page: (token) => filled(rest.page(token)),
  ...(listing === undefined
    ? {}
    : {
        listing: (token) => {
          const page = listing(token);
          return { ...page, read: (from, to) => filled(page.read(from, to)) };
        },
      }),
});
