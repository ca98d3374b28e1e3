/**
 * One local Google: files, users, a bundle, and the ways to start it. The public face of this folder; everything a
 * test, a demo or the workbench does goes through here. Usage: README.md.
 */
import type { AuthModeName } from './authorization';
import { Bundle, type BundleSource } from './bundle';
import { type CostModel, estimatedCosts } from './call-log';
import { type Clock, SimulatedClock } from './clock';
import { AuthMode } from './enums';
import { ScriptError, ScriptFault } from './errors';
import { DataEvent, type EditEvent } from './events';
import { Execution, type ExecutionKind, type HookVerdict, type LogLine, type ServiceCall } from './execution';
import type { HostMap } from './host-map';
import { Person } from './person';
import { dangerousDefaults, type PlatformSwitches } from './platform';
import { storeNames } from './properties';
import { type AccountKind, type Limits, Quotas } from './quotas';
import { copiedArgument, copiedResult, isCallable } from './script-run';
import { installServices } from './services';
import { type Snapshot, snapshotOf } from './snapshot';
import { nextDue, type TriggerModel, type TriggerRun } from './trigger-model';
import { UiDesk } from './ui-desk';
import type { Workbook } from './workbook';
import { World } from './world';
import { wallTime } from './zone';

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

export class Google {
  readonly world: World;
  readonly #bundle: Bundle;
  readonly #enabled = new Set<string>();
  #names: readonly string[] | null = null;

  constructor(options: GoogleOptions) {
    const clock = options.clock ?? new SimulatedClock();
    const platform = { ...dangerousDefaults, ...options.platform };
    const quotas = options.quotas ?? true;
    this.#bundle = new Bundle(options.bundle);
    this.world = new World({
      bundle: this.#bundle,
      hosts: options.hosts ?? {},
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
  person(handle: SpreadsheetHandle, user = handle.workbook.owner): Person {
    return new Person(this.world, handle.workbook, user, (edit) => this.#fireEdit(handle, user, edit));
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
    return this.#execute(options, (execution) => execution.call(name, args), name);
  }

  /** Opens the file in the browser: the simple `onOpen`, without authorization where the add-on is not enabled yet. */
  openDocument(options: RunOptions & { readonly enabled?: boolean } = {}): RunReport | null {
    if (!this.functionNames().includes('onOpen')) return null;
    const workbook = this.#workbookOf(options);
    const enabled =
      options.enabled ??
      (workbook === null || this.#enabled.has(workbook.id) || this.world.platform.container === 'bound');
    const authMode = options.authMode ?? (enabled ? 'LIMITED' : 'NONE');
    const event = new DataEvent({ authMode, user: options.user ?? DEFAULT_USER }, workbook);
    const run = { ...options, authMode, kind: 'simple-trigger' as const };
    return this.#execute(run, (execution) => execution.call('onOpen', [event.for(execution)]), 'onOpen');
  }

  /** Chooses a menu item by its captions, as built by the last `onOpen`: `Refresh` or `Activity/Notes`. */
  clickMenu(path: string, options: RunOptions = {}): unknown {
    const name = this.ui.functionAt(path, this.#workbookOf(options)?.id ?? null);
    return this.run(name, [], { ...options, kind: 'menu' });
  }

  /** What a page's `google.script.run.NAME(…)` leads to: copies both ways, only public top-level names. */
  scriptRun(name: string, args: readonly unknown[] = [], options: RunOptions = {}): unknown {
    if (!isCallable(name) || !this.functionNames().includes(name)) {
      throw new TypeError(`google.script.run.${name} is not a function`);
    }
    const copies = args.map((arg, i) => copiedArgument(arg, String(i)));
    const value = this.run(name, copies, { ...options, kind: 'run' });
    return copiedResult(value, this.world.platform.dateInResult);
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

  // Time

  /** Runs every clock trigger that is due now, oldest first. Returns their records. */
  fireTriggers(): readonly TriggerRun[] {
    const runs: TriggerRun[] = [];
    for (const due = this.#due(); due.length > 0; due.splice(0, due.length, ...this.#due())) {
      const trigger = due[0];
      if (!trigger) break;
      runs.push(this.#fireClock(trigger));
    }
    return runs;
  }

  /** Lets simulated time pass and fires the clock triggers on the way, each at its time. */
  passTime(ms: number): readonly TriggerRun[] {
    const { clock } = this.world;
    const end = clock.now() + ms;
    const runs: TriggerRun[] = [];
    for (;;) {
      const next = this.world.triggers
        .filter((trigger) => trigger.next !== null && !trigger.disabled && trigger.next <= end)
        .sort((a, b) => (a.next ?? 0) - (b.next ?? 0))[0];
      if (!next) break;
      clock.wait(Math.max(0, (next.next ?? 0) - clock.now()));
      runs.push(this.#fireClock(next));
    }
    clock.wait(Math.max(0, end - clock.now()));
    return runs;
  }

  #due(): TriggerModel[] {
    const now = this.world.clock.now();
    return this.world.triggers
      .filter((trigger) => trigger.next !== null && !trigger.disabled && trigger.next <= now)
      .sort((a, b) => (a.next ?? 0) - (b.next ?? 0));
  }

  #fireClock(trigger: TriggerModel): TriggerRun {
    const { world } = this;
    const workbook = trigger.workbookId === null ? null : (world.workbooks.get(trigger.workbookId) ?? null);
    const startedAt = world.clock.now();
    trigger.next = trigger.schedule ? nextDue(trigger.schedule, startedAt, false) : null;
    const options: RunOptions = {
      user: trigger.user,
      spreadsheet: workbook && { id: workbook.id, workbook },
      authMode: 'FULL',
      kind: 'clock',
    };
    let error: string | null = null;
    try {
      world.quotas.startTrigger(trigger.user);
      const report = this.tryRun(trigger.handler, [this.#clockEvent(trigger)], options);
      error = report.error?.message ?? null;
    } catch (fault) {
      if (!(fault instanceof ScriptFault)) throw fault;
      error = fault.message;
    }
    const endedAt = world.clock.now();
    world.quotas.endTrigger(trigger.user, endedAt - startedAt);
    const run = { uid: trigger.uid, handler: trigger.handler, user: trigger.user, startedAt, endedAt, error };
    world.triggerRuns.push(run);
    return run;
  }

  /** Names the time in the script's zone; nothing names the document. */
  #clockEvent(trigger: TriggerModel): Record<string, unknown> {
    const zone = this.world.scriptTimeZone;
    const wall = new Date(wallTime(zone, this.world.clock.now()));
    const dayOfYear =
      (Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()) - Date.UTC(wall.getUTCFullYear(), 0, 1)) /
      86_400_000;
    return {
      authMode: AuthMode.FULL,
      triggerUid: trigger.uid,
      timezone: zone,
      year: wall.getUTCFullYear(),
      month: wall.getUTCMonth() + 1,
      'day-of-month': wall.getUTCDate(),
      'day-of-week': wall.getUTCDay() || 7,
      'week-of-year': Math.floor(dayOfYear / 7) + 1,
      hour: wall.getUTCHours(),
      minute: wall.getUTCMinutes(),
      second: wall.getUTCSeconds(),
    };
  }

  #fireEdit(handle: SpreadsheetHandle, user: string, edit: EditEvent): void {
    if (this.functionNames().includes('onEdit')) {
      const run: RunOptions = { user, spreadsheet: handle, authMode: 'LIMITED', kind: 'simple-trigger' };
      this.#execute(run, (execution) => execution.call('onEdit', [edit.for(execution, 'LIMITED', null)]), 'onEdit');
    }
    for (const trigger of this.world.triggers) {
      if (trigger.event !== 'ON_EDIT' || trigger.workbookId !== handle.id || trigger.disabled) continue;
      const run: RunOptions = {
        user: trigger.user,
        spreadsheet: handle,
        authMode: 'FULL',
        kind: 'installable-trigger',
      };
      this.#execute(
        run,
        (execution) => execution.call(trigger.handler, [edit.for(execution, 'FULL', trigger.uid)]),
        trigger.handler,
      );
    }
  }

  #workbookOf(options: RunOptions): Workbook | null {
    if (options.spreadsheet !== undefined) return options.spreadsheet?.workbook ?? null;
    return this.world.workbooks.values().next().value ?? null;
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
    }
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

const asError = (fault: unknown, name: string): Error => {
  if (fault instanceof Error) return fault;
  return new ScriptError('Error', `${name}: ${String(fault)}`, '');
};

export const createGoogle = (options: GoogleOptions): Google => new Google(options);
