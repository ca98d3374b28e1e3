/**
 * Dropdowns (value type 2) and ranked dropdowns (7). A plain dropdown holds text, which must be one of its options where it has
 * any; a ranked one holds an option id, shown as the option's text. Options that share a text are told apart by their id.
 */
import type { DropdownOption } from '../../api/records';
import { cellText } from './cell';
import type { ReadScalar, TextScalar } from './scalar';

/** The option whose text differs only in case and blanks, or begins like it; else null. */
const closest = (text: string, options: readonly string[]): string | null => {
  const plain = (raw: string) => raw.toLowerCase().replace(/\s+/g, ' ').trim();
  const wanted = plain(text);
  return (
    options.find((option) => plain(option) === wanted) ??
    options.find((option) => wanted.length > 2 && plain(option).startsWith(wanted)) ??
    null
  );
};

/** Options that a refusal names, and characters of one of them: the sentence stands in a cell. */
const NAMED_OPTIONS = 12;
const NAMED_CHARACTERS = 40;

const refuse = (text: string, options: readonly string[]): ReadScalar => {
  const near = closest(text, options);
  const named = options.slice(0, NAMED_OPTIONS).map((option) => cellText(option, NAMED_CHARACTERS));
  const more = options.length > NAMED_OPTIONS ? `, and ${options.length - NAMED_OPTIONS} more` : '';
  const hint =
    near === null
      ? `Choose one of: ${named.join(', ')}${more}.`
      : `Did you mean "${cellText(near, NAMED_CHARACTERS)}"?`;
  return { ok: false, problem: `Affinity has no option "${cellText(text, 80)}". ${hint}` };
};

export const dropdownScalar = (options: readonly DropdownOption[]): TextScalar => {
  const texts = options.map((option) => option.text);
  return {
    isContextual: false,
    fromWire: (raw) => {
      const text = typeof raw === 'object' && raw !== null && 'text' in raw ? raw.text : raw;
      return typeof text === 'string' && text !== '' ? text : null;
    },
    toWire: (scalar) => scalar,
    toText: (scalar) => String(scalar),
    fromText: (text, { kept }) =>
      texts.length === 0 || texts.includes(text) || kept?.has(text) === true
        ? { ok: true, scalar: text }
        : refuse(text, texts),
    ...(texts.length === 0 ? {} : { choices: texts }),
  };
};

export const rankedDropdownScalar = (options: readonly DropdownOption[]): TextScalar => {
  const labels = new Map<number, string>();
  const ids = new Map<string, number>();
  const count = (text: string) => options.filter((option) => option.text === text).length;
  for (const { id, text } of [...options].sort((a, b) => a.rank - b.rank)) {
    let label = count(text) === 1 && text.trim() !== '' ? text : `${text} #${id}`;
    // A text may look like the label of another option.
    while (label !== text && count(label) > 0) label = `${label} #${id}`;
    labels.set(id, label);
    ids.set(label, id);
  }
  // Values met in answers whose option is gone from the field keep the text that came with them.
  const removed = new Map<number, string>();
  return {
    isContextual: true,
    fromWire: (raw) => {
      if (typeof raw !== 'object' || raw === null || !('id' in raw) || typeof raw.id !== 'number') return null;
      if (!labels.has(raw.id) && 'text' in raw && typeof raw.text === 'string') removed.set(raw.id, raw.text);
      return raw.id;
    },
    toWire: (scalar) => scalar,
    toText: (scalar) => {
      const id = Number(scalar);
      return labels.get(id) ?? `${removed.get(id) ?? ''} #${id}`.trim();
    },
    fromText: (text) => {
      const id = ids.get(text);
      if (id !== undefined) return { ok: true, scalar: id };
      const numbered = /#(\d+)$/.exec(text)?.[1];
      if (numbered !== undefined && removed.has(Number(numbered))) return { ok: true, scalar: Number(numbered) };
      return refuse(text, [...ids.keys()]);
    },
    choices: [...ids.keys()],
  };
};
