/**
 * `LockService`. Executions here never run truly in parallel: a lock held by another live execution cannot be released
 * while this one waits, so waiting lets the time pass and then fails, as against a long-running holder.
 */
import type { Family } from './authorization';
import { ScriptFault, texts } from './errors';
import type { Execution } from './execution';
import { members } from './members';
import { ServiceObject } from './service-object';

const serviceMembers = members('LockService', {
  navigate: { getDocumentLock: '', getUserLock: '', getScriptLock: '' },
});

export class LockService extends ServiceObject {
  readonly serviceName = 'LockService';
  readonly members = serviceMembers;
  override family(): Family {
    return 'store';
  }
  getDocumentLock(): Lock | null {
    const { activeWorkbook } = this.run;
    return activeWorkbook && new Lock(this.run, `document:${activeWorkbook.id}`);
  }
  getUserLock(): Lock {
    return new Lock(this.run, `user:${this.run.user}`);
  }
  getScriptLock(): Lock {
    return new Lock(this.run, 'script');
  }
}

const lockMembers = members('Lock', { lock: { tryLock: 'int', waitLock: 'int', releaseLock: '', hasLock: '' } });

class Lock extends ServiceObject {
  readonly serviceName = 'Lock';
  readonly members = lockMembers;
  readonly #name: string;
  constructor(run: Execution, name: string) {
    super(run);
    this.#name = name;
  }
  override family(): Family {
    return 'store';
  }
  tryLock(ms: number): boolean {
    const { locks } = this.run.world;
    const holder = locks.get(this.#name);
    if (holder === this.run) return true;
    if (holder && !holder.ended) {
      this.run.wait(ms, 'Lock.tryLock');
      return false;
    }
    locks.set(this.#name, this.run);
    return true;
  }
  waitLock(ms: number): void {
    if (!this.tryLock(ms)) throw new ScriptFault(texts.lockTimeout);
  }
  releaseLock(): void {
    const { locks } = this.run.world;
    if (locks.get(this.#name) === this.run) locks.delete(this.#name);
  }
  hasLock(): boolean {
    return this.run.world.locks.get(this.#name) === this.run;
  }
}
