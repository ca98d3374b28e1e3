/** The document's lock: one execution a document. The script lock would be shared by all customers of the add-on. */
import type { Mutex } from '../sync/ports';

export const createDocumentMutex = (): Mutex => ({
  within(waitMs, work) {
    const lock = LockService.getDocumentLock();
    if (!lock.tryLock(waitMs)) return null;
    try {
      return { value: work() };
    } finally {
      lock.releaseLock();
    }
  },
});
