/** Reads what Affinity said when it refused a call. Its error bodies have several forms, none of them documented. */

const firstText = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = firstText(item);
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof value === 'object' && value !== null) {
    const record = value as Readonly<Record<string, unknown>>; // any JSON object is a record of unknown values
    return firstText(record.message) ?? firstText(record.error) ?? firstText(record.errors);
  }
  return null;
};

/** The sentence in an error body: array of texts, `{message}`, `{error}`, `{errors: [...]}` or plain text; '' for HTML or nothing. */
export const refusalText = (body: string): string => {
  try {
    return (firstText(JSON.parse(body)) ?? '').slice(0, 500);
  } catch {
    return /^\s*</.test(body) ? '' : body.trim().slice(0, 500);
  }
};

/** The id of the record that a merged person or organization lives on under, or null. */
export const survivorOf = (message: string): number | null => {
  const match = /merged into (?:\D*)(\d+)/i.exec(message);
  return match?.[1] === undefined ? null : Number(match[1]);
};
