/** What the engine knows, as the page is shown it: plain values, and null where there is none. */
import { costWords, importCalls, refreshCalls } from '../sync/runs/cost';
import type { availableColumns, availableLists, Desk } from '../sync/runs/desk';
import type { DigestLine } from '../sync/runs/digest';
import type { PreviewCell } from '../sync/runs/preview';
import { cadenceWords } from '../sync/runs/schedule';
import { type Standing, standingOf } from '../sync/runs/standing';
import type { UndoCell } from '../sync/runs/undo';
import { readCheckpoint } from '../sync/state/checkpoint';
import { NO_TAB, type SavedImport } from '../sync/state/saved-import';
import type { ChangeView, ColumnView, ImportView, ListView, PreviewCellView, ScheduleView, UndoCellView } from './rpc';

const KINDS: Readonly<Record<number, ListView['kind']>> = { 0: 'people', 1: 'organizations', 8: 'opportunities' };

export const listView = (list: ReturnType<typeof availableLists>[number]): ListView => ({
  id: list.id,
  name: list.name,
  kind: KINDS[list.type] ?? 'opportunities',
  rows: list.list_size,
  isPrivate: !list.public,
  calls: importCalls(list.list_size),
  cost: costWords(importCalls(list.list_size), 'sidebar'),
});

const groupOf = (key: string, isShared: boolean): ColumnView['group'] =>
  key.startsWith('entity.') ? 'entity' : isShared ? 'global' : 'list';

export const columnView = (column: ReturnType<typeof availableColumns>[number]): ColumnView => ({
  key: column.key,
  header: column.header,
  group: groupOf(column.key, column.isShared),
  type: column.typeName,
  locked: column.locked ?? null,
});

export const previewCell = (cell: PreviewCell): PreviewCellView => ({
  ...cell,
  base: cell.base ?? null,
  theirsBy: cell.theirsBy ?? null,
  problem: cell.problem ?? null,
  says: cell.says ?? null,
  formula: cell.formula ?? null,
});

export const undoCell = (done: UndoCell): UndoCellView => ({ ...done, problem: done.problem ?? null });

export const changeView = (line: DigestLine): ChangeView => ({
  refresh: line.Refresh,
  what: line.What === 'Gone' || line.What === 'New row' ? line.What : 'Changed',
  row: line.Row,
  column: line.Column,
  before: line.Before,
  now: line.Now,
  by: line.By,
  when: line.When,
});

const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());

/** Troubles that end when somebody with a working key saves the schedule again. */
const ENDED_BY_SAVING: readonly string[] = [
  'schedule/trigger-gone',
  'schedule/silent',
  'schedule/triggers-declined',
  'schedule/not-connected',
];

const scheduleView = ({ schedule, course, isMine, nextRun, freshUntil, trouble }: Standing): ScheduleView | null =>
  schedule === null
    ? null
    : {
        cadence: schedule.cadence,
        words: cadenceWords(schedule.cadence),
        sendsEdits: schedule.sendsEdits,
        owner: schedule.owner,
        isMine,
        nextRun: iso(nextRun),
        freshUntil: iso(freshUntil),
        lastRun:
          course === null
            ? null
            : {
                at: course.at,
                result: course.result,
                message: course.message,
                calls: course.calls,
                monthRemaining: course.monthRemaining,
              },
        failingSince: course?.failingSince ?? null,
        trouble: trouble?.text ?? null,
        isToBeSavedAgain: trouble !== null && ENDED_BY_SAVING.includes(trouble.code),
      };

export const importView = (desk: Desk, saved: SavedImport): ImportView => {
  const standing = standingOf(desk, saved, desk.unattended.clock.now());
  const calls = refreshCalls(saved);
  return {
    id: saved.id,
    title: saved.title,
    // The tab is made by the first pull: until then it is the name that it will have.
    tab: saved.tabId === NO_TAB ? saved.tab : desk.workbook().tabTitle(saved.tabId),
    dataAsOf: saved.lastPull?.dataAsOf ?? null,
    lastRun:
      saved.lastPull === null
        ? null
        : { at: saved.lastPull.at, result: saved.lastPull.result, message: saved.lastPull.message },
    rows: saved.lastPull?.rows ?? 0,
    unfinishedRows: readCheckpoint(desk.store, saved.id)?.rowsDone ?? null,
    changesAsOf: iso(standing.changesFrom),
    olderColumns: standing.older,
    cost: calls === null ? null : costWords(calls, 'sidebar'),
    schedule: scheduleView(standing),
  };
};
