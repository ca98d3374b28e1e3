/** `ScriptApp`: triggers and authorization. The rules of add-ons are facts section 5; scopes are section 6. */
import { type Family, scopes } from './authorization';
import { AuthMode, AuthorizationStatus, type EnumValue, EventType, TriggerSource, WeekDay } from './enums';
import { ScriptFault, texts } from './errors';
import type { Execution } from './execution';
import { members } from './members';
import { ServiceObject } from './service-object';
import type { Spreadsheet } from './spreadsheet';
import { intervalOf, nextDue, type Schedule, type TriggerModel } from './trigger-model';

const HOUR = 3_600_000;

const appMembers = members('ScriptApp', {
  trigger: {
    newTrigger: 'str',
    getProjectTriggers: '',
    getScriptTriggers: '',
    getUserTriggers: 'Spreadsheet',
    deleteTrigger: 'Trigger',
  },
  pure: {
    getAuthorizationInfo: 'AuthMode | AuthMode,str[]',
    requireScopes: 'AuthMode,str[]',
    requireAllScopes: 'AuthMode',
    invalidateAuth: '',
    getScriptId: '',
    getInstallationSource: '',
  },
});

export class ScriptApp extends ServiceObject {
  readonly serviceName = 'ScriptApp';
  readonly members = appMembers;
  override family(member: string): Family {
    return this.members[member]?.effect === 'trigger' ? 'triggers' : 'free';
  }
  override get constants(): Readonly<Record<string, unknown>> {
    return { AuthMode, AuthorizationStatus, EventType, TriggerSource, WeekDay };
  }
  newTrigger(handler: string): TriggerBuilder {
    return new TriggerBuilder(this.run, handler);
  }
  /** This user's triggers over all documents. */
  getProjectTriggers(): Trigger[] {
    return this.#own().map((model) => new Trigger(this.run, model));
  }
  getScriptTriggers(): Trigger[] {
    return this.getProjectTriggers();
  }
  getUserTriggers(spreadsheet: Spreadsheet): Trigger[] {
    return this.#own()
      .filter((model) => model.workbookId === spreadsheet.workbook.id)
      .map((model) => new Trigger(this.run, model));
  }
  deleteTrigger(trigger: Trigger): void {
    const { triggers } = this.run.world;
    const at = triggers.indexOf(trigger.model);
    if (at < 0 || trigger.model.user !== this.run.user)
      throw new ScriptFault('Unexpected error while deleting the trigger.');
    triggers.splice(at, 1);
  }
  getAuthorizationInfo(_mode: EnumValue, asked?: readonly string[]): AuthorizationInfo {
    return new AuthorizationInfo(this.run, asked ?? this.#declared());
  }
  /** Stops the execution and shows the consent screen; here the stop is an error the script should not catch. */
  requireScopes(_mode: EnumValue, asked: readonly string[]): void {
    const unknown = asked.find((scope) => !this.#declared().includes(scope));
    if (unknown) throw new ScriptFault(`The script does not declare the scope ${unknown}.`);
    if (asked.some((scope) => !isGranted(this.run, scope)))
      throw new ScriptFault('Authorization is required to perform that action.');
  }
  requireAllScopes(mode: EnumValue): void {
    this.requireScopes(mode, this.#declared());
  }
  invalidateAuth(): void {}
  getScriptId(): string {
    return this.run.world.scriptId;
  }
  getInstallationSource(): null {
    return null;
  }
  #own(): TriggerModel[] {
    return this.run.world.triggers.filter((model) => model.user === this.run.user);
  }
  #declared(): readonly string[] {
    return this.run.world.manifest.oauthScopes ?? Object.values(scopes);
  }
}

const isGranted = (run: Execution, scope: string): boolean =>
  run.options.granted === 'all' || run.options.granted.has(scope);

const infoMembers = members('AuthorizationInfo', {
  pure: { getAuthorizationStatus: '', getAuthorizationUrl: '', getAuthorizedScopes: '' },
});

class AuthorizationInfo extends ServiceObject {
  readonly serviceName = 'AuthorizationInfo';
  readonly members = infoMembers;
  readonly #asked: readonly string[];
  constructor(run: Execution, asked: readonly string[]) {
    super(run);
    this.#asked = asked;
  }
  getAuthorizationStatus(): EnumValue {
    return this.#asked.every((scope) => isGranted(this.run, scope))
      ? AuthorizationStatus.NOT_REQUIRED
      : AuthorizationStatus.REQUIRED;
  }
  getAuthorizationUrl(): string | null {
    return this.getAuthorizationStatus() === AuthorizationStatus.REQUIRED
      ? `https://script.google.com/macros/d/${this.run.world.scriptId}/auth`
      : null;
  }
  getAuthorizedScopes(): string[] {
    return this.#asked.filter((scope) => isGranted(this.run, scope));
  }
}

const triggerMembers = members('Trigger', {
  trigger: { getUniqueId: '', getHandlerFunction: '', getEventType: '', getTriggerSource: '', getTriggerSourceId: '' },
});

export class Trigger extends ServiceObject {
  readonly serviceName = 'Trigger';
  readonly members = triggerMembers;
  readonly model: TriggerModel;
  constructor(run: Execution, model: TriggerModel) {
    super(run);
    this.model = model;
  }
  getUniqueId(): string {
    return this.model.uid;
  }
  getHandlerFunction(): string {
    return this.model.handler;
  }
  getEventType(): EnumValue {
    return EventType[this.model.event];
  }
  getTriggerSource(): EnumValue {
    return this.model.event === 'CLOCK' ? TriggerSource.CLOCK : TriggerSource.SPREADSHEETS;
  }
  /** `null` for clock triggers: nothing tells their document. */
  getTriggerSourceId(): string | null {
    return this.model.event === 'CLOCK' ? null : this.model.workbookId;
  }
}

const builderMembers = members('TriggerBuilder', { pure: { timeBased: '', forSpreadsheet: 'Spreadsheet | str' } });

class TriggerBuilder extends ServiceObject {
  readonly serviceName = 'TriggerBuilder';
  readonly members = builderMembers;
  readonly #handler: string;
  constructor(run: Execution, handler: string) {
    super(run);
    this.#handler = handler;
  }
  timeBased(): ClockTriggerBuilder {
    return new ClockTriggerBuilder(this.run, this.#handler);
  }
  forSpreadsheet(spreadsheet: Spreadsheet | string): SpreadsheetTriggerBuilder {
    const id = typeof spreadsheet === 'string' ? spreadsheet : spreadsheet.workbook.id;
    if (id !== this.run.options.workbook?.id)
      throw new ScriptFault('Add-on triggers can be created only for the current document.');
    return new SpreadsheetTriggerBuilder(this.run, this.#handler);
  }
}

const clockMembers = members('ClockTriggerBuilder', {
  pure: {
    after: 'int',
    at: 'date',
    atDate: 'int,int,int',
    atHour: 'int',
    nearMinute: 'int',
    everyMinutes: 'int',
    everyHours: 'int',
    everyDays: 'int',
    everyWeeks: 'int',
    onWeekDay: 'Weekday',
    onMonthDay: 'int',
    inTimezone: 'str',
  },
  trigger: { create: '' },
});

class ClockTriggerBuilder extends ServiceObject {
  readonly serviceName = 'ClockTriggerBuilder';
  readonly members = clockMembers;
  readonly #handler: string;
  #once: number | null = null;
  #everyMs: number | null = null;
  #days: number | null = null;
  #weeks: number | null = null;
  #weekDay = 1;
  #monthDay: number | null = null;
  #hour = 0;
  #minute = 0;
  #zone: string;
  constructor(run: Execution, handler: string) {
    super(run);
    this.#handler = handler;
    this.#zone = run.world.scriptTimeZone;
  }
  override family(member: string): Family {
    return member === 'create' ? 'triggers' : 'free';
  }
  after(ms: number): this {
    this.#once = this.run.world.clock.now() + ms;
    return this;
  }
  at(date: Date): this {
    this.#once = date.getTime();
    return this;
  }
  atDate(year: number, month: number, day: number): this {
    this.#once = Date.UTC(year, month - 1, day);
    return this;
  }
  atHour(hour: number): this {
    if (hour < 0 || hour > 23) throw new ScriptFault('Invalid argument: hour');
    this.#hour = hour;
    return this;
  }
  nearMinute(minute: number): this {
    if (minute < 0 || minute > 59) throw new ScriptFault('Invalid argument: minute');
    this.#minute = minute;
    return this;
  }
  everyMinutes(minutes: number): this {
    if (![1, 5, 10, 15, 30].includes(minutes))
      throw new ScriptFault('The value you passed to everyMinutes was invalid. It must be one of 1, 5, 10, 15 or 30.');
    this.#everyMs = minutes * 60_000;
    return this;
  }
  everyHours(hours: number): this {
    if (hours < 1) throw new ScriptFault('Invalid argument: hours');
    this.#everyMs = hours * HOUR;
    return this;
  }
  everyDays(days: number): this {
    this.#days = days;
    return this;
  }
  everyWeeks(weeks: number): this {
    this.#weeks = weeks;
    return this;
  }
  onWeekDay(day: EnumValue): this {
    this.#weeks ??= 1;
    this.#weekDay = day.ordinal();
    return this;
  }
  onMonthDay(day: number): this {
    this.#monthDay = day;
    return this;
  }
  inTimezone(zone: string): this {
    this.#zone = zone;
    return this;
  }
  create(): Trigger {
    const schedule = this.#schedule();
    const { world, options } = this.run;
    const addOn = world.platform.container === 'addon';
    if (addOn && intervalOf(schedule) < HOUR) throw new ScriptFault(texts.tooFrequent);
    const workbookId = options.workbook?.id ?? null;
    const mine = world.triggers.filter((model) => model.user === options.user);
    if (addOn && mine.some((model) => model.event === 'CLOCK' && model.workbookId === workbookId)) {
      throw new ScriptFault(texts.tooManyClockTriggers);
    }
    return new Trigger(this.run, installTrigger(this.run, { handler: this.#handler, event: 'CLOCK', schedule }));
  }
  #schedule(): Schedule {
    const at = { hour: this.#hour, minute: this.#minute, zone: this.#zone };
    if (this.#once !== null) return { kind: 'once', at: this.#once };
    if (this.#everyMs !== null) return { kind: 'every', ms: this.#everyMs };
    if (this.#monthDay !== null) return { kind: 'month', day: this.#monthDay, ...at };
    if (this.#weeks !== null) return { kind: 'weeks', weeks: this.#weeks, weekDay: this.#weekDay, ...at };
    if (this.#days !== null) return { kind: 'days', days: this.#days, ...at };
    throw new ScriptFault('The trigger has no schedule.');
  }
}

const spreadsheetMembers = members('SpreadsheetTriggerBuilder', {
  pure: { onOpen: '', onEdit: '', onChange: '' },
  trigger: { create: '' },
});

class SpreadsheetTriggerBuilder extends ServiceObject {
  readonly serviceName = 'SpreadsheetTriggerBuilder';
  readonly members = spreadsheetMembers;
  readonly #handler: string;
  #event: 'ON_OPEN' | 'ON_EDIT' | 'ON_CHANGE' | null = null;
  constructor(run: Execution, handler: string) {
    super(run);
    this.#handler = handler;
  }
  override family(member: string): Family {
    return member === 'create' ? 'triggers' : 'free';
  }
  onOpen(): this {
    this.#event = 'ON_OPEN';
    return this;
  }
  onEdit(): this {
    this.#event = 'ON_EDIT';
    return this;
  }
  onChange(): this {
    this.#event = 'ON_CHANGE';
    return this;
  }
  create(): Trigger {
    const event = this.#event;
    if (event === null) throw new ScriptFault('The trigger has no event.');
    const { world, options } = this.run;
    const taken = world.triggers.some(
      (model) => model.user === options.user && model.workbookId === options.workbook?.id && model.event === event,
    );
    if (taken && world.platform.container === 'addon') {
      throw new ScriptFault(
        'This add-on has created too many triggers of this type in this document for this Google user account.',
      );
    }
    return new Trigger(this.run, installTrigger(this.run, { handler: this.#handler, event, schedule: null }));
  }
}

const installTrigger = (run: Execution, kind: Pick<TriggerModel, 'handler' | 'event' | 'schedule'>): TriggerModel => {
  const { world, options } = run;
  const mine = world.triggers.filter((model) => model.user === options.user).length;
  if (mine >= world.quotas.limits.triggersPerUser) throw new ScriptFault(texts.tooManyTriggers);
  const model: TriggerModel = {
    ...kind,
    uid: String(7_000_000_000_000 + world.newTriggerNumber()),
    user: options.user,
    workbookId: options.workbook?.id ?? null,
    next: kind.schedule ? nextDue(kind.schedule, world.clock.now(), true) : null,
    disabled: false,
  };
  world.triggers.push(model);
  return model;
};
