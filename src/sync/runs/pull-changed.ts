/**
 * The cheaper refresh: where Affinity records changes, its history says which rows to read again. The rows of the table and the columns
 * whose changes are recorded are then current; every other column stays as old as the last complete refresh, and says so. A complete one
 * follows at least once a day and checks it all. Decision: docs/decisions/0015-a-cheaper-refresh.md.
 */
import { sameValue } from '../cells/value';
import type { History, Listing, RecordedChange, Source, SyncRecord } from '../datasets/dataset';
import { CHANGES_OVERLAP_MS, COMPLETE_EVERY_MS } from '../limits';
import { indexTable } from '../merge/plan';
import { type Baseline, openBaseline } from '../state/baseline';
import { readCheckpoint } from '../state/checkpoint';
import { type Freshness, readFreshness, writeFreshness } from '../state/freshness';
import { NO_TAB, readImport, type SavedImport, writeImport } from '../state/saved-import';
import { recallAgreed } from './apply';
import { openDigest } from './digest';
import { openEmptied } from './emptied';
import { markGone } from './gone-rows';
import { linkedTable } from './linked-table';
import { type Ending, endingAfter, type PullResult } from './pull';
import { applyBlock, applyEmptied, doubtOf, type Ground, type Pull, type Tally } from './pull-block';
import { asShown } from './relabel';
import { contextOf, isOver, type Run } from './run';
import { settleFirst } from './settle-open';
import { openTyped } from './tie-typed';

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** What this refresh may build on; null where a complete one is due. */
const basisOf = (run: Run, saved: SavedImport): Freshness | null => {
  const fullAsOf = saved.lastPull?.dataAsOf ?? null;
  if (fullAsOf === null || saved.tabId === NO_TAB || readCheckpoint(run.store, saved.id) !== null) return null;
  if (run.clock.now() - Date.parse(fullAsOf) > COMPLETE_EVERY_MS) return null;
  return readFreshness(run.store, saved.id, fullAsOf);
};

/** Whether the history and a call for each changed row cost less than a call for each row; the pages are read either way. */
const isCheaper = ({ size }: Source, { calls }: History, changed: number): boolean => calls + changed < size;

/** Whether a record says something else of its row than both sides last agreed on, in what it says at all. */
const isNews = (baseline: Baseline, { key, values }: SyncRecord): boolean => {
  const row = baseline.get(key);
  return [...values].some(([column, value]) => !sameValue(row?.cells.get(column)?.value ?? null, value));
};

/** Reads all pages, and of their rows those that changed; gives the keys met, or null when the time was over before. */
const readChanged = (
  pull: Pull,
  listing: (token: string | null) => Listing,
  changes: readonly RecordedChange[],
  tally: Tally,
): ReadonlySet<string> | null => {
  const { run } = pull;
  const { index, baseline } = pull.standing();
  const rows = new Set(changes.flatMap(({ key }) => key ?? []));
  const entities = new Set(changes.flatMap(({ key, entity }) => (key === null ? [entity] : [])));
  const known = new Set(baseline.keys);
  const isWanted = (key: string, entity: string): boolean =>
    rows.has(key) || entities.has(entity) || !known.has(key) || !index.positions.has(key);
  const seen = new Set<string>();
  for (let token: string | null = null, isLast = false; !isLast; ) {
    if (isOver(run)) return null;
    const page: Listing = listing(token);
    const fresh = page.keys.filter((key) => !seen.has(key));
    const { records, unread } = page.readSome((key, entity) => fresh.includes(key) && isWanted(key, entity));
    for (const key of page.keys) seen.add(key);
    const news = records.filter(
      (record) => fresh.includes(record.key) && (isWanted(record.key, record.entity) || isNews(baseline, record)),
    );
    if (news.length > 0) {
      run.names.learn(pull.source.columns, news);
      applyBlock(pull, news, tally);
    }
    if (unread.length > 0) return null; // a row that may have changed and can't be read: the complete refresh says so
    token = page.next;
    isLast = token === null;
  }
  return seen;
};

/** Headers that are named as older. */
const NAMED_COLUMNS = 60;

/** Reads and applies what changed; null where a complete refresh has to do it. */
const attempt = (run: Run, saved: SavedImport, basis: Freshness, opened: Source, tally: Tally): Freshness | null => {
  const { history, listing } = opened;
  if (history === undefined || listing === undefined || history.columns.size === 0) return null;
  if (basis.fingerprint !== history.fingerprint || !isCheaper(opened, history, 0)) return null;
  const startedAt = run.clock.now();
  const changes = history.since(Date.parse(basis.asOf) - CHANGES_OVERLAP_MS);
  if (changes === null || !isCheaper(opened, history, changes.length)) return null;
  const table = linkedTable(run, saved);
  const source = asShown(opened, table);
  const baseline = openBaseline(run.workbook.state(saved.id));
  table.recover(recallAgreed(baseline, source.columns, contextOf(run)));
  settleFirst({ run, saved, source, table, baseline });
  const index = indexTable({ ...table.ids(), title: '', columns: new Map() });
  const place = { run, saved, source, table, index, baseline };
  const ground: Ground = { ...place, typed: openTyped(place) };
  const pull: Pull = {
    run,
    saved,
    source,
    emptied: openEmptied(run, saved, source.columns, { held: 0, agreed: false, startedAt: iso(startedAt) }),
    agreed: false,
    latest: run.deadline,
    standing: () => ground,
    digest: openDigest({ run, saved, source, startedAt, known: changes }),
  };
  const seen = readChanged(pull, listing, changes, tally);
  if (seen === null) return null;
  // What has to be asked about is asked by the complete refresh, which looks at everything first.
  if (doubtOf(pull) !== null) return null;
  applyEmptied(pull, tally);
  if (markGone(pull, () => seen, tally) !== null) return null;
  if (isOver(run)) return null; // rows that are missing may not all have been asked for
  tally.rows = seen.size;
  const older = source.columns.filter(({ key }) => !history.current.has(key)).map(({ header }) => header);
  return { ...basis, asOf: iso(startedAt), older: older.slice(0, NAMED_COLUMNS) };
};

/**
 * Brings an import up to date by what changed, where that is possible and cheaper; null where a complete refresh has to do it. Nothing is
 * claimed until all of it is done: a run that stops before leaves rows that are newer than they say.
 * @throws SheetError when the table or its state is gone
 */
export const pullChanged = (
  run: Run,
  importId: string,
  openSource: (saved: SavedImport) => Source,
): PullResult | null => {
  const state = run.workbook.state(importId);
  const saved = readImport(state);
  const basis = basisOf(run, saved);
  if (basis === null) return null;
  const tally: Tally = { rows: 0, rowsAdded: 0, cellsChanged: 0, rowsHeld: 0, rowsGone: 0, messages: [] };
  let end: Ending = { kind: 'done', code: '', goesOn: false, waitMs: 0, text: '' };
  try {
    const source = openSource(saved);
    const reached = attempt(run, saved, basis, source, tally);
    if (reached === null) return null;
    run.workbook.flush();
    writeFreshness(run.store, importId, reached);
  } catch (fault) {
    end = endingAfter(run, fault);
    tally.messages.unshift(end.text);
  }
  const { kind, code, goesOn, waitMs, text } = end;
  const lastPull =
    saved.lastPull === null ? null : { ...saved.lastPull, at: iso(run.clock.now()), result: kind, message: text };
  writeImport(state, { ...saved, settings: readImport(state).settings, lastPull });
  run.workbook.flush();
  run.log.write({
    event: 'pull of changes',
    import: importId,
    kind,
    rows: tally.rows,
    cellsChanged: tally.cellsChanged,
  });
  return { kind, code, goesOn, waitMs, ...tally };
};
