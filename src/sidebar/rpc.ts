/**
 * The contract between the pages (sidebar and review dialog) and their server side. Values are JSON; the key goes in and never comes
 * back; a fault comes back as a sentence for the person. One global function carries all calls: see `Envelope`.
 */

export interface ConnectionView {
  readonly isConnected: boolean;
}

/** `hours`: every so many hours, 1 to 23. The others: at an hour of the day, 0 to 23, in the spreadsheet's time zone. */
export interface CadenceView {
  readonly kind: 'hours' | 'daily' | 'weekdays';
  readonly value: number;
}

/** What runs by itself for an import. Instants are ISO 8601 UTC. */
export interface ScheduleView {
  readonly cadence: CadenceView;
  /** The cadence as a phrase, e.g. "every day at 08:00". */
  readonly words: string;
  readonly sendsEdits: boolean;
  /** E-mail address of the person whose trigger and key serve it; '' where Google did not tell. */
  readonly owner: string;
  readonly isMine: boolean;
  /** When the next run is to be expected; null when none is. */
  readonly nextRun: string | null;
  /** From when on the data count as out of date; null before the first complete refresh. */
  readonly freshUntil: string | null;
  readonly lastRun: {
    readonly at: string;
    readonly result: 'done' | 'paused' | 'stopped';
    readonly message: string;
    /** Calls to Affinity of that run, and those left in the month after it; null where unlimited or not told. */
    readonly calls: number;
    readonly monthRemaining: number | null;
  } | null;
  /** Since when no scheduled run ended well; null when the last one did. */
  readonly failingSince: string | null;
  /** What keeps it from working, as a sentence; null for nothing. */
  readonly trouble: string | null;
  /** Whether saving it again, by the owner or a colleague, is what helps. */
  readonly isToBeSavedAgain: boolean;
}

/** How an import stands, as far as the file itself knows. */
export interface ImportView {
  readonly id: string;
  readonly title: string;
  /** Name of the tab that the table is on; null when the tab was deleted. */
  readonly tab: string | null;
  /** Instant, ISO 8601 UTC, at which the data was complete; null while it never was. */
  readonly dataAsOf: string | null;
  /**
   * Instant as of which the rows and all columns but the older ones are current; later than `dataAsOf` where a scheduled refresh read
   * only what Affinity recorded as changed.
   */
  readonly changesAsOf: string | null;
  /** Headers of columns that are as of `dataAsOf`, at most 60; none where both instants are the same. */
  readonly olderColumns: readonly string[];
  /** Instant of the last refresh, complete or not, and how it ended; null before the first. */
  readonly lastRun: {
    readonly at: string;
    readonly result: 'done' | 'paused' | 'stopped';
    readonly message: string;
  } | null;
  readonly rows: number;
  /** Rows done by a refresh that did not end; null when there is none to go on with. */
  readonly unfinishedRows: number | null;
  /** What a refresh by hand costs in words, as part of a sentence; null where that is little. */
  readonly cost: string | null;
  /** Null where it is refreshed by hand only. */
  readonly schedule: ScheduleView | null;
}

/** A line of what refreshes brought; texts as they stand in the tab, instants in the spreadsheet's zone. */
export interface ChangeView {
  /** When the refresh that brought it began. */
  readonly refresh: string;
  readonly what: 'Changed' | 'New row' | 'Gone';
  readonly row: string;
  /** Header of the column, and its texts before and now; '' for whole rows. */
  readonly column: string;
  readonly before: string;
  readonly now: string;
  /** Who changed it and when, where Affinity tells; else ''. */
  readonly by: string;
  readonly when: string;
}

export interface SettingsView {
  /** Calls a month that are left to other programs: nothing is read or sent once no more than these remain. */
  readonly monthlyFloor: number;
}

export interface StateView {
  readonly connection: ConnectionView;
  readonly imports: readonly ImportView[];
  /** Id of the import on the tab in front, or null. */
  readonly inFront: string | null;
  readonly settings: SettingsView;
  /** Where instants of schedules are shown. */
  readonly timeZone: string;
  /** Whether trouble of the person's own schedules can be mailed to them; the permission may be declined. */
  readonly isMailAllowed: boolean;
}

export interface PersonView {
  readonly firm: string;
  readonly name: string;
  readonly email: string;
}

export interface ListView {
  readonly id: number;
  readonly name: string;
  readonly kind: 'people' | 'organizations' | 'opportunities';
  readonly rows: number;
  readonly isPrivate: boolean;
  /** Calls that an import takes, and what it costs in words, as part of a sentence. */
  readonly calls: number;
  readonly cost: string;
}

export interface ColumnView {
  readonly key: string;
  readonly header: string;
  readonly group: 'entity' | 'list' | 'global';
  /** Type of value in words, e.g. "Ranked dropdown" or "Person, several". */
  readonly type: string;
  /** Why the column can't be edited from the sheet; null where it can. */
  readonly locked: string | null;
}

/** One slice of an import or refresh. `paused` with `goesOn` asks for the next slice. */
export interface SliceView {
  readonly kind: 'done' | 'paused' | 'stopped';
  readonly goesOn: boolean;
  /** Milliseconds to wait before the next slice, until Affinity takes calls again. */
  readonly waitMs: number;
  readonly rowsDone: number;
  readonly rowsInAll: number;
  readonly rowsAdded: number;
  readonly cellsChanged: number;
  readonly rowsHeld: number;
  readonly rowsGone: number;
  /** Calls to Affinity in this slice, and those left in the month after it; null where unlimited or not told. */
  readonly calls: number;
  readonly monthRemaining: number | null;
  /** It stopped because so much would be emptied or is gone that somebody has to agree. */
  readonly asks: boolean;
  readonly messages: readonly string[];
}

/** How far a slice under way was a moment ago. */
export interface ProgressView {
  readonly rowsDone: number;
  /** 0 while it is not known. */
  readonly rowsInAll: number;
  readonly calls: number;
  readonly monthRemaining: number | null;
}

export interface PreviewCellView {
  readonly id: string;
  readonly rowNumber: number;
  readonly rowTitle: string;
  readonly column: string;
  readonly header: string;
  readonly state: 'pending' | 'cleared' | 'formula' | 'conflict' | 'refused';
  /** What Affinity has, what the sheet has, and for conflicts what both last agreed on: cell texts; "empty" is ''. */
  readonly theirs: string;
  readonly mine: string;
  readonly base: string | null;
  /** Who changed Affinity's value last (name or ''), and the instant; null where Affinity keeps no history of it. */
  readonly theirsBy: { readonly who: string; readonly at: string } | null;
  readonly problem: string | null;
  /** What putting both sides' changes of several values together means; `mine` is what is sent then. */
  readonly says: string | null;
  /** The formula in the cell, whose result `mine` is. */
  readonly formula: string | null;
  /** True where the value shows on every list that the record is on. */
  readonly isShared: boolean;
}

/** A row that was typed into the table and is not in Affinity yet. Its cells have `key` as their id. */
export interface PreviewRowView {
  readonly key: string;
  readonly rowNumber: number;
  readonly rowTitle: string;
  /** `repeat`: Affinity has it on the list already; it is added only when it is chosen. `refused`: it can't be added. */
  readonly fate: 'create' | 'attach' | 'tie' | 'repeat' | 'refused';
  /** What will happen, or why nothing does, in whole sentences. */
  readonly says: string;
}

export interface PreviewView {
  readonly importId: string;
  readonly title: string;
  readonly cells: readonly PreviewCellView[];
  readonly newRows: readonly PreviewRowView[];
  /** Rows that are selected on the import's tab, by number: first and last of each block. */
  readonly selectedRows: readonly { readonly first: number; readonly last: number }[];
  readonly callsNeeded: number;
  readonly messages: readonly string[];
  /** What the import is set to do with emptied cells. */
  readonly blanks: 'ask' | 'clear' | 'never';
}

export interface ChoiceView {
  readonly id: string;
  readonly column: string;
  readonly choice: 'mine' | 'theirs';
}

/** Which part of a review is sent. Rows that are not named were not reviewed, and are left alone. */
export interface SelectionView {
  /** Ids of rows, keys of new ones. */
  readonly rows: readonly string[];
  /** Cells of these rows that are kept back. */
  readonly without: readonly { readonly id: string; readonly column: string }[];
  /** Cells with a formula whose result is sent, with that result as it was reviewed. */
  readonly formulas: readonly { readonly id: string; readonly column: string; readonly mine: string }[];
  /** Keys of new rows that are added although the table has the same thing already. */
  readonly again: readonly string[];
  readonly onlyNew: boolean;
}

export interface PushView {
  readonly kind: 'done' | 'paused' | 'stopped';
  /** True where a pause was only for time: the page then pushes again with the same choices. */
  readonly goesOn?: boolean;
  /** Milliseconds to wait before that. */
  readonly waitMs?: number;
  readonly rowsAdded: number;
  readonly rowsNotAdded: number;
  readonly cells: number;
  readonly rows: number;
  readonly failed: number;
  readonly unsent: number;
  readonly unanswered: number;
  readonly refused: number;
  readonly conflicts: number;
  readonly clearsKept: number;
  readonly formulasKept: number;
  readonly messages: readonly string[];
}

/** A run of this import whose cells were sent. */
export interface PastPushView {
  readonly run: string;
  /** Instant, ISO 8601 UTC. */
  readonly time: string;
  /** Address of the person, or ''. */
  readonly user: string;
  readonly cells: number;
  readonly rows: number;
  /** It took another one back. */
  readonly isUndo: boolean;
}

export interface UndoCellView {
  readonly rowTitle: string;
  readonly field: string;
  /** What Affinity has now, and what it would have again. */
  readonly now: string;
  readonly again: string;
  /** Why it is left alone; null where it can be taken back. */
  readonly problem: string | null;
}

export interface UndoView {
  readonly cells: number;
  readonly rows: number;
  readonly failed: number;
  readonly unsent: number;
  readonly unanswered: number;
  readonly left: readonly UndoCellView[];
  readonly messages: readonly string[];
}

/** Who the key belongs to, and the calls that are left: null where the plan has no limit or nothing was called yet. */
export interface QuotaView extends PersonView {
  /** Instant at which the key was made; null where Affinity does not say. */
  readonly keyMade: string | null;
  readonly minuteRemaining: number | null;
  readonly monthRemaining: number | null;
  readonly monthLimit: number | null;
  /** Calls to the outside that Google gives this person's account in a day. */
  readonly callsADay: number;
}

/** What the page of activity begins with. */
export interface ActivityView {
  /** Title of the table in front; null where the tab holds none. */
  readonly title: string | null;
  /** Records behind the selected rows, each once, e.g. `0:117`. */
  readonly records: readonly string[];
  /** Id of the note that is selected, alone, in a table of notes; else null. */
  readonly note: number | null;
  /** Whether all rows of the table can be meant. */
  readonly hasTable: boolean;
  readonly timeZone: string;
}

/** Names are those of colleagues; times are wall clock times of the sheet, `2026-03-31T14:30`. '' stands for none. */
export interface NoteView {
  readonly content: string;
  readonly isHtml: boolean;
  /** A note of its own on each record, instead of one on all. */
  readonly isEach: boolean;
  readonly author: string;
  readonly date: string;
}

/** Due on a calendar day, or, where that is '', again and again so many days after 0 any interaction, 1 an e-mail, 2 a meeting. */
export interface ReminderView {
  readonly content: string;
  readonly day: string;
  readonly days: number;
  readonly after: 0 | 1 | 2;
  readonly owner: string;
}

/** A table of activity that is asked for. Numbers are the API's; days are calendar days, '' for none. */
export interface ActivityWantedView {
  readonly dataset: 'notes' | 'reminders' | 'interactions';
  readonly whose: 'selected' | 'table' | 'all' | 'named';
  /** For `selected`. */
  readonly records: readonly string[];
  /** For `named`: the name of a person, organization or opportunity. */
  readonly named: string;
  /** Name of the author, owner or colleague; '' for all of them. */
  readonly person: string;
  readonly from: string;
  readonly to: string;
  readonly status: 0 | 1 | 2 | null;
  readonly type: 0 | 1 | null;
  readonly types: readonly (0 | 1 | 2 | 3)[];
  readonly direction: 0 | 1 | null;
  readonly isManualOnly: boolean;
}

/** How a write went. */
export interface WrittenView {
  readonly made: number;
  /** Those of which no answer said whether they arrived. */
  readonly unknown: number;
  readonly problems: readonly string[];
}

/** Notes, reminders and interactions. */
export interface ActivityRpc {
  /** Makes no call to Affinity. */
  activity(): ActivityView;
  /** A note on records, or a reply to a note. */
  writeNote(records: readonly string[], replyTo: number | null, note: NoteView): WrittenView;
  /** One for each record. */
  makeReminder(records: readonly string[], reminder: ReminderView): WrittenView;
  /** `direction` is for chat messages. `people`: names with `;` between, beside the persons among the records. */
  logInteraction(
    records: readonly string[],
    type: 0 | 1 | 2,
    direction: 0 | 1 | null,
    date: string,
    people: string,
    content: string,
  ): WrittenView;
  /** Calls to Affinity and minutes that it takes at least; null where that is not worth a word. */
  activityCost(wanted: ActivityWantedView): { calls: number; minutes: number; isAffordable: boolean } | null;
  /** Makes the table on a new tab and gives the import's id; its rows come by `pull`. */
  showActivity(wanted: ActivityWantedView): string;
}

export interface Rpc extends ActivityRpc {
  /** What the file and the person's settings say; makes no call to Affinity. */
  state(): StateView;
  connect(key: string): PersonView;
  disconnect(): null;
  /** Lists that the person can see, by name. */
  lists(): readonly ListView[];
  /** Columns that an import of this list can have, in Affinity's order. */
  columns(listId: number): readonly ColumnView[];
  /** Makes the table on a new tab and gives the import's id; its rows come by `pull`. A blank tab name is the list's name. */
  startImport(listId: number, columns: readonly string[], tab: string): string;
  /** Does one slice of an import or refresh, unless it is cancelled under this ticket. */
  pull(importId: string, ticket: string, agreed: boolean): SliceView;
  /** How far the slice under way of this ticket is; null where nobody knows. Makes no call to Affinity. */
  progress(ticket: string): ProgressView | null;
  /** Asks the slices of this ticket to stop; the one under way does so at its next batch of calls. */
  cancel(ticket: string): null;
  preview(importId: string): PreviewView;
  /** Sends until it is done, its time is over, or it is cancelled under this ticket. */
  push(
    importId: string,
    sendClears: boolean,
    choices: readonly ChoiceView[],
    selection: SelectionView,
    ticket: string,
  ): PushView;
  /** Opens the review of the edits in a dialog wide enough to read. */
  openReview(importId: string): null;
  /** Opens the list of what was sent, to take it back. */
  openUndo(importId: string): null;
  /** Opens the page of notes, reminders and interactions. */
  openActivity(): null;
  /** What was sent and can be undone, newest first. */
  pastPushes(importId: string): readonly PastPushView[];
  /** What an undo of this run would do. Writes nothing. */
  previewUndo(importId: string, run: string): readonly UndoCellView[];
  undo(importId: string, run: string): UndoView;
  /** Brings the import's tab to the front. */
  showTab(importId: string): null;
  /** Forgets an import. Its tab stays as it is, as plain cells. */
  forgetImport(importId: string): null;
  /** Sets, changes or takes over the schedule of an import: it is the caller's from then on. `sendsEdits` is a consent of its own. */
  saveSchedule(importId: string, cadence: CadenceView, sendsEdits: boolean): null;
  removeSchedule(importId: string): null;
  /** What the last refreshes brought, the newest first. */
  changes(importId: string): readonly ChangeView[];
  /** Brings the tab with what refreshes brought to the front; it is made when it is asked for first. */
  showChanges(): null;
  quota(): QuotaView;
  saveSettings(settings: SettingsView): SettingsView;
}

/** `needsKey`: Affinity refused the person's key meanwhile, so nothing goes on before there is a valid one. */
export type Reply<T> = ({ readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string }) & {
  readonly needsKey?: true;
};

/** What travels: `rpc(JSON of Envelope)` gives JSON of `Reply`. Text, because the bridge turns some values into null. */
export interface Envelope {
  readonly name: string;
  readonly args: readonly unknown[];
  /** Address of the person for whom the page was opened; '' where Google did not tell. */
  readonly account?: string;
}

/** A page that opens in a dialog, by the name of its HTML file. */
export type DialogPage = 'review' | 'undo' | 'activity';
