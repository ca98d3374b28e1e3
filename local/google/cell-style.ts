/**
 * What a cell looks like, as one shared immutable object per distinct look: a sheet of 100,000 text cells holds one.
 */
import { isDateFormat } from 'numfmt';

export type StyleAttributes = {
  /** Pattern; absent means automatic. */
  readonly numberFormat?: string;
  readonly background?: string;
  readonly fontColor?: string;
  readonly fontFamily?: string;
  readonly fontSize?: number;
  readonly fontWeight?: string;
  readonly fontStyle?: string;
  readonly fontLine?: string;
  readonly horizontalAlignment?: string;
  readonly verticalAlignment?: string;
  readonly wrapStrategy?: string;
  readonly border?: string;
};
export type StyleKey = keyof StyleAttributes;

/** What `Range` answers for an attribute nobody set. */
export const styleDefaults = {
  numberFormat: '0.###############',
  background: '#ffffff',
  fontColor: '#000000',
  fontFamily: 'Arial',
  fontSize: 10,
  fontWeight: 'normal',
  fontStyle: 'normal',
  fontLine: 'none',
  horizontalAlignment: 'general',
  verticalAlignment: 'bottom',
  wrapStrategy: 'OVERFLOW',
  border: '',
} as const satisfies Record<StyleKey, string | number>;

const known = new Map<string, CellStyle>();
const datePatterns = new Map<string, boolean>();

/** Whether numbers under this pattern are dates, times or durations. */
export const isDatePattern = (pattern: string): boolean => {
  let answer = datePatterns.get(pattern);
  if (answer === undefined) {
    try {
      answer = isDateFormat(pattern);
    } catch {
      answer = false;
    }
    datePatterns.set(pattern, answer);
  }
  return answer;
};

export class CellStyle {
  readonly attributes: StyleAttributes;
  /** Numbers in this cell read as dates. */
  readonly isDate: boolean;
  /** The pattern is `@`: what is written stays text. */
  readonly isText: boolean;
  readonly #next = new Map<string, CellStyle>();

  private constructor(attributes: StyleAttributes) {
    this.attributes = attributes;
    this.isDate = attributes.numberFormat !== undefined && isDatePattern(attributes.numberFormat);
    this.isText = attributes.numberFormat === '@';
  }

  static of(attributes: StyleAttributes): CellStyle {
    const key = JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
    let style = known.get(key);
    if (!style) {
      style = new CellStyle(attributes);
      known.set(key, style);
    }
    return style;
  }

  get<K extends StyleKey>(key: K): StyleAttributes[K] {
    return this.attributes[key];
  }

  /** The same look with one attribute changed; `undefined` resets it. */
  with(key: StyleKey, value: string | number | undefined): CellStyle {
    const step = `${key}\u0000${value ?? ''}`;
    let next = this.#next.get(step);
    if (!next) {
      const { [key]: _dropped, ...rest } = this.attributes;
      next = CellStyle.of(value === undefined ? rest : { ...rest, [key]: value });
      this.#next.set(step, next);
    }
    return next;
  }
}

export const plainStyle = CellStyle.of({});
