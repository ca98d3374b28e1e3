/** What a command of the menu or the sidebar has at hand: the person, the connection, and a way to begin a run. */
import { ApiError } from '../../api/errors';
import { type Estimate, estimate } from '../../api/estimate';
import type { Clock } from '../../api/ports';
import type { List, Whoami } from '../../api/records';
import type { Column, Opening, Source } from '../datasets/dataset';
import { importPlan } from '../datasets/list';
import { type DatasetChoice, openDataset } from '../datasets/registry';
import { type Explanation, explain } from '../errors';
import { FIRST_ROWS, FIRST_ROWS_MS, LONGEST_SLICE_MS, ROWS_PER_BLOCK, RUN_BUDGET_MS } from '../limits';
import {
  type CancelBox,
  type FileStore,
  type Mail,
  type Mutex,
  type Person,
  type ProgressBoard,
  ScheduleError,
  SheetError,
  type Timer,
  type TriggerTime,
  type Ui,
  type Workbook,
} from '../ports';
import { readCheckpoint, removeCheckpoint } from '../state/checkpoint';
import { removeBasis, removeFreshness } from '../state/freshness';
import { isJournalId } from '../state/journal';
import { readImport, type SavedImport } from '../state/saved-import';
import { removeSchedule } from '../state/schedule';
import { openWorkplace } from './edits';

import { openLines } from './keep-journal';
import { removeLease, withLease } from './lease';

import { isCopied, relink } from './linked-table';
import { type Preview, preview } from './preview';
import { type PullResult, pull } from './pull';
import { pullChanged } from './pull-changed';
import { type PushResult, push } from './push';
import { previewRemoval, type RemovalPreview, type RemoveResult, removeRows } from './remove-rows';
import { renewSent, showSent } from './report-sent';
import type { Run } from './run';
import type { PushOptions } from './send-rows';
import { settleOpen } from './settle-open';
import { startImport } from './start-import';
import { type GoneRow, type GoneRows, goneRows, tidyRows } from './tidy-rows';
import { type PastPush, pastPushes, previewUndo, type UndoCell, type UndoResult, undo } from './undo';

/** The person's own link to Affinity. The key never leaves it. */
export interface Connection {
  isConnected(): boolean;
  /** Checks a key with Affinity and keeps it. @throws ApiError when Affinity does not accept it; an earlier key is kept then */
  connect(key: string): Whoami;
  disconnect(): void;
}

/** What the person set for themselves. */
export interface Settings {
  /** Calls a month that are left to other programs. */
  readonly monthlyFloor: number;
}

/** What runs that nobody looks at need beside. */
export interface Unattended {
  readonly timer: Timer;
  readonly mail: Mail;
  readonly triggerTime: TriggerTime;
  readonly clock: Clock;
  person(): Person;
  /** Whether Google lets a run read the file and ask Affinity: each permission may be declined by itself. */
  isPermitted(): boolean;
}

export interface Desk {
  readonly unattended: Unattended;
  readonly ui: Ui;
  readonly connection: Connection;
  readonly mutex: Mutex;
  readonly cancels: CancelBox;
  readonly progress: ProgressBoard;
  readonly store: FileStore;
  readonly settings: { read(): Settings; write(settings: Settings): Settings };
  workbook(): Workbook;
  /** Begins a run with the person's key, of at most `budgetMs`. @throws NotConnected */
  openRun(budgetMs?: number): Run;
  /** For a defect of ours: a line in the log, under the reference that the person is shown. */
  report(fault: unknown): string;
}

/**
 * How long the next slice of a waiting person may take, in milliseconds. Its start costs the more the more rows are done, since all names
 * that they have are known again first: a long pull shows its progress in larger steps instead. `isLong`: the one before got nowhere.
 */
export const sliceMs = (rowsDone: number, isLong = false): number =>
  isLong ? LONGEST_SLICE_MS : Math.min(LONGEST_SLICE_MS, Math.max(20_000, 4 * rowsDone));

/** No key is kept for this person. */
export class NotConnected extends Error {
  constructor() {
    super('not connected to Affinity');
    this.name = 'NotConnected';
  }
}

/** Why a command ended without its result, for the person. */
export const explainFault = (fault: unknown, desk: Pick<Desk, 'report'>): string => {
  if (fault instanceof NotConnected)
    return 'You are not connected yet. Choose “Connect to Affinity” in the menu first.';
  const explanation: Explanation | null =
    fault instanceof ApiError || fault instanceof SheetError || fault instanceof ScheduleError
      ? explain(fault, 'see the log')
      : null;
  if (explanation !== null) return explanation.text;
  return `Something unexpected went wrong, and this command stopped. What was done so far is kept; run it again to go on. Reference ${desk.report(fault)}.`;
};

type Kept = Opening['kept'];

const notKept: Kept = (_name, _about, read) => read();

/** Keeps answers for the next slices of a pull; `isGoingOn`: whether those of an earlier slice count. */
const keptFor =
  (run: Run, importId: string, isGoingOn: boolean): Kept =>
  <T>(name: string, about: string, read: () => T): T => {
    const place = `${importId}.${name}`;
    const [at, of, text] = (isGoingOn ? run.memory.read(place) : null) ?? [];
    const isFresh = text !== undefined && of === about && run.clock.now() - Number(at) <= RUN_BUDGET_MS;
    if (isFresh) return JSON.parse(text) as T; // written below, by the same `read`
    const value = read();
    run.memory.write(place, [String(run.clock.now()), about, JSON.stringify(value)]);
    return value;
  };

const sourceOf =
  (run: Run, kept: Kept = notKept) =>
  ({ columns, ...choice }: DatasetChoice & { readonly columns: readonly string[] | null }): Source =>
    openDataset(choice, {
      api: run.api,
      columns,
      persons: run.names.persons,
      organizations: run.names.organizations,
      opportunities: run.names.opportunities,
      now: run.clock.now(),
      localTime: (instant) => run.workbook.localTime(instant),
      kept,
    });

const ofList = (listId: number): DatasetChoice => ({ dataset: 'list', parameters: { listId } });

/** Lists that the person can see, by name. @throws ApiError */
export const availableLists = (run: Run): readonly List[] =>
  [...run.api.lists.all()].sort((a, b) => a.name.localeCompare(b.name));

/** What an import of this list will cost, judged by what is known of the quota so far. */
export const estimateImport = (desk: Pick<Desk, 'settings'>, run: Run, list: List): Estimate =>
  estimate(importPlan(list.list_size), run.api.quota(), desk.settings.read().monthlyFloor);

/** Columns that an import of this list can have. @throws ApiError */
export const availableColumns = (run: Run, listId: number): readonly Column[] =>
  sourceOf(run)({ ...ofList(listId), columns: null }).columns;

/** One import of this file; null where there is none with this id, or none that can be read. */
export const savedImport = (desk: Pick<Desk, 'workbook'>, id: string): SavedImport | null => {
  if (isJournalId(id)) return null;
  try {
    return readImport(desk.workbook().state(id));
  } catch (fault) {
    if (fault instanceof SheetError) return null; // it was never finished
    throw fault;
  }
};

/** Imports of this file that can be read, in the order of their making. */
export const savedImports = (desk: Pick<Desk, 'workbook'>): readonly SavedImport[] =>
  desk
    .workbook()
    .states()
    .flatMap((id) => savedImport(desk, id) ?? []);

const leased = <T>(desk: Desk, run: Run, importId: string, work: () => T): T =>
  withLease({ store: run.store, mutex: desk.mutex, clock: run.clock }, importId, run.id, run.heartbeat, () => {
    const result = work();
    run.workbook.forgetEdits(importId);
    return result;
  });

const newImportId = (run: Run): string => `i${run.clock.now().toString(36)}`;

/** Makes a table on a new tab; of a long one the first rows come at once. The pulls that follow bring the rest. Gives the import's id. @throws ApiError, SheetError */
export const beginDataset = (
  desk: Desk,
  run: Run,
  choice: DatasetChoice,
  columns: readonly string[] | null = null,
  tab = '',
): string => {
  const importId = newImportId(run);
  const source = sourceOf(run, keptFor(run, importId, false))({ ...choice, columns });
  return leased(desk, run, importId, () => {
    startImport(run, importId, choice, source, tab === '' ? source.title : tab);
    // Another execution would begin by finding out again what this one knows. How this one ends is the next one's to say.
    const soon = { ...run, deadline: run.clock.now() + FIRST_ROWS_MS, rowsPerBlock: FIRST_ROWS };
    if (source.size > ROWS_PER_BLOCK) pull(soon, importId, () => source);
    return importId;
  });
};

/** The same for a list. */
export const beginImport = (
  desk: Desk,
  run: Run,
  listId: number,
  columns: readonly string[] | null,
  tab = '',
): string => beginDataset(desk, run, ofList(listId), columns, tab);

/** Imports a dataset to a new tab, and its rows as far as the time of one run goes. @throws ApiError, SheetError */
export const importDataset = (
  desk: Desk,
  run: Run,
  choice: DatasetChoice,
  columns: readonly string[] | null = null,
): { readonly importId: string; readonly result: PullResult } => {
  const importId = newImportId(run);
  const source = sourceOf(run)({ ...choice, columns });
  return leased(desk, run, importId, () => {
    startImport(run, importId, choice, source, source.title);
    // The source was opened a moment ago; the first pull need not read its definition again.
    return { importId, result: pull(run, importId, () => source) };
  });
};

/** Imports a list to a new tab. @throws ApiError, SheetError */
export const importList = (desk: Desk, run: Run, listId: number, columns: readonly string[] | null) =>
  importDataset(desk, run, ofList(listId), columns);

/** Whether an import came with a copied file. */
export const isCopiedImport = (desk: Pick<Desk, 'workbook'>, saved: SavedImport): boolean =>
  isCopied({ workbook: desk.workbook() }, saved);

/** Links a copied import to this file: its edits go to the same rows in Affinity. */
export const relinkImport = (desk: Pick<Desk, 'workbook'>, saved: SavedImport): void =>
  relink({ workbook: desk.workbook() }, saved);

/** Forgets an import: its tab stays, as plain cells. */
export const forgetImport = (desk: Pick<Desk, 'workbook' | 'store'>, saved: SavedImport): void => {
  removeCheckpoint(desk.store, saved.id);
  removeSchedule(desk.store, saved.id);
  removeFreshness(desk.store, saved.id);
  removeBasis(desk.store, saved.id);
  removeLease(desk.store, saved.id);
  desk.workbook().forget(saved.id, saved.tabId);
};

/** Brings an import up to date; `agreed`: also where many cells are emptied or rows gone. @throws SheetError */
export const refreshImport = (desk: Desk, run: Run, importId: string, agreed = false): PullResult =>
  leased(desk, run, importId, () =>
    pull(
      run,
      importId,
      (saved) => {
        const isGoingOn = saved.lastPull === null || readCheckpoint(run.store, importId) !== null;
        return sourceOf(run, keptFor(run, importId, isGoingOn))(saved);
      },
      agreed,
    ),
  );

/** Brings an import up to date by what Affinity recorded as changed; null where only a complete refresh can. @throws SheetError */
export const refreshChanged = (desk: Desk, run: Run, importId: string): PullResult | null =>
  leased(desk, run, importId, () => pullChanged(run, importId, sourceOf(run)));

/** Shows what a push would do. @throws ApiError, SheetError */
export const previewPush = (run: Run, importId: string): Preview => preview(run, importId, sourceOf(run));

/** The same for work that sends: what it sent stands on its tab afterwards, if there is one. */
const leasedSending = <T>(desk: Desk, run: Run, importId: string, work: () => T): T => {
  const result = leased(desk, run, importId, work);
  renewSent(run.workbook);
  return result;
};

/** Brings the tab with what was sent to the front; it is made when it is asked for first. @throws SheetError */
export const showSentTab = (desk: Pick<Desk, 'workbook'>): void => showSent(desk.workbook());

/** Sends the edits of an import. @throws ApiError, SheetError */
export const pushImport = (desk: Desk, run: Run, importId: string, options: PushOptions): PushResult =>
  leasedSending(desk, run, importId, () => push(run, importId, sourceOf(run), options));

/**
 * Pushes of an import that can be undone, newest first. What an earlier run left open is settled before, so that the answer is true.
 * @throws ApiError, SheetError
 */
export const undoablePushes = (desk: Desk, run: Run, importId: string): readonly PastPush[] => {
  if (openLines(run, importId).length > 0) {
    leased(desk, run, importId, () => settleOpen(openWorkplace(run, importId, sourceOf(run), 'writes')));
  }
  return pastPushes(run, importId);
};

/** Shows what an undo would do. Writes nothing. @throws ApiError, SheetError */
export const previewUndoOf = (run: Run, importId: string, ofRun: string): readonly UndoCell[] =>
  previewUndo(run, importId, ofRun, sourceOf(run));

/** Takes a push back where Affinity still holds what it wrote. @throws ApiError, SheetError */
export const undoPush = (desk: Desk, run: Run, importId: string, ofRun: string): UndoResult =>
  leasedSending(desk, run, importId, () => undo(run, importId, ofRun, sourceOf(run)));

/** Shows which rows a removal would take, and what goes with them. Writes nothing. @throws ApiError, SheetError */
export const previewRemovalOf = (run: Run, importId: string, keys: readonly string[]): RemovalPreview =>
  previewRemoval(run, importId, keys, sourceOf(run));

/** Deletes the records behind rows of an import in Affinity. @throws ApiError, SheetError */
export const removeSelected = (desk: Desk, run: Run, importId: string, keys: readonly string[]): RemoveResult =>
  leasedSending(desk, run, importId, () => removeRows(run, importId, keys, sourceOf(run)));

/** Rows of an import that Affinity has no more, with what was written beside them. Writes nothing. @throws ApiError, SheetError */
export const goneRowsOf = (run: Run, importId: string): GoneRows => goneRows(run, importId, sourceOf(run));

/** Deletes rows that are gone from the sheet; gives how many. @throws ApiError, SheetError */
export const tidyRowsOf = (desk: Desk, run: Run, importId: string, rows: readonly GoneRow[]): number =>
  leased(desk, run, importId, () => tidyRows(run, importId, rows, sourceOf(run)));
