/** `DataValidation` and its builder. New rules warn; `setAllowInvalid(false)` rejects. Source: facts section 9. */
import type { Family } from './authorization';
import { type CellInput, SerialDate } from './cell-value';
import { DataValidationCriteria, type EnumValue } from './enums';
import { ScriptFault, texts } from './errors';
import type { Execution } from './execution';
import { make } from './make';
import { members } from './members';
import type { Range } from './range';
import { behind, ServiceObject } from './service-object';
import type { SheetModel } from './sheet-model';
import { parseTyped, type TypingRules } from './typed-input';
import { isDateArgument, isRangeArgument, satisfies, violation } from './validation-check';
import type { ValidationRule } from './validation-rule';
import type { Workbook } from './workbook';
import { instantToSerial, serialToInstant } from './zone';

const MAX_LIST_ITEMS = 500;
const isRange = (value: unknown): value is Range => (value as Partial<Range> | null)?.serviceName === 'Range';
type Value = ValidationRule['values'][number];

/** @throws when the cell's rejecting rule forbids the input; only with the platform switch. */
export const requireValid = (
  sheet: SheetModel,
  row: number,
  column: number,
  input: CellInput,
  rules: TypingRules,
): void => {
  const rule = sheet.cells.validation(row, column);
  if (!rule || rule.allowInvalid || input === null || input === undefined || input === '') return;
  const typed = typeof input === 'string' ? parseTyped(input, rules) : null;
  if (typed?.kind === 'formula') return;
  const value = typed ? typed.value : input instanceof SerialDate ? input.serial : (input as number | boolean);
  if (!satisfies(sheet.workbook, rule, value)) throw new ScriptFault(violation(row, column));
};

const criteriaOf = (name: string): EnumValue => DataValidationCriteria[name as keyof typeof DataValidationCriteria]; // stored from the enumeration

abstract class ValidationView extends ServiceObject {
  abstract readonly rule: ValidationRule;
  protected abstract workbook(): Workbook | null;
  override family(): Family {
    return 'document';
  }
  getAllowInvalid(): boolean {
    return this.rule.allowInvalid;
  }
  getCriteriaType(): EnumValue {
    return criteriaOf(this.rule.criteria);
  }
  getHelpText(): string | null {
    return this.rule.helpText;
  }
  getCriteriaValues(): unknown[] {
    const { rule } = this;
    const zone = this.workbook()?.timeZone ?? 'Etc/UTC';
    const values = rule.values.map((value) => {
      if (isDateArgument(value)) return new Date(serialToInstant(zone, value.day));
      if (!isRangeArgument(value)) return value;
      const sheet = this.workbook()?.sheetById(value.sheetId);
      return sheet ? make.range(this.run, sheet, value.area) : null;
    });
    if (rule.criteria === 'VALUE_IN_LIST') return [rule.listItems ?? [], rule.showDropdown];
    return rule.criteria === 'VALUE_IN_RANGE' ? [...values, rule.showDropdown] : values;
  }
  copy(): DataValidationBuilder {
    return new DataValidationBuilder(this.run, this.rule);
  }
}

const ruleMembers = members('DataValidation', {
  pure: { getAllowInvalid: '', getCriteriaType: '', getCriteriaValues: '', getHelpText: '', copy: '' },
});

export class DataValidation extends ValidationView {
  readonly serviceName = 'DataValidation';
  readonly members = ruleMembers;
  readonly rule: ValidationRule;
  readonly #workbook: Workbook | null;
  constructor(run: Execution, workbook: Workbook | null, rule: ValidationRule) {
    super(run);
    this.#workbook = workbook;
    this.rule = rule;
  }
  protected workbook(): Workbook | null {
    return this.#workbook;
  }
}

const builderMembers = members('DataValidationBuilder', {
  pure: {
    build: '',
    copy: '',
    getAllowInvalid: '',
    getCriteriaType: '',
    getCriteriaValues: '',
    getHelpText: '',
    requireCheckbox: ' | any | any,any',
    requireDate: '',
    requireDateAfter: 'date',
    requireDateBefore: 'date',
    requireDateBetween: 'date,date',
    requireDateEqualTo: 'date',
    requireDateNotBetween: 'date,date',
    requireDateOnOrAfter: 'date',
    requireDateOnOrBefore: 'date',
    requireFormulaSatisfied: 'str',
    requireNumberBetween: 'num,num',
    requireNumberEqualTo: 'num',
    requireNumberGreaterThan: 'num',
    requireNumberGreaterThanOrEqualTo: 'num',
    requireNumberLessThan: 'num',
    requireNumberLessThanOrEqualTo: 'num',
    requireNumberNotBetween: 'num,num',
    requireNumberNotEqualTo: 'num',
    requireTextContains: 'str',
    requireTextDoesNotContain: 'str',
    requireTextEqualTo: 'str',
    requireTextIsEmail: '',
    requireTextIsUrl: '',
    requireValueInList: 'str[] | str[],bool',
    requireValueInRange: 'Range | Range,bool',
    setAllowInvalid: 'bool',
    setHelpText: 'str',
    withCriteria: 'DataValidationCriteria,any[]',
  },
});

const emptyRule: ValidationRule = {
  criteria: '',
  values: [],
  listItems: null,
  showDropdown: true,
  allowInvalid: true,
  helpText: null,
};

/** Builder methods that only name a criterion and pass their arguments on. */
const simple: Record<string, string> = {
  requireDate: 'DATE_IS_VALID_DATE',
  requireFormulaSatisfied: 'CUSTOM_FORMULA',
  requireTextIsEmail: 'TEXT_IS_VALID_EMAIL',
  requireTextIsUrl: 'TEXT_IS_VALID_URL',
  requireCheckbox: 'CHECKBOX',
  ...Object.fromEntries(
    Object.keys(builderMembers)
      .filter((name) => /^require(Number|Date.|Text(Contains|DoesNot|Equal))/.test(name))
      .map((name) => [
        name,
        name
          .slice('require'.length)
          .replace(/(?!^)([A-Z])/g, '_$1')
          .toUpperCase(),
      ]),
  ),
};

export class DataValidationBuilder extends ValidationView {
  readonly serviceName = 'DataValidationBuilder';
  readonly members = builderMembers;
  rule: ValidationRule;
  constructor(run: Execution, rule: ValidationRule = emptyRule) {
    super(run);
    this.rule = rule;
  }
  protected workbook(): Workbook | null {
    return this.run.options.workbook;
  }
  build(): DataValidation {
    if (this.rule.criteria === '') throw new ScriptFault('A data validation rule must have a criteria.');
    return new DataValidation(this.run, this.workbook(), this.rule);
  }
  setAllowInvalid(allowInvalid: boolean): this {
    this.rule = { ...this.rule, allowInvalid };
    return this;
  }
  setHelpText(helpText: string): this {
    this.rule = { ...this.rule, helpText };
    return this;
  }
  requireValueInList(items: readonly string[], showDropdown = true): this {
    if (items.length > MAX_LIST_ITEMS) throw new ScriptFault(texts.tooManyListItems);
    this.rule = { ...this.rule, criteria: 'VALUE_IN_LIST', values: [], listItems: [...items], showDropdown };
    return this;
  }
  requireValueInRange(range: Range, showDropdown = true): this {
    const values = [{ sheetId: range.sheet.id, area: range.area }];
    this.rule = { ...this.rule, criteria: 'VALUE_IN_RANGE', values, listItems: null, showDropdown };
    return this;
  }
  withCriteria(criteria: EnumValue, args: readonly unknown[]): this {
    const name = criteria.name();
    if (name === 'VALUE_IN_LIST') return this.requireValueInList((args[0] as string[]) ?? [], args[1] !== false);
    const range = behind(args[0]);
    if (name === 'VALUE_IN_RANGE' && isRange(range)) return this.requireValueInRange(range, args[1] !== false);
    return this.requireSimple(name, args);
  }
  requireSimple(criteria: string, args: readonly unknown[]): this {
    const zone = this.workbook()?.timeZone ?? 'Etc/UTC';
    const values = args.map((arg): Value => {
      if (Object.prototype.toString.call(arg) !== '[object Date]') return arg as Value;
      return { day: Math.floor(instantToSerial(zone, (arg as Date).getTime())) };
    });
    this.rule = { ...this.rule, criteria, values, listItems: null };
    return this;
  }
}

for (const [name, criteria] of Object.entries(simple)) {
  Object.defineProperty(DataValidationBuilder.prototype, name, {
    value: function (this: DataValidationBuilder, ...args: unknown[]) {
      return this.requireSimple(criteria, args);
    },
    configurable: true,
  });
}
