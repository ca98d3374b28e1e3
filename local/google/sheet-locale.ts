/** How a spreadsheet's locale writes numbers, dates and formulas. */
import { Unsupported } from './errors';

export type SheetLocale = {
  readonly id: string;
  /** Tag for numfmt. */
  readonly tag: string;
  readonly decimal: '.' | ',';
  /** Separator of arguments in formulas; `;` is understood in every locale. */
  readonly argument: ',' | ';';
  readonly dateOrder: 'MDY' | 'DMY' | 'YMD';
  readonly dateSeparator: '/' | '.' | '-';
  readonly date: string;
  readonly time: string;
};

const point = { decimal: '.', argument: ',' } as const;
const comma = { decimal: ',', argument: ';' } as const;
const time24 = 'HH:mm:ss';

const locales: readonly SheetLocale[] = [
  {
    id: 'en_US',
    tag: 'en-US',
    ...point,
    dateOrder: 'MDY',
    dateSeparator: '/',
    date: 'M/d/yyyy',
    time: 'h:mm:ss am/pm',
  },
  { id: 'en_GB', tag: 'en-GB', ...point, dateOrder: 'DMY', dateSeparator: '/', date: 'dd/MM/yyyy', time: time24 },
  { id: 'en_AU', tag: 'en-AU', ...point, dateOrder: 'DMY', dateSeparator: '/', date: 'dd/MM/yyyy', time: time24 },
  { id: 'en_CA', tag: 'en-CA', ...point, dateOrder: 'YMD', dateSeparator: '-', date: 'yyyy-MM-dd', time: time24 },
  { id: 'en_IN', tag: 'en-IN', ...point, dateOrder: 'DMY', dateSeparator: '/', date: 'dd/MM/yyyy', time: time24 },
  { id: 'de_DE', tag: 'de', ...comma, dateOrder: 'DMY', dateSeparator: '.', date: 'dd.MM.yyyy', time: time24 },
  { id: 'fr_FR', tag: 'fr', ...comma, dateOrder: 'DMY', dateSeparator: '/', date: 'dd/MM/yyyy', time: time24 },
  { id: 'es_ES', tag: 'es', ...comma, dateOrder: 'DMY', dateSeparator: '/', date: 'dd/MM/yyyy', time: 'H:mm:ss' },
  { id: 'it_IT', tag: 'it', ...comma, dateOrder: 'DMY', dateSeparator: '/', date: 'dd/MM/yyyy', time: 'H:mm:ss' },
  { id: 'pt_BR', tag: 'pt', ...comma, dateOrder: 'DMY', dateSeparator: '/', date: 'dd/MM/yyyy', time: time24 },
];

/** @throws by name for a locale outside the table. */
export const sheetLocale = (id: string): SheetLocale => {
  const found = locales.find((locale) => locale.id === id);
  if (!found) throw new Unsupported(`spreadsheet locale ${id}`);
  return found;
};
