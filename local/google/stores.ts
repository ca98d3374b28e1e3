/**
 * Properties and caches as data, apart from the services that hand them out: they outlive executions and are shared by
 * users or files as section 3 of the facts says.
 */
import type { Clock } from './clock';
import { ScriptFault, texts } from './errors';
import type { PlatformSwitches } from './platform';

export const PROPERTY_VALUE_BYTES = 9 * 1024;
export const PROPERTY_STORE_BYTES = 500 * 1024;
const CACHE_KEY_CHARACTERS = 250;
const CACHE_VALUE_BYTES = 100 * 1024;
const CACHE_ITEMS = 1000;
/** How many of the oldest entries go at once when a cache overflows. Source: facts section 3, measured. */
const CACHE_EVICTED = 100;

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

export class PropertyStore {
  readonly values = new Map<string, string>();

  /** Puts several values, or none when the store would overflow. */
  put(entries: readonly (readonly [string, string])[], replaceAll: boolean, switches: PlatformSwitches): void {
    for (const [, value] of entries) {
      const tooLarge =
        bytes(value) > (switches.largePropertyValue === 'accepted' ? PROPERTY_STORE_BYTES : PROPERTY_VALUE_BYTES);
      if (tooLarge) throw new ScriptFault('Argument too large: value');
    }
    const next = new Map(replaceAll ? [] : this.values);
    for (const [key, value] of entries) next.set(key, value);
    let size = 0;
    for (const [key, value] of next) size += bytes(key) + bytes(value);
    if (size > PROPERTY_STORE_BYTES) throw new ScriptFault(texts.propertyQuota);
    this.values.clear();
    for (const [key, value] of next) this.values.set(key, value);
  }
}

type CacheItem = { readonly value: string; readonly until: number };

export class CacheStore {
  readonly #items = new Map<string, CacheItem>();
  readonly #clock: Clock;
  readonly #drops: PlatformSwitches['cacheDrops'];

  constructor(clock: Clock, drops: PlatformSwitches['cacheDrops']) {
    this.#clock = clock;
    this.#drops = drops;
  }

  get(key: string): string | null {
    const item = this.#items.get(key);
    if (!item) return null;
    const dropped = this.#drops === 'always' || (typeof this.#drops === 'function' && this.#drops(key));
    if (dropped || item.until <= this.#clock.now()) {
      this.#items.delete(key);
      return null;
    }
    return item.value;
  }

  put(key: string, value: string, seconds: number): void {
    if (key.length > CACHE_KEY_CHARACTERS) throw new ScriptFault('Argument too large: key');
    if (bytes(value) > CACHE_VALUE_BYTES) throw new ScriptFault('Argument too large: value');
    const lasting = Math.min(seconds, 21_600);
    this.#items.delete(key);
    this.#items.set(key, { value, until: this.#clock.now() + lasting * 1000 });
    if (this.#items.size <= CACHE_ITEMS) return;
    for (const oldest of [...this.#items.keys()].slice(0, CACHE_EVICTED)) this.#items.delete(oldest);
  }

  remove(key: string): void {
    this.#items.delete(key);
  }
  takeOver(from: CacheStore): void {
    for (const [key, item] of from.#items) this.#items.set(key, item);
  }
  /** Everything goes, as it may at any time. */
  clear(): void {
    this.#items.clear();
  }
  get size(): number {
    return this.#items.size;
  }
}
