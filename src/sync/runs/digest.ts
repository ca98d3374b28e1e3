/**
 * What refreshes brought: cell by cell old and new, new rows, rows that are gone, on a tab of ours. Lines are written with the baseline
 * that makes them old news: a run that is killed before writes both again, one that is killed after neither. Who changed a cell and when is told where
 * Affinity recorded it.
 */

import { ApiError } from '../../api/errors';
import { cellText } from '../cells/cell';
import type { CellContext } from '../cells/codec';
import type { Value } from '../cells/value';
import type { Column, RecordedChange, Source, SyncRecord } from '../datasets/dataset';
import { AUTHORS_ASKED, CHANGES_KEPT, CHANGES_SHOWN } from '../limits';
import type { ReportRow, ReportTab, Workbook } from '../ports';
import type { SavedImport } from '../state/saved-import';
import type { NewsCell } from './apply';
import { contextOf, type Run } from './run';

const TITLE = 'What changed';
const HEADERS = [
  'Refresh',
  'Import',
  'What',
  'Row',
  'Column',
  'Before',
  'Now',
  'By',
  'When',
  'Row ID',
  'Import ID',
] as const;

/** Makes the tab unless it is there: from then on refreshes are noted. */
export const createDigest = (workbook: Workbook): ReportTab => workbook.createReport('changes', TITLE, HEADERS);

/** A line of the tab as it stands there, by header. */
export type DigestLine = Readonly<Record<(typeof HEADERS)[number], string>>;

/** The newest lines about an import. */
export const digestLines = (workbook: Workbook, importId: string): readonly DigestLine[] =>
  (workbook.report('changes')?.rows(CHANGES_KEPT) ?? [])
    // Each row runs parallel to the headers.
    .map((row) => Object.fromEntries(HEADERS.map((header, index) => [header, row[index] ?? ''])) as DigestLine)
    .filter((line) => line['Import ID'] === importId)
    .slice(0, CHANGES_SHOWN);

export interface Digest {
  /** Notes what a block of a refresh brings, with who did it, as far as it may ask; gives what writes it. Buffered until a flush. */
  block(news: readonly NewsCell[], added: readonly SyncRecord[]): () => void;
  /** Notes rows that are gone. Buffered until a flush. */
  gone(keys: readonly string[]): void;
}

const NO_DIGEST: Digest = { block: () => () => {}, gone: () => {} };

interface DigestOptions {
  readonly run: Run;
  readonly saved: SavedImport;
  readonly source: Source;
  /** The instant at which this refresh began. */
  readonly startedAt: number;
  /** What is known of changes without asking. */
  readonly known: readonly RecordedChange[];
}

const cellName = (column: string, owner: string): string => `${column} ${owner}`;

const textOf = (column: Column, value: Value, context: CellContext): string =>
  cellText(value === null ? null : column.codec.toCell(value, context));

/** The digest of one refresh; without the tab, or before the first complete refresh, it notes nothing. */
export const openDigest = ({ run, saved, source, startedAt, known }: DigestOptions): Digest => {
  if (saved.lastPull?.dataAsOf == null) return NO_DIGEST;
  let found: { readonly tab: ReportTab | null } | null = null;
  /** Looked for when there is something to note. */
  const tabOf = (): ReportTab | null => {
    found ??= { tab: run.workbook.report('changes') };
    return found.tab;
  };
  const authors = new Map<string, RecordedChange>();
  const learn = (change: RecordedChange): void => {
    const name = cellName(change.column, change.key ?? change.entity);
    const before = authors.get(name);
    if (before === undefined || before.at < change.at) authors.set(name, change);
  };
  for (const change of known) learn(change);
  const authorOf = ({ column, key, entity }: NewsCell): RecordedChange | undefined =>
    authors.get(cellName(column.key, key)) ?? authors.get(cellName(column.key, entity));
  let asked = 0;
  const ask = (news: readonly NewsCell[]): void => {
    const { history } = source;
    if (history === undefined) return;
    const open = news
      .filter((cell) => history.columns.has(cell.column.key) && authorOf(cell) === undefined)
      .slice(0, Math.max(0, AUTHORS_ASKED - asked));
    asked += open.length;
    if (open.length === 0) return;
    try {
      const cells = open.map(({ column, key, entity }) => ({ column: column.key, key, entity }));
      for (const change of history.lastOf(cells)) learn(change);
    } catch (fault) {
      if (!(fault instanceof ApiError)) throw fault;
      asked = AUTHORS_ASKED; // who it was is a courtesy: what was read is noted without it, and nobody is asked again
    }
  };
  const line = (
    what: string,
    row: string,
    key: string,
    cell: readonly [string, string, string],
    author?: RecordedChange,
  ): ReportRow => [
    { instant: startedAt },
    saved.title,
    what,
    row,
    ...cell,
    author?.by ?? '',
    author === undefined ? null : { instant: author.at },
    key,
    saved.id,
  ];
  return {
    block(news, added) {
      const tab = news.length + added.length === 0 ? null : tabOf();
      if (tab === null) return () => {};
      ask(news);
      const context = contextOf(run);
      const lines = [
        ...added.map(({ key, title }) => line('New row', title, key, ['', '', ''])),
        ...news.map((cell) =>
          line(
            'Changed',
            cell.title,
            cell.key,
            [
              cell.column.header,
              cell.oldText ?? textOf(cell.column, cell.old, context),
              textOf(cell.column, cell.next, context),
            ],
            authorOf(cell),
          ),
        ),
      ];
      return () => tab.add(lines, CHANGES_KEPT);
    },
    gone(keys) {
      tabOf()?.add(
        keys.map((key) => line('Gone', `Row ${key}`, key, ['', '', ''])),
        CHANGES_KEPT,
      );
    },
  };
};
