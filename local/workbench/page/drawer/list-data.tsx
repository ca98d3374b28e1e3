/** Affinity's lists as a colleague sees them; a click on a value changes it over the API with the colleague's key. */
import { useEffect, useState } from 'preact/hooks';
import { server } from '../server';
import type { Store } from '../store';
import { ValueEditor } from './value-editor';
import { type Field, fieldsOf, type ListDump, type Stored, shownValue, valuesOf } from './values';

interface ListInfo {
  readonly id: number;
  readonly name: string;
  readonly list_size: number;
}
interface Place {
  readonly entry: number;
  readonly field: number;
}

const PAGE = 50;

export const ListData = ({ store }: { readonly store: Store }) => {
  const [lists, setLists] = useState<readonly ListInfo[]>([]);
  const [list, setList] = useState<number | null>(null);
  const [offset, setOffset] = useState(0);
  const [dump, setDump] = useState<ListDump | null>(null);
  const [edited, setEdited] = useState<Place | null>(null);
  const [fault, setFault] = useState('');

  useEffect(() => {
    void server.other('state').then((value) => {
      const found = (value as { lists: readonly ListInfo[] }).lists; // our own server's answer
      setLists(found);
      setList((before) => before ?? found[0]?.id ?? null);
    });
  }, []);

  const load = async (): Promise<void> => {
    if (list === null) return;
    setDump((await server.other('list', { list, offset })) as ListDump); // our own server's answer
  };
  // Writes of the add-on are seen when they have ended.
  const lastWrite = store.requests.findLast(({ method, status }) => method !== 'GET' && status !== null)?.id;
  useEffect(() => {
    load().catch((reason: unknown) => setFault(reason instanceof Error ? reason.message : String(reason)));
  }, [list, offset, lastWrite]);

  const save = async (entry: ListDump['entries'][number], field: Field, stored: Stored | undefined, value: unknown) => {
    setEdited(null);
    setFault('');
    try {
      await server.other('edit', {
        valueId: stored?.id ?? null,
        field: field.id,
        entity: entry.entry.entity_id,
        entry: entry.entry.id,
        value,
      });
      await load();
    } catch (reason) {
      setFault(reason instanceof Error ? reason.message : String(reason));
    }
  };

  const size = lists.find(({ id }) => id === list)?.list_size ?? 0;
  const fields = dump ? fieldsOf(dump) : [];
  return (
    <div class="list-data">
      <div class="bar">
        <label>
          List{' '}
          <select
            value={String(list ?? '')}
            onChange={(event) => {
              setOffset(0);
              setEdited(null);
              setList(Number(event.currentTarget.value));
            }}
          >
            {lists.map(({ id, name, list_size }) => (
              <option key={id} value={String(id)}>
                {name} ({list_size})
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="small"
          disabled={offset === 0}
          onClick={() => setOffset(Math.max(0, offset - PAGE))}
        >
          Newer
        </button>
        <span>
          {size === 0 ? 'no entries' : `${offset + 1} to ${Math.min(size, offset + PAGE)} of ${size}, newest first`}
        </span>
        <button type="button" class="small" disabled={offset + PAGE >= size} onClick={() => setOffset(offset + PAGE)}>
          Older
        </button>
        <span class="hint">A click on a value edits it as a colleague would.</span>
        {fault !== '' && (
          <span class="fault" role="alert">
            {fault}
          </span>
        )}
      </div>
      {dump && (
        <table class="facts data">
          <thead>
            <tr>
              <th scope="col">Entry</th>
              <th scope="col">Name</th>
              {fields.map(({ id, name }) => (
                <th key={id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {dump.entries.map((entry) => (
              <tr key={entry.entry.id}>
                <td class="id">{entry.entry.id}</td>
                <th scope="row">{entry.entry.entity.name ?? personName(entry.entry.entity)}</th>
                {fields.map((field) => {
                  const values = valuesOf(entry.values, field);
                  const isEdited = edited?.entry === entry.entry.id && edited.field === field.id;
                  const canEdit = values.length < 2 && !field.allows_multiple;
                  const text = values.map(({ value }) => shownValue(value, field)).join('; ');
                  if (isEdited) {
                    return (
                      <td key={field.id}>
                        <ValueEditor
                          field={field}
                          value={values[0]?.value ?? null}
                          onSave={(value) => void save(entry, field, values[0], value)}
                          onCancel={() => setEdited(null)}
                        />
                      </td>
                    );
                  }
                  return (
                    <td key={field.id}>
                      {canEdit ? (
                        <button
                          type="button"
                          class="value"
                          aria-label={`${field.name}: ${text === '' ? 'empty' : text}. Edit`}
                          onClick={() => setEdited({ entry: entry.entry.id, field: field.id })}
                        >
                          {text === '' ? ' ' : text}
                        </button>
                      ) : (
                        text
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
};

const personName = (entity: { readonly first_name?: string; readonly last_name?: string }): string =>
  [entity.first_name, entity.last_name].filter(Boolean).join(' ');
