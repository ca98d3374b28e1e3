/**
 * The border of `google.script.run`: which names a page may call, which values may pass, and what becomes of results.
 * Source: facts section 10; what a Date in a result does is a platform switch.
 */
import type { PlatformSwitches } from './platform';

const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);

/** Copy of an argument as the page's client code sends it. @throws TypeError with the client's sentence. */
export const copiedArgument = (value: unknown, name: string, above: readonly object[] = []): unknown => {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (value === undefined) return above.length > 0 && Array.isArray(above.at(-1)) ? null : undefined;
  if (typeof value !== 'object' || (!Array.isArray(value) && tagOf(value) !== 'Object')) {
    throw new TypeError(`Failed due to illegal value in property: ${name}`);
  }
  if (above.includes(value)) throw new TypeError('Failed due to circular reference.');
  const path = [...above, value];
  if (Array.isArray(value)) return value.map((item, i) => copiedArgument(item, String(i), path));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      item === undefined ? [] : [[key, copiedArgument(item, key, path)]],
    ),
  );
};

class HasDate extends Error {}

const copiedValue = (value: unknown, dates: PlatformSwitches['dateInResult'], seen: readonly object[]): unknown => {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object') return null;
  if (tagOf(value) === 'Date') {
    if (dates === 'null-all') throw new HasDate();
    return null;
  }
  if (seen.includes(value)) return null;
  const path = [...seen, value];
  if (Array.isArray(value)) return value.map((item) => copiedValue(item, dates, path));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, copiedValue(item, dates, path)]])),
  );
};

/** What arrives at the success handler. */
export const copiedResult = (value: unknown, dates: PlatformSwitches['dateInResult']): unknown => {
  try {
    return copiedValue(value, dates, []);
  } catch (fault) {
    if (fault instanceof HasDate) return null;
    throw fault;
  }
};

/** Names ending in `_` are never sent to a page. */
export const isCallable = (name: string): boolean => !name.endsWith('_') && !name.includes('.');
