/** Who changed a cell of a list last, for the fields whose changes Affinity keeps. Source: affinity-v1-facts, section 8. */
import type { Field, FieldValueChange } from '../../api/records';
import type { Api, Change, Source } from './dataset';
import { entityIdOf } from './list-entity';

const changerOf = ({ changer }: FieldValueChange): string => {
  if (changer === null) return '';
  const name = [changer.first_name, changer.last_name].filter((part) => part !== null && part !== '').join(' ');
  return name === '' ? (changer.primary_email ?? '') : name;
};

/** The newest of them, whatever order they come in. */
const newest = (changes: readonly FieldValueChange[]): Change | null => {
  const [last] = [...changes].sort((a, b) => Date.parse(b.changed_at) - Date.parse(a.changed_at) || b.id - a.id);
  return last === undefined ? null : { who: changerOf(last), at: last.changed_at };
};

/** @param selector name under which the history is asked for an entity of the list */
export const lastChangeIn = (
  api: Api,
  selector: 'person_id' | 'organization_id' | 'opportunity_id',
  fields: readonly Field[],
): NonNullable<Source['lastChange']> => {
  const tracked = new Map(fields.filter((field) => field.track_changes).map(({ id }) => [`field.${id}`, id]));
  return ({ key, entity }, column) => {
    const field_id = tracked.get(column.key);
    if (field_id === undefined) return null;
    const entityId = entityIdOf(entity);
    const owner = column.isShared ? { [selector]: entityId } : { list_entry_id: Number(key) };
    const call = api.prepare.fieldValueChanges.list({ query: { field_id, ...owner } });
    return { ...call, decode: (raw) => newest(call.decode(raw)) };
  };
};
