/** Form-encoded bodies, where the official text shows them: everything arrives as text, arrays as `name[]=`. */
import { type Codec, DecodeError } from '../../src/api/codec';

export const isForm = (contentType: string): boolean =>
  contentType.toLowerCase().startsWith('application/x-www-form-urlencoded');

const typed = (text: string): unknown => {
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return text;
};

/** The form as an object. A text becomes a number or flag only in fields that the codec refuses as text. */
export const decodeForm = (body: string, codec: Codec<unknown>): unknown => {
  const fields: Record<string, unknown> = {};
  const form = new URLSearchParams(body);
  for (const name of new Set(form.keys())) {
    if (name.endsWith('[]')) fields[name.slice(0, -2)] = form.getAll(name);
    else fields[name] = form.get(name);
  }
  for (const _field of Object.keys(fields)) {
    try {
      codec.decode(fields, 'body');
      break;
    } catch (fault) {
      if (!(fault instanceof DecodeError)) throw fault;
      const name = /^body\.(\w+)/.exec(fault.path)?.[1] ?? '';
      const value = fields[name];
      if (typeof value === 'string') fields[name] = typed(value);
      else if (Array.isArray(value))
        fields[name] = value.map((item) => (typeof item === 'string' ? typed(item) : item));
    }
  }
  return fields;
};
