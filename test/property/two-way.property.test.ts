/**
 * Random histories against a model: people edit, clear, sort, copy and delete in the sheet, colleagues edit and clear in Affinity,
 * refreshes and pushes come in any order. At each step no unsent edit is lost and nothing is written over; at the end both sides
 * agree and a plan after its own apply is empty. Source: design, promises P1 and P6.
 */
import fc from 'fast-check';
import { LIST_IDS } from '../../local/affinity';
import type { Cell } from '../../src/sync/cells/cell';
import { dayCell, sameCell } from '../../src/sync/cells/cell';
import { ID_COLUMN, idIn } from '../../src/sync/row-id';
import { previewPush, pushImport, refreshImport } from '../../src/sync/runs/desk';
import { choiceKey } from '../../src/sync/runs/send-rows';
import { Stage } from '../engine/stage';
import { holds } from './run';

const ENTRIES = 6;

/** Fields that both sides edit: what a person types, and what a colleague's program sends for the same. */
const VALUES: Readonly<Record<string, readonly (readonly [Cell, unknown])[]>> = {
  Amount: [
    [1, 1],
    [2.5, 2.5],
    [-3, -3],
  ],
  Nickname: [
    ['ace', 'ace'],
    ['=1+1', '=1+1'],
    ['00123', '00123'],
  ],
  'Close Date': [
    [dayCell('2026-03-08'), '2026-03-08'],
    [dayCell('2026-11-01'), '2026-11-01'],
    [dayCell('2027-01-31'), '2027-01-31'],
  ],
  Status: [
    ['New', 71_001],
    ['Won', 71_006],
    ['Passed', 71_007],
  ],
};
const HEADERS = Object.keys(VALUES);

type Step =
  | { readonly kind: 'type' | 'colleague'; readonly row: number; readonly field: number; readonly value: number }
  | {
      readonly kind: 'meet';
      readonly row: number;
      readonly field: number;
      readonly value: number;
      readonly theirs: number;
    }
  | { readonly kind: 'clear' | 'colleague-clears'; readonly row: number; readonly field: number }
  | { readonly kind: 'copy-row' | 'delete-row'; readonly row: number }
  | { readonly kind: 'reverse' | 'blank-row' | 'refresh' | 'push' | 'push-clears' };

// Most steps fall on few cells: changes that never meet show little.
const row = fc.constantFrom(0, 0, 0, 1, 1, ENTRIES - 1);
const field = fc.constantFrom(0, 0, 1, 2, 3);
const value = fc.nat(2);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('type' as const), row, field, value }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('colleague' as const), row, field, value }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('meet' as const), row, field, value, theirs: value }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('clear' as const), row, field }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('colleague-clears' as const), row, field }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('copy-row' as const, 'delete-row' as const), row }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'reverse' as const,
        'blank-row' as const,
        'refresh' as const,
        'refresh' as const,
        'push' as const,
        'push-clears' as const,
      ),
    }),
  },
);

/** What the person has typed into a cell and not sent, by `row id/header`. */
type Unsent = Map<string, Cell>;

/** A stored value in the form in which a colleague sends it. */
const wireOf = (header: string, stored: unknown): unknown => {
  if (typeof stored === 'object' && stored !== null && 'id' in stored) return stored.id;
  return header === 'Close Date' && typeof stored === 'string' ? stored.slice(0, 10) : stored;
};

/** A cell in the same form; undefined for an empty one. */
const wireOfCell = (header: string, cell: Cell): unknown =>
  VALUES[header]?.find(([typed]) => sameCell(typed, cell))?.[1];

class History {
  readonly stage = new Stage({ entries: ENTRIES });
  readonly importId: string;
  readonly ids: readonly string[];
  readonly unsent: Unsent = new Map();
  /** What both sides last agreed on, by `row id/header`, in the form in which a colleague sends it: the model's own baseline. */
  readonly agreed = new Map<string, unknown>();
  readonly beside: string;

  constructor() {
    const columns = [
      'entity.name',
      ...this.stage
        .client()
        .lists.get({ path: { list_id: LIST_IDS.pipeline } })
        .fields.filter(({ name }) => HEADERS.includes(name))
        .map(({ id }) => `field.${id}`),
    ];
    this.importId = this.stage.import(LIST_IDS.pipeline, columns).importId;
    this.ids = this.stage.ids();
    for (const [index, tabRow] of this.stage.tab.rows.entries()) tabRow.beside = `note ${index}`;
    this.beside = this.notes();
    for (const id of this.ids) for (const header of HEADERS) this.agreed.set(`${id}/${header}`, this.wire(id, header));
  }

  wire(id: string, header: string): unknown {
    return wireOf(header, this.remote(id, header)?.value);
  }

  /** The person's own words beside the rows, with the row each stands on. */
  notes(): string {
    return this.stage.tab.rows
      .map(({ cells, beside }) => `${idIn(cells.get(ID_COLUMN) ?? null)}: ${beside}`)
      .filter((note) => !note.endsWith(': '))
      .sort()
      .join('\n');
  }

  isSingle(id: string): boolean {
    return this.stage.ids().filter((other) => other === id).length === 1;
  }

  remote(id: string, header: string) {
    const column = this.stage.column(header);
    return this.stage
      .client()
      .fieldValues.list({ query: { list_entry_id: Number(id) } })
      .find(({ field_id }) => `field.${field_id}` === column);
  }

  colleague(id: string, header: string, wire: unknown): void {
    const stored = this.remote(id, header);
    const api = this.stage.colleague();
    if (wire === undefined) {
      if (stored !== undefined) api.fieldValues.remove({ path: { field_value_id: stored.id } });
      return;
    }
    if (stored !== undefined) {
      api.fieldValues.update({ path: { field_value_id: stored.id }, body: { value: wire } });
      return;
    }
    const entry = api.listEntries.get({ path: { list_id: LIST_IDS.pipeline, list_entry_id: Number(id) } });
    const fieldId = Number(this.stage.column(header).slice('field.'.length));
    api.fieldValues.create({
      body: { field_id: fieldId, entity_id: entry.entity_id, list_entry_id: Number(id), value: wire },
    });
  }

  type(id: string, header: string, cell: Cell): void {
    if (!this.isSingle(id)) return;
    this.stage.type(id, header, cell);
    const name = `${id}/${header}`;
    // What both sides agreed on, typed again, is no edit.
    if (wireOfCell(header, cell) === this.agreed.get(name)) this.unsent.delete(name);
    else this.unsent.set(name, cell);
  }

  /** Every unsent edit still stands in its cell, unless Affinity has the same by now. */
  checkUnsent(): void {
    for (const [name, cell] of this.unsent) {
      const [id = '', header = ''] = name.split('/');
      if (!this.isSingle(id)) continue;
      const shown = this.stage.cell(id, header);
      if (!sameCell(shown, cell))
        throw new Error(`the edit of ${name} was ${JSON.stringify(cell)} and is ${JSON.stringify(shown)}`);
    }
  }

  /** The model's word on each unsent edit: Affinity has it already, it may be sent, or it would write over a colleague. */
  verdict(name: string): 'same' | 'free' | 'conflict' {
    const [id = '', header = ''] = name.split('/');
    const theirs = this.wire(id, header);
    if (theirs === wireOfCell(header, this.unsent.get(name) ?? null)) return 'same';
    return theirs === this.agreed.get(name) ? 'free' : 'conflict';
  }

  refresh(): void {
    refreshImport(this.stage.desk, this.stage.run(), this.importId);
    this.checkUnsent();
    for (const id of this.ids.filter((one) => this.isSingle(one))) {
      for (const header of HEADERS) {
        const name = `${id}/${header}`;
        if (this.unsent.has(name) && this.verdict(name) !== 'same') continue;
        this.unsent.delete(name);
        this.agreed.set(name, this.wire(id, header));
      }
    }
  }

  push(sendClears: boolean): void {
    const expected = new Map(
      [...this.unsent.keys()].map((name) => {
        const [id = '', header = ''] = name.split('/');
        const mine = this.unsent.get(name) ?? null;
        const verdict = this.verdict(name);
        const isSent = verdict === 'free' && this.isSingle(id) && (mine !== null || sendClears);
        return [name, { verdict, after: isSent ? wireOfCell(header, mine) : this.wire(id, header), isSent }] as const;
      }),
    );
    const result = pushImport(this.stage.desk, this.stage.run(), this.importId, { sendClears, choices: new Map() });
    expect(result.failed).toBe(0);
    this.checkUnsent();
    for (const [name, { verdict, after, isSent }] of expected) {
      const [id = '', header = ''] = name.split('/');
      if (this.wire(id, header) !== after)
        throw new Error(`${name} (${verdict}) should be ${after} in Affinity and is ${this.wire(id, header)}`);
      if (!isSent && !(verdict === 'same' && this.isSingle(id))) continue;
      this.unsent.delete(name);
      this.agreed.set(name, after);
    }
  }

  act(next: Step): void {
    const id = 'row' in next ? (this.ids[next.row] ?? '') : '';
    const header = 'field' in next ? (HEADERS[next.field] ?? '') : '';
    const pair = 'value' in next ? VALUES[header]?.[next.value] : undefined;
    const { rows } = this.stage.tab;
    switch (next.kind) {
      case 'type':
        this.type(id, header, pair?.[0] ?? null);
        return;
      case 'meet':
        this.type(id, header, pair?.[0] ?? null);
        this.colleague(id, header, VALUES[header]?.[next.theirs]?.[1]);
        return;
      case 'clear':
        this.type(id, header, null);
        return;
      case 'colleague':
        this.colleague(id, header, pair?.[1]);
        return;
      case 'colleague-clears':
        this.colleague(id, header, undefined);
        return;
      case 'reverse':
        rows.reverse();
        return;
      case 'blank-row':
        rows.splice(1, 0, { cells: new Map(), beside: '' });
        return;
      case 'copy-row': {
        const source = rows.find(({ cells }) => idIn(cells.get(ID_COLUMN) ?? null) === id);
        if (source !== undefined) rows.push({ cells: new Map(source.cells), beside: '' });
        return;
      }
      case 'delete-row': {
        // Of a copied row only the copy is taken away, so that the person's note stays with its row.
        const at = rows.findLastIndex(
          ({ cells, beside }) => idIn(cells.get(ID_COLUMN) ?? null) === id && beside === '',
        );
        if (at >= 0) rows.splice(at, 1);
        return;
      }
      case 'refresh':
        this.refresh();
        return;
      case 'push':
        this.push(false);
        return;
      case 'push-clears':
        this.push(true);
        return;
    }
  }

  /** Copies are removed, conflicts settled for the sheet, everything sent; then both sides have to agree. */
  finish(): void {
    for (const id of this.ids) while (!this.isSingle(id)) this.act({ kind: 'delete-row', row: this.ids.indexOf(id) });
    const { desk, tab } = this.stage;
    refreshImport(desk, this.stage.run(), this.importId);
    const open = previewPush(this.stage.run(), this.importId).cells;
    const choices = new Map(
      open
        .filter(({ state }) => state === 'conflict')
        .map(({ id, column }) => [choiceKey(id, column), 'mine' as const]),
    );
    pushImport(desk, this.stage.run(), this.importId, { sendClears: true, choices });
    this.stage.affinity.counter.reset();
    expect(refreshImport(desk, this.stage.run(), this.importId)).toMatchObject({
      kind: 'done',
      cellsChanged: 0,
      rowsHeld: 0,
      rowsAdded: 0,
    });
    expect(previewPush(this.stage.run(), this.importId).cells).toEqual([]);
    pushImport(desk, this.stage.run(), this.importId, { sendClears: true, choices: new Map() });
    expect(this.stage.affinity.counter.read().writes).toBe(0);
    expect(this.notes()).toBe(this.beside);
    const fresh = new Stage({ entries: ENTRIES });
    expect(tab.rows.filter(({ cells }) => cells.has(ID_COLUMN))).toHaveLength(
      fresh.client().lists.get({ path: { list_id: LIST_IDS.pipeline } }).list_size,
    );
    for (const id of this.ids) {
      for (const header of HEADERS) {
        const stored = this.remote(id, header)?.value;
        const cell = this.stage.cell(id, header);
        const asSent = VALUES[header]?.find(([typed]) => sameCell(typed, cell))?.[1];
        const had = typeof stored === 'object' && stored !== null ? (stored as { id: number }).id : stored;
        if (asSent !== undefined && typeof asSent === 'string' && header === 'Close Date')
          expect(String(had)).toContain(asSent);
        else if (asSent !== undefined) expect(had).toBe(asSent);
        else if (cell === null) expect(stored).toBeUndefined();
      }
    }
  }
}

let histories = 0;
let converged = 0;

test('both sides converge, and no unsent edit is lost on the way, whatever the order', () => {
  holds(
    fc.property(fc.array(step, { minLength: 4, maxLength: 24 }), (steps) => {
      histories += 1;
      const history = new History();
      for (const next of steps) history.act(next);
      history.finish();
      converged += 1;
    }),
    200,
  );
});

afterAll(() => console.log(`${histories} random histories, ${histories - converged} divergences`));
