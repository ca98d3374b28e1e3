/**
 * What Affinity recorded of the changes of a list's cells. The official text knows no filter by time and, in one revision, asks for one
 * row or entity a call; servers since 2026 take `changed_after`. So every answer is checked for what it can prove: where it may leave
 * changes out, there is no answer. Source: official text, "Field Value Changes"; affinity-v1-facts, section 8.
 */
import { ApiError } from '../../api/errors';
import type { EntityType, Field, FieldValueChange } from '../../api/records';
import type { Api, History, RecordedChange } from './dataset';
import { entityIdOf, SELECTOR } from './list-entity';

/** Changes asked for in one answer: more are read on from the last one. */
const CHANGES_PER_ANSWER = 500;

/** Faults that say that a history can't be had in this way: everything else concerns the run. */
const UNAVAILABLE: ReadonlySet<string> = new Set([
  'api/rejected',
  'api/merged',
  'api/forbidden',
  'api/not-found',
  'api/unreadable-answer',
  'api/server-trouble',
  'api/no-answer',
]);

/** A short text that differs when the given one does: FNV-1a, twice. Good enough to notice; a collision costs a day, not the data. */
const digestOf = (text: string): string => {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let index = 0; index < text.length; index += 1) {
    a = Math.imul(a ^ text.charCodeAt(index), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(text.length - 1 - index), 0x01000193);
  }
  return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}.${text.length.toString(36)}`;
};

interface HistoryOptions {
  readonly api: Api;
  readonly type: EntityType;
  /** Fields of the wanted columns whose changes Affinity records. */
  readonly fields: readonly Field[];
  readonly columnOf: (fieldId: number) => string;
  /** Columns that the pages of entries say by themselves. */
  readonly onPages: readonly string[];
}

export const createHistory = ({ api, type, fields, columnOf, onPages }: HistoryOptions): History => {
  const toChange = (change: FieldValueChange): RecordedChange => {
    const { changer } = change;
    const name = [changer?.first_name, changer?.last_name].filter((part) => part != null && part !== '').join(' ');
    return {
      column: columnOf(change.field_id),
      key: change.list_entry_id === null ? null : String(change.list_entry_id),
      entity: `${type}:${change.entity_id}`,
      at: Date.parse(change.changed_at),
      by: name,
    };
  };

  /** One answer for each field; null when any can't be had. @throws ApiError */
  const answers = (
    wanted: readonly { readonly field_id: number; readonly after: number | null; readonly afterId: number | null }[],
    since: number,
  ): readonly (readonly FieldValueChange[])[] | null => {
    const outcomes = api.all(
      wanted.map(({ field_id, after, afterId }) =>
        api.prepare.fieldValueChanges.list({
          query: {
            field_id,
            changed_after: new Date(after ?? since).toISOString(),
            order_by: 'asc',
            limit: CHANGES_PER_ANSWER,
            ...(afterId === null ? {} : { after_id: afterId }),
          },
        }),
      ),
    );
    const lists: (readonly FieldValueChange[])[] = [];
    for (const outcome of outcomes) {
      if (outcome.ok) lists.push(outcome.value);
      else if (UNAVAILABLE.has(outcome.fault.code)) return null;
      else throw new ApiError(outcome.fault);
    }
    return lists;
  };

  const isAscending = (changes: readonly FieldValueChange[]): boolean =>
    changes.every((change, index) => {
      const before = changes[index - 1];
      return before === undefined || Date.parse(before.changed_at) <= Date.parse(change.changed_at);
    });

  const columns = new Set(fields.map(({ id }) => columnOf(id)));

  return {
    columns,
    current: new Set([...columns, ...onPages]),
    fingerprint: digestOf(JSON.stringify(fields.map(({ id, name, dropdown_options }) => [id, name, dropdown_options]))),
    calls: fields.length,
    since(instant) {
      const found = new Map<number, FieldValueChange>();
      let open = fields.map(({ id }) => ({
        field_id: id,
        after: null as number | null,
        afterId: null as number | null,
      }));
      while (open.length > 0) {
        const lists = answers(open, instant);
        if (lists === null) return null;
        const next: typeof open = [];
        for (const [index, changes] of lists.entries()) {
          const fieldId = open[index]?.field_id ?? 0;
          const fresh = changes.filter(({ id }) => !found.has(id));
          for (const change of changes) if (Date.parse(change.changed_at) >= instant) found.set(change.id, change);
          // A full answer may have left some out: they follow the last one, provided that the server keeps to the order.
          if (changes.length !== CHANGES_PER_ANSWER) continue;
          const last = changes[changes.length - 1];
          if (!isAscending(changes) || fresh.length === 0 || last === undefined) return null;
          next.push({ field_id: fieldId, after: Date.parse(last.changed_at), afterId: last.id });
        }
        open = next;
      }
      return [...found.values()].map(toChange);
    },
    lastOf(cells) {
      const field = new Map(fields.map((one) => [columnOf(one.id), one]));
      const calls = cells.flatMap(({ column, key, entity }) => {
        const known = field.get(column);
        if (known === undefined) return [];
        const selector =
          known.list_id === null ? { [SELECTOR[type]]: entityIdOf(entity) } : { list_entry_id: Number(key) };
        return [api.prepare.fieldValueChanges.list({ query: { field_id: known.id, ...selector } })];
      });
      return api.all(calls).flatMap((outcome): readonly RecordedChange[] => {
        if (!outcome.ok) {
          if (UNAVAILABLE.has(outcome.fault.code)) return [];
          throw new ApiError(outcome.fault);
        }
        const [newest] = [...outcome.value].sort((a, b) => Date.parse(b.changed_at) - Date.parse(a.changed_at));
        return newest === undefined ? [] : [toChange(newest)];
      });
    },
  };
};
