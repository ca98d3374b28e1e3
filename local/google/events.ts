/** Event objects that name emulated things: made per execution, because a range belongs to the one who sees it. */
import type { Area } from './area';
import type { AuthModeName } from './authorization';
import { AuthMode } from './enums';
import type { Execution } from './execution';
import { Range } from './range';
import { User } from './session';
import type { SheetModel } from './sheet-model';
import { Spreadsheet } from './spreadsheet';
import type { Workbook } from './workbook';

/** Event of opening a file. */
export class OpenEvent {
  readonly #fields: { readonly authMode: AuthModeName; readonly user: string };
  readonly #workbook: Workbook | null;
  constructor(fields: { readonly authMode: AuthModeName; readonly user: string }, workbook: Workbook | null) {
    this.#fields = fields;
    this.#workbook = workbook;
  }
  for(execution: Execution): Record<string, unknown> {
    return {
      authMode: AuthMode[this.#fields.authMode],
      source: this.#workbook && new Spreadsheet(execution, this.#workbook),
      user: new User(execution, this.#fields.authMode === 'FULL' ? this.#fields.user : ''),
    };
  }
}

/** Event of an edit by a person. `value` and `oldValue` only for a single cell; `oldValue` only where there was one. */
export class EditEvent {
  readonly sheet: SheetModel;
  readonly area: Area;
  readonly value: string | undefined;
  readonly oldValue: string | undefined;
  readonly user: string;
  constructor(sheet: SheetModel, area: Area, user: string, single: { value?: string; oldValue?: string } | null) {
    this.sheet = sheet;
    this.area = area;
    this.user = user;
    this.value = single?.value;
    this.oldValue = single?.oldValue;
  }
  for(execution: Execution, mode: AuthModeName, triggerUid: string | null): Record<string, unknown> {
    return {
      authMode: AuthMode[mode],
      range: new Range(execution, this.sheet, this.area),
      source: new Spreadsheet(execution, this.sheet.workbook),
      user: new User(execution, mode === 'FULL' ? this.user : ''),
      ...(this.value === undefined ? {} : { value: this.value }),
      ...(this.oldValue === undefined ? {} : { oldValue: this.oldValue }),
      ...(triggerUid === null ? {} : { triggerUid }),
    };
  }
}

export type ChangeType =
  | 'EDIT'
  | 'INSERT_ROW'
  | 'INSERT_COLUMN'
  | 'REMOVE_ROW'
  | 'REMOVE_COLUMN'
  | 'INSERT_GRID'
  | 'REMOVE_GRID'
  | 'FORMAT'
  | 'OTHER';

/** Event of any change of the file by a person: says what kind, never where. */
export class ChangeEvent {
  readonly #workbook: Workbook;
  readonly #user: string;
  readonly type: ChangeType;
  constructor(workbook: Workbook, user: string, type: ChangeType) {
    this.#workbook = workbook;
    this.#user = user;
    this.type = type;
  }
  for(execution: Execution, triggerUid: string): Record<string, unknown> {
    return {
      authMode: AuthMode.FULL,
      changeType: this.type,
      source: new Spreadsheet(execution, this.#workbook),
      user: new User(execution, this.#user),
      triggerUid,
    };
  }
}
