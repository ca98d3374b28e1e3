/**
 * Texts on their way into cells. The platform parses written strings like typed ones, so text columns are formatted `@` before the
 * write, and a text that could start a formula gets an apostrophe in front. Whether the platform takes that apostrophe for a mark or
 * for a part of the text is not documented: a probe cell in our hidden sheet, written once, tells at each reading.
 * Decision: docs/decisions/0005-text-stays-text.md. Source: apps-script-facts, sections 7.1 and 8.
 */

/** What becomes of an apostrophe in front of a written text. */
export type Apostrophe = 'taken-as-mark' | 'kept';

export const PROBE_WRITTEN = "'=list-sync";

/** What the platform did with the probe; null when it did neither, and text can't be written safely. */
export const apostropheOf = (probe: unknown): Apostrophe | null => {
  if (probe === PROBE_WRITTEN) return 'kept';
  return probe === PROBE_WRITTEN.slice(1) ? 'taken-as-mark' : null;
};

const isDangerous = (text: string): boolean => /^[\s\u200b\ufeff]*[=+\-@'\t\r\n]/.test(text);

/** The string to write so that the cell holds `text`. */
export const protect = (text: string): string => (isDangerous(text) ? `'${text}` : text);

/** The text of a cell that was read. */
export const unprotect = (read: string, apostrophe: Apostrophe): string =>
  apostrophe === 'kept' && read.startsWith("'") && isDangerous(read.slice(1)) ? read.slice(1) : read;
