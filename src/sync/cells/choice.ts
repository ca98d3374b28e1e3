/** Numbers of an enum of the API, shown in words: the canonical value is the number. */
import type { TextScalar } from './scalar';

/** `words` by number. A number that is not listed is shown as such and can be kept, not chosen. */
export const choiceScalar = (words: Readonly<Record<number, string>>): TextScalar => {
  const entries = Object.entries(words).map(([code, word]) => [Number(code), word] as const);
  return {
    isContextual: true,
    fromWire: (raw) => (typeof raw === 'number' ? raw : null),
    toWire: (scalar) => scalar,
    toText: (scalar) => words[Number(scalar)] ?? `Type ${scalar}`,
    fromText: (text) => {
      const wanted = text.trim().toLowerCase();
      const found = entries.find(([, word]) => word.toLowerCase() === wanted);
      return found === undefined
        ? { ok: false, problem: `"${text.slice(0, 60)}" is none of: ${entries.map(([, word]) => word).join(', ')}.` }
        : { ok: true, scalar: found[0] };
    },
    choices: entries.map(([, word]) => word),
  };
};
