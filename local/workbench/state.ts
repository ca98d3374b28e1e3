/** What the server knows while it runs: a copy of the file as shown, what is open, and who listens. Decides nothing. */
import { Mirror } from './mirror';
import type {
  CallOutcome,
  DialogView,
  FromWorker,
  KeyView,
  MenuView,
  PageEvent,
  PageState,
  RequestView,
  RowsChanged,
  RunView,
} from './protocol';

const KEPT_RUNS = 50;
const KEPT_REQUESTS = 300;

type Listener = (event: PageEvent) => void;

export interface Fixed {
  readonly addOnName: string;
  readonly frameOrigin: string;
  readonly mode: PageState['mode'];
  readonly keys: readonly KeyView[];
}

/** Newest last; a newer version of one with the same id replaces it. */
const noted = <T extends { readonly id: number }>(list: readonly T[], item: T, kept: number): T[] => {
  const at = list.findLastIndex((one) => one.id === item.id);
  return at < 0 ? [...list, item].slice(-kept) : list.map((one, index) => (index === at ? item : one));
};

export class State {
  names: readonly string[] = [];
  menus: readonly MenuView[] = [];
  dialog: DialogView | null = null;
  runs: readonly RunView[] = [];
  requests: readonly RequestView[] = [];
  /** HTML of the add-on's pages by id. */
  readonly pages = new Map<number, string>();
  readonly #listeners = new Set<Listener>();
  readonly #outcomes = new Map<number, (outcome: CallOutcome) => void>();
  #mirror: Mirror | null = null;
  #calls = 0;

  get mirror(): Mirror {
    if (this.#mirror === null) throw new Error('the file is not there yet');
    return this.#mirror;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  tell(event: PageEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** A call of a page's that waits for its outcome. */
  expect(): { readonly id: number; readonly outcome: Promise<CallOutcome> } {
    const id = ++this.#calls;
    return { id, outcome: new Promise((done) => this.#outcomes.set(id, done)) };
  }

  noteRequest(request: RequestView): void {
    this.requests = noted(this.requests, request, KEPT_REQUESTS);
    this.tell({ kind: 'request', request });
  }

  pageState(fixed: Fixed): PageState {
    const { menus, dialog, runs, requests } = this;
    return { ...fixed, book: this.mirror.book, menus, dialog, runs, requests };
  }

  /** Takes in what the worker says and passes it on to the pages. */
  hear(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.names = message.names;
        this.#mirror = new Mirror(message.book);
        return;
      case 'book':
        this.mirror.book = message.book;
        this.tell({ kind: 'book', book: message.book });
        return;
      case 'patch': {
        const changed: RowsChanged = this.mirror.patch(message.sheet, message.length, message.rows);
        this.tell({ kind: 'rows', changed: [changed] });
        return;
      }
      case 'menus':
        this.menus = message.menus;
        this.tell(message);
        return;
      case 'dialog':
        this.dialog = message.dialog;
        this.tell(message);
        return;
      case 'page':
        this.pages.set(message.page.id, message.html);
        this.tell({ kind: 'page', page: message.page });
        return;
      case 'run':
        this.runs = noted(this.runs, message.run, KEPT_RUNS);
        this.tell(message);
        return;
      case 'outcome':
        this.#outcomes.get(message.id)?.(message.outcome);
        this.#outcomes.delete(message.id);
        return;
      case 'applied':
      case 'toast':
        this.tell(message);
        return;
      case 'failed':
        return;
    }
  }
}
