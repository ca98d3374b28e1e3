/**
 * `EmbeddedChart`, its builder and place, and the enumerations of `Charts`: as much as draws bars over ranges of the chart's own sheet.
 * A chart is on the sheet when the sheet has taken it; what a builder changes counts from then on.
 * Source: official reference, "Class EmbeddedChartBuilder", "Class EmbeddedChart", "Enum ChartMergeStrategy".
 */
import type { Area } from './area';
import type { Family } from './authorization';
import type { ChartModel } from './chart-data';
import { ChartMergeStrategy, ChartType, type EnumValue } from './enums';
import { ScriptFault, texts } from './errors';
import type { Execution } from './execution';
import { make } from './make';
import { members } from './members';
import type { Range } from './range';
import { ServiceObject } from './service-object';
import type { SheetModel } from './sheet-model';

const chartsMembers = members('Charts', {});

export class Charts extends ServiceObject {
  readonly serviceName = 'Charts';
  readonly members = chartsMembers;
  override get constants(): Readonly<Record<string, unknown>> {
    return { ChartType, ChartMergeStrategy };
  }
}

/** A chart that no sheet has taken yet has no id. */
type Draft = Omit<ChartModel, 'id'> & { readonly id: number | null };

const EMPTY: Draft = {
  id: null,
  type: '',
  ranges: [],
  headers: 0,
  options: {},
  row: 0,
  column: 0,
  offsetX: 0,
  offsetY: 0,
};

const rangesOf = (run: Execution, sheet: SheetModel, areas: readonly Area[]): Range[] =>
  areas.map((area) => make.range(run, sheet, area));

const optionMembers = members('ChartOptions', { pure: { get: 'str' } });

class ChartOptions extends ServiceObject {
  readonly serviceName = 'ChartOptions';
  readonly members = optionMembers;
  readonly #options: Draft['options'];
  constructor(run: Execution, options: Draft['options']) {
    super(run);
    this.#options = options;
  }
  get(option: string): unknown {
    return this.#options[option] ?? null;
  }
}

const placeMembers = members('ContainerInfo', {
  pure: { getAnchorRow: '', getAnchorColumn: '', getOffsetX: '', getOffsetY: '' },
});

class ContainerInfo extends ServiceObject {
  readonly serviceName = 'ContainerInfo';
  readonly members = placeMembers;
  readonly #chart: Draft;
  constructor(run: Execution, chart: Draft) {
    super(run);
    this.#chart = chart;
  }
  getAnchorRow(): number {
    return this.#chart.row + 1;
  }
  getAnchorColumn(): number {
    return this.#chart.column + 1;
  }
  getOffsetX(): number {
    return this.#chart.offsetX;
  }
  getOffsetY(): number {
    return this.#chart.offsetY;
  }
}

const chartMembers = members('EmbeddedChart', {
  pure: { getChartId: '', getRanges: '', getContainerInfo: '', getOptions: '', modify: '' },
});

export class EmbeddedChart extends ServiceObject {
  readonly serviceName = 'EmbeddedChart';
  readonly members = chartMembers;
  readonly sheet: SheetModel;
  readonly draft: Draft;
  constructor(run: Execution, sheet: SheetModel, draft: Draft) {
    super(run);
    this.sheet = sheet;
    this.draft = draft;
  }
  override family(): Family {
    return 'document';
  }
  getChartId(): number | null {
    return this.draft.id;
  }
  getRanges(): Range[] {
    return rangesOf(this.run, this.sheet, this.draft.ranges);
  }
  getContainerInfo(): ContainerInfo {
    return new ContainerInfo(this.run, this.draft);
  }
  getOptions(): ChartOptions {
    return new ChartOptions(this.run, this.draft.options);
  }
  modify(): EmbeddedChartBuilder {
    return new EmbeddedChartBuilder(this.run, this.sheet, this.draft);
  }
}

const builderMembers = members('EmbeddedChartBuilder', {
  pure: {
    addRange: 'Range',
    clearRanges: '',
    getRanges: '',
    setChartType: 'ChartType',
    setMergeStrategy: 'ChartMergeStrategy',
    setNumHeaders: 'int',
    setOption: 'str,any',
    setPosition: 'int,int,int,int',
    build: '',
  },
});

const sameArea = (a: Area, b: Area): boolean =>
  a.row === b.row && a.column === b.column && a.rows === b.rows && a.columns === b.columns;

export class EmbeddedChartBuilder extends ServiceObject {
  readonly serviceName = 'EmbeddedChartBuilder';
  readonly members = builderMembers;
  readonly #sheet: SheetModel;
  #draft: Draft;
  constructor(run: Execution, sheet: SheetModel, draft: Draft = EMPTY) {
    super(run);
    this.#sheet = sheet;
    this.#draft = draft;
  }
  override family(): Family {
    return 'document';
  }
  #with(change: Partial<Draft>): this {
    this.#draft = { ...this.#draft, ...change };
    return this;
  }
  addRange(range: Range): this {
    // The platform draws ranges of other sheets too; here a chart would not follow their lines.
    if (range.sheet !== this.#sheet)
      throw new ScriptFault('local Google does not support charts over ranges of other sheets');
    const { ranges } = this.#draft;
    return ranges.some((area) => sameArea(area, range.area)) ? this : this.#with({ ranges: [...ranges, range.area] });
  }
  clearRanges(): this {
    return this.#with({ ranges: [] });
  }
  getRanges(): Range[] {
    return rangesOf(this.run, this.#sheet, this.#draft.ranges);
  }
  setChartType(type: EnumValue): this {
    return this.#with({ type: type.name() });
  }
  setMergeStrategy(strategy: EnumValue): this {
    if (strategy !== ChartMergeStrategy.MERGE_COLUMNS) throw new ScriptFault('local Google merges columns only');
    return this;
  }
  setNumHeaders(headers: number): this {
    if (headers < 0) throw new ScriptFault('Invalid argument: headers');
    return this.#with({ headers });
  }
  setOption(option: string, value: unknown): this {
    return this.#with({ options: { ...this.#draft.options, [option]: value } });
  }
  /** Rows and columns count from 1. */
  setPosition(row: number, column: number, offsetX: number, offsetY: number): this {
    const grid = this.run.pending.sizeOf(this.#sheet);
    if (row < 1 || column < 1 || offsetX < 0 || offsetY < 0) throw new ScriptFault(texts.badCoordinates);
    if (row > grid.rows || column > grid.columns) throw new ScriptFault(texts.outsideGrid);
    return this.#with({ row: row - 1, column: column - 1, offsetX, offsetY });
  }
  build(): EmbeddedChart {
    // What the platform draws of a chart without these is not documented.
    if (this.#draft.type === '') throw new ScriptFault('A chart must have a type.');
    if (this.#draft.ranges.length === 0) throw new ScriptFault('A chart must have at least one range.');
    return new EmbeddedChart(this.run, this.#sheet, this.#draft);
  }
}
