/**
 * Texts on their way into cells. The platform parses written strings like typed ones, so cells of text are formatted `@` before the
 * write. What `@` does with a leading `=` and with a leading apostrophe is not documented, and reports disagree; two probe cells in
 * our hidden sheet, written once, tell at each reading. Where `@` keeps everything as it is, nothing is added to a text.
 * Decision: docs/decisions/0005-text-stays-text.md. Source: apps-script-facts, sections 7.1 and 8.
 */

/** How the platform treats texts in cells formatted `@`. */
export interface TextRules {
  /** An apostrophe in front: a mark that vanishes, or a part of the text. */
  readonly apostrophe: 'mark' | 'part';
  /** A text that starts like a formula: kept as text, or computed. */
  readonly formula: 'text' | 'computed';
}

/** What is written into the two probe cells, side by side. */
export const PROBES = ["'=list-sync", '=1+1'] as const;

/**
 * Reads the rules off the probe cells' values (a computed `=1+1` reads 2); null when the platform did something that is not
 * foreseen, and texts can't be written safely.
 */
export const textRulesOf = (values: readonly unknown[]): TextRules | null => {
  const [marked, bare] = values;
  const apostrophe = marked === PROBES[0] ? 'part' : marked === PROBES[0].slice(1) ? 'mark' : null;
  return apostrophe === null ? null : { apostrophe, formula: bare === PROBES[1] ? 'text' : 'computed' };
};

/** Starts like something that a parser of typed input may take for a formula, also after blanks. */
const looksLikeFormula = (text: string): boolean => /^[\s\u200b\ufeff]*[=+\-@]/.test(text);

const needsMark = (text: string, rules: TextRules): boolean =>
  rules.formula === 'computed' && looksLikeFormula(text)
    ? true
    : // An apostrophe of the text itself would vanish as a mark; where marks stay, it must not be mistaken for one of ours.
      text.startsWith("'") && (rules.apostrophe === 'mark' || rules.formula === 'computed');

/** The string to write into an `@` cell so that it holds `text`. */
export const protect = (text: string, rules: TextRules): string => (needsMark(text, rules) ? `'${text}` : text);

/** The text of a cell that was read, without a mark of ours that stayed. */
export const unprotect = (read: string, rules: TextRules): string =>
  rules.apostrophe === 'part' && read.startsWith("'") && needsMark(read.slice(1), rules) ? read.slice(1) : read;
