/** Small texts in the platform's property stores: the file's, which all its editors share, and the person's own. */
import type { FileStore, PersonalStore } from '../sync/ports';

const over = (properties: () => GoogleAppsScript.Properties.Properties): FileStore => ({
  get: (key) => properties().getProperty(key),
  set: (key, value) => void properties().setProperty(key, value),
  remove: (key) => void properties().deleteProperty(key),
});

/** Shared by everybody who edits this file: checkpoints and leases, never a key. */
export const createFileStore = (): FileStore => {
  let store: GoogleAppsScript.Properties.Properties | null = null;
  return over(() => {
    store ??= PropertiesService.getDocumentProperties();
    // Null only outside a document, where no command of ours can run.
    if (store === null) throw new Error('There is no open spreadsheet.');
    return store;
  });
};

/** The person's own, the same in all their files: the only place of the API key. */
export const createPersonalStore = (): PersonalStore => over(() => PropertiesService.getUserProperties());
