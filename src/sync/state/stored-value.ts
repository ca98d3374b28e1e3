/** The stored form of canonical values: they are JSON already, so this only checks what is read back. */
import { type Codec, DecodeError } from '../../api/codec';
import type { Value } from '../cells/value';

const isScalar = (raw: unknown): boolean =>
  typeof raw === 'string' ||
  typeof raw === 'number' ||
  (typeof raw === 'object' && raw !== null && !Array.isArray(raw));

export const storedValue: Codec<Value> = {
  shape: 'null | text | number | place | unknown | [text | number | place | unknown]',
  decode: (raw, at) => {
    const isValue = raw === null || (Array.isArray(raw) ? raw.length > 0 && raw.every(isScalar) : isScalar(raw));
    if (!isValue) throw new DecodeError(at, 'value');
    return raw as Value; // checked above; places and unknowns are as they were written
  },
};
