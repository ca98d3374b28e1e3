/**
 * What both sides of a random history hold, and what people on either side do to it. The model knows no baseline, no plan and no
 * journal: only what was typed and not sent, what both sides last agreed on, and what Affinity holds.
 */
import { LIST_IDS } from '../../local/affinity';
import { entryKey } from '../../local/affinity/world/field-values';
import type { Client } from '../../src/api/client';
import type { Affinity as Table } from '../../src/api/table';
import { type Cell, type FormulaCell, isFormula, sameCell } from '../../src/sync/cells/cell';
import { ID_COLUMN, idIn, STATUS_COLUMN } from '../../src/sync/row-id';
import { Stage } from '../engine/stage';
import type { FakeRow } from '../fakes/fake-workbook';
import { ENTRIES, HEADERS, type Typed, VALUES } from './two-way-steps';

/** What Affinity keeps in a cell, comparable with ===; undefined for an empty one. */
export type Kept = string | number | undefined;

export const keptOf = (kept: Typed['kept']): Kept => (typeof kept === 'object' ? JSON.stringify(kept) : kept);

/** Several values as they are kept, in one order: the one in which they came is no difference. */
const keptTags = (tags: readonly string[]): Kept =>
  tags.length === 0 ? undefined : JSON.stringify([...new Set(tags)].sort());

const tagsOf = (kept: Kept): readonly string[] => (kept === undefined ? [] : JSON.parse(String(kept)));

/** The values of a cell that holds several: a quoted one may hold a separator. */
const tagsIn = (cell: Cell): readonly string[] =>
  typeof cell === 'string'
    ? [...cell.matchAll(/"((?:[^"]|"")*)"|[^;"]+/g)].flatMap(([bare, quoted]) => {
        const tag = quoted?.replace(/""/g, '"') ?? bare.trim();
        return tag === '' ? [] : [tag];
      })
    : [];

/** What a typed cell says, or the formula in it shows, in the same form; undefined also for texts that nobody types here. */
export const meaning = (header: string, cell: Cell): Kept => {
  const shown = isFormula(cell) ? cell.shows : cell;
  if (header === 'Tags') return keptTags(tagsIn(shown));
  const found = VALUES[header]?.find((typed) => sameCell(typed.cell, shown));
  return found === undefined ? undefined : keptOf(found.kept);
};

/**
 * What both sides should do with a typed cell. `same`: Affinity has it all. `both`: several values that both sides changed go out
 * together. `computed`: a formula's result, sent by consent only.
 */
export type Verdict = 'same' | 'free' | 'both' | 'computed' | 'conflict' | 'gone';

/** The world before the first step, made once: an import of the list, and how each value that Affinity has looks in its cell. */
interface Start {
  readonly importId: string;
  readonly columns: ReadonlyMap<string, string>;
  readonly tab: { readonly id: number; readonly title: string; readonly columns: Stage['tab']['columns'] };
  readonly rows: readonly FakeRow[];
  readonly state: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly store: ReadonlyMap<string, string>;
}

/** A stage whose list has the fields of these histories and no others: most of a run's time would go into reading the rest. */
const small = (): Stage => {
  const stage = new Stage({ entries: ENTRIES });
  const { fields, fieldValues } = stage.affinity.world;
  for (const { id, list_id, name } of fields.values()) {
    if (list_id !== LIST_IDS.pipeline || HEADERS.includes(name)) continue;
    fields.delete(id);
    fieldValues.removeField(id);
  }
  return stage;
};

let prepared: Start | null = null;

const start = (): Start => {
  if (prepared !== null) return prepared;
  const stage = small();
  const { fields } = stage.client().lists.get({ path: { list_id: LIST_IDS.pipeline } });
  const keys = HEADERS.map((header) => `field.${fields.find(({ name }) => name === header)?.id}`);
  const { importId } = stage.import(LIST_IDS.pipeline, ['entity.name', ...keys]);
  const { id, title, columns, rows } = stage.tab;
  prepared = {
    importId,
    columns: new Map(HEADERS.map((header, at) => [header, keys[at] ?? ''])),
    tab: { id, title, columns },
    rows,
    state: stage.workbook.stateRows,
    store: stage.store.values,
  };
  return prepared;
};

export class Sides {
  readonly stage = small();
  readonly importId: string;
  /** Rows that the sheet has met; a row taken out of the sheet or of Affinity stays among them. */
  readonly ids: string[];
  readonly gone = new Set<string>();
  /** What the person has typed into a cell and not sent, by `row id/header`. */
  readonly unsent = new Map<string, Cell>();
  /** Cells that hold a formula, by `row id/header`; those whose result is an edit are among the unsent as well. */
  readonly computed = new Map<string, FormulaCell>();
  /** What both sides last agreed on, by `row id/header`. */
  readonly agreed = new Map<string, Kept>();
  /** What the cell of a value that was typed nowhere looks like, by `header/value`. */
  readonly looks = new Map<string, Cell>();
  readonly columns: ReadonlyMap<string, string>;
  readonly colleagueApi: Client<Table>;
  made = 0;

  constructor() {
    const { importId, columns, tab, rows, state, store } = start();
    this.columns = columns;
    this.importId = importId;
    const { workbook } = this.stage;
    workbook.tabs.set(tab.id, {
      ...tab,
      rows: rows.map(({ cells }, at) => ({ cells: new Map(cells), beside: `note ${at}` })),
    });
    for (const [id, lines] of state)
      workbook.stateRows.set(
        id,
        lines.map((line) => [...line]),
      );
    for (const [key, value] of store) this.stage.store.values.set(key, value);
    this.colleagueApi = this.stage.client('northlight-colleague-key', 1e12);
    this.ids = [...this.stage.ids()];
    for (const id of this.ids) this.agree(id);
    for (const [name, kept] of this.agreed) {
      const [id = '', header = ''] = name.split('/');
      if (kept !== undefined) this.looks.set(`${header}/${kept}`, this.cell(id, header));
    }
  }

  // What stands where

  get rows(): FakeRow[] {
    return this.stage.tab.rows;
  }

  rowsOf(id: string): readonly FakeRow[] {
    const wanted = Number(id);
    return this.rows.filter(({ cells }) => cells.get(ID_COLUMN) === wanted);
  }

  /** Whether this row can be told from all others, so that it is refreshed and sent. */
  isSingle(id: string): boolean {
    return this.rowsOf(id).length === 1;
  }

  cell(id: string, header: string): Cell {
    return this.rowsOf(id)[0]?.cells.get(this.columns.get(header) ?? '') ?? null;
  }

  stored(id: string, header: string) {
    const fieldId = Number((this.columns.get(header) ?? '').slice('field.'.length));
    const { fieldValues } = this.stage.affinity.world;
    return fieldValues.of(entryKey(Number(id))).filter(({ field_id }) => field_id === fieldId);
  }

  /** What Affinity holds. */
  kept(id: string, header: string): Kept {
    const values = this.stored(id, header).map(({ value }) => value);
    if (values.length === 0) return undefined;
    if (header === 'Tags') return keptTags(values.map(String));
    return values[values.length - 1] as Kept; // the fields of this history hold texts and numbers
  }

  everything(): Map<string, Kept> {
    return new Map(
      this.ids.flatMap((id) => HEADERS.map((header) => [`${id}/${header}`, this.kept(id, header)] as const)),
    );
  }

  agree(id: string): void {
    for (const header of HEADERS) this.agreed.set(`${id}/${header}`, this.kept(id, header));
  }

  verdict(name: string): Verdict {
    const [id = '', header = ''] = name.split('/');
    if (this.gone.has(id)) return 'gone';
    const theirs = this.kept(id, header);
    const cell = this.unsent.get(name) ?? null;
    const mine = meaning(header, cell);
    if (theirs === mine) return 'same';
    if (theirs === this.agreed.get(name)) return isFormula(cell) ? 'computed' : 'free';
    if (header !== 'Tags' || isFormula(cell) || mine === undefined || theirs === undefined) return 'conflict';
    const both = this.together(name);
    // Nobody emptied it.
    if (both === undefined) return 'conflict';
    return both === theirs ? 'same' : 'both';
  }

  /** What both sides' changes of several values come to: added by either, removed by neither. */
  together(name: string): Kept {
    const [id = '', header = ''] = name.split('/');
    const before = tagsOf(this.agreed.get(name));
    const here = tagsOf(meaning(header, this.unsent.get(name) ?? null));
    const there = tagsOf(this.kept(id, header));
    return keptTags(
      [...before, ...here, ...there].filter((tag) =>
        before.includes(tag) ? here.includes(tag) && there.includes(tag) : true,
      ),
    );
  }

  /** Cells whose formula computes what was agreed on, while Affinity has something else by now: nobody typed, and they are in conflict. */
  get overtaken(): readonly string[] {
    return [...this.computed.keys()].filter((name) => {
      const [id = '', header = ''] = name.split('/');
      if (this.unsent.has(name) || this.gone.has(id) || !this.isSingle(id)) return false;
      const theirs = this.kept(id, header);
      return theirs !== this.agreed.get(name) && theirs !== meaning(header, this.computed.get(name) ?? null);
    });
  }

  /** All that is not ours: names, order of rows, what people wrote beside them, headers; and what stands in rows that are doubled. */
  others(): string {
    const { title, columns } = this.stage.tab;
    return JSON.stringify([
      title,
      columns.map(({ header }) => header),
      this.rows.map(({ cells, beside }) => [cells.get(ID_COLUMN) ?? null, beside]),
      this.rows
        .filter(({ cells }) => !this.isSingle(idIn(cells.get(ID_COLUMN) ?? null) ?? ''))
        .map(({ cells }) => [...cells].filter(([key]) => key !== STATUS_COLUMN)),
    ]);
  }

  // What the two sides do

  type(id: string, header: string, cell: Cell): void {
    const [row] = this.rowsOf(id);
    if (row === undefined || !this.isSingle(id)) return;
    row.cells.set(this.columns.get(header) ?? '', cell);
    const name = `${id}/${header}`;
    if (isFormula(cell)) this.computed.set(name, cell);
    else this.computed.delete(name);
    // What both sides agreed on, typed again, is no edit.
    if (meaning(header, cell) === this.agreed.get(name)) this.unsent.delete(name);
    else this.unsent.set(name, cell);
  }

  colleague(id: string, header: string, kept: Typed['kept'] | undefined): void {
    if (this.gone.has(id)) return;
    const api = this.colleagueApi;
    const stored = this.stored(id, header);
    const [first] = stored;
    const wanted = kept === undefined ? [] : typeof kept === 'object' ? kept : [kept];
    if (header !== 'Tags' && first !== undefined && wanted[0] !== undefined) {
      api.fieldValues.update({ path: { field_value_id: first.id }, body: { value: wanted[0] } });
      return;
    }
    for (const value of stored) api.fieldValues.remove({ path: { field_value_id: value.id } });
    const entry = this.stage.affinity.world.entries.get(Number(id));
    const field_id = Number((this.columns.get(header) ?? '').slice('field.'.length));
    for (const value of wanted)
      api.fieldValues.create({
        body: { field_id, entity_id: entry?.entity_id ?? 0, list_entry_id: Number(id), value },
      });
  }

  colleagueAdds(): void {
    const name = `New deal ${this.made}`;
    this.made += 1;
    const list_id = LIST_IDS.pipeline;
    this.colleagueApi.opportunities.create({ body: { name, list_id, person_ids: [], organization_ids: [] } });
  }

  colleagueRemoves(id: string): void {
    // A list without rows is not believed; two are left so that the history goes on.
    if (this.gone.has(id) || this.ids.length - this.gone.size < 3) return;
    this.colleagueApi.listEntries.remove({ path: { list_id: LIST_IDS.pipeline, list_entry_id: Number(id) } });
    this.gone.add(id);
  }

  deleteRow(id: string): void {
    const { tab } = this.stage;
    tab.rows = tab.rows.filter(({ cells }) => idIn(cells.get(ID_COLUMN) ?? null) !== id);
    for (const header of HEADERS) {
      this.unsent.delete(`${id}/${header}`);
      this.computed.delete(`${id}/${header}`);
    }
  }

  /** Leaves one row of this id: the one that stands highest among those that are no copies. */
  deleteCopies(id: string): void {
    const kept = this.rowsOf(id).find(({ beside }) => beside !== 'a copy') ?? this.rowsOf(id)[0];
    const { tab } = this.stage;
    tab.rows = tab.rows.filter((row) => row === kept || idIn(row.cells.get(ID_COLUMN) ?? null) !== id);
  }
}
