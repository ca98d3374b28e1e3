/** `Session`: who runs this, and in which zone and language. Source: facts sections 4 and 6. */

import { createHash } from 'node:crypto';
import { type Family, isPermitted } from './authorization';
import type { Execution } from './execution';
import { members } from './members';
import { ServiceObject } from './service-object';

const sessionMembers = members('Session', {
  pure: {
    getActiveUser: '',
    getEffectiveUser: '',
    getScriptTimeZone: '',
    getActiveUserLocale: '',
    getTemporaryActiveUserKey: '',
  },
});

export class Session extends ServiceObject {
  readonly serviceName = 'Session';
  readonly members = sessionMembers;
  /** Only the effective user is refused; the active one is silently blank. */
  override family(member: string): Family {
    return member === 'getEffectiveUser' ? 'user' : 'free';
  }
  getActiveUser(): User {
    const known = isPermitted('user', 'pure', this.run.grant) && this.run.options.kind !== 'clock';
    return new User(this.run, known ? this.run.user : '');
  }
  getEffectiveUser(): User {
    return new User(this.run, this.run.user);
  }
  getScriptTimeZone(): string {
    return this.run.world.scriptTimeZone;
  }
  getActiveUserLocale(): string {
    return this.run.world.userLocale;
  }
  /** Changes every thirty days. */
  getTemporaryActiveUserKey(): string {
    const month = Math.floor(this.run.world.clock.now() / (30 * 86_400_000));
    return createHash('sha256').update(`${this.run.user}:${month}`).digest('base64');
  }
}

const userMembers = members('User', { pure: { getEmail: '', getUserLoginId: '' } });

export class User extends ServiceObject {
  readonly serviceName = 'User';
  readonly members = userMembers;
  readonly email: string;
  constructor(run: Execution, email: string) {
    super(run);
    this.email = email;
  }
  getEmail(): string {
    return this.email;
  }
  getUserLoginId(): string {
    return this.email;
  }
}
