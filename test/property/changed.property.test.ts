/**
 * Refreshing by what Affinity recorded against refreshing it all: over random histories of colleagues, rows and columns that are said to be
 * current equal a complete refresh cell for cell, and no column claims to be fresher than it is.
 */
import fc from 'fast-check';
import { type AffinityOptions, LIST_IDS } from '../../local/affinity';
import type { Cell } from '../../src/sync/cells/cell';
import { STATUS_COLUMN } from '../../src/sync/row-id';
import { refreshChanged, refreshImport } from '../../src/sync/runs/desk';
import { readFreshness } from '../../src/sync/state/freshness';
import { readImport } from '../../src/sync/state/saved-import';
import { Stage } from '../engine/stage';
import { holds } from './run';

const ENTRIES = 16;
const MINUTE = 60_000;

/** Fields that colleagues write: two whose changes Affinity records, and one whose it does not. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  Amount: [1, 2.5, -3],
  'Close Date': ['2026-03-08', '2026-11-01', '2027-01-31'],
  Status: [71_001, 71_006, 71_007],
  Nickname: ['ace', '=1+1', '00123'],
};
const HEADERS = Object.keys(VALUES);

type Step =
  | { readonly kind: 'set'; readonly row: number; readonly field: number; readonly value: number }
  | { readonly kind: 'clear'; readonly row: number; readonly field: number }
  | { readonly kind: 'type'; readonly row: number; readonly field: number }
  | { readonly kind: 'remove-row'; readonly row: number }
  | { readonly kind: 'delete-from-sheet'; readonly row: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'add-row' | 'refresh' | 'refresh-all' };

const row = fc.nat(ENTRIES - 1);
const field = fc.nat(HEADERS.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('set' as const), row, field, value: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('clear' as const), row, field }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('type' as const), row, field }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove-row' as const), row }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete-from-sheet' as const), row }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 300 }) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'add-row' as const,
        'refresh' as const,
        'refresh' as const,
        'refresh' as const,
        'refresh-all' as const,
      ),
    }),
  },
);

class History {
  readonly stage: Stage;
  readonly importId: string;
  /** When each cell of Affinity last changed, by `row id/header`: the model's own knowledge. */
  readonly changedAt = new Map<string, number>();
  cheap = 0;

  constructor(options: AffinityOptions) {
    this.stage = new Stage({ ...options, entries: ENTRIES });
    const columns = [
      'entity.name',
      ...this.stage
        .client()
        .lists.get({ path: { list_id: LIST_IDS.pipeline } })
        .fields.filter(({ name }) => HEADERS.includes(name))
        .map(({ id }) => `field.${id}`),
    ];
    this.importId = this.stage.import(LIST_IDS.pipeline, columns).importId;
  }

  get now(): number {
    return this.stage.affinity.world.clock.now();
  }

  entries(): readonly string[] {
    return this.stage
      .client()
      .listEntries.page({ path: { list_id: LIST_IDS.pipeline }, query: { page_size: 500 } })
      .list_entries.map(({ id }) => String(id));
  }

  remote(id: string, header: string) {
    const column = this.stage.column(header);
    return this.stage
      .client()
      .fieldValues.list({ query: { list_entry_id: Number(id) } })
      .find(({ field_id }) => `field.${field_id}` === column);
  }

  write(id: string, header: string, value: unknown): void {
    const stored = this.remote(id, header);
    const api = this.stage.colleague();
    if (value === undefined) {
      if (stored === undefined) return;
      api.fieldValues.remove({ path: { field_value_id: stored.id } });
    } else if (stored !== undefined) {
      api.fieldValues.update({ path: { field_value_id: stored.id }, body: { value } });
    } else {
      const entry = api.listEntries.get({ path: { list_id: LIST_IDS.pipeline, list_entry_id: Number(id) } });
      const fieldId = Number(this.stage.column(header).slice('field.'.length));
      api.fieldValues.create({
        body: { field_id: fieldId, entity_id: entry.entity_id, list_entry_id: Number(id), value },
      });
    }
    this.changedAt.set(`${id}/${header}`, this.now);
  }

  refresh(): void {
    const { stage, importId } = this;
    if (refreshChanged(stage.desk, stage.run(), importId) === null) refreshImport(stage.desk, stage.run(), importId);
    else this.cheap += 1;
  }

  take(step: Step): void {
    const ids = this.entries();
    const id = 'row' in step ? (ids[step.row % ids.length] ?? '') : '';
    const header = 'field' in step ? (HEADERS[step.field] ?? '') : '';
    switch (step.kind) {
      case 'set':
        this.write(id, header, VALUES[header]?.[step.value]);
        return;
      case 'clear':
        this.write(id, header, undefined);
        return;
      case 'type':
        if (this.stage.ids().includes(id)) this.stage.type(id, header, 'typed here');
        return;
      case 'remove-row':
        if (ids.length > ENTRIES / 2)
          this.stage.colleague().listEntries.remove({
            path: { list_id: LIST_IDS.pipeline, list_entry_id: Number(id) },
          });
        return;
      case 'delete-from-sheet':
        this.stage.tab.rows = this.stage.tab.rows.filter((one) => one !== this.stage.tab.rows[step.row]);
        return;
      case 'add-row':
        this.stage
          .colleague()
          .opportunities.create({ body: { name: `Deal at ${this.now}`, list_id: LIST_IDS.pipeline } });
        return;
      case 'wait':
        this.stage.affinity.world.clock.advance(step.minutes * MINUTE);
        return;
      case 'refresh':
        this.refresh();
        return;
      case 'refresh-all':
        refreshImport(this.stage.desk, this.stage.run(), this.importId);
    }
  }

  /** The table as text: what a cell shows, by row id and header. */
  picture(headers: readonly string[]): ReadonlyMap<string, Cell> {
    const cells = new Map<string, Cell>();
    for (const id of this.stage.ids())
      for (const header of headers) cells.set(`${id}/${header}`, this.stage.cell(id, header));
    return cells;
  }

  /** What the import says of itself: since when each column is current. */
  claims(): { readonly full: number; readonly changes: number; readonly older: readonly string[] } {
    const { lastPull } = readImport(this.stage.workbook.state(this.importId));
    const full = Date.parse(lastPull?.dataAsOf ?? '');
    const freshness = readFreshness(this.stage.store, this.importId, lastPull?.dataAsOf ?? null);
    return { full, changes: freshness === null ? full : Date.parse(freshness.asOf), older: freshness?.older ?? [] };
  }

  /** A cell that nobody edited here and that shows something else than Affinity has must have changed after the claimed instant. */
  checkClaims(): void {
    const { full, changes, older } = this.claims();
    const stale: string[] = [];
    const there = new Set(this.entries());
    const ids = new Set(this.stage.ids());
    for (const [name, changedAt] of this.changedAt) {
      const [id = '', header = ''] = name.split('/');
      if (!ids.has(id) || !there.has(id)) continue;
      const claimed = older.includes(header) ? full : changes;
      const shown = this.stage.cell(id, header);
      if (changedAt >= claimed || shown === 'typed here') continue;
      const stored = this.remote(id, header)?.value ?? null;
      const plain = (value: unknown): unknown =>
        typeof value === 'object' && value !== null && 'text' in value
          ? value.text
          : typeof value === 'string' && header === 'Close Date'
            ? value.slice(0, 10)
            : value;
      const cell: unknown = typeof shown === 'object' && shown !== null && 'day' in shown ? shown.day : shown;
      if (plain(stored) !== cell)
        stale.push(`${name}: ${JSON.stringify(cell)} instead of ${JSON.stringify(plain(stored))}`);
    }
    expect(stale).toEqual([]);
  }

  /** Rows of the table that Affinity has no more, as the table says. */
  gone(): readonly string[] {
    const says = (id: string) => String(this.stage.row(id).cells.get(STATUS_COLUMN) ?? '');
    return this.stage.ids().filter((id) => says(id).startsWith('No longer'));
  }

  /** A refresh by changes leaves current columns and the set of rows as a complete one right after it does. */
  checkEquivalence(): void {
    this.refresh();
    const { older } = this.claims();
    const current = ['Name', ...HEADERS].filter((header) => !older.includes(header));
    const before = this.picture(current);
    const rows = [...this.stage.ids()].sort();
    const gone = this.gone();
    const there = new Set(this.entries());
    expect(gone).toEqual(this.stage.ids().filter((id) => !there.has(id)));
    refreshImport(this.stage.desk, this.stage.run(), this.importId);
    expect([...this.stage.ids()].sort()).toEqual(rows);
    expect(this.gone()).toEqual(gone);
    expect(this.picture(current)).toEqual(before);
  }
}

const SERVERS: readonly (readonly [string, AffinityOptions, boolean])[] = [
  ['a server that takes a time and an order', {}, true],
  [
    'a server of the official text, which gives whole histories',
    { rulesOff: ['changes-after-a-time', 'changes-limited', 'changes-in-asked-order'] },
    true,
  ],
  ['a server that asks for one row a call', { choices: { changesSelector: 'required' } }, false],
];

test.each(SERVERS)('%s: what is said to be current is', (_what, options, isUseful) => {
  let cheap = 0;
  let histories = 0;
  holds(
    fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
      const history = new History(options);
      for (const one of steps) {
        history.take(one);
        // Also of what changes after a refresh: a claim that reaches beyond the reading is none the sheet can keep.
        history.checkClaims();
      }
      history.checkEquivalence();
      history.checkClaims();
      histories += 1;
      cheap += history.cheap;
    }),
    12,
  );
  // Otherwise the property would say nothing.
  if (isUseful) expect(cheap).toBeGreaterThan(histories / 2);
  else expect(cheap).toBe(0);
});
