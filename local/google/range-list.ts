/** `RangeList`: several ranges that take a change together. */
import type { Family } from './authorization';
import type { Execution } from './execution';
import type { Range } from './range';
import { rangeListMembers } from './range-members';
import { ServiceObject } from './service-object';

export class RangeList extends ServiceObject {
  readonly serviceName = 'RangeList';
  readonly members = rangeListMembers;
  readonly ranges: readonly Range[];
  constructor(run: Execution, ranges: readonly Range[]) {
    super(run);
    this.ranges = ranges;
  }
  override get qualifiedName(): string {
    return 'SpreadsheetApp.RangeList';
  }
  override family(): Family {
    return 'document';
  }
  override get cellCount(): number {
    return this.ranges.reduce((n, range) => n + range.cellCount, 0);
  }
  getRanges(): readonly Range[] {
    return this.ranges;
  }
  activate(): this {
    this.ranges.at(-1)?.activate();
    return this;
  }
}

/** A list does to each of its ranges what the range would do. */
for (const name of Object.keys(rangeListMembers)) {
  if (name === 'getRanges' || name === 'activate') continue;
  Object.defineProperty(RangeList.prototype, name, {
    value: function (this: RangeList, ...args: unknown[]) {
      for (const range of this.ranges)
        (range as unknown as Record<string, (...given: unknown[]) => unknown>)[name]?.(...args);
      return this;
    },
    configurable: true,
  });
}
