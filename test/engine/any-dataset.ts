/**
 * What the suites of every dataset do with a table that they know nothing about: ask for it, edit it, type a row below it. What fits
 * is found by trying it in the preview, which says of each edit and of each row whether it would go.
 */
import { LIST_IDS } from '../../local/affinity';
import { type Cell, dayCell } from '../../src/sync/cells/cell';
import type { ColumnLook } from '../../src/sync/ports';
import { ID_COLUMN, STATUS_COLUMN } from '../../src/sync/row-id';
import { previewPush } from '../../src/sync/runs/desk';
import type { FakeRow } from '../fakes/fake-workbook';
import type { Stage } from './stage';

/** What datasets are asked for, in one bag for all: the codec of each takes what it knows. */
export const ASKED = {
  title: 'Everything',
  scope: { listId: LIST_IDS.pipeline },
  listId: LIST_IDS.pipeline,
  types: [0, 1, 2, 3],
  from: '2025-01-01',
  fieldId: 61_223,
};

export interface AnyEdit {
  readonly id: string;
  readonly header: string;
  readonly typed: Cell;
}

const typedInto = ({ format }: ColumnLook, text: string): Cell => {
  if (format === 'number') return 77;
  if (format === 'day') return dayCell('2026-02-28');
  return format === 'time' ? { day: '2026-02-28', time: '09:30:00' } : text;
};

/** Edits a cell of each column that takes free text, a number, a day or a time, each in a row of its own. `text`: what is typed. */
export const editAnything = (stage: Stage, importId: string, text: string): readonly AnyEdit[] => {
  const edits: AnyEdit[] = [];
  const taken = new Set<string>();
  for (const look of stage.tab.columns) {
    const { key: name, header, isEditable, choices } = look;
    if (!isEditable || choices !== undefined) continue;
    // A row whose cell may be edited: the preview says so.
    for (const id of stage.ids().filter((one) => !taken.has(one))) {
      const before = stage.row(id).cells.get(name) ?? null;
      if (before === null) continue;
      const typed = typedInto(look, text);
      stage.row(id).cells.set(name, typed);
      const shown = previewPush(stage.run(), importId).cells.find((cell) => cell.id === id);
      if (shown?.state === 'pending') {
        edits.push({ id, header, typed });
        taken.add(id);
        break;
      }
      stage.row(id).cells.set(name, before);
      // Names can't be hostile: nobody is called so.
      if (shown?.problem?.includes('Affinity has no')) break;
    }
  }
  return edits;
};

/** Rows of which a new one is tried to be made. */
const MODELS = 25;

/**
 * Types a row that Affinity does not have: one of the table's own rows in other words. Null where no row of this table can be made
 * by typing.
 */
export const typeAnything = (stage: Stage, importId: string): FakeRow | null => {
  const { columns, rows } = stage.tab;
  const words = columns.filter(
    ({ key, format, choices }) => format === 'text' && choices === undefined && !key.startsWith('#'),
  );
  const inOtherWords = (model: FakeRow, changed: readonly ColumnLook[]): FakeRow => {
    const cells = new Map([...model.cells].filter(([key]) => key !== ID_COLUMN && key !== STATUS_COLUMN));
    for (const { key } of changed) cells.set(key, `${cells.get(key) ?? ''}again`);
    return { cells, beside: '' };
  };
  for (const model of rows.slice(0, MODELS)) {
    // A column that nothing fills says what is new; else one that something fills.
    const empty = words.filter(({ key }) => (model.cells.get(key) ?? null) === null);
    for (const changed of [...words.map((one) => [one]), ...empty.map((one) => [one])]) {
      const row = inOtherWords(model, changed);
      rows.push(row);
      const { newRows: plan, cells } = previewPush(stage.run(), importId);
      const made = plan.find(({ fate }) => fate === 'create');
      if (made !== undefined) {
        // What only Affinity fills is left to it.
        for (const { id, state, column } of cells) if (id === made.key && state === 'refused') row.cells.delete(column);
        return row;
      }
      rows.pop();
      if (plan.some(({ says }) => says.includes('made in Affinity alone'))) return null;
    }
  }
  if (rows.length === 0) return null;
  throw new Error(`no row could be made in other words: ${columns.map(({ header }) => header).join(', ')}`);
};
