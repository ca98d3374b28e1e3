/**
 * Canonical values: what a field holds, in a form that can be stored as JSON and compared. One value, one form.
 * Person and organization are ids, a ranked dropdown its option id, a date `YYYY-MM-DD`, an empty field null.
 */

/** Parts of a place; all null never occurs. `continent` counts only where nothing else is known (it can't be written). */
export interface Place {
  readonly street_address: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly country: string | null;
  readonly continent: string | null;
}

/** A value of a type that this version does not know, as JSON text: shown, never sent. */
export interface Unknown {
  readonly unknown: string;
}

export type Scalar = string | number | Place | Unknown;
/** null: no value. An array: several values, as a set; never empty. */
export type Value = Scalar | readonly Scalar[] | null;

const scalarKey = (scalar: Scalar): string => {
  if (typeof scalar !== 'object') return JSON.stringify(scalar);
  if ('unknown' in scalar) return `?${scalar.unknown}`;
  return JSON.stringify([scalar.street_address, scalar.city, scalar.state, scalar.country, scalar.continent]);
};

export const sameScalar = (a: Scalar, b: Scalar): boolean => a === b || scalarKey(a) === scalarKey(b);

const isMany = (value: Value): value is readonly Scalar[] => Array.isArray(value);

/** The scalars of a value: none, one or several. */
export const scalarsOf = (value: Value): readonly Scalar[] => (value === null ? [] : isMany(value) ? value : [value]);

/** Scalars in `a` that are not in `b`, compared as sets. */
export const without = (a: readonly Scalar[], b: readonly Scalar[]): readonly Scalar[] => {
  const keys = new Set(b.map(scalarKey));
  return a.filter((scalar) => !keys.has(scalarKey(scalar)));
};

/** Whether two values are the same; several values compare as sets, so order and repetition are no difference. */
export const sameValue = (a: Value, b: Value): boolean => {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (!isMany(a) && !isMany(b)) return sameScalar(a, b);
  const left = scalarsOf(a);
  const right = scalarsOf(b);
  // Mostly nothing changed, not even the order.
  if (left.length === right.length && left.every((scalar, at) => scalar === right[at])) return true;
  return without(left, right).length === 0 && without(right, left).length === 0;
};

/**
 * Several values that two sides changed from the same base, as one: what either side added is in it, what either side took away is not.
 * Which side is which makes no difference, nor does their order.
 */
export const mergeSets = (base: Value, one: Value, other: Value): Value => {
  const [before, a, b] = [scalarsOf(base), scalarsOf(one), scalarsOf(other)];
  return manyValue([...without(b, without(before, a)), ...without(a, before)]);
};

/** Whether a value lies on the way between two others: some of what was to come has come, or some of what was to go has gone. */
export const isBetween = (value: Value, from: Value, to: Value): boolean => {
  const [now, before, after] = [scalarsOf(value), scalarsOf(from), scalarsOf(to)];
  const kept = without(before, without(before, after));
  return without(now, [...before, ...after]).length === 0 && without(kept, now).length === 0;
};

/** Several scalars as a value: null for none; repeated ones once, in the order given. */
export const manyValue = (scalars: readonly Scalar[]): Value => {
  const seen = new Set<string>();
  const distinct = scalars.filter((scalar) => {
    const key = scalarKey(scalar);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return distinct.length === 0 ? null : distinct;
};
