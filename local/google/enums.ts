/** Enumerations of the services. Values are shared objects: `===` holds, and JSON gives the name, as on the platform. */

export class EnumValue {
  readonly enumName: string;
  readonly #name: string;
  readonly #ordinal: number;
  constructor(enumName: string, name: string, ordinal: number) {
    Object.defineProperty(this, 'enumName', { value: enumName, enumerable: false });
    this.enumName = enumName;
    this.#name = name;
    this.#ordinal = ordinal;
    Object.freeze(this);
  }
  name(): string {
    return this.#name;
  }
  ordinal(): number {
    return this.#ordinal;
  }
  compareTo(other: EnumValue): number {
    return this.#ordinal - other.ordinal();
  }
  toString(): string {
    return this.#name;
  }
  toJSON(): string {
    return this.#name;
  }
}

export type Enum<N extends string> = Readonly<Record<N, EnumValue>>;

const enumeration = <const N extends string>(enumName: string, names: readonly N[]): Enum<N> => {
  const values: Record<string, EnumValue> = {};
  names.forEach((name, ordinal) => {
    values[name] = new EnumValue(enumName, name, ordinal);
  });
  // An unknown name must not read as undefined: `switch` on it would silently fall through.
  return new Proxy(Object.freeze(values), {
    get: (target, key) => {
      if (typeof key === 'symbol' || key in target) return Reflect.get(target, key);
      if (key === 'then' || key === 'toJSON' || key === '$$typeof' || key === 'asymmetricMatch') return undefined;
      throw new TypeError(`local Google does not support ${enumName}.${key}`);
    },
  }) as Enum<N>;
};

export const DeveloperMetadataVisibility = enumeration('DeveloperMetadataVisibility', ['DOCUMENT', 'PROJECT']);
export const DeveloperMetadataLocationType = enumeration('DeveloperMetadataLocationType', [
  'SPREADSHEET',
  'SHEET',
  'ROW',
  'COLUMN',
]);
export const ProtectionType = enumeration('ProtectionType', ['RANGE', 'SHEET']);
export const CopyPasteType = enumeration('CopyPasteType', [
  'PASTE_NORMAL',
  'PASTE_NO_BORDERS',
  'PASTE_FORMAT',
  'PASTE_FORMULA',
  'PASTE_DATA_VALIDATION',
  'PASTE_VALUES',
  'PASTE_CONDITIONAL_FORMATTING',
  'PASTE_COLUMN_WIDTHS',
]);
export const WrapStrategy = enumeration('WrapStrategy', ['WRAP', 'OVERFLOW', 'CLIP']);
export const Dimension = enumeration('Dimension', ['COLUMNS', 'ROWS']);
export const SheetType = enumeration('SheetType', ['GRID', 'OBJECT', 'DATASOURCE']);
export const AutoFillSeries = enumeration('AutoFillSeries', ['DEFAULT_SERIES', 'ALTERNATE_SERIES']);
export const BorderStyle = enumeration('BorderStyle', [
  'DOTTED',
  'DASHED',
  'SOLID',
  'SOLID_MEDIUM',
  'SOLID_THICK',
  'DOUBLE',
]);
const comparisons = [
  'NUMBER_BETWEEN',
  'NUMBER_EQUAL_TO',
  'NUMBER_GREATER_THAN',
  'NUMBER_GREATER_THAN_OR_EQUAL_TO',
  'NUMBER_LESS_THAN',
  'NUMBER_LESS_THAN_OR_EQUAL_TO',
  'NUMBER_NOT_BETWEEN',
  'NUMBER_NOT_EQUAL_TO',
  'TEXT_CONTAINS',
  'TEXT_DOES_NOT_CONTAIN',
  'TEXT_EQUAL_TO',
] as const;
export const DataValidationCriteria = enumeration('DataValidationCriteria', [
  'DATE_AFTER',
  'DATE_BEFORE',
  'DATE_BETWEEN',
  'DATE_EQUAL_TO',
  'DATE_IS_VALID_DATE',
  'DATE_NOT_BETWEEN',
  'DATE_ON_OR_AFTER',
  'DATE_ON_OR_BEFORE',
  ...comparisons,
  'TEXT_IS_VALID_EMAIL',
  'TEXT_IS_VALID_URL',
  'VALUE_IN_LIST',
  'VALUE_IN_RANGE',
  'CUSTOM_FORMULA',
  'CHECKBOX',
]);
export const BooleanCriteria = enumeration('BooleanCriteria', [
  'CELL_EMPTY',
  'CELL_NOT_EMPTY',
  'DATE_AFTER',
  'DATE_BEFORE',
  'DATE_EQUAL_TO',
  ...comparisons,
  'TEXT_STARTS_WITH',
  'TEXT_ENDS_WITH',
  'CUSTOM_FORMULA',
]);
export const AuthMode = enumeration('AuthMode', ['NONE', 'CUSTOM_FUNCTION', 'LIMITED', 'FULL']);
export const AuthorizationStatus = enumeration('AuthorizationStatus', ['REQUIRED', 'NOT_REQUIRED']);
export const EventType = enumeration('EventType', [
  'CLOCK',
  'ON_OPEN',
  'ON_EDIT',
  'ON_FORM_SUBMIT',
  'ON_CHANGE',
  'ON_EVENT_UPDATED',
]);
export const TriggerSource = enumeration('TriggerSource', ['SPREADSHEETS', 'CLOCK', 'FORMS', 'DOCUMENTS', 'CALENDAR']);
export const WeekDay = enumeration('Weekday', [
  'SUNDAY',
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
]);
export const Button = enumeration('Button', ['CLOSE', 'OK', 'CANCEL', 'YES', 'NO']);
export const ButtonSet = enumeration('ButtonSet', ['OK', 'OK_CANCEL', 'YES_NO', 'YES_NO_CANCEL']);
export const XFrameOptionsMode = enumeration('XFrameOptionsMode', ['ALLOWALL', 'DEFAULT']);
export const SandboxMode = enumeration('SandboxMode', ['EMULATED', 'IFRAME', 'NATIVE']);
export const DigestAlgorithm = enumeration('DigestAlgorithm', ['MD2', 'MD5', 'SHA_1', 'SHA_256', 'SHA_384', 'SHA_512']);
export const MacAlgorithm = enumeration('MacAlgorithm', [
  'HMAC_MD5',
  'HMAC_SHA_1',
  'HMAC_SHA_256',
  'HMAC_SHA_384',
  'HMAC_SHA_512',
]);
/** Kinds that the workbench draws; the platform has others. */
export const ChartType = enumeration('ChartType', ['BAR', 'COLUMN', 'HISTOGRAM']);
export const ChartMergeStrategy = enumeration('ChartMergeStrategy', ['MERGE_COLUMNS', 'MERGE_ROWS']);
export const Charset = enumeration('Charset', ['US_ASCII', 'UTF_8']);
