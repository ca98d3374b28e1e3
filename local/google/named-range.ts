/** `NamedRange`. */
import type { Family } from './authorization';
import { ScriptFault } from './errors';
import type { Execution } from './execution';
import { make } from './make';
import { members } from './members';
import type { Range } from './range';
import { ServiceObject } from './service-object';
import type { NamedArea, Workbook } from './workbook';

const namedMembers = members('NamedRange', {
  read: { getName: '', getRange: '' },
  structure: { setName: 'str', setRange: 'Range', remove: '' },
});

export class NamedRange extends ServiceObject {
  readonly serviceName = 'NamedRange';
  readonly members = namedMembers;
  readonly #workbook: Workbook;
  readonly #name: string;
  constructor(run: Execution, workbook: Workbook, named: NamedArea) {
    super(run);
    this.#workbook = workbook;
    this.#name = named.name;
  }
  override family(): Family {
    return 'document';
  }
  override get readsFrom(): Workbook {
    return this.#workbook;
  }
  #living(): NamedArea {
    const named = this.#workbook.names.find((one) => one.name === this.#name);
    if (!named) throw new ScriptFault(`Named range not found: ${this.#name}`);
    return named;
  }
  getName(): string {
    return this.#living().name;
  }
  getRange(): Range {
    const named = this.#living();
    const sheet = this.#workbook.sheetById(named.sheetId);
    if (!sheet) throw new ScriptFault(`Named range not found: ${this.#name}`);
    return make.range(this.run, sheet, named.area);
  }
  setName(name: string): NamedRange {
    this.#living().name = name;
    const renamed = this.#workbook.names.find((one) => one.name === name);
    return renamed ? new NamedRange(this.run, this.#workbook, renamed) : this;
  }
  setRange(range: Range): this {
    Object.assign(this.#living(), { sheetId: range.sheet.id, area: range.area });
    return this;
  }
  remove(): void {
    this.#workbook.names = this.#workbook.names.filter((one) => one !== this.#living());
  }
}
