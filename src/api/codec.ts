/**
 * Codecs: the shape of a wire value and the check of it, in one constant.
 * Client and emulator decode with the same codecs, so the two cannot drift apart. Unknown extra fields are accepted and left
 * out; a wrong shape is a `DecodeError` that names the path and the expected shape, never the value (it may be confidential).
 */

/** A checker of one shape. `shape` is a stable text of it, which the stored-format guard hashes. */
export interface Codec<T> {
  readonly shape: string;
  /** Gives the typed value. @throws DecodeError naming `at` when `raw` has another shape. */
  readonly decode: (raw: unknown, at: string) => T;
}

/** The type that a codec decodes to. */
export type Decoded<C> = C extends Codec<infer T> ? T : never;

/** A value had another shape than documented. The message holds the path and what was expected, never the value. */
export class DecodeError extends Error {
  readonly path: string;
  readonly expected: string;
  constructor(path: string, expected: string) {
    super(`${path}: expected ${expected}`);
    this.name = 'DecodeError';
    this.path = path;
    this.expected = expected;
  }
}

const checked = <T>(shape: string, is: (raw: unknown) => raw is T): Codec<T> => ({
  shape,
  decode: (raw, at) => {
    if (is(raw)) return raw;
    throw new DecodeError(at, shape);
  },
});

export const text = checked('text', (raw): raw is string => typeof raw === 'string');
export const flag = checked('true or false', (raw): raw is boolean => typeof raw === 'boolean');
export const number = checked('number', (raw): raw is number => typeof raw === 'number' && Number.isFinite(raw));
/** An id or count: exact up to 2^53, beyond 2^31 in practice. */
export const integer = checked('integer', (raw): raw is number => Number.isSafeInteger(raw));
/** Anything at all, for values whose shape another part of the record decides. */
export const anything: Codec<unknown> = { shape: 'anything', decode: (raw) => raw };

/** One of the listed numbers or texts, documented as an enum. */
export const oneOf = <const T extends string | number>(...values: readonly T[]): Codec<T> =>
  checked(`one of ${values.join(', ')}`, (raw): raw is T => values.some((value) => value === raw));

export const nullable = <T>(inner: Codec<T>): Codec<T | null> => ({
  shape: `${inner.shape} or null`,
  decode: (raw, at) => (raw === null ? null : inner.decode(raw, at)),
});

const OPTIONAL = Symbol('optional');
type OptionalCodec<T> = Codec<T | undefined> & { readonly [OPTIONAL]: true };

/** A field that may be absent. The decoded object then has no such key. */
export const optional = <T>(inner: Codec<T>): OptionalCodec<T> => ({
  shape: `${inner.shape}?`,
  decode: (raw, at) => (raw === undefined ? undefined : inner.decode(raw, at)),
  [OPTIONAL]: true,
});

/** A field that some answers omit and others fill with null: both become null. */
export const absentOrNull = <T>(inner: Codec<T>): Codec<T | null> => ({
  shape: `${inner.shape} or null or absent`,
  decode: (raw, at) => (raw === undefined || raw === null ? null : inner.decode(raw, at)),
});

/** A field that some answers omit, with the value that stands for its absence. */
export const withDefault = <T>(inner: Codec<T>, absent: T): Codec<T> => ({
  shape: `${inner.shape} or absent`,
  decode: (raw, at) => (raw === undefined ? absent : inner.decode(raw, at)),
});

/** A fault inside a part, with the way to that part before its path. Paths are put together here only: nearly every value is good. */
const within = (at: string, fault: unknown): unknown =>
  fault instanceof DecodeError ? new DecodeError(at + fault.path, fault.expected) : fault;

export const array = <T>(item: Codec<T>): Codec<readonly T[]> => ({
  shape: `[${item.shape}]`,
  decode: (raw, at) => {
    if (!Array.isArray(raw)) throw new DecodeError(at, 'array');
    const out: T[] = [];
    try {
      for (const element of raw) out.push(item.decode(element, ''));
    } catch (fault) {
      throw within(`${at}[${out.length}]`, fault);
    }
    return out;
  },
});

type Fields = { readonly [name: string]: Codec<unknown> };
type OptionalNames<F> = { [N in keyof F]: F[N] extends { readonly [OPTIONAL]: true } ? N : never }[keyof F];
type Shape<F> = { readonly [N in Exclude<keyof F, OptionalNames<F>>]: Decoded<F[N]> } & {
  readonly [N in OptionalNames<F>]?: Exclude<Decoded<F[N]>, undefined>;
};
type Flat<T> = { readonly [N in keyof T]: T[N] };

const isRecord = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** An object with the named fields; other fields are ignored. */
export const object = <const F extends Fields>(fields: F): Codec<Flat<Shape<F>>> => {
  const parts = Object.entries(fields).map(([name, { decode }]) => ({ name, decode, path: `.${name}` }));
  return {
    shape: `{${parts.map(({ name }) => `${name}: ${fields[name]?.shape}`).join(', ')}}`,
    decode: (raw, at) => {
      if (!isRecord(raw)) throw new DecodeError(at, 'object');
      const out: Record<string, unknown> = {};
      try {
        for (const { name, decode, path } of parts) {
          const value = decode(raw[name], path);
          if (value !== undefined) out[name] = value;
        }
      } catch (fault) {
        throw within(at, fault);
      }
      // The loop above filled exactly the fields that `Shape<F>` names; the compiler cannot follow a loop over names.
      return out as Flat<Shape<F>>;
    },
  };
};

/** An object with names of its own; `of` says what these are. */
export const mapOf = <T>(of: string, item: Codec<T>): Codec<ReadonlyMap<string, T>> => ({
  shape: `{${of}: ${item.shape}}`,
  decode: (raw, at) => {
    if (!isRecord(raw)) throw new DecodeError(at, 'object');
    const out = new Map<string, T>();
    for (const name of Object.keys(raw)) {
      try {
        out.set(name, item.decode(raw[name], ''));
      } catch (fault) {
        throw within(`${at}.${name}`, fault);
      }
    }
    return out;
  },
});

/** The first of several shapes that fits; the fault names all of them. */
export const anyOf = <const C extends readonly Codec<unknown>[]>(...options: C): Codec<Decoded<C[number]>> => {
  const shape = options.map((option) => option.shape).join(' | ');
  return {
    shape,
    decode: (raw, at) => {
      for (const option of options) {
        try {
          // Each option decodes to a member of the union by construction.
          return option.decode(raw, at) as Decoded<C[number]>;
        } catch (fault) {
          if (!(fault instanceof DecodeError)) throw fault;
        }
      }
      throw new DecodeError(at, shape);
    },
  };
};

/** A whole answer that is passed on as it came once `test` fits; for answers with two forms that share nothing. */
export const mapped = <A, B>(inner: Codec<A>, to: (value: A) => B): Codec<B> => ({
  shape: inner.shape,
  decode: (raw, at) => to(inner.decode(raw, at)),
});

// Query parameters arrive as text.

/** An integer in a query string: digits only. */
export const integerText: Codec<number> = {
  shape: 'integer',
  decode: (raw, at) => {
    if (typeof raw === 'string' && /^-?\d+$/.test(raw) && Number.isSafeInteger(Number(raw))) return Number(raw);
    throw new DecodeError(at, 'integer');
  },
};

/** `true` or `false` in a query string. */
export const flagText: Codec<boolean> = {
  shape: 'true or false',
  decode: (raw, at) => {
    if (raw === 'true') return true;
    if (raw === 'false') return false;
    throw new DecodeError(at, 'true or false');
  },
};

/** One of the listed integers in a query string, documented as an enum. */
export const oneOfText = <const T extends number>(...values: readonly T[]): Codec<T> => {
  const inner = oneOf(...values);
  return {
    shape: inner.shape,
    decode: (raw, at) => inner.decode(typeof raw === 'string' && /^-?\d+$/.test(raw) ? Number(raw) : undefined, at),
  };
};
