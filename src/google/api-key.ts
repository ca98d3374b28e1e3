/**
 * The person's API key: kept in their user properties and nowhere else. What leaves this file is the `Authorization` header for the
 * transport, and the texts that the log has to take out.
 */
import type { PersonalStore } from '../sync/ports';

const KEY = 'affinityApiKey';

export interface ApiKey {
  readonly header: string;
  readonly secrets: readonly string[];
}

export const apiKeyOf = (key: string): ApiKey => {
  const encoded = Utilities.base64Encode(`:${key}`);
  return { header: `Basic ${encoded}`, secrets: [encoded, key] };
};

export const readApiKey = (store: PersonalStore): ApiKey | null => {
  const key = store.get(KEY);
  return key === null ? null : apiKeyOf(key);
};

export const keepApiKey = (store: PersonalStore, key: string): void => store.set(KEY, key);
export const forgetApiKey = (store: PersonalStore): void => store.remove(KEY);
