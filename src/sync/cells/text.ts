/** Text (value type 6) and Affinity-filled text (10): kept to the letter. A text of no characters is no value. */
import type { TextScalar } from './scalar';

export const textScalar: TextScalar = {
  isContextual: false,
  fromWire: (raw) => (typeof raw === 'string' && raw !== '' ? raw : null),
  toWire: (scalar) => scalar,
  toText: (scalar) => String(scalar),
  fromText: (text) => ({ ok: true, scalar: text }),
};
