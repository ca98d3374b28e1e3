/**
 * `ConditionalFormatRule`, its builder and condition. Rules are stored and shown (conditional-paint.ts); they never change what cells
 * answer. Gradients and relative dates are not here: their members throw by name.
 */
import type { Family } from './authorization';
import type { ConditionalRule } from './conditional-rule';
import { BooleanCriteria, type EnumValue } from './enums';
import { ScriptFault } from './errors';
import type { Execution } from './execution';
import { isWellFormed, mapReferences } from './formula-text';
import { make } from './make';
import { members } from './members';
import type { Range } from './range';
import { ServiceObject } from './service-object';
import type { SheetModel } from './sheet-model';

const NOTHING: ConditionalRule = { areas: [], criteria: '', values: [], format: {} };

/**
 * A formula of a condition starts with `=` or `+` and names cells of its own sheet only; the texts of these refusals are ours.
 * Source: Sheets API, ConditionValue.userEnteredValue; the editor's help on conditional formats ("to refer to another sheet, use INDIRECT").
 */
const requireFormula = (formula: string): void => {
  const isFormula = /^[=+]/.test(formula) && isWellFormed(formula);
  if (!isFormula) throw new ScriptFault('The custom formula of a conditional format rule is not valid.');
  mapReferences(formula, (reference) => {
    if (reference.sheet !== null) throw new ScriptFault('Conditional format rule cannot reference a different sheet.');
    return reference;
  });
};

const ruleMembers = members('ConditionalFormatRule', {
  pure: { copy: '', getBooleanCondition: '', getGradientCondition: '', getRanges: '' },
});

export class ConditionalFormatRule extends ServiceObject {
  readonly serviceName: string = 'ConditionalFormatRule';
  readonly members = ruleMembers;
  readonly #rule: ConditionalRule;
  readonly #sheet: SheetModel | null;
  constructor(run: Execution, rule: ConditionalRule, sheet: SheetModel | null) {
    super(run);
    this.#rule = rule;
    this.#sheet = sheet;
  }
  override family(): Family {
    return 'document';
  }
  /** The stored rule, when it may stand on this sheet. */
  ruleFor(sheet: SheetModel): ConditionalRule {
    if (this.#sheet && this.#sheet !== sheet)
      throw new ScriptFault('Conditional format rule ranges must all be on the same sheet.');
    if (this.#rule.criteria === 'CUSTOM_FORMULA') requireFormula(String(this.#rule.values[0]));
    return this.#rule;
  }
  copy(): ConditionalFormatRuleBuilder {
    return new ConditionalFormatRuleBuilder(this.run, this.#rule, this.#sheet);
  }
  getBooleanCondition(): BooleanCondition | null {
    return this.#rule.criteria === '' ? null : new BooleanCondition(this.run, this.#rule);
  }
  getGradientCondition(): null {
    return null;
  }
  getRanges(): Range[] {
    const sheet = this.#sheet;
    return sheet ? this.#rule.areas.map((area) => make.range(this.run, sheet, area)) : [];
  }
}

const conditionMembers = members('BooleanCondition', {
  pure: {
    getCriteriaType: '',
    getCriteriaValues: '',
    getBackground: '',
    getFontColor: '',
    getBold: '',
    getItalic: '',
    getUnderline: '',
    getStrikethrough: '',
  },
});

class BooleanCondition extends ServiceObject {
  readonly serviceName = 'BooleanCondition';
  readonly members = conditionMembers;
  readonly #rule: ConditionalRule;
  constructor(run: Execution, rule: ConditionalRule) {
    super(run);
    this.#rule = rule;
  }
  getCriteriaType(): EnumValue {
    return BooleanCriteria[this.#rule.criteria as keyof typeof BooleanCriteria]; // stored from the enumeration
  }
  getCriteriaValues(): unknown[] {
    return [...this.#rule.values];
  }
  getBackground(): string | null {
    return this.#rule.format.background ?? null;
  }
  getFontColor(): string | null {
    return this.#rule.format.fontColor ?? null;
  }
  getBold(): boolean | null {
    return this.#rule.format.bold ?? null;
  }
  getItalic(): boolean | null {
    return this.#rule.format.italic ?? null;
  }
  getUnderline(): boolean | null {
    return this.#rule.format.underline ?? null;
  }
  getStrikethrough(): boolean | null {
    return this.#rule.format.strikethrough ?? null;
  }
}

const builderMembers = members('ConditionalFormatRuleBuilder', {
  pure: {
    build: '',
    copy: '',
    getBooleanCondition: '',
    getGradientCondition: '',
    getRanges: '',
    setRanges: 'Range[]',
    setBackground: 'str?',
    setFontColor: 'str?',
    setBold: 'bool?',
    setItalic: 'bool?',
    setUnderline: 'bool?',
    setStrikethrough: 'bool?',
    whenCellEmpty: '',
    whenCellNotEmpty: '',
    whenFormulaSatisfied: 'str',
    whenNumberBetween: 'num,num',
    whenNumberEqualTo: 'num',
    whenNumberGreaterThan: 'num',
    whenNumberGreaterThanOrEqualTo: 'num',
    whenNumberLessThan: 'num',
    whenNumberLessThanOrEqualTo: 'num',
    whenNumberNotBetween: 'num,num',
    whenNumberNotEqualTo: 'num',
    whenTextContains: 'str',
    whenTextDoesNotContain: 'str',
    whenTextEndsWith: 'str',
    whenTextEqualTo: 'str',
    whenTextStartsWith: 'str',
    withCriteria: 'BooleanCriteria,any[]',
  },
});

export class ConditionalFormatRuleBuilder extends ServiceObject {
  readonly serviceName = 'ConditionalFormatRuleBuilder';
  readonly members = builderMembers;
  #rule: ConditionalRule;
  #sheet: SheetModel | null;
  constructor(run: Execution, rule: ConditionalRule = NOTHING, sheet: SheetModel | null = null) {
    super(run);
    this.#rule = rule;
    this.#sheet = sheet;
  }
  override family(): Family {
    return 'document';
  }
  build(): ConditionalFormatRule {
    if (this.#rule.areas.length === 0) throw new ScriptFault('A conditional format rule must have at least one range.');
    if (this.#rule.criteria === '') throw new ScriptFault('A conditional format rule must have a condition.');
    return new ConditionalFormatRule(this.run, this.#rule, this.#sheet);
  }
  copy(): ConditionalFormatRuleBuilder {
    return new ConditionalFormatRuleBuilder(this.run, this.#rule, this.#sheet);
  }
  getBooleanCondition(): BooleanCondition | null {
    return this.#rule.criteria === '' ? null : new BooleanCondition(this.run, this.#rule);
  }
  getGradientCondition(): null {
    return null;
  }
  getRanges(): Range[] {
    const sheet = this.#sheet;
    return sheet ? this.#rule.areas.map((area) => make.range(this.run, sheet, area)) : [];
  }
  setRanges(ranges: readonly Range[]): this {
    this.#sheet = ranges[0]?.sheet ?? null;
    if (ranges.some((range) => range.sheet !== this.#sheet)) {
      throw new ScriptFault('Conditional format rule ranges must all be on the same sheet.');
    }
    this.#rule = { ...this.#rule, areas: ranges.map((range) => range.area) };
    return this;
  }
  #format(format: ConditionalRule['format']): this {
    this.#rule = { ...this.#rule, format: { ...this.#rule.format, ...format } };
    return this;
  }
  setBackground(background: string | null): this {
    return this.#format({ background });
  }
  setFontColor(fontColor: string | null): this {
    return this.#format({ fontColor });
  }
  setBold(bold: boolean | null): this {
    return this.#format({ bold });
  }
  setItalic(italic: boolean | null): this {
    return this.#format({ italic });
  }
  setUnderline(underline: boolean | null): this {
    return this.#format({ underline });
  }
  setStrikethrough(strikethrough: boolean | null): this {
    return this.#format({ strikethrough });
  }
  withCriteria(criteria: EnumValue, args: readonly unknown[]): this {
    return this.when(criteria.name(), args);
  }
  when(criteria: string, args: readonly unknown[]): this {
    this.#rule = { ...this.#rule, criteria, values: args as ConditionalRule['values'] }; // tokens of the member list
    return this;
  }
}

for (const name of Object.keys(builderMembers)) {
  if (!name.startsWith('when')) continue;
  const criteria =
    name === 'whenFormulaSatisfied'
      ? 'CUSTOM_FORMULA'
      : name
          .slice(4)
          .replace(/(?!^)([A-Z])/g, '_$1')
          .toUpperCase();
  Object.defineProperty(ConditionalFormatRuleBuilder.prototype, name, {
    value: function (this: ConditionalFormatRuleBuilder, ...args: unknown[]) {
      return this.when(criteria, args);
    },
    configurable: true,
  });
}
