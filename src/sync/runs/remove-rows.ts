/**
 * Removes the records behind chosen rows in Affinity. The rows stay, marked; whoever wants them gone deletes them in the sheet. Each
 * removal is written into the journal before its call. A call of unknown outcome may be made again: what is gone stays gone.
 */
import type { ApiFault } from '../../api/errors';
import { cellText } from '../cells/cell';
import type { Source } from '../datasets/dataset';
import { policy, sayOfRow } from '../errors';
import { RECORDS_PER_BLOCK, REMOVED_ROWS_ASKED, REMOVED_SHARE_ASKED } from '../limits';
import { editedRows } from '../merge/plan';
import { ofKind, type RemovalLine } from '../state/journal';
import type { SavedImport } from '../state/saved-import';
import { openWorkplace, type Workplace } from './edits';
import { isOpen, isUnsent } from './fate';
import { existingJournal, journalOf } from './keep-journal';
import { isOver, type Run } from './run';
import { settleWorkplace } from './settle-open';
import { REMOVED_STATUS, writeStatus } from './settle-removals';

/** What a removal would take along, in whole sentences; null where rows of this table can't be removed. @throws ApiError */
export const removalWarning = (source: Source): string | null => source.removes?.warning ?? null;

/** One row that would be removed. */
export interface RemovalRow {
  readonly key: string;
  readonly rowNumber: number;
  readonly rowTitle: string;
  /** Edited cells that were never sent. */
  readonly unsent: number;
}

export interface RemovalPreview {
  readonly title: string;
  readonly rows: readonly RemovalRow[];
  /** What else goes with them; null where rows of this table can't be removed. */
  readonly warning: string | null;
  /** True where so many rows are meant that the person says their number as well. */
  readonly isMany: boolean;
}

export interface RemoveResult {
  readonly removed: number;
  readonly failed: number;
  readonly messages: readonly string[];
}

const titleAt = ({ index, source }: Pick<Workplace, 'index' | 'source'>, position: number): string =>
  cellText(index.snapshot.columns.get(source.columns[0]?.key ?? '')?.[position] ?? null, 80);

/** Shows what a removal would do. Writes nothing. @throws ApiError, SheetError */
export const previewRemoval = (
  run: Run,
  importId: string,
  keys: readonly string[],
  openSource: (saved: SavedImport) => Source,
): RemovalPreview => {
  const work = openWorkplace(run, importId, openSource, 'reads');
  const { index, baseline, source, saved } = work;
  const unsent = new Map(editedRows(work.input).map(({ row, cells }) => [row.key, cells.length]));
  const rows = keys.flatMap((key): readonly RemovalRow[] => {
    const position = index.positions.get(key);
    if (position === undefined || baseline.get(key) === undefined) return [];
    const rowNumber = index.snapshot.firstRowNumber + position;
    return [{ key, rowNumber, rowTitle: titleAt(work, position), unsent: unsent.get(key) ?? 0 }];
  });
  const isMany = rows.length > REMOVED_ROWS_ASKED || rows.length > baseline.size * REMOVED_SHARE_ASKED;
  return { title: saved.title, rows, warning: removalWarning(source), isMany: rows.length > 1 && isMany };
};

const lineOf = (work: Workplace, key: string): RemovalLine => ({
  kind: 'removal',
  time: new Date(work.run.clock.now()).toISOString(),
  user: work.run.user,
  importTitle: work.saved.title,
  rowTitle: titleAt(work, work.index.positions.get(key) ?? -1),
  field: 'Row',
  oldText: titleAt(work, work.index.positions.get(key) ?? -1),
  newText: '',
  outcome: 'sending',
  run: work.run.id,
  importId: work.saved.id,
  rowId: key,
  entity: work.baseline.get(key)?.entity ?? '',
});

const lost =
  'Affinity’s answer was lost, so it is not known whether this row was deleted. The next push or refresh finds out.';

const removedBefore = (run: Run, importId: string): ReadonlySet<string> => {
  const lines = ofKind(existingJournal(run, importId)?.entries ?? [], 'removal').map(({ line }) => line);
  return new Set(lines.flatMap((line) => (line.importId === importId && line.outcome === 'sent' ? [line.rowId] : [])));
};

/** Removes rows that the table knows; others are left alone. @throws ApiError, SheetError */
export const removeRows = (
  run: Run,
  importId: string,
  keys: readonly string[],
  openSource: (saved: SavedImport) => Source,
): RemoveResult => {
  const { work } = settleWorkplace(openWorkplace(run, importId, openSource, 'writes'));
  const { removes } = work.source;
  const known = keys.filter((key) => work.index.positions.has(key) && work.baseline.get(key) !== undefined);
  if (removes === undefined)
    return { removed: 0, failed: keys.length, messages: ['Rows of this table can’t be deleted in Affinity.'] };
  const said = new Set<string>();
  // What an earlier run removed, and had no time to say, is not asked for again: its id never comes back.
  const before = removedBefore(run, importId);
  const open = known.filter((key) => !before.has(key));
  let removed = known.length - open.length;
  let fault: ApiFault | null = null;
  for (let at = 0; at < open.length && fault === null && !isOver(run); at += RECORDS_PER_BLOCK) {
    const block = open.slice(at, at + RECORDS_PER_BLOCK);
    const journal = journalOf(run, importId);
    const entries = journal.add(block.map((key) => lineOf(work, key)));
    run.workbook.flush();
    const outcomes = run.api.all(block.map((key) => removes.call(key)));
    const statuses = new Map<string, string>();
    const settled: (() => void)[] = [];
    outcomes.forEach((outcome, index) => {
      const key = block[index] ?? '';
      const entry = entries[index];
      if (entry === undefined) return;
      // What somebody else removed is removed.
      if (outcome.ok || outcome.fault.code === 'api/not-found') {
        removed += 1;
        statuses.set(key, REMOVED_STATUS);
        settled.push(() => journal.complete([{ entry, outcome: 'sent' }]));
        return;
      }
      const { code, message } = outcome.fault;
      const problem = sayOfRow(code, { message, run: run.id });
      said.add(problem);
      if (policy[code].action !== 'skip-row' && code !== 'api/forbidden') fault = outcome.fault;
      if (isUnsent(outcome.fault)) settled.push(() => journal.drop([entry]));
      else if (isOpen(outcome.fault)) statuses.set(key, lost);
      else {
        statuses.set(key, `Not deleted. ${problem}`);
        settled.push(() => journal.complete([{ entry, outcome: 'refused' }]));
      }
    });
    writeStatus(work, statuses);
    run.workbook.flush();
    for (const settle of settled) settle();
    run.workbook.flush();
  }
  run.log.write({ event: 'remove', import: importId, removed, failed: keys.length - removed });
  return { removed, failed: keys.length - removed, messages: [...said] };
};
