/** Mail to the person who runs this, and to nobody else. */
import type { Mail } from '../sync/ports';
import { isGranted, SCOPES } from './granted-scopes';

const NAME = 'List Sync for Affinity';

/** `address`: '' where Google does not tell it. */
export const createScriptMail = (address: () => string): Mail => ({
  isAllowed: () => isGranted(SCOPES.mail),
  send(subject, body) {
    if (!isGranted(SCOPES.mail)) return 'declined';
    const to = address();
    if (to === '') return 'failed';
    try {
      MailApp.sendEmail({ to, subject, body, name: NAME });
      return 'sent';
    } catch {
      return 'failed'; // the day's mails are used up: the next firing tries again
    }
  },
});
