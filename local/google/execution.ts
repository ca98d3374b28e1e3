/**
 * One execution: fresh globals, one authorization mode, one deadline, one buffer of pending writes. Every call of an
 * emulated service passes through `invoke`, the only place that knows about hooks, kills, faults, permission,
 * arguments, counters and cost. Knows nothing of any particular service.
 */
import vm from 'node:vm';
import { type AuthModeName, authorize, type Family, type Grant } from './authorization';
import { CallLog } from './call-log';
import { ExecutionKilled, type KillReason, ScriptError, ScriptFault, texts, type Unsupported } from './errors';
import { type CallEffect, checkArguments } from './members';
import { PendingWrites } from './pending-writes';
import { REALM_SOURCE, type Realm, toHost, toScript } from './realm';
import { installDate } from './script-date';
import { FinishedView, type ServiceObject, unwrapped, viewOf } from './service-object';
import type { SheetModel } from './sheet-model';
import type { Workbook } from './workbook';
import type { World } from './world';

/** How an execution came about. `clock` has no UI and, by a switch, no document. */
export type ExecutionKind =
  | 'editor'
  | 'menu'
  | 'run'
  | 'simple-trigger'
  | 'installable-trigger'
  | 'clock'
  | 'custom-function';

export type ExecutionOptions = {
  readonly user: string;
  readonly workbook: Workbook | null;
  readonly mode: AuthModeName;
  readonly kind: ExecutionKind;
  readonly limitMs: number;
  readonly granted: Grant['granted'];
};

export type LogLine = { readonly level: string; readonly text: string };

/** What a hook sees of a call about to happen. `index` counts from 0 within the execution. */
export type ServiceCall = {
  readonly index: number;
  readonly service: string;
  readonly member: string;
  readonly effect: CallEffect;
  readonly args: readonly unknown[];
  readonly execution: Execution;
};
/** What a call gave: its result as the service made it, not yet as the script sees it, or what it threw. */
export type ServiceAnswer = { readonly result: unknown } | { readonly thrown: unknown };
// biome-ignore lint/suspicious/noConfusingVoidType: a hook that only looks returns nothing
export type HookVerdict = void | 'kill-before' | 'kill-after';

const CALL = Symbol.for('local-google.call');
const caller = new vm.Script(`globalThis[Symbol.for('local-google.call')]()`, { filename: 'execution' });

export class Execution {
  /** Counts from 1 within the world, so that a repeated test sees the same ids. */
  readonly id: number;
  readonly world: World;
  readonly options: ExecutionOptions;
  readonly calls = new CallLog();
  readonly logs: LogLine[] = [];
  readonly pending: PendingWrites;
  readonly startedAt: number;
  readonly global: Record<PropertyKey, unknown>;
  readonly realm: Realm;
  #killed: { reason: KillReason; at: string } | null = null;
  #unsupported: Unsupported | null = null;
  #fault: unknown = null;
  #ended = false;
  readonly #views = new WeakMap<object, object>();

  constructor(world: World, options: ExecutionOptions) {
    this.world = world;
    this.id = world.newExecutionId();
    this.options = options;
    this.pending = new PendingWrites(world.platform.readFlushes === 'spreadsheet');
    this.startedAt = world.clock.now();
    this.global = vm.createContext(vm.constants.DONT_CONTEXTIFY) as Record<PropertyKey, unknown>;
    this.realm = vm.runInContext(REALM_SOURCE, this.global) as Realm; // the shape of REALM_SOURCE
    installDate(this.global as Record<string, unknown>, world.scriptTimeZone, world.clock);
    world.installServices(this);
  }

  get user(): string {
    return this.options.user;
  }
  get grant(): Grant {
    return { mode: this.options.mode, granted: this.options.granted };
  }
  get killed(): boolean {
    return this.#killed !== null;
  }
  get ended(): boolean {
    return this.#ended;
  }
  /** The file this execution was started in; `null` where the platform would not say. */
  get activeWorkbook(): Workbook | null {
    const { kind, workbook } = this.options;
    if (kind === 'clock' && !this.world.platform.activeSpreadsheetInClockTrigger) return null;
    return workbook;
  }

  /** Notes an unsupported member, so that `google.run` reports it even when the script catches the error. */
  unsupported(fault: Unsupported): Error {
    this.#unsupported ??= fault;
    return this.realm.error(fault.message, fault.name);
  }

  /** What the script sees of an emulated object; the same view each time. */
  present(object: object): object {
    if (object instanceof FinishedView) return object.view;
    let view = this.#views.get(object);
    if (!view) {
      view = viewOf(object as ServiceObject, this); // only emulated objects reach this point, see realm.ts
      this.#views.set(object, view);
    }
    return view;
  }
  toScript(value: unknown): unknown {
    return toScript(this.realm, value, (object) => this.present(object));
  }

  /** Runs one member of one emulated object for the script. */
  invoke(target: ServiceObject, name: string, given: readonly unknown[]): unknown {
    const { serviceName } = target;
    const member = target.members[name];
    if (!member) throw this.realm.error(`${serviceName}.${name} is not a function`, 'TypeError');
    const at = `${serviceName}.${name}`;
    if (this.#killed || this.#ended) throw this.#stopped();
    const args = given.map(unwrapped);
    const { effect } = member;
    const call = { index: this.calls.total, service: serviceName, member: name, effect, args, execution: this };
    try {
      this.#checkDeadline(at);
      const verdict = this.world.announce(call);
      if (verdict === 'kill-before') throw this.kill('kill-before', at);
      this.#spend(at, effect, target.cellCount);
      this.world.injectFault(at, effect, 'before');
      const family = target.family(name);
      authorize(family, effect, this.#qualified(target, name), this.grant);
      checkArguments(this.#qualified(target, name), member, args);
      const home = target.readsFrom;
      if (home && 'cells' in home && !home.isAlive) throw new ScriptFault(`Sheet ${home.id} not found`);
      if (effect === 'read') this.pending.flush(home);
      const method = (target as unknown as Record<string, (...a: unknown[]) => unknown>)[name];
      if (typeof method !== 'function') throw new Error(`${at} is listed but not written`);
      const result = method.apply(target, args);
      this.world.report(call, { result });
      this.world.injectFault(at, effect, 'after');
      if (verdict === 'kill-after') throw this.kill('kill-after', at);
      this.#checkDeadline(at);
      return result === target ? this.present(target) : this.toScript(result);
    } catch (fault) {
      this.world.report(call, { thrown: fault });
      throw this.#asScriptError(fault);
    }
  }

  /** Checks a permission that depends on more than the member, such as the owner of a store. */
  demand(family: Family, effect: CallEffect, qualifiedName: string): void {
    authorize(family, effect, qualifiedName, this.grant);
  }

  /** Puts a cell write into the buffer. */
  write(sheet: SheetModel, apply: () => void): void {
    this.pending.add(sheet, apply);
  }

  /** A change of the grid: buffered with the writes or applied at once after them, by the platform switch. */
  restructure(sheet: SheetModel, rows: number, columns: number, apply: () => void): void {
    this.pending.add(sheet, apply);
    if (this.world.platform.structuralCalls === 'at-once') this.pending.flush();
    else this.pending.grow(sheet, rows, columns);
  }

  /** Lets the wait of a blocking call pass and stops the execution at its deadline. */
  wait(ms: number, at: string): void {
    const left = this.startedAt + this.options.limitMs - this.world.clock.now();
    this.world.clock.wait(Math.max(0, Math.min(ms, left + 1)));
    this.#checkDeadline(at);
  }

  kill(reason: KillReason, at: string): ExecutionKilled {
    this.#killed ??= { reason, at };
    this.pending.drop();
    return new ExecutionKilled(reason, at);
  }

  log(level: string, text: string): void {
    this.logs.push({ level, text });
    this.world.logs.push({ level, text });
  }

  /** Runs the bundle's top-level code in this execution's mode. */
  load(script: vm.Script): void {
    this.#guarded(() => script.runInContext(this.#context, { timeout: this.world.backstopMs }));
  }

  /** Whether the loaded bundle has a function of this (possibly dotted) name. */
  has(name: string): boolean {
    return typeof this.#lookUp(name) === 'function';
  }

  /** Calls a loaded function with host values and hands back a host copy of its result. */
  call(name: string, args: readonly unknown[]): unknown {
    const fn = this.#lookUp(name);
    if (typeof fn !== 'function') throw new ScriptError('Exception', `Script function not found: ${name}`, '');
    const own = args.map((arg) => this.toScript(arg));
    return toHost(this.#guarded(() => this.runFunction(() => fn(...own))));
  }

  /** Runs code of this context under the backstop of `vm`. */
  runFunction(body: () => unknown): unknown {
    Object.defineProperty(this.global, CALL, { value: body, configurable: true, enumerable: false });
    return caller.runInContext(this.#context, { timeout: this.world.backstopMs });
  }

  /** Compiles and runs source in this context: templates of the HTML service. */
  evaluate(source: string, filename: string): unknown {
    return vm.runInContext(source, this.#context, { filename, timeout: this.world.backstopMs });
  }

  /** Normal end: pending writes are sent, locks fall. @throws what the script swallowed but we must not. */
  finish(): void {
    if (!this.#killed) this.#guarded(() => this.pending.flush());
    this.close();
    this.#rethrowSwallowed();
  }

  close(): void {
    this.#ended = true;
    this.world.releaseLocks(this);
  }

  get #context(): vm.Context {
    return this.global as vm.Context;
  }

  #lookUp(name: string): ((...args: unknown[]) => unknown) | undefined {
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*(\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u.test(name)) return undefined;
    const root = name.split('.')[0] ?? '';
    const source = `typeof ${root} === 'undefined' ? undefined : (() => { try { return ${name}; } catch (e) { return undefined; } })()`;
    return vm.runInContext(source, this.#context) as ((...args: unknown[]) => unknown) | undefined;
  }

  #qualified(target: ServiceObject, name: string): string {
    return `${target.qualifiedName}.${name}`;
  }

  #spend(at: string, effect: CallEffect, cells: number): void {
    const { costs } = this.world;
    const perCell = effect === 'read' || effect === 'write' || effect === 'structure' ? costs.perCell * cells : 0;
    const ms = costs[effect] + perCell;
    this.calls.count(at, effect, ms);
    this.world.calls.count(at, effect, ms);
    this.world.spend(ms);
  }

  #checkDeadline(at: string): void {
    if (this.#killed) throw this.#stopped();
    if (this.world.clock.now() > this.startedAt + this.options.limitMs) throw this.kill('deadline', at);
  }

  /** Every call after a kill: the script may catch this, but nothing works any more. */
  #stopped(): Error {
    return this.realm.error(this.#ended ? 'This execution has ended' : texts.deadline, 'Exception');
  }

  #asScriptError(fault: unknown): unknown {
    if (fault instanceof ScriptFault) return this.realm.error(fault.message, fault.name);
    if (fault instanceof ExecutionKilled) return this.#stopped();
    if (this.realm.isError(fault) || this.#killed) return fault;
    if (fault instanceof Error && fault.name === 'Unsupported') return this.unsupported(fault as Unsupported);
    this.#fault ??= fault; // a mistake of the emulation or of a hook: must reach whoever started the run
    return fault;
  }

  #rethrowSwallowed(): void {
    if (this.#fault) throw this.#fault;
    if (this.#killed) throw new ExecutionKilled(this.#killed.reason, this.#killed.at);
    if (this.#unsupported) throw this.#unsupported;
  }

  /** Runs script code and turns whatever escapes into a host error. */
  #guarded<T>(body: () => T): T {
    try {
      const result = body();
      if (this.#killed || this.#fault) this.#rethrowSwallowed();
      return result;
    } catch (fault) {
      if ((fault as { code?: string } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') this.kill('endless-loop', '');
      this.#rethrowSwallowed();
      if (fault instanceof ScriptFault) throw new ScriptError(fault.name, fault.message, '');
      if (this.realm.isError(fault)) {
        const error = fault as Error; // checked by the realm
        throw new ScriptError(error.name, error.message, error.stack ?? '');
      }
      if (fault instanceof Error) throw fault;
      throw new ScriptError('Error', String(fault), '');
    }
  }
}
