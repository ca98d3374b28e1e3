/**
 * What the plan of a whole table costs: CPU time beside plain JSON parsing of the same values, rows a second, memory, and how they grow.
 * Pure: no emulator, no sheet. One row in a hundred is edited here, one in a hundred changed in Affinity.
 */
import { ValueType } from '../src/api/records';
import type { Cell } from '../src/sync/cells/cell';
import type { CellContext } from '../src/sync/cells/codec';
import { codecFor } from '../src/sync/cells/for-field';
import { scalarsOf, type Value } from '../src/sync/cells/value';
import type { Column, SyncRecord } from '../src/sync/datasets/dataset';
import { indexTable, planRow } from '../src/sync/merge/plan';
import { createDirectory } from '../src/sync/names';
import type { BaselineCell, BaselineRow } from '../src/sync/state/baseline';

const COLUMNS = 30;
const SIZES = [10_000, 30_000, 100_000] as const;
const PERSONS = 40;
const OPTIONS = Array.from({ length: 8 }, (_, at) => ({ id: 100 + at, text: `Option ${at}`, rank: at + 1, color: 0 }));

/** A kind of column and the value that it has in a row. */
interface Kind {
  readonly type: number;
  readonly isMany: boolean;
  readonly valueAt: (row: number) => Value;
}

const day = (row: number): string => new Date(Date.UTC(2020, 0, 1 + (row % 2_000))).toISOString().slice(0, 10);

/** As a pipeline has them: mostly text, numbers, days and options, some names, some with several values. */
const KINDS: readonly Kind[] = [
  { type: ValueType.text, isMany: false, valueAt: (row) => `Note ${row} on how this deal came about` },
  { type: ValueType.number, isMany: false, valueAt: (row) => row * 1.5 },
  { type: ValueType.date, isMany: false, valueAt: day },
  { type: ValueType.rankedDropdown, isMany: false, valueAt: (row) => 100 + (row % OPTIONS.length) },
  { type: ValueType.dropdown, isMany: false, valueAt: (row) => `Option ${row % OPTIONS.length}` },
  { type: ValueType.person, isMany: false, valueAt: (row) => 1 + (row % PERSONS) },
  { type: ValueType.person, isMany: true, valueAt: (row) => [1 + (row % PERSONS), 1 + ((row + 7) % PERSONS)] },
  { type: ValueType.text, isMany: false, valueAt: (row) => (row % 3 === 0 ? null : `Next step ${row % 50}`) },
  { type: ValueType.dropdown, isMany: true, valueAt: (row) => [`Option ${row % 8}`, `Option ${(row + 3) % 8}`] },
  { type: ValueType.number, isMany: false, valueAt: (row) => (row % 2 === 0 ? null : row) },
];

const columnsOf = (): readonly { readonly column: Column; readonly kind: Kind }[] =>
  Array.from({ length: COLUMNS }, (_, at) => {
    const kind = KINDS[at % KINDS.length] as Kind; // there is a kind for every remainder
    const field = { value_type: kind.type, allows_multiple: kind.isMany, dropdown_options: OPTIONS };
    const codec = codecFor(field);
    return { kind, column: { key: `field.${at}`, header: `Field ${at}`, codec, typeName: '', isShared: false } };
  });

export interface PlanningCase {
  readonly rows: number;
  readonly columns: number;
  /** CPU time of indexing and planning, and of JSON.parse of the values of one side. */
  readonly planMs: number;
  readonly parseMs: number;
  /** Planning as a multiple of parsing. */
  readonly timesParsing: number;
  readonly rowsPerSecond: number;
  /** Heap that the plan needs beyond its input, in megabytes. */
  readonly heapMb: number;
  /** Planned cells: edits, changes and what else is to be done. */
  readonly cells: number;
}

const contextOf = (): CellContext => {
  const persons = createDirectory();
  for (let id = 1; id <= PERSONS; id += 1)
    persons.add({ id, name: `Person Number${id}`, keys: [`p${id}@example.com`] });
  const none = createDirectory();
  return { decimal: '.', persons, organizations: none, opportunities: none, localTime: String };
};

const cpuMs = (work: () => void): number => {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
};

const planning = (rows: number): PlanningCase => {
  const context = contextOf();
  const all = columnsOf();
  const columns = all.map(({ column }) => column);
  const baseline = new Map<string, BaselineRow>();
  const records: SyncRecord[] = [];
  const ids: Cell[] = [];
  const sheet = new Map<string, Cell[]>(columns.map(({ key }) => [key, []]));
  const plain: (readonly Value[])[] = [];
  for (let row = 0; row < rows; row += 1) {
    const key = String(3_100_000_000 + row);
    const cells = new Map<string, BaselineCell>();
    const values = new Map<string, Value>();
    plain.push(all.map(({ kind }) => kind.valueAt(row)));
    all.forEach(({ column, kind }, at) => {
      // Of every side its own value: an answer and a stored text share no objects.
      const [base, theirs] = [kind.valueAt(row), kind.valueAt(at === 0 && row % 100 === 1 ? row + 1 : row)];
      const cell = base === null ? null : column.codec.toCell(base, context);
      const keepsText = column.codec.isContextual && typeof cell === 'string';
      cells.set(column.key, keepsText ? { value: base, text: `${cell}` } : { value: base });
      values.set(column.key, theirs);
      const edited = at === 7 && row % 100 === 2 ? 'edited' : cell;
      sheet.get(column.key)?.push(typeof edited === 'string' ? ` ${edited}`.slice(1) : edited);
    });
    ids.push(Number(key));
    baseline.set(key, { key, entity: `8:${row}`, cells });
    records.push({ key, entity: `8:${row}`, title: '', values, stored: new Map() });
  }
  const text = plain.map((values) => JSON.stringify(values.map((value) => scalarsOf(value))));
  let parsed = 0;
  const parse = () => {
    for (const line of text) parsed += (JSON.parse(line) as unknown[]).length;
  };
  const snapshot = { title: 'Deals', ids, columns: sheet, firstRowNumber: 2 };
  let planned = 0;
  let heap = 0;
  const plan = () => {
    planned = 0;
    const table = indexTable(snapshot);
    const input = { columns, table, baseline: { get: (key: string) => baseline.get(key) }, context };
    const kept = records.map((record, position) => planRow(input, record, position));
    for (const { cells } of kept) planned += cells.size;
    heap = Math.max(heap, process.memoryUsage().heapUsed);
  };
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  // The first turns warm up; the best counts, of either alike, as the machine has other work as well.
  const best = (work: () => void): number => Math.min(...[0, 1, 2, 3, 4].map(() => cpuMs(work)));
  const planMs = best(plan);
  const parseMs = best(parse);
  if (parsed === 0 || planned === 0) throw new Error('nothing was measured');
  return {
    ...{ rows, columns: COLUMNS, planMs, parseMs },
    timesParsing: planMs / parseMs,
    rowsPerSecond: Math.round((rows / planMs) * 1_000),
    heapMb: Math.max(0, (heap - heapBefore) / 2 ** 20),
    cells: planned,
  };
};

/** Planning of tables of 10,000, 30,000 and 100,000 rows with 30 columns. */
export const planningCases = (): readonly PlanningCase[] => SIZES.map(planning);
