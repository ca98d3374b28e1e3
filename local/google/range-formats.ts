/**
 * The formatting half of `Range`: one row of a table per attribute gives its four methods (get and set, one and many).
 * Illegal colours and the like are ignored silently, as on the platform (facts 7.3).
 */
import type { Area } from './area';
import { type StyleKey, styleDefaults } from './cell-style';
import { type EnumValue, WrapStrategy } from './enums';
import { ScriptFault, texts } from './errors';
import type { CallEffect } from './members';
import { ServiceObject } from './service-object';
import type { SheetModel } from './sheet-model';

type Stored = string | number | undefined;
type Attribute = {
  readonly one: string;
  readonly many: string;
  readonly key: StyleKey;
  /** Token of an argument in the member list. */
  readonly token: string;
  /** Argument → stored value; `null` leaves the cell alone. */
  readonly store: (given: unknown) => { readonly value: Stored } | null;
  readonly show: (stored: Stored) => unknown;
};

const named: Record<string, string> = {
  white: '#ffffff',
  black: '#000000',
  red: '#ff0000',
  green: '#008000',
  blue: '#0000ff',
  yellow: '#ffff00',
  orange: '#ffa500',
  gray: '#808080',
  grey: '#808080',
  lightgray: '#d3d3d3',
  lightgrey: '#d3d3d3',
  purple: '#800080',
  pink: '#ffc0cb',
  transparent: '#ffffff',
};

const color = (given: unknown): { value: Stored } | null => {
  if (given === null || given === '') return { value: undefined };
  const text = String(given).toLowerCase();
  const short = /^#([\da-f])([\da-f])([\da-f])$/.exec(text);
  if (short) return { value: `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` };
  if (/^#[\da-f]{6}$/.test(text)) return { value: text };
  return text in named ? { value: named[text] } : null;
};
const oneOf =
  (...legal: string[]) =>
  (given: unknown): { value: Stored } | null => {
    if (given === null || given === 'normal') return { value: undefined };
    return legal.includes(String(given)) ? { value: String(given) } : null;
  };
const any = (given: unknown): { value: Stored } => ({ value: given === null ? undefined : (given as Stored) });
const shown =
  (key: StyleKey) =>
  (stored: Stored): unknown =>
    stored ?? styleDefaults[key];

const attributes: readonly Attribute[] = [
  { one: 'Background', many: 'Backgrounds', key: 'background', token: 'str?', store: color, show: shown('background') },
  { one: 'FontColor', many: 'FontColors', key: 'fontColor', token: 'str?', store: color, show: shown('fontColor') },
  { one: 'FontFamily', many: 'FontFamilies', key: 'fontFamily', token: 'str?', store: any, show: shown('fontFamily') },
  { one: 'FontSize', many: 'FontSizes', key: 'fontSize', token: 'int', store: any, show: shown('fontSize') },
  {
    one: 'FontWeight',
    many: 'FontWeights',
    key: 'fontWeight',
    token: 'str?',
    store: oneOf('bold'),
    show: shown('fontWeight'),
  },
  {
    one: 'FontStyle',
    many: 'FontStyles',
    key: 'fontStyle',
    token: 'str?',
    store: oneOf('italic'),
    show: shown('fontStyle'),
  },
  {
    one: 'FontLine',
    many: 'FontLines',
    key: 'fontLine',
    token: 'str?',
    store: oneOf('underline', 'line-through', 'none'),
    show: shown('fontLine'),
  },
  {
    one: 'HorizontalAlignment',
    many: 'HorizontalAlignments',
    key: 'horizontalAlignment',
    token: 'str?',
    store: oneOf('left', 'center', 'right'),
    show: shown('horizontalAlignment'),
  },
  {
    one: 'VerticalAlignment',
    many: 'VerticalAlignments',
    key: 'verticalAlignment',
    token: 'str?',
    store: oneOf('top', 'middle', 'bottom'),
    show: shown('verticalAlignment'),
  },
  {
    one: 'NumberFormat',
    many: 'NumberFormats',
    key: 'numberFormat',
    token: 'str',
    store: (given) => ({ value: /^general$/i.test(String(given)) || given === '' ? undefined : (given as string) }),
    show: shown('numberFormat'),
  },
  {
    one: 'Wrap',
    many: 'Wraps',
    key: 'wrapStrategy',
    token: 'bool',
    store: (given) => ({ value: given ? 'WRAP' : 'OVERFLOW' }),
    show: (stored) => stored === 'WRAP',
  },
  {
    one: 'WrapStrategy',
    many: 'WrapStrategies',
    key: 'wrapStrategy',
    token: 'WrapStrategy',
    store: (given) => ({ value: (given as EnumValue).name() }),
    show: (stored) => WrapStrategy[(stored ?? 'OVERFLOW') as keyof typeof WrapStrategy],
  },
];

const readable: Record<string, string> = Object.fromEntries(
  attributes.flatMap(({ one, many }) => [
    [`get${one}`, ''],
    [`get${many}`, ''],
  ]),
);
const writable: Record<string, string> = Object.fromEntries(
  attributes.flatMap(({ one, many, token }) => [
    [`set${one}`, token],
    [`set${many}`, 'any[][]'],
  ]),
);

const BORDERS = 'bool?,bool?,bool?,bool?,bool?,bool?';
/** Members of this half, by effect. */
export const formatMembers: Partial<Record<CallEffect, Record<string, string>>> = {
  read: readable,
  write: {
    ...writable,
    setBackgroundRGB: 'int,int,int',
    setBorder: `${BORDERS} | ${BORDERS},str?,BorderStyle?`,
    clearFormat: '',
  },
};

export abstract class FormattedRange extends ServiceObject {
  readonly sheet: SheetModel;
  readonly area: Area;
  constructor(run: ServiceObject['run'], sheet: SheetModel, area: Area) {
    super(run);
    this.sheet = sheet;
    this.area = area;
  }

  /** A block of per-cell answers. */
  protected grid<T>(answer: (row: number, column: number) => T): T[][] {
    const { row, column, rows, columns } = this.area;
    const block: T[][] = [];
    for (let i = 0; i < rows; i++) {
      const line: T[] = [];
      for (let j = 0; j < columns; j++) line.push(answer(row + i, column + j));
      block.push(line);
    }
    return block;
  }
  /** Buffers a change of every cell. */
  protected each(change: (row: number, column: number, i: number, j: number) => void): this {
    const { sheet, area } = this;
    this.run.write(sheet, () => {
      const rows = Math.min(area.rows, sheet.maxRows - area.row);
      const columns = Math.min(area.columns, sheet.maxColumns - area.column);
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) change(area.row + i, area.column + j, i, j);
    });
    return this;
  }
  /** @throws Google's sentence when the block has not the size of the range. */
  protected requireShape(block: readonly (readonly unknown[])[]): void {
    if (block.length !== this.area.rows) throw new ScriptFault(texts.wrongRows(block.length, this.area.rows));
    for (const row of block) {
      if (row.length !== this.area.columns) throw new ScriptFault(texts.wrongColumns(row.length, this.area.columns));
    }
  }
  protected setOne(key: StyleKey, value: Stored): this {
    return this.each((row, column) => this.sheet.cells.setAttribute(row, column, key, value));
  }

  setBackgroundRGB(red: number, green: number, blue: number): this {
    const hex = [red, green, blue]
      .map((part) => Math.max(0, Math.min(255, part)).toString(16).padStart(2, '0'))
      .join('');
    return this.setOne('background', `#${hex}`);
  }
  /** Kept as one text per cell: enough to see that borders are left alone or set. */
  setBorder(...sides: unknown[]): this {
    return this.setOne(
      'border',
      sides.every((side) => side === null)
        ? undefined
        : sides.map((side) => (side === null ? '-' : String(side))).join(' '),
    );
  }
  clearFormat(): this {
    return this.each((row, column) => {
      for (const key of Object.keys(this.sheet.cells.style(row, column).attributes)) {
        this.sheet.cells.setAttribute(row, column, key as StyleKey, undefined);
      }
    });
  }
}

/** Writes the methods of the table onto the class. */
const define = (name: string, body: (this: FormattedRange, ...args: never[]) => unknown): void => {
  Object.defineProperty(FormattedRange.prototype, name, { value: body, writable: true, configurable: true });
};
type Opened = {
  grid<T>(answer: (row: number, column: number) => T): T[][];
  each(change: (row: number, column: number, i: number, j: number) => void): unknown;
  requireShape(block: readonly (readonly unknown[])[]): void;
};
/** The table's methods belong to the class: they may use its protected members. */
const opened = (range: FormattedRange): Opened => range as unknown as Opened;

for (const { one, many, key, store, show } of attributes) {
  define(`get${one}`, function () {
    return show(this.sheet.cells.style(this.area.row, this.area.column).get(key));
  });
  define(`get${many}`, function () {
    return opened(this).grid((row, column) => show(this.sheet.cells.style(row, column).get(key)));
  });
  define(`set${one}`, function (given: unknown) {
    const stored = store(given);
    if (stored) opened(this).each((row, column) => this.sheet.cells.setAttribute(row, column, key, stored.value));
    return this;
  });
  define(`set${many}`, function (block: unknown[][]) {
    opened(this).requireShape(block);
    const stored = block.map((row) => row.map(store));
    opened(this).each((row, column, i, j) => {
      const cell = stored[i]?.[j];
      if (cell) this.sheet.cells.setAttribute(row, column, key, cell.value);
    });
    return this;
  });
}
