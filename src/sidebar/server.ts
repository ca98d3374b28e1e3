/**
 * The server side of the page: one function for all calls, each argument checked again, since any script in the page can call it.
 * As thin as a menu command: it reads the request, calls one engine function, and gives back plain values or a sentence.
 */
import { anything, array, type Codec, DecodeError, flag, integer, object, oneOf, optional, text } from '../api/codec';
import { pushByHand, refreshByHand } from '../sync/runs/by-hand';
import { heedCancel } from '../sync/runs/cancel';
import {
  availableColumns,
  availableLists,
  beginImport,
  type Desk,
  explainFault,
  forgetImport,
  previewPush,
  previewUndoOf,
  savedImport,
  savedImports,
  sliceMs,
  undoablePushes,
  undoPush,
} from '../sync/runs/desk';
import { createDigest, digestLines } from '../sync/runs/digest';
import { identity } from '../sync/runs/manage-affinity';
import { asksFirst } from '../sync/runs/pull';
import type { Progress, Run } from '../sync/runs/run';
import { isCadence } from '../sync/runs/schedule';
import { choiceKey } from '../sync/runs/send-rows';
import { endSchedule, setSchedule, stopUnused } from '../sync/runs/set-schedule';
import { gotNowhere, readProgress, tellProgress } from '../sync/runs/tell-progress';
import { readCheckpoint } from '../sync/state/checkpoint';
import type { SavedImport } from '../sync/state/saved-import';
import { activityMethods } from './activity';
import { count, type Method, NotUnderstood, name, within } from './arguments';
import type { CadenceView, DialogPage, Envelope, Reply, Rpc } from './rpc';
import { changeView, columnView, importView, listView, previewCell, undoCell } from './views';

/** What the server needs beside the desk: who calls, and the dialogs that it opens. */
export interface Pages {
  /** Address of the person as whom this call runs, or ''. */
  account(): string;
  openDialog(page: DialogPage, importId: string, title: string): void;
}

/** Google runs calls of a page as the browser's first account, which need not be the one that the sheet is open with. */
const otherAccount = (opened: string, called: string): string =>
  `This sheet is open as ${opened}, but Google runs the add-on as ${called}: this browser has several Google accounts. Open the sheet in a browser profile with just one of them.`;

/** The words for a call that no page of ours makes. */
const UNREADABLE = 'The sidebar sent something the add-on does not understand. Close the sidebar and open it again.';

const cell = object({ id: name, column: name });
const selection = object({
  rows: array(name),
  without: array(cell),
  formulas: array(object({ id: name, column: name, mine: within(500) })),
  again: array(name),
  onlyNew: flag,
});
const choice = object({ id: name, column: name, choice: oneOf('mine', 'theirs') });

/** An hour of the day, or a distance in hours. */
const cadence: Codec<CadenceView> = {
  shape: 'cadence',
  decode: (raw, at) => {
    const given = object({ kind: oneOf('hours', 'daily', 'weekdays'), value: integer }).decode(raw, at);
    if (isCadence(given)) return given;
    throw new DecodeError(at, 'a cadence that a schedule may have');
  },
};

export const createSidebarServer = (outer: Desk, pages: Pages): ((request: unknown) => string) => {
  const runs: Run[] = [];
  /** The desk, with an eye on the runs that it begins. */
  const desk: Desk = {
    ...outer,
    openRun(budgetMs) {
      const run = outer.openRun(budgetMs);
      runs.push(run);
      return run;
    },
  };
  const known = (importId: string): SavedImport => {
    const saved = savedImport(desk, importId);
    if (saved === null) throw new DecodeError('importId', 'an import of this file');
    return saved;
  };

  const methods: { readonly [N in keyof Rpc]: Method<N> } = {
    state: {
      args: [],
      run() {
        const imports = savedImports(desk);
        const tab = desk.workbook().activeTabId();
        return {
          connection: { isConnected: desk.connection.isConnected() },
          imports: imports.map((saved) => importView(desk, saved)),
          inFront: imports.find(({ tabId }) => tabId === tab)?.id ?? null,
          settings: desk.settings.read(),
          timeZone: desk.workbook().timeZone,
          isMailAllowed: desk.unattended.mail.isAllowed(),
        };
      },
    },
    connect: {
      args: [within(500)],
      run(key) {
        const { user, tenant } = desk.connection.connect(key.trim());
        const full = [user.firstName, user.lastName].filter((part) => part !== null && part !== '').join(' ');
        return { firm: tenant.name, name: full === '' ? user.email : full, email: user.email };
      },
    },
    disconnect: {
      args: [],
      run() {
        desk.connection.disconnect();
        return null;
      },
    },
    lists: {
      args: [],
      run: () => availableLists(desk.openRun()).map(listView),
    },
    columns: {
      args: [integer],
      run: (listId) => availableColumns(desk.openRun(), listId).map(columnView),
    },
    startImport: {
      args: [integer, array(name), within(100)],
      run: (listId, columns, tab) => beginImport(desk, desk.openRun(), listId, columns, tab.trim()),
    },
    pull: {
      args: [name, name, flag],
      run(importId, ticket, agreed) {
        const { id } = known(importId);
        let rowsInAll = 0;
        const doneBefore = readCheckpoint(desk.store, id)?.rowsDone ?? 0;
        const isLong = gotNowhere(desk.progress, ticket, doneBefore);
        const run = desk.openRun(sliceMs(doneBefore, isLong));
        heedCancel(run.heartbeat, () => desk.cancels.isAsked(ticket));
        const tell = tellProgress(desk.progress, ticket, run, doneBefore);
        const onProgress = (progress: Progress) => {
          rowsInAll = progress.rowsInAll;
          tell(progress);
        };
        const seen = { ...run, onProgress };
        const result = refreshByHand(desk, seen, id, agreed);
        return {
          kind: result.kind,
          goesOn: result.goesOn,
          waitMs: result.waitMs,
          rowsDone: result.rows,
          rowsInAll: Math.max(rowsInAll, result.rows),
          rowsAdded: result.rowsAdded,
          cellsChanged: result.cellsChanged,
          rowsHeld: result.rowsHeld,
          rowsGone: result.rowsGone,
          calls: run.callsMade(),
          monthRemaining: run.api.quota().monthRemaining,
          asks: asksFirst(result),
          messages: result.messages,
        };
      },
    },
    progress: {
      args: [name],
      run: (ticket) => readProgress(desk.progress, ticket),
    },
    cancel: {
      args: [name],
      run(ticket) {
        desk.cancels.ask(ticket);
        return null;
      },
    },
    preview: {
      args: [name],
      run(importId) {
        const { id, title, tabId } = known(importId);
        const { cells, newRows, callsNeeded, messages, blanks } = previewPush(desk.openRun(), id);
        const workbook = desk.workbook();
        return {
          importId: id,
          title,
          cells: cells.map(previewCell),
          newRows,
          selectedRows: workbook.activeTabId() === tabId ? workbook.selectedRows() : [],
          callsNeeded,
          messages,
          blanks,
        };
      },
    },
    push: {
      args: [name, flag, array(choice), selection, name],
      run(importId, sendClears, chosen, { rows, without, formulas, again, onlyNew }, ticket) {
        const choices = new Map(chosen.map(({ id, column, choice: made }) => [choiceKey(id, column), made]));
        const kept = new Set(without.map(({ id, column }) => choiceKey(id, column)));
        const options = {
          sendClears,
          choices,
          formulas: new Map(formulas.map(({ id, column, mine }) => [choiceKey(id, column), mine])),
          selection: { rows: new Set(rows), without: kept, onlyNew, again: new Set(again) },
        };
        const { id } = known(importId);
        const run = desk.openRun();
        const onProgress = tellProgress(desk.progress, ticket, run, 0);
        const seen = { ...run, onProgress, isCancelAsked: () => desk.cancels.isAsked(ticket) };
        return pushByHand(desk, seen, id, options);
      },
    },
    openReview: {
      args: [name],
      run(importId) {
        const { id, title } = known(importId);
        pages.openDialog('review', id, `Review edits: ${title}`);
        return null;
      },
    },
    openUndo: {
      args: [name],
      run(importId) {
        const { id, title } = known(importId);
        pages.openDialog('undo', id, `Undo a push: ${title}`);
        return null;
      },
    },
    openActivity: {
      args: [],
      run() {
        pages.openDialog('activity', '', 'Notes, reminders, interactions');
        return null;
      },
    },
    pastPushes: {
      args: [name],
      run: (importId) => undoablePushes(desk, desk.openRun(), known(importId).id),
    },
    previewUndo: {
      args: [name, name],
      run: (importId, ofRun) => previewUndoOf(desk.openRun(), known(importId).id, ofRun).map(undoCell),
    },
    undo: {
      args: [name, name],
      run(importId, ofRun) {
        const result = undoPush(desk, desk.openRun(), known(importId).id, ofRun);
        return { ...result, left: result.left.map(undoCell) };
      },
    },
    showTab: {
      args: [name],
      run(importId) {
        desk.workbook().activate(known(importId).tabId);
        return null;
      },
    },
    forgetImport: {
      args: [name],
      run(importId) {
        forgetImport(desk, known(importId));
        stopUnused(desk);
        return null;
      },
    },
    saveSchedule: {
      args: [name, cadence, flag],
      run(importId, wished, sendsEdits) {
        setSchedule(desk, known(importId), wished, sendsEdits);
        return null;
      },
    },
    removeSchedule: {
      args: [name],
      run(importId) {
        endSchedule(desk, known(importId));
        return null;
      },
    },
    changes: {
      args: [name],
      run: (importId) => digestLines(desk.workbook(), known(importId).id).map(changeView),
    },
    showChanges: {
      args: [],
      run() {
        createDigest(desk.workbook()).show();
        return null;
      },
    },
    quota: {
      args: [],
      run() {
        const { minute, month, ...who } = identity(desk.openRun());
        return {
          ...who,
          minuteRemaining: minute.remaining,
          monthRemaining: month?.remaining ?? null,
          monthLimit: month?.limit ?? null,
          callsADay: desk.unattended.triggerTime.callsADay,
        };
      },
    },
    ...activityMethods(desk),
    saveSettings: {
      args: [object({ monthlyFloor: count })],
      run: (settings) => desk.settings.write(settings),
    },
  };

  const envelope: Codec<Envelope> = object({
    name: within(50),
    args: array(anything),
    account: optional(name),
  });
  const isMethod = (called: string): called is keyof Rpc => Object.keys(methods).includes(called);

  const answer = (request: unknown): Reply<unknown> => {
    try {
      const decoded = envelope.decode(JSON.parse(text.decode(request, 'request')), 'request');
      const { name: called, args, account: opened = '' } = decoded;
      const caller = opened === '' ? '' : pages.account();
      if (caller !== '' && caller !== opened) return { ok: false, message: otherAccount(opened, caller) };
      if (!isMethod(called)) throw new DecodeError('request.name', 'a call of the page');
      const method = methods[called];
      if (args.length !== method.args.length) throw new DecodeError('request.args', `${method.args.length} arguments`);
      const checked = args.map((value, index) => method.args[index]?.decode(value, `request.args[${index}]`));
      // Each codec of `args` stands at the place of the parameter that it decodes; the table can't say so to the compiler.
      return { ok: true, value: (method.run as (...values: unknown[]) => unknown)(...checked) };
    } catch (fault) {
      if (fault instanceof NotUnderstood) return { ok: false, message: fault.message };
      if (fault instanceof DecodeError || fault instanceof SyntaxError) return { ok: false, message: UNREADABLE };
      return { ok: false, message: explainFault(fault, desk) };
    }
  };

  return (request) => {
    const reply = answer(request);
    return JSON.stringify(runs.some((run) => run.wasKeyRefused()) ? { ...reply, needsKey: true } : reply);
  };
};
