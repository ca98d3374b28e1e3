/** The entity of a list entry: person, organization or opportunity. Which columns name it, and what stands in them. */
import { EntityType, type ListEntity } from '../../api/records';
import { single } from '../cells/scalar';
import { textScalar } from '../cells/text';
import type { Value } from '../cells/value';
import { namedPerson } from '../names';
import type { Column } from './dataset';

/** Under which name calls take the id of an entity, by its type. */
export const SELECTOR = {
  [EntityType.person]: 'person_id',
  [EntityType.organization]: 'organization_id',
  [EntityType.opportunity]: 'opportunity_id',
} as const;

export const ENTITY_WORD = {
  [EntityType.person]: 'person',
  [EntityType.organization]: 'organization',
  [EntityType.opportunity]: 'opportunity',
} as const;

/** An entity as key, e.g. `8:7133202`. */
export const entityKeyOf = (type: EntityType, id: number): string => `${type}:${id}`;
export const entityIdOf = (entity: string): number => Number(entity.slice(entity.indexOf(':') + 1));

const entityText = (key: string, header: string, locked: string): Column => ({
  key,
  header,
  codec: single(textScalar),
  typeName: 'Text',
  locked,
  isShared: true,
  namesNewRow: true,
});

/** What names an entry: shown in rows with an id, typed in new ones. */
export const entityColumns = (type: EntityType): readonly Column[] => {
  const name = entityText('entity.name', 'Name', `The name of the ${ENTITY_WORD[type]} is changed in Affinity.`);
  switch (type) {
    case EntityType.person:
      return [name, entityText('entity.email', 'Email', 'The primary e-mail address is chosen by Affinity.')];
    case EntityType.organization:
      return [name, entityText('entity.domain', 'Website', 'The website is changed in Affinity.')];
    case EntityType.opportunity:
      return [name];
  }
};

/** What names an entity, as a list entry or the entity's own record gives it. */
type NamedEntity = Partial<Pick<ListEntity, 'first_name' | 'last_name' | 'primary_email' | 'name' | 'domain'>>;

/** The values of the columns above. */
export const entityValues = (
  type: EntityType,
  id: number,
  entity: NamedEntity,
): readonly (readonly [string, Value])[] => {
  const orNone = (text: string | null | undefined): Value =>
    text === null || text === undefined || text === '' ? null : text;
  const { first_name = null, last_name = null, primary_email = null, name, domain } = entity;
  switch (type) {
    case EntityType.person:
      return [
        ['entity.name', orNone(namedPerson({ id, first_name, last_name, primary_email, emails: [] }).name)],
        ['entity.email', orNone(primary_email)],
      ];
    case EntityType.organization:
      return [
        ['entity.name', orNone(name)],
        ['entity.domain', orNone(domain)],
      ];
    case EntityType.opportunity:
      return [['entity.name', orNone(name)]];
  }
};
