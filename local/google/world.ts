/**
 * Everything that outlives an execution: files, stores, locks, triggers, quotas, clock, hooks. Executions and services
 * reach each other only through here. Holds state and looks things up; decides nothing about a single service.
 */

import type { Bundle, Manifest } from './bundle';
import { CallLog, type CostModel } from './call-log';
import type { Clock } from './clock';
import { entryOf } from './entry-of';
import type { Execution, HookVerdict, LogLine, ServiceAnswer, ServiceCall } from './execution';
import { Faults } from './faults';
import { FormulaEngine } from './formula-engine';
import type { HostMap } from './host-map';
import type { CallEffect } from './members';
import type { PlatformSwitches } from './platform';
import type { Quotas } from './quotas';
import type { SheetModel } from './sheet-model';
import { CacheStore, PropertyStore } from './stores';
import type { TriggerModel, TriggerRun } from './trigger-model';
import type { UiDesk } from './ui-desk';
import { Workbook, type WorkbookOptions } from './workbook';

export type SentMail = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly at: number;
};

export type WorldOptions = {
  readonly bundle: Bundle;
  readonly hosts: HostMap;
  readonly clock: Clock;
  readonly platform: PlatformSwitches;
  readonly quotas: Quotas;
  readonly costs: CostModel;
  readonly costsAdvanceClock: boolean;
  readonly backstopMs: number;
  readonly ui: UiDesk;
  readonly userLocale: string;
  readonly installServices: (execution: Execution) => void;
};

type Hook = (call: ServiceCall) => HookVerdict;
type AnswerHook = (call: ServiceCall, answer: ServiceAnswer) => void;

export class World {
  readonly bundle: Bundle;
  readonly hosts: HostMap;
  readonly clock: Clock;
  readonly platform: PlatformSwitches;
  readonly quotas: Quotas;
  readonly costs: CostModel;
  readonly costsAdvanceClock: boolean;
  readonly backstopMs: number;
  readonly ui: UiDesk;
  readonly userLocale: string;
  readonly installServices: (execution: Execution) => void;
  readonly calls = new CallLog();
  readonly faults = new Faults();
  readonly logs: LogLine[] = [];
  readonly mails: SentMail[] = [];
  readonly workbooks = new Map<string, Workbook>();
  readonly properties = new Map<string, PropertyStore>();
  readonly caches = new Map<string, CacheStore>();
  readonly locks = new Map<string, Execution>();
  readonly triggers: TriggerModel[] = [];
  readonly triggerRuns: TriggerRun[] = [];
  readonly hooks = new Set<Hook>();
  readonly answerHooks = new Set<AnswerHook>();
  /** What simple triggers ended with: nobody is shown these on the platform. */
  readonly unseenFaults: Error[] = [];
  readonly scriptId = '1LocalScript0000000000000000000000000000000000000000000000';

  #executions = 0;
  #owedMs = 0;
  #triggerNumber = 0;

  constructor(options: WorldOptions) {
    this.bundle = options.bundle;
    this.hosts = options.hosts;
    this.clock = options.clock;
    this.platform = options.platform;
    this.quotas = options.quotas;
    this.costs = options.costs;
    this.costsAdvanceClock = options.costsAdvanceClock;
    this.backstopMs = options.backstopMs;
    this.ui = options.ui;
    this.userLocale = options.userLocale;
    this.installServices = options.installServices;
  }

  /** Lets the estimated cost of a call pass, in whole milliseconds: the platform's clock knows no others. */
  spend(ms: number): void {
    if (!this.costsAdvanceClock) return;
    this.#owedMs += ms;
    const whole = Math.floor(this.#owedMs);
    this.#owedMs -= whole;
    if (whole > 0) this.clock.wait(whole);
  }
  newExecutionId(): number {
    return ++this.#executions;
  }
  newTriggerNumber(): number {
    return ++this.#triggerNumber;
  }
  get manifest(): Manifest {
    return this.bundle.manifest;
  }
  get scriptTimeZone(): string {
    return this.manifest.timeZone ?? 'Etc/UTC';
  }

  /** Tells every hook about a call; the last verdict to kill counts. */
  announce(call: ServiceCall): HookVerdict {
    let verdict: 'kill-before' | 'kill-after' | undefined;
    for (const hook of this.hooks) verdict = hook(call) ?? verdict;
    return verdict;
  }

  /** Tells what a call gave. */
  report(call: ServiceCall, answer: ServiceAnswer): void {
    for (const hook of this.answerHooks) hook(call, answer);
  }

  injectFault(at: string, effect: CallEffect, when: 'before' | 'after'): void {
    this.faults.strike(at, effect, when);
  }

  propertyStore(name: string): PropertyStore {
    return entryOf(this.properties, name, () => new PropertyStore());
  }
  cacheStore(name: string): CacheStore {
    return entryOf(this.caches, name, () => new CacheStore(this.clock, this.platform.cacheDrops));
  }

  releaseLocks(execution: Execution): void {
    for (const [name, holder] of this.locks) if (holder === execution) this.locks.delete(name);
  }

  /** Brings formula results of the sheet's file up to date. */
  settle(sheet: SheetModel): void {
    const { workbook } = sheet;
    if (!workbook.hasFormulas) return;
    const now = this.clock.now();
    if (workbook.engine?.isStale) workbook.invalidate();
    try {
      workbook.engine ??= new FormulaEngine(workbook, now);
      workbook.engine.compute(now);
    } catch (fault) {
      workbook.engine = null; // an interrupted engine is unusable: the next read builds a new one
      throw fault;
    }
  }

  createWorkbook(options: WorkbookOptions): Workbook {
    const workbook = new Workbook(`1Local${String(this.workbooks.size + 1).padStart(38, '0')}`, options);
    workbook.addSheet('Sheet1', 0);
    this.workbooks.set(workbook.id, workbook);
    return workbook;
  }

  /** A copy as by File → Make a copy: new id, hidden sheets included, no properties; metadata by the switch. */
  copyWorkbook(from: Workbook, name: string, owner: string): Workbook {
    const copy = new Workbook(`1Local${String(this.workbooks.size + 1).padStart(38, '0')}`, {
      name,
      owner,
      locale: from.locale.id,
      timeZone: from.timeZone,
    });
    copy.sheets = from.sheets.map((sheet) => sheet.copyInto(copy, sheet.id, sheet.name));
    copy.skipIds(from);
    copy.names = from.names.map((named) => ({ ...named }));
    copy.activeSheetId = from.activeSheetId;
    if (this.platform.metadataOnFileCopy === 'copied') copy.metadata = from.metadata.map((entry) => ({ ...entry }));
    this.workbooks.set(copy.id, copy);
    return copy;
  }

  /** Takes over the files, stores and triggers of another world, as copies; what runs there, its meters and its logs stay behind. */
  adopt(from: World): void {
    for (const [id, workbook] of from.workbooks) this.workbooks.set(id, workbook.copy());
    for (const [name, { values }] of from.properties) {
      const store = this.propertyStore(name);
      for (const [key, value] of values) store.values.set(key, value);
    }
    for (const [name, store] of from.caches) this.cacheStore(name).takeOver(store);
    for (const trigger of from.triggers) this.triggers.push({ ...trigger });
    this.#triggerNumber = from.#triggerNumber;
    this.ui.menus = [...from.ui.menus];
  }

  /** A copy of a sheet, in the same file or another; row and column metadata come along by the switch. */
  copySheet(from: SheetModel, workbook: Workbook, name: string, position: number): SheetModel {
    workbook.requireFreeName(name);
    workbook.requireRoom(from.maxRows * from.maxColumns);
    const copy = from.copyInto(workbook, workbook.newSheetId(), name);
    copy.hidden = false;
    workbook.sheets.splice(Math.max(0, Math.min(position, workbook.sheets.length)), 0, copy);
    workbook.invalidate();
    if (this.platform.metadataOnSheetCopy === 'copied') {
      for (const entry of from.workbook.metadata) {
        const { place } = entry;
        if (place.type === 'SPREADSHEET' || place.sheetId !== from.id) continue;
        workbook.metadata.push({ ...entry, id: workbook.newObjectId(), place: { ...place, sheetId: copy.id } });
      }
    }
    return copy;
  }
}
