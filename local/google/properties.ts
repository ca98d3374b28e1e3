/** `PropertiesService` and its stores. Effects are immediate; sizes and daily counts are checked here. */
import type { Family } from './authorization';
import { ScriptFault } from './errors';
import type { Execution } from './execution';
import { members } from './members';
import { ServiceObject } from './service-object';
import type { PropertyStore } from './stores';

const serviceMembers = members('PropertiesService', {
  navigate: { getUserProperties: '', getDocumentProperties: '', getScriptProperties: '' },
});

/** Names of the stores in the world: user stores per user, document stores per file, one script store. */
export const storeNames = {
  user: (user: string) => `user:${user}`,
  document: (workbookId: string) => `document:${workbookId}`,
  script: 'script',
} as const;

export class PropertiesService extends ServiceObject {
  readonly serviceName = 'PropertiesService';
  readonly members = serviceMembers;
  override family(): Family {
    return 'store';
  }
  /** A custom function sees the store of the spreadsheet's owner and may not write it. */
  getUserProperties(): Properties {
    const { options } = this.run;
    const custom = options.mode === 'CUSTOM_FUNCTION';
    const user = custom ? (options.workbook?.owner ?? options.user) : options.user;
    return new Properties(this.run, this.run.world.propertyStore(storeNames.user(user)), custom);
  }
  getDocumentProperties(): Properties | null {
    const { activeWorkbook } = this.run;
    return activeWorkbook === null
      ? null
      : new Properties(this.run, this.run.world.propertyStore(storeNames.document(activeWorkbook.id)), false);
  }
  getScriptProperties(): Properties {
    return new Properties(this.run, this.run.world.propertyStore(storeNames.script), false);
  }
}

const propertiesMembers = members('Properties', {
  'property-read': { getProperty: 'str', getProperties: '', getKeys: '' },
  'property-write': {
    setProperty: 'str,str',
    setProperties: 'obj | obj,bool',
    deleteProperty: 'str',
    deleteAllProperties: '',
  },
});

class Properties extends ServiceObject {
  readonly serviceName = 'Properties';
  readonly members = propertiesMembers;
  readonly #store: PropertyStore;
  readonly #readOnly: boolean;
  constructor(run: Execution, store: PropertyStore, readOnly: boolean) {
    super(run);
    this.#store = store;
    this.#readOnly = readOnly;
  }
  override family(): Family {
    return 'store';
  }
  getProperty(key: string): string | null {
    this.#count('reads');
    return this.#store.values.get(key) ?? null;
  }
  getProperties(): Record<string, string> {
    this.#count('reads');
    return Object.fromEntries(this.#store.values);
  }
  getKeys(): string[] {
    this.#count('reads');
    return [...this.#store.values.keys()];
  }
  setProperty(key: string, value: string): this {
    this.#change('setProperty');
    this.#store.put([[key, value]], false, this.run.world.platform);
    return this;
  }
  setProperties(values: Record<string, unknown>, deleteAllOthers = false): this {
    this.#change('setProperties');
    const entries = Object.entries(values).map(([key, value]): [string, string] => {
      if (typeof value !== 'string') throw new ScriptFault(`Property values are strings; ${key} is not.`);
      return [key, value];
    });
    this.#store.put(entries, deleteAllOthers, this.run.world.platform);
    return this;
  }
  deleteProperty(key: string): this {
    this.#change('deleteProperty');
    this.#store.values.delete(key);
    return this;
  }
  deleteAllProperties(): this {
    this.#change('deleteAllProperties');
    this.#store.values.clear();
    return this;
  }
  #count(kind: 'reads' | 'writes'): void {
    this.run.world.quotas.spendProperty(this.run.user, kind);
  }
  #change(member: string): void {
    if (this.#readOnly) throw new ScriptFault(`You do not have permission to call ${member}.`);
    this.#count('writes');
  }
}
