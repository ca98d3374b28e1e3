/**
 * Texts that people format, such as notes: Affinity gives most of them as text with `**` for bold, and some as HTML. Cells show
 * readable text; the canonical value is what Affinity has, to the letter. Source: affinity-v1-facts, section 11.
 */
import type { TextScalar } from './scalar';
import { textScalar } from './text';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', amp: '&' };

const unescaped = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

/** A tag that people's editors write. */
const TAG =
  /<\/?(?:p|div|br|b|strong|i|em|u|s|a|ul|ol|li|h[1-6]|span|blockquote|code|pre|hr|table|tr|td|th|tbody|thead|img)\b[^>]*>/i;

/** Whether a text is HTML from its first to its last character. Texts such as `a < b` or `use <b> for bold` are none. */
export const isMarkup = (text: string): boolean => {
  const plain = text.trim();
  return plain.endsWith('>') && TAG.exec(plain)?.index === 0;
};

/** HTML as text: a line for each paragraph, item and row; `**` for bold; the address of a link in brackets. */
export const readable = (html: string): string => {
  if (!isMarkup(html)) return html;
  const all = new RegExp(TAG.source, 'gi');
  return unescaped(
    html
      .replace(/\s*\n\s*/g, ' ')
      .replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi, (_whole, address: string, inner: string) =>
        inner.replace(all, '').trim() === address ? address : `${inner} (${address})`,
      )
      .replace(/<\/?(?:strong|b)\b[^>]*>/gi, '**')
      .replace(/<li\b[^>]*>/gi, '\n- ')
      .replace(/<(?:br|hr)\b[^>]*>|<\/(?:p|div|h[1-6]|ul|ol|tr|blockquote|pre)>/gi, '\n')
      .replace(/<\/t[dh]>/gi, ' ')
      .replace(all, ''),
  )
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
};

/** Text as HTML that reads as the same text: for a note that Affinity keeps as HTML. */
export const asMarkup = (text: string): string =>
  `<p>${text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\*\*([^*\n]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\r?\n/g, '<br>')}</p>`;

/** Formatted text in a cell. The baseline keeps what was shown, so an unedited cell never counts as an edit. */
export const markupScalar: TextScalar = {
  ...textScalar,
  isContextual: true,
  toText: (scalar) => readable(String(scalar)),
};
