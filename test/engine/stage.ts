/** The engine between a workbook in memory and the emulator's core in process, on a simulated clock. */

import { Affinity, type AffinityOptions, createControl, SEED_NOW, simulatedClock } from '../../local/affinity';
import { type Client, createClient } from '../../src/api/client';
import type { Transport } from '../../src/api/ports';
import { affinity, type Affinity as Table } from '../../src/api/table';
import type { Cell } from '../../src/sync/cells/cell';
import type { FileStore, SliceMemory } from '../../src/sync/ports';
import { ID_COLUMN, idIn } from '../../src/sync/row-id';
import { type Desk, importDataset, importList } from '../../src/sync/runs/desk';
import { createNameBook } from '../../src/sync/runs/resolve-names';
import type { Run } from '../../src/sync/runs/run';
import { type FakeRow, type FakeTab, FakeWorkbook } from '../fakes/fake-workbook';

const ADMIN = 'northlight-admin-key';
const COLLEAGUE = 'northlight-colleague-key';

export class MemoryStore implements FileStore {
  readonly values = new Map<string, string>();
  get(key: string): string | null {
    return this.values.get(key) ?? null;
  }
  set(key: string, value: string): void {
    this.values.set(key, value);
  }
  remove(key: string): void {
    this.values.delete(key);
  }
}

/** Lines in memory. */
class Memory implements SliceMemory {
  readonly lines = new Map<string, string[]>();
  read(name: string): readonly string[] | null {
    return this.lines.get(name) ?? null;
  }
  write(name: string, lines: readonly string[]): void {
    this.lines.set(name, [...lines]);
  }
  add(name: string, lines: readonly string[]): void {
    this.lines.set(name, [...(this.lines.get(name) ?? []), ...lines]);
  }
}

export class Stage {
  readonly affinity: Affinity;
  readonly workbook = new FakeWorkbook();
  readonly store = new MemoryStore();
  readonly log: object[] = [];
  readonly memory = new Memory();
  /** What stands between the client and the emulator, so that a test can act in between. */
  around: (transport: Transport) => Transport = (transport) => transport;
  readonly #options: AffinityOptions;
  #runs = 0;

  constructor(options: AffinityOptions = {}) {
    this.#options = options;
    this.affinity = new Affinity({ clock: simulatedClock(SEED_NOW), ...options });
  }

  get clock() {
    const { clock } = this.affinity.world;
    return { now: () => clock.now(), sleep: (ms: number) => clock.advance(ms) };
  }

  client(key: string = ADMIN, budgetMs = 3_600_000): Client<Table> {
    return createClient(affinity, {
      transport: this.around(this.affinity.transport()),
      clock: this.clock,
      random: () => 0.5,
      credentials: { header: `Basic ${Buffer.from(`:${key}`).toString('base64')}`, secrets: [key] },
      deadline: this.clock.now() + budgetMs,
    });
  }

  /** The same file before the same Affinity as it was seeded: nothing may have been written to it. */
  copy(): Stage {
    const copy = new Stage(this.#options);
    copy.clock.sleep(this.clock.now() - copy.clock.now());
    copy.workbook.copyFrom(this.workbook);
    for (const [key, value] of this.store.values) copy.store.set(key, value);
    copy.#runs = this.#runs;
    return copy;
  }

  /** Somebody merges a person (0) or an organization (1) into another one in the web app. */
  merge(type: 0 | 1, id: number, into: number): void {
    createControl(this.affinity).merge({ type, id, into });
  }

  colleague(): Client<Table> {
    return this.client(COLLEAGUE);
  }

  run(key: string = ADMIN, budgetMs = 3_600_000): Run {
    const api = this.client(key, budgetMs);
    this.#runs += 1;
    return {
      id: `run-${this.#runs}`,
      user: 'analyst@example.com',
      api,
      workbook: this.workbook,
      store: this.store,
      clock: this.clock,
      deadline: this.clock.now() + budgetMs,
      log: { write: (line) => this.log.push(line) },
      names: createNameBook(api),
      memory: this.memory,
      callsMade: () => 0,
      wasKeyRefused: () => false,
      heartbeat: { beat: () => {} },
    };
  }

  get desk(): Desk {
    const unused = () => {
      throw new Error('not part of this stage');
    };
    return {
      unattended: {
        timer: { state: () => 'running', start: unused, stop: unused, soon: unused },
        mail: { send: unused, isAllowed: unused },
        triggerTime: { used: () => 0, limit: 0, callsADay: 0, endsAt: unused, add: unused },
        clock: this.clock,
        person: () => ({ key: 'analyst', email: 'analyst@example.com' }),
        isPermitted: () => true,
      },
      ui: { say: unused, toast: unused, ask: unused, confirm: unused },
      connection: { isConnected: () => true, connect: unused, disconnect: unused },
      mutex: { within: (_ms, work) => ({ value: work() }) },
      progress: { tell: unused, read: unused },
      cancels: { ask: unused, isAsked: () => false },
      store: this.store,
      settings: { read: () => ({ monthlyFloor: 0 }), write: unused },
      workbook: () => this.workbook,
      openRun: () => this.run(),
      report: (fault) => String(fault),
    };
  }

  import(listId: number, columns: readonly string[] | null = null) {
    return importList(this.desk, this.run(), listId, columns);
  }

  importDataset(dataset: string, parameters: unknown) {
    return importDataset(this.desk, this.run(), { dataset, parameters });
  }

  /** The newest tab. */
  get tab(): FakeTab {
    const tab = [...this.workbook.tabs.values()].at(-1);
    if (tab === undefined) throw new Error('no tab yet');
    return tab;
  }

  row(id: string): FakeRow {
    const row = this.tab.rows.find(({ cells }) => idIn(cells.get(ID_COLUMN) ?? null) === id);
    if (row === undefined) throw new Error(`no row ${id}`);
    return row;
  }

  /** The key of the column with this header. */
  column(header: string): string {
    const column = this.tab.columns.find((look) => look.header === header);
    if (column === undefined) throw new Error(`no column ${header}`);
    return column.key;
  }

  cell(id: string, header: string): Cell {
    return this.row(id).cells.get(this.column(header)) ?? null;
  }

  /** A person types into a cell. */
  type(id: string, header: string, cell: Cell): void {
    this.row(id).cells.set(this.column(header), cell);
  }

  /** A person types a row below the table, by the headers of its columns. */
  typeRow(cells: Readonly<Record<string, Cell>>): FakeRow {
    const typed = Object.entries(cells).map(([header, cell]) => [this.column(header), cell] as const);
    const row: FakeRow = { cells: new Map(typed), beside: '' };
    this.tab.rows.push(row);
    return row;
  }

  ids(): readonly string[] {
    return this.tab.rows.flatMap(({ cells }) => idIn(cells.get(ID_COLUMN) ?? null) ?? []);
  }
}
