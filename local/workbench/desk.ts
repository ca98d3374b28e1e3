/**
 * One file, one person and the add-on, in the worker. Executions block this thread; whatever the person does meanwhile is taken from
 * the inbox between two service calls and takes effect right then, as on the platform. A page's call or a command of the menu that comes
 * while an execution is going runs beside it: whole, between two of its service calls.
 */

import type { DialogAnswer, HookVerdict, ShownDialog } from '../google';
import { createGoogle, type Google, type SpreadsheetHandle } from '../google';
import { typingRules } from '../google/cell-writer';
import { ExecutionKilled, ScriptError } from '../google/errors';
import type { Inbox } from './inbox';
import { PersonDesk } from './person-desk';
import type { DialogAnswerMessage, FromWorker, MenuView, RunView, ToWorker, WorkerOptions } from './protocol';
import { Publisher } from './publisher';
import { ScriptClock } from './script-clock';

/** How often a running execution's writes are told to the page. */
const TELL_EVERY_MS = 80;
/** The platform's own limit is six minutes; this one breaks loops that make no service call. */
const BACKSTOP_MS = 390_000;

/** How often clock triggers are looked after. */
const TRIGGERS_EVERY_MS = 20_000;

/** Executions inside one another; one more waits. */
const MOST_BESIDE = 3;
/** An execution that is younger than this will soon be over, and would be held up by one that runs inside it. */
const BESIDE_AFTER_MS = 400;

type Script = Extract<ToWorker, { readonly kind: 'open' | 'menu' | 'call' }>;
type Waiting = Script | Extract<ToWorker, { readonly kind: 'later' }>;

export class Desk {
  readonly #options: WorkerOptions;
  readonly #inbox: Inbox;
  readonly #send: (message: FromWorker) => void;
  readonly #google: Google;
  readonly #file: SpreadsheetHandle;
  readonly #person: PersonDesk;
  readonly #publisher: Publisher;
  readonly #waiting: Waiting[] = [];
  readonly #clock: ScriptClock;
  #run: RunView | null = null;
  #runs = 0;
  #dialogs = 0;
  #answer: DialogAnswerMessage | null = null;
  #isKilled = false;
  #beside = 0;
  #isAsking = false;
  #isTaking = false;
  #toldAt = 0;
  #toldPages = 0;
  #toldToasts = 0;
  #toldMenus = '';

  constructor(options: WorkerOptions, inbox: Inbox, send: (message: FromWorker) => void) {
    this.#options = options;
    this.#inbox = inbox;
    this.#send = send;
    this.#clock = new ScriptClock(
      (ms) => this.#listen(ms),
      () => this.#isKilled,
      options.startsAt,
    );
    this.#google = createGoogle({
      bundle: { code: options.code, files: options.files, manifest: options.manifest },
      hosts: { 'https://api.affinity.co': options.affinityUrl },
      clock: this.#clock,
      backstopMs: BACKSTOP_MS,
    });
    const { fileName: name, locale, timeZone, user } = options;
    this.#file = this.#google.createSpreadsheet({ name, locale, timeZone, owner: user });
    this.#person = new PersonDesk(this.#google, this.#file, user);
    const { world } = this.#google;
    // Every sheet of a file has the same rules, so the first one stands for all.
    const rules = () => typingRules(this.#file.workbook.activeSheet, world.clock.now(), world.platform);
    this.#publisher = new Publisher(this.#file, user, rules, {
      patch: (sheet, length, rows) => this.#send({ kind: 'patch', sheet, length, rows }),
      book: (book) => this.#send({ kind: 'book', book }),
    });
  }

  start(): void {
    const names = this.#google.functionNames();
    this.#google.onServiceCall(() => this.#betweenCalls());
    this.#prepareAnswer();
    this.#inbox.onMessage((message) => {
      this.#take(message);
      this.#runWaiting();
    });
    this.#send({ kind: 'ready', names, book: this.#publisher.book(this.#person.history.marks) });
    this.#tell();
    setInterval(() => this.#passTime(0), TRIGGERS_EVERY_MS);
  }

  // Messages

  #take(message: ToWorker): void {
    switch (message.kind) {
      case 'command':
        this.#command(message.id, message.command);
        return;
      case 'answer':
        this.#answer = message.answer;
        return;
      case 'kill':
        if (this.#run !== null) this.#isKilled = true;
        return;
      case 'firstAccount':
        this.#google.signInFirst(message.account);
        return;
      default:
        this.#waiting.push(message);
    }
  }

  #takeAll(): void {
    if (this.#isTaking) return;
    this.#isTaking = true;
    try {
      for (const message of this.#inbox.take()) this.#take(message);
    } finally {
      this.#isTaking = false;
    }
  }

  #command(id: string, command: Parameters<PersonDesk['do']>[0]): void {
    let refusal: string | null = null;
    try {
      this.#person.do(command);
    } catch (fault) {
      refusal = fault instanceof Error ? fault.message : String(fault);
    }
    this.#tell();
    this.#send({ kind: 'applied', id, refusal });
  }

  // Executions

  #runWaiting(): void {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      if (next.kind === 'later') this.#passTime(next.ms);
      else this.#execute(next);
    }
  }

  /** Lets time pass and tells of the triggers that ran. */
  #passTime(ms: number): void {
    const before = this.#google.triggerRuns.length;
    this.#clock.skip(() => this.#google.passTime(ms));
    for (const { handler, startedAt, endedAt, error } of this.#google.triggerRuns.slice(before)) {
      this.#runs += 1;
      const run = { id: this.#runs, name: handler, from: 'trigger', startedAt, ms: endedAt - startedAt } as const;
      this.#send({ kind: 'run', run: { ...run, error, wasKilled: false, spreadsheetCalls: 0, fetches: 0 } });
    }
    this.#tell();
  }

  /** Runs what was asked for while an execution goes on, unless it holds a lock: another one would only wait for it. */
  #runBeside(): void {
    const isHeld = this.#google.world.locks.size > 0;
    if (this.#run === null || this.#isKilled || isHeld || this.#beside >= MOST_BESIDE) return;
    if (this.#clock.now() - this.#run.startedAt < BESIDE_AFTER_MS) return;
    // While a dialog of the script is open, nobody can reach the menu.
    const at = this.#waiting.findIndex(({ kind }) => kind === 'call' || (kind === 'menu' && !this.#isAsking));
    const [script] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (script === undefined || script.kind === 'later') return;
    this.#beside += 1;
    try {
      this.#execute(script);
    } finally {
      this.#beside -= 1;
    }
  }

  #execute(script: Script): void {
    const outer = this.#run;
    const { calls } = this.#google;
    const before = { calls: calls.spreadsheet, fetches: calls.fetches };
    this.#runs += 1;
    const name = script.kind === 'menu' ? script.functionName : script.kind === 'call' ? script.name : 'onOpen';
    const started: RunView = {
      id: this.#runs,
      name,
      from: script.kind === 'call' ? 'page' : script.kind,
      startedAt: this.#clock.now(),
      ms: null,
      error: null,
      wasKilled: false,
      spreadsheetCalls: 0,
      fetches: 0,
    };
    if (outer === null) this.#isKilled = false;
    this.#run = started;
    this.#send({ kind: 'run', run: started });
    let fault: unknown = null;
    let value: unknown = null;
    try {
      value = this.#call(script);
    } catch (error) {
      fault = error;
    }
    this.#run = outer;
    if (outer === null) this.#send({ kind: 'dialog', dialog: null });
    this.#tell();
    const message = fault === null ? null : messageOf(fault);
    this.#send({
      kind: 'run',
      run: {
        ...started,
        ms: this.#clock.now() - started.startedAt,
        error: message,
        wasKilled: fault instanceof ExecutionKilled,
        spreadsheetCalls: calls.spreadsheet - before.calls,
        fetches: calls.fetches - before.fetches,
      },
    });
    if (script.kind === 'call') {
      const outcome =
        fault === null
          ? ({ ok: true, value: value ?? null } as const)
          : ({ ok: false, name: 'ScriptError', message: message ?? '' } as const);
      this.#send({ kind: 'outcome', id: script.id, outcome });
    }
  }

  #call(script: Script): unknown {
    const options = { user: this.#options.user, spreadsheet: this.#file };
    if (script.kind === 'menu') return this.#google.run(script.functionName, [], { ...options, kind: 'menu' });
    if (script.kind === 'call') return this.#google.scriptRun(script.name, script.args, options);
    // The file counts as one in which the add-on is in use, as an unpublished add-on's test document does.
    const report = this.#google.openDocument({ ...options, enabled: true });
    if (report?.error) throw report.error;
    return null;
  }

  #betweenCalls(): HookVerdict {
    this.#takeAll();
    this.#runBeside();
    if (Date.now() - this.#toldAt >= TELL_EVERY_MS) this.#tell();
    return this.#isKilled ? 'kill-before' : undefined;
  }

  #listen(ms: number): void {
    this.#takeAll();
    this.#inbox.pause(ms);
  }

  // Dialogs of the script

  /** There is always one answer prepared: a person who is asked when the dialog comes. */
  #prepareAnswer(): void {
    this.#google.ui.answer((dialog) => {
      this.#prepareAnswer();
      return this.#ask(dialog);
    });
  }

  #ask(dialog: ShownDialog): { button: DialogAnswer; text: string } {
    this.#isAsking = true;
    try {
      return this.#answerTo(dialog);
    } finally {
      this.#isAsking = false;
    }
  }

  #answerTo({ kind, title, text, buttons }: ShownDialog): { button: DialogAnswer; text: string } {
    this.#dialogs += 1;
    const id = this.#dialogs;
    this.#tell();
    this.#answer = null;
    this.#send({ kind: 'dialog', dialog: { id, kind, title, text, buttons } });
    for (;;) {
      this.#takeAll();
      const answer = this.#answer as DialogAnswerMessage | null; // set while messages are taken
      if (answer !== null && answer.id === id) {
        this.#send({ kind: 'dialog', dialog: null });
        return { button: answer.button, text: answer.text };
      }
      if (this.#isKilled) {
        this.#send({ kind: 'dialog', dialog: null });
        return { button: 'CLOSE', text: '' };
      }
      this.#runBeside();
      this.#inbox.pause(1000);
    }
  }

  // Telling

  #tell(): void {
    this.#toldAt = Date.now();
    for (const sheet of this.#file.workbook.sheets) this.#google.world.settle(sheet);
    this.#publisher.publish(this.#person.history.marks);
    const { ui } = this.#google;
    for (; this.#toldPages < ui.pages.length; this.#toldPages++) {
      const page = ui.pages[this.#toldPages];
      if (!page) break;
      const { kind, title, html, width, height } = page;
      this.#send({ kind: 'page', page: { id: this.#toldPages + 1, kind, title, width, height }, html });
    }
    for (; this.#toldToasts < ui.toasts.length; this.#toldToasts++) {
      const toast = ui.toasts[this.#toldToasts];
      if (!toast) break;
      const { text, title, seconds } = toast;
      this.#send({ kind: 'toast', toast: { id: this.#toldToasts + 1, text, title, seconds } });
    }
    const menus: MenuView[] = ui.menus.map(({ caption, addOn, items }) => ({ caption, isAddOn: addOn, items }));
    const text = JSON.stringify(menus);
    if (text !== this.#toldMenus) {
      this.#toldMenus = text;
      this.#send({ kind: 'menus', menus });
    }
  }
}

/** As the page's failure handler gets it: services throw `Exception`s, whose name Google puts before the text. */
const messageOf = (fault: unknown): string => {
  if (fault instanceof ExecutionKilled) return 'Exceeded maximum execution time';
  if (fault instanceof ScriptError) return fault.name === 'Error' ? fault.message : `${fault.name}: ${fault.message}`;
  return fault instanceof Error ? fault.message : String(fault);
};
