/** `MailApp`: mails are recorded, never sent. */
import type { Family } from './authorization';
import { ScriptFault } from './errors';
import { members } from './members';
import { ServiceObject } from './service-object';

const mailMembers = members('MailApp', {
  mail: { sendEmail: 'obj | str,str,str | str,str,str,obj | str,str,str,str', getRemainingDailyQuota: '' },
});

export class MailApp extends ServiceObject {
  readonly serviceName = 'MailApp';
  readonly members = mailMembers;
  override family(): Family {
    return 'mail';
  }
  sendEmail(first: string | Record<string, unknown>, second = '', third = '', fourth: unknown = {}): void {
    const message: Record<string, unknown> =
      typeof first === 'object'
        ? first
        : typeof fourth === 'string'
          ? { to: first, replyTo: second, subject: third, body: fourth }
          : { ...(fourth as object), to: first, subject: second, body: third };
    const { to, subject = '', body = '', ...options } = message;
    if (typeof to !== 'string' || !/^[^@\s,]+@[^@\s,]+(?:\s*,\s*[^@\s,]+@[^@\s,]+)*$/.test(to)) {
      throw new ScriptFault(to ? `Invalid email: ${String(to)}` : 'Failed to send email: no recipient');
    }
    this.run.world.quotas.spendMail(this.run.user);
    this.run.world.mails.push({
      from: this.run.user,
      to,
      subject: String(subject),
      body: String(body),
      options,
      at: this.run.world.clock.now(),
    });
  }
  getRemainingDailyQuota(): number {
    return this.run.world.quotas.remainingMails(this.run.user);
  }
}
