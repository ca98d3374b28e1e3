/**
 * One local Google: files, users, a bundle, and the ways to start it. The public face of this folder; everything a
 * test, a demo or the workbench does goes through here. Usage: README.md.
 */
import type { AuthModeName } from './authorization';
import { Bundle, type BundleSource } from './bundle';
import { type CostModel, estimatedCosts } from './call-log';
import { type Clock, SimulatedClock } from './clock';
import { entryOf } from './entry-of';
import { ScriptError, texts } from './errors';
import { OpenEvent } from './events';
import {
  Execution,
  type ExecutionKind,
  type HookVerdict,
  type LogLine,
  type ServiceAnswer,
  type ServiceCall,
} from './execution';
import type { HostMap } from './host-map';
import { Person } from './person';
import { dangerousDefaults, type PlatformSwitches } from './platform';
import { storeNames } from './properties';
import { type AccountKind, type Limits, Quotas } from './quotas';
import { copiedArgument, copiedResult, isCallable } from './script-run';
import { installServices } from './services';
import { type Snapshot, snapshotOf } from './snapshot';
import type { TriggerModel, TriggerRun } from './trigger-model';
import { TriggerRunner } from './trigger-runner';
import { UiDesk } from './ui-desk';
import type { Workbook } from './workbook';
import { World } from './world';

export type GoogleOptions = {
  readonly bundle: BundleSource;
  readonly hosts?: HostMap;
  /** Default: a simulated clock that service calls advance by their estimated cost. */
  readonly clock?: Clock;
  readonly platform?: Partial<PlatformSwitches>;
  readonly account?: AccountKind;
  /** `false` switches the daily and momentary quotas off; an object changes single limits. Sizes are always checked. */
  readonly quotas?: boolean | Partial<Limits>;
  /** `false`: service calls cost no time. Default: `estimatedCosts` on a simulated clock, nothing on another one. */
  readonly costs?: Partial<CostModel> | false;
  /** Real milliseconds after which `vm` breaks an endless loop. Default five minutes. */
  readonly backstopMs?: number;
  /** Language of the user's account, as `Session.getActiveUserLocale` says. */
  readonly userLocale?: string;
};

/** A file, as callers hold it. */
export type SpreadsheetHandle = { readonly id: string; readonly workbook: Workbook };

export type NewSpreadsheet = {
  readonly name?: string;
  readonly locale?: string;
  readonly timeZone?: string;
  readonly owner?: string;
  readonly editors?: readonly string[];
};

export type RunOptions = {
  readonly user?: string;
  readonly spreadsheet?: SpreadsheetHandle | null;
  readonly authMode?: AuthModeName;
  readonly kind?: ExecutionKind;
  readonly limitMs?: number;
  /** Scopes the user granted; default: all that the manifest declares. */
  readonly scopes?: readonly string[];
};

/** What an execution left behind. `error` is what `run` would throw. */
export type RunReport = {
  readonly value: unknown;
  readonly error: Error | null;
  readonly execution: Execution;
  readonly logs: readonly LogLine[];
  readonly ms: number;
};

const SIX_MINUTES = 360_000;
const THIRTY_SECONDS = 30_000;
const DEFAULT_USER = 'analyst@example.com';
const limits: Record<ExecutionKind, number> = {
  editor: SIX_MINUTES,
  menu: SIX_MINUTES,
  run: SIX_MINUTES,
  'installable-trigger': SIX_MINUTES,
  clock: SIX_MINUTES,
  'simple-trigger': THIRTY_SECONDS,
  'custom-function': THIRTY_SECONDS,
};

/** The account that a browser was signed in to first, where it is not the one that the file is open with. */
export type FirstAccount = { readonly user: string; readonly hasAuthorized: boolean };

export class Google {
  readonly world: World;
  #firstAccount: FirstAccount | null = null;
  readonly #options: GoogleOptions;
  readonly #bundle: Bundle;
  readonly #enabled = new Set<string>();
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #triggers: TriggerRunner;
  #names: readonly string[] | null = null;

  constructor(options: GoogleOptions) {
    const clock = options.clock ?? new SimulatedClock();
    const platform = { ...dangerousDefaults, ...options.platform };
    const quotas = options.quotas ?? true;
    this.#options = options;
    this.#bundle = entryOf(bundles, options.bundle, () => new Bundle(options.bundle));
    this.world = new World({
      bundle: this.#bundle,
      hosts: Object.fromEntries(
        Object.entries(options.hosts ?? {}).map(([origin, host]) => [origin.replace(/\/$/, '').toLowerCase(), host]),
      ),
      clock,
      platform,
      quotas: new Quotas(
        options.account ?? 'consumer',
        clock,
        quotas !== false,
        typeof quotas === 'object' ? quotas : {},
      ),
      costs: { ...estimatedCosts, ...(options.costs === false ? {} : options.costs) },
      costsAdvanceClock: options.costs !== false && clock instanceof SimulatedClock,
      backstopMs: options.backstopMs ?? 300_000,
      ui: new UiDesk(),
      userLocale: options.userLocale ?? 'en',
      installServices,
    });
    this.#triggers = new TriggerRunner(this);
  }

  get clock(): Clock {
    return this.world.clock;
  }
  get ui(): UiDesk {
    return this.world.ui;
  }
  get calls(): World['calls'] {
    return this.world.calls;
  }
  get faults(): World['faults'] {
    return this.world.faults;
  }
  get mails(): World['mails'] {
    return this.world.mails;
  }
  get logs(): readonly LogLine[] {
    return this.world.logs;
  }
  get triggers(): readonly TriggerModel[] {
    return this.world.triggers;
  }
  get triggerRuns(): readonly TriggerRun[] {
    return this.world.triggerRuns;
  }
  get quotas(): Quotas {
    return this.world.quotas;
  }

  // Files

  createSpreadsheet(options: NewSpreadsheet = {}): SpreadsheetHandle {
    const workbook = this.world.createWorkbook({
      name: options.name ?? 'Untitled spreadsheet',
      locale: options.locale ?? 'en_US',
      timeZone: options.timeZone ?? 'Etc/UTC',
      owner: options.owner ?? DEFAULT_USER,
    });
    for (const editor of options.editors ?? []) workbook.editors.add(editor);
    return { id: workbook.id, workbook };
  }
  /** File → Make a copy. Document properties stay behind. */
  copySpreadsheet(
    handle: SpreadsheetHandle,
    name = `Copy of ${handle.workbook.name}`,
    owner = handle.workbook.owner,
  ): SpreadsheetHandle {
    const workbook = this.world.copyWorkbook(handle.workbook, name, owner);
    return { id: workbook.id, workbook };
  }
  /**
   * Another Google in the same state, with hosts and a clock of its own: files under their ids, stores, triggers and menus. Meters,
   * counters and logs start anew.
   */
  copy(changed: Pick<GoogleOptions, 'hosts' | 'clock'>): Google {
    const copy = new Google({ ...this.#options, ...changed });
    copy.world.adopt(this.world);
    for (const id of this.#enabled) copy.#enabled.add(id);
    copy.#names = this.#names;
    return copy;
  }
  spreadsheet(id: string): SpreadsheetHandle {
    const workbook = this.world.workbooks.get(id);
    if (workbook === undefined) throw new Error(`no file ${id}`);
    return { id, workbook };
  }
  person(handle: SpreadsheetHandle, user = handle.workbook.owner): Person {
    return new Person(this.world, handle.workbook, user, (event) =>
      this.#triggers.onPersonsChange(handle, user, event),
    );
  }
  snapshot(handle: SpreadsheetHandle): Snapshot {
    for (const sheet of handle.workbook.sheets) this.world.settle(sheet);
    return snapshotOf(handle.workbook);
  }
  /** Copies of all property stores, by name (`user:…`, `document:…`, `script`). */
  properties(): Record<string, Record<string, string>> {
    const entries = [...this.world.properties].map(([name, store]): [string, Record<string, string>] => [
      name,
      Object.fromEntries([...store.values].sort(([a], [b]) => (a < b ? -1 : 1))),
    ]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  userProperties(user = DEFAULT_USER): Map<string, string> {
    return this.world.propertyStore(storeNames.user(user)).values;
  }
  /** Errors that simple triggers ended with: on the platform nobody sees them. */
  get unseenFaults(): readonly Error[] {
    return this.world.unseenFaults;
  }
  documentProperties(handle: SpreadsheetHandle): Map<string, string> {
    return this.world.propertyStore(storeNames.document(handle.id)).values;
  }

  // Running

  /** Runs one function as one execution. @throws what escaped the script, a kill, or what the script must not swallow. */
  run(name: string, args: readonly unknown[] = [], options: RunOptions = {}): unknown {
    const report = this.tryRun(name, args, options);
    if (report.error) throw report.error;
    return report.value;
  }

  /** The same, with the outcome as data. */
  tryRun(name: string, args: readonly unknown[] = [], options: RunOptions = {}): RunReport {
    return this.runWith(name, () => args, options);
  }

  /** For callers whose arguments belong to the execution, such as event objects. */
  runWith(name: string, args: (execution: Execution) => readonly unknown[], options: RunOptions): RunReport {
    return this.#execute(options, (execution) => execution.call(name, args(execution)), name);
  }

  /** Opens the file in the browser: the simple `onOpen`, without authorization where the add-on is not enabled yet. */
  openDocument(options: RunOptions & { readonly enabled?: boolean } = {}): RunReport | null {
    if (!this.functionNames().includes('onOpen')) return null;
    const workbook = this.#workbookOf(options);
    const enabled =
      options.enabled ??
      (workbook === null || this.#enabled.has(workbook.id) || this.world.platform.container === 'bound');
    const authMode = options.authMode ?? (enabled ? 'LIMITED' : 'NONE');
    const event = new OpenEvent({ authMode, user: options.user ?? DEFAULT_USER }, workbook);
    const run = { ...options, authMode, kind: 'simple-trigger' as const };
    return this.#execute(run, (execution) => execution.call('onOpen', [event.for(execution)]), 'onOpen');
  }

  /** Chooses a menu item by its captions, as built by the last `onOpen`: `Refresh` or `Activity/Notes`. */
  clickMenu(path: string, options: RunOptions = {}): unknown {
    const name = this.ui.functionAt(path, this.#workbookOf(options)?.id ?? null);
    return this.run(name, [], { ...options, kind: 'menu' });
  }

  /**
   * Signs the browser in to several accounts: calls of a page then run as the first one, or are refused before the script is asked,
   * while menus and the file go on as the person's own. Null: one account, as it should be. Source: facts section 4.
   */
  signInFirst(account: FirstAccount | null): void {
    this.#firstAccount = account;
  }

  /**
   * What a page's `google.script.run.NAME(…)` leads to: copies both ways, only public top-level names.
   * @throws ScriptError with the client's sentence where the browser's first account may not run the script on this file
   */
  scriptRun(name: string, args: readonly unknown[] = [], given: RunOptions = {}): unknown {
    const options = this.#asFirstAccount(given);
    if (!isCallable(name) || !this.functionNames().includes(name)) {
      throw new TypeError(`google.script.run.${name} is not a function`);
    }
    const copies = args.map((arg, i) => copiedArgument(arg, String(i)));
    const value = this.run(name, copies, { ...options, kind: 'run' });
    return copiedResult(value, this.world.platform.dateInResult);
  }

  #asFirstAccount(options: RunOptions): RunOptions {
    const first = this.#firstAccount;
    if (first === null || first.user === (options.user ?? DEFAULT_USER)) return options;
    const workbook = this.#workbookOf(options);
    const mayOpen = workbook === null || workbook.owner === first.user || workbook.editors.has(first.user);
    if (!mayOpen) throw new ScriptError('ScriptError', texts.storageDenied, '');
    if (!first.hasAuthorized) throw new ScriptError('ScriptError', texts.authorizationRequired, '');
    return { ...options, user: first.user };
  }

  /** Public entry points: top-level functions of the bundle that do not end in `_`. */
  functionNames(): readonly string[] {
    if (this.#names) return this.#names;
    const declared = this.#bundle.declared;
    const report = this.#execute(
      { authMode: 'FULL', spreadsheet: null },
      (execution) => declared.filter((name) => execution.has(name)),
      '',
    );
    if (report.error) throw report.error;
    this.#names = (report.value as string[]).filter((name) => !name.endsWith('_'));
    return this.#names;
  }

  /** Called at every service call; answer `kill-before` or `kill-after` to end that execution. Returns how to stop. */
  onServiceCall(hook: (call: ServiceCall) => HookVerdict): () => void {
    this.world.hooks.add(hook);
    return () => void this.world.hooks.delete(hook);
  }

  /** Called after every service call with what it gave or threw. Returns how to stop. */
  onServiceAnswer(hook: (call: ServiceCall, answer: ServiceAnswer) => void): () => void {
    this.world.answerHooks.add(hook);
    return () => void this.world.answerHooks.delete(hook);
  }

  // Time

  /** Runs every clock trigger that is due now, oldest first. Returns their records. */
  fireTriggers(): readonly TriggerRun[] {
    return this.#triggers.fireUntil(this.world.clock.now());
  }

  /** Lets simulated time pass and fires the clock triggers on the way, each at its time. */
  passTime(ms: number): readonly TriggerRun[] {
    const { clock } = this.world;
    const end = clock.now() + ms;
    const runs = this.#triggers.fireUntil(end);
    clock.wait(Math.max(0, end - clock.now()));
    return runs;
  }

  #workbookOf(options: RunOptions): Workbook | null {
    if (options.spreadsheet !== undefined) return options.spreadsheet?.workbook ?? null;
    return this.world.workbooks.values().next().value ?? null;
  }

  /** Does something now, or when the executions that are going have ended. */
  whenIdle(act: () => void): void {
    if (this.#running === 0) act();
    else this.#waiting.push(act);
  }

  #execute(options: RunOptions, body: (execution: Execution) => unknown, name: string): RunReport {
    const { world } = this;
    const kind = options.kind ?? 'editor';
    const user = options.user ?? DEFAULT_USER;
    const workbook = this.#workbookOf(options);
    const declared = world.manifest.oauthScopes;
    const scopes = options.scopes ?? declared;
    const granted = scopes === undefined ? 'all' : new Set(scopes.filter((scope) => declared?.includes(scope) ?? true));
    world.quotas.startExecution(user);
    const execution = new Execution(world, {
      user,
      workbook,
      mode: options.authMode ?? 'FULL',
      kind,
      limitMs: options.limitMs ?? limits[kind],
      granted,
    });
    let value: unknown;
    let error: Error | null = null;
    this.#running += 1;
    try {
      execution.load(this.#bundle.script);
      value = body(execution);
    } catch (fault) {
      error = asError(fault, name);
    }
    try {
      execution.finish();
    } catch (fault) {
      error ??= asError(fault, name);
    } finally {
      execution.close();
      world.quotas.endExecution(user);
      this.#running -= 1;
    }
    if (this.#running === 0) for (const act of this.#waiting.splice(0)) act();
    if (workbook && execution.options.mode === 'FULL' && name !== '') this.#enabled.add(workbook.id);
    return {
      value: error ? undefined : value,
      error,
      execution,
      logs: execution.logs,
      ms: world.clock.now() - execution.startedAt,
    };
  }
}

/** Bundles that were read before: what is declared in them, and their compiled script. */
const bundles = new WeakMap<BundleSource, Bundle>();

const asError = (fault: unknown, name: string): Error => {
  if (fault instanceof Error) return fault;
  return new ScriptError('Error', `${name}: ${String(fault)}`, '');
};

export const createGoogle = (options: GoogleOptions): Google => new Google(options);
