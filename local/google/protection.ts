/** `Protection` of ranges and sheets, and the question whether this user may edit a place. Source: facts section 9. */
import { type Area, intersects } from './area';
import type { Family } from './authorization';
import { type EnumValue, ProtectionType } from './enums';
import { ScriptFault } from './errors';
import type { Execution } from './execution';
import { make } from './make';
import { members } from './members';
import type { Range } from './range';
import { ServiceObject } from './service-object';
import { User } from './session';
import type { ProtectionModel, SheetModel } from './sheet-model';

const REFUSED =
  'You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if you need to edit.';

export const newProtection = (run: Execution, sheet: SheetModel, area: Area | null): ProtectionModel => {
  const model: ProtectionModel = {
    id: sheet.workbook.newObjectId(),
    kind: area === null ? 'SHEET' : 'RANGE',
    area,
    unprotected: [],
    description: '',
    warningOnly: false,
    // Everyone who can edit the file keeps the right until removed; the owner always has it and is not listed.
    editors: [...new Set([run.user, ...sheet.workbook.editors])].filter((email) => email !== sheet.workbook.owner),
  };
  sheet.protections.push(model);
  return model;
};

/** Whether `user` may change cells of the area. */
export const mayEdit = (sheet: SheetModel, area: Area, user: string): boolean =>
  user === sheet.workbook.owner ||
  sheet.protections.every((one) => {
    if (one.warningOnly || one.editors.includes(user)) return true;
    if (one.area) return !intersects(one.area, area);
    return one.unprotected.some((free) => intersects(free, area));
  });

/** @throws Google's refusal when a protection keeps this user out. */
export const requireEditable = (run: Execution, sheet: SheetModel, area: Area): void => {
  if (run.world.platform.protectionStopsScripts && !mayEdit(sheet, area, run.user)) throw new ScriptFault(REFUSED);
};

const protectionMembers = members('Protection', {
  read: {
    getDescription: '',
    getEditors: '',
    getProtectionType: '',
    getRange: '',
    getUnprotectedRanges: '',
    isWarningOnly: '',
    canEdit: '',
    canDomainEdit: '',
    getRangeName: '',
  },
  structure: {
    setDescription: 'str',
    setWarningOnly: 'bool',
    setRange: 'Range',
    setUnprotectedRanges: 'Range[]',
    addEditor: 'str | User',
    addEditors: 'str[]',
    removeEditor: 'str | User',
    removeEditors: 'str[] | User[]',
    setDomainEdit: 'bool',
    remove: '',
  },
});

const emailOf = (who: string | User): string => (typeof who === 'string' ? who : who.email);

export class Protection extends ServiceObject {
  readonly serviceName = 'Protection';
  readonly members = protectionMembers;
  readonly #sheet: SheetModel;
  readonly #id: number;
  constructor(run: Execution, sheet: SheetModel, model: ProtectionModel) {
    super(run);
    this.#sheet = sheet;
    this.#id = model.id;
  }
  override family(): Family {
    return 'document';
  }
  override get readsFrom(): SheetModel {
    return this.#sheet;
  }
  #living(): ProtectionModel {
    const model = this.#sheet.protections.find((one) => one.id === this.#id);
    if (!model) throw new ScriptFault('The protected range or sheet no longer exists.');
    return model;
  }
  getDescription(): string {
    return this.#living().description;
  }
  setDescription(description: string): this {
    this.#living().description = description;
    return this;
  }
  getProtectionType(): EnumValue {
    return ProtectionType[this.#living().kind];
  }
  getRange(): Range {
    const whole = { row: 0, column: 0, rows: this.#sheet.maxRows, columns: this.#sheet.maxColumns };
    return make.range(this.run, this.#sheet, this.#living().area ?? whole);
  }
  setRange(range: Range): this {
    this.#living().area = range.area;
    return this;
  }
  getRangeName(): null {
    return null;
  }
  getUnprotectedRanges(): Range[] {
    return this.#living().unprotected.map((area) => make.range(this.run, this.#sheet, area));
  }
  setUnprotectedRanges(ranges: readonly Range[]): this {
    if (this.#living().kind !== 'SHEET')
      throw new ScriptFault('Unprotected ranges can only be set on a protected sheet.');
    this.#living().unprotected = ranges.map((range) => range.area);
    return this;
  }
  isWarningOnly(): boolean {
    return this.#living().warningOnly;
  }
  setWarningOnly(warningOnly: boolean): this {
    this.#living().warningOnly = warningOnly;
    return this;
  }
  canEdit(): boolean {
    const { editors, warningOnly } = this.#living();
    return warningOnly || this.run.user === this.#sheet.workbook.owner || editors.includes(this.run.user);
  }
  canDomainEdit(): boolean {
    return false;
  }
  setDomainEdit(): this {
    return this;
  }
  getEditors(): User[] {
    return this.#living().editors.map((email) => new User(this.run, email));
  }
  addEditor(who: string | User): this {
    return this.addEditors([emailOf(who)]);
  }
  addEditors(emails: readonly string[]): this {
    const model = this.#living();
    model.editors = [...new Set([...model.editors, ...emails])];
    return this;
  }
  removeEditor(who: string | User): this {
    return this.removeEditors([who]);
  }
  /** A user cannot lock himself out: his own name stays. */
  removeEditors(who: readonly (string | User)[]): this {
    const gone = who.map(emailOf).filter((email) => email !== this.run.user);
    const model = this.#living();
    model.editors = model.editors.filter((email) => !gone.includes(email));
    return this;
  }
  remove(): void {
    this.#sheet.protections = this.#sheet.protections.filter((one) => one.id !== this.#id);
  }
}
