/** What a pull works on, and its unit of work: one block of records comes into the table, is noted as agreed on, and is counted. */
import type { Source, SyncRecord } from '../datasets/dataset';
import { indexTable, type PlanInput, planRow, type TableIndex } from '../merge/plan';
import { rowStatus } from '../merge/wording';
import type { TablePort } from '../ports';
import type { Baseline } from '../state/baseline';
import type { SavedImport } from '../state/saved-import';
import { appendRecords, applyPlans, settle } from './apply';
import { count } from './count';
import type { Digest } from './digest';
import type { Emptied } from './emptied';
import { contextOf, type Run } from './run';
import type { TypedRows } from './tie-typed';
import type { Verification } from './verify';

/** What a pull counts on its way. */
export interface Tally {
  rows: number;
  rowsAdded: number;
  cellsChanged: number;
  rowsHeld: number;
  rowsGone: number;
  readonly messages: string[];
}

/** What stands in the file as a run begins; cells are read block by block. */
export interface Ground {
  readonly table: TablePort;
  readonly index: TableIndex;
  readonly baseline: Baseline;
  /** Rows that a person typed and that may be among those that Affinity has. */
  readonly typed: TypedRows;
}

/** What a pull works on. */
export interface Pull {
  readonly run: Run;
  readonly saved: SavedImport;
  readonly source: Source;
  /** Instant, in milliseconds since 1970, after which no block is begun: it would not end in time. */
  readonly latest: number;
  /** Makes the tab, if it is not there yet. */
  readonly standing: () => Ground;
  readonly digest: Digest;
  readonly emptied: Emptied;
  readonly agreed: boolean;
  readonly verification?: Verification;
}

/** Something that a person has to agree to first. */
export interface Question {
  readonly code: 'sheet/many-emptied' | 'sheet/many-gone';
  /** What it is about, in words. */
  readonly about: string;
}

const NO_TABLE: TableIndex = indexTable({ title: '', ids: [], columns: new Map(), firstRowNumber: 1 });

/** Brings records, whose names are known, into the table: cells, flush, baseline, flush. */
export const applyBlock = (
  { run, source, standing, digest, verification, emptied }: Pull,
  records: readonly SyncRecord[],
  tally: Tally,
): void => {
  const context = contextOf(run);
  const { table, index, baseline, typed } = standing();
  const missing = records.filter(({ key }) => !index.positions.has(key) && !index.doubled.has(key));
  const tied = typed.tie(missing);
  const present = records.filter(({ key }) => index.positions.has(key) || tied.has(key));
  const absent = missing.filter(({ key }) => !tied.has(key));
  const there = present.length === 0 ? NO_TABLE : indexTable(table.readRows(present.map(({ key }) => key)));
  const input: PlanInput = { columns: source.columns, table: there, baseline, context };
  const planned = present.flatMap((record) => {
    const position = there.positions.get(record.key);
    // A row that went or was copied since this run began is the next one's matter.
    if (position === undefined) return [];
    const plan = emptied.hold(planRow(input, record, position));
    return [{ plan, status: rowStatus(source.columns, plan.cells, context) }];
  });
  const applied = applyPlans(table, there, baseline, planned, source.columns, context);
  const appended = appendRecords(table, baseline, absent, source.columns, context);
  // A row that stands in the sheet without a baseline was appended by a run that died before it could say so.
  const added = [...absent, ...present.filter(({ key }) => baseline.get(key) === undefined)];
  verification?.block(applied.news);
  settle(run.workbook, baseline, [digest.block(applied.news, added), applied.commit, appended.commit]);
  tally.rows += records.length;
  tally.rowsAdded += absent.length;
  tally.cellsChanged += applied.cellsChanged;
  tally.rowsHeld += planned.filter(({ plan }) =>
    [...plan.cells.values()].some(({ state }) => state === 'conflict' || state === 'refused'),
  ).length;
};

/** Empties what was held back; what else is to be noted of it is noted. */
export const applyEmptied = ({ emptied, standing, digest, verification }: Pull, tally: Tally): void => {
  tally.cellsChanged += emptied.apply(standing(), (news) => {
    verification?.block(news);
    return digest.block(news, []);
  });
  if (emptied.lost > 0) {
    tally.messages.push(`${count(emptied.lost, 'row')} with emptied cells: the next refresh brings these in.`);
  }
};

/** What is to be asked about what would be emptied, or null. */
export const doubtOf = ({ emptied, standing }: Pull): Question | null => {
  const about = emptied.doubt(standing().baseline);
  return about === null ? null : { code: 'sheet/many-emptied', about };
};
