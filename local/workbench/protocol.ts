/**
 * What travels between the page, the server and the worker. Types only: this file is read by the browser's code as well.
 * Rows and columns count from 1 in commands (as a person says them) and from 0 in what is shown.
 */

/** One thing that a person does in the file. Sheets are named by their id, because names change. */
export type PersonCommand =
  | { readonly kind: 'type'; readonly sheet: number; readonly a1: string; readonly text: string }
  | {
      readonly kind: 'paste';
      readonly sheet: number;
      readonly a1: string;
      readonly block: readonly (readonly string[])[];
    }
  | {
      readonly kind: 'pasteCells';
      readonly sheet: number;
      readonly a1: string;
      readonly from: { readonly sheet: number; readonly a1: string };
      /** Cut: the source is emptied. */
      readonly isCut: boolean;
    }
  | { readonly kind: 'fillDown'; readonly sheet: number; readonly a1: string; readonly sourceRows: number }
  | { readonly kind: 'clear'; readonly sheet: number; readonly a1: string }
  | {
      readonly kind: 'insertRows' | 'insertColumns';
      readonly sheet: number;
      readonly before: number;
      readonly count: number;
    }
  | {
      readonly kind: 'deleteRows' | 'deleteColumns';
      readonly sheet: number;
      readonly first: number;
      readonly count: number;
    }
  | {
      readonly kind: 'moveRows' | 'moveColumns';
      readonly sheet: number;
      readonly first: number;
      readonly count: number;
      readonly before: number;
    }
  | {
      readonly kind: 'hideRows' | 'hideColumns';
      readonly sheet: number;
      readonly first: number;
      readonly count: number;
      readonly hidden: boolean;
    }
  | {
      readonly kind: 'sort';
      readonly sheet: number;
      readonly a1: string;
      readonly column: number;
      readonly ascending: boolean;
    }
  | { readonly kind: 'setColumnWidth'; readonly sheet: number; readonly column: number; readonly width: number }
  | { readonly kind: 'freeze'; readonly sheet: number; readonly rows: number; readonly columns: number }
  | { readonly kind: 'note'; readonly sheet: number; readonly a1: string; readonly note: string }
  | { readonly kind: 'bold'; readonly sheet: number; readonly a1: string; readonly bold: boolean }
  | { readonly kind: 'background'; readonly sheet: number; readonly a1: string; readonly color: string | null }
  | { readonly kind: 'numberFormat'; readonly sheet: number; readonly a1: string; readonly pattern: string | null }
  | { readonly kind: 'deleteChart'; readonly sheet: number; readonly chart: number }
  | { readonly kind: 'select'; readonly sheet: number; readonly a1: string }
  | { readonly kind: 'addSheet'; readonly name: string }
  | { readonly kind: 'renameSheet'; readonly sheet: number; readonly name: string }
  | { readonly kind: 'duplicateSheet' | 'deleteSheet'; readonly sheet: number }
  | { readonly kind: 'moveSheet'; readonly sheet: number; readonly position: number }
  | { readonly kind: 'hideSheet'; readonly sheet: number; readonly hidden: boolean }
  | { readonly kind: 'undo' | 'redo' };

/** A cell as shown; absent parts are the ordinary ones. A blank cell is 0. */
export interface CellView {
  /** Shown text. */
  readonly t: string;
  /** Text to edit, where it differs. */
  readonly e?: string;
  /** Ordinary alignment: `r` numbers and dates, `c` truths and errors. */
  readonly a?: 'r' | 'c';
  /** Index into `BookView.styles`. */
  readonly s?: number;
  /** Note. */
  readonly n?: string;
  /** Index into `BookView.choices`: what may stand here. */
  readonly v?: number;
}
export type RowView = readonly (CellView | 0)[];

export interface StyleView {
  readonly background?: string;
  readonly fontColor?: string;
  readonly fontFamily?: string;
  readonly fontSize?: number;
  readonly fontWeight?: string;
  readonly fontStyle?: string;
  readonly fontLine?: string;
  readonly horizontalAlignment?: string;
  readonly verticalAlignment?: string;
  readonly wrapStrategy?: string;
}

/** A chart with what it shows by now. Sizes and offsets in pixels. */
export interface ChartView {
  readonly id: number;
  /** A name of `Charts.ChartType`. */
  readonly kind: string;
  readonly title: string;
  readonly row: number;
  readonly column: number;
  readonly offsetX: number;
  readonly offsetY: number;
  readonly width: number;
  readonly height: number;
  readonly colors: readonly string[];
  readonly labels: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

export interface SheetView {
  readonly id: number;
  readonly name: string;
  readonly isHidden: boolean;
  readonly tabColor: string | null;
  readonly rows: number;
  readonly columns: number;
  readonly frozenRows: number;
  readonly frozenColumns: number;
  /** Content reaches this far. */
  readonly lastRow: number;
  readonly lastColumn: number;
  /** Column index and width, where it is not the ordinary one. */
  readonly widths: readonly (readonly [number, number])[];
  readonly hiddenColumns: readonly number[];
  /** First and last index of hidden rows. */
  readonly hiddenRows: readonly (readonly [number, number])[];
  readonly heights: readonly (readonly [number, number])[];
  readonly charts: readonly ChartView[];
}

export interface BookView {
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly user: string;
  readonly sheets: readonly SheetView[];
  readonly activeSheet: number;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly styles: readonly StyleView[];
  readonly choices: readonly (readonly string[])[];
}

export type MenuItemView =
  | { readonly kind: 'item'; readonly caption: string; readonly functionName: string }
  | { readonly kind: 'separator' }
  | { readonly kind: 'menu'; readonly caption: string; readonly items: readonly MenuItemView[] };
export interface MenuView {
  /** Blank for the add-on's own menu, which stands under its name. */
  readonly caption: string;
  readonly isAddOn: boolean;
  readonly items: readonly MenuItemView[];
}

export type DialogButton = 'OK' | 'CANCEL' | 'YES' | 'NO' | 'CLOSE';
/** An alert or prompt of the script, which waits for its answer. */
export interface DialogView {
  readonly id: number;
  readonly kind: 'alert' | 'prompt';
  readonly title: string;
  readonly text: string;
  readonly buttons: 'OK' | 'OK_CANCEL' | 'YES_NO' | 'YES_NO_CANCEL';
}
export interface DialogAnswerMessage {
  readonly id: number;
  readonly button: DialogButton;
  readonly text: string;
}

/** A page of the add-on's: the sidebar or a dialog. Its HTML is served from another origin, under its id. */
export interface PageView {
  readonly id: number;
  readonly kind: 'sidebar' | 'modal' | 'modeless';
  readonly title: string;
  readonly width: number | null;
  readonly height: number | null;
}

export interface ToastView {
  readonly id: number;
  readonly text: string;
  readonly title: string;
  readonly seconds: number | null;
}

/** One execution of the add-on. */
export interface RunView {
  readonly id: number;
  readonly name: string;
  readonly from: 'menu' | 'page' | 'open' | 'trigger';
  readonly startedAt: number;
  /** Null while it goes on. */
  readonly ms: number | null;
  readonly error: string | null;
  readonly wasKilled: boolean;
  readonly spreadsheetCalls: number;
  readonly fetches: number;
}

/** Rows of a sheet that have changed, first and last index; the page asks for those it shows. */
export interface RowsChanged {
  readonly sheet: number;
  readonly from: number;
  readonly to: number;
}

/** From the server to the page, as server-sent events. */
export type PageEvent =
  | { readonly kind: 'hello'; readonly state: PageState }
  | { readonly kind: 'book'; readonly book: BookView }
  | { readonly kind: 'rows'; readonly changed: readonly RowsChanged[] }
  | { readonly kind: 'applied'; readonly id: string; readonly refusal: string | null }
  | { readonly kind: 'menus'; readonly menus: readonly MenuView[] }
  | { readonly kind: 'dialog'; readonly dialog: DialogView | null }
  | { readonly kind: 'page'; readonly page: PageView }
  | { readonly kind: 'toast'; readonly toast: ToastView }
  | { readonly kind: 'run'; readonly run: RunView }
  | { readonly kind: 'request'; readonly request: RequestView };

/** What a page needs to begin. */
export interface PageState {
  readonly addOnName: string;
  readonly book: BookView;
  readonly menus: readonly MenuView[];
  readonly dialog: DialogView | null;
  readonly runs: readonly RunView[];
  readonly requests: readonly RequestView[];
  /** Origin that serves the add-on's pages. */
  readonly frameOrigin: string;
  readonly mode: 'emulator' | 'live-read-only' | 'live';
  /** A sentence about keys, for the drawer. */
  readonly keys: readonly KeyView[];
}
export interface KeyView {
  readonly role: string;
  readonly key: string;
  readonly name: string;
}

/** A request to Affinity as the road saw it. */
export interface RequestView {
  readonly id: number;
  readonly at: number;
  readonly from: 'add-on' | 'colleague';
  readonly method: string;
  readonly path: string;
  /** Null while it goes on, 0 when nothing came back. */
  readonly status: number | null;
  readonly ms: number | null;
  readonly bytes: number | null;
}

/** From the server to the worker. */
export type ToWorker =
  | { readonly kind: 'command'; readonly id: string; readonly command: PersonCommand }
  | { readonly kind: 'open' }
  | { readonly kind: 'menu'; readonly id: number; readonly functionName: string }
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: 'answer'; readonly answer: DialogAnswerMessage }
  | { readonly kind: 'kill' }
  /** Signs the browser in to a first account beside the person's own; null for one account only. */
  | {
      readonly kind: 'firstAccount';
      readonly account: { readonly user: string; readonly hasAuthorized: boolean } | null;
    }
  /** Lets time pass for the script's clock; triggers that become due run. */
  | { readonly kind: 'later'; readonly ms: number };

export type CallOutcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly name: string; readonly message: string };

/** From the worker to the server. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly names: readonly string[]; readonly book: BookView }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'book'; readonly book: BookView }
  | { readonly kind: 'patch'; readonly sheet: number; readonly length: number; readonly rows: readonly RowPatch[] }
  | { readonly kind: 'applied'; readonly id: string; readonly refusal: string | null }
  | { readonly kind: 'menus'; readonly menus: readonly MenuView[] }
  | { readonly kind: 'dialog'; readonly dialog: DialogView | null }
  | { readonly kind: 'page'; readonly page: PageView; readonly html: string }
  | { readonly kind: 'toast'; readonly toast: ToastView }
  | { readonly kind: 'run'; readonly run: RunView }
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: CallOutcome };
/** Index of a row and its `RowView` as JSON, ready to be sent on. */
export type RowPatch = readonly [number, string];

export interface WorkerOptions {
  readonly code: string;
  readonly files: Readonly<Record<string, string>>;
  readonly manifest: Readonly<Record<string, unknown>>;
  readonly fileName: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly user: string;
  /** Where requests to Affinity's address go. */
  readonly affinityUrl: string;
  /** What the script's clock shows at the start, milliseconds since 1970. Default: the computer's time. */
  readonly startsAt?: number;
}
