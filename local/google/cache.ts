/** `CacheService`: three caches, strings only, entries may vanish at any time. */
import type { Family } from './authorization';
import type { Execution } from './execution';
import { members } from './members';
import { ServiceObject } from './service-object';
import type { CacheStore } from './stores';

const serviceMembers = members('CacheService', {
  navigate: { getUserCache: '', getDocumentCache: '', getScriptCache: '' },
});
const DEFAULT_SECONDS = 600;

export class CacheService extends ServiceObject {
  readonly serviceName = 'CacheService';
  readonly members = serviceMembers;
  override family(): Family {
    return 'store';
  }
  getUserCache(): Cache {
    return new Cache(this.run, this.run.world.cacheStore(`user:${this.run.user}`));
  }
  getDocumentCache(): Cache | null {
    const { activeWorkbook } = this.run;
    return activeWorkbook && new Cache(this.run, this.run.world.cacheStore(`document:${activeWorkbook.id}`));
  }
  getScriptCache(): Cache {
    return new Cache(this.run, this.run.world.cacheStore('script'));
  }
}

const cacheMembers = members('Cache', {
  cache: {
    get: 'str',
    getAll: 'str[]',
    put: 'str,any | str,any,int',
    putAll: 'obj | obj,int',
    remove: 'str',
    removeAll: 'str[]',
  },
});

class Cache extends ServiceObject {
  readonly serviceName = 'Cache';
  readonly members = cacheMembers;
  readonly #store: CacheStore;
  constructor(run: Execution, store: CacheStore) {
    super(run);
    this.#store = store;
  }
  override family(): Family {
    return 'store';
  }
  get(key: string): string | null {
    return this.#store.get(key);
  }
  getAll(keys: readonly string[]): Record<string, string> {
    const found: Record<string, string> = {};
    for (const key of keys) {
      const value = this.#store.get(key);
      if (value !== null) found[key] = value;
    }
    return found;
  }
  put(key: string, value: unknown, seconds = DEFAULT_SECONDS): void {
    this.#store.put(key, String(value), seconds);
  }
  putAll(values: Record<string, unknown>, seconds = DEFAULT_SECONDS): void {
    for (const [key, value] of Object.entries(values)) this.#store.put(key, String(value), seconds);
  }
  remove(key: string): void {
    this.#store.remove(key);
  }
  removeAll(keys: readonly string[]): void {
    for (const key of keys) this.#store.remove(key);
  }
}
