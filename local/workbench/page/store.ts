/**
 * What the page knows: the file's outline, the rows it has asked for, what the add-on has opened. Rows are fetched in chunks when they
 * are to be seen and again when the server says that they changed; what the person typed is shown at once until it is confirmed.
 */
import type {
  BookView,
  CellView,
  DialogView,
  MenuView,
  PageEvent,
  PageState,
  PageView,
  PersonCommand,
  RequestView,
  RowView,
  RunView,
  SheetView,
  ToastView,
} from '../protocol';
import { listen, sendCommand, server } from './server';

export const CHUNK = 64;

interface Chunk {
  rows: readonly RowView[];
  isStale: boolean;
  isAsked: boolean;
  /** Number of the request that the rows came with: an older answer never replaces a newer one. */
  came: number;
}
/** A text that the person typed and the server has not confirmed yet. */
interface Echo {
  readonly sheet: number;
  readonly row: number;
  readonly column: number;
  readonly text: string;
}
export interface Notice {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly isError: boolean;
  readonly seconds: number | null;
}

const noted = <T extends { readonly id: number }>(list: readonly T[], item: T, kept: number): T[] => {
  const at = list.findLastIndex((one) => one.id === item.id);
  return at < 0 ? [...list, item].slice(-kept) : list.map((one, index) => (index === at ? item : one));
};

export class Store {
  state: PageState | null = null;
  isConnected = false;
  sheetId = 0;
  sidebar: PageView | null = null;
  dialogPage: PageView | null = null;
  dialog: DialogView | null = null;
  notices: readonly Notice[] = [];
  /** A note that is being written. */
  note: { readonly cell: string; readonly text: string; readonly save: (note: string) => void } | null = null;
  /** Counts up with every change: components compare it. */
  version = 0;
  readonly #chunks = new Map<string, Chunk>();
  readonly #echoes = new Map<string, Echo>();
  readonly #unconfirmed = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #tellBefore: () => void = () => undefined;
  #selectedNow: () => string = () => 'A1';
  #serverSheet: number | null = null;
  #asked = 0;
  #isOpened = false;

  start(): void {
    listen(
      (event) => this.#hear(event),
      () => {
        this.isConnected = false;
        this.#changed();
      },
    );
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  /** Something outside of the store that is drawn with it has changed. */
  touch(): void {
    this.#changed();
  }
  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }

  // What is there

  get book(): BookView | null {
    return this.state?.book ?? null;
  }
  get sheet(): SheetView | null {
    const sheets = this.book?.sheets ?? [];
    return sheets.find(({ id }) => id === this.sheetId) ?? sheets.find(({ isHidden }) => !isHidden) ?? null;
  }
  get menus(): readonly MenuView[] {
    return this.state?.menus ?? [];
  }
  get runs(): readonly RunView[] {
    return this.state?.runs ?? [];
  }
  get requests(): readonly RequestView[] {
    return this.state?.requests ?? [];
  }
  get running(): RunView | null {
    return this.runs.findLast((run) => run.ms === null) ?? null;
  }
  get isSaved(): boolean {
    return this.#unconfirmed.size === 0;
  }

  /** A row as far as it is known; asks for it when it is not. Counts from 0. */
  row(sheet: number, row: number): RowView {
    const index = Math.floor(row / CHUNK);
    const key = `${sheet}:${index}`;
    let chunk = this.#chunks.get(key);
    if (!chunk) {
      chunk = { rows: [], isStale: true, isAsked: false, came: 0 };
      this.#chunks.set(key, chunk);
    }
    if (chunk.isStale && !chunk.isAsked) void this.#fetch(sheet, index, chunk);
    return chunk.rows[row - index * CHUNK] ?? [];
  }
  /** A cell with what the person has just typed there. */
  cell(sheet: number, row: number, column: number): CellView | 0 {
    const known = this.row(sheet, row)[column] ?? 0;
    for (const echo of this.#echoes.values()) {
      if (echo.sheet === sheet && echo.row === row && echo.column === column) {
        return { ...(known === 0 ? {} : known), t: echo.text, e: echo.text };
      }
    }
    return known;
  }
  hasEcho(sheet: number, row: number, column: number): boolean {
    for (const echo of this.#echoes.values()) {
      if (echo.sheet === sheet && echo.row === row && echo.column === column) return true;
    }
    return false;
  }

  /** Rows of a whole area, fetched where they are not known or not up to date. */
  async rowsOf(sheet: number, from: number, count: number): Promise<RowView[]> {
    const rows: RowView[] = [];
    for (let at = from; at < from + count; at += 500) {
      rows.push(...(await server.rows(sheet, at, Math.min(500, from + count - at))));
    }
    return rows;
  }

  async #fetch(sheet: number, index: number, chunk: Chunk): Promise<void> {
    chunk.isAsked = true;
    chunk.isStale = false;
    const asked = ++this.#asked;
    try {
      const rows = await server.rows(sheet, index * CHUNK, CHUNK);
      if (asked > chunk.came) Object.assign(chunk, { rows, came: asked });
    } catch {
      chunk.isStale = true;
    }
    chunk.isAsked = false;
    this.#changed();
  }

  // What the person does

  /** `tell` is called before every command, for what has to be known before it; `selected` gives what is selected on the tab in front. */
  beforeCommands(tell: () => void, selected: () => string): void {
    this.#tellBefore = tell;
    this.#selectedNow = selected;
  }
  do(command: PersonCommand): void {
    if (command.kind !== 'select') this.#tellBefore();
    const id = sendCommand(command);
    if (command.kind === 'select') return;
    this.#unconfirmed.add(id);
    this.#changed();
  }
  type(sheet: SheetView, row: number, column: number, a1: string, text: string): void {
    this.#tellBefore();
    const id = sendCommand({ kind: 'type', sheet: sheet.id, a1, text });
    this.#unconfirmed.add(id);
    this.#echoes.set(id, { sheet: sheet.id, row, column, text });
    this.#changed();
  }
  /** Chooses an item of a menu that a script has built. */
  runMenu(functionName: string): void {
    this.#tellBefore();
    void server.menu(functionName);
  }
  showSheet(id: number): void {
    this.#tellBefore();
    this.sheetId = id;
    this.#changed();
    sendCommand({ kind: 'select', sheet: id, a1: this.#selectedNow() });
  }
  closePage(id: number): void {
    if (this.sidebar?.id === id) this.sidebar = null;
    if (this.dialogPage?.id === id) this.dialogPage = null;
    this.#changed();
  }
  resizePage(id: number, size: { readonly width?: number; readonly height?: number }): void {
    if (this.dialogPage?.id !== id) return;
    this.dialogPage = { ...this.dialogPage, ...size };
    this.#changed();
  }
  notify(notice: Omit<Notice, 'key'>): void {
    this.notices = [...this.notices, { ...notice, key: `${Date.now()}-${this.version}` }].slice(-4);
    this.#changed();
  }
  askNote(cell: string, text: string, save: (note: string) => void): void {
    this.note = { cell, text, save };
    this.#changed();
  }
  endNote(text: string | null): void {
    const { note } = this;
    this.note = null;
    if (note && text !== null && text !== note.text) note.save(text);
    this.#changed();
  }
  dismiss(key: string): void {
    this.notices = this.notices.filter((notice) => notice.key !== key);
    this.#changed();
  }

  // What the server says

  #hear(event: PageEvent): void {
    switch (event.kind) {
      case 'hello':
        this.#begin(event.state);
        break;
      case 'book':
        this.#takeBook(event.book);
        break;
      case 'rows':
        for (const { sheet, from, to } of event.changed) this.#stale(sheet, from, to);
        break;
      case 'applied':
        this.#applied(event.id, event.refusal);
        break;
      case 'menus':
        this.#set({ menus: event.menus });
        break;
      case 'dialog':
        this.dialog = event.dialog;
        break;
      case 'page':
        if (event.page.kind === 'sidebar') this.sidebar = event.page;
        else this.dialogPage = event.page;
        break;
      case 'toast':
        this.#toast(event.toast);
        break;
      case 'run':
        this.#ran(event.run);
        break;
      case 'request':
        this.#set({ requests: noted(this.requests, event.request, 300) });
        break;
    }
    this.#changed();
  }

  #set(part: Partial<PageState>): void {
    if (this.state) this.state = { ...this.state, ...part };
  }
  #begin(state: PageState): void {
    this.state = state;
    this.isConnected = true;
    this.dialog = state.dialog;
    this.#chunks.clear();
    this.#echoes.clear();
    this.#unconfirmed.clear();
    this.#takeBook(state.book);
    // A page that was loaded opens the file; so does one whose server was started anew.
    if (!this.#isOpened || state.menus.length === 0) {
      this.#isOpened = true;
      void server.open();
    }
  }
  #takeBook(book: BookView): void {
    this.#set({ book });
    // The add-on may bring a tab to the front; a person's own choice is told to the server and comes back as the same.
    if (this.#serverSheet !== book.activeSheet) this.sheetId = book.activeSheet;
    this.#serverSheet = book.activeSheet;
    if (!book.sheets.some(({ id, isHidden }) => id === this.sheetId && !isHidden)) this.sheetId = this.sheet?.id ?? 0;
  }
  #stale(sheet: number, from: number, to: number): void {
    for (let index = Math.floor(from / CHUNK); index <= Math.floor(to / CHUNK); index++) {
      const chunk = this.#chunks.get(`${sheet}:${index}`);
      if (chunk) chunk.isStale = true;
    }
  }
  #applied(id: string, refusal: string | null): void {
    const isOurs = this.#unconfirmed.delete(id);
    const echo = this.#echoes.get(id);
    if (echo) void this.#confirm(id, echo);
    if (refusal !== null && isOurs) {
      this.notify({ title: 'This could not be done', text: refusal, isError: true, seconds: 8 });
    }
  }
  /** The echo goes when the row it stands in has come anew, so that nothing flickers. */
  async #confirm(id: string, { sheet, row }: Echo): Promise<void> {
    const index = Math.floor(row / CHUNK);
    const chunk = this.#chunks.get(`${sheet}:${index}`);
    if (chunk) await this.#fetch(sheet, index, chunk);
    this.#echoes.delete(id);
    this.#changed();
  }
  #toast({ text, title, seconds }: ToastView): void {
    this.notify({ title, text, isError: false, seconds: seconds ?? 5 });
  }
  #ran(run: RunView): void {
    this.#set({ runs: noted(this.runs, run, 50) });
    if (run.error === null || run.from === 'page') return;
    const title = run.wasKilled ? 'The run was stopped' : 'The script ended with an error';
    this.notify({ title, text: run.error, isError: true, seconds: null });
  }
}

export const store = new Store();
