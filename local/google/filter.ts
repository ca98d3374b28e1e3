/** The basic filter of a sheet: criteria hide rows, sorting reorders them. */
import type { Family } from './authorization';
import { meets } from './criteria-test';
import { BooleanCriteria, type EnumValue } from './enums';
import { ScriptFault } from './errors';
import type { Execution } from './execution';
import { make } from './make';
import { members } from './members';
import { displayText } from './number-format';
import type { Range } from './range';
import { ServiceObject } from './service-object';
import type { FilterCriterion, SheetModel } from './sheet-model';
import { reorderRows, sortedOrder } from './structure';

/** Hides and shows the rows of the filter's area after its criteria. The first row is the header. */
export const applyFilter = (sheet: SheetModel): void => {
  for (const row of sheet.cells.rows) if (row) row.hiddenByFilter = false;
  const { filter } = sheet;
  if (!filter) return;
  for (let row = filter.area.row + 1; row < filter.area.row + filter.area.rows; row++) {
    const hidden = [...filter.criteria].some(([column, criterion]) => !passes(sheet, row, column, criterion));
    if (hidden) sheet.cells.rowAt(row).hiddenByFilter = true;
  }
};

const passes = (sheet: SheetModel, row: number, column: number, criterion: FilterCriterion): boolean => {
  const value = sheet.cells.value(row, column);
  const shown = displayText(value, sheet.cells.style(row, column), sheet.workbook.locale);
  if (criterion.hiddenValues?.includes(shown)) return false;
  if (criterion.visibleValues && !criterion.visibleValues.includes(shown)) return false;
  return criterion.criteria === null || (meets(criterion.criteria, criterion.args, value) ?? true);
};

const filterMembers = members('Filter', {
  read: { getColumnFilterCriteria: 'int', getRange: '' },
  structure: {
    remove: '',
    removeColumnFilterCriteria: 'int',
    setColumnFilterCriteria: 'int,FilterCriteria?',
    sort: 'int,bool',
  },
});

export class Filter extends ServiceObject {
  readonly serviceName = 'Filter';
  readonly members = filterMembers;
  readonly #sheet: SheetModel;
  constructor(run: Execution, sheet: SheetModel) {
    super(run);
    this.#sheet = sheet;
  }
  override family(): Family {
    return 'document';
  }
  override get readsFrom(): SheetModel {
    return this.#sheet;
  }
  #living(): NonNullable<SheetModel['filter']> {
    const { filter } = this.#sheet;
    if (!filter) throw new ScriptFault('The filter no longer exists.');
    return filter;
  }
  getRange(): Range {
    return make.range(this.run, this.#sheet, this.#living().area);
  }
  getColumnFilterCriteria(column: number): FilterCriteria | null {
    const criterion = this.#living().criteria.get(column - 1);
    return criterion ? new FilterCriteria(this.run, criterion) : null;
  }
  setColumnFilterCriteria(column: number, criteria: FilterCriteria | null): this {
    this.run.pending.flush();
    const { area, criteria: all } = this.#living();
    if (column - 1 < area.column || column - 1 >= area.column + area.columns)
      throw new ScriptFault('Column is outside the filter range.');
    if (criteria) all.set(column - 1, criteria.criterion);
    else all.delete(column - 1);
    applyFilter(this.#sheet);
    return this;
  }
  removeColumnFilterCriteria(column: number): this {
    return this.setColumnFilterCriteria(column, null);
  }
  sort(column: number, ascending: boolean): this {
    this.run.pending.flush();
    const { area } = this.#living();
    const rows = { ...area, row: area.row + 1, rows: area.rows - 1 };
    this.run.world.settle(this.#sheet);
    reorderRows(
      this.#sheet,
      rows,
      sortedOrder(this.#sheet, rows, [{ column: column - 1, ascending }]),
      this.run.world.platform.metadataOnSort === 'follows',
    );
    applyFilter(this.#sheet);
    return this;
  }
  remove(): void {
    this.run.pending.flush();
    this.#living();
    this.#sheet.filter = null;
    applyFilter(this.#sheet);
  }
}

const EMPTY: FilterCriterion = { hiddenValues: null, visibleValues: null, criteria: null, args: [] };
const readers = { copy: '', getCriteriaType: '', getCriteriaValues: '', getHiddenValues: '', getVisibleValues: '' };

abstract class CriteriaView extends ServiceObject {
  abstract readonly criterion: FilterCriterion;
  getCriteriaType(): EnumValue | null {
    const { criteria } = this.criterion;
    return criteria === null ? null : BooleanCriteria[criteria as keyof typeof BooleanCriteria]; // stored from the enumeration
  }
  getCriteriaValues(): unknown[] {
    return [...this.criterion.args];
  }
  getHiddenValues(): readonly string[] | null {
    return this.criterion.hiddenValues;
  }
  getVisibleValues(): readonly string[] | null {
    return this.criterion.visibleValues;
  }
  copy(): FilterCriteriaBuilder {
    return new FilterCriteriaBuilder(this.run, this.criterion);
  }
}

class FilterCriteria extends CriteriaView {
  readonly serviceName = 'FilterCriteria';
  readonly members = members('FilterCriteria', { pure: readers });
  readonly criterion: FilterCriterion;
  constructor(run: Execution, criterion: FilterCriterion) {
    super(run);
    this.criterion = criterion;
  }
}

const builderMembers = members('FilterCriteriaBuilder', {
  pure: {
    ...readers,
    build: '',
    setHiddenValues: 'str[]',
    setVisibleValues: 'str[]',
    withCriteria: 'BooleanCriteria,any[]',
    whenCellEmpty: '',
    whenCellNotEmpty: '',
    whenTextContains: 'str',
    whenTextDoesNotContain: 'str',
    whenTextEqualTo: 'str',
    whenNumberGreaterThan: 'num',
    whenNumberLessThan: 'num',
    whenNumberEqualTo: 'num',
  },
});

export class FilterCriteriaBuilder extends CriteriaView {
  readonly serviceName = 'FilterCriteriaBuilder';
  readonly members = builderMembers;
  criterion: FilterCriterion;
  constructor(run: Execution, criterion: FilterCriterion = EMPTY) {
    super(run);
    this.criterion = criterion;
  }
  build(): FilterCriteria {
    return new FilterCriteria(this.run, this.criterion);
  }
  setHiddenValues(hiddenValues: readonly string[]): this {
    this.criterion = { ...this.criterion, hiddenValues: [...hiddenValues], visibleValues: null };
    return this;
  }
  setVisibleValues(visibleValues: readonly string[]): this {
    this.criterion = { ...this.criterion, visibleValues: [...visibleValues], hiddenValues: null };
    return this;
  }
  withCriteria(criteria: EnumValue, args: readonly unknown[]): this {
    return this.when(criteria.name(), args);
  }
  when(criteria: string, args: readonly unknown[]): this {
    this.criterion = { ...this.criterion, criteria, args: args as FilterCriterion['args'] }; // tokens of the member list
    return this;
  }
}

for (const name of Object.keys(builderMembers)) {
  if (!name.startsWith('when')) continue;
  Object.defineProperty(FilterCriteriaBuilder.prototype, name, {
    value: function (this: FilterCriteriaBuilder, ...args: unknown[]) {
      return this.when(
        name
          .slice(4)
          .replace(/(?!^)([A-Z])/g, '_$1')
          .toUpperCase(),
        args,
      );
    },
    configurable: true,
  });
}
