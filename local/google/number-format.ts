/** Display text of a typed value under its pattern and the spreadsheet's locale. */
import { format } from 'numfmt';
import type { CellStyle } from './cell-style';
import { CellError, type CellValue } from './cell-value';
import type { SheetLocale } from './sheet-locale';

const words: Record<string, readonly [string, string]> = {
  de: ['WAHR', 'FALSCH'],
  fr: ['VRAI', 'FAUX'],
  es: ['VERDADERO', 'FALSO'],
  it: ['VERO', 'FALSO'],
  pt: ['VERDADEIRO', 'FALSO'],
};

/** Automatic format: at most ten decimals, scientific from 1e15 on. */
const automatic = (value: number, locale: SheetLocale): string => {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e15 || size < 1e-9)) {
    const [digits = '', power = '0'] = value.toExponential(5).split('e');
    const exponent = Math.abs(Number(power)) < 10 ? `0${Math.abs(Number(power))}` : String(Math.abs(Number(power)));
    const trimmed = digits.replace(/\.?0+$/, '').replace('.', locale.decimal);
    return `${trimmed}E${Number(power) < 0 ? '-' : '+'}${exponent}`;
  }
  const whole = String(Math.trunc(size)).length;
  const fixed = value.toFixed(Math.max(0, Math.min(10, 15 - whole)));
  const trimmed = fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  return (trimmed === '-0' ? '0' : trimmed).replace('.', locale.decimal);
};

/** Text shown for a value. `format` overrides the style's pattern (a formula may lend one). */
export const displayText = (value: CellValue, style: CellStyle, locale: SheetLocale, lent?: string): string => {
  if (value === undefined) return '';
  if (value instanceof CellError) return value.code;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') {
    const [yes, no] = words[locale.tag] ?? ['TRUE', 'FALSE'];
    return value ? yes : no;
  }
  const pattern = style.get('numberFormat') ?? lent;
  if (pattern === undefined || pattern === '@' || /^general$/i.test(pattern)) return automatic(value, locale);
  try {
    return format(pattern, value, {
      locale: locale.tag,
      leap1900: false,
      throws: true,
    });
  } catch {
    return automatic(value, locale);
  }
};
